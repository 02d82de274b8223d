import Ledger
internal import LedgerStore

/// A hold that ends before its stay is settled, has ended, or never came about, and what becomes of it.
package struct EndingHold: Sendable {
    /// Open, without lines, holds and payments.
    package let folio: Folio
    /// The newest of its chain: live, or over without anything in its place; the last one that was asked for where none came about.
    package let hold: Hold
    /// When it covers nothing any more; it may have passed. Nil where it never covered anything.
    package let endsAt: Instant?
    /// What happens by itself, and when.
    package let next: Next
    /// How often the bank was asked for a new hold in its place.
    package let tries: Int
    /// What the bank said last; nil where it was not asked.
    package let refusal: Failure?
    /// What is open and not covered now.
    package let uncovered: Money
    /// The instant for which all this was judged.
    package let asOf: Instant

    /// What happens by itself.
    package enum Next: Hashable, Sendable {
        /// The bank is asked for a new hold.
        case renewal(at: Instant)
        /// The bank has been asked.
        case running
        /// The guest is asked on a page.
        case guest(at: Instant, why: Renewal.Obstacle)
        /// The guest has been asked: the page waits.
        case asked
        /// Nothing: staff decides.
        case nothing(why: Renewal.Obstacle)
        /// Nothing: it is over.
        case ended
        /// Nothing: no hold came about, and nobody is asked for one.
        case missing
    }
}

extension EndingHold {
    /// What it holds, or held until its end; of one that never came about what it was to hold.
    package var amount: Money {
        guard next != .missing else { return hold.amount }
        return Money(minorUnits: hold.authorised.minorUnits.clampedSubtracting(hold.captured.minorUnits), currency: hold.amount.currency)
    }

    /// Whether somebody at the desk has to do something; false while everything happens by itself.
    package var needsStaff: Bool {
        switch next {
        case .ended, .missing, .nothing, .asked: true
        // The guest has another page, and is asked when that is used or over.
        case .guest: folio.paymentURL != nil
        case .renewal, .running: false
        }
    }
}

extension EndingHold.Next {
    /// As programs read it; never reworded.
    package var name: String {
        switch self {
        case .renewal: "renewal"
        case .running: "running"
        case .guest: "guest"
        case .asked: "asked"
        case .nothing: "nothing"
        case .ended: "ended"
        case .missing: "missing"
        }
    }

    /// All values of `name`, in the order of the cases.
    package static let names = ["renewal", "running", "guest", "asked", "nothing", "ended", "missing"]

    /// When it happens, at the earliest; nil where nothing does, or it has begun.
    package var at: Instant? {
        switch self {
        case .renewal(let at), .guest(let at, _): at
        case .running, .asked, .nothing, .ended, .missing: nil
        }
    }

    /// Why the saved card does not do.
    package var obstacle: Renewal.Obstacle? {
        switch self {
        case .guest(_, let why), .nothing(let why): why
        case .renewal, .running, .asked, .ended, .missing: nil
        }
    }
}

extension LedgerService {
    /// Holds of open folios that end before their stay is settled, those that have ended without anything in their place, and those that never
    /// came about; the one that ends first comes first.
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
            // One that never came about covers nothing from now on.
            return ending.sorted {
                ($0.endsAt ?? $0.asOf, $0.folio.number, $0.hold.number) < ($1.endsAt ?? $1.asOf, $1.folio.number, $1.hold.number)
            }
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
        var ending: [EndingHold] = []
        for hold in holds where !superseded.contains(hold.number) {
            guard let end = hold.captureBefore else { continue }
            let next: EndingHold.Next? =
                try holds.isGap(after: hold, uncovered: uncovered, now: now) ? .ended : next(of: hold, among: holds, on: folio)
            guard let next else { continue }
            let tries = holds.filter(hold.triesToRenew)
            ending.append(
                EndingHold(
                    folio: folio, hold: hold, endsAt: end, next: next, tries: tries.count,
                    refusal: tries.last { $0.failure != nil }?.failure, uncovered: uncovered, asOf: now))
        }
        if ending.isEmpty, let missing = try missingHold(on: folio, among: holds) {
            let refused = holds.filter { $0.failure?.isOfTheBank == true }
            ending.append(
                EndingHold(
                    folio: folio, hold: missing, endsAt: nil, next: .missing, tries: refused.count, refusal: refused.last?.failure,
                    uncovered: uncovered, asOf: now))
        }
        return ending
    }

    /// What was to be held and is not. Not where staff took the page back itself, or the guest has paid all that is open.
    private func missingHold(on folio: Folio, among holds: [Hold]) throws -> Hold? {
        let awaitsCard = try cardOnFile(of: folio)?.state != .failed
        guard folio.mode == .reserved, folio.state == .open, let missing = holds.missing(awaitsCard: awaitsCard, now: now),
            try !openOperations(folio: folio).contains(where: { $0.knownRules?.takesMoney != false })
        else { return nil }
        if let session = missing.session, try isWithdrawn(session: session, of: folio) { return nil }
        let totals = try totals(of: folio, holds: holds)
        return totals.captured.isPositive && totals.uncovered.isZero ? nil : missing
    }

    /// What becomes of a live hold by itself; nil for one that lives long enough, and for one that does not live.
    func next(of hold: Hold, among holds: [Hold], on folio: Folio) throws -> EndingHold.Next? {
        switch try renewal(of: hold, among: holds, on: folio) {
        case .notNeeded: nil
        case .onCard(let at): .renewal(at: at)
        case .byGuest(let at, let why): .guest(at: at, why: why)
        case .running: hold.guestIsAsked(among: holds) ? .asked : .running
        case .byHand(let why): .nothing(why: why)
        }
    }
}

extension Hold {
    /// Whether the guest has a page for a hold that is to take this one's place.
    func guestIsAsked(among holds: [Hold]) -> Bool {
        holds.contains { $0.replaces == number && $0.origin == .page && $0.state == .requested }
    }
}
