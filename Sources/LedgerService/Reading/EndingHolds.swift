import Ledger
internal import LedgerStore

/// A hold that ends before its stay is settled, or has ended, and what becomes of it.
package struct EndingHold: Sendable {
    /// Open, without lines, holds and payments.
    package let folio: Folio
    /// The newest of its chain: live, or over without anything in its place.
    package let hold: Hold
    /// When it covers nothing any more; it may have passed.
    package let endsAt: Instant
    /// What happens by itself, and when.
    package let next: Next
    /// How often the bank was asked for a new hold in its place.
    package let tries: Int
    /// What the bank said last; nil where it was not asked.
    package let refusal: Failure?
    /// What is open and not covered now.
    package let uncovered: Money

    /// What happens by itself.
    package enum Next: Hashable, Sendable {
        /// The bank is asked for a new hold.
        case renewal(at: Instant)
        /// The guest is asked on a page.
        case guest(at: Instant, why: Renewal.Obstacle)
        /// The bank or the guest has been asked.
        case running
        /// Nothing: staff decides.
        case nothing(why: Renewal.Obstacle)
        /// Nothing: it is over.
        case ended
    }
}

extension EndingHold.Next {
    /// As programs read it; never reworded.
    package var name: String {
        switch self {
        case .renewal: "renewal"
        case .guest: "guest"
        case .running: "running"
        case .nothing: "nothing"
        case .ended: "ended"
        }
    }

    /// All values of `name`, in the order of the cases.
    package static let names = ["renewal", "guest", "running", "nothing", "ended"]

    /// When it happens; nil where nothing does, or it has begun.
    package var at: Instant? {
        switch self {
        case .renewal(let at), .guest(let at, _): at
        case .running, .nothing, .ended: nil
        }
    }

    /// Why the saved card does not do.
    package var obstacle: Renewal.Obstacle? {
        switch self {
        case .guest(_, let why), .nothing(let why): why
        case .renewal, .running, .ended: nil
        }
    }
}

extension LedgerService {
    /// Holds of open folios that end before their stay is settled, and those that have ended without anything in their place; the one that
    /// ends first comes first.
    ///
    /// - Parameter instant: Those of which something happens by then, or that end by then, and few others; nil for all.
    /// - Throws: `TenantNotFound`.
    package func endingHolds(of tenantID: String, by instant: Instant? = nil) throws -> [EndingHold] {
        try store.read(of: tenantID) { book in
            var ending: [EndingHold] = []
            for number in try book.foliosWithEndingHolds(by: instant) {
                guard let folio = try book.folio(number: number) else { continue }
                ending += try book.endingHolds(on: folio)
            }
            return ending.sorted { ($0.endsAt, $0.folio.number, $0.hold.number) < ($1.endsAt, $1.folio.number, $1.hold.number) }
        }
    }
}

extension Book {
    fileprivate func foliosWithEndingHolds(by instant: Instant?) throws -> [Int64] {
        guard let instant else { return try foliosWithEndingHolds() }
        // Nothing happens longer before the end than that.
        return Set(try holdsEndingEarly(by: instant.adding(seconds: Renewal.seconds)).map(\.folio)).sorted()
    }

    fileprivate func endingHolds(on folio: Folio) throws -> [EndingHold] {
        let holds = try holds(of: folio)
        let superseded = holds.superseded
        let uncovered = try totals(of: folio, holds: holds).uncovered
        return try holds.compactMap { hold in
            guard !superseded.contains(hold.number), let end = hold.captureBefore, let next = try next(hold, among: holds, on: folio) else {
                return nil
            }
            let tries = holds.filter(hold.triesToRenew)
            return EndingHold(
                folio: folio, hold: hold, endsAt: end, next: next, tries: tries.count, refusal: tries.last { $0.failure != nil }?.failure,
                uncovered: uncovered)
        }
    }

    /// What becomes of it; nil for one that needs nobody's attention.
    private func next(_ hold: Hold, among holds: [Hold], on folio: Folio) throws -> EndingHold.Next? {
        let isDead = hold.state == .expired || (hold.state == .authorised && !hold.isLive(at: now))
        // A further hold makes up for it.
        if isDead { return holds.contains { $0.number > hold.number && $0.isLive(at: now) } ? nil : .ended }
        return switch try renewal(of: hold, among: holds, on: folio) {
        case .notNeeded: nil
        case .onCard(let at): .renewal(at: at)
        case .byGuest(let at, let why): .guest(at: at, why: why)
        case .running: .running
        case .byHand(let why): .nothing(why: why)
        }
    }
}
