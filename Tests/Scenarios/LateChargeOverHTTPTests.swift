import JSON
import Ledger
import TestSupport
import Testing

/// Late charges as programs make them: processes and HTTP.
@Suite struct `A late charge over HTTP` {
    private static let path = "/v1/tenants/seeblick/folios/R-1/late-charges"
    private static let beer: JSON = ["category": "minibar", "description": "Bier", "unit_amount": 420]

    /// A stay that is checked out.
    private func left(card: String = "4242424242424242") async throws -> House {
        let house = try await House(roles: ["admin", "reception"], tenants: ["seeblick"])
        try await house.guestPays(try await house.book("R-1"), card: card)
        try await house.sync()
        try await house.charge("R-1", 10000)
        #expect(try await house.checkOut("R-1").status == 200)
        return house
    }

    @Test func `answers with its folio, and the stay lists it`() async throws {
        let house = try await left()
        let made = try await house.send("POST", Self.path, as: "seeblick reception", ["lines": [Self.beer, Self.beer]])
        #expect(made.status == 201 && made.json["reference"] == "R-1-L1" && made.json["stay"] == "R-1", "\(made.text)")
        #expect(made.json["state"] == "checked_out" && made.json["source"] == "late_charge" && made.json["totals"]?["captured"] == 840)
        #expect(made.json["document"]?["gross"] == 840 && made.json["late_charges"]?.arrayValue?.isEmpty == true)
        let stay = try await house.folio("R-1")
        #expect(stay["late_charges"]?.arrayValue?.first?["reference"] == "R-1-L1" && stay["stay"] == .null)
        #expect(stay["late_charges_until"] == "2026-12-02")
        let listed = try await house.send("GET", "/v1/tenants/seeblick/folios?source=late_charge")
        #expect(listed.json["data"]?.arrayValue?.map { $0["stay"] } == ["R-1"])
        let found = try await house.send("GET", "/v1/tenants/seeblick/folios?text=R-1")
        #expect(found.json["data"]?.arrayValue?.count == 2)
    }

    @Test func `answers 202 with the page while the guest has to pay, and lists what is open with its age and its stay`() async throws {
        let house = try await left(card: "4000002760003184")
        let waiting = try await house.send("POST", Self.path, ["lines": [Self.beer]], key: "late-1")
        #expect(waiting.status == 202 && waiting.json["state"] == "awaiting_guest", "\(waiting.text)")
        #expect(waiting.json["warnings"]?.arrayValue?.map { $0["code"] } == ["late_charge_by_link"])
        #expect(waiting.json["payment_url"]?.textValue?.contains("cs_") == true)
        // The same request again gets the same answer.
        #expect(try await house.send("POST", Self.path, ["lines": [Self.beer]], key: "late-1").body == waiting.body)
        try await house.simulator.order("POST", "/_sim/clock", ["advance_seconds": 3 * 86_400])
        try await house.sync()
        let month = try await house.folio("R-1-L1")["opened_at"]?.textValue?.prefix(7) ?? ""
        let open = try await house.send("GET", "/v1/tenants/seeblick/statements/\(month)/open-items")
        let item = try #require(open.json["data"]?.arrayValue?.first)
        #expect(item["folio"] == "R-1-L1" && item["stay"] == "R-1" && item["why"] == "not_closed" && item["age_days"] != nil)
        let file = try await house.send("GET", "/v1/tenants/seeblick/statements/\(month)/open-items?format=csv")
        #expect(file.text.hasPrefix("folio,guest_name,month,since,age_days,stay,why,"), "\(file.text)")
    }

