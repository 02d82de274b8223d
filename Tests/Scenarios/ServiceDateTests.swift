import Foundation
import JSON
import TestSupport
import Testing

/// A service that lies outside its stay is most likely a slip of the finger, and taxed by the wrong day.
@Suite struct `The day of a service` {
    private func add(_ day: String, outside: Bool? = nil, _ house: House) async throws -> House.Answer {
        var line: JSON = ["category": "massage", "description": "Massage", "unit_amount": 5950, "service_date": .text(day)]
        if let outside { line["outside_stay"] = .bool(outside) }
        return try await house.send("POST", "/v1/tenants/seeblick/folios/R-1/lines", as: "seeblick admin", line)
    }

    @Test func `outside the stay by more than a day is refused unless somebody confirms it`() async throws {
        let house = try await House()
        // From 18 to 20 November.
        try await house.book("R-1")
        for day in ["2026-11-17", "2026-11-18", "2026-11-21"] {
            let added = try await add(day, house)
            #expect(added.status == 201, "\(day): \(added.text)")
        }
        for day in ["2026-11-16", "2026-11-22", "2062-11-19", "0206-11-19"] {
            let refused = try await add(day, house)
            #expect(refused.status == 422 && refused.code == "service_date_outside_stay", "\(day): \(refused.text)")
            let again = try await add(day, outside: false, house)
            #expect(again.status == 422, "\(day): \(again.text)")
        }
        let meant = try await add("2026-11-24", outside: true, house)
        #expect(meant.status == 201, "\(meant.text)")
        let lines = try await house.send("GET", "/v1/tenants/seeblick/folios/R-1/lines").json
        #expect(lines["data"]?.arrayValue?.count == 4 || "\(lines)".matches(of: /service_date/).count == 4, "\(lines)")
    }

    @Test func `is asked about when the folio is opened, too`() async throws {
        let house = try await House()
        func open(_ line: JSON) async throws -> House.Answer {
            try await house.send(
                "POST", "/v1/tenants/seeblick/folios", as: "seeblick admin",
                [
                    "reference": "R-2", "guest": ["name": "Anna Weiss"], "arrival": "2026-11-18", "departure": "2026-11-20",
                    "lines": [line],
                    "payment": ["mode": "reserved", "method": "card", "amount": 30000],
                ])
        }
        let line: JSON = ["category": "massage", "description": "Massage", "unit_amount": 5950, "service_date": "2027-11-19"]
        let refused = try await open(line)
        #expect(refused.status == 422 && refused.code == "service_date_outside_stay", "\(refused.text)")
        var meant = line
        meant["outside_stay"] = true
        #expect(try await open(meant).status == 201)
    }

    @Test func `is confirmed at the command line with a word`() async throws {
        let house = try await House()
        try await house.book("R-1")
        _ = try await house.verb(
            "catalogue", "set", "seeblick", "beer", "--description", "Bier", "--price", "3.50", "--category", "minibar")
        let refused = try await house.verb("line", "add", "seeblick", "R-1", "beer", "--service-date", "2027-11-19")
        #expect(refused.exit == 1 && refused.isOneSentenceWithAHint && refused.errors.contains("--outside-stay"), "\(refused.errors)")
        let meant = try await house.verb("line", "add", "seeblick", "R-1", "beer", "--service-date", "2027-11-19", "--outside-stay")
        #expect(meant.exit == 0, "\(meant.errors)")
    }
}

@Suite struct `Guests come back` {
    @Test func `to the port that the system chose`() async throws {
        let house = try await House()
        let opened = try await house.book("R-1")
        let page = try #require(opened.json["payment_url"]?.textValue, "\(opened.text)")
        let session = try #require(page.firstMatch(of: /cs_[A-Za-z0-9_]+/)).0
        let terms = try await house.simulator.order("GET", "/v1/checkout/sessions/\(session)")
        let (success, left) = (terms["success_url"] as? String ?? "", terms["cancel_url"] as? String ?? "")
        for address in [success, left] { #expect(address.hasPrefix(house.service.url + "/guest/"), "\(address)") }
        let thanks = try await house.send("GET", String(success.dropFirst(house.service.url.count)), as: nil)
        #expect(thanks.status == 200)
    }
}
