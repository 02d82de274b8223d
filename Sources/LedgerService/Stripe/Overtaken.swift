import Ledger
internal import LedgerStore
import Stripe

extension Book {
    /// Whether an operation that takes money was stored before the backup that this file is, and its folio waits for something that was found:
    /// what was found may have taken its place.
    func isOvertaken(_ operation: Operation) throws -> Bool {
        switch OperationKind(rawValue: operation.kind) {
        case .holdPage, .paymentPage, .setupPage, .placeHold, .chargeSavedCard, .increment, .capture: break
        case .withdrawPage, .release, .cancelOrphan, .refund, .detachCard, nil: return false
        }
        guard let restored = try restored(), operation.createdAt <= restored,
            let folio = try operation.folio.flatMap({ try folio(number: $0) })
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
            guard let now = try book.operation(operation.number), now.isOpen else { return .done }
            let why = Failure.outdated("found_object")
            if let folio = try operation.folio.flatMap({ try book.folio(number: $0) }) {
                try book.fail(try operation.knownKind(), operation.subject, why: why, folio)
                try book.tellFound(on: folio)
            }
            try book.finish(operation, .refused, failure: why)
            try book.settle(operation, why)
            return .refused(what: operation.words, why: why)
        }
    }
}
