import Foundation
import JSON
import TestSupport
import Testing

/// Whole stays, from outside: two services on one file, a guest, and Stripe's webhooks.
@Suite struct `A stay over HTTP` {
    private static let seeblick = "/v1/tenants/seeblick"

    /// Has Stripe deliver to the service.
    private func connect(_ house: House) async throws {
        let secret = try await house.simulator.deliver(to: house.service.url, of: "seeblick")
        let stored = try await house.send(
            "PUT", Self.seeblick + "/stripe", ["secret_key": "sk_test_seeblick", "webhook_secret": .text(secret)])
        #expect(stored.status == 200, "\(stored.text)")
    }

    /// Waits until a webhook has told it; nothing else asks Stripe so soon.
    private func awaitHold(_ house: House, _ reference: String) async throws {
        try await eventually("a webhook that tells of the hold of \(reference)", within: .seconds(60)) {
            let folio = try await house.send("GET", Self.seeblick + "/folios/\(reference)").json
            return folio["holds"]?[0]?["state"] == "authorised"
        }
    }

    @Test func `ends at 343.30 with its taxes, through two processes and by webhooks alone`() async throws {
        let house = try await House(tenants: ["seeblick"])
        let second = try await house.serve()
        try await connect(house)
        try await house.guestPays(try await house.book("R-4711"))
        try await awaitHold(house, "R-4711")
        let charges: [(category: String, price: Int, quantity: Int)] = [
            ("lodging", 10700, 2), ("food", 1400, 2), ("drinks", 600, 2), ("minibar", 2380, 1), ("massage", 5950, 1),
            ("visitors_tax", 300, 2),
        ]
        var last: House.Answer?
        for (turn, charge) in charges.enumerated() {
            last = try await house.send(
                "POST", Self.seeblick + "/folios/R-4711/lines",
                [
                    "category": .text(charge.category), "description": .text(charge.category), "unit_amount": .int(charge.price),
                    "quantity": .int(charge.quantity),
                ], service: turn % 2 == 0 ? house.service.url : second.url)
            #expect(last?.status == 201, "\(last?.text ?? "")")
        }
        #expect(last?.json["warnings"]?[0]?["code"] == "hold_exceeded" && last?.json["totals"]?["uncovered"] == 4330)

        let preview = try await house.send("GET", Self.seeblick + "/folios/R-4711/check-out", service: second.url).json
        #expect(preview["plan"]?["due"] == 34330)
        #expect(preview["plan"]?["steps"]?.arrayValue?.map { $0["do"] } == ["capture", "charge_saved_card"])
        #expect(preview["plan"]?["steps"]?.arrayValue?.map { $0["amount"] } == [30000, 4330])
        let stale = try await house.send("POST", Self.seeblick + "/folios/R-4711/check-out", ["plan": "0123456789abcdef"])
        #expect(stale.status == 409 && stale.code == "plan_changed" && stale.json["plan"]?["id"] == preview["plan"]?["id"])

        let plan = try #require(preview["plan"]?["id"])
        let done = try await house.send("POST", Self.seeblick + "/folios/R-4711/check-out", ["plan": plan], key: "button")
        #expect(
            done.status == 200 && done.json["state"] == "checked_out" && done.json["document"]?["number"] == "2026-000001", "\(done.text)")
        #expect(done.json["totals"]?["captured"] == 34330 && done.json["totals"]?["open"] == 0)
        let taxes = done.json["document"]?["taxes"]?.arrayValue?.map { [$0["rate"], $0["gross"], $0["tax"]] }
        #expect(taxes == [["7", 24200, 1583], ["19", 9530, 1522], ["none", 600, 0]])
        let again = try await house.send(
            "POST", Self.seeblick + "/folios/R-4711/check-out", ["plan": plan], key: "button", service: second.url)
        #expect(again.body == done.body)
        let intents = try await house.simulator.order("GET", "/v1/payment_intents")["data"] as? [[String: Any]]
        #expect(intents?.compactMap { $0["amount_received"] as? Int }.sorted() == [4330, 30000])
        #expect(await second.stop() == 0)
    }

    @Test func `tells what staff should know as a code, and in the caller's language`() async throws {
        let house = try await House(tenants: ["seeblick"])
        try await house.book("R-1")
        for (sql, code, german, english) in [
            (
                "notice_code = 'overpaid', notice_amount = 1250", "overpaid", "12,50\u{A0}€ zu viel bezahlt",
                "€12.50"
            ),
            // As a newer version writes what this one does not know.
            ("notice_code = 'ask_the_guest', notice_amount = NULL", "notice", "ask_the_guest", "ask_the_guest"),
        ] {
            try change(house.folder.file("ledger.db"), "UPDATE folio SET \(sql)")
            for (language, words) in [("de", german), ("en", english)] {
                let folio = try await house.send("GET", Self.seeblick + "/folios/R-1", headers: [("Accept-Language", language)]).json
                let warning = folio["warnings"]?[0]
                #expect(warning?["code"] == .text(code) && warning?["message"]?.textValue?.contains(words) == true, "\(folio)")
            }
        }
    }

    @Test func `whose link reception takes back is open again`() async throws {
        let house = try await House(tenants: ["seeblick"])
        try await connect(house)
        // The bank asks the guest about everything beyond the hold.
        try await house.guestPays(try await house.book("R-1"), card: "4000002760003184")
        try await awaitHold(house, "R-1")
        let path = Self.seeblick + "/folios/R-1/check-out"
        let early = try await house.send("POST", path + "/withdrawal")
        #expect(early.status == 409 && early.code == "not_awaiting_guest", "\(early.text)")
        let line: JSON = ["category": "lodging", "description": "Nights", "unit_amount": 34330]
        _ = try await house.send("POST", Self.seeblick + "/folios/R-1/lines", line)
        let plan = try await house.send("GET", path).json["plan"]?["id"] ?? .null
        #expect(try await house.send("POST", path, ["plan": plan]).status == 202)
        let open = try await house.send("POST", path + "/withdrawal", key: "back")
        #expect(open.status == 200 && open.json["state"] == "open" && open.json["totals"]?["open"] == 4330, "\(open.text)")
        #expect(try await house.send("POST", path + "/withdrawal", key: "back").text == open.text)
    }

    @Test func `that costs nothing is closed by who says so, lets the hold go, and has no document`() async throws {
        let house = try await House(tenants: ["seeblick"])
        try await connect(house)
        try await house.guestPays(try await house.book("R-1"))
        try await awaitHold(house, "R-1")
        let plan = try await house.send("GET", Self.seeblick + "/folios/R-1/check-out").json["plan"]
        #expect(plan?["steps"]?.arrayValue?.map { $0["do"] } == ["release"])
        #expect(plan?["warnings"]?.arrayValue?.map { $0["code"] } == ["nothing_charged"])
        let path = Self.seeblick + "/folios/R-1/check-out"
        for said in [["plan": plan?["id"] ?? .null], ["plan": plan?["id"] ?? .null, "nothing_charged": false]] as [JSON] {
            let asked = try await house.send("POST", path, said)
            #expect(asked.status == 422 && asked.code == "nothing_charged", "\(asked.text)")
            #expect(asked.json["hint"]?.textValue?.contains("`nothing_charged`") == true, "\(asked.text)")
        }
        #expect(try await house.folio("R-1")["totals"]?["held"] == 30000, "nothing was done")
        let done = try await house.send("POST", path, ["plan": plan?["id"] ?? .null, "nothing_charged": true])
        #expect(done.status == 200 && done.json["totals"]?["held"] == 0 && done.json["document"] == .null, "\(done.text)")
        #expect(try await house.send("GET", Self.seeblick + "/folios/R-1/document").code == "document_not_found")
        let intents = try await house.simulator.order("GET", "/v1/payment_intents")["data"] as? [[String: Any]]
        #expect(intents?.map { $0["status"] as? String } == ["canceled"])
    }
}

