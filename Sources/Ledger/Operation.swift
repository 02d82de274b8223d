/// One call that changes something at Stripe, as it is kept: before it is sent, and with its answer.
package struct Operation: Sendable {
    /// The words are those that are stored.
    package enum State: String, Sendable {
        /// Not answered yet.
        case waiting
        case done, refused
        /// It got no answer in the end: the operator has it sent again, or dismisses it.
        case parked
    }

    /// Counts from 1 over all tenants.
    package let number: Int64
    /// The folio's number; `nil` for a call that belongs to none.
    package let folio: Int64?
    /// What it is for.
    package let kind: String
    /// The hold, payment or refund it is about, by its number on the folio.
    package let subject: Int64?
    /// Of the request as it is sent: `POST`.
    package let method: String
    /// `/v1/…`, without the host.
    package let path: String
    /// `application/x-www-form-urlencoded`; it contains guest data.
    package let body: String
    /// Random; Stripe keeps its answer under it for at least 24 hours. Sent unchanged until a key is spent: see `key(after:)`.
    package let idempotencyKey: String
    /// An operation that is done or refused never changes again.
    package let state: State
    /// How often it was sent.
    package let attempts: Int
    /// Why Stripe refused it, or why its outcome is unknown.
    package let failure: Failure?
    /// By the books' clock.
    package let createdAt: Instant
    /// In the system's time; `nil` when it was not tried yet.
    package let nextAttemptAt: Instant?
    /// How many of its keys Stripe answers with nothing but a 5xx that it keeps.
    package let spentKeys: Int

    package init(
        number: Int64, folio: Int64?, kind: String, subject: Int64?, method: String, path: String, body: String, idempotencyKey: String,
        state: State, attempts: Int, failure: Failure?, createdAt: Instant, nextAttemptAt: Instant?, spentKeys: Int
    ) {
        self.number = number
        self.folio = folio
        self.kind = kind
        self.subject = subject
        self.method = method
        self.path = path
        self.body = body
        self.idempotencyKey = idempotencyKey
        self.state = state
        self.attempts = attempts
        self.failure = failure
        self.createdAt = createdAt
        self.nextAttemptAt = nextAttemptAt
        self.spentKeys = spentKeys
    }

    /// Whether its outcome is still unknown.
    package var isOpen: Bool { state == .waiting || state == .parked }

    /// The key to send it under after this many spent keys: the stored one, then `…-2`, `…-3`. Every process computes the same.
    package func key(after spent: Int) -> String { spent == 0 ? idempotencyKey : "\(idempotencyKey)-\(spent + 1)" }
}
