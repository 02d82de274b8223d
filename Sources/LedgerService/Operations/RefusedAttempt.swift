import Ledger
internal import LedgerStore
import Stripe

extension Book {
    /// The key for cancelling an intent that a refused attempt left open: always the same one, whatever code finds it.
    static func orphanKey(_ intent: String) -> String { "orphan-\(intent)" }

    /// A hold or a charge on the saved card that the bank refused, and whose answer never came: the intent, found by an event or by
    /// reading back, says so. The attempt is over, and the intent, which will never be completed, is
    /// cancelled. The key in its metadata identifies the attempt.
    func endRefusedAttempt(_ intent: PaymentIntent, _ facts: IntentObservation, _ folio: Folio, returning: ReturnAddress) throws {
        guard facts.status == .waiting, let why = facts.failure,
            let attempt = try openOperations(folio: folio).first(where: { $0.isMaker(of: intent.metadata, tenant) })
        else { return }
        let rules = try attempt.rules()
        guard rules.makesIntent else { return }
        try end(
            attempt, .refused(why),
            with: { book in
                if why.isDecline {
                    try book.noteRefusedCard(attempt, advice: intent.lastPaymentError?.adviceCode?.rawValue, on: folio)
                }
                try rules.fail(book, attempt, why, folio)
            })
        _ = try plan(
            .cancelOrphan, Requests.cancel(intent.id, key: Self.orphanKey(intent.id)), folio: folio, intent: intent.id)
        try offerHoldPage(after: attempt, on: folio, returning: returning)
    }

    /// After a bank refused the saved card, and nothing else is tried on it: a page on which the guest can authorise what is missing with
    /// another one.
    func offerHoldPage(after attempt: Operation, on folio: Folio, returning: ReturnAddress) throws {
        // Another process may have learned of the same refusal, and offered a page already.
        let key = "page-\(attempt.idempotencyKey)"
        guard try callInstead(of: attempt.number, on: folio) == nil, try operation(key: key, of: folio) == nil,
            try !isStep(attempt, of: folio), let now = try self.folio(number: folio.number),
            let (amount, method) = try missing(after: attempt, on: now)
        else { return }
        _ = try offerHoldPage(amount, by: method, of: now, returning: returning, key: key)
    }

    /// What a refused attempt leaves to be held; nil for nothing, and for a renewal: the old hold covers still, and what follows is decided
    /// where that began.
    private func missing(after attempt: Operation, on folio: Folio) throws -> (Money, Ledger.PaymentMethod)? {
        let holds = try holds(of: folio)
        guard let hold = holds.first(where: { $0.number == attempt.subject }) else { return nil }
        let (raised, total): (Hold?, Money?) =
            switch OperationKind(rawValue: attempt.kind) {
            case .increment: (hold, try attempt.raisesTo(in: tenant.currency))
            case .placeHold where hold.number == holds.last?.number && hold.state == .failed:
                (holds.first { $0.number == hold.replaces }, hold.amount)
            default: (nil, nil)
            }
        guard let total else { return nil }
        guard let raised else { return (total, hold.method) }
        guard folio.paymentURL == nil, raised.isLive(at: now), !hold.renews(raised) else { return nil }
        let missing = try total.subtracting(raised.held)
        return missing.minorUnits < StripeLimits.minimum(in: tenant.currency) ? nil : (missing, hold.method)
    }

    /// A page on which the guest can reserve what the saved card does not.
    ///
    /// - Returns: The operation that makes the page; `nil` when the folio is over.
    func offerHoldPage(
        _ amount: Money, by method: Ledger.PaymentMethod, of folio: Folio, returning: ReturnAddress, key: String
    ) throws -> Int64? {
        guard folio.state == .open, try mayTake(on: folio) else { return nil }
        try renewConsent(of: folio, for: method, holding: amount)
        let savesOtherCard = try savesOtherCard(method, of: folio, holding: amount)
        let hold = try addHold(amount, origin: .page, method: method, to: folio)
        let request = try page(.hold(hold), of: folio, savesOtherCard: savesOtherCard, returning: returning, key: key)
        return try plan(.holdPage, request, folio: folio, subject: hold.number)
    }
}
