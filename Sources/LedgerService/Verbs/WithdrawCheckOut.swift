import Ledger
internal import LedgerStore

extension LedgerService {
    /// Takes back the page that a check-out waits for: the guest cannot pay on it any more, and the folio is open again with what is due.
    /// When the guest was faster, the payment is taken in and the check-out ends as it was meant to; the result says which it was.
    ///
    /// - Throws: `ServiceRefusal.notAwaitingGuest`; `.paymentProcessing` when the guest has paid and the money takes its days;
    ///   `.folioNotFound`; `.stripeUnreachable`, `.stripeUnanswered` and the like.
    package func withdrawCheckOut(
        _ reference: String, of tenantID: String, by actor: String, key: IdempotencyKey? = nil
    ) async throws -> CheckOutResult {
        let operationKey = random.key()
        return try await performWaiting(key, on: reference, of: tenantID) { book in
            let folio = try book.knownFolio(reference)
            guard folio.state == .awaitingGuest, let active = try book.activeCheckOut(of: folio) else {
                throw ServiceRefusal.notAwaitingGuest(reference)
            }
            guard let session = try book.page(awaitedBy: active, of: folio) else {
                throw ServiceRefusal.paymentProcessing(reference)
            }
            let operation = try book.plan(.withdrawPage, Requests.expire(session: session, key: operationKey), folio: folio)
            return Decision(on: folio, of: book.tenant, operation: operation, checkOut: active.number)
        }.ended
    }
}

extension Book {
    /// The page that a check-out waits for; `nil` when it waits for money that is on its way.
    fileprivate func page(awaitedBy checkOut: CheckOut, of folio: Folio) throws -> String? {
        let awaited = checkOut.steps.first { $0.state == .awaitingGuest }?.payment
        return try payments(of: folio).first { $0.number == awaited && $0.state == .requested }?.session
    }
}
