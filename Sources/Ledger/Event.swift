/// An event of Stripe's, kept as received.
package struct Event: Sendable {
    /// `ignored`: of a type that means nothing here. `parked`: it needs the operator.
    package enum State: String, Sendable { case received, applied, ignored, parked }

    /// In the order of arrival.
    package let number: Int64
    /// Stripe's: `evt_…`.
    package let id: String
    /// For example `payment_intent.succeeded`.
    package let type: String
    /// The object it is about, where it names one.
    package let objectID: String?
    /// Its JSON, as it came.
    package let body: String
    /// `received` until it is processed.
    package let state: State
    /// Why it could not be processed.
    package let failure: Failure?
    /// How many attempts failed.
    package let attempts: Int
    /// In the system's time; `nil` for at once.
    package let nextAttemptAt: Instant?
    /// By the books' clock; Stripe's own time is in the body.
    package let receivedAt: Instant

    package init(
        number: Int64, id: String, type: String, objectID: String?, body: String, state: State, failure: Failure?, attempts: Int,
        nextAttemptAt: Instant?, receivedAt: Instant
    ) {
        self.number = number
        self.id = id
        self.type = type
        self.objectID = objectID
        self.body = body
        self.state = state
        self.failure = failure
        self.attempts = attempts
        self.nextAttemptAt = nextAttemptAt
        self.receivedAt = receivedAt
    }
}
