import Ledger
internal import LedgerStore
import Stripe

// Stripe stores the first answer of a key for a day, even a 500, and repeats it without executing the call. Its advice is to treat a 500 as
// an unknown outcome and to read the object. If the object shows that nothing happened, the call is sent under a further key.

/// The result of sending an operation, or of checking whether it has to be sent.
enum Sent {
    case outcome(StripeOutcome<StripeAnswer>)
    case ended(Dispatched)
}

extension LedgerService {
    /// How long Stripe has, for each key, to finish what it answered with a 500.
    private static let spentKeySeconds: Int64 = 60

    /// Sends an operation under its key; when Stripe answers that with nothing but a kept 5xx, under the next one, after a while and after
    /// its object has shown that nothing has happened. After silence the key stays: the first call may still be under way.
    func perform(_ operation: Operation, of tenant: Tenant, with client: StripeClient) async throws -> Sent {
        let request = StripeRequest(method: operation.method, path: operation.path, body: operation.body)
        var spent = operation.spentKeys
        var why = operation.failure
        if spent == 0 {
            let first = await client.performEvenWithoutEmail(request, key: operation.idempotencyKey)
            guard try operation.knownKind().mayChangeKey, case .unknown(let uncertainty) = first, uncertainty.hasSpentKey else {
                return .outcome(first)
            }
            (spent, why) = (1, Failure(uncertainty))
            try await store.write(of: tenant) { try $0.noteSpentKeys(1, of: operation) }
        }
        let isTooEarly = try store.read { $0.now < operation.createdAt.adding(seconds: Self.spentKeySeconds * Int64(spent)) }
        if isTooEarly { return .ended(try await reschedule(operation, .silence, why: why ?? .said("HTTP 500"), of: tenant)) }
        _ = try await takeInEffect(of: operation, of: tenant)
        if let ended = try store.read(of: tenant, { try $0.operation(operation.number) })?.outcome { return .ended(ended) }
        let next = await client.perform(request, key: operation.key(after: spent))
        if case .unknown(let uncertainty) = next, uncertainty.hasSpentKey {
            let count = spent + 1
            try await store.write(of: tenant) { try $0.noteSpentKeys(count, of: operation) }
        }
        return .outcome(next)
    }
}
