/// Answers kept under their idempotency key for a day.
struct KeptAnswers {
    struct Answer {
        let method: String
        let path: String
        let body: [UInt8]
        var status: Int
        var response: [UInt8]
        let requestID: String
        /// Until then the first call still runs, for another caller (milliseconds).
        var busyUntil: Int64
        /// Whether the SDK is told not to repeat.
        var shouldRetry: Bool?
    }

    /// Stripe keeps them at least this long.
    static let milliseconds: Int64 = 24 * 3600 * 1000

    private var answers: [String: Answer] = [:]
    /// In the order they will be forgotten; `head` counts those already gone.
    private var order: [(key: String, until: Int64)] = []
    private var head = 0

    subscript(_ key: String) -> Answer? { answers[key] }

    mutating func keep(_ answer: Answer, under key: String, now: Int64) {
        answers[key] = answer
        order.append((key, now + Self.milliseconds))
    }

    mutating func forget(before now: Int64) {
        while head < order.count, order[head].until <= now {
            answers[order[head].key] = nil
            head += 1
        }
        if head > 1024, head * 2 > order.count {
            order.removeFirst(head)
            head = 0
        }
    }
}
