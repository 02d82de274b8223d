import Foundation
import JSON
import TestSupport
import Testing

@Suite struct `A request repeated with its key` {
    private static let massage: JSON = ["category": "massage", "description": "Massage", "unit_amount": 5950]

    @Test func `gets its first answer, and another body is refused`() async throws {
        let house = try await House()
        let opened = try await house.book("R-1")
        #expect(opened.status == 201)
        let path = "/v1/tenants/seeblick/folios/R-1/lines"
        let first = try await house.send("POST", path, Self.massage, key: "k1")
        _ = try await house.send("POST", path, Self.massage, key: "k2")
        let again = try await house.send("POST", path, Self.massage, key: "k1")
        #expect(first.status == 201 && again.body == first.body && again.header("Idempotent-Replayed") == "true")
        let other = try await house.send("POST", path, ["category": "massage", "description": "Massage", "unit_amount": 5951], key: "k1")
        #expect(other.status == 409 && other.code == "idempotency_key_reused")
        // The key belongs to tenant and route: elsewhere it is another one.
        #expect(try await house.send("POST", path + "/1/allowance", ["amount": 100, "reason": "late"], key: "k1").status == 201)
        try await house.book("R-1", at: "waldhof")
        let elsewhere = try await house.send(
            "POST", "/v1/tenants/waldhof/folios/R-1/lines", as: "waldhof admin", Self.massage, key: "k1")
        #expect(elsewhere.status == 201)
        #expect(try await house.send("GET", path).json["data"]?.arrayValue?.count == 3)
    }

    @Test func `for another folio is refused, although its body is the same`() async throws {
        let house = try await House()
        for reference in ["R-1", "R-2"] { try await house.book(reference) }
        func charge(_ reference: String) async throws -> House.Answer {
            try await house.send("POST", "/v1/tenants/seeblick/folios/\(reference)/lines", Self.massage, key: "k1")
        }
        #expect(try await charge("R-1").status == 201)
        let other = try await charge("R-2")
        #expect(other.status == 409 && other.code == "idempotency_key_reused", "\(other.text)")
        #expect(try await house.send("GET", "/v1/tenants/seeblick/folios/R-2/lines").json["data"]?.arrayValue?.isEmpty == true)
    }

    @Test func `duplicates sent at once are done once`() async throws {
        let house = try await House()
        try await house.book("R-1")
        let path = "/v1/tenants/seeblick/folios/R-1/lines"
        let bodies = try await withThrowingTaskGroup(of: House.Answer.self) { group in
            for _ in 0..<20 { group.addTask { try await house.send("POST", path, Self.massage, key: "same") } }
            return try await group.reduce(into: Set<[UInt8]>()) { bodies, answer in
                #expect(answer.status == 201)
                bodies.insert(answer.body)
            }
        }
        #expect(bodies.count == 1)
        #expect(try await house.send("GET", path).json["data"]?.arrayValue?.count == 1)
    }

    @Test func `duplicates at two processes on one file are done once`() async throws {
        let house = try await House()
        try await house.book("R-1")
        let second = try await house.serve()
        let path = "/v1/tenants/seeblick/folios/R-1/lines"
        try await withThrowingTaskGroup(of: House.Answer.self) { group in
            for turn in 0..<20 {
                let url = turn % 2 == 0 ? house.service.url : second.url
                group.addTask { try await house.send("POST", path, Self.massage, key: "same", service: url) }
            }
            for try await answer in group { #expect(answer.status == 201 || answer.code == "request_in_progress", "\(answer.text)") }
        }
        #expect(try await house.send("GET", path).json["data"]?.arrayValue?.count == 1)
        #expect(await second.stop() == 0)
    }

    @Test func `a folio whose page Stripe did not answer for is finished, not opened twice`() async throws {
        let house = try await House()
        try await house.simulator.order(
            "POST", "/_sim/faults", ["route": "POST /v1/checkout/sessions", "fault": "effect_then_no_answer", "times": 10])
        let body = JSON.stay("R-1")
        let first = try await house.send("POST", "/v1/tenants/seeblick/folios", body, key: "open")
        #expect(first.status == 503 && first.code == "stripe_unanswered", "\(first.text)")
        try await house.simulator.order("POST", "/_sim/faults", ["clear": true])
        let again = try await house.send("POST", "/v1/tenants/seeblick/folios", body, key: "open")
        #expect(again.status == 201 && again.json["payment_url"]?.textValue != nil, "\(again.text)")
        #expect(try await house.send("POST", "/v1/tenants/seeblick/folios", body, key: "open").body == again.body)
    }
}