@Suite struct `A service that is told to stop` {
    @Test func `has every line it answered for, and takes up every other with its key`() async throws {
        let house = try await House(tenants: ["seeblick"])
        try await house.book("R-1")
        let path = "/v1/tenants/seeblick/folios/R-1/lines"
        func post(_ key: String, _ url: String) async throws -> House.Answer {
            let line: JSON = ["category": "minibar", "description": .text(key), "unit_amount": 100]
            return try await house.send("POST", path, line, key: key, service: url)
        }
        // Each client goes on until it gets no answer any more.
        let clients = (0..<16).map { client in
            Task { () -> (answered: [String: Int], last: String) in
                var answered: [String: Int] = [:]
                for number in 0... {
                    let key = "c\(client)-\(number)"
                    guard let answer = try? await post(key, house.service.url), answer.status == 201 else { return (answered, key) }
                    answered[key] = answer.json["line"]?["number"]?.intValue
                }
                return (answered, "")
            }
        }
        // At most one line of each client is in the file and not answered yet.
        try await eventually("lines", within: .seconds(60)) {
            try await house.send("GET", path).json["data"]?.arrayValue?.count ?? 0 > 2 * clients.count
        }
        #expect(await house.service.stop() == 0)
        var answered: [String: Int] = [:]
        var unanswered: [String] = []
        for client in clients {
            let told = await client.value
            answered.merge(told.answered) { first, _ in first }
            unanswered.append(told.last)
        }
        #expect(answered.count > clients.count)

        let next = try await house.serve()
        func lines() async throws -> [Int: String] {
            let data = try await house.send("GET", path, service: next.url).json["data"]?.arrayValue ?? []
            return Dictionary(uniqueKeysWithValues: data.map { ($0["number"]!.intValue!, $0["description"]!.textValue!) })
        }
        let kept = try await lines()
        for (key, number) in answered { #expect(kept[number] == key) }
        for key in unanswered + Array(answered.keys.prefix(20)) {
            let answer = try await post(key, next.url)
            #expect(answer.status == 201, "\(answer.text)")
            if let number = answered[key] { #expect(answer.json["line"]?["number"]?.intValue == number) }
        }
        #expect(try await lines().values.sorted() == (Array(answered.keys) + unanswered).sorted())
        #expect(await next.stop() == 0)
    }
}
