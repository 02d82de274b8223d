import Ledger
internal import LedgerStore
import Stripe

extension Book {
    /// Takes in what Stripe says about a refund. It is booked when it has moved the balance, and booked back when it failed later, each on
    /// the day of its balance transaction.
    ///
    /// - Throws: `ServiceRefusal.refundTooLarge` for a new one that its payment has no room for: see `LedgerService.takeIn`.
    func apply(_ refund: Stripe.Refund) throws {
        guard let (folio, known, isNew) = try place(of: refund) else { return }
        var changed = known
        changed.stripeID = refund.id
        changed.observe(refund.state)
        let booked = try booked(known, of: folio)
        let (zone, today) = (tenant.timeZone, now)
        func day(of transaction: Expandable<BalanceTransaction>) -> Day { (transaction.object?.created ?? today).day(in: zone) }
        var entry: Int64?
        var failureEntry: Int64?
        if let moved = refund.balanceTransaction, !booked.entry {
            entry = try Posting.refund(known.amount, folio: folio.reference, on: day(of: moved), refund: refund.id)
                .map { try post($0, folio: folio, by: "stripe") }
        }
        if refund.isOver, let back = refund.failureBalanceTransaction, booked.entry || entry != nil, !booked.failureEntry {
            failureEntry = try Posting.refundFailed(known.amount, folio: folio.reference, on: day(of: back), refund: refund.id)
                .map { try post($0, folio: folio, by: "stripe") }
        }
        guard changed != known || entry != nil || failureEntry != nil else { return }
        try save(changed, entry: entry, failureEntry: failureEntry, of: folio)
        try settleMovements(source: refund.id)
        if refund.isOver, known.state != .failed || isNew {
            if known.state != .failed { try releaseRefund(known, of: folio) }
            try setNotice(.refundFailed(known.amount), of: folio)
            if let why = Failure(refusedRefund: refund.failureReason) {
                try setRefundRefusal(why, ofPayment: known.payment, of: folio)
            }
        }
        try endReached(on: folio)
    }

    /// Whether a refund says more than its payment has room for: somebody else's is on its way, or one that counts here has failed unheard.
    func lacksRoom(for refund: Stripe.Refund) throws -> Bool {
        guard !refund.isOver, try known(refund) == nil, let (_, payment) = try refundedPayment(of: refund) else { return false }
        return try money(of: refund).minorUnits > payment.kept
    }

    /// A refund of ours, or a new refund of a payment of ours: made in Stripe's Dashboard, or by these books after the restored backup.
    /// In both cases the money was refunded. One that failed before it was heard of gave nothing back, and counts nothing.
    private func place(of refund: Stripe.Refund) throws -> (folio: Folio, refund: Ledger.Refund, isNew: Bool)? {
        if let (folio, known) = try known(refund) { return (folio, known, false) }
        guard let (folio, payment) = try refundedPayment(of: refund) else {
            try noteForeign(refund.metadata, object: refund.id)
            return nil
        }
        let money = try money(of: refund)
        // One of ours may be on its way to the same money. It is refused then, and the next sync finds room for this one.
        guard refund.isOver || money.minorUnits <= payment.kept else {
            throw ServiceRefusal.refundTooLarge(Money(minorUnits: payment.kept, currency: money.currency))
        }
        // Whoever made it said nothing of the bill, or what was said is lost.
        let reason = try isMadeAfterBackup(refund) ? Ledger.Refund.madeAfterBackup : Ledger.Refund.madeAtStripe
        let new = try addRefund(
            money, of: payment, state: refund.isOver ? .failed : .requested, reason: reason, bill: .unchanged, to: folio)
        return (folio, new, true)
    }

    /// The payment of ours that a refund gives back.
    private func refundedPayment(of refund: Stripe.Refund) throws -> (folio: Folio, payment: Payment)? {
        guard !refund.isOfFailedPayment, let intent = refund.paymentIntent, let place = try payment(intent: intent),
            let folio = try folio(number: place.folio),
            let payment = try payments(of: folio).first(where: { $0.number == place.number })
        else { return nil }
        return (folio, payment)
    }

    private func money(of refund: Stripe.Refund) throws -> Money {
        try StripeAmount(stripe: refund.amount, currency: refund.currency).money
    }
}

extension Stripe.Refund {
    /// Whether it gave nothing back, or what it gave came back; that is final.
    var isOver: Bool { status == .failed || status == .canceled }

    /// Whether it is only what takes back a payment that failed: nobody gave anything back, and the payment's own movement tells.
    var isOfFailedPayment: Bool { balanceTransaction?.object?.reportingCategory == .chargeFailure }

    /// As the ledger calls it.
    fileprivate var state: Ledger.Refund.State {
        switch status {
        case .succeeded: .succeeded
        case .failed, .canceled: .failed
        default: .pending
        }
    }
}
