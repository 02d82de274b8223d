/// What moved what a guest owes, in the order of the journal. Minor units.
package enum FolioMovement: Hashable, Sendable {
    /// A charge, or what a reversal takes back of one: then negative.
    case charge(Int64)
    /// The bill was lowered by this much.
    case allowance(Int64)
    case payment(Int64)
    /// One that was made after the backup that these books come from, and was taken in: when it was made is not known.
    case foundPayment(Int64)
    /// A payment failed after it had succeeded: so much is due again.
    case failedPayment(Int64)
    /// By its number on the folio.
    case refund(number: Int64)
}

/// What refunds left open while the bill stayed unchanged, separate from what is open for other reasons.
///
/// An allowance or a payment settles what is due first, and then what is set aside. What is charged later is due.
/// A payment that was found after a backup was restored settles only what is due: nobody decided that it pays what was refunded.
/// A refund of a prepayment is set aside, too, once there is a bill for it: only a person can decide why it was refunded.
struct SetAside {
    private var aside: Int64 = 0
    /// What is open for other reasons, negative when the guest has paid ahead.
    private var other: Int64 = 0

    /// - Parameters:
    ///   - movements: Of the folio, oldest first. Refunds that are on their way, and not booked yet, come after them.
    ///   - refunds: Of the folio. One that is only asked for has not left yet, and one that failed has come back.
    ///   - pending: Payments on their way: they count as paid until they fail.
    init(_ movements: [FolioMovement], refunds: [Refund], pending: Int64) {
        let gone = refunds.filter { $0.state == .pending || $0.state == .succeeded }
        // Those that were decided about are part of the bill or of what is due, wherever their allowance stands.
        for refund in gone where refund.bill != .unchanged { other += refund.amount.minorUnits }
        var undecided = gone.filter { $0.bill == .unchanged }
        for movement in movements {
            switch movement {
            case .charge(let amount), .failedPayment(let amount): other += amount
            case .allowance(let amount), .payment(let amount): settle(amount)
            // It may be older than a refund that stands before it, and then paid for nothing that went back.
            case .foundPayment(let amount): other -= amount
            case .refund(let number):
                guard let index = undecided.firstIndex(where: { $0.number == number }) else { continue }
                aside += undecided.remove(at: index).amount.minorUnits
            }
        }
        for refund in undecided { aside += refund.amount.minorUnits }
        settle(pending)
    }

    /// Never negative, and never more than is open.
    var amount: Int64 { max(0, min(aside, aside + other)) }

    private mutating func settle(_ amount: Int64) {
        let first = min(amount, max(0, other))
        other -= first
        // What is not open is not settled either.
        let then = min(amount - first, self.amount)
        aside -= then
        other -= amount - first - then
    }
}
