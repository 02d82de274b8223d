import Ledger
internal import LedgerStore

/// How a verb is asked to act once, and what its caller gets: the answer that is made of the verb's output and stored under a key, or the one
/// that was stored when the same request came first.
package struct Once<Output: Sendable, Answer: Sendable>: Sendable {
    let key: IdempotencyKey?
    /// Made inside the transaction in which a verb decides; `stored` is what a repeated request gets, nil for nothing.
    let answer: @Sendable (Output) throws -> (answer: Answer, stored: RequestAnswer?)
    private let replayed: @Sendable (RequestAnswer) throws -> Answer

    /// - Parameters:
    ///   - answer: Makes the answer of what the verb came to, and what is stored of it.
    ///   - replayed: The answer that was stored when the request came first.
    package init(
        _ key: IdempotencyKey?, answer: @escaping @Sendable (Output) throws -> (answer: Answer, stored: RequestAnswer?),
        replayed: @escaping @Sendable (RequestAnswer) throws -> Answer
    ) {
        self.key = key
        self.answer = answer
        self.replayed = replayed
    }

    /// What a request gets whose key has come before.
    ///
    /// - Throws: `DuplicateRequest` when no answer is stored for it.
    package func replay(_ state: IdempotencyKey.State) throws -> Answer {
        switch state {
        case .answered(let answer): try replayed(answer)
        case .otherContent: throw DuplicateRequest.otherContent
        case .decided, .done: throw DuplicateRequest.known
        }
    }
}

extension Once where Answer == Output {
    /// Stores that the request was done and no answer, as for a form: its page may show a secret.
    package init(_ key: IdempotencyKey?) {
        self.init(key, answer: { ($0, nil) }, replayed: { _ in throw DuplicateRequest.known })
    }

    /// For the command line and for what the service does by itself.
    package static var unkeyed: Once { Once(nil) }
}

extension LedgerService {
    /// The transaction in which a verb decides that does not wait for Stripe. Its answer is stored in it, and the one writer puts requests with
    /// one key in order. Exactly one in a verb: what comes before it changes nothing that a repeated request would do twice. A verb that waits
    /// has `performWaiting`.
    ///
    /// - Throws: `DuplicateRequest`, and what `decide` throws.
    func perform<Output, Answer>(
        _ once: Once<Output, Answer>, _ decide: @escaping @Sendable (borrowing Transaction) throws -> Output
    ) async throws -> Answer {
        try await store.write { transaction in
            guard let key = once.key else { return try once.answer(decide(transaction)).answer }
            if let known = try transaction.request(key.digest) { return try once.replay(key.state(in: known)) }
            let (answer, stored) = try once.answer(decide(transaction))
            try transaction.addRequest(key.digest, fingerprint: key.fingerprint, answer: stored)
            return answer
        }
    }

    /// The same in a tenant's books.
    ///
    /// - Throws: `TenantNotFound`, too.
    func perform<Output, Answer>(
        _ once: Once<Output, Answer>, of tenantID: String, _ decide: @escaping @Sendable (borrowing Book) throws -> Output
    ) async throws -> Answer {
        try await perform(once) { try $0.withBook(of: $0.knownTenant(tenantID), decide) }
    }
}
