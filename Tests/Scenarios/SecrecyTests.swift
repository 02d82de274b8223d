import Foundation
import FoundationNetworking
import JSON
import TestSupport
import Testing

/// Secrets are shown once or never; the log knows no guests. Looked for in everything that leaves the service.
@Suite struct `Secrets and guests` {
    private static let seeblick = "/v1/tenants/seeblick"
    private static let password = "Kupferkanne-im-Regen-41"

    /// What has been told, with where it was told.
    private final class Told {
        private(set) var texts: [(place: String, text: String)] = []
        func note(_ place: String, _ text: String) { texts.append((place, text)) }
        func note(_ place: String, file: String) {
            note(place, String(decoding: (try? Data(contentsOf: URL(fileURLWithPath: file))) ?? Data(), as: UTF8.self))
        }
    }

    /// - Returns: The cookie of the session.
    private func logIn(_ house: House, password: String, _ told: Told) async throws -> String? {
        var request = URLRequest(url: URL(string: house.service.url + "/login")!)
        request.httpMethod = "POST"
        request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
        request.setValue("same-origin", forHTTPHeaderField: "Sec-Fetch-Site")
        request.httpBody = Data("tenant=seeblick&name=rita&password=\(password)".utf8)
        let browser = URLSession(configuration: .ephemeral)
        let (page, _) = try await browser.data(for: request)
        told.note("the page after logging in", String(decoding: page, as: UTF8.self))
        let cookies = browser.configuration.httpCookieStorage?.cookies ?? []
        return cookies.first { $0.name.hasSuffix("session") && !$0.value.isEmpty }?.value
    }

    @Test func `stand in no log, no answer, no error, no file and no backup`() async throws {
        let house = try await House(tenants: ["seeblick"])
        let told = Told()
        func send(_ method: String, _ path: String, as who: String? = "seeblick admin", _ text: String = "") async throws -> House.Answer {
            let answer = try await house.send(method, path, as: who, bytes: Array(text.utf8))
            told.note("\(method) \(path) \(answer.status)", answer.text + answer.headers.description)
            return answer
        }
        func verb(_ arguments: String...) async throws -> String {
            let text = try await house.succeed(arguments, input: Self.password)
            told.note("soferu-ledger \(arguments.joined(separator: " "))", text)
            return text
        }
        let key = "sk_test_\(UUID().uuidString.filter { $0 != "-" })"
        let endpoint = try await house.simulator.order(
            form: "/v1/webhook_endpoints", "url=\(house.service.url)/stripe/webhooks/seeblick&enabled_events[]=*", key: key)
        let endpointSecret = try #require(endpoint["secret"] as? String)
        let oldSecret = "whsec_\(UUID().uuidString.filter { $0 != "-" })"

        // Wrong in every way that has a secret in it, and then right.
        let stripe = Self.seeblick + "/stripe"
        #expect(try await send("PUT", stripe, #"{"secret_key":"\#(key)","webhook_secrt":"\#(oldSecret)"}"#).status == 400)
        #expect(try await send("PUT", stripe, #"{"secret_key":"\#(key) ","webhook_secret":"\#(oldSecret)"}"#).status == 400)
        #expect(try await send("PUT", stripe, #"{"secret_key":"\#(key)","#).status == 400)
        #expect(try await send("PUT", stripe + "?secret_key=\(key)", "{}").status == 400)
        #expect(try await send("PATCH", Self.seeblick, #"{"secret_key":"\#(key)"}"#).status == 400)
        for secret in [oldSecret, endpointSecret] {
            #expect(try await send("PUT", stripe, #"{"secret_key":"\#(key)","webhook_secret":"\#(secret)"}"#).status == 200)
        }
        let token = try #require(house.tokens["seeblick admin"])
        #expect(try await send("GET", Self.seeblick, as: token + "x").status == 401)
        #expect(try await send("GET", Self.seeblick + "/folios?token=\(token)").status == 400)
        #expect(try await send("GET", "/\(token)").status == 404)

        _ = try await verb("user", "add", "seeblick", "rita", "--role", "reception")
        #expect(try await logIn(house, password: Self.password + "x", told) == nil)
        let session = try #require(try await logIn(house, password: Self.password, told))

        // A stay with all that Stripe has to say of it.
        let opened = try await house.send(
            "POST", Self.seeblick + "/folios", JSON.stay("R-1", guest: ["name": "Adelheid Zwirnstein", "email": "zwirnstein@example.com"]))
        let page = try #require(opened.json["payment_url"]?.textValue?.firstMatch(of: /cs_[A-Za-z0-9_]+/)).0
        try await house.simulator.order("POST", "/_sim/checkout/\(page)/pay", ["card": "4242424242424242"], key: key)
        _ = try await verb("sync")
        _ = try await send(
            "POST", Self.seeblick + "/folios/R-1/lines", #"{"category":"massage","description":"Moorbad Zwirnstein","unit_amount":31000}"#)
        let plan = try #require(try await send("GET", Self.seeblick + "/folios/R-1/check-out").json["plan"]?["id"]?.textValue)
        #expect(try await send("POST", Self.seeblick + "/folios/R-1/check-out", #"{"plan":"\#(plan)"}"#).status == 200)
        let forged = try await house.send(
            "POST", "/stripe/webhooks/seeblick", as: nil, bytes: Array(#"{"id":"evt_1","guest":"Adelheid Zwirnstein"}"#.utf8),
            headers: [("Stripe-Signature", "t=1,v1=\(endpointSecret)")])
        told.note("forged webhook", forged.text)
        for path in ["", "/folios", "/folios/R-1", "/journal", "/payouts", "/disputes", "/catalogue"] {
            #expect(try await send("GET", Self.seeblick + path).status == 200)
        }
        #expect(try await send("GET", "/metrics", as: "operator").status == 200)
        for arguments in [
            ["tenant", "show", "seeblick"], ["operation", "list", "seeblick"], ["event", "list", "seeblick"], ["journal", "seeblick"],
        ] {
            told.note(
                arguments.joined(separator: " "),
                try await house.succeed(arguments))
        }
        // A key that is none of Stripe's is refused, and takes no other's place.
        let unknown = "sk_unknown_\(UUID().uuidString.filter { $0 != "-" })"
        #expect(try await send("PUT", stripe, #"{"secret_key":"\#(unknown)"}"#).status == 422)
        let booked = try await house.send(
            "POST", Self.seeblick + "/folios", JSON.stay("R-2", guest: ["name": "Adelheid Zwirnstein", "email": "zwirnstein@example.com"]))
        told.note("a call after an unknown key", booked.text)
        #expect(booked.status == 201, "\(booked.text)")
        _ = try await verb("backup", house.folder.file("backup.db"))
        told.note("the log", file: house.service.log)
        for name in ["backup.db", "ledger.db", "ledger.db-wal"] { told.note(name, file: house.folder.file(name)) }

        let secrets = [key, unknown, oldSecret, endpointSecret, token, Self.password, session] + house.tokens.values
        for (place, text) in told.texts {
            for secret in secrets { #expect(!text.contains(secret), "a secret stands in \(place)") }
        }
        let log = try #require(told.texts.first { $0.place == "the log" }).text
        #expect(log.contains(#""route":"/v1/tenants/{tenant}/folios""#))
        for guest in ["Zwirnstein", "zwirnstein", "Adelheid", "Moorbad", "_secret_"] {
            #expect(!log.contains(guest), "\(guest) is in the log")
        }
        // What was sought can be found where it belongs.
        #expect(told.texts.contains { $0.place == "backup.db" && $0.text.contains("Zwirnstein") })
    }
}
