import Ledger
import LedgerStore
import Stripe

extension StoredOperation {
    /// In words, also when a newer program wrote it.
    var words: Phrase { Purpose(rawValue: purpose)?.phrase ?? Phrase(purpose, purpose) }

    /// - Throws: `UnknownPurpose` when a newer program wrote it.
    func knownPurpose() throws -> Purpose {
        guard let known = Purpose(rawValue: purpose) else { throw UnknownPurpose(purpose: purpose) }
        return known
    }
}

extension StoredOperation {
    /// Whether nothing that is due depends on what it comes to.
    var movesNothing: Bool { purpose == Purpose.forgetCard.rawValue }
}

/// An operation of a kind this program does not know.
struct UnknownPurpose: Error, CustomStringConvertible {
    let purpose: String

    var description: String { "operations of the kind \"\(purpose)\" are unknown to this program" }
}

extension Transaction {
    /// Keeps a request to be sent after the commit.
    ///
    /// - Returns: The operation's number.
    func plan(
        _ purpose: Purpose, _ request: KeyedRequest, folio: Folio, subject: Int64? = nil, intent: String? = nil, of tenant: Tenant
    ) throws -> Int64 {
        try addOperation(
            purpose.rawValue, folio: folio, subject: subject, intent: intent, method: request.request.method, path: request.request.path,
            body: request.request.body, idempotencyKey: request.key, of: tenant)
    }
}

/// A request with the key under which it takes effect at most once.
///
/// The key also stands in the metadata of what is created (`ledger_key`), so that an object can be found again when the
/// key is too old to be trusted.
struct KeyedRequest {
    let key: String
    let request: StripeRequest
}
