import Ledger
import LedgerService
import LedgerStore
import Stripe
import TestHotel
import Testing

@testable import LedgerPages

@Suite struct `The operator's pages` {
    private static let seeblick = "/operator/tenants/seeblick"

    /// Delivers an event about something that these books know and Stripe does not, so that it is parked.
    private func poison(_ house: HotelWithPages, _ id: String) async throws {
        let secret = "whsec_seeblick"
        try await house.store.write {
            try $0.run(
                """
                INSERT OR IGNORE INTO payout (tenant, id, currency, amount, status, arrival_date, automatic, created_at)
                SELECT number, 'pi_nobody', currency, 1, 'paid', '2026-11-18', 1, 0 FROM tenant
                """)
        }
        try await house.ledger.setStripeAccount(of: Hotel.id, secretKey: "sk_test_seeblick", webhook: NewWebhookSecret(secret), by: "test")
        let body = """
            {"id":"\(id)","object":"event","api_version":"\(StripeClient.apiVersion)","created":1763452800,"livemode":false,\
            "type":"payment_intent.succeeded","data":{"object":{"id":"pi_nobody","object":"payment_intent"}}}
            """
        let header = WebhookSignature.header(body: body.utf8, secrets: [Secret(secret)!], at: LedgerService.systemTime())
        _ = try await house.ledger.receiveWebhook(tenant: Hotel.id, signatureHeader: header, body: Array(body.utf8))
        _ = try await house.ledger.sync(Hotel.id)
    }

    /// Writes down what a process that works in the background would.
    private func note(_ task: BackgroundTask, at instant: Instant, failures: Int = 0, problem: String? = nil, _ house: HotelWithPages)
        async throws
    {
        let tenant = try house.ledger.tenant(Hotel.id)
        let now = LedgerService.systemTime()
        _ = try await house.store.write { transaction in
            let term = try transaction.lead("x", at: now, until: now.adding(seconds: 60)) ?? 0
            return try transaction.save(
                [
                    TaskReport(
                        tenant: tenant.number, task: task.rawValue, lastRun: instant, lastSuccess: instant, failures: failures,
                        problem: problem, notice: nil)
                ], term: term)
        }
    }

