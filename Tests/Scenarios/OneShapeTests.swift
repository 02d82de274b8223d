import Foundation
import JSON
import TestSupport
import Testing

/// One object has one shape: what the API answers is what the command line prints.
@Suite struct `An object` {
    private func print(_ house: House, _ verb: [String], as format: String) async throws -> String {
        let run = try await house.run(verb + ["--format", format])
        #expect(run.exit == 0, "\(verb): \(run.errors)")
        return run.output
    }

    /// A house with one of everything that both show.
    private func furnished() async throws -> House {
        let house = try await House(tenants: ["seeblick"])
        let tenant = "/v1/tenants/seeblick"
        _ = try await house.send(
            "PUT", tenant + "/catalogue/beer", ["description": "Bier 0,33 l", "price": 350, "category": "minibar", "tax_rate": "19"])
        try await house.guestPays(try await house.book("R-1"))
        try await house.guestPays(try await house.book("R-2", amount: 10000, mode: "direct"))
        try await house.book("R-3", isAhead: true)
        try await house.sync()
        try await house.charge("R-1", 34330)
        let refund = try await house.send(
            "POST", tenant + "/folios/R-2/payments/1/refunds", ["amount": 2000, "reason": "wine was corked", "bill": "unchanged"])
        #expect(refund.status == 201, "\(refund.text)")
        try await house.charge("R-2", 9000)
        #expect(try await house.checkOut("R-1").status == 200)
        // Less than Stripe takes stays open.
        for reference in ["R-4", "R-5", "R-6"] {
            try await house.guestPays(try await house.book(reference))
            try await house.sync()
            try await house.charge(reference, 30)
            #expect(try await house.checkOut(reference).status == 200)
        }
        let rule: JSON = ["type": "transfer", "account": "external:shop", "reason": "the shop's"]
        #expect(try await house.send("POST", tenant + "/movement-rules", rule).status == 201)
        for type in ["topup", "topup", "advance", "transfer"] {
            try await house.simulator.order(
                "POST", "/_sim/balance_transactions", ["type": type, "amount": type == "transfer" ? -700 : 700])
        }
        let late = try await house.send("POST", tenant + "/folios/R-1/late-charges", ["lines": [["item": "beer"]]])
        #expect(late.status == 201, "\(late.text)")
        try await house.sync()
        try await house.succeed(["user", "add", "seeblick", "anna", "--role", "reception"], input: "ein Zimmer mit Aussicht\n")
        return house
    }

    @Test func `is the same in JSON from the API and from the command line`() async throws {
        let house = try await furnished()
        let tenant = "/v1/tenants/seeblick"
        for (path, verb) in [
            ("/v1/tenants", ["tenant", "list"]), (tenant, ["tenant", "show", "seeblick"]),
            (tenant + "/catalogue", ["catalogue", "list", "seeblick"]),
            (tenant + "/webhook-secrets", ["webhook", "list", "seeblick"]),
            (tenant + "/audit", ["audit", "list", "seeblick"]),
            (tenant + "/folios", ["folio", "list", "seeblick"]),
            (tenant + "/folios?arrival_from=2026-12-01", ["folio", "list", "seeblick", "--arrival-from", "2026-12-01"]),
            (
                tenant + "/folios?departure_to=2026-11-30&text=R-1",
                ["folio", "list", "seeblick", "--departure-to", "2026-11-30", "--text", "R-1"]
            ),
            (tenant + "/folios/R-1/document", ["document", "show", "seeblick", "R-1"]),
            (tenant + "/users", ["user", "list", "seeblick"]),
            (tenant + "/operations", ["operation", "list", "seeblick"]),
            (tenant + "/events", ["event", "list", "seeblick"]),
            (tenant + "/folios/R-1", ["folio", "show", "seeblick", "R-1"]),
            (tenant + "/folios/R-1-L1", ["folio", "show", "seeblick", "R-1-L1"]),
            (tenant + "/folios/R-2", ["folio", "show", "seeblick", "R-2"]),
            (tenant + "/folios/R-3", ["folio", "show", "seeblick", "R-3"]),
            (tenant + "/folios/R-2/check-out", ["check-out", "seeblick", "R-2"]),
            (tenant + "/journal?limit=1000", ["journal", "seeblick"]),
            (tenant + "/movements", ["movement", "list", "seeblick"]),
            (tenant + "/movements?limit=2&state=suspense", ["movement", "list", "seeblick", "--limit", "2", "--state", "suspense"]),
            (tenant + "/movement-rules", ["rule", "list", "seeblick"]),
            (tenant + "/statements/2026-11/open-items", ["open-items", "seeblick", "--month", "2026-11"]),
            ("/v1/statements/2026-11", ["statement", "--month", "2026-11"]),
            (tenant + "/statements/2026-11", ["statement", "--month", "2026-11", "--tenant", "seeblick"]),
        ] {
            let answer = try await house.send("GET", path, as: "operator", headers: [("Accept-Language", "en")])
            #expect(answer.status == 200, "\(path): \(answer.text)")
            let printed = try await print(house, verb, as: "json")
            #expect(answer.text.trimmingCharacters(in: .newlines) == printed.trimmingCharacters(in: .newlines), "\(path)")
        }
    }

