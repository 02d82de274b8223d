import Ledger
internal import LedgerStore
import Stripe

extension Book {
    /// Keeps a request to be sent after the commit.
    ///
    /// - Returns: The operation's number.
    func plan(_ kind: OperationKind, _ request: KeyedRequest, folio: Folio, subject: Int64? = nil, intent: String? = nil) throws -> Int64 {
        try addOperation(
            kind.rawValue, folio: folio, subject: subject, intent: intent, method: request.request.method, path: request.request.path,
            body: request.request.body, idempotencyKey: request.key)
    }

    /// What was decided when an operation ended, or since, and was never sent: the release of a hold whose place another took, the cancelling
    /// of what a refused attempt left, and the next way to hold money.
    ///
    /// - Returns: Their numbers, in order.
    func followers(of number: Int64) throws -> [Int64] {
        guard let folio = try operation(number).flatMap({ try self.folio(of: $0) }) else { return [] }
        let kinds = [OperationKind.releaseReplaced, .cancelOrphan, .placeHold, .holdPage].map(\.rawValue)
        return try openOperations(folio: folio)
            .filter { $0.number > number && $0.state == .waiting && $0.attempts == 0 && kinds.contains($0.kind) }.map(\.number)
    }
}

/// A request with the key under which it takes effect at most once.
///
/// The key is also in the metadata of what is created (`ledger_key`), so that an object can be found again when the key is too old to
/// be trusted.
struct KeyedRequest {
    let key: String
    let request: StripeRequest
}
