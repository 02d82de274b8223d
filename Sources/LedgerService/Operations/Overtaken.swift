import Ledger
internal import LedgerStore
import Stripe

extension Book {
    /// Whether an operation that takes money was stored before the restored backup, and its folio has a found object: that object may be
    /// the outcome of this operation.
    func isOvertaken(_ operation: Operation) throws -> Bool {
        guard operation.knownRules?.takesMoney == true, let restored = try restored(), operation.createdAt <= restored,
            let folio = try folio(of: operation)
        else { return false }
        return try !waitingFoundObjects(reference: folio.reference).isEmpty
    }
}

extension LedgerService {
    /// An operation from before a restore is not sent while its folio waits for what was found. What Stripe shows of it counts; when it shows
    /// nothing, it never happened, and its program is gone: it is over.
    func endOvertaken(_ operation: Operation, of tenant: Tenant) async throws -> Dispatched {
        _ = try await takeInEffect(of: operation, of: tenant)
        return try await store.write(of: tenant) { book in
            let why = Failure.outdated("found_object")
            let isEnded = try book.end(
                operation, .refused(why),
                with: { book in
                    guard let folio = try book.folio(of: operation) else { return }
                    try operation.rules().fail(book, operation, why, folio)
                    try book.tellFound(on: folio)
                })
            return isEnded ? .refused(what: operation.words, why: why) : .done
        }
    }
}
