import Ledger
internal import LedgerStore

/// Tells a request from others, and from itself when it is repeated. A verb that is given one stores it with what it decides.
package struct IdempotencyKey: Sendable {
    /// Who asks again after "not yet".
    package enum Asker: Sendable {
        /// Repeats the request with its key.
        case program
        /// May fill in the form anew, which makes a request of its own of it.
        case person
    }

    /// 16 bytes over scope and key.
    let digest: [UInt8]
    /// SHA-256 over what was asked.
    let fingerprint: [UInt8]
    let asker: Asker

    /// - Parameters:
    ///   - scope: Whose keys are kept apart: tenant and route.
    ///   - key: What the caller sent as Idempotency-Key.
    ///   - content: Everything that was asked.
    package init(scope: String, key: String, content: some Sequence<UInt8>, by asker: Asker = .program) {
        digest = Array(SHA256.digest(Array("\(scope)\u{0}\(key)".utf8)).prefix(16))
        fingerprint = SHA256.digest(Array(content))
        self.asker = asker
    }
}

extension IdempotencyKey {
    /// What is stored under a key.
    package enum State: Sendable {
        /// It was decided, and its answer is missing: the process ended, or Stripe was silent.
        case decided(Decision)
        /// It was done in one transaction, and no answer was stored: a form.
        case done
        case answered(RequestAnswer)
        /// The key belongs to something else.
        case otherContent
    }

    /// What the record says to a request with this key.
    func state(in record: IdempotencyRecord) -> State {
        if record.fingerprint != fingerprint { return .otherContent }
        return record.answer.map(State.answered) ?? record.decision.map(State.decided) ?? .done
    }
}

/// The same key has come before, and whoever meets this has no answer for it.
package enum DuplicateRequest: Error {
    /// It is being worked on, or it was done and no answer is stored.
    case known
    /// With other content.
    case otherContent
}

extension LedgerService {
    /// So long a request can be repeated and gets its first answer.
    package static let requestDays = 30

    /// - Returns: nil for a request that is new.
    package func state(of key: IdempotencyKey) throws -> IdempotencyKey.State? {
        try store.read { try $0.request(key.digest) }.map { key.state(in: $0) }
    }

    /// Whether what the request decided is not completed yet.
    package func isUnfinished(_ key: IdempotencyKey, of tenant: Tenant) throws -> Bool {
        guard case .decided(let decision) = try state(of: key) else { return false }
        return try store.read(of: tenant) { book in
            if let operation = decision.operation, try book.operation(operation)?.isOpen == true { return true }
            guard let number = decision.checkOut, let folio = try book.folio(number: decision.folio) else {
                return false
            }
            return try book.checkOuts(of: folio).contains { $0.number == number && $0.state == .running }
        }
    }

    /// Stores that a request was done, unless something is stored under its key already. For what does not store its key together with what
    /// it changes: when the process ends between the two, it is done once more.
    package func noteDone(_ key: IdempotencyKey) async throws {
        try await store.write { transaction in
            guard try transaction.request(key.digest) == nil else { return }
            try transaction.addRequest(key.digest, fingerprint: key.fingerprint)
        }
    }

    /// Forgets requests that are too old to be repeated.
    ///
    /// - Returns: How many.
    package func pruneRequests() async throws -> Int {
        try await store.write { try $0.pruneRequests(before: $0.now.adding(seconds: Int64(-Self.requestDays * 86_400)), limit: 5_000) }
    }
}
