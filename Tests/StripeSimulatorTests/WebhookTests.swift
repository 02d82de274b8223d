import CNettle
import JSON
import Ledger
import Testing

@testable import StripeSimulator

@Suite struct WebhookTests {
    let bench = Bench()

    private func endpoint(_ events: String = "enabled_events[0]=*", url: String = "https://shop.test/hook") -> Bench.Answer {
        bench.post("/v1/webhook_endpoints", "url=\(url)&\(events)")
    }

    private func types(_ deliveries: [WebhookDelivery]) -> [String] {
        deliveries.compactMap { JSON(parsing: $0.body)?["type"]?.textValue }
    }

    private func signatures(_ delivery: WebhookDelivery) -> (t: Int64, v1: [String]) {
        let parts = (delivery.headers.first { $0.name == "Stripe-Signature" }?.value ?? "").split(separator: ",")
        return (
            parts.first.flatMap { Int64($0.dropFirst(2)) } ?? 0, parts.filter { $0.hasPrefix("v1=") }.map { String($0.dropFirst(3)) }
        )
    }

    /// HMAC-SHA256 from its definition (RFC 2104), so that the signer is not judged by itself.
    private func expected(_ delivery: WebhookDelivery, secret: String) -> String {
        let key = Array(secret.utf8) + [UInt8](repeating: 0, count: 64 - secret.utf8.count)
        let message = Array("\(signatures(delivery).t).".utf8) + delivery.body
        let inner = SHA256.digest(key.map { $0 ^ 0x36 } + message)
        return hexadecimal(SHA256.digest(key.map { $0 ^ 0x5c } + inner))
    }

    @Test func `every endpoint gets what it asked for, signed with its own secret, which only its creation shows`() {
        let all = endpoint()
        let captures = endpoint("enabled_events[0]=charge.captured")
        #expect(bench.get("/v1/webhook_endpoints/\(all.id)")["secret"] == nil)
        let hold = bench.hold()
        bench.post("/v1/payment_intents/\(hold.id)/capture")
        let due = bench.simulator.dueDeliveries()
        #expect(types(due).filter { $0 == "charge.captured" }.count == 2)
        #expect(types(due).count == 6)
        for delivery in due {
            let secrets = [all, captures].map { $0.text("secret") }
            #expect(secrets.contains { expected(delivery, secret: $0) == signatures(delivery).v1.first })
        }
        #expect(bench.simulator.dueDeliveries().isEmpty)
    }

    @Test func `a message that is not confirmed comes again with a fresh t, until three days are over`() {
        let hook = endpoint("enabled_events[0]=customer.created")
        _ = bench.customer()
        let first = bench.simulator.dueDeliveries()
        #expect(first.count == 1)
        bench.simulator.delivered(first[0].id, status: 500)
        #expect(bench.simulator.nextDeliveryDue == Instant(unixSeconds: Int64(Bench.start + 60)))
        var attempts = 1
        while let due = bench.simulator.nextDeliveryDue {
            bench.time.set(due)
            for delivery in bench.simulator.dueDeliveries() {
                #expect(expected(delivery, secret: hook.text("secret")) == signatures(delivery).v1.first)
                bench.simulator.delivered(delivery.id, status: nil)
                attempts += 1
            }
        }
        #expect(attempts > 5)
        #expect(bench.time.now < Instant(unixSeconds: Int64(Bench.start) + 3 * day + 1))
        #expect(bench.get("/v1/events", "delivery_success=false").data.count == 1)
    }

    @Test func `a confirmed event owes nothing`() {
        _ = endpoint()
        _ = bench.customer()
        #expect(bench.get("/v1/events").data.first?["pending_webhooks"] == 1)
        for delivery in bench.simulator.dueDeliveries() { bench.simulator.delivered(delivery.id, status: 200) }
        #expect(bench.get("/v1/events").data.first?["pending_webhooks"] == 0)
        #expect(bench.simulator.nextDeliveryDue == nil)
    }

