import Foundation
import Ledger
import LedgerService
import LedgerStore
import Stripe
import TestHotel
import Testing

@testable import LedgerService

/// What the hotel's address for webhooks takes in, and what it does not.
@Suite struct `A webhook` {
    @Test func `is kept as it came, and not worked off before it is answered`() async throws {
        let hotel = try await Hotel()
        let desk = try await WebhookDesk(hotel)
        let body = WebhookDesk.event("evt_1")
        #expect(try await desk.deliver(body) == .kept)
        let kept = try hotel.store.read(of: Hotel.id) { try $0.receivedEvents(limit: 10) }
        #expect(kept.map(\.body) == [body])
        #expect(kept.map(\.state) == [.received])
        #expect(try await desk.deliver(body) == .knownAlready)
        await desk.stop()
    }

    @Test func `is refused when it is forged, ten thousand times, and nothing is kept`() async throws {
        let hotel = try await Hotel()
        let desk = try await WebhookDesk(hotel)
        let ledger = hotel.ledger
        let body = Array(WebhookDesk.event("evt_1").utf8)
        let now = LedgerService.systemTime()
        let good = WebhookSignature.header(body: body, secrets: [desk.secret], at: now)
        let stranger = WebhookSignature.header(body: body, secrets: [Secret("whsec_stranger")!], at: now)
        let old = WebhookSignature.header(body: body, secrets: [desk.secret], at: now.adding(seconds: -302))
        let early = WebhookSignature.header(body: body, secrets: [desk.secret], at: now.adding(seconds: 3600))
        let unsigned = "t=\(now.unixSeconds),v0=\(good.suffix(64))"
        try await concurrently(Array(0..<10_000), atMost: 16) { (number: Int) in
            var altered = body
            let bit: UInt8 = 1 << UInt8(number % 7)
            altered[number / 8 % altered.count] ^= bit
            let (header, body): (String?, [UInt8]) =
                switch number % 6 {
                case 0: (nil, body)
                case 1: (stranger, body)
                case 2: (good, altered)
                case 3: (old, body)
                case 4: (early, body)
                default: (unsigned, body)
                }
            // Only a good signature of another time is told from the rest.
            let isOfAnotherTime = number % 6 == 3 || number % 6 == 4
            let expected: any Error.Type = isOfAnotherTime ? WebhookSignatureError.self : WebhookRefused.self
            do {
                _ = try await ledger.receiveWebhook(tenant: Hotel.id, signatureHeader: header, body: body)
                Issue.record("it was taken")
            } catch { #expect(type(of: error) == expected) }
        }
        #expect(try hotel.eventsKept() == 0)
        // Five minutes either way are the limit, and within it the same body is good.
        #expect(try await desk.deliver(WebhookDesk.event("evt_1"), secondsAgo: 295) == .kept)
        #expect(try await desk.deliver(WebhookDesk.event("evt_2"), secondsAgo: -299) == .kept)
        await desk.stop()
    }

    @Test(
        arguments: [
            ("[]", DroppedEvents.Reason.unreadable, nil), ("{\"id\":", .unreadable, nil), ("{\"id\":\"evt_1\"}", .unreadable, "evt_1"),
            ("", .unreadable, nil), (WebhookDesk.event("evt_1", livemode: true), .otherMode, "evt_1"),
            (WebhookDesk.event("evt_1").replacing("\"created\"", with: "\"account\":\"acct_other\",\"created\""), .otherAccount, "evt_1"),
            (
                #"{"id":"evt_thin","object":"v2.core.event","type":"v1.payment_intent.succeeded","livemode":false,"#
                    + #""created":"2026-11-18T08:00:00.000Z","related_object":{"id":"pi_1","type":"payment_intent","url":"/v1/payment_intents/pi_1"}}"#,
                .thin, "evt_thin"
            ),
        ] as [(String, DroppedEvents.Reason, String?)])
    func `with a good signature that is not for these books is counted and let go`(
        body: String, reason: DroppedEvents.Reason, example: String?
    ) async throws {
        let hotel = try await Hotel()
        let desk = try await WebhookDesk(hotel)
        try await Self.nameAccount(of: hotel)
        #expect(try await desk.deliver(body) == .dropped(reason))
        #expect(try await desk.deliver(body) == .dropped(reason))
        #expect(try hotel.eventsKept() == 0)
        let dropped = try hotel.ledger.droppedEvents(of: Hotel.id)
        #expect(dropped.map(\.reason) == [reason] && dropped.map(\.count) == [2] && dropped.map(\.example) == [example])
        #expect(try hotel.ledger.troubledEvents(of: Hotel.id).isEmpty)
        #expect(try await hotel.ledger.reconcile(Hotel.id).differences.isEmpty)
        await desk.stop()
    }

    private static func nameAccount(of hotel: Hotel) async throws {
        let tenant = try hotel.ledger.tenant(Hotel.id)
        try await hotel.store.write(of: tenant) { book in
            let connection = try book.accountConnection()?.connection ?? 0
            try book.setAccountID("acct_own", connection: connection)
        }
    }

    @Test func `about what nobody knows is counted and let go, also while the account's own id is not known`() async throws {
        let hotel = try await Hotel()
        let desk = try await WebhookDesk(hotel)
        let connected = WebhookDesk.event("evt_2", object: "pi_2").replacing("\"created\"", with: "\"account\":\"acct_x\",\"created\"")
        for body in [WebhookDesk.event("evt_1"), connected] { #expect(try await desk.deliver(body) == .kept) }
        #expect(try await desk.deliver(WebhookDesk.event("evt_3", object: "")) == .dropped(.unreadable))
        try await hotel.ledger.workOffEvents(of: try hotel.ledger.tenant(Hotel.id))
        #expect(try hotel.ledger.troubledEvents(of: Hotel.id).isEmpty)
        let dropped = try hotel.ledger.droppedEvents(of: Hotel.id)
        #expect(dropped.map(\.reason) == [.unknownObject, .unreadable] && dropped.map(\.count) == [2, 1])
        #expect(try await hotel.ledger.reconcile(Hotel.id).differences.isEmpty)
        await desk.stop()
    }

    @Test(arguments: ["2020-08-27", "2027-01-31.edelweiss", StripeClient.apiVersion])
    func `in any version of Stripe's API is taken, and its object read anew`(version: String) async throws {
        let hotel = try await Hotel()
        let desk = try await WebhookDesk(hotel)
        try await hotel.book("R-1", card: nil)
        try await hotel.guestPays("R-1")
        let intents = try await hotel.atStripe("/v1/payment_intents")["data"] as? [[String: Any]]
        let intent = try #require(intents?.first?["id"] as? String)
        let body = WebhookDesk.event("evt_1", "payment_intent.amount_capturable_updated", object: intent, version: version)
        #expect(try await desk.deliver(body) == .kept)
        try await hotel.ledger.workOffEvents(of: try hotel.ledger.tenant(Hotel.id), .due)
        #expect(try hotel.folio("R-1").totals.held == hotel.euros("300.00"))
        await desk.stop()
    }

    @Test func `of bytes that are no text is let go, and for nobody it is refused`() async throws {
        let hotel = try await Hotel()
        let desk = try await WebhookDesk(hotel)
        let bytes = Array(WebhookDesk.event("evt_1").utf8).map { $0 == UInt8(ascii: "1") ? 0xFF : $0 }
        let header = WebhookSignature.header(body: bytes, secrets: [desk.secret], at: LedgerService.systemTime())
        #expect(
            try await hotel.ledger.receiveWebhook(tenant: Hotel.id, signatureHeader: header, body: bytes) == .dropped(.unreadable))
        await #expect(throws: WebhookRefused.self) {
            try await hotel.ledger.receiveWebhook(tenant: "bergblick", signatureHeader: header, body: bytes)
        }
        #expect(try hotel.eventsKept() == 0)
        await desk.stop()
    }

