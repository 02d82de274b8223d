import Foundation
import JSON
import TestSupport
import Testing

/// The night audit: one request for all rooms.
@Suite struct `Many lines in one request` {
    private static let path = "/v1/tenants/seeblick/lines"

    private static func night(_ folio: String, _ more: [(String, JSON)] = []) -> JSON {
        .object(
            [
                ("folio", .text(folio)), ("category", "lodging"), ("description", "Übernachtung"), ("unit_amount", 11900),
                ("tax_rate", "7"),
                ("service_date", "2026-11-18"),
            ] + more)
    }

    private static func body(_ lines: [JSON]) -> JSON { ["lines": .array(lines)] }

    /// What a request for lines writes; the service's own work goes on beside it.
    private func written(_ house: House) -> [String] {
        [
            "SELECT * FROM line_item", "SELECT * FROM journal_entry", "SELECT name, debits, credits FROM account",
            "SELECT count(*) FROM request",
        ]
        .flatMap { ask(house.folder.file("ledger.db"), $0) }
    }

    private static func house(folios: Int, roles: [String] = ["admin"]) async throws -> House {
        let house = try await House(roles: roles)
        let beer = try await house.send(
            "PUT", "/v1/tenants/seeblick/catalogue/beer", ["description": "Bier", "price": 350, "category": "minibar"])
        #expect(beer.status < 300, "\(beer.text)")
        try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 1...folios { group.addTask { try await house.book("R-\(number)").status } }
            for try await status in group { #expect(status == 201) }
        }
        return house
    }

    @Test func `reach a hundred folios, each with its numbers and its totals`() async throws {
        let house = try await Self.house(folios: 100)
        try await house.charge("R-1", 5000)
        // Nights and drinks in turn, so that every folio has two or three.
        let lines = (0..<250).map { index in
            let folio = "R-\(index % 100 + 1)"
            return index % 2 == 0 ? Self.night(folio) : ["folio": .text(folio), "item": "beer", "quantity": 2]
        }
        let told = try await house.send("POST", Self.path, Self.body(lines))
        #expect(told.status == 201, "\(told.text)")
        let numbers = try #require(told.json["lines"]?.arrayValue)
        #expect(numbers.map { $0["folio"]?.textValue } == lines.map { $0["folio"]?.textValue })
        var next = ["R-1": 2]
        for (line, answer) in zip(lines, numbers) {
            let folio = line["folio"]!.textValue!
            #expect(answer["number"]?.intValue == next[folio] ?? 1)
            next[folio] = (next[folio] ?? 1) + 1
        }
        let folios = try #require(told.json["folios"]?.arrayValue)
        #expect(folios.map { $0["reference"]?.textValue } == (1...100).map { "R-\($0)" })
        for answer in folios {
            let folio = try await house.folio(answer["reference"]!.textValue!)
            let gross: [Int] = folio["lines"]!.arrayValue!.map { $0["gross"]!.intValue! }
            #expect(answer["totals"] == folio["totals"], "\(answer)")
            #expect(answer["totals"]?["charged"]?.intValue == gross.reduce(0, +), "\(answer)")
            // Nobody has paid or reserved anything.
            #expect(answer["warnings"]?.arrayValue?.first?["code"] == "hold_exceeded", "\(answer)")
        }
        // The line of before, three nights or six drinks on the first fifty, two on the others.
        let charged: [Int] = folios.prefix(3).map { $0["totals"]!["charged"]!.intValue! }
        #expect(charged == [40700, 2100, 35700])
        // It is kept with its key.
        #expect(told.body.count < 64 << 10)
        let verified = try await house.verb("verify")
        #expect(verified.exit == 0, "\(verified.errors)")
    }

