import Foundation
import JSON
import Ledger
import Stripe
import TestSupport
import Testing

/// What webhooks may be signed with, over HTTP, as time passes.
@Suite struct `A webhook's secret` {
    /// A house, with what was signed for it.
    private struct Post {
        let house: House
        private let client = APIClient()

        init() async throws { house = try await House(tenants: ["seeblick"]) }

        /// - Returns: Whether a webhook signed with the secret is taken.
        func takes(_ secret: String) async throws -> Bool {
            let body = Array(#"{"id":"evt_\#(UUID().uuidString)"}"#.utf8)
            let now = Instant(unixSeconds: Int64(Date().timeIntervalSince1970))
            let header = WebhookSignature.header(body: body, secrets: [Secret(secret)!], at: now)
            let told = try await client.send(
                "POST", house.service.url + "/stripe/webhooks/seeblick", token: nil, body, key: "", headers: [("Stripe-Signature", header)])
            #expect(told.status == 200 || told.code == "webhook_refused", "\(told.text)")
            return told.status == 200
        }

        func set(_ secret: String, _ name: String, revoke: Bool = false) async throws -> House.Answer {
            try await house.send(
                "PUT", WebhookSecretPath.of(name), as: "seeblick admin", ["secret": .text(secret), "revoke_earlier": .bool(revoke)])
        }

        /// Moves the books' clock until a secret is of no use; the service follows within a second.
        func letPass(hours: Int, endOf secret: String) async throws {
            try await house.simulator.letPass(seconds: hours * 3600)
            for _ in 0..<300 {
                guard try await takes(secret) else { return }
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    private enum WebhookSecretPath {
        static func of(_ name: String) -> String { "/v1/tenants/seeblick/webhook-secrets/\(name)" }
    }

    @Test func `is replaced when its name is set again, and good for a day more`() async throws {
        let post = try await Post()
        for number in 1...6 { #expect(try await post.set("whsec_desk\(number)_secret", "desk").status == 200) }
        #expect(try await post.set("whsec_shop_secret", "shop").status == 200)
        for secret in ["whsec_desk5_secret", "whsec_desk6_secret", "whsec_shop_secret", "whsec_seeblick"] {
            #expect(try await post.takes(secret), "\(secret)")
        }
        try await post.letPass(hours: 25, endOf: "whsec_desk1_secret")
        for number in 1...5 { #expect(try await !post.takes("whsec_desk\(number)_secret"), "\(number)") }
        for secret in ["whsec_desk6_secret", "whsec_shop_secret", "whsec_seeblick"] { #expect(try await post.takes(secret), "\(secret)") }
    }

    @Test func `is of no use at once when it is revoked, and another endpoint's is as it was`() async throws {
        let post = try await Post()
        for (secret, name) in [("whsec_leaked_secret", "desk"), ("whsec_desk_secret", "desk"), ("whsec_shop_secret", "shop")] {
            _ = try await post.set(secret, name)
        }
        #expect(try await post.takes("whsec_leaked_secret"))
        #expect(try await post.set("whsec_desk_secret", "desk", revoke: true).status == 200)
        #expect(try await !post.takes("whsec_leaked_secret"))
        for secret in ["whsec_desk_secret", "whsec_shop_secret"] { #expect(try await post.takes(secret), "\(secret)") }
        let left = try await post.house.send("DELETE", WebhookSecretPath.of("shop"))
        #expect(left.status == 200 && !left.text.contains("shop"), "\(left.text)")
        #expect(try await !post.takes("whsec_shop_secret"))
        #expect(try await post.house.send("DELETE", WebhookSecretPath.of("shop")).code == "webhook_secret_not_found")
    }

    @Test func `is set, listed with its age and revoked at the command line, too`() async throws {
        let post = try await Post()
        let file = try post.house.folder.write("whsec_new_secret".utf8, to: "new")
        let set = try await post.house.verb("webhook", "set", "seeblick", "--secret-file", file, "--revoke-earlier", "--format", "json")
        #expect(set.exit == 0, "\(set.errors)")
        #expect(try await post.takes("whsec_new_secret"))
        #expect(try await !post.takes("whsec_seeblick"))
        let list = try await post.house.verb("webhook", "list", "seeblick", "--format", "json")
        let listed = try #require(JSON(parsing: Array(list.output.utf8)))
        #expect(list.output.contains("age_days") && list.output.contains("default") && !list.output.contains("whsec"), "\(listed)")
        #expect(try await post.house.verb("webhook", "revoke", "seeblick").exit == 0)
        #expect(try await !post.takes("whsec_new_secret"))
        let again = try await post.house.verb("webhook", "revoke", "seeblick")
        #expect(again.exit == 1 && again.isOneSentenceWithAHint, "\(again.errors)")
    }

    @Test func `needs a name that can be typed, and is no other endpoint's`() async throws {
        let post = try await Post()
        for name in ["My%20Shop", "-shop", String(repeating: "x", count: 41), "sh%C3%B6p"] {
            #expect(try await post.set("whsec_x_secret", name).code == "webhook_name_invalid", "\(name)")
        }
        let known = try await post.set("whsec_seeblick", "shop")
        #expect(known.status == 409 && known.code == "webhook_secret_known" && !known.text.contains("whsec"))
        #expect(try await post.set("whsec_seeblick", "default").status == 200, "what is so already")
        #expect(try await post.set("no secret", "shop").code == "field_invalid")
    }
}

/// Who set keys and roles and gave back much, as admin and auditor read it.
@Suite struct `The audit list` {
    @Test func `tells who did it, to admin and auditor, and to nobody else`() async throws {
        let house = try await House(roles: House.roles, tenants: ["seeblick", "waldhof"])
        let place = "/v1/tenants/seeblick/audit"
        let change = try await house.send("PATCH", "/v1/tenants/seeblick", ["refund_limit": 10_000])
        #expect(change.json["refund_limit"]?.intValue == 10_000, "\(change.text)")
        _ = try await house.send("PUT", "/v1/tenants/seeblick/webhook-secrets/shop", ["secret": "whsec_shop_secret"])
        _ = try await house.send("DELETE", "/v1/tenants/seeblick/webhook-secrets/shop")
        let all = try await house.send("GET", place, as: "seeblick auditor")
        let lines = all.json["data"]?.arrayValue ?? []
        #expect(
            lines.prefix(3).map { $0["action"]?.textValue } == ["webhook_secret_revoked", "webhook_secret_set", "refund_limit_set"],
            "\(all.text)")
        #expect(lines.prefix(3).allSatisfy { $0["actor"]?.textValue == "token:admin" && $0["confirmed"]?.boolValue == false })
        #expect(lines.contains { $0["action"]?.textValue == "stripe_key_set" && $0["actor"]?.textValue == "cli" })
        #expect(lines.count { $0["action"]?.textValue == "token_created" } == House.roles.count)
        #expect(!all.text.contains("waldhof") && !all.text.contains("whsec") && !all.text.contains("sk_test"))
        #expect(try await house.send("GET", place).status == 200)
        for role in ["reception", "accounting", "integration"] {
            #expect(try await house.send("GET", place, as: "seeblick \(role)").status == 403, "\(role)")
        }
        #expect(try await house.send("GET", place, as: "waldhof auditor").status == 404)
        // Page by page it is the same list.
        var (pages, after): ([JSON], String?) = ([], nil)
        repeat {
            let part = try await house.send("GET", place + "?limit=3" + (after.map { "&after=\($0)" } ?? ""))
            pages += part.json["data"]?.arrayValue ?? []
            after = part.json["next"]?.textValue
        } while after != nil
        #expect(pages == lines)
        let printed = try await house.verb("audit", "list", "seeblick", "--format", "csv")
        #expect(printed.output.split(separator: "\r\n").count == lines.count + 1, "\(printed.output)\(printed.errors)")
    }

    /// A program has no password: what it gives back above the limit is done, and written down.
    @Test func `keeps what a program gives back above the day's limit`() async throws {
        let house = try await House(tenants: ["seeblick"])
        _ = try await house.send("PATCH", "/v1/tenants/seeblick", ["refund_limit": 10_000])
        try await house.guestPays(try await house.book("R-1", mode: "direct"))
        try await house.sync()
        for amount in [6000, 4000, 1] {
            let told = try await house.send(
                "POST", "/v1/tenants/seeblick/folios/R-1/payments/1/refunds",
                ["amount": .int(amount), "reason": "Noise", "bill": "unchanged"])
            #expect(told.status == 201, "\(told.text)")
        }
        let lines = try await house.send("GET", "/v1/tenants/seeblick/audit").json["data"]?.arrayValue ?? []
        let refunds = lines.filter { $0["action"]?.textValue == "refund_above_limit" }
        #expect(refunds.map { $0["amount"]?.intValue } == [1] && refunds.map { $0["subject"]?.textValue } == ["R-1"])
    }
}
