import Ledger
import LedgerStore

/// Ties what a verb decides to the request that asked for it: both are stored in one transaction.
package struct RequestMark: Sendable {
    /// 16 bytes.
    let key: [UInt8]
    /// SHA-256 over what was asked.
    let fingerprint: [UInt8]
    /// Makes the answer of what the deciding transaction returned; nil when Stripe has to be asked first.
    let answer: @Sendable (any Sendable) throws -> RequestAnswer?

    /// - Parameters:
    ///   - scope: Whose keys are kept apart: tenant and route.
    ///   - key: What the caller sent as Idempotency-Key.
    ///   - content: Everything that was asked.
    package init(
        scope: String, key: String, content: some Sequence<UInt8>, answer: @escaping @Sendable (any Sendable) throws -> RequestAnswer?
    ) {
        self.key = Array(SHA256.digest(Array("\(scope)\u{0}\(key)".utf8)).prefix(16))
        fingerprint = SHA256.digest(Array(content))
        self.answer = answer
    }
}

/// What is known of a request.
package enum RequestState: Sendable {
    case new
    /// It was decided, and the answer is missing: the process ended, or Stripe was silent.
    case unanswered
    case answered(RequestAnswer)
    /// The key belongs to something else.
    case otherContent
}

/// Another process has decided the same request in between.
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
        return known.answer.map(RequestState.answered) ?? .unanswered
    }

    /// Keeps the answer of a request that was decided; without effect on others.
    package func keep(_ answer: RequestAnswer, of mark: RequestMark) async throws {
        try await store.write { try $0.answerRequest(mark.key, answer) }
    }

    /// Forgets requests that are too old to be repeated.
    ///
    /// - Returns: How many.
    package func pruneRequests() async throws -> Int {
        try await store.write { try $0.pruneRequests(before: $0.now.adding(seconds: Int64(-Self.requestDays * 86_400)), limit: 5_000) }
    }

    /// The transaction in which a verb decides. Exactly one in a verb: what comes before it changes nothing that a repeated request
    /// would do twice.
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

    /// Carries on what a folio waits for - calls without an answer, steps of a check-out - and looks at it again. For a request that was
    /// decided and whose answer is missing.
    ///
    /// - Throws: `ServiceRefusal.stripeUnanswered`, `.operationInProgress` while Stripe stays silent; `.operationParked`.
    package func settled(_ reference: String, of tenantID: String) async throws -> (view: FolioView, checkOut: StoredCheckOut?) {
        let tenant = try tenant(tenantID)
        let (folio, open) = try store.read { transaction in
            let folio = try transaction.knownFolio(reference, of: tenant)
            return (folio, try transaction.openOperations(of: tenant, folio: folio))
        }
        try await finish(open, of: reference, of: tenant)
        if try store.read({ try $0.activeCheckOut(of: folio, of: tenant) }) != nil { try await run(folio, of: tenant) }
        return try store.read { transaction in
            let folio = try transaction.knownFolio(reference, of: tenant)
            return (try transaction.view(of: folio, of: tenant), try transaction.checkOuts(of: folio, of: tenant).last)
        }
    }
}