    @Test func `are all added or none, and the problem is that of the line alone`() async throws {
        let house = try await Self.house(folios: 4)
        // R-3 has been checked out, R-4 waits for the guest.
        #expect(try await house.checkOut("R-3").json["state"] == "checked_out")
        try await house.charge("R-4", 5000)
        #expect(try await house.checkOut("R-4").json["state"] == "awaiting_guest")
        func line(_ text: String) -> JSON { JSON(parsing: Array(text.utf8))! }
        let cases: [(JSON, Int, String)] = [
            (Self.night("R-9"), 404, "folio_not_found"),
            (Self.night("R-3"), 409, "folio_closed"),
            (Self.night("R-4"), 409, "awaiting_guest"),
            (line(#"{"folio":"R-1","item":"bear"}"#), 404, "sku_not_found"),
            (line(#"{"folio":"R-1","item":"beer","service_date":"2025-11-18"}"#), 422, "service_date_outside_stay"),
            (line(#"{"folio":"R-1","category":"unheard_of","description":"x","unit_amount":100}"#), 422, "tax_rate_missing"),
            (
                line(#"{"folio":"R-1","category":"massage","description":"x","unit_amount":999999999999,"quantity":100000}"#), 422,
                "amount_invalid"
            ),
        ]
        let before = written(house)
        for (line, status, code) in cases {
            var lines = (0..<40).map { Self.night("R-\($0 % 2 + 1)") }
            lines[17] = line
            // The first one counts.
            lines[30] = ["folio": "R-8", "item": "bear"]
            let told = try await house.send("POST", Self.path, Self.body(lines))
            #expect(told.status == status && told.code == code && told.json["field"] == "lines[17]", "\(told.text)")
            let alone = try await house.send(
                "POST", "/v1/tenants/seeblick/folios/\(line["folio"]!.textValue!)/lines",
                .object(line.members!.filter { $0.key != "folio" }.map { ($0.key, $0.value) }))
            #expect(alone.status == status && alone.code == code && alone.json["hint"] == told.json["hint"], "\(alone.text)")
            #expect(alone.json["payment_url"] == told.json["payment_url"])
            let sentence = try #require(alone.json["detail"]?.textValue)
            #expect(told.json["detail"]?.textValue == "Nothing was added because of lines[17]: " + sentence)
        }
        #expect(written(house) == before)
        let german = try await house.send(
            "POST", Self.path, Self.body([Self.night("R-1"), Self.night("R-9")]), headers: [("Accept-Language", "de")])
        #expect(
            german.json["detail"] == "Nichts wurde gebucht wegen lines[1]: Der Mandant „seeblick“ hat kein Gästekonto „R-9“.",
            "\(german.text)")
    }

    @Test func `are read strictly`() async throws {
        let house = try await Self.house(folios: 1)
        let before = written(house)
        let good = Self.night("R-1")
        func beside(_ line: JSON) -> JSON { Self.body([good, line]) }
        let cases: [(JSON, String, String?)] = [
            (.emptyObject, "field_missing", "lines"),
            (Self.body([]), "field_invalid", "lines"),
            (Self.body(Array(repeating: good, count: 251)), "field_invalid", "lines"),
            (.object([("lines", .array([good])), ("folio", "R-1")]), "field_unknown", "folio"),
            (beside(Self.night("R-1", [("colour", "red")])), "field_unknown", "lines[1].colour"),
            (beside(Self.night("R-1", [("quantity", 0)])), "field_invalid", "lines[1].quantity"),
            (beside(["item": "beer"]), "field_missing", "lines[1].folio"),
            (beside(["folio": "R-1", "item": "beer", "unit_amount": 5]), "field_unknown", "lines[1].unit_amount"),
            (beside("R-1"), "field_invalid", "lines[1]"),
        ]
        for (body, code, field) in cases {
            let told = try await house.send("POST", Self.path, body)
            #expect(told.status == 400 && told.code == code && told.json["field"]?.textValue == field, "\(told.text)")
        }
        #expect(written(house) == before)
        // As many as there may be, each as long as it may be.
        let wide = String(repeating: "𝄞", count: 200)
        let long: JSON = [
            "folio": "R-1", "category": "lodging", "description": .text(wide), "unit_amount": 11900, "quantity": 10, "tax_rate": "7",
            "service_date": "2026-11-18", "outside_stay": false,
        ]
        let told = try await house.send("POST", Self.path, Self.body(Array(repeating: long, count: 250)))
        #expect(told.status == 201, "\(told.text)")
        #expect(told.json["lines"]?.arrayValue?.map { $0["number"]?.intValue } == Array(1...250))
        #expect(told.json["folios"]?.arrayValue?.first?["totals"]?["charged"]?.intValue == 250 * 10 * 11900)
    }

    @Test func `repeated with their key are added once and answered with the same bytes`() async throws {
        let house = try await Self.house(folios: 2)
        let lines = Self.body([Self.night("R-1"), Self.night("R-2"), Self.night("R-1")])
        let first = try await house.send("POST", Self.path, lines, key: "night-1")
        // The totals have changed since; the answer has not.
        try await house.charge("R-1", 5000)
        let again = try await house.send("POST", Self.path, lines, key: "night-1")
        #expect(first.status == 201 && again.status == 201 && again.body == first.body)
        #expect(again.header("Idempotent-Replayed") == "true")
        let other = try await house.send("POST", Self.path, Self.body([Self.night("R-1")]), key: "night-1")
        #expect(other.status == 409 && other.code == "idempotency_key_reused")
        // What was refused can be mended and sent again with the same key, as a single line can.
        let refused = try await house.send("POST", Self.path, Self.body([Self.night("R-2"), Self.night("R-3")]), key: "night-2")
        #expect(refused.code == "folio_not_found")
        try await house.book("R-3")
        let mended = try await house.send("POST", Self.path, Self.body([Self.night("R-2"), Self.night("R-3")]), key: "night-2")
        #expect(mended.status == 201, "\(mended.text)")
        let answers = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<8 { group.addTask { try await house.send("POST", Self.path, lines, key: "same").body } }
            return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
        }
        #expect(answers.count == 1)
        for (reference, count) in [("R-1", 5), ("R-2", 3), ("R-3", 1)] {
            #expect(try await house.folio(reference)["lines"]?.arrayValue?.count == count, "\(reference)")
        }
    }

    @Test func `go to the folio with just these letters`() async throws {
        let house = try await Self.house(folios: 1)
        // One character, or a letter and its accent: Swift takes them for the same text.
        let (composed, apart) = ("Caf\u{E9}", "Cafe\u{301}")
        for reference in [composed, apart] {
            let opened = try await house.book(reference)
            #expect(opened.status == 201, "\(opened.text)")
        }
        let told = try await house.send("POST", Self.path, Self.body([Self.night(composed), Self.night(apart), Self.night(composed)]))
        #expect(told.json["lines"]?.arrayValue?.map { $0["number"]?.intValue } == [1, 1, 2], "\(told.text)")
        let charged = told.json["folios"]?.arrayValue?.map { $0["totals"]?["charged"]?.intValue }
        #expect(charged == [2 * 11900, 11900], "\(told.text)")
        // Each folio has an account of its own, too.
        let balances = ask(
            house.folder.file("ledger.db"), "SELECT debits FROM account WHERE name LIKE 'folio:Caf%' ORDER BY debits")
        #expect(balances == ["11900", "23800"])
    }

    @Test func `are for whoever may add one`() async throws {
        let house = try await House(roles: House.roles)
        try await house.book("R-1")
        for role in House.roles + ["operator"] {
            let who = role == "operator" ? role : "seeblick \(role)"
            let many = try await house.send("POST", Self.path, as: who, Self.body([Self.night("R-1")]))
            let one = try await house.send(
                "POST", "/v1/tenants/seeblick/folios/R-1/lines", as: who,
                ["category": "lodging", "description": "Night", "unit_amount": 100])
            #expect(many.status == one.status && many.code == one.code, "\(role): \(many.text) \(one.text)")
        }
        let other = try await house.send("POST", Self.path, as: "waldhof admin", Self.body([Self.night("R-1")]))
        #expect(other.status == 404 && other.code == "tenant_not_found")
    }
}
