import Foundation
import JSON
import TestSupport
import Testing

/// Two ledger files on one Stripe account, both with a folio R-1 of the same number: each knows its own by the books' id.
@Suite struct `Two ledgers on one account` {
    /// What stands in the metadata of a folio's page that nobody has used.
    private func page(of reference: String, _ simulator: SimulatorProcess) async throws -> [String: String] {
        let pages = try await simulator.order("GET", "/v1/checkout/sessions?limit=100")["data"] as? [[String: Any]] ?? []
        return try #require(pages.compactMap { $0["metadata"] as? [String: String] }.first { $0["reference"] == reference })
    }

    private func intents(_ simulator: SimulatorProcess) async throws -> [[String: Any]] {
        try await simulator.order("GET", "/v1/payment_intents?limit=100")["data"] as? [[String: Any]] ?? []
    }

    private func received(_ simulator: SimulatorProcess) async throws -> [Int] {
        try await intents(simulator).compactMap { $0["amount_received"] as? Int }.filter { $0 > 0 }.sorted()
    }

    private func journal(_ house: House, _ kind: String) async throws -> Int {
        let run = try await house.verb("journal", "seeblick", "--format", "json")
        return run.output.matches(of: try Regex("\"kind\":\"\(kind)\"")).count
    }

    @Test func `the second never touches the first one's hold, card and customer, and neither books the other's money`() async throws {
        let first = try await House(tenants: ["seeblick"])
        let second = try await House(tenants: ["seeblick"], simulator: first.simulator)
        try await first.guestPays(try await first.book("R-1"))
        try await first.sync()
        // Same number, same reference, same amount; nobody has paid here.
        let page = try await second.book("R-1")
        try await second.sync()
        #expect(try await second.folio("R-1")["holds"]?[0]?["state"] == "requested")
        #expect(try await second.folio("R-1")["saved_card"]?.isNull == true)
        try await second.charge("R-1", 25000)
        let linked = try await second.checkOut("R-1")
        #expect(linked.status == 202, "there is no card to charge: \(linked.text)")
        #expect(try await received(first.simulator) == [])
        try await second.guestPays(linked, card: "5555555555554444")
        try await second.sync()
        #expect(try await second.folio("R-1")["state"] == "checked_out")
        #expect(try await received(first.simulator) == [25000])
        #expect(page.status == 201)
        // The first goes on as if nobody else were there.
        try await first.sync()
        #expect(try await first.folio("R-1")["totals"]?["captured"] == 0)
        try await first.charge("R-1", 34330)
        let closed = try await first.checkOut("R-1")
        #expect(closed.status == 200 && closed.json["state"] == "checked_out", "\(closed.text)")
        #expect(try await received(first.simulator) == [4330, 25000, 30000])
        // What happens to one's money is nothing to the other.
        let own = try await first.folio("R-1")["payments"]?[0]?["payment_intent"]?.textValue ?? ""
        let charge = try #require(try await first.simulator.order("GET", "/v1/payment_intents/\(own)")["latest_charge"] as? String)
        let other = try await first.folio("R-1")["payments"]?[1]?["payment_intent"]?.textValue ?? ""
        _ = try await first.simulator.order(form: "/v1/refunds", "payment_intent=\(other)&amount=1000")
        try await first.simulator.order("POST", "/_sim/charges/\(charge)/dispute", ["reason": "fraudulent"])
        try await first.simulator.letPass(seconds: 10)
        try await first.sync()
        try await second.sync()
        for (house, payments, others) in [(first, 2, 1), (second, 1, 0)] {
            #expect(try await journal(house, "payment") == payments)
            #expect(try await journal(house, "refund") == others)
            #expect(try await journal(house, "dispute") == others)
        }
        #expect(try await second.folio("R-1")["refunds"]?.arrayValue?.isEmpty == true)
        #expect(try await second.send("GET", "/v1/tenants/seeblick/disputes").json["data"]?.arrayValue?.isEmpty == true)
        for house in [first, second] { #expect(try await house.verb("verify").exit == 0) }
    }

    @Test func `that another ledger is there is told once, with what to do`() async throws {
        let first = try await House(tenants: ["seeblick"])
        let second = try await House(tenants: ["seeblick"], simulator: first.simulator)
        for reference in ["R-1", "R-2"] {
            try await first.guestPays(try await first.book(reference))
            try await second.guestPays(try await second.book(reference))
        }
        for house in [first, second] {
            try await house.sync()
            try await house.sync()
            let tenant = try await house.send("GET", "/v1/tenants/seeblick", as: "operator").json
            #expect(tenant["notices"]?.arrayValue?.map { $0["code"] } == ["other_ledger"], "\(tenant)")
            let shown = try await house.verb("tenant", "show", "seeblick")
            #expect(shown.output.contains("Give each ledger its own Stripe account"), "\(shown.output)")
            let told = try await house.verb("reconcile")
            #expect(told.exit == 1 && told.output.contains("another ledger"), "\(told.output)")
        }
        let ids = [first, second].map { $0 }
        let (a, b) = (
            try await ids[0].send("GET", "/v1/tenants/seeblick", as: "operator").json["books_id"]?.textValue ?? "",
            try await ids[1].send("GET", "/v1/tenants/seeblick", as: "operator").json["books_id"]?.textValue ?? ""
        )
        #expect(a.count == 32 && b.count == 32 && a != b)
        #expect(try await first.send("GET", "/v1/tenants/seeblick", as: "operator").text.contains(b), "the other's books are named")
    }

    /// What a stranger's shop writes into its objects, at worst.
    enum Forgery: String, CaseIterable {
        case nothing, ourNumbers, ourNumbersAndKey, ourKeyWithOtherBooks, ourBooksAndUnknownKey, ourUnpaidPage, ourUnpaidPageAndItsAmount
        case ourPaidPage
    }

    @Test(arguments: Forgery.allCases)
    func `a stranger's objects are never charged or booked, whatever their metadata says`(forgery: Forgery) async throws {
        let house = try await House(tenants: ["seeblick"])
        try await house.guestPays(try await house.book("R-1"))
        try await house.sync()
        let opened = try await house.book("R-2")
        let own = try await intents(house.simulator)[0]
        let ours = try #require(own["metadata"] as? [String: String])
        let claims: [String: String] =
            switch forgery {
            case .nothing: [:]
            case .ourNumbers: ["ledger_folio": "2", "ledger_hold": "1", "reference": "R-2"]
            case .ourNumbersAndKey: ["ledger_folio": "1", "ledger_hold": "1", "reference": "R-1", "ledger_key": ours["ledger_key"]!]
            case .ourKeyWithOtherBooks: ours.merging(["ledger_books": String(repeating: "0", count: 32)]) { $1 }
            case .ourBooksAndUnknownKey: ours.merging(["ledger_key": String(repeating: "0", count: 32)]) { $1 }
            case .ourPaidPage: ours
            case .ourUnpaidPage, .ourUnpaidPageAndItsAmount: try await page(of: "R-2", house.simulator)
            }
        let metadata = claims.map { "&metadata[\($0.key)]=\($0.value)" }.joined()
        let customer = try #require(
            try await house.simulator.order(form: "/v1/customers", "name=Somebody")["id"] as? String)
        let stranger = try await house.simulator.order(
            form: "/v1/payment_intents",
            "amount=\(forgery == .ourUnpaidPageAndItsAmount ? 30000 : 99900)&currency=eur&customer=\(customer)&payment_method=pm_card_visa"
                + "&confirm=true&capture_method=manual"
                + "&payment_method_types[0]=card" + metadata)
        let taken = try await house.simulator.order(
            form: "/v1/payment_intents",
            "amount=8800&currency=eur&customer=\(customer)&payment_method=pm_card_visa&confirm=true&payment_method_types[0]=card" + metadata
        )
        try await house.simulator.letPass(seconds: 10)
        try await house.sync()
        #expect(try await house.folio("R-2")["holds"]?[0]?["state"] == "requested")
        for reference in ["R-1", "R-2"] {
            let folio = try await house.folio(reference)
            #expect(folio["totals"]?["captured"] == 0 && folio["payments"]?.arrayValue?.isEmpty == true, "\(folio)")
        }
        try await house.charge("R-1", 25000)
        if forgery == .ourBooksAndUnknownKey {
            // It says it is ours, and may be so: it is shown, and the folio waits. Its customer is another one's, so nobody takes it in.
            let refused = try await house.checkOut("R-1")
            #expect(refused.status == 503 && refused.code == "found_object", "\(refused.text)")
            let told = try await house.verb("reconcile", "--repair")
            #expect(told.exit == 1 && told.output.contains(customer), "\(told.output)")
            let found = try await house.folio("R-1")["found_objects"]?.arrayValue ?? []
            #expect(found.count == 2)
            for one in found {
                let id = one["id"]?.textValue ?? ""
                let left = try await house.verb("found", "dismiss", "seeblick", id, "--reason", "the shop copied our metadata")
                #expect(left.exit == 0, "\(left.errors)")
                let again = try await house.verb("found", "dismiss", "seeblick", id, "--reason", "again")
                #expect(again.exit == 1 && again.isOneSentenceWithAHint, "\(again.errors)")
            }
            #expect(try await house.folio("R-1")["warnings"]?.arrayValue?.contains { $0["code"] == "found_object" } == false)
        }
        try await house.guestPays(opened)
        try await house.sync()
        #expect(try await house.folio("R-2")["holds"]?[0]?["state"] == "authorised")
        let closed = try await house.checkOut("R-1")
        #expect(closed.json["state"] == "checked_out", "\(closed.text)")
        _ = try await house.verb("reconcile", "--repair")
        let after = try await intents(house.simulator)
        #expect(after.first { $0["id"] as? String == stranger["id"] as? String }?["status"] as? String == "requires_capture")
        #expect(after.first { $0["id"] as? String == taken["id"] as? String }?["amount_received"] as? Int == 8800)
        #expect(try await journal(house, "payment") == 1)
        #expect(try await house.verb("verify").exit == 0)
    }
}
