/// Why a call to Stripe has no outcome yet.
package enum OperationTrouble: Sendable {
    /// Nobody answered, or Stripe said that it is in trouble itself.
    case silence
    /// Stripe answered, and the answer cannot be read or booked. The same key brings the same answer again.
    case answerUnusable
    /// The tenant's key does not work: the call itself may be good.
    case keyRefused

    /// After so many attempts in vain nobody expects the next one to be another.
    package static let attempts = 8
    /// For how long silence is waited for. A weekend's outage ends by itself, and a hold is dead after a week.
    package static let silenceSeconds: Int64 = 72 * 3600
    /// An answer that cannot be used may be some proxy's, for an hour.
    package static let answerSeconds: Int64 = 3600

    /// Whether the call is left to the operator from now on.
    ///
    /// Both must be so: people who press a button again and again are no reason to give up, and neither is a night in which nothing ran.
    ///
    /// - Parameters:
    ///   - attempts: Those in vain, this one included.
    ///   - ageSeconds: Since it was decided.
    package func parks(attempts: Int, ageSeconds: Int64) -> Bool {
        let limit: Int64
        switch self {
        case .silence: limit = Self.silenceSeconds
        case .answerUnusable: limit = Self.answerSeconds
        case .keyRefused: return false
        }
        return attempts >= Self.attempts && ageSeconds >= limit
    }
}
