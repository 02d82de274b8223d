import Foundation
import Ledger
import LedgerAccess
import LedgerPages
import struct LedgerPages.Pages
import LedgerService
import LedgerStore
import Stripe
import TestSupport
import Testing
import struct WebServer.Client
import struct WebServer.HTTPRequest
import struct WebServer.HTTPResponse
import struct WebServer.IPAddress

/// Hotel Seeblick with its pages: a real file, a Stripe that answers over HTTP, somebody logged in per role.
final class House: Sendable {
    static let id = "seeblick"
    static let password = "ein Zimmer mit Aussicht"
    /// As a form sends it that asks for it again.
    static let ownPassword = ("own_password", password)

    let folder: TemporaryFolder
    let simulator: SimulatorProcess
    let clock: SettableClock
    let store: Database
    let ledger: LedgerService
    let access: LedgerAccess
    let pages: Pages
    /// The secrets of sessions, by role.
    let secrets: [Role: String]

    init(start: String = "2026-11-18T08:00:00Z") async throws {
        folder = try TemporaryFolder()
        simulator = try await SimulatorProcess(clock: start)
        clock = SettableClock(Instant(start)!)
        let clock = clock
        store = try Database(path: folder.file("ledger.db"), clock: { clock.now })
        let keyRing = KeyRing(keys: [Array(0..<32)])!
        let (transport, url) = (CurlTransport(), simulator.url)
        ledger = LedgerService(
            store: store, random: RandomSource(SystemRandomNumberGenerator()), asksFirst: false, keyRing: { keyRing }
        ) { StripeClient(key: $0, baseURL: url, transport: transport) }.reached(at: "http://127.0.0.1/")
        access = LedgerAccess(store: store, random: RandomSource(SystemRandomNumberGenerator()))
        pages = Pages(ledger: ledger, access: access, publicURL: "http://127.0.0.1", clock: { clock.now })
        _ = try await ledger.addTenant(NewTenant(id: Self.id, name: "Hotel Seeblick"))
        _ = try await ledger.addTenant(NewTenant(id: "bergblick", name: "Hotel Bergblick"))
        try await ledger.setStripeAccount(of: Self.id, secretKey: "sk_test_seeblick", by: "test")
        for (sku, name, price, category) in [("bier", "Bier 0,33 l", 420, "minibar"), ("massage", "Massage 50 min", 5950, "massage")] {
            try await ledger.setCatalogueItem(
                CatalogueItem(
                    sku: sku, description: name, price: Money(minorUnits: Int64(price), currency: .eur), category: Category(category)!,
                    taxRate: nil), of: Self.id)
        }
        var secrets: [Role: String] = [:]
        let boss = Caller(actor: "test", role: .operator, tenant: nil)
        for role in Role.allCases {
            let tenant = role == .operator ? nil : Self.id
            _ = try await access.addUser(role.rawValue, role: role, tenant: tenant, password: Self.password, by: boss)
            secrets[role] = try await access.logIn(
                tenant: tenant, name: role.rawValue, password: Self.password, from: "127.0.0.1"
            ).secret.revealed
        }
        self.secrets = secrets
    }

    func euros(_ text: String) -> Money { try! Money(reading: text, in: .eur) }

    /// Opens a stay from today and, unless told otherwise, has the guest reserve the amount.
    func book(
        _ reference: String, guest: String = "Anna Weiss", nights: Int = 2, hold: String = "300.00", card: String? = "4242424242424242"
    ) async throws {
        let today = clock.now.day(in: TimeZone(identifier: "Europe/Berlin")!)
        var new = NewFolio(
            reference: reference, guest: .init(name: guest, email: "anna@example.com"), arrival: today,
            departure: today.adding(days: nights), mode: .reserved, amount: euros(hold))
        new.room = "204"
        _ = try await ledger.openFolio(new, of: Self.id, by: "test")
        guard let card else { return }
        try await pay(reference, card: card)
        _ = try await ledger.sync(Self.id)
    }

    func pay(_ reference: String, card: String) async throws {
        let url = try #require(try ledger.folio(reference, of: Self.id).folio.paymentURL, "the guest has no page")
        let session = try #require(url.firstMatch(of: /cs_[A-Za-z0-9_]+/)).0
        try await simulator.order("POST", "/_sim/checkout/\(session)/pay", ["card": card])
    }

    func pass(days: Int) async throws {
        try await simulator.order("POST", "/_sim/clock", ["advance_seconds": days * 86_400])
        clock.set(clock.now.adding(seconds: Int64(days) * 86_400))
    }

    func charge(_ reference: String, _ price: String, _ description: String = "Zimmer") async throws {
        _ = try await ledger.addLine(
            .free(category: .lodging, description: description, quantity: 1, unitAmount: euros(price)), to: reference, of: Self.id,
            by: "test")
    }

    // MARK: - As a browser asks

    func get(_ target: String, as role: Role? = .reception, language: String = "de") async -> Page {
        await send("GET", target, as: role, language: language, body: "")
    }

    /// Sends the form as a browser would: with the token and key that stand on a page of the same session.
    func post(_ target: String, _ fields: [(String, String)], as role: Role = .reception, key: String? = nil) async -> Page {
        let known = await get("/t/x", as: role).csrf ?? ""
        let all = [("csrf", known), ("key", key ?? UUID().uuidString)] + fields
        let body = all.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&")
        return await send("POST", target, as: role, language: "de", body: body)
    }

    func send(
        _ method: String, _ target: String, as role: Role?, language: String = "de", body: String, headers: [(String, String)] = []
    ) async -> Page {
        await send(method, target, as: role, language: language, bytes: Array(body.utf8), headers: headers)
    }

    func send(
        _ method: String, _ target: String, as role: Role?, language: String = "de", bytes: [UInt8], headers: [(String, String)] = []
    ) async -> Page {
        var all: [(name: String, value: String)] = [("Accept-Language", language), ("Host", "127.0.0.1")]
        if let role, let secret = secrets[role] { all.append(("Cookie", "session=\(secret)")) }
        if method == "POST" { all.append(("Sec-Fetch-Site", "same-origin")) }
        all += headers.map { (name: $0.0, value: $0.1) }
        let request = HTTPRequest(method: method, target: target, headers: all, body: bytes, client: Self.client)
        return Page(await pages.answer(request) ?? HTTPResponse(status: 599))
    }

    private static let client = Client(address: IPAddress("127.0.0.1"))

    static func request(_ target: String, _ body: String, secret: String) -> HTTPRequest {
        HTTPRequest(
            method: "POST", target: target, headers: [("Cookie", "session=\(secret)"), ("Sec-Fetch-Site", "same-origin")],
            body: Array(body.utf8), client: client)
    }

    private func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}

/// An answer as a browser sees it.
struct Page {
    let status: Int
    let headers: [(name: String, value: String)]
    let text: String

    init(_ response: HTTPResponse) {
        status = response.status
        headers = response.headers
        if case .bytes(let bytes) = response.body { text = String(decoding: bytes, as: UTF8.self) } else { text = "" }
    }

    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
    var csrf: String? { text.firstMatch(of: /name="csrf" value="([^"]+)"/).map { String($0.1) } }
}
