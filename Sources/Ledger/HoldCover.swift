/// The part of a hold that its folio's totals depend on: so much is read of it where only totals are asked for.
package struct HoldCover: Hashable, Sendable {
    /// As in `Hold`.
    package let state: Hold.State
    /// As in `Hold`: never less than `captured`.
    package let authorised: Money
    /// As in `Hold`.
    package let captured: Money
    /// As in `Hold`; nil before the bank has authorised it.
    package let captureBefore: Instant?

    package init(state: Hold.State, authorised: Money, captured: Money, captureBefore: Instant?) {
        self.state = state
        self.authorised = authorised
        self.captured = captured
        self.captureBefore = captureBefore
    }

    /// What the bank still holds: it covers the bill and can be captured or released. Zero when the hold is over.
    package var held: Money {
        let units = state == .authorised ? authorised.minorUnits - captured.minorUnits : 0
        return Money(minorUnits: max(0, units), currency: authorised.currency)
    }

    /// Whether it covers the stay: authorised and not yet released by the bank.
    package func isLive(at now: Instant) -> Bool {
        state == .authorised && captureBefore.map { now < $0 } ?? true
    }
}

extension [Hold] {
    /// Those whose place another one has taken, by their numbers: the bank has agreed to that one, whatever became of it since. One that was
    /// let go while the old one covered still has taken no place.
    package var superseded: Set<Int64> {
        let covering = Set(filter { $0.state == .authorised }.map(\.number))
        return Set(
            filter { $0.authorised.isPositive }.compactMap { new in
                new.replaces.flatMap { new.state == .released && covering.contains($0) ? nil : $0 }
            })
    }
}

extension [Hold] {
    /// Whether a hold has ended and left a gap: no other was asked for since that the bank agreed to, and none that lives covers all that is
    /// open.
    ///
    /// - Parameters:
    ///   - hold: One of these, whose place none has taken (see `superseded`).
    ///   - uncovered: See `FolioTotals`.
    package func isGap(after hold: Hold, uncovered: Money, now: Instant) -> Bool {
        guard let end = hold.captureBefore, hold.isOver(at: now) else { return false }
        return !contains { other in
            guard other.number > hold.number, other.authorised.isPositive else { return false }
            return other.createdAt.map { end <= $0 } ?? false || (other.isLive(at: now) && uncovered.isZero)
        }
    }

    /// Those that have ended and left a gap, by number.
    ///
    /// - Parameter uncovered: See `FolioTotals`.
    package func gaps(uncovered: Money, now: Instant) -> [Hold] {
        let superseded = superseded
        return filter { !superseded.contains($0.number) && isGap(after: $0, uncovered: uncovered, now: now) }
    }
}

extension [Hold] {
    /// The hold that a stay was to have and has not: the bank refused it, the guest left its page, or the card for it was never saved. None
    /// lives, none is on its way, and nobody is asked for one.
    ///
    /// - Parameter awaitsCard: Whether those that are to be placed on a saved card can be, or the guest is asked for the card.
    /// - Returns: The last one that was asked for; `nil` where a hold is there or comes. One that has ended is told of itself: see `isGap`.
    package func missing(awaitsCard: Bool, now: Instant) -> Hold? {
        let isThere = contains {
            $0.isLive(at: now) || $0.isOver(at: now) || $0.state == .captured || $0.state == .replaced
                || ($0.state == .requested && ($0.session != nil || $0.intent != nil || awaitsCard))
        }
        guard !isThere, let last, last.state == .failed || last.state == .requested else { return nil }
        return last
    }
}

extension Hold {
    /// Whether its time is over, by Stripe's news or by the clock, or somebody let it go on Stripe's own pages.
    package func isOver(at now: Instant) -> Bool {
        state == .expired || isReleasedAtStripe || (state == .authorised && !isLive(at: now))
    }

    /// Whether it was let go, and not by these books.
    package var isReleasedAtStripe: Bool { state == .released && failure == .releasedAtStripe }

    /// Takes in that it was let go, and that nothing here had asked for it.
    package mutating func noteReleasedAtStripe(at now: Instant) {
        failure = .releasedAtStripe
        captureBefore = Swift.min(captureBefore ?? now, now)
    }

    /// What its folio's totals need of it.
    package var cover: HoldCover {
        HoldCover(state: state, authorised: authorised, captured: captured, captureBefore: captureBefore)
    }

    /// As in `HoldCover`.
    package var held: Money { cover.held }
    /// As in `HoldCover`.
    package func isLive(at now: Instant) -> Bool { cover.isLive(at: now) }
    /// What the bank still holds at that time: nothing from its end on, also before Stripe has said so.
    package func held(at now: Instant) -> Money { isLive(at: now) ? held : .zero(amount.currency) }
}
