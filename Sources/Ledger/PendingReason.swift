/// Why a call to Stripe has no outcome yet.
package enum PendingReason: Sendable {
    /// There was no answer, or Stripe reported an internal error.
    case silence
    /// Stripe answered, and the answer cannot be read or booked. The same key brings the same answer again.
    case answerUnusable
    /// The tenant's key does not work: the call itself may be good. Nothing else works either, until another key is set.
    case keyRefused
    /// The key works, and lacks the right to this call. Somebody has to give it, and may never do so.
    case rightMissing

    /// After this many failed attempts another one is unlikely to succeed.
    package static let attempts = 8
    /// For how long to wait for an answer. An outage at a weekend ends by itself, and a hold is dead after a week.
    package static let silenceSeconds: Int64 = 72 * 3600
    /// An answer that cannot be used may be some proxy's, for an hour.
    package static let answerSeconds: Int64 = 3600

    /// Whether the call is left to the operator from now on.
    ///
    /// Both limits must be exceeded: neither repeated clicks nor a night in which nothing ran are a reason to give up.
    ///
    /// - Parameters:
    ///   - attempts: Failed attempts, including this one.
    ///   - ageSeconds: Since it was decided.
    package func parks(attempts: Int, ageSeconds: Int64) -> Bool {
        let limit: Int64
        switch self {
        case .silence, .rightMissing: limit = Self.silenceSeconds
        case .answerUnusable: limit = Self.answerSeconds
        case .keyRefused: return false
        }
        return attempts >= Self.attempts && ageSeconds >= limit
    }
}
