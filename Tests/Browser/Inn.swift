import Foundation
import Ledger
import LedgerAccess
import LedgerPages
import LedgerService
import LedgerStore
import Stripe
import TestSupport
import WebServer

import struct LedgerPages.Pages
import struct WebServer.HTTPResponse

/// Hotel Seeblick as people meet it: pages over HTTP, a simulated Stripe in a process of its own, a browser.
final class Inn: Sendable {
    static let id = "seeblick"
    static let password = "ein Zimmer mit Aussicht"

    let folder: TemporaryFolder
    let simulator: SimulatorProcess
    let clock: SettableClock
    let store: Database
    let ledger: LedgerService
    let access: LedgerAccess
    let server: WebServer
    let browser: Browser
    let url: String

    init(start: String = "2026-11-24T08:00:00Z") async throws {
        folder = try TemporaryFolder()
        simulator = try await SimulatorProcess(clock: start)
        clock = SettableClock(Instant(start)!)
        let clock = clock
        store = try Database(path: folder.file("ledger.db"), clock: { clock.now })
        let keyRing = KeyRing(keys: [Array(0..<32)])!
        let (transport, stripe) = (CurlTransport(), simulator.url)
        let unreached = LedgerService(
            store: store, random: RandomSource(SystemRandomNumberGenerator()), asksFirst: false, keyRing: { keyRing }
        ) { StripeClient(key: $0, baseURL: stripe, transport: transport) }
        let place = Place()
        server = WebServer(WebServer.Configuration()) { request in
            await place.pages?.answer(request) ?? HTTPResponse(status: 404)
        }
        try server.start()
        url = "http://127.0.0.1:\(server.port)"
        let ledger = unreached.reached(at: url)
        self.ledger = ledger
        access = LedgerAccess(store: store, random: RandomSource(SystemRandomNumberGenerator()))
        place.pages = Pages(ledger: ledger, access: access, publicURL: url, clock: { clock.now }, report: { print("defect \($0): \($1)") })
        browser = try await Browser(profile: folder.file("profile"))
        try await furnish()
    }

    /// Where the pages stand once the server's port is known.
    private final class Place: @unchecked Sendable { var pages: Pages? }

    func close() async {
        await browser.close()
        await server.stop(grace: .seconds(1))
    }

    private func furnish() async throws {
        _ = try await ledger.addTenant(NewTenant(id: Self.id, name: "Hotel Seeblick"))
        try await ledger.setStripeAccount(
            of: Self.id, secretKey: "sk_test_seeblick", webhook: NewWebhookSecret("whsec_seeblick"), by: "test")
        try await ledger.setLetterhead(
            .init(address: "Uferweg 12\n88131 Lindau am Bodensee", taxNumber: "DE 123 456 789"), of: Self.id)
        for (sku, name, price, category) in [
            ("bier", "Bier 0,33 l", 420, "minibar"), ("wasser", "Wasser 0,5 l", 300, "minibar"), ("sekt", "Piccolo Sekt", 890, "minibar"),
            ("nuesse", "Nüsse", 350, "minibar"), ("massage", "Massage 50 Minuten", 5950, "massage"),
            ("sauna", "Sauna, ein Abend", 1800, "wellness"), ("parken", "Tiefgarage, eine Nacht", 1500, "parking"),
            ("fruehstueck", "Frühstück, Speisen", 1400, "food"), ("honig", "Seehonig 500 g", 990, "shop"),
        ] {
            try await ledger.setCatalogueItem(
                CatalogueItem(
                    sku: sku, description: name, price: Money(minorUnits: Int64(price), currency: .eur), category: Category(category)!,
                    taxRate: nil), of: Self.id)
        }
        let boss = Caller(actor: "test", role: .operator, tenant: nil)
        for (name, role) in [("rita", Role.reception), ("bernd", .accounting), ("vera", .admin)] {
            _ = try await access.addUser(name, role: role, tenant: Self.id, password: Self.password, by: boss)
        }
        _ = try await access.addUser("olaf", role: .operator, tenant: nil, password: Self.password, by: boss)
    }

    // MARK: - Guests and time

    func euros(_ text: String) -> Money { try! Money(reading: text, in: .eur) }

