import Foundation
import Ledger
import LedgerAccess
import LedgerService
import WebServer

/// One request for a page: who asks, in which language, about which tenant.
struct Visit: Sendable {
    let request: HTTPRequest
    let pages: Pages
    let language: Language
    let session: Session?
    /// Why it is unknown whether there is one.
    let sessionFault: (any Error)?
    /// Whether the browser's own connection is encrypted. When no proxy says so, it is as the public address has it.
    let isSecure: Bool
    /// What stood in the address in the places of a route's names.
    var places: [String: String] = [:]
    /// Set where the address names one.
    var tenant: Tenant?
    let ledger: LedgerService
    let access: LedgerAccess
    /// Of the form that is being answered: verbs store it with what they decide.
    var key: IdempotencyKey? { formKey?.give() }
    var formKey: FormKey?
    private var fields: FormFields
    /// Why its form was not read.
    let formFault: FormFields.Fault?

    init(_ request: HTTPRequest, _ pages: Pages) async {
        self.request = request
        self.pages = pages
        let cookies = Cookies(request.header("Cookie"))
        language = .chosen(cookie: cookies["language"], accepted: request.header("Accept-Language"))
        do throws(FormFields.Fault) {
            (fields, formFault) = (request.method == "POST" ? try FormFields(request.body) : .none, nil)
        } catch {
            (fields, formFault) = (.none, error)
        }
        isSecure = request.client.isSecure ?? pages.publicURL.hasPrefix("https://")
        do {
            session = if let secret = cookies[Self.sessionCookie(isSecure)] { try await pages.access.session(secret) } else { nil }
            sessionFault = nil
        } catch { (session, sessionFault) = (nil, error) }
        (ledger, access) = (pages.ledger, pages.access)
    }

    /// A visit of which nothing is known but what was sent; no form is read.
    init(stranger request: HTTPRequest, _ pages: Pages) {
        (self.request, self.pages, ledger, access) = (request, pages, pages.ledger, pages.access)
        language = .chosen(cookie: Cookies(request.header("Cookie"))["language"], accepted: request.header("Accept-Language"))
        (session, sessionFault, fields, formFault) = (nil, nil, .none, nil)
        isSecure = request.client.isSecure ?? pages.publicURL.hasPrefix("https://")
    }

    /// The same visit after its form was accepted: what was typed is no longer shown.
    var accepted: Visit {
        var visit = self
        visit.fields = .none
        return visit
    }

    var caller: Caller { session!.caller }
    var actor: String { session!.caller.actor }
    var zone: TimeZone { tenant?.timeZone ?? TimeZone(identifier: "Europe/Berlin")! }
    var secret: String? { Cookies(request.header("Cookie"))[sessionCookie] }
    var cookies: Cookies { Cookies(request.header("Cookie")) }

    /// The text in the visitor's language.
    func callAsFunction(_ text: Phrase) -> String { text.text(in: language) }
    func money(_ money: Money) -> String { money.text(in: language) }
    func day(_ day: Day) -> String { day.text(in: language) }
    func instant(_ instant: Instant) -> String { language.instant(instant, in: zone) }

    /// The value of `:name` in the address.
    func place(_ name: String) -> String { places[name] ?? "" }

    /// A number that stands there; 0, which nothing has, for what is not written as one.
    func number(_ name: String) -> Int64 {
        guard let number = Int64(place(name)), String(number) == place(name) else { return 0 }
        return number
    }