    @Test func `is proven with a secret that another process has set or sealed anew, and reads the key file once`() async throws {
        let hotel = try await Hotel()
        let desk = try await WebhookDesk(hotel)
        let readings = Readings()
        let ledger = LedgerService(
            store: hotel.store, random: RandomSource(SystemRandomNumberGenerator()), asksFirst: false,
            keyRing: {
                readings.add()
                return KeyRing(keys: [Array(0..<32)])!
            }, connect: { StripeClient(key: $0, transport: CurlTransport()) })
        func deliver(_ id: String, _ secret: Secret) async throws {
            let body = WebhookDesk.event(id)
            let header = WebhookSignature.header(body: body.utf8, secrets: [secret], at: LedgerService.systemTime())
            _ = try await ledger.receiveWebhook(tenant: Hotel.id, signatureHeader: header, body: Array(body.utf8))
        }
        for number in 1...20 { try await deliver("evt_\(number)", desk.secret) }
        #expect(readings.count == 1)
        let other = try hotel.anotherProgram()
        let rolled = Secret("whsec_rolled_secret")!
        try await other.setStripeAccount(
            of: Hotel.id, secretKey: "sk_test_seeblick", webhook: NewWebhookSecret(rolled.revealed), by: "test")
        try await deliver("evt_21", rolled)
        try await deliver("evt_22", desk.secret)
        #expect(readings.count == 2)
        _ = try await other.resealSecrets()
        try await deliver("evt_23", rolled)
        #expect(readings.count == 3)
        #expect(try hotel.eventsKept() == 23)
        await desk.stop()
    }

    @Test(arguments: ["entitlements.active_entitlement_summary.updated", "charge.captured", "payment_method.attached", "customer.created"])
    func `of a kind without meaning here is not kept`(type: String) async throws {
        let hotel = try await Hotel()
        let desk = try await WebhookDesk(hotel)
        #expect(try await desk.deliver(WebhookDesk.event("evt_1", type)) == .ofNoUse)
        #expect(try hotel.eventsKept() == 0)
        #expect(try hotel.ledger.droppedEvents(of: Hotel.id).isEmpty)
        await desk.stop()
    }
}

private final class Readings: @unchecked Sendable {
    private let lock = NSLock()
    private var value = 0
    var count: Int { lock.withLock { value } }
    func add() { lock.withLock { value += 1 } }
}
