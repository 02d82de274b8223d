import Foundation
import Ledger
import LedgerService
import LedgerStore
import Stripe
import TestHotel
import Testing

@testable import LedgerService

/// Money that goes back, is contested, or leaves for the bank, by whoever's hand.
@Suite struct `Money that goes back` {
    private func fault(_ hotel: Hotel, _ route: String, _ fault: String, times: Int) async throws {
        try await hotel.simulator.order("POST", "/_sim/faults", ["route": route, "fault": fault, "times": times])
    }

    private func endFaults(_ hotel: Hotel) async throws { try await hotel.simulator.order("POST", "/_sim/faults", ["clear": true]) }

    private func refundAtStripe(_ hotel: Hotel, _ intent: String, _ amount: Int) async throws {
        _ = try await post(hotel, "/v1/refunds", "payment_intent=\(intent)&amount=\(amount)")
    }

    /// A stay paid in full ahead and checked out.
    private func paidStay(_ hotel: Hotel, _ reference: String = "R-1", card: String = "4242424242424242") async throws -> Payment {
        try await hotel.book(reference, hold: "150.00", card: card, mode: .direct)
        try await hotel.charge(reference, .lodging, "150.00")
        return try #require(try await hotel.checkOut(reference).view.payments.first)
    }

    @Test func `on Stripe's own pages is taken in by sync`() async throws {
        let hotel = try await Hotel()
        let payment = try await paidStay(hotel)
        try await refundAtStripe(hotel, payment.intent!, 5000)
        try await hotel.sync()
        #expect(try hotel.folio("R-1").totals.refunded == hotel.euros("50.00"))
        try await hotel.expectAgreement()
    }

    /// The payment's own news was lost or is late, so that the refund's webhook comes to a ledger that does not know the payment.
    @Test(arguments: [Folio.Mode.direct, .reserved]) func `on Stripe's own pages before its payment is known is not lost`(
        mode: Folio.Mode
    ) async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", hold: "150.00", card: nil, mode: mode)
        try await hotel.guestPays("R-1")
        if mode == .reserved { try await hotel.sync() }
        let intents = try await hotel.atStripe("/v1/payment_intents")["data"] as? [[String: Any]]
        let intent = try #require(intents?.first?["id"] as? String)
        if mode == .reserved { _ = try await post(hotel, "/v1/payment_intents/\(intent)/capture", "") }
        try await refundAtStripe(hotel, intent, 5000)
        let tenant = try hotel.ledger.tenant(Hotel.id)
        let events = try await hotel.atStripe("/v1/events?type=refund.created")["data"] as? [[String: Any]]
        let event = try Stripe.Event(raw: try JSONSerialization.data(withJSONObject: try #require(events?.first)))
        _ = try await hotel.store.write(of: tenant) {
            try $0.keepEvent(
                event.id, type: event.type, objectID: event.objectID, createdAt: try #require(event.created),
                body: String(decoding: event.raw, as: UTF8.self))
        }
        try await hotel.ledger.workOffEvents(of: tenant, .due)
        #expect(try hotel.folio("R-1").totals.refunded == hotel.euros("50.00"))
        try await hotel.sync()
        #expect(try hotel.folio("R-1").refunds.count == 1)
        try await hotel.expectAgreement()
    }

    @Test func `on Stripe's own pages, just before a check-out gives it back, does not keep the folio closing`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", hold: "150.00", mode: .direct)
        try await hotel.charge("R-1", .lodging, "120.00")
        // A process dies after storing the plan.
        try await hotel.store.write(of: Hotel.id) { book in
            let folio = try book.knownFolio("R-1")
            let plan = try CheckOutPlan(try book.checkOutInput(of: folio))
            _ = try book.startCheckOut(plan, outcome: .checkedOut, by: "desk", of: folio)
        }
        try await refundAtStripe(hotel, try #require(try hotel.folio("R-1").payments[0].intent), 15000)
        try await hotel.sync()
        let view = try hotel.folio("R-1")
        // Whether the guest is to pay anew is for people to decide.
        #expect(view.folio.state == .checkedOut && view.totals.open == hotel.euros("120.00"))
        #expect(view.totals.setAside == hotel.euros("120.00"))
        try await hotel.expectAgreement()
    }

    @Test func `on Stripe's own pages before our own answer came is not lost`() async throws {
        let hotel = try await Hotel()
        let payment = try await paidStay(hotel)
        // The card's refunds are not sent: ours of 100.00 waits.
        try await fault(hotel, "POST /v1/refunds", "cut_before_effect", times: 30)
        await #expect(throws: ServiceRefusal.self) {
            try await hotel.ledger.refund(
                payment: 1, amount: hotel.euros("100.00"), reason: "x", of: "R-1", of: Hotel.id, by: "desk")
        }
        try await endFaults(hotel)
        try await refundAtStripe(hotel, payment.intent!, 12000)
        try await fault(hotel, "POST /v1/refunds", "cut_before_effect", times: 30)
        try await hotel.sync()
        try await endFaults(hotel)
        try await hotel.sync()
        try await hotel.sync()
        let view = try hotel.folio("R-1")
        #expect(view.totals.refunded == hotel.euros("120.00") && view.payments[0].refunded == hotel.euros("120.00"))
        try await hotel.expectAgreement()
    }

