import Ledger
import LedgerAccess
import LedgerPages
import LedgerService
import Stripe
import TestHotel
import TestSupport
import WebServer

import struct LedgerPages.Pages
import struct WebServer.HTTPResponse

/// Hotel Seeblick as people meet it: pages over HTTP, a simulated Stripe in a process of its own, a browser.
final class Inn: AtHotel {
    static let id = Hotel.id
    static let password = "ein Zimmer mit Aussicht"

    let hotel: Hotel
    let access: LedgerAccess
    let server: WebServer
    let browser: Browser
    let url: String

    init(start: String = "2026-11-24T08:00:00Z") async throws {
        let place = Place()
        server = WebServer(WebServer.Configuration()) { request in
            await place.pages?.answer(request) ?? HTTPResponse(status: 404)
        }
        try server.start()
        url = "http://127.0.0.1:\(server.port)"
        hotel = try await Hotel(start: start, publicURL: url, webhook: NewWebhookSecret("whsec_seeblick"))
        access = LedgerAccess(store: hotel.store, random: RandomSource(SystemRandomNumberGenerator()))
        place.pages = Pages(
            ledger: hotel.ledger, access: access, publicURL: url, clock: hotel.clock.clock, report: { print("defect \($0): \($1)") })
        browser = try await Browser(profile: hotel.folder.file("profile"))
        try await furnish()
    }

    /// Where the pages stand once the server's port is known.
    private final class Place: @unchecked Sendable { var pages: Pages? }

    func close() async {
        await browser.close()
        await server.stop(grace: .seconds(1))
    }

    private func furnish() async throws {
        try await ledger.setLetterhead(
            .init(address: "Uferweg 12\n88131 Lindau am Bodensee", taxNumber: "DE 123 456 789"), of: Self.id)
        try await sell([
            ("bier", "Bier 0,33 l", 420, .minibar), ("wasser", "Wasser 0,5 l", 300, .minibar), ("sekt", "Piccolo Sekt", 890, .minibar),
            ("nuesse", "Nüsse", 350, .minibar), ("massage", "Massage 50 Minuten", 5950, .massage),
            ("sauna", "Sauna, ein Abend", 1800, .wellness), ("parken", "Tiefgarage, eine Nacht", 1500, .parking),
            ("fruehstueck", "Frühstück, Speisen", 1400, .food), ("honig", "Seehonig 500 g", 990, .shop),
        ])
        let boss = Caller(actor: "test", role: .operator, tenant: nil)
        for (name, role) in [("rita", Role.reception), ("bernd", .accounting), ("vera", .admin)] {
            _ = try await access.addUser(name, role: role, tenant: Self.id, password: Self.password, by: boss)
        }
        _ = try await access.addUser("olaf", role: .operator, tenant: nil, password: Self.password, by: boss)
    }

    // MARK: - Guests and time

    func book(
        _ reference: String, _ guest: String, room: String? = "204", nights: Int = 2, hold: String = "300.00",
        card: String? = "4242424242424242"
    ) async throws {
        try await hotel.book(reference, guest: guest, email: "gast@example.com", room: room, nights: nights, hold: hold, card: card)
    }

    func charge(_ reference: String, _ category: Category, _ name: String, _ price: String, _ quantity: Int64 = 1) async throws {
        try await charge(reference, category, price, quantity: quantity, description: name, by: "user:rita")
    }

    /// What was found after a stay.
    func chargeLate(
        _ reference: String, _ category: Category, _ name: String, _ price: String, by way: LateCharge.Way = .card
    ) async throws {
        let line = NewLine.free(category: category, description: name, quantity: 1, unitAmount: euros(price))
        _ = try await ledger.chargeLate(on: reference, way: way, of: Self.id, by: "user:rita") { _ in
            [NewFolioLine(line, on: reference, at: Phrase(name, name))]
        }
    }

    func checkOut(_ reference: String) async throws { try await checkOut(reference, by: "user:rita") }

    /// The guest's bank contests the folio's first payment.
    ///
    /// - Parameter amount: In minor units; `nil` for all of it.
    /// - Returns: The dispute's id.
    @discardableResult func dispute(_ reference: String, amount: Int? = nil) async throws -> String {
        let charge = try await charge(of: reference)
        var order: [String: any Sendable] = ["reason": "product_not_received"]
        if let amount { order["amount"] = amount }
        return try await simulator.order("POST", "/_sim/charges/\(charge)/dispute", order)["id"] as? String ?? ""
    }

    /// The bank of the card reports the folio's first payment as fraud.
    func bankWarns(_ reference: String) async throws {
        let charge = try await charge(of: reference)
        try await simulator.order("POST", "/_sim/charges/\(charge)/early_fraud_warning", ["fraud_type": "made_with_stolen_card"])
    }

    private func charge(of reference: String) async throws -> String {
        let intent = try ledger.folio(reference, of: Self.id).payments[0].intent ?? ""
        return try await simulator.order("GET", "/v1/payment_intents/\(intent)")["latest_charge"] as? String ?? ""
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
        try await sync()
    }

    /// News of Stripe's about what these books know and Stripe does not.
    func deliverUnknownEvent(_ id: String) async throws {
        try await store.write {
            try $0.run(
                """
                INSERT OR IGNORE INTO payout (tenant, id, currency, amount, status, arrival_date, automatic, created_at)
                SELECT number, 'pi_nobody', currency, 1, 'paid', '2026-11-18', 1, 0 FROM tenant
                """)
        }
        let body = """
            {"id":"\(id)","object":"event","api_version":"\(StripeClient.apiVersion)","created":1763452800,"livemode":false,\
            "type":"payment_intent.succeeded","data":{"object":{"id":"pi_nobody","object":"payment_intent"}}}
            """
        let header = WebhookSignature.header(body: body.utf8, secrets: [Secret("whsec_seeblick")!], at: LedgerService.systemTime())
        _ = try await ledger.receiveWebhook(tenant: Self.id, signatureHeader: header, body: Array(body.utf8))
        try await sync()
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
