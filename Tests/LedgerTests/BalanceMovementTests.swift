import TestSupport
import Testing

@testable import Ledger

@Suite struct `Movements of the balance at Stripe` {
    private static func eur(_ units: Int64) -> Money { Money(minorUnits: units, currency: .eur) }
    private static let day = Day("2026-12-20")!

    private static func movement(
        _ type: String, _ category: String, _ amount: Int64, fee: Int64 = 0, balance: String = BalanceMovement.payments
    ) -> BalanceMovement {
        BalanceMovement(
            id: "txn_1", type: type, reportingCategory: category, balance: balance, amount: eur(amount), fee: eur(fee), source: "ch_1",
            method: .card,
            created: Instant(unixSeconds: 1_797_000_000))
    }

    @Test(arguments: [
        ("charge", "charge", BalanceMovement.Kind.charge), ("payment", "charge", .charge), ("refund", "refund", .refund),
        ("payment_refund", "refund", .refund), ("refund_failure", "refund_failure", .refundFailure), ("adjustment", "dispute", .dispute),
        ("adjustment", "dispute_reversal", .dispute), ("adjustment", "other_adjustment", .other), ("adjustment", "fee", .fee),
        ("stripe_fee", "fee", .fee), ("tax_fee", "tax", .fee), ("stripe_fx_fee", "fee", .fee), ("adjustment", "network_cost", .fee),
        ("payout", "payout", .payout), ("payout_cancel", "payout_reversal", .payout), ("payout_failure", "payout_reversal", .payout),
        ("reserved_funds", "risk_reserved_funds", .reserve), ("reserve_hold", "risk_reserved_funds", .reserve),
        ("reserve_release", "risk_reserved_funds", .reserve), ("payout_minimum_balance_hold", "payout_minimum_balance_hold", .reserve),
        ("payment_failure_refund", "charge_failure", .chargeFailure), ("payment_reversal", "charge_failure", .chargeFailure),
        ("adjustment", "refund_failure", .refundFailure), ("transfer", "transfer", .other), ("topup", "topup", .other),
        ("something_new", "something_new", .other),
        ("", "", .other),
    ])
    func `each kind has its group, and what is new is shown`(type: String, category: String, kind: BalanceMovement.Kind) {
        #expect(Self.movement(type, category, -100).kind == kind)
        #expect(Self.movement(type, category, -100, fee: 25).net == -125)
    }