    @Test func `says what is wrong with a request`() async throws {
        let house = try await left()
        let damage: JSON = ["category": "other", "description": "Spiegel", "unit_amount": 9000]
        for (body, status, code) in [
            (["lines": []], 400, "field_invalid"), ([:], 400, "field_missing"),
            (["lines": [Self.beer], "by": "cash"], 400, "field_invalid"),
            (["lines": [Self.beer, damage]], 422, "late_charge_by_link_only"), (["lines": [["item": "nothing"]]], 404, "sku_not_found"),
        ] as [(JSON, Int, String)] {
            let told = try await house.send("POST", Self.path, body)
            #expect(told.status == status && told.code == code, "\(told.text)")
        }
        let place = try await house.send("POST", Self.path, ["lines": [Self.beer, ["item": "nothing"]]])
        #expect(place.json["field"] == "lines[1]" || place.text.contains("lines[1]"), "\(place.text)")
        let linked = try await house.send("POST", Self.path, ["lines": [damage], "by": "link"])
        #expect(linked.status == 202 && linked.json["reference"] == "R-1-L1", "\(linked.text)")
        let path = "/v1/tenants/seeblick/folios/R-1-L1"
        #expect(try await house.send("POST", "\(path)/check-out/withdrawal").status == 200)
        let noShow = try await house.send("POST", "\(path)/no-show", ["fee": 0, "reason": "x"])
        #expect(noShow.status == 409 && noShow.code == "late_charge_no_show", "\(noShow.text)")
        let dropped = try await house.send("POST", "\(path)/cancellation", ["fee": 500, "reason": "x"])
        #expect(dropped.status == 422 && dropped.code == "late_charge_without_fee", "\(dropped.text)")
        let ofLate = try await house.send("POST", "/v1/tenants/seeblick/folios/R-1-L1/late-charges", ["lines": [Self.beer]])
        #expect(ofLate.status == 409 && ofLate.code == "late_charge_of_late_charge")
        try await house.guestPays(try await house.book("R-2"))
        let open = try await house.send("POST", "/v1/tenants/seeblick/folios/R-2/late-charges", ["lines": [Self.beer]])
        #expect(open.status == 409 && open.code == "late_charge_stay_open")
        let line = try await house.send("POST", "/v1/tenants/seeblick/folios/R-1/lines", Self.beer)
        #expect(line.status == 409 && line.code == "folio_closed" && line.json["hint"]?.textValue?.contains("late-charges") == true)
    }

    @Test func `at once under one key is one, under two keys two`() async throws {
        let both = try await TwoProcesses()
        try await both.stay("R-1")
        try await both.sync()
        try await both.charge(10000, on: "R-1")
        #expect(try await both.send("POST", "/folios/R-1/check-out", ["plan": try await both.plan("R-1")]).status == 200)
        @Sendable func charge(_ key: String, process: Int) async throws -> House.Answer {
            while true {
                let told = try await both.send("POST", "/folios/R-1/late-charges", ["lines": [Self.beer]], key: key, process: process)
                guard told.status == 503 else { return told }
                try await Task.sleep(for: .milliseconds(50))
            }
        }
        let same = try await inParallel(Array(0..<4)) { try await charge("one", process: $0 % 2) }
        #expect(Set(same.map(\.text)).count == 1 && same.allSatisfy { $0.status == 201 }, "\(same.map(\.text))")
        let others = try await inParallel(Array(0..<2)) { try await charge("key-\($0)", process: $0) }
        #expect(Set(others.compactMap { $0.json["reference"]?.textValue }) == ["R-1-L2", "R-1-L3"])
        let stripe = try await AtStripe.lists(both.house.simulator, of: "seeblick")
        for reference in ["R-1-L1", "R-1-L2", "R-1-L3"] { #expect(stripe[reference]?.taken == [420], "\(reference)") }
        try await both.expectAgreement()
    }

    /// The process that decided is killed before Stripe was asked; another one takes the same request.
    @Test func `that a killed process had decided is completed by the same request`() async throws {
        let house = try await left()
        try await house.simulator.order(
            "POST", "/_sim/faults",
            ["route": "POST /v1/payment_intents", "fault": "slow_first_byte", "times": 100, "delay_milliseconds": 60_000]
                as [String: any Sendable])
        let second = try await house.serve()
        let struck = Task { try await house.send("POST", Self.path, ["lines": [Self.beer]], key: "late-1", service: second.url) }
        try await eventually { try await house.folio("R-1-L1")["state"] == "closing" }
        await second.kill()
        _ = try? await struck.value
        try await house.simulator.order("POST", "/_sim/faults", ["clear": true])
        let done = try await house.send("POST", Self.path, ["lines": [Self.beer]], key: "late-1")
        #expect(done.status == 201 && done.json["reference"] == "R-1-L1" && done.json["totals"]?["captured"] == 420, "\(done.text)")
        #expect(try await house.folio("R-1")["late_charges"]?.arrayValue?.count == 1)
        #expect(try await AtStripe.lists(house.simulator, of: "seeblick")["R-1-L1"]?.taken == [420])
    }
}
