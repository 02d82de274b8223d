/// What happens by itself when its time comes.
enum Due: Sendable {
    case holdExpires(charge: String)
    case sessionExpires(String)
    /// The balance transaction of an asynchronously captured charge.
    case feeArrives(charge: String)
    case fundsAvailable(transaction: String)
    /// Refunds that wait for money are looked at again.
    case moneyCame
    /// A bank answers for a payment that was `processing`.
    case paymentSettles(intent: String)
    case refundSettles(String)
    case refundFails(String)
    /// Its payer had time to act until now.
    case refundExpires(String)
    case disputeOpens(charge: String)
    case disputeDecides(String)
    /// The issuer of a test card reports its payment.
    case fraudWarningComes(charge: String)
    case payoutRun
    case payoutArrives(String)
    case payoutReconciles(String)
}

/// Things due, earliest first; equal instants keep the order they were set in.
struct TimerQueue {
    struct Entry: Comparable {
        /// Milliseconds.
        let due: Int64
        let sequence: UInt64
        let account: String
        let action: Due

        static func < (a: Entry, b: Entry) -> Bool { (a.due, a.sequence) < (b.due, b.sequence) }
        static func == (a: Entry, b: Entry) -> Bool { a.sequence == b.sequence }
    }

    private var heap = Heap<Entry>()
    private var sequence: UInt64 = 0

    mutating func add(_ action: Due, account: String, due: Int64) {
        sequence += 1
        heap.insert(Entry(due: due, sequence: sequence, account: account, action: action))
    }

    /// - Returns: The earliest entry, if it is due by then.
    mutating func pop(upTo milliseconds: Int64) -> Entry? {
        guard let first = heap.first, first.due <= milliseconds else { return nil }
        return heap.removeFirst()
    }
}