    /// A form's field, without blanks around it; `nil` when it is not there.
    func field(_ name: String) -> String? {
        fields[name]?.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// A field as it was typed: blanks can be part of a password.
    func rawField(_ name: String) -> String? { fields[name] }

    /// What was filled in, without the session's token, which changes while a form is open, and without the password.
    var content: [UInt8] { fields.text(without: ["csrf", Self.ownPassword]) }

    func allFields(_ name: String) -> [String] { fields.all(name) }

    /// A parameter of the address.
    func query(_ name: String) -> String? { request.parameters.first { $0.name == name }?.value }

    func may(_ right: Right, of tenantID: String? = nil) -> Bool {
        guard let session else { return false }
        return session.caller.asks(for: right, of: tenantID ?? tenant?.id) == .allowed
    }

    /// A path of the tenant's: `/t/seeblick/…`.
    func link(_ parts: String..., query: [(String, String)] = []) -> Link {
        Link(parts: ["t", tenant?.id ?? ""] + parts, query: query)
    }

    func folioLink(_ reference: String, _ more: String..., query: [(String, String)] = []) -> Link {
        Link(parts: ["t", tenant?.id ?? "", "folios", reference] + more, query: query)
    }

    /// - Source: RFC 6265bis, section 4.1.3: a browser takes `__Host-` only over HTTPS, for the whole host, and from nobody else.
    static func sessionCookie(_ isSecure: Bool) -> String { isSecure ? "__Host-session" : "session" }
    var sessionCookie: String { Self.sessionCookie(isSecure) }

    /// Whether a form was sent from a page of this server.
    ///
    /// Browsers of the last years say so with `Sec-Fetch-Site`, over HTTPS and on the own machine; elsewhere with `Origin`, which is `null`
    /// for a page that hides where it is from. A form of a session also carries the session's token, so that nothing said is borne there; one
    /// that needs no session has nothing else: a page elsewhere could log a visitor in as somebody else.
    /// - Source: Fetch Metadata, `Sec-Fetch-Site`; the Fetch Standard on `Origin`.
    func comesFromHere(carriesToken: Bool) -> Bool {
        let origin = request.header("Origin")
        guard origin != "null" else { return false }
        let sites = request.headers.filter { $0.name.utf8.count == 14 && $0.name.lowercased() == "sec-fetch-site" }.map(\.value)
        guard sites.count <= 1 else { return false }
        if let site = sites.first { return site == "same-origin" || site == "none" }
        if !carriesToken, isSecure || isOwnMachine { return false }
        guard let origin else { return carriesToken }
        // The Host header is chosen by the sender: sufficient together with the session's token, and not without it.
        if carriesToken, origin.split(separator: "/").last.map(String.init) == request.header("Host") { return true }
        return Origin(origin).map { $0.isSame(as: pages.publicURL) } ?? false
    }

    /// Whether the browser treats the address as its own machine.
    private var isOwnMachine: Bool {
        let host = request.header("Host") ?? ""
        let name = host.hasPrefix("[") ? host.dropFirst().prefix { $0 != "]" } : host.prefix { $0 != ":" }
        return name == "localhost" || name.hasSuffix(".localhost") || IPAddress(name)?.isLoopback == true
    }

    /// The page on which the visitor was, if it was one of this server's; for one that only answers a form, the page that it belongs to.
    var comingFrom: Link? {
        guard let referer = request.header("Referer"), let url = URL(string: referer) else { return nil }
        guard url.host.map({ host in request.header("Host")?.hasPrefix(host) == true }) ?? false else { return nil }
        let path = url.path(percentEncoded: true)
        var parts = path.split(separator: "/").map { $0.removingPercentEncoding ?? String($0) }
        guard !Route.isPage(parts) else { return Link(back: path + (url.query(percentEncoded: true).map { "?\($0)" } ?? "")) }
        while !Route.isPage(parts) { parts.removeLast() }
        return Link(parts: parts)
    }
}

/// What the browser kept for us.
struct Cookies: Sendable {
    private let values: [(String, String)]

    init(_ header: String?) {
        values = (header ?? "").split(separator: ";").compactMap { pair in
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            return (parts[0].trimmingCharacters(in: .whitespaces), parts[1].trimmingCharacters(in: .whitespaces))
        }
    }

    subscript(_ name: String) -> String? { values.first { $0.0.utf8.elementsEqual(name.utf8) }?.1 }

    /// - Parameter seconds: `nil` keeps it until the browser is closed; 0 takes it away.
    static func setting(_ name: String, _ value: String, seconds: Int?, secure: Bool) -> (name: String, value: String) {
        let life = seconds.map { "; Max-Age=\($0)" } ?? ""
        return ("Set-Cookie", "\(name)=\(value); Path=/\(life); HttpOnly; SameSite=Lax\(secure ? "; Secure" : "")")
    }
}
