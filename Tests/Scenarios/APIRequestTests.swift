import Foundation
import FoundationNetworking
import JSON
import TestSupport
import Testing

@Suite struct `Requests to the API` {
    private static let folios = "/v1/tenants/seeblick/folios"

    @Test func `bad input is refused with a code and a sentence, and nothing is written`() async throws {
        let house = try await House()
        try await house.book("R-1")
        let before = try await house.send("GET", "/v1/tenants/seeblick/folios/R-1").body
        let lines = Self.folios + "/R-1/lines"
        let cases: [(body: String, status: Int, code: String)] = [
            ("", 400, "body_missing"), ("{", 400, "body_malformed"), ("[]", 400, "body_malformed"), ("{}", 400, "field_missing"),
            (#"{"item":"beer","item":"beer"}"#, 400, "body_malformed"), (#"{"item":7}"#, 400, "field_invalid"),
            (#"{"item":"beer","colour":"red"}"#, 400, "field_unknown"), (#"{"item":"beer","quantity":"2"}"#, 400, "field_invalid"),
            (#"{"item":"beer","quantity":1.5}"#, 400, "field_invalid"), (#"{"item":"beer","quantity":0}"#, 400, "field_invalid"),
            (#"{"item":"beer","quantity":9223372036854775808}"#, 400, "field_invalid"),
            (#"{"item":"beer","quantity":1e400}"#, 400, "field_invalid"),
            (#"{"item":"\ud800"}"#, 400, "body_malformed"), (#"{"item":"a\u0000b"}"#, 400, "field_invalid"),
            (#"{"item":"  "}"#, 400, "field_invalid"),
            (#"{"item":"beer","service_date":"2026-02-30"}"#, 400, "field_invalid"), (#"{"item":"beer"}"#, 404, "sku_not_found"),
            (#"{"category":"massage","description":"x","unit_amount":-1}"#, 400, "field_invalid"),
            (#"{"category":"massage","description":"x","unit_amount":999999999999,"quantity":100000}"#, 422, "amount_invalid"),
            (#"{"category":"unheard_of","description":"x","unit_amount":100}"#, 422, "tax_rate_missing"),
            (String(repeating: "[", count: 60_000), 400, "body_malformed"), (String(repeating: "[", count: 100_000), 413, "body_too_large"),
        ]
        for (body, status, code) in cases {
            let answer = try await house.send("POST", lines, as: "seeblick admin", bytes: Array(body.utf8))
            #expect(answer.status == status && answer.code == code, "\(body.prefix(80)): \(answer.status) \(answer.text)")
            #expect(answer.header("Content-Type") == "application/problem+json")
            #expect(answer.json["detail"]?.textValue?.hasSuffix(".") == true && answer.json["request_id"]?.textValue?.count == 16)
        }
        let utf8 = try await house.send(
            "POST", lines, as: "seeblick admin", bytes: Array(#"{"item":""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8))
        #expect(utf8.code == "body_malformed")
        let large = try await house.send("POST", lines, as: "seeblick admin", bytes: [UInt8](repeating: 32, count: 2 << 20))
        #expect(large.status == 413)
        #expect(try await house.send("GET", "/v1/tenants/seeblick/folios/R-1").body == before)
    }

    @Test func `headers, methods, paths and parameters are read strictly`() async throws {
        let house = try await House()
        func expect(_ status: Int, _ code: String, _ answer: House.Answer, _ place: SourceLocation = #_sourceLocation) {
            #expect(answer.status == status && answer.code == code, "\(answer.status) \(answer.text)", sourceLocation: place)
        }
        expect(400, "idempotency_key_missing", try await house.send("POST", Self.folios, [:], key: ""))
        expect(400, "idempotency_key_invalid", try await house.send("POST", Self.folios, [:], key: String(repeating: "k", count: 256)))
        expect(400, "header_duplicate", try await house.send("GET", Self.folios, headers: [("Authorization", "Bearer other")]))
        expect(400, "header_duplicate", try await house.send("POST", Self.folios, [:], headers: [("Idempotency-Key", "b")]))
        expect(415, "content_type_wrong", try await house.send("POST", Self.folios, [:], headers: [("Content-Type", "text/plain")]))
        for (path, allowed) in [(Self.folios, "POST, GET, HEAD"), ("/openapi.json", "GET, HEAD"), ("/readyz", "GET, HEAD")] {
            let refused = try await house.send("DELETE", path)
            expect(405, "method_not_allowed", refused)
            #expect(refused.header("Allow") == allowed, "\(path)")
        }
        expect(404, "not_found", try await house.send("GET", "/v1/nothing"))
        expect(404, "not_found", try await house.send("GET", "/v1/tenants/seeblick/folios/"))
        expect(404, "tenant_not_found", try await house.send("GET", "/v1/tenants/..%2f..%2fetc%2fpasswd/folios"))
        expect(404, "folio_not_found", try await house.send("GET", Self.folios + "/..%2f..%2fetc%2fpasswd"))
        expect(404, "not_found", try await house.send("GET", "/v1/tenants/%ff%fe/folios"))
        expect(400, "parameter_unknown", try await house.send("GET", Self.folios + "?colour=red"))
        expect(400, "parameter_duplicate", try await house.send("GET", Self.folios + "?limit=1&limit=2"))
        expect(400, "parameter_invalid", try await house.send("GET", Self.folios + "?limit=99999999999999999999"))
        expect(400, "body_unwanted", try await house.send("GET", Self.folios, [:]))
        expect(404, "not_found", try await house.send("GET", "/v1/tenants/seeblick/folios/R-1/lines/x/reversal/../.."))
        var head = URLRequest(url: URL(string: house.service.url + "/v1/tenants/seeblick")!)
        head.httpMethod = "HEAD"
        head.setValue("Bearer \(house.tokens["seeblick admin"]!)", forHTTPHeaderField: "Authorization")
        let (body, answer) = try await URLSession.shared.data(for: head)
        #expect(body.isEmpty && (answer as? HTTPURLResponse)?.statusCode == 200)
    }

    @Test func `nothing is decided for a tenant that Stripe cannot be asked for`() async throws {
        let house = try await House()
        let added = try await house.send("POST", "/v1/tenants", as: "operator", ["id": "neu", "name": "Hotel Neu"])
        #expect(added.status == 201)
        let folio = JSON.stay("R-1")
        let refused = try await house.send("POST", "/v1/tenants/neu/folios", as: "operator", folio)
        #expect(refused.status == 409 && refused.code == "stripe_account_missing")
        // The advice is for those who call, not for those at the command line.
        #expect(refused.json["hint"]?.textValue?.contains("PUT") == true, "\(refused.text)")
        #expect(try await house.send("GET", "/v1/tenants/neu/folios/R-1", as: "operator").status == 404)
    }

    @Test func `a statement's file is the same from the API as from the command line`() async throws {
        let house = try await House()
        let file = try await house.send("GET", "/v1/tenants/seeblick/statements/2026-11?format=csv")
        #expect(file.header("Content-Type")?.hasPrefix("text/csv") == true)
        #expect(file.text.contains("seeblick,2026-11,operator,platform_fee,,,,19.00,3.61,22.61,,,false"), "\(file.text)")
        let printed = try await house.succeed("statement", "--month", "2026-11", "--tenant", "seeblick", "--format", "csv")
        #expect(file.text == printed)
    }

    @Test func `problems are told in the caller's language`() async throws {
        let house = try await House()
        let german = try await house.send("GET", Self.folios + "/R-9", headers: [("Accept-Language", "de-AT, en;q=0.5")])
        let english = try await house.send("GET", Self.folios + "/R-9", headers: [("Accept-Language", "fr, en;q=0.5")])
        #expect(german.code == english.code && german.json["detail"] != english.json["detail"])
    }

    @Test func `lists are read on from where they ended, and filters fit together`() async throws {
        let house = try await House()
        for number in 1...5 { try await house.book("R-\(number)") }
        let first = try await house.send("GET", Self.folios + "?limit=2")
        #expect(first.json["data"]?.arrayValue?.count == 2 && first.json["next"] == "R-2")
        let rest = try await house.send("GET", Self.folios + "?limit=3&after=R-2")
        #expect(rest.json["data"]?.arrayValue?.count == 3 && rest.json["next"] == .null)
        for (query, count) in [
            ("text=weiss", 5), ("text=r-3", 1), ("text=%25", 0), ("state=checked_out", 0),
            ("arrival_from=2026-11-18&arrival_to=2026-11-18", 5),
            ("departure_from=2026-11-21", 0), ("arrival_from=2026-11-19&arrival_to=2026-11-18", 0),
            ("state=open&text=Anna&arrival_to=2026-11-18", 5),
        ] {
            #expect(try await house.send("GET", Self.folios + "?" + query).json["data"]?.arrayValue?.count == count, "\(query)")
        }
    }

    @Test func `a folio's entity tag changes with it`() async throws {
        let house = try await House()
        try await house.book("R-1")
        let path = Self.folios + "/R-1"
        let tag = try #require(try await house.send("GET", path).header("ETag"))
        let again = try await house.send("GET", path, headers: [("If-None-Match", tag)])
        #expect(again.status == 304 && again.body.isEmpty)
        _ = try await house.send("POST", path + "/lines", ["category": "massage", "description": "Massage", "unit_amount": 5950])
        #expect(try await house.send("GET", path, headers: [("If-None-Match", tag)]).status == 200)
    }

    @Test func `a token that was revoked is refused at once, and one that asks too often is told when to come again`() async throws {
        let house = try await House()
        let made = try await house.json("token", "create", "seeblick", "--role", "auditor", "--name", "till")
        let token = try #require(made["token"] as? String)
        #expect(try await house.send("GET", Self.folios, as: token).status == 200)
        try await house.succeed("token", "revoke", "\(made["number"] as! Int)")
        try await Task.sleep(for: .milliseconds(1200))
        #expect(try await house.send("GET", Self.folios, as: token).code == "token_invalid")

        let slow = try await ServiceProcess(folder: house.folder, stripe: house.simulator.url, requestsPerSecond: 1)
        defer { Task { _ = await slow.stop() } }
        var limited: House.Answer?
        for _ in 0..<40 where limited == nil {
            let answer = try await house.send("GET", Self.folios, service: slow.url)
            if answer.status == 429 { limited = answer }
        }
        #expect(limited?.code == "too_many_requests" && limited?.header("Retry-After") == "1")
    }
}
