import Foundation
import Ledger
import LedgerAccess
import LedgerService
import WebServer

/// One request for a page: who asks, in which language, and where.
struct Visit<P: Place>: Sendable {
    let request: HTTPRequest
    let pages: Pages
    private(set) var language: Language
    /// Whether the browser's own connection is encrypted. When no proxy says so, it is as the public address has it.
    let isSecure: Bool
    let place: P
    /// Of the form that is being answered.
    var formKey: FormKey?
    private var fields: FormFields

    private init(_ request: HTTPRequest, _ pages: Pages, _ fields: FormFields, at place: P) {
        (self.request, self.pages, self.fields, self.place) = (request, pages, fields, place)
        let cookie = Cookies(request.header("Cookie"))["language"]
        language = .chosen(cookie: cookie, accepted: request.header("Accept-Language"))
        isSecure = pages.isSecure(request)
    }

    /// The same visit, further inside.
    init(_ visit: Visit<some Place>, at place: P) {
        (request, pages, language) = (visit.request, visit.pages, visit.language)
        (isSecure, formKey, fields) = (visit.isSecure, visit.formKey, visit.fields)
        self.place = place
    }

    /// The same visit after its form was accepted: what was typed is no longer shown.
    var accepted: Visit {
        var visit = self
        visit.fields = .none
        return visit
    }

    /// The same visit in another language: what is shown to the guest is in the guest's.
    func speaking(_ language: Language) -> Visit {
        var visit = self
        visit.language = language
        return visit
    }

    var ledger: LedgerService { pages.ledger }
    var access: LedgerAccess { pages.access }
    var session: Session? { place.visitor }
    /// The tenant in whose name the page is shown.
    var house: Tenant? { place.house }
    var zone: TimeZone { place.subject?.timeZone ?? TimeZone(identifier: "Europe/Berlin")! }
    var cookies: Cookies { Cookies(request.header("Cookie")) }
    /// The session's, as the browser has it.
    var secret: String? { cookies[Cookies.session(isSecure)] }
    var sessionCookie: String { Cookies.session(isSecure) }
    var isReading: Bool { request.method == "GET" || request.method == "HEAD" }
    /// Of the form that is being answered: verbs store it with what they decide.
    var key: IdempotencyKey? { formKey?.give() }

    /// The text in the visitor's language.
    func callAsFunction(_ text: Phrase) -> String { text.text(in: language) }
    func money(_ money: Money) -> String { money.text(in: language) }
    func day(_ day: Day) -> String { day.text(in: language) }
    func instant(_ instant: Instant) -> String { language.instant(instant, in: zone) }

    /// A form's field, without blanks around it; `nil` when it is not there.
    func field(_ name: String) -> String? {
        fields[name]?.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// A field as it was typed: blanks can be part of a password.
    func rawField(_ name: String) -> String? { fields[name] }

    /// What was filled in, without the session's token, which changes while a form is open, and without the password.
    var content: [UInt8] { fields.text(without: ["csrf", ownPasswordField]) }

    /// A file of the form; nil without the field.
    func file(_ name: String) -> [UInt8]? { fields.file(name) }

    func allFields(_ name: String) -> [String] { fields.all(name) }

    /// A parameter of the address.
    func query(_ name: String) -> String? { request.parameters.first { $0.name == name }?.value }

    func may(_ right: Right, of tenantID: String? = nil) -> Bool {
        guard let session else { return false }
        return session.caller.asks(for: right, of: tenantID ?? house?.id) == .allowed
    }

    /// Whether a form was sent from a page of this server.
    ///
    /// Browsers of the last years say so with `Sec-Fetch-Site`, over HTTPS and on the own machine; elsewhere with
    /// `Origin`, which is `null` for a page that hides where it is from. A form of a session also carries the
    /// session's token, so that nothing said is borne there; one that needs no session has nothing else: a page
    /// elsewhere could log a visitor in as somebody else.
    /// - Source: Fetch Metadata, `Sec-Fetch-Site`; the Fetch Standard on `Origin`.
    func comesFromHere(carriesToken: Bool) -> Bool {
        let origin = request.header("Origin")
        guard origin != "null" else { return false }
        let sites = request.headers.filter { $0.name.utf8.count == 14 && $0.name.lowercased() == "sec-fetch-site" }.map(
            \.value)
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

    /// The page on which the visitor was, if it was one of this server's; for one that only answers a form, the page
    /// that it belongs to.
    var comingFrom: Link? {
        guard let referer = request.header("Referer"), let url = URL(string: referer) else { return nil }
        guard url.host.map({ host in request.header("Host")?.hasPrefix(host) == true }) ?? false else { return nil }
        let path = url.path(percentEncoded: true)
        var parts = path.split(separator: "/").map { $0.removingPercentEncoding ?? String($0) }
        guard !Route.isPage(parts) else {
            return Link(back: path + (url.query(percentEncoded: true).map { "?\($0)" } ?? ""))
        }
        while !Route.isPage(parts) { parts.removeLast() }
        return Link(parts: parts)
    }
}

extension OpenVisit {
    init(_ request: HTTPRequest, _ pages: Pages) async {
        var place = Entrance()
        var fields = FormFields.none
        do {
            let secret = Cookies(request.header("Cookie"))[Cookies.session(pages.isSecure(request))]
            if let secret { place.visitor = try await pages.access.session(secret) }
        } catch {
            place.sessionFault = error
        }
        do throws(FormFields.Fault) {
            if request.method == "POST" {
                // A stranger's form has no file: only somebody who is logged in may make the service read one.
                fields = try FormFields(
                    request.body, contentType: request.header("Content-Type"), mayHaveFile: place.visitor != nil)
            }
        } catch {
            place.formFault = error
        }
        self.init(request, pages, fields, at: place)
    }

    /// A visit of which nothing is known but what was sent; no form is read.
    init(stranger request: HTTPRequest, _ pages: Pages) { self.init(request, pages, .none, at: Entrance()) }
}

extension Pages {
    fileprivate func isSecure(_ request: HTTPRequest) -> Bool {
        request.client.isSecure ?? publicURL.hasPrefix("https://")
    }
}

extension Visit where P: InnerPlace {
    var caller: Caller { place.session.caller }
    var actor: String { caller.actor }
}

extension Visit where P: TenantPlace {
    var tenant: Tenant { place.tenant }

    /// A path of the tenant's: `/t/seeblick/…`.
    func link(_ parts: String..., query: [(String, String)] = []) -> Link {
        Link(parts: ["t", tenant.id] + parts, query: query)
    }

    func folioLink(_ reference: String) -> Link { link("folios", reference) }
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

    /// The name of the session's.
    ///
    /// - Source: RFC 6265bis, section 4.1.3: a browser takes `__Host-` only over HTTPS, for the whole host, and from
    ///   nobody else.
    static func session(_ isSecure: Bool) -> String { isSecure ? "__Host-session" : "session" }

    subscript(_ name: String) -> String? { values.first { $0.0.utf8.elementsEqual(name.utf8) }?.1 }

    /// - Parameter seconds: `nil` keeps it until the browser is closed; 0 takes it away.
    static func setting(_ name: String, _ value: String, seconds: Int?, secure: Bool) -> (name: String, value: String) {
        let life = seconds.map { "; Max-Age=\($0)" } ?? ""
        return ("Set-Cookie", "\(name)=\(value); Path=/\(life); HttpOnly; SameSite=Lax\(secure ? "; Secure" : "")")
    }
}
