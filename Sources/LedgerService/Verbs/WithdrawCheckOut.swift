import Ledger
import LedgerStore
import Stripe

extension LedgerService {
    /// Takes back the page that a check-out waits for: the guest cannot pay on it any more, and the folio is open again with what is due.
    /// When the guest was faster, the payment is taken in and the check-out ends as it was meant to; the result says which it was.
    ///
    /// - Throws: `ServiceRefusal.notAwaitingGuest`; `.paymentOnItsWay` when the guest has paid and the money takes its days;
    ///   `.folioNotFound`; `.stripeUnreachable`, `.stripeUnanswered` and the like.
    package func withdrawCheckOut(_ reference: String, of tenantID: String, by actor: String) async throws -> CheckOutResult {
        try await requireStripe(of: tenantID)
        let tenant = try tenant(tenantID)
        let open = try store.read { transaction in
            try transaction.openOperations(of: tenant, folio: try transaction.knownFolio(reference, of: tenant))
        }
        try await finish(open, of: reference, of: tenant)
        let key = random.key()
        let page = try await decide { transaction in
            let folio = try transaction.knownFolio(reference, of: tenant)
            guard folio.state == .awaitingGuest, let session = try transaction.awaitedPage(of: folio, of: tenant) else {
                throw folio.state == .awaitingGuest ? ServiceRefusal.paymentOnItsWay(reference) : .notAwaitingGuest(reference)
            }
            let request = Requests.expire(session: session, key: key)
            return (session: session, operation: try transaction.plan(.withdrawPage, request, folio: folio, of: tenant), folio: folio)
        }
        switch try await dispatch(page.operation, of: tenant) {
        case .done: break
        case .refused: try await readSession(page.session, of: tenant)
        case .unknown: throw ServiceRefusal.operationInProgress(reference)
        case .parked(let what): throw ServiceRefusal.operationParked(page.operation, what)
        }
        let result = try await run(page.folio, of: tenant)
        guard result.view.folio.state == .open else { return result }
        return try await store.write { transaction in
            try transaction.setNotice(.linkWithdrawn, of: page.folio, of: tenant)
            let folio = try transaction.knownFolio(reference, of: tenant)
            return CheckOutResult(view: try transaction.view(of: folio, of: tenant), checkOut: result.checkOut)
        }
    }
}

extension Transaction {
    /// The page that a check-out waits for; `nil` when it waits for money that is on its way.
    fileprivate func awaitedPage(of folio: Folio, of tenant: Tenant) throws -> String? {
        let awaited = try activeCheckOut(of: folio, of: tenant)?.steps.first { $0.state == .awaitingGuest }?.payment
        return try payments(of: folio, of: tenant).first { $0.number == awaited && $0.state == .requested }?.session
    }
}
