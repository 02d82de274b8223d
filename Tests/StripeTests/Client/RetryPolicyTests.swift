import Testing

@testable import Stripe

@Suite struct `The pause before a repeat` {
    private let lost = StripeUncertainty.Reason.noAnswer(.timedOut)

    @Test func `doubles up to a cap, and jitter takes up to half of it`() {
        var policy = RetryPolicy()
        policy.repeats = 6
        let least = Jitter(FixedChance(value: 0))
        let pauses = (1...7).map { policy.pause(afterAttempt: $0, lost, retryAfterSeconds: nil, least) }
        #expect(pauses == [250, 500, 1000, 2000, 4000, 4000, nil])
        // 250 is the last remainder of a division by 251.
        let most = Jitter(FixedChance(value: 250))
        #expect(policy.pause(afterAttempt: 1, lost, retryAfterSeconds: nil, most) == 500)
    }

    @Test func `stays inside its bounds for any chance`() {
        let jitter = Jitter(SystemRandomNumberGenerator())
        let pauses = (0..<1000).compactMap { _ in RetryPolicy().pause(afterAttempt: 2, lost, retryAfterSeconds: nil, jitter) }
        #expect(pauses.count == 1000 && pauses.allSatisfy { (500...1000).contains($0) })
        #expect(Set(pauses).count > 100)
    }
}
