import Ledger
internal import LedgerStore

/// Ties what a verb decides to the request that asked for it: both are stored in one transaction.
package struct RequestMark: Sendable {
    /// Who asks again after "not yet".
    package enum Asker: Sendable {
        /// Repeats the request with its key.
        case program
        /// May fill in the form anew, which makes a request of its own of it.
        case person
    }

    /// 16 bytes.
    let key: [UInt8]
    /// SHA-256 over what was asked.
    let fingerprint: [UInt8]
    let asker: Asker
    /// Makes the answer of what the deciding transaction returned, for verbs that do not wait for Stripe; nil keeps none.
    let answer: @Sendable (any Sendable) throws -> RequestAnswer?

    /// - Parameters:
    ///   - scope: Whose keys are kept apart: tenant and route.
    ///   - key: What the caller sent as Idempotency-Key.
    ///   - content: Everything that was asked.
    package init(
        scope: String, key: String, content: some Sequence<UInt8>, by asker: Asker = .program,
        answer: @escaping @Sendable (any Sendable) throws -> RequestAnswer? = { _ in nil }
    ) {
        self.key = Array(SHA256.digest(Array("\(scope)\u{0}\(key)".utf8)).prefix(16))
        fingerprint = SHA256.digest(Array(content))
        self.asker = asker
        self.answer = answer
    }
}

/// What is known of a request.
package enum RequestState: Sendable {
    case new
    /// It was decided, and its answer is missing: the process ended, or Stripe was silent.
    case decided(Decision)
    /// It was done in one transaction, and no answer was kept: a form.
    case done
    case answered(RequestAnswer)
    /// The key belongs to something else.
    case otherContent
}

/// The same key has come before, and what it asked for cannot be completed by whoever meets this.
package struct RequestKnown: Error {}

extension LedgerService {
    /// So long a request can be repeated and gets its first answer.
    package static let requestDays = 30

    /// The same service, on behalf of one request.
    package func answering(_ mark: RequestMark) -> LedgerService {
        var copy = self
        copy.request = mark
        return copy
    }

    package func state(of mark: RequestMark) throws -> RequestState {
        guard let known = try store.read({ try $0.request(mark.key) }) else { return .new }
        guard known.fingerprint == mark.fingerprint else { return .otherContent }
        return known.answer.map(RequestState.answered) ?? known.decision.map(RequestState.decided) ?? .done
    }

    /// Whether what the request decided has not come to its end yet.
    package func isUnfinished(_ mark: RequestMark, of tenant: Tenant) throws -> Bool {
        guard case .decided(let decision) = try state(of: mark) else { return false }
        return try store.read(of: tenant) { book in
            if let operation = decision.operation, try book.operation(operation)?.isOpen == true { return true }
            guard let number = decision.checkOut, let folio = try book.folio(number: decision.folio) else {
                return false
            }
            return try book.checkOuts(of: folio).contains { $0.number == number && $0.state == .running }
        }
    }

    /// Keeps the final answer of a request: what came of what it decided, or that it was refused before anything was decided.
    ///
    /// - Parameter isOutcome: Whether the answer is known to tell what came of the request's own decision. A refusal that is not is kept
    ///   only where nothing has been decided, here or by another process.
    /// - Returns: The answer that is kept: the first one, whoever was faster. nil when the request has been decided meanwhile and must be
    ///   completed instead.
    package func keep(_ answer: RequestAnswer, of mark: RequestMark, isOutcome: Bool) async throws -> RequestAnswer? {
        try await store.write { transaction in
            guard let known = try transaction.request(mark.key) else {
                try transaction.addRequest(mark.key, fingerprint: mark.fingerprint, answer: answer)
                return answer
            }
            guard known.fingerprint == mark.fingerprint else { throw RequestKnown() }
            if let first = known.answer { return first }
            guard isOutcome else { return nil }
            try transaction.answerRequest(mark.key, answer)
            return answer
        }
    }

    /// Forgets requests that are too old to be repeated.
    ///
    /// - Returns: How many.
    package func pruneRequests() async throws -> Int {
        try await store.write { try $0.pruneRequests(before: $0.now.adding(seconds: Int64(-Self.requestDays * 86_400)), limit: 5_000) }
    }

    /// The same in a tenant's books.
    ///
    /// - Throws: `ServiceRefusal.tenantNotFound`, too.
    func decide<Output: Sendable>(
        of tenantID: String, _ body: @escaping @Sendable (borrowing Book) throws -> Output
    ) async throws -> Output {
        try await decide { try $0.withBook(of: $0.knownTenant(tenantID), body) }
    }

    /// The transaction in which a verb decides that does not wait for Stripe: the answer is stored in it. Exactly one in a verb: what comes
    /// before it changes nothing that a repeated request would do twice. A verb that waits has `carryOut`.
    ///
    /// - Throws: `RequestKnown`, and what `body` throws.
    func decide<Output: Sendable>(_ body: @escaping @Sendable (borrowing Transaction) throws -> Output) async throws -> Output {
        guard let mark = request else { return try await store.write(body) }
        return try await store.write { transaction in
            guard try transaction.request(mark.key) == nil else { throw RequestKnown() }
            let output = try body(transaction)
            try transaction.addRequest(mark.key, fingerprint: mark.fingerprint, answer: try mark.answer(output))
            return output
        }
    }
}