    @Test func `show what the background says of each tenant`() async throws {
        let house = try await HotelWithPages()
        let before = await house.get("/operator", as: .operator)
        #expect(before.text.contains("Kein Prozess erledigt die Hintergrundarbeiten.") && before.text.contains("Noch nie"))
        try await note(.sync, at: Instant("2026-11-18T06:59:00Z")!, house)
        for path in ["/operator", Self.seeblick] {
            #expect(await house.get(path, as: .operator).text.contains("18.11.2026, 07:59"), "\(path)")
        }
        #expect(await !house.get("/operator", as: .operator).text.contains("Kein Prozess"))
        try await note(.holds, at: Instant("2026-11-18T06:00:00Z")!, failures: 3, problem: "Stripe <down>", house)
        let failing = await house.get(Self.seeblick, as: .operator)
        #expect(
            failing.text.contains("Vormerkungen auf hinterlegten Karten")
                && failing.text.contains("3 Mal fehlgeschlagen: <span lang=\"en\">Stripe &lt;down&gt;"))
        #expect(
            await house.get("/operator", as: .operator).text.contains("1 mit Handlungsbedarf") == false, "bergblick has no Stripe either")
        #expect(await house.get("/operator", as: .operator).text.contains("2 mit Handlungsbedarf"))
    }

    @Test func `say which events cannot be used, once, with what to change at Stripe`() async throws {
        let house = try await HotelWithPages()
        let secret = "whsec_seeblick"
        try await house.ledger.setStripeAccount(of: Hotel.id, secretKey: "sk_test_seeblick", webhook: NewWebhookSecret(secret), by: "test")
        #expect(await !house.get(Self.seeblick, as: .operator).text.contains("Nicht verwendbare Ereignisse"))
        for number in 1...3 {
            let body = #"{"id":"evt_\#(number)","object":"v2.core.event","type":"v1.charge.captured","created":"2026-11-18T08:00:00Z"}"#
            let header = WebhookSignature.header(body: body.utf8, secrets: [Secret(secret)!], at: LedgerService.systemTime())
            _ = try await house.ledger.receiveWebhook(tenant: Hotel.id, signatureHeader: header, body: Array(body.utf8))
        }
        let page = await house.get(Self.seeblick, as: .operator).text
        #expect(page.contains("Nicht verwendbare Ereignisse") && page.contains("<strong>Schlanke Ereignisse</strong> 3"))
        #expect(page.contains("evt_3") && page.contains("Snapshot-Ereignisse"))
    }

    @Test func `note a sync that somebody asked for`() async throws {
        let house = try await HotelWithPages()
        #expect(try house.ledger.health(of: Hotel.id).lastSync == nil)
        try await note(.sync, at: Instant("2026-11-18T06:59:00Z")!, failures: 4, problem: "down", house)
        let before = LedgerService.systemTime()
        #expect(await house.post("\(Self.seeblick)/sync", [], as: .operator).header("Location") == "\(Self.seeblick)?done=synced")
        let health = try house.ledger.health(of: Hotel.id)
        #expect(try #require(health.lastSync) >= before && health.failing.isEmpty)
    }

    @Test func `are told what a sync could not read`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        let intent = try #require(try house.ledger.folio("R-1", of: Hotel.id).holds.first?.intent)
        try await house.simulator.order(form: "/v1/payment_intents/\(intent)/capture", "")
        try await house.simulator.order("POST", "/_sim/objects/\(intent)", ["unreadable": 500])
        let told = await house.post("\(Self.seeblick)/sync", [], as: .operator)
        #expect(told.status == 409 && told.text.contains("Stripe ist gelesen, außer \(intent)."))
    }

    @Test func `decide about calls that have no outcome`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        try await house.charge("R-1", "250.00")
        let fault: [String: any Sendable] = ["route": "POST /v1/payment_intents/{id}/capture", "fault": "unavailable", "times": 10_000]
        try await house.simulator.order("POST", "/_sim/faults", fault)
        let plan = try house.ledger.checkOutPreview("R-1", of: Hotel.id).plan
        await #expect(throws: ServiceRefusal.self) { try await house.ledger.checkOut("R-1", plan: plan.id, of: Hotel.id, by: "test") }
        try await house.store.write {
            try $0.run("UPDATE operation SET state = 'parked', failure_code = 'said', failure_detail = 'silence' WHERE state = 'waiting'")
        }
        let call = try #require(try house.ledger.openOperations(of: Hotel.id).first)
        let page = await house.get(Self.seeblick, as: .operator)
        #expect(page.text.contains("Aufträge an Stripe, die zu entscheiden sind") && page.text.contains("silence"))
        let place = "\(Self.seeblick)/operations/\(call.number)"
        for role in [Role.admin, .accounting, .auditor, .reception] {
            #expect(await house.post("\(place)/retry", [], as: role).status == 403)
            #expect(await house.post("\(place)/dismiss", [("reason", "x")], as: role).status == 403)
        }
        let again = await house.post("\(place)/retry", [], as: .operator)
        #expect(again.status == 409 && again.text.contains("Stripe hat wieder keine brauchbare Antwort gegeben."))
        try await house.simulator.order("POST", "/_sim/faults", ["clear": true])
        try await house.store.write { try $0.run("UPDATE operation SET state = 'parked' WHERE state = 'waiting'") }
        let without = await house.post("\(place)/dismiss", [("reason", " ")], as: .operator)
        #expect(without.status == 409 && without.text.contains("Grund benötigt"))
        let left = await house.post("\(place)/dismiss", [("reason", "Gast zahlt bar")], as: .operator)
        #expect(left.header("Location") == "\(Self.seeblick)?done=given_up", "\(left.text.prefix(3000))")
        #expect(try house.ledger.folio("R-1", of: Hotel.id).folio.state == .open)
    }

    @Test func `let dead letters be tried again, and left with a reason`() async throws {
        let house = try await HotelWithPages()
        try await poison(house, "evt_1")
        try await poison(house, "evt_2")
        #expect(try house.ledger.health(of: Hotel.id).parked == 2)
        let page = await house.get(Self.seeblick, as: .operator)
        #expect(page.text.contains("evt_1") && page.text.contains("Wartet auf Sie") && page.text.contains("Alle 2 erneut versuchen"))
        let again = await house.post("\(Self.seeblick)/events/evt_1/retry", [], as: .operator)
        #expect(again.status == 409 && again.text.contains("1 Ereignis ließ sich wieder nicht verarbeiten."))
        let all = await house.post("\(Self.seeblick)/events/retry", [], as: .operator)
        #expect(all.status == 409 && all.text.contains("2 Ereignisse ließen sich"))
        let without = await house.post("\(Self.seeblick)/events/evt_1/dismiss", [("reason", " ")], as: .operator)
        #expect(without.status == 409 && without.text.contains("Grund benötigt"))
        for role in [Role.admin, .accounting, .auditor, .reception] {
            #expect(await house.post("\(Self.seeblick)/events/evt_1/dismiss", [("reason", "x")], as: role).status == 403)
        }
        #expect(try house.ledger.troubledEvents(of: Hotel.id).count == 2)
        let left = await house.post("\(Self.seeblick)/events/evt_1/dismiss", [("reason", "ein Test")], as: .operator)
        #expect(left.header("Location") == "\(Self.seeblick)?done=dismissed")
        let gone = await house.post("\(Self.seeblick)/events/evt_1/dismiss", [("reason", "noch einmal")], as: .operator)
        #expect(gone.status == 409 && gone.text.contains("wartet auf eine Entscheidung"))
        #expect(try house.ledger.troubledEvents(of: Hotel.id).map(\.id) == ["evt_2"])
    }

    @Test func `count users who can log in before that step is done`() async throws {
        let house = try await HotelWithPages()
        func users(_ tenant: String) async -> String {
            let text = await house.get("/operator/tenants/\(tenant)", as: .operator).text
            return text.firstMatch(of: /<li class="(done|todo)"><section class="card" aria-labelledby="s-3">/).map { String($0.1) } ?? "?"
        }
        #expect(await users("seeblick") == "done")
        let item = CatalogueItem(sku: "x", LineTerms(.minibar, "X", house.euros("1.00")), taxRate: nil)
        try await house.ledger.setCatalogueItem(item, of: "bergblick")
        #expect(await users("bergblick") == "todo", "a price list is not a user")
        let boss = Caller(actor: "test", role: .operator, tenant: nil)
        for zone in ["", "nonsense", "GMT+2", "../Europe/Berlin"] {
            let fields = [("id", "waldhof"), ("name", "Waldhof"), ("fee", "19,00"), ("zone", zone)]
            let refused = await house.post("/operator/tenants", fields, as: .operator)
            #expect(refused.status == 409 && refused.text.contains("Europe/Berlin"), "\(zone)")
        }
        #expect(try house.ledger.tenants().count == 2)
        _ = try await house.access.addUser("berta", role: .reception, tenant: "bergblick", password: HotelWithPages.password, by: boss)
        #expect(await users("bergblick") == "done")
        try await house.access.disableUser("berta", tenant: "bergblick", by: boss)
        #expect(await users("bergblick") == "todo", "nobody can log in any more")
    }
}
