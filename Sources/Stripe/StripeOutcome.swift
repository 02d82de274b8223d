/// What came of one call, after its short repeats.
package enum StripeOutcome<Value: Sendable>: Sendable {
    case answer(Value)
    /// A definite no: it was not done, and the same call will not be done later either.
    case refused(StripeError)
    /// Done or not done, nobody knows, or not yet: the same call may go out again with the same key.
    case unknown(StripeUncertainty)

    /// - Throws: What was not an answer.
    package func get() throws(StripeFailure) -> Value {
        switch self {
        case .answer(let value): return value
        case .refused(let error): throw .refused(error)
        case .unknown(let uncertainty): throw .unknown(uncertainty)
        }
    }

    /// Whether Stripe has no such object.
    package var isMissing: Bool { if case .refused(let error) = self { error.code == .resourceMissing } else { false } }

    /// Whether the key has not the right to do this, or to see all that was asked for. A key that Stripe does not know is refused with 401.
    var lacksRight: Bool { if case .unknown(let uncertainty) = self { uncertainty.lacksRight } else { false } }

    /// Translates an answer; a refusal and an uncertainty stay.
    package func map<Other>(_ transform: (Value) -> Other) -> StripeOutcome<Other> {
        switch self {
        case .answer(let value): .answer(transform(value))
        case .refused(let error): .refused(error)
        case .unknown(let uncertainty): .unknown(uncertainty)
        }
    }
}

extension StripeOutcome: Equatable where Value: Equatable {}

/// Everything but an answer, for reads, which are simply done again.
package enum StripeFailure: Error, Sendable, Equatable {
    case refused(StripeError)
    case unknown(StripeUncertainty)
}

/// Why a call stays open.
package struct StripeUncertainty: Sendable, Equatable, CustomStringConvertible {
    /// Decides when the call may go out again.
    package enum Reason: Sendable, Equatable {
        /// Nobody answered.
        case noAnswer(TransportError)
        /// 5xx or 424, with Stripe's error if there was one.
        case serverError(status: Int, StripeError?)
        /// 409: the first call with this key still runs, or another call is at the object.
        case conflict(StripeError)
        /// 429 `lock_timeout`: another call is at the object.
        case locked(StripeError)
        /// 429: too many calls of this account. Slow down, all of them.
        case rateLimited(StripeError?, retryAfterSeconds: Int?)
        /// 401, 403: the key is wrong, revoked or lacks a right. Tell the tenant; the call itself may be good.
        case keyRefused(StripeError)
        /// An answer that is not Stripe's: no JSON, an unknown shape, a redirect.
        case unreadable(status: Int, String)
    }

    /// Of the last attempt.
    package let reason: Reason
    /// Whether any of the attempts may have been carried out. If not, the call may even be dropped.
    package let mayHaveHappened: Bool
    /// Those of this call of the client, its short repeats included.
    package let attempts: Int
    /// Stripe answered from the idempotency key, and did nothing this time.
    package var wasReplayed = false

    /// Whether the key brings nothing but this 5xx for as long as Stripe keeps it. What it was sent for is over, whatever came of it.
    package var hasSpentKey: Bool { if case .serverError = reason { wasReplayed } else { false } }
    /// The whole account has to slow down, not this call alone.
    package var isRateLimit: Bool { if case .rateLimited = reason { true } else { false } }
    /// Another try is of no use before somebody sets another key, or gives this one the permission.
    package var isKeyRefused: Bool { if case .keyRefused = reason { true } else { false } }
    /// Stripe does not know the key: no other question is answered either.
    package var isKeyUnknown: Bool { if case .keyRefused(let error) = reason { error.httpStatus == 401 } else { false } }
    /// Stripe knows the key, which has not the right to this: that says nothing about any other question.
    package var lacksRight: Bool { if case .keyRefused(let error) = reason { error.httpStatus == 403 } else { false } }

    /// For the operator's log.
    package var description: String {
        let text =
            switch reason {
            case .noAnswer(let error): "no answer, \(error)"
            case .serverError(let status, let error): error.map { "\($0)" } ?? "HTTP \(status)"
            case .conflict(let error): "conflict, \(error)"
            case .locked(let error): "locked, \(error)"
            case .rateLimited(let error, _): "rate limit, " + (error.map { "\($0)" } ?? "HTTP 429")
            case .keyRefused(let error): "key refused, \(error)"
            case .unreadable(let status, let why): "unreadable answer, HTTP \(status), \(why)"
            }
        return "\(text) (attempts: \(attempts))"
    }
}
