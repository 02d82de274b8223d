import Ledger
internal import LedgerStore
import Stripe

extension Book {
    /// Takes in what Stripe says about a refund. It is booked when it has moved the balance, and booked back when it failed later, each on
    /// the day of its balance transaction.
    func apply(_ refund: Stripe.Refund) throws {
        guard let (folio, known) = try place(of: refund) else { return }
        var changed = known
        changed.stripeID = refund.id
        let state: Ledger.Refund.State =
            switch refund.status {
            case .succeeded: .succeeded
            case .failed, .canceled: .failed
            default: .pending
            }
        changed.observe(state)
        let booked = try booked(known, of: folio)
        let (zone, today) = (tenant.timeZone, now)
        func day(of transaction: Expandable<BalanceTransaction>) -> Day { (transaction.object?.created ?? today).day(in: zone) }
        var entry: Int64?
        var failureEntry: Int64?
        if let moved = refund.balanceTransaction, !booked.entry {
            entry = try Posting.refund(known.amount, folio: folio.reference, on: day(of: moved), refund: refund.id)
                .map { try post($0, folio: folio, by: "stripe") }
        }
        let failedBefore = known.state == .failed
        if state == .failed, let back = refund.failureBalanceTransaction, booked.entry || entry != nil, !booked.failureEntry {
            failureEntry = try Posting.refundFailed(known.amount, folio: folio.reference, on: day(of: back), refund: refund.id)
                .map { try post($0, folio: folio, by: "stripe") }
        }
        guard changed != known || entry != nil || failureEntry != nil else { return }
        try save(changed, entry: entry, failureEntry: failureEntry, of: folio)
        try settleMovements(source: refund.id)
        if state == .failed, !failedBefore {
            try releaseRefund(known, of: folio)
            try setNotice(.refundFailed(known.amount), of: folio)
            if let why = Failure(refusedRefund: refund.failureReason) {
                try setRefundRefusal(why, ofPayment: known.payment, of: folio)
            }
        }
        try endReached(on: folio)
    }

    /// A refund of ours, or a new refund of a payment of ours: made in Stripe's Dashboard, or by these books after the restored backup.
    /// In both cases the money was refunded.
    private func place(of refund: Stripe.Refund) throws -> (Folio, Ledger.Refund)? {
        if let known = try known(refund) { return known }
        guard let intent = refund.paymentIntent, let place = try payment(intent: intent),
            let folio = try folio(number: place.folio),
            let payment = try payments(of: folio).first(where: { $0.number == place.number })
        else {
            try noteForeign(refund.metadata, object: refund.id)
            return nil
        }
        let amount = try StripeAmount(stripe: refund.amount, currency: refund.currency)
        let money = Money(minorUnits: amount.minorUnits, currency: amount.currency)
        // One of ours may be on its way to the same money. It is refused then, and the next sync finds room for this one.
        guard money.minorUnits <= payment.kept else {
            throw ServiceRefusal.refundTooLarge(Money(minorUnits: payment.kept, currency: money.currency))
        }
        // Whoever made it said nothing of the bill, or what was said is lost.
        let reason = try isMadeAfterBackup(refund) ? Ledger.Refund.madeAfterBackup : Ledger.Refund.madeAtStripe
        return (folio, try addRefund(money, of: payment, reason: reason, bill: .unchanged, to: folio))
    }
}
