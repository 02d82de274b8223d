import Foundation
import JSON
import Ledger
import Stripe
import TestSupport
import Testing

/// What a stranger sends costs what its size is worth, and is refused before that where it cannot be right.
@Suite struct `Bounds before work` {
    /// Each of these takes another way to the same text: comparing two of them costs with the square of their length.
    private static func marks(_ bytes: Int) -> String { String(repeating: "\u{301}\u{327}", count: bytes / 4) }
    private static func form(_ text: String) -> [UInt8] { Array(text.utf8) }
    private static let isForm = [("Content-Type", "application/x-www-form-urlencoded"), ("Sec-Fetch-Site", "same-origin")]

    @Test(arguments: ["/login", "/language"])
    func `a form that needs no login is read up to 16 KiB`(path: String) async throws {
        let house = try await House()
        for (size, isRefused) in [(16 << 10, false), (16 << 10 + 1, true), (1 << 20, true)] {
            let body = Self.form("name=" + String(repeating: "a", count: size - 5))
            let answer = try await house.send("POST", path, as: nil, bytes: body, headers: Self.isForm)
            #expect((answer.status == 413) == isRefused, "\(size): \(answer.status)")
            if isRefused { #expect(answer.text.contains("<h1>Senden Sie hier einen Inhalt von höchstens 16384 Bytes.</h1>")) }
        }
    }

    @Test func `fields of a form have limits, each in bytes`() async throws {
        let house = try await House()
        for (body, status) in [
            ("name=anna&password=" + Self.marks(512), 401), ("name=anna&password=" + Self.marks(516), 400),
            ("password=x&name=" + Self.marks(4096), 401), ("password=x&name=" + Self.marks(4100), 400),
            (Self.marks(64) + "=1&name=anna&password=x", 401), (Self.marks(68) + "=1&name=anna&password=x", 400),
            (String(repeating: "a=1&", count: 499) + "a=1", 401), (String(repeating: "a=1&", count: 500) + "a=1", 400),
        ] {
            let answer = try await house.send("POST", "/login", as: nil, bytes: Self.form(body), headers: Self.isForm)
            #expect(answer.status == status, "\(body.utf8.count) bytes")
            #expect(answer.text.contains("<h1>"))
        }
    }

    @Test func `names in JSON have 64 bytes, and texts what their field has`() async throws {
        let house = try await House()
        let path = "/v1/tenants/seeblick/folios"
        for (body, code) in [
            ("{\"\(Self.marks(64))\":1}", "field_unknown"), ("{\"\(Self.marks(68))\":1}", "body_malformed"),
            ("{\"lines\":[{\"\(Self.marks(60_000))\":1}]}", "body_malformed"), ("{\"arrival\":\"\(Self.marks(60_000))\"}", "field_missing"),
            ("{\"reference\":\"\(Self.marks(60_000))\"}", "field_invalid"), ("{\"reference\":\"\(Self.marks(200_000))\"}", "field_invalid"),
            ("{\"reference\":\"\(Self.marks(300_000))\"}", "body_too_large"),
        ] {
            let answer = try await house.send("POST", path, as: "seeblick admin", bytes: Array(body.utf8))
            #expect(answer.code == code, "\(answer.text)")
        }
        // Nobody without a token has so much to say.
        for size in [16 << 10, 16 << 10 + 1] {
            let answer = try await house.send("POST", path, as: nil, bytes: [UInt8](repeating: 32, count: size))
            #expect(answer.code == (size > 16 << 10 ? "body_too_large" : "token_missing"))
        }
    }

    @Test func `a webhook may be 256 KiB long, and its names and ids as long as Stripe's`() async throws {
        let house = try await House()
        func deliver(_ body: String) async throws -> House.Answer {
            let bytes = Array(body.utf8)
            let signature = WebhookSignature.header(
                body: bytes, secrets: [Secret("whsec_seeblick")!], at: Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)))
            return try await house.send(
                "POST", "/stripe/webhooks/seeblick", as: nil, bytes: bytes, headers: [("Stripe-Signature", signature)])
        }
        func event(id: String = "evt_1", name: String = "a", text: String = "b") -> String {
            #"{"id":"\#(id)","type":"payment_intent.succeeded","livemode":false,"data":{"object":{"id":"pi_1","metadata":{"\#(name)":"\#(text)"}}}}"#
        }
        #expect(try await deliver(event(text: Self.marks(200_000))).json["dropped"]?.textValue == nil)
        #expect(try await deliver(event(id: "evt_2", name: Self.marks(160))).json["dropped"]?.textValue == nil)
        for body in [
            event(name: Self.marks(516)), event(name: Self.marks(250_000)), event(id: Self.marks(256)), event(id: Self.marks(250_000)),
        ] {
            let answer = try await deliver(body)
            #expect(answer.status == 200 && answer.json["dropped"]?.textValue == "unreadable")
        }
        #expect(try await deliver(event(text: Self.marks(256 << 10))).code == "body_too_large")
    }

    @Test func `more parameters, longer addresses and longer headers than anybody needs are refused`() async throws {
        let house = try await House()
        let many = (0..<500).map { "a\($0)=1" }.joined(separator: "&")
        for path in ["/v1/tenants/seeblick/folios?", "/login?", "/healthz?"] {
            let answer = try await house.send("GET", path + many, as: "seeblick admin")
            #expect(answer.status == 414)
        }
        #expect(try await house.send("GET", "/v1/tenants/" + String(repeating: "a", count: 9000)).status == 414)
        let long = [("X-Guest", String(repeating: "a", count: 40_000))]
        #expect(try await house.send("GET", "/v1/tenants/seeblick/folios", headers: long).status == 431)
        let foreign = [("Referer", Self.marks(2000))]
        #expect(try await house.send("GET", "/login", as: nil, headers: foreign).status == 431)
    }

    @Test func `people are told of a limit on a page, in their language, and programs as of everything else`() async throws {
        let house = try await House()
        let (long, big) = (String(repeating: "a", count: 9000), [("X-Guest", String(repeating: "a", count: 40_000))])
        for (path, headers, status) in [("/login?back=" + long, [], 414), ("/login", big, 431)] {
            let german = try await house.send("GET", path, as: nil, headers: [("Accept-Language", "de")] + headers)
            #expect(german.status == status && german.text.contains("<h1>Senden Sie "), "\(german.text)")
            let english = try await house.send("GET", path, as: nil, headers: [("Accept-Language", "en")] + headers)
            #expect(english.status == status && english.text.contains("<h1>Send "), "\(english.text)")
        }
        let asking = [("Accept", "text/html,*/*;q=0.8")]
        #expect(try await house.send("GET", "/nowhere" + long, as: nil, headers: asking).text.contains("<h1>"))
        #expect(try await house.send("GET", "/v1/tenants/" + long, as: nil).code == "address_too_long")
    }

    @Test func `methods that a page does not have are answered with those that it has`() async throws {
        let house = try await House()
        let refused = try await house.send("DELETE", "/login", as: nil)
        #expect(refused.status == 405 && refused.header("Allow") == "GET, HEAD, POST")
        let port = house.service.port
        let options = try await onThread { () -> RawClient.Answer? in
            let client = try RawClient(port: port)
            client.send("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n")
            return client.receive()
        }
        #expect(options?.status == 204 && options?.header("Allow")?.contains("GET") == true)
    }

    @Test func `the service still ends when it is told to`() async throws {
        let house = try await House()
        for _ in 0..<4 {
            _ = try await house.send(
                "POST", "/login", as: nil, bytes: Self.form("name=anna&password=" + Self.marks(15_000)), headers: Self.isForm)
        }
        #expect(await house.service.stop() == 0)
    }
}
