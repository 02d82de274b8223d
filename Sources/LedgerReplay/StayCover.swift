import Ledger
import LedgerStore

/// When holds began and ended, by Stripe's events.
struct HoldTimes: Sendable {
    /// By the id of the intent.
    private let begun: [String: Instant]
    private let ended: [String: Instant]

    init(in book: borrowing Book) throws {
        begun = try book.firstEvents("payment_intent.amount_capturable_updated")
        ended = try book.firstEvents("payment_intent.canceled").merging(book.firstEvents("payment_intent.succeeded"), uniquingKeysWith: min)
    }

    /// From the bank's agreement on, until the hold is taken or cancelled, and no longer than the bank said; nil where Stripe tells of none.
    func life(_ hold: Hold) -> Range<Instant>? {
        guard let intent = hold.intent, let begin = begun[intent] else { return nil }
        let ends = [hold.captureBefore, ended[intent]].compactMap(\.self)
        guard let end = ends.min(), begin < end else { return nil }
        return begin..<end
    }
}

/// When holds covered a stay.
struct StayCover {
    private let lives: [Range<Instant>]

    init(_ lives: [Range<Instant>]) { self.lives = lives.sorted { $0.lowerBound < $1.lowerBound } }

    /// Whether a hold lives at each moment of a time.
    func covers(_ time: Range<Instant>) -> Bool {
        var reached = time.lowerBound
        for life in lives where life.lowerBound <= reached { reached = max(reached, life.upperBound) }
        return reached >= time.upperBound
    }
}