    @Test func `of a charge only the fee is left to book`() {
        #expect(
            Self.movement("charge", "charge", 34330, fee: 565).booked(on: Self.day)
                == [Posting.stripeFee(Self.eur(565), on: Self.day, balanceTransaction: "txn_1")])
        #expect(Self.movement("refund", "refund", -34330).booked(on: Self.day).isEmpty)
        #expect(Self.movement("payment_reversal", "charge_failure", -34330).booked(on: Self.day).isEmpty)
    }

    @Test func `a failure takes back the payment that its own charge took, and no other attempt of the intent`() {
        func failure(_ amount: Int64, source: String, intent: String? = "pi_1", category: String = "charge_failure") -> BalanceMovement {
            BalanceMovement(
                id: "txn_2", type: "payment_failure_refund", reportingCategory: category, amount: Self.eur(amount), fee: Self.eur(0),
                source: source, intent: intent, method: nil, created: Instant(unixSeconds: 1_797_000_000))
        }
        var payment = Payment(number: 1, origin: .page, method: .sofort, amount: Self.eur(34330), state: .succeeded)
        (payment.received, payment.intent, payment.charge) = (payment.amount, "pi_1", "py_2")
        #expect(failure(-34330, source: "py_2").takesBack(payment))
        #expect(failure(-34330, source: "py_2", intent: nil).takesBack(payment))
        #expect(failure(-34330, source: "pyr_1").takesBack(payment), "a refund does not say which attempt it is of")
        #expect(!failure(-34330, source: "py_1").takesBack(payment), "the attempt before")
        #expect(!failure(-34330, source: "py_2", intent: "pi_2").takesBack(payment))
        #expect(!failure(-100, source: "py_2").takesBack(payment), "a part is none that is known")
        #expect(!failure(-34330, source: "py_2", category: "refund").takesBack(payment))
        payment.charge = nil
        #expect(failure(-34330, source: "py_1").takesBack(payment))
    }

    @Test func `a dispute takes the amount and a fee of its own`() {
        let postings = Self.movement("adjustment", "dispute", -34330, fee: 2000).booked(on: Self.day)
        #expect(postings.map(\.kind) == [.dispute, .stripeFee])
        #expect(postings.map(\.amount) == [Self.eur(34330), Self.eur(2000)])
        #expect(Self.movement("adjustment", "dispute_reversal", 34330).booked(on: Self.day).map(\.kind) == [.disputeReinstated])
    }

    @Test func `a fee that is a movement of its own is a fee, and comes back as one`() {
        #expect(
            Self.movement("stripe_fee", "fee", -200).booked(on: Self.day)
                == [Posting.stripeFee(Self.eur(200), on: Self.day, balanceTransaction: "txn_1")])
        #expect(Self.movement("stripe_fee", "fee", 200).booked(on: Self.day).map(\.kind) == [.stripeFeeReturned])
    }

    @Test func `a reserve moves money to another balance, and the same movement there moves nothing more`() {
        let held = Self.movement("reserve_hold", "risk_reserved_funds", -5000)
        #expect(held.amountPosting(on: Self.day).map { [$0.debit, $0.credit] } == [.stripeReserved, .stripe])
        #expect(held.amountPosting(on: Self.day)?.kind == .reserve)
        let back = Self.movement("reserve_release", "risk_reserved_funds", 5000)
        #expect(back.amountPosting(on: Self.day).map { [$0.debit, $0.credit] } == [.stripe, .stripeReserved])
        #expect(back.amountPosting(on: Self.day)?.kind == .reserveReleased)
        let mirror = Self.movement("reserve_hold", "risk_reserved_funds", 5000, balance: "risk_reserved")
        #expect(mirror.booked(on: Self.day).isEmpty)
    }

    @Test func `what leaves another balance leaves the account of that balance`() {
        let fee = Self.movement("stripe_fee", "fee", -200, balance: "risk_reserved")
        #expect(fee.booked(on: Self.day).map(\.credit) == [.stripeReserved])
        // The refund itself is posted on the balance that guests pay into.
        let refund = Self.movement("refund", "refund", -1000, balance: "refund_and_dispute_prefunding")
        #expect(refund.booked(on: Self.day).map { [$0.debit, $0.credit] } == [[.stripe, .stripeReserved]])
    }

    @Test func `what nothing explains is in suspense of its type, can be assigned, and each step can be taken back`() {
        let topUp = Self.movement("topup", "topup", 70_000)
        #expect(topUp.explanation == .nothing)
        let suspense = topUp.suspensePosting(on: Self.day)
        #expect(suspense.map { [$0.debit.name, $0.credit.name] } == ["stripe", "suspense:topup"])
        #expect(topUp.suspenseReversal(on: Self.day).map { [$0.debit.name, $0.credit.name] } == ["suspense:topup", "stripe"])
        let assigned = topUp.assignment(to: .bank, on: Self.day)
        #expect(assigned.map { [$0.debit.name, $0.credit.name] } == ["suspense:topup", "bank"])
        #expect(topUp.assignmentReversal(to: .bank, on: Self.day).map { [$0.debit.name, $0.credit.name] } == ["bank", "suspense:topup"])
        let away = Self.movement("climate_order_purchase", "climate_order_purchase", -900)
        #expect(
            away.suspensePosting(on: Self.day).map { [$0.debit.name, $0.credit.name] } == ["suspense:climate_order_purchase", "stripe"])
        #expect(
            away.assignment(to: .external("climate"), on: Self.day).map { [$0.debit.name, $0.credit.name] }
                == ["external:climate", "suspense:climate_order_purchase"])
    }

    @Test(arguments: [
        ("bank", "bank"), ("stripe_fees", "stripe_fees"), ("stripe_reserved", "stripe_reserved"), ("disputes", "disputes"),
        ("external:shop", "external:shop"), ("external:2", nil), ("external:", nil), ("folio:R-1", nil), ("revenue:lodging:7", nil),
        ("stripe", nil), ("suspense:topup", nil), ("", nil), ("EXTERNAL:shop", nil),
    ])
    func `a movement can be assigned to few accounts`(name: String, account: String?) {
        #expect(Account(assignable: name)?.name == account)
    }

    @Test func `a word of Stripe's that is no name of an account is called other`() {
        #expect(Account.suspense(type: "top up:2").name == "suspense:other")
        #expect(Account.suspense(type: "").name == "suspense:other")
    }

    /// Stripe clearing = the balance that Stripe reports: what is booked here, and with payments and refunds, is the net.
    @Test func `the bookings of a movement change the balance by its net`() {
        var random = Noise(seed: 3)
        let kinds = [
            ("charge", "charge"), ("refund", "refund"), ("refund_failure", "refund_failure"), ("adjustment", "dispute"),
            ("payment_reversal", "charge_failure"), ("stripe_fee", "fee"),
            ("payout", "payout"), ("payout_failure", "payout_reversal"), ("tax_fee", "tax"), ("reserve_hold", "risk_reserved_funds"),
        ]
        for _ in 0..<2000 {
            let (type, category) = kinds.randomElement(using: &random)!
            let movement = Self.movement(
                type, category, Int64.random(in: -9999...9999, using: &random), fee: Int64.random(in: -99...99, using: &random))
            let booked = movement.booked(on: Self.day).reduce(Int64(0)) { sum, posting in
                sum + (posting.debit == .stripe ? posting.amount.minorUnits : -posting.amount.minorUnits)
            }
            let elsewhere = [.charge, .chargeFailure, .refund, .refundFailure].contains(movement.kind) ? movement.amount.minorUnits : 0
            #expect(booked + elsewhere == movement.net)
        }
    }
}

extension BalanceMovement {
    /// What is posted of it where its amount is explained.
    fileprivate func booked(on day: Day) -> [Posting] {
        [
            amountPosting(on: day), disputePosting(on: day, folio: "R-1"), payoutPosting(on: day, hasArrived: false), feePosting(on: day),
        ].compactMap { $0 }
    }
}