    @Test func `is the same in CSV from the API and from the command line`() async throws {
        let house = try await furnished()
        for (path, verb) in [
            ("/v1/tenants/seeblick/journal?format=csv", ["journal", "seeblick"]),
            ("/v1/tenants/seeblick/statements/2026-11/open-items?format=csv", ["open-items", "seeblick", "--month", "2026-11"]),
            ("/v1/tenants/seeblick/statements/2026-11?format=csv", ["statement", "--month", "2026-11", "--tenant", "seeblick"]),
            ("/v1/statements/2026-11?format=csv", ["statement", "--month", "2026-11"]),
        ] {
            let answer = try await house.send("GET", path, as: "operator")
            let printed = try await print(house, verb, as: "csv")
            #expect(answer.status == 200 && answer.text == printed, "\(path): \(answer.text)\n\(printed)")
            #expect(printed.split(separator: "\r\n").count > 3, "\(printed)")
        }
    }

    @Test func `that waits with Stripe, and a token that nobody uses, are the same on both as well`() async throws {
        let house = try await House()
        try await house.guestPays(try await house.book("R-1"))
        try await house.sync()
        try await house.charge("R-1", 34330)
        try await house.simulator.order(
            "POST", "/_sim/faults", ["route": "POST /v1/payment_intents/{id}/capture", "fault": "unavailable", "times": 1000])
        _ = try await house.checkOut("R-1")
        for (path, verb) in [
            ("/v1/tenants/seeblick/operations", ["operation", "list", "seeblick"]),
            ("/v1/tenants/waldhof/tokens", ["token", "list", "waldhof"]),
        ] {
            let answer = try await house.send("GET", path, as: "operator", headers: [("Accept-Language", "en")])
            #expect(answer.status == 200 && answer.json["data"]?.arrayValue?.isEmpty == false, "\(answer.text)")
            let printed = try await print(house, verb, as: "json")
            // In between it may be tried again.
            let (told, shown) = (answer.text.replacing(/"attempts":\d+/, with: ""), printed.replacing(/"attempts":\d+/, with: ""))
            #expect(told.trimmingCharacters(in: .newlines) == shown.trimmingCharacters(in: .newlines), "\(path)")
        }
    }

    @Test func `is in a page of a list at the command line, where the API has none of its kind`() async throws {
        let house = try await House(tenants: ["seeblick"])
        for verb in [["verify"], ["sync"], ["backup", house.folder.file("copy.db")]] {
            let printed = try #require(JSON(parsing: Array(try await print(house, verb, as: "json").utf8)))
            #expect(printed["next"] == .null && printed["data"]?[0]?["tenant"] == "seeblick", "\(verb): \(printed)")
        }
    }

    @Test func `has its amounts with a decimal point in a file, and their currency beside them`() async throws {
        let house = try await House(tenants: ["seeblick"])
        try await house.guestPays(try await house.book("R-1"))
        try await house.sync()
        try await house.charge("R-1", 34330)
        #expect(
            try await print(house, ["check-out", "seeblick", "R-1"], as: "csv")
                == "do,hold,payment,amount,currency\r\ncapture,1,,300.00,eur\r\ncharge_saved_card,,,43.30,eur\r\n")
        let plan = try await house.send("GET", "/v1/tenants/seeblick/folios/R-1/check-out")
        let id = try #require(plan.json["plan"]?["id"]?.textValue)
        let done = try await print(house, ["check-out", "seeblick", "R-1", "--execute", id], as: "csv")
        #expect(done.hasPrefix("do,hold,payment,amount,state,failure,failure_code,currency\r\ncapture,1,,300.00,done,,,eur\r\n"), "\(done)")
        let settings = try await print(house, ["tenant", "show", "seeblick"], as: "csv").split(separator: "\r\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let limit = try #require(settings[0].firstIndex(of: "refund_limit"))
        #expect(settings[1][limit] == "500.00", "\(settings)")
    }

    @Test func `has a column in a file for each member of what it contains, and none for its lists`() async throws {
        let house = try await furnished()
        let rows = try await print(house, ["folio", "list", "seeblick"], as: "csv").split(separator: "\r\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        let heads = rows[0].map(String.init)
        #expect(heads.contains("guest_name") && heads.contains("room") && heads.contains("totals_open") && heads.contains("currency"))
        #expect(rows.allSatisfy { $0.count == heads.count } && rows.count == 8, "\(rows)")
        let lines = try await print(house, ["folio", "show", "seeblick", "R-1"], as: "csv")
        #expect(lines.hasPrefix("number,kind,original,item,category,"), "\(lines)")
    }
}
