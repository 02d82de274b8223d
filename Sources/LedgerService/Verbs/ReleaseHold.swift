import Ledger
import LedgerStore

extension LedgerService {
    /// Lets a hold go before check-out. A hold that was to be placed later is simply not placed.
    ///
    /// - Throws: `ServiceRefusal.holdNotFound`, `.holdNotLive`, `.stripeRefused`, `.stripeUnanswered`.
    package func releaseHold(_ number: Int64, of reference: String, of tenantID: String, by actor: String) async throws -> FolioView {
        try await requireStripe(of: tenantID)
        let tenant = try tenant(tenantID)
        try await finishWaiting(reference, of: tenant)
        let key = random.key()
        let (operation, session) = try await decide { transaction -> (Int64?, String?) in
            let folio = try transaction.openFolio(reference, of: tenant)
            guard var hold = try transaction.holds(of: folio, of: tenant).first(where: { $0.number == number }) else {
                throw ServiceRefusal.holdNotFound(number)
            }
            switch hold.state {
            case .captured, .released, .expired, .failed:
                throw ServiceRefusal.holdNotLive(number, hold.state)
            case .authorised:
                guard let intent = hold.intent else { throw ServiceRefusal.holdNotLive(number, hold.state) }
                let request = Requests.cancel(intent, key: key)
                return (try transaction.plan(.release, request, folio: folio, subject: number, intent: intent, of: tenant), nil)
            case .requested:
                guard let session = hold.session else {
                    hold.state = .released
                    try transaction.save(hold, of: folio, of: tenant)
                    return (nil, nil)
                }
                let request = Requests.expire(session: session, key: key)
                return (try transaction.plan(.withdrawPage, request, folio: folio, subject: number, of: tenant), session)
            }
        }
        if let operation {
            switch (try await dispatch(operation, of: tenant), session) {
            case (.refused, let session?): try await readSession(session, of: tenant)
            case (let dispatched, _): try dispatched.orThrow()
            }
        }
        return try folio(reference, of: tenantID)
    }
}
