import Ledger
internal import LedgerStore

extension LedgerService {
    /// Answers a request whose verb may wait for Stripe (`performWaiting`): with what is stored under its key, or by running the verb, whose
    /// outcome is stored then. Requests with one key run one after the other here; in two processes both complete one decision, and the first
    /// answer that is stored is the answer of both.
    ///
    /// - Parameters:
    ///   - refused: The answer for a final refusal, which is stored as well; nil throws it.
    ///   - verb: Runs with the key of `once`. It is not run when there is an answer already.
    /// - Throws: `DuplicateRequest`; what `verb` throws.
    /// - Precondition: `once` has a key.
    package func answerOnce<Output, Answer>(
        _ once: Once<Output, Answer>, refused: (any Refusal) -> Output? = { _ in nil }, _ verb: () async throws -> Output
    ) async throws -> Answer {
        let key = once.key!
        return try await requestLock.withLock(on: key.digest) {
            // The second time, because another process has decided the same request in between: then it is completed.
            for _ in 1...2 {
                var isDecided = false
                switch try state(of: key) {
                case nil: break
                case .decided: isDecided = true
                case let known?: return try once.replay(known)
                }
                let output: Output
                var isOutcome = true
                do { output = try await verb() } catch is DuplicateRequest {
                    continue
                } catch let refusal as any Refusal where refusal.isForGood {
                    guard let answer = refused(refusal) else { throw refusal }
                    output = answer
                    // Stripe's refusal is what came of the decision, when there was one already; any other says that there was none.
                    isOutcome = isDecided && ["stripe_refused", "method_not_active"].contains(refusal.code)
                }
                let (answer, stored) = try once.answer(output)
                guard let stored else { return answer }
                guard let first = try await keep(stored, under: key, isOutcome: isOutcome) else { continue }
                return first == stored ? answer : try once.replay(.answered(first))
            }
            throw DuplicateRequest.known
        }
    }

    /// Stores the final answer of a request: the outcome of its decision, or that it was refused before anything was decided.
    ///
    /// - Parameter isOutcome: Whether the answer is known to tell what came of the request's own decision. A refusal that is not is stored
    ///   only where nothing has been decided, here or by another process.
    /// - Returns: The stored answer, which is the first one. nil if the request has been decided in the meantime and must be
    ///   completed instead.
    private func keep(_ answer: RequestAnswer, under key: IdempotencyKey, isOutcome: Bool) async throws -> RequestAnswer? {
        try await store.write { transaction in
            guard let known = try transaction.request(key.digest) else {
                try transaction.addRequest(key.digest, fingerprint: key.fingerprint, answer: answer)
                return answer
            }
            guard known.fingerprint == key.fingerprint else { throw DuplicateRequest.otherContent }
            if let first = known.answer { return first }
            guard isOutcome else { return nil }
            try transaction.answerRequest(key.digest, answer)
            return answer
        }
    }
}
