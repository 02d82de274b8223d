import Testing

@testable import Ledger

/// The day of a payment is the day on which Stripe took it.
@Suite struct `When money was taken` {
    private static let transaction = Instant("2026-11-30T22:30:00Z")!
    private static let event = Instant("2026-11-30T22:30:02Z")!
    private static let charge = Instant("2026-11-30T22:29:59Z")!

    private static func part(_ amount: Int64, _ at: Instant?) -> TakenAt.Part { TakenAt.Part(amount: amount, at: at) }

    @Test func `is told by the balance transaction before all others`() {
        let all = TakenAt(transaction: Self.transaction, transactionAmount: 4330, event: Self.event, charge: Self.charge)
        #expect(all.parts(of: 4330, after: 0) == [Self.part(4330, Self.transaction)])
    }

    @Test func `is told by the event while there is no balance transaction, and then by the charge`() {
        #expect(TakenAt(event: Self.event, charge: Self.charge).parts(of: 4330, after: 0) == [Self.part(4330, Self.event)])
        #expect(TakenAt(charge: Self.charge).parts(of: 4330, after: 0) == [Self.part(4330, Self.charge)])
        #expect(TakenAt().parts(of: 4330, after: 0) == [Self.part(4330, nil)])
    }

    @Test func `is told by its event for a further part of a hold, and never by the transaction of the first`() {
        let first = TakenAt(transaction: Self.transaction, transactionAmount: 5000, charge: Self.charge)
        #expect(first.parts(of: 2500, after: 5000) == [Self.part(2500, nil)])
        let later = Instant("2026-12-02T09:00:00Z")!
        let told = TakenAt(transaction: Self.transaction, transactionAmount: 5000, event: later)
        #expect(told.parts(of: 2500, after: 5000) == [Self.part(2500, later)])
    }

    @Test func `is told for each of two parts that became known together`() {
        let later = Instant("2026-12-02T09:00:00Z")!
        let both = TakenAt(transaction: Self.transaction, transactionAmount: 5000, event: later)
        #expect(both.parts(of: 7500, after: 0) == [Self.part(5000, Self.transaction), Self.part(2500, later)])
        #expect(both.parts(of: 7500, after: 0).map(\.amount).reduce(0, +) == 7500)
    }

    /// An amount in another currency than the guest paid in says nothing of parts.
    @Test func `is one time where the transaction has no amount in the currency of the payment`() {
        let other = TakenAt(transaction: Self.transaction, event: Self.event)
        #expect(other.parts(of: 7500, after: 0) == [Self.part(7500, Self.transaction)])
    }

    @Test func `is not promised to be the charge's for a method that settles later`() {
        #expect(PaymentMethod.card.settlesAtOnce && PaymentMethod.klarna.settlesAtOnce && PaymentMethod.giropay.settlesAtOnce)
        #expect(!PaymentMethod.sofort.settlesAtOnce && !PaymentMethod(rawValue: "sepa_debit").settlesAtOnce)
    }
}
