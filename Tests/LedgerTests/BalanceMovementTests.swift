import TestSupport
import Testing

@testable import Ledger

@Suite struct `Movements of the balance at Stripe` {
    private static func eur(_ units: Int64) -> Money { Money(minorUnits: units, currency: .eur) }
    private static let day = Day("2026-12-20")!

    private static func movement(_ type: String, _ category: String, _ amount: Int64, fee: Int64 = 0) -> BalanceMovement {
        BalanceMovement(
            id: "txn_1", type: type, reportingCategory: category, amount: eur(amount), fee: eur(fee), source: "ch_1", method: .card,
            created: Instant(unixSeconds: 1_797_000_000))
    }

    @Test(arguments: [
        ("charge", "charge", BalanceMovement.Kind.charge), ("payment", "charge", .charge), ("refund", "refund", .refund),
        ("payment_refund", "refund", .refund), ("refund_failure", "refund_failure", .refundFailure), ("adjustment", "dispute", .dispute),
        ("adjustment", "dispute_reversal", .dispute), ("adjustment", "other_adjustment", .other), ("adjustment", "fee", .fee),
        ("stripe_fee", "fee", .fee), ("tax_fee", "tax", .fee), ("stripe_fx_fee", "fee", .fee), ("adjustment", "network_cost", .fee),
        ("payout", "payout", .payout), ("payout_cancel", "payout_reversal", .payout), ("payout_failure", "payout_reversal", .payout),
        ("reserved_funds", "risk_reserved_funds", .other), ("topup", "topup", .other), ("something_new", "something_new", .other),
        ("", "", .other),
    ])
    func `each kind has its group, and what is new is shown`(type: String, category: String, kind: BalanceMovement.Kind) {
        #expect(Self.movement(type, category, -100).kind == kind)
        #expect(Self.movement(type, category, -100, fee: 25).net == -125)
    }

    @Test func `of a charge only the fee is left to book`() {
        #expect(
            Self.movement("charge", "charge", 34330, fee: 565).postings(on: Self.day)
                == [Posting.stripeFee(Self.eur(565), on: Self.day, balanceTransaction: "txn_1")])
        #expect(Self.movement("refund", "refund", -34330).postings(on: Self.day).isEmpty)
    }

    @Test func `a dispute takes the amount and a fee of its own`() {
        let postings = Self.movement("adjustment", "dispute", -34330, fee: 2000).postings(on: Self.day)
        #expect(postings.map(\.kind) == [.dispute, .stripeFee])
        #expect(postings.map(\.amount) == [Self.eur(34330), Self.eur(2000)])
        #expect(Self.movement("adjustment", "dispute_reversal", 34330).postings(on: Self.day).map(\.kind) == [.disputeReinstated])
    }

    @Test func `a fee that is a movement of its own is a fee, and comes back as one`() {
        #expect(
            Self.movement("stripe_fee", "fee", -200).postings(on: Self.day)
                == [Posting.stripeFee(Self.eur(200), on: Self.day, balanceTransaction: "txn_1")])
        #expect(Self.movement("stripe_fee", "fee", 200).postings(on: Self.day).map(\.kind) == [.stripeFeeReturned])
    }

    /// Stripe clearing = the balance that Stripe reports: what is booked here, and with payments and refunds, is the net.
    @Test func `the bookings of a movement change the balance by its net`() {
        var random = Noise(seed: 3)
        let kinds = [
            ("charge", "charge"), ("refund", "refund"), ("refund_failure", "refund_failure"), ("adjustment", "dispute"),
            ("stripe_fee", "fee"),
            ("payout", "payout"), ("payout_failure", "payout_reversal"), ("tax_fee", "tax"),
        ]
        for _ in 0..<2000 {
            let (type, category) = kinds.randomElement(using: &random)!
            let movement = Self.movement(
                type, category, Int64.random(in: -9999...9999, using: &random), fee: Int64.random(in: -99...99, using: &random))
            let booked = movement.postings(on: Self.day).reduce(Int64(0)) { sum, posting in
                sum + (posting.debit == .stripe ? posting.amount.minorUnits : -posting.amount.minorUnits)
            }
            let elsewhere = [.charge, .refund, .refundFailure].contains(movement.kind) ? movement.amount.minorUnits : 0
            #expect(booked + elsewhere == movement.net)
        }
    }
}