    func book(
        _ reference: String, _ guest: String, room: String? = "204", from: Int = 0, nights: Int = 2, hold: String = "300.00",
        card: String? = "4242424242424242"
    ) async throws {
        let today = clock.now.day(in: TimeZone(identifier: "Europe/Berlin")!)
        var new = NewFolio(
            reference: reference, guest: .init(name: guest, email: "gast@example.com"), arrival: today.adding(days: from),
            departure: today.adding(days: from + nights), mode: .reserved, amount: euros(hold))
        new.room = room
        _ = try await ledger.openFolio(new, of: Self.id, by: "test")
        guard let card else { return }
        try await pay(reference, card)
        _ = try await ledger.sync(Self.id)
    }

    func pay(_ reference: String, _ card: String = "4242424242424242") async throws {
        guard let url = try ledger.folio(reference, of: Self.id).folio.paymentURL, let session = url.firstMatch(of: /cs_[A-Za-z0-9_]+/)
        else { return }
        try await simulator.order("POST", "/_sim/checkout/\(session.0)/pay", ["card": card])
    }

    func charge(_ reference: String, _ category: Category, _ name: String, _ price: String, _ quantity: Int64 = 1) async throws {
        _ = try await ledger.addLine(
            .free(category: category, description: name, quantity: quantity, unitAmount: euros(price)), to: reference, of: Self.id,
            by: "user:rita")
    }

    func checkOut(_ reference: String) async throws {
        let plan = try ledger.checkOutPreview(reference, of: Self.id).plan
        _ = try await ledger.checkOut(reference, plan: plan.id, of: Self.id, by: "user:rita")
    }

    /// The guest's bank contests the folio's first payment.
    func dispute(_ reference: String) async throws {
        let intent = try ledger.folio(reference, of: Self.id).payments[0].intent ?? ""
        let charge = try await simulator.order("GET", "/v1/payment_intents/\(intent)")["latest_charge"] as? String ?? ""
        try await simulator.order("POST", "/_sim/charges/\(charge)/dispute", ["reason": "product_not_received"])
    }

    /// Stripe answers no capture from now on, or everything again.
    func failCaptures(_ fails: Bool) async throws {
        let fault: [String: any Sendable] = ["route": "POST /v1/payment_intents/{id}/capture", "fault": "unavailable", "times": 10_000]
        try await simulator.order("POST", "/_sim/faults", fails ? fault : ["clear": true])
    }

    /// The last of eight vain tries to send what waits, after so long that it is given to the operator.
    func giveUpWaiting() async throws {
        try await letPass(days: 4)
        try await store.write { try $0.run("UPDATE operation SET attempts = 7 WHERE state = 'waiting'") }
        _ = try await ledger.sync(Self.id)
    }

    /// News of Stripe's about what these books know and Stripe does not.
    func deliverUnknownEvent(_ id: String) async throws {
        try await store.write {
            try $0.run("INSERT OR IGNORE INTO payout SELECT number, 'pi_nobody', currency, 1, 'paid', '2026-11-18', 1, 0 FROM tenant")
        }
        let body = """
            {"id":"\(id)","object":"event","api_version":"\(StripeClient.apiVersion)","created":1763452800,"livemode":false,\
            "type":"payment_intent.succeeded","data":{"object":{"id":"pi_nobody","object":"payment_intent"}}}
            """
        let header = WebhookSignature.header(body: body.utf8, secrets: [Secret("whsec_seeblick")!], at: LedgerService.systemTime())
        _ = try await ledger.receiveWebhook(tenant: Self.id, signatureHeader: header, body: Array(body.utf8))
        _ = try await ledger.sync(Self.id)
    }

    func letPass(days: Int) async throws {
        try await simulator.order("POST", "/_sim/clock", ["advance_seconds": days * 86_400])
        clock.set(clock.now.adding(seconds: Int64(days * 86_400)))
    }

    // MARK: - The browser

    func go(_ path: String) async throws { try await browser.open(url + path) }

    func logIn(_ name: String, house: String? = Inn.id) async throws {
        try await go("/login")
        try await browser.forgetCookies()
        try await go("/login")
        try await browser.type(house ?? "", into: "#f-tenant")
        try await browser.type(name, into: "#f-name")
        try await browser.type(Self.password, into: "#f-password")
        try await browser.click(try await browser.find("main button.primary"))
        _ = try await browser.sees("Abmelden")
    }
}
