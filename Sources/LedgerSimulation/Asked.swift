import JSON

/// One thing that a caller asks the API for, under one Idempotency-Key, and every answer it got.
///
/// Unchecked: like its `World`, only the thread that plays the run touches it.
final class Asked: @unchecked Sendable {
    enum Deed: Sendable {
        case open
        /// Check-out, cancellation, no-show: what ends a stay.
        case end
        case release
        case hold(amount: Int64)
        /// A new hold on the saved card, in the place of another.
        case renewal
        case raise(to: Int64)
        case payment(amount: Int64)
        /// What was found after check-out; no other of the stay has the amount. Guests agree to some kinds of things.
        case lateCharge(amount: Int64, isAgreed: Bool)
        /// The reason is the wish's own: two requests with one reason are one wish under two keys.
        case refund(reason: String, lowersBill: Bool)
        /// What becomes of a bill that stayed as it was when money went back.
        case decision(takesAgain: Int64)
    }

    struct Answer: Equatable, Sendable {
        let status: Int
        let body: [UInt8]

        /// Whether the caller may take it for the last word: it is either done, or refused for good.
        var isFinal: Bool { (200..<300).contains(status) || ((400..<500).contains(status) && ![401, 403, 429].contains(status)) }
        var isDone: Bool { (200..<300).contains(status) }
        var code: String { JSON(parsing: body)?["code"]?.textValue ?? "" }
    }

    /// Its key and token.
    let number: Int
    let stay: Int
    let deed: Deed
    let target: String
    let body: [UInt8]
    /// How often it was sent, and where to last.
    var sent = 0
    var lastProcess = -1
    /// Not answered yet.
    var running = 0
    /// When it was sent or answered last: milliseconds.
    var movedAt: Int64 = 0
    private(set) var final: Answer?
    /// When the final answer came: unix seconds.
    private(set) var finalAt: Int64 = 0
    private(set) var last: Answer?
    /// The planted bug's.
    var keptRefusal: [UInt8]?
    /// The caller has the last word.
    var isHeard = false
    /// What it came to went with a file that was replaced by its backup.
    var isLost = false

    init(number: Int, stay: Int, deed: Deed, target: String, body: [UInt8]) {
        self.number = number
        self.stay = stay
        self.deed = deed
        self.target = target
        self.body = body
    }

    var key: String { "ask-\(number)" }
    /// As it stands in the journal.
    var actor: String { "token:\(key)" }

    /// - Parameter wasFinal: Whether it was sent when the final answer had been given. Of two sent at once the one may still be told "not
    ///   yet" after the other has its answer.
    /// - Returns: What is wrong with this answer after those before it; nil when nothing is.
    func take(_ answer: Answer, wasFinal: Bool, at now: Int64) -> String? {
        defer {
            last = answer
            if answer.isFinal, final == nil { (final, finalAt) = (answer, now) }
        }
        guard let final, final != answer, wasFinal || answer.isFinal else { return nil }
        return "\(final.status) \(final.code) became \(answer.status) \(answer.code)"
    }
}
