import Ledger
internal import LedgerStore

extension LedgerService {
    /// Lets a hold go before check-out. A hold that was to be placed later is simply not placed.
    ///
    /// - Throws: `ServiceRefusal.holdNotFound`, `.holdNotLive`, `.stripeRefused`, `.stripeUnanswered`.
    package func releaseHold(_ number: Int64, of reference: String, of tenantID: String, by actor: String) async throws -> FolioView {
        let key = random.key()
        return try await carryOut(on: reference, of: tenantID) { transaction, tenant in
            let folio = try transaction.openFolio(reference, of: tenant)
            guard var hold = try transaction.holds(of: folio, of: tenant).first(where: { $0.number == number }) else {
                throw ServiceRefusal.holdNotFound(number)
            }
            let operation: Int64?
            switch hold.state {
            case .captured, .released, .expired, .failed:
                throw ServiceRefusal.holdNotLive(number, hold.state)
            case .authorised:
                guard let intent = hold.intent else { throw ServiceRefusal.holdNotLive(number, hold.state) }
                let request = Requests.cancel(intent, key: key)
                operation = try transaction.plan(.release, request, folio: folio, subject: number, intent: intent, of: tenant)
            case .requested:
                if let session = hold.session {
                    let request = Requests.expire(session: session, key: key)
                    operation = try transaction.plan(.withdrawPage, request, folio: folio, subject: number, of: tenant)
                } else {
                    hold.state = .released
                    try transaction.save(hold, of: folio, of: tenant)
                    operation = nil
                }
            }
            return Decision(on: folio, of: tenant, operation: operation)
        }.view
    }
}
