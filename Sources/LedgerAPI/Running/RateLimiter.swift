import Synchronization

/// A bucket for each token: it fills steadily, and each request takes one out.
final class RateLimiter: Sendable {
    private struct Bucket {
        var filled: Double
        var at: ContinuousClock.Instant
    }

    private let perSecond: Double
    private let most: Double
    private let buckets = Mutex<[String: Bucket]>([:])

    /// - Parameter perSecond: At least 1.
    init(perSecond: Int) {
        self.perSecond = Double(perSecond)
        most = Double(perSecond) * 15
    }

    /// - Returns: After how many seconds to come again; nil when the request may go on.
    func refuses(_ token: String) -> Int? {
        buckets.withLock { buckets in
            let now = ContinuousClock.now
            var bucket = buckets[token] ?? Bucket(filled: most, at: now)
            let passed = now - bucket.at
            let seconds = Double(passed.components.seconds) + Double(passed.components.attoseconds) / 1e18
            bucket.filled = min(most, bucket.filled + seconds * perSecond)
            bucket.at = now
            defer { buckets[token] = bucket }
            guard bucket.filled >= 1 else { return max(1, Int(((1 - bucket.filled) / perSecond).rounded(.up))) }
            bucket.filled -= 1
            return nil
        }
    }
}
