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
        guard facts.status == .waiting, let why = facts.failure, let key = intent.metadata[LedgerMetadata.key],
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
        if case .hold = rules.subject, let hold = attempt.subject {
            _ = try offerHoldPage(hold, of: folio, returning: returning, key: "page-\(key)")
        }
    }

    /// After a bank refused to hold the saved card: a page on which the guest can reserve the amount with another one.
    ///
    /// - Returns: The operation that makes the page; `nil` when there is one already, or the folio is over.
    func offerHoldPage(_ number: Int64, of folio: Folio, returning: ReturnAddress, key: String) throws -> Int64? {
        let holds = try holds(of: folio)
        // One that was to take another's place: the other one covers still, and what follows is decided where that began.
        guard folio.state == .open, try mayTake(on: folio), let refused = holds.first(where: { $0.number == number }),
            refused.replaces == nil, !holds.contains(where: { $0.number > number })
        else { return nil }
        try renewConsent(of: folio, for: refused.method, holding: refused.amount)
        let savesOtherCard = try savesOtherCard(refused.method, of: folio, holding: refused.amount)
        let hold = try addHold(refused.amount, origin: .page, method: refused.method, to: folio)
        let request = try page(.hold(hold), of: folio, savesOtherCard: savesOtherCard, returning: returning, key: key)
        return try plan(.holdPage, request, folio: folio, subject: hold.number)
    }
}
