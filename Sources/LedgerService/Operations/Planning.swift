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
}

/// A request with the key under which it takes effect at most once.
///
/// The key is also in the metadata of what is created (`ledger_key`), so that an object can be found again when the key is too old to
/// be trusted.
struct KeyedRequest {
    let key: String
    let request: StripeRequest
}
