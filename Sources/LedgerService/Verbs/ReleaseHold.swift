import Ledger
internal import LedgerStore

extension LedgerService {
    /// Lets a hold go before check-out. A hold that was to be placed later is simply not placed.
    ///
    /// - Throws: `ServiceRefusal.holdNotFound`, `.holdNotLive`, `.stripeRefused`, `.stripeUnanswered`.
    package func releaseHold(
        _ number: Int64, of reference: String, of tenantID: String, by actor: String, key: IdempotencyKey? = nil
    ) async throws -> FolioView {
        let operationKey = random.key()
        return try await performWaiting(key, on: reference, of: tenantID) { book in
            let folio = try book.openFolio(reference)
            guard var hold = try book.holds(of: folio).first(where: { $0.number == number }) else {
                throw ServiceRefusal.holdNotFound(number)
            }
            let operation: Int64?
            switch hold.state {
            case .replaced, .captured, .released, .expired, .failed:
                throw ServiceRefusal.holdNotLive(number, hold.state)
            case .authorised:
                guard let intent = hold.intent else { throw ServiceRefusal.holdNotLive(number, hold.state) }
                let request = Requests.cancel(intent, key: operationKey)
                operation = try book.plan(.release, request, folio: folio, subject: number, intent: intent)
            case .requested:
                if let session = hold.session {
                    let request = Requests.expire(session: session, key: operationKey)
                    operation = try book.plan(.withdrawPage, request, folio: folio, subject: number)
                } else {
                    hold.state = .released
                    try book.save(hold, of: folio)
                    operation = nil
                }
            }
            return Decision(on: folio, of: book.tenant, operation: operation)
        }.view
    }
}