    @Test func `a rolled secret signs beside the old one until the overlap ends`() {
        let hook = endpoint()
        let fresh = bench.order("webhook_endpoints/\(hook.id)/roll", #"{"overlap_seconds":3600}"#).text("secret")
        _ = bench.customer()
        let both = bench.simulator.dueDeliveries()[0]
        #expect(signatures(both).v1 == [expected(both, secret: fresh), expected(both, secret: hook.text("secret"))])
        bench.time.advance(seconds: 3600)
        _ = bench.customer()
        #expect(signatures(bench.simulator.dueDeliveries()[0]).v1.count == 1)
    }

    @Test func `a platform's endpoint gets its connected accounts' events, with their account, and none of its own`() {
        let hotel = Bench(key: "sk_test_hotel").get("/v1/account").id
        let headers = [(name: "Stripe-Account", value: hotel)]
        _ = bench.get("/v1/account", headers: [("Authorization", "Bearer sk_test_hotel")])
        bench.order("account", "{\"key\":\"sk_test_bench\",\"connect\":[\"\(hotel)\"]}")
        _ = endpoint("enabled_events[0]=*&connect=true")
        _ = bench.customer()
        #expect(bench.simulator.dueDeliveries().isEmpty)
        bench.post("/v1/customers", "name=A", headers: headers)
        let due = bench.simulator.dueDeliveries()
        #expect(due.count == 1)
        #expect(due.first.flatMap { JSON(parsing: $0.body)?["account"]?.textValue } == hotel)
    }

    @Test func `messages are doubled, reversed, held back or lost, as ordered`() {
        _ = endpoint("enabled_events[0]=customer.created&enabled_events[1]=customer.updated")
        func change() -> [String] {
            bench.post("/v1/customers/\(bench.customer())", "name=A")
            return types(bench.simulator.dueDeliveries())
        }
        #expect(change() == ["customer.created", "customer.updated"])
        bench.order("webhooks", #"{"mode":"duplicate"}"#)
        #expect(change() == ["customer.created", "customer.created", "customer.updated", "customer.updated"])
        bench.order("webhooks", #"{"mode":"reorder"}"#)
        #expect(change() == ["customer.updated", "customer.created"])
        bench.order("webhooks", #"{"mode":"drop"}"#)
        #expect(change() == [])
        bench.order("webhooks", #"{"mode":"hold"}"#)
        #expect(change() == [])
        bench.order("webhooks", #"{"mode":"normal","release":true}"#)
        #expect(types(bench.simulator.dueDeliveries()) == ["customer.created", "customer.updated"])
    }

    private func bodies() -> [JSON] { bench.simulator.dueDeliveries().compactMap { JSON(parsing: $0.body) } }

    @Test func `an endpoint is written to in its own API version, and before 2022 an intent shows its charges`() {
        let hook = endpoint("enabled_events[0]=payment_intent.amount_capturable_updated&api_version=2026-06-24.dahlia")
        _ = bench.hold()
        #expect(bodies().first?["api_version"] == "2026-06-24.dahlia")
        bench.order("webhook_endpoints/\(hook.id)", #"{"api_version":"2020-08-27"}"#)
        let hold = bench.hold()
        let old = bodies().first
        #expect(old?["api_version"] == "2020-08-27")
        #expect(old?["data"]?["object"]?["latest_charge"] == nil)
        #expect(old?["data"]?["object"]?["charges"]?["data"]?[0]?["id"] == hold["latest_charge"])
        #expect(bench.get("/v1/events").data.first?["api_version"] == "2026-08-26.dahlia", "the list shows the account's own")
        bench.order("account", #"{"api_version":"2019-05-16"}"#)
        bench.order("webhook_endpoints/\(hook.id)", #"{"api_version":null}"#)
        _ = bench.hold()
        #expect(bodies().first?["api_version"] == "2019-05-16")
    }

    @Test func `a thin event names its object and does not show it`() {
        let hook = endpoint("enabled_events[0]=checkout.session.*&enabled_events[1]=payment_intent.created")
        bench.order("webhook_endpoints/\(hook.id)", #"{"thin":true}"#)
        let hold = bench.hold()
        let due = bench.simulator.dueDeliveries()
        #expect(expected(due[0], secret: hook.text("secret")) == signatures(due[0]).v1.first)
        let event = JSON(parsing: due[0].body) ?? .null
        #expect(event["object"] == "v2.core.event")
        #expect(event["type"] == "v1.payment_intent.created")
        #expect(event["created"] == "2026-03-01T12:00:00.000Z")
        #expect(event["data"] == nil)
        #expect(event["related_object"]?["id"]?.textValue == hold.id)
        #expect(event["related_object"]?["url"]?.textValue == "/v1/payment_intents/\(hold.id)")
    }

    @Test func `a message may be another account's, of the other mode, old or thin, rightly signed all the same`() {
        let hook = endpoint("enabled_events[0]=customer.created")
        bench.order("webhooks", #"{"disorder":["foreign_account","other_livemode","old_api_version","thin"]}"#)
        for _ in 0..<4 { _ = bench.customer() }
        let due = bench.simulator.dueDeliveries()
        for delivery in due { #expect(expected(delivery, secret: hook.text("secret")) == signatures(delivery).v1.first) }
        let events = due.compactMap { JSON(parsing: $0.body) }
        #expect(events[0]["account"]?.textValue?.hasPrefix("acct_") == true)
        #expect(events[0]["account"]?.textValue != bench.get("/v1/account").id)
        #expect(events[1]["livemode"] == true)
        #expect(events[2]["api_version"] == "2020-08-27")
        #expect(events[3]["object"] == "v2.core.event")
    }

    @Test func `the list of events needs no filter, and takes at most twenty types`() {
        _ = bench.hold()
        #expect(bench.get("/v1/events", "limit=100").data.count == 3)
        let many = (0..<21).map { "types[\($0)]=charge.t\($0)" }.joined(separator: "&")
        #expect(bench.get("/v1/events", many).error == "400 - types")
    }

    @Test func `messages arrive altered, old, or about things nobody knows, as ordered`() {
        let hook = endpoint()
        bench.order("webhooks", #"{"disorder":["altered_body","old_timestamp","unknown_object","unknown_type"]}"#)
        for _ in 0..<4 { _ = bench.customer() }
        let due = bench.simulator.dueDeliveries()
        let secret = hook.text("secret")
        #expect(expected(due[0], secret: secret) != signatures(due[0]).v1.first)
        #expect(signatures(due[1]).t == Int64(Bench.start) - 3600)
        #expect(JSON(parsing: due[2].body)?["data"]?["object"]?["id"]?.textValue?.hasSuffix("_suc") == true)
        #expect(types([due[3]]) == ["simulator.unheard_of"])
        #expect(expected(due[3], secret: secret) == signatures(due[3]).v1.first)
    }
}
