import Synchronization

/// When a call is repeated within seconds, and after which pause.
///
/// - Source: Stripe's own clients repeat at most twice, after half a second, doubling, with jitter.
package struct RetryPolicy: Sendable {
    /// Beyond the first attempt.
    package var repeats = 2
    /// Before the first repeat, except after a rate limit; it doubles with each further one.
    package var firstPauseMilliseconds = 500
    /// After a rate limit the whole account has to slow down, so the pause is longer from the start.
    package var firstRateLimitPauseMilliseconds = 2_000
    /// Neither our doubling nor Stripe's `Retry-After` goes beyond it: a call that has to wait longer is given
    /// back to its caller.
    package var longestPauseMilliseconds = 8_000

    package init() {}

    /// - Parameter attempt: How many there were, from 1.
    /// - Returns: Milliseconds, between half and all of the doubled pause; `nil` to give up.
    func pause(afterAttempt attempt: Int, _ reason: StripeUncertainty.Reason, retryAfterSeconds: Int?, _ jitter: Jitter) -> Int? {
        guard attempt <= repeats else { return nil }
        var first = firstPauseMilliseconds
        if case .rateLimited = reason { first = firstRateLimitPauseMilliseconds }
        let doubled = min(first << min(attempt - 1, 16), longestPauseMilliseconds)
        let pause = doubled / 2 + jitter.upTo(doubled / 2)
        guard let retryAfterSeconds else { return pause }
        // Compared before it is multiplied: the header is a stranger's number.
        guard retryAfterSeconds <= longestPauseMilliseconds / 1000 else { return nil }
        return max(pause, max(0, retryAfterSeconds) * 1000)
    }
}

/// The client's chance, so that many callers that failed together do not come back together.
final class Jitter: Sendable {
    private let random: Mutex<any RandomNumberGenerator & Sendable>

    init(_ random: any RandomNumberGenerator & Sendable) { self.random = Mutex(random) }

    /// - Returns: 0...`bound`.
    func upTo(_ bound: Int) -> Int {
        random.withLock { Int($0.next() % UInt64(max(0, bound) + 1)) }
    }
}
