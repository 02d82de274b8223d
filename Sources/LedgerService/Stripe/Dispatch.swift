import Foundation
import Ledger
import LedgerStore
import Stripe

/// What came of sending an operation. `what` is the operation in words.
enum Dispatched: Sendable {
    case done
    /// Definitely refused; nothing moved. `why` is fit for staff.
    case refused(what: Phrase, code: String?, why: String)
    /// No clear answer: it stays waiting, and is sent again with the same key.
    case unknown(what: Phrase, why: String)
}

extension LedgerService {
    /// Sends one stored operation and applies the answer. Safe to call again at any time, also by two at once: in one process the second
    /// waits for the first, and between processes the key is the same.
    ///
    /// - Throws: `ServiceRefusal.noStripeAccount`, `.stripeKeyRefused`: it stays waiting.
    @discardableResult
    func dispatch(_ number: Int64, of tenant: Tenant) async throws -> Dispatched {
        try await dispatches.once(number) { try await send(number, of: tenant) }
    }

    private func send(_ number: Int64, of tenant: Tenant) async throws -> Dispatched {
        guard let operation = try store.read({ try $0.operation(number, of: tenant) }) else { return .done }
        let what = try operation.knownPurpose().words
        switch operation.state {
        case .done: return .done
        case .refused, .parked: return .refused(what: what, code: operation.problemCode, why: operation.problem ?? "")
        case .waiting: break
        }
        let client = try client(for: tenant)
        if let found = try await readBack(operation, what: what, of: tenant, with: client) { return found }
        let request = StripeRequest(method: operation.method, path: operation.path, body: operation.body)
        switch await client.perform(request, key: operation.idempotencyKey) {
        case .answer(let answer):
            try await apply(answer.body, to: operation, of: tenant)
            return .done
        case .refused(let error):
            if let leftover = try await applyRefusal(error, to: operation, of: tenant) { try await dispatch(leftover, of: tenant) }
            let ended = try store.read { try $0.operation(number, of: tenant) }
            if ended?.state == .done { return .done }
            return .refused(what: what, code: error.code?.rawValue, why: ended?.problem ?? error.message ?? "")
        case .unknown(let uncertainty):
            let next = realTime().adding(seconds: Backoff.operation.seconds(after: operation.attempts + 1))
            try await store.write { try $0.noteAttempt(operation, problem: "\(uncertainty)", nextAttemptAt: next) }
            // It waits for a key that works; that nothing is known would be the wrong word for it.
            if uncertainty.isKeyRefused { throw ServiceRefusal.stripeKeyRefused(tenant.id) }
            return .unknown(what: what, why: "\(uncertainty.reason)")
        }
    }

    /// Applies an answer and ends the operation in one transaction.
    func apply(_ body: Data, to operation: StoredOperation, of tenant: Tenant) async throws {
        let returning = returnAddress
        try await store.write { transaction in
            // Somebody else may have sent the same operation and applied the same answer first.
            guard try transaction.operation(operation.number, of: tenant)?.state == .waiting else { return }
            try transaction.applyAnswer(body, to: operation, of: tenant, returning: returning)
            try transaction.finish(operation, .done)
            try transaction.settle(operation, nil, of: tenant)
        }
    }

    /// Takes in a refusal: what it says about the intent, what that means for the hold or payment, and what is left to clean up.
    ///
    /// - Returns: The operation that cancels an intent which the refused attempt left open, if there is one.
    private func applyRefusal(_ error: StripeError, to operation: StoredOperation, of tenant: Tenant) async throws -> Int64? {
        let returning = returnAddress
        return try await store.write { transaction in
            guard try transaction.operation(operation.number, of: tenant)?.state == .waiting else { return nil }
            return try transaction.applyRefusal(error, to: operation, of: tenant, returning: returning)
        }
    }
}
