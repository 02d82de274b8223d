import Foundation
import Ledger
import LedgerService
import LedgerStore
import Stripe
import TestHotel
import Testing

@testable import LedgerService

extension Hotel {
    fileprivate func refundAtStripe(_ amount: Int) async throws -> String {
        let made = try await dashboard("/v1/refunds", "payment_intent=\(try await lastIntent())&amount=\(amount)")
        return try #require(made["id"] as? String)
    }

    fileprivate func end(_ refund: String, _ outcome: String) async throws {
        try await simulator.order("POST", "/_sim/refunds/\(refund)", ["outcome": outcome])
    }

    /// What Stripe says of a refund now comes to the books alone.
    fileprivate func hear(_ refund: String) async throws {
        let tenant = try ledger.tenant(Hotel.id)
        try await ledger.takeIn(try await ledger.client(for: tenant).refund(refund).get(), of: tenant)
    }

    /// Each refund as `failed 5000`, the smallest first.
    fileprivate func refunds() throws -> [String] {
        try folio("R-1").refunds.sorted { $0.amount.minorUnits < $1.amount.minorUnits }.map { "\($0.state) \($0.amount.minorUnits)" }
    }
}

/// Refunds of one payment, made in the Dashboard, some of which failed or were canceled, heard of in any order.
@Suite struct `A refund that failed` {
    /// 150.00 paid when booking.
    private func paid() async throws -> Hotel {
        let hotel = try await Hotel()
        try await hotel.book("R-1", hold: "150.00", mode: .direct)
        return hotel
    }

    @Test(arguments: ["failed", "canceled"], [[0, 1], [1, 0]])
    func `before it was heard of is taken in as failed, and leaves room for all of the payment`(outcome: String, order: [Int]) async throws
    {
        let hotel = try await paid()
        let failed = try await hotel.refundAtStripe(5000)
        try await hotel.end(failed, outcome)
        let whole = try await hotel.refundAtStripe(15_000)
        for index in order { try await hotel.hear([failed, whole][index]) }
        #expect(try hotel.refunds() == ["failed 5000", "succeeded 15000"])
        #expect(try hotel.folio("R-1").payments.map(\.refunded) == [hotel.euros("150.00")])
        #expect(try hotel.entries(of: "refund_failed") == [5000])
        try await hotel.expectAgreement()
        #expect(try hotel.refunds() == ["failed 5000", "succeeded 15000"])
    }

    @Test func `before it was heard of is no trouble for a sync either`() async throws {
        let hotel = try await paid()
        try await hotel.end(try await hotel.refundAtStripe(5000), "failed")
        _ = try await hotel.refundAtStripe(15_000)
        try await hotel.sync()
        #expect(try hotel.refunds() == ["failed 5000", "succeeded 15000"])
        #expect(try hotel.ledger.troubledEvents(of: Hotel.id).isEmpty)
        try await hotel.expectAgreement()
    }

    @Test func `unheard, after it had counted, makes room for the one that is heard of`() async throws {
        let hotel = try await paid()
        let first = try await hotel.refundAtStripe(5000)
        try await hotel.sync()
        #expect(try hotel.refunds() == ["succeeded 5000"])
        try await hotel.end(first, "failed")
        try await hotel.hear(try await hotel.refundAtStripe(15_000))
        #expect(try hotel.refunds() == ["failed 5000", "succeeded 15000"])
        try await hotel.expectAgreement()
    }

    @Test(arguments: [[0, 1, 2], [2, 1, 0], [1, 2, 0]])
    func `beside others in part counts nothing, in whatever order they are heard of`(order: [Int]) async throws {
        let hotel = try await paid()
        let failed = try await hotel.refundAtStripe(6100)
        try await hotel.end(failed, "failed")
        let parts = [failed, try await hotel.refundAtStripe(6000), try await hotel.refundAtStripe(9000)]
        for index in order { try await hotel.hear(parts[index]) }
        #expect(try hotel.refunds() == ["succeeded 6000", "failed 6100", "succeeded 9000"])
        try await hotel.expectAgreement()
    }

    @Test func `while it waited for money had moved nothing, and moves nothing`() async throws {
        let hotel = try await paid()
        try await hotel.simulator.order("POST", "/_sim/account", ["debit_negative_balances": false])
        let refund = try await hotel.refundAtStripe(5000)
        try await hotel.sync()
        #expect(try hotel.refunds() == ["pending 5000"])
        try await hotel.end(refund, "canceled")
        try await hotel.sync()
        #expect(try hotel.refunds() == ["failed 5000"])
        #expect(try hotel.folio("R-1").totals.refunded.isZero && hotel.entries(of: "refund").isEmpty)
        try await hotel.expectAgreement()
    }

    /// Nothing of it is ever on the balance.
    @Test func `of a stranger's payment, which had moved nothing, is no difference`() async throws {
        let hotel = try await paid()
        try await hotel.simulator.order("POST", "/_sim/account", ["debit_negative_balances": false])
        let sold = try await hotel.dashboard(
            "/v1/payment_intents",
            "amount=9000&currency=eur&payment_method=pm_card_visa&confirm=true&payment_method_types[]=card&metadata[shop]=hats")
        let intent = try #require(sold["id"] as? String)
        let made = try await hotel.dashboard("/v1/refunds", "payment_intent=\(intent)&amount=9000")
        let refund = try #require(made["id"] as? String)
        func told() async throws -> [Difference] {
            try await hotel.letPass(seconds: 10)
            try await hotel.sync()
            return try await hotel.ledger.reconcile(Hotel.id).differences
        }
        #expect(try await !told().contains { $0.object == refund }, "it waits for money")
        try await hotel.end(refund, "canceled")
        #expect(try await !told().contains { $0.object == refund })
        for known in try hotel.ledger.unexplainedMovements(.suspense, of: Hotel.id) {
            _ = try await hotel.ledger.assignMovement(
                known.movement.id, to: "external:shop", reason: "the shop's", of: Hotel.id, by: "anna")
        }
        #expect(try await told().isEmpty)
        // One that moves money is a difference until its movement is here.
        try await hotel.simulator.order("POST", "/_sim/account", ["debit_negative_balances": true])
        _ = try await hotel.dashboard("/v1/refunds", "payment_intent=\(intent)&amount=2000")
        #expect(try await hotel.ledger.reconcile(Hotel.id).differences.contains { $0.stripe == "succeeded 20.00 EUR" })
    }

    /// Stripe could not show it when its movement came, so that its amount went to suspense.
    @Test func `or did not, and lies in suspense although its payment is ours, is named by reconcile and repaired`() async throws {
        let hotel = try await paid()
        let refund = try await hotel.refundAtStripe(5000)
        try await hotel.simulator.order("POST", "/_sim/objects/\(refund)", ["unreadable": 404])
        try await hotel.letPass(seconds: 10)
        try await hotel.sync()
        #expect(try hotel.refunds() == [])
        try await hotel.simulator.order("POST", "/_sim/objects/\(refund)", ["unreadable": NSNull()])
        let told = try await hotel.ledger.reconcile(Hotel.id).differences
        #expect(told.contains { $0.object == refund && $0.mending == .readRefund(refund) && $0.stripe == "succeeded 50.00 EUR" }, "\(told)")
        let repaired = try await hotel.ledger.repair(Hotel.id, by: "operator")
        #expect(repaired.after.differences.isEmpty, "\(repaired.after.differences)")
        #expect(try hotel.refunds() == ["succeeded 5000"])
        #expect(try hotel.ledger.unexplainedMovements(.suspense, of: Hotel.id).isEmpty)
        try await hotel.expectAgreement()
    }
}
