/// Webhook messages on their way: due times, retries, and the disorder that was ordered.
struct Deliveries {
    /// How the network treats messages from now on.
    enum Mode: String, CaseIterable {
        case normal
        /// Every message is sent twice.
        case duplicate
        /// Messages waiting together are sent last first.
        case reorder
        /// Nothing is sent until released.
        case hold
        /// Nothing is ever sent; it stays in the list of events.
        case drop
    }

    /// What is wrong with a message that arrives all the same.
    enum Disorder: String, CaseIterable {
        case alteredBody = "altered_body"
        case oldTimestamp = "old_timestamp"
        case unknownObject = "unknown_object"
        case unknownType = "unknown_type"
        /// Rightly signed, and of an account that this one is not: as a platform's endpoint gets them.
        case foreignAccount = "foreign_account"
        /// Rightly signed, and of the other mode.
        case otherMode = "other_livemode"
        /// Written in an API version of 2020.
        case oldVersion = "old_api_version"
        /// A thin event: it names the object and does not show it.
        case thin
    }

    struct Message: Comparable {
        let id: UInt64
        /// Whose event it is.
        let account: String
        /// Whose endpoint it goes to: the same account, or its platform.
        let owner: String
        let endpoint: String
        let event: String
        /// Attempts made.
        var attempts: Int
        let firstDue: Int64
        /// Milliseconds.
        var due: Int64

        static func < (a: Message, b: Message) -> Bool { (a.due, a.id) < (b.due, b.id) }
        static func == (a: Message, b: Message) -> Bool { a.id == b.id }
    }

    /// Seconds between attempts; the last one repeats until three days are over.
    ///
    /// - Source: Stripe repeats "for up to three days with an exponential back off".
    static let pauses: [Int64] = [60, 300, 1_800, 7_200, 18_000, 36_000]
    static let lifetime: Int64 = 3 * 86_400_000

    var mode = Mode.normal
    /// For the next messages, one each.
    var disorders: [Disorder] = []
    /// The same.
    var oddNumbers: [OddNumber] = []
    private var queue = Heap<Message>()
    private var held: [Message] = []
    private var inFlight: [UInt64: Message] = [:]
    private var lastID: UInt64 = 0

    mutating func add(account: String, owner: String, endpoint: String, event: String, now: Int64) {
        guard mode != .drop else { return }
        for _ in 0..<(mode == .duplicate ? 2 : 1) {
            lastID += 1
            let message = Message(
                id: lastID, account: account, owner: owner, endpoint: endpoint, event: event, attempts: 0, firstDue: now, due: now)
            if mode == .hold { held.append(message) } else { queue.insert(message) }
        }
    }

    /// Lets go of what was held.
    mutating func release(now: Int64) {
        for var message in held {
            message.due = now
            queue.insert(message)
        }
        held = []
    }

    mutating func takeDisorder() -> Disorder? { disorders.isEmpty ? nil : disorders.removeFirst() }
    mutating func takeOddNumber() -> OddNumber? { oddNumbers.isEmpty ? nil : oddNumbers.removeFirst() }

    var nextDue: Int64? { queue.first?.due }

    /// - Returns: What is due, handed out once.
    mutating func take(now: Int64) -> [Message] {
        var due: [Message] = []
        while let first = queue.first, first.due <= now {
            due.append(queue.removeFirst())
        }
        if mode == .reorder { due.reverse() }
        for message in due { inFlight[message.id] = message }
        return due
    }

    /// What became of a message.
    enum Fate {
        case delivered(Message)
        case retried
        case givenUp(Message)
        case unknown
    }

    /// - Parameter status: nil when no answer came.
    mutating func finish(_ id: UInt64, status: Int?, now: Int64) -> Fate {
        guard var message = inFlight.removeValue(forKey: id) else { return .unknown }
        if let status, (200..<300).contains(status) { return .delivered(message) }
        let pause = Self.pauses[min(message.attempts, Self.pauses.count - 1)] * 1000
        message.attempts += 1
        guard now + pause - message.firstDue <= Self.lifetime else { return .givenUp(message) }
        message.due = now + pause
        queue.insert(message)
        return .retried
    }
}