    @Test func `twice by the same hand, because the answer was missing, goes back once`() async throws {
        let hotel = try await Hotel()
        _ = try await paidStay(hotel)
        try await fault(hotel, "POST /v1/refunds", "effect_then_no_answer", times: 30)
        for _ in 1...2 {
            await #expect(throws: ServiceRefusal.self) {
                try await hotel.ledger.refund(
                    payment: 1, amount: hotel.euros("23.80"), reason: "corked", of: "R-1", of: Hotel.id, by: "desk")
            }
        }
        try await endFaults(hotel)
        try await hotel.sync()
        #expect(try hotel.folio("R-1").totals.refunded == hotel.euros("23.80"))
        try await hotel.expectAgreement()
    }

    @Test func `and fails later comes back once, however often and late the news comes`() async throws {
        let hotel = try await Hotel()
        _ = try await paidStay(hotel)
        _ = try await hotel.ledger.refund(
            payment: 1, amount: hotel.euros("100.00"), reason: "x", of: "R-1", of: Hotel.id, by: "desk")
        let id = try #require(try hotel.folio("R-1").refunds[0].stripeID)
        let client = try hotel.ledger.client(for: try hotel.ledger.tenant(Hotel.id))
        let early = try await client.refund(id).orThrow(.readingRefund)
        try await hotel.simulator.order("POST", "/_sim/refunds/\(id)", ["outcome": "failed"])
        try await hotel.sync()
        #expect(try hotel.folio("R-1").refunds.map(\.state) == [.failed])
        // Another process read the refund before it failed, and is late to say so; then the failure is told once more.
        let late = try await client.refund(id).orThrow(.readingRefund)
        for news in [early, late, early, late] {
            try await hotel.store.write(of: Hotel.id) { try $0.apply(news) }
        }
        let view = try hotel.folio("R-1")
        #expect(view.refunds.map(\.state) == [.failed] && view.payments[0].refunded.isZero && view.folio.notice != nil)
        try await hotel.expectAgreement()
    }

    @Test(arguments: ["won", "lost"]) func `by dispute is booked as Stripe moves it`(outcome: String) async throws {
        let hotel = try await Hotel()
        let payment = try await paidStay(hotel)
        let intent = try await hotel.atStripe("/v1/payment_intents/\(payment.intent!)")
        let charge = try #require(intent["latest_charge"] as? String)
        let dispute = try #require(try await hotel.simulator.order("POST", "/_sim/charges/\(charge)/dispute", [:])["id"] as? String)
        try await hotel.expectAgreement("withdrawn")
        try await hotel.simulator.order("POST", "/_sim/disputes/\(dispute)", ["outcome": outcome])
        try await hotel.expectAgreement("decided")
        let balances = try hotel.store.read(of: Hotel.id) { book in
            [try book.balance(of: .disputes), try book.balance(of: .folio(reference: "R-1"))]
        }
        let totals = try hotel.folio("R-1").totals
        #expect(balances[0].isZero && balances[1] == totals.open)
        #expect(totals.withdrawn == (outcome == "won" ? .zero(.eur) : hotel.euros("150.00")))
        #expect(try hotel.folio("R-1").folio.notice?.details.amount == hotel.euros("150.00"), "the hotel must learn of it")
    }

    @Test func `in a way that the ledger does not book is named by reconcile, with its amount`() async throws {
        let hotel = try await Hotel()
        _ = try await paidStay(hotel)
        try await hotel.expectAgreement()
        // Stripe's balance and the ledger's part by what the ledger does not book.
        try await hotel.store.write(of: Hotel.id) { book in
            let movement = BalanceMovement(
                id: "txn_topup", type: "topup", reportingCategory: "topup", amount: hotel.euros("-40.00"),
                fee: hotel.euros("1.00"), source: nil, method: nil, created: hotel.clock.now)
            _ = try book.book(movement)
        }
        let differences = try await hotel.ledger.reconcile(Hotel.id).differences
        #expect(differences.contains { $0.object == "txn_topup" && $0.stripe.contains("-40.00 EUR") })
    }

    @Test func `to the bank and comes back from a closed account is booked both ways`() async throws {
        let hotel = try await Hotel()
        try await hotel.simulator.order(
            "POST", "/_sim/account",
            ["payouts": ["schedule": "daily", "delay_days": 2, "fail_next": "account_closed"] as [String: any Sendable]])
        _ = try await paidStay(hotel)
        try await hotel.letPass(days: 12)
        try await hotel.expectAgreement()
        #expect(try hotel.store.read(of: Hotel.id) { try $0.payouts() }.contains { $0.state == "failed" })
    }

    /// Webhooks told of the stay, nobody ever read the list of events, and by now Stripe has forgotten the payout's.
    @Test func `to the bank is known although the first sync came after Stripe forgot its events`() async throws {
        let hotel = try await Hotel()
        try await hotel.simulator.order("POST", "/_sim/account", ["payouts": ["schedule": "manual"] as [String: any Sendable]])
        try await hotel.book("R-1", hold: "150.00", card: nil, mode: .direct)
        try await hotel.guestPays("R-1")
        try await hotel.letPass(days: 8)
        _ = try await post(hotel, "/v1/payouts", "amount=5000&currency=eur")
        try await hotel.letPass(days: 36)
        try await hotel.sync()
        #expect(try hotel.store.read(of: Hotel.id) { try $0.payouts() }.map(\.amount.minorUnits) == [5000])
        try await hotel.expectAgreement()
    }
}

/// A form, as anybody with the key could send it.
func post(_ hotel: Hotel, _ path: String, _ form: String, key: String = "sk_test_seeblick") async throws -> [String: Any] {
    try await hotel.simulator.order(form: path, form, key: key)
}
