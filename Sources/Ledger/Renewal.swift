import Foundation

/// What is to become of a live hold that ends before its stay is settled.
package enum Renewal: Hashable, Sendable {
    /// It lives long enough.
    case notNeeded
    /// A new hold on the saved card is to take its place, not before this instant.
    case onCard(at: Instant)
    /// The guest is to be asked for a new one on a page, not before this instant.
    case byGuest(at: Instant, why: Obstacle)
    /// A new hold is on its way: a bank or the guest has been asked.
    case running
    /// Nothing happens by itself any more: staff decides.
    case byHand(why: Obstacle)

    /// Why the saved card does not renew a hold. The words are those that are stored and shown to programs.
    package enum Obstacle: String, Sendable, CaseIterable {
        case noCard = "no_card"
        /// A bank has refused the card for good.
        case cardAdvised = "card_advised"
        /// Banks have refused the card too often in thirty days.
        case cardRefusedTooOften = "card_refused_too_often"
        /// The guest's own money would be blocked twice.
        case debitCard = "debit_card"
        /// The bank has refused, and is asked again. Only notices say so.
        case refusedForNow = "refused_for_now"
        /// The bank has refused as often as a hold is tried, or there is no time for another try.
        case refused
        /// Holds by this method are not renewed.
        case method
        /// The guest did not use the page.
        case pageUnused = "page_unused"

        /// As a bar on the saved card makes it.
        package init(_ bar: CardBar) {
            self =
                switch bar {
                case .advised: .cardAdvised
                case .refusedTooOften: .cardRefusedTooOften
                }
        }
    }

    /// So long before its end a hold is renewed for the first time: two days leave a second try, whatever the hour.
    package static let seconds: Int64 = 48 * 3600
    /// So often one hold is tried on the saved card.
    package static let mostTries = 4
    /// So much time lies between two tries.
    package static let secondsBetweenTries: Int64 = 24 * 3600
    /// So long a hold that is placed without the guest lives at least: one on a Visa. One that lives longer is not renewed by hand, because
    /// the new one could end earlier.
    ///
    /// - Source: docs.stripe.com, "Place a hold on a payment method": 4 days and 18 hours.
    package static let shortestLife: Int64 = 4 * 86_400 + 18 * 3600
    /// So much longer than the old hold the new one lives at least, where staff has it renewed: each try is one that the bank sees.
    package static let leastGain: Int64 = 3600
    /// Banks and guests are asked in these hours of the house.
    package static let hours = 9..<18
}

extension Renewal {
    /// The card that a hold may be renewed on.
    package struct Card: Hashable, Sendable {
        /// Why it is not used without the guest; nil where it may be.
        package let bar: CardBar?
        /// Stripe's word for it; nil where Stripe does not say.
        package let funding: CardFunding?
        /// When a bank has last refused it, for whatever purpose; nil for never.
        package let lastRefusal: Instant?

        package init(bar: CardBar?, funding: CardFunding?, lastRefusal: Instant? = nil) {
            self.bar = bar
            self.funding = funding
            self.lastRefusal = lastRefusal
        }
    }

    /// - Parameters:
    ///   - hold: One of `holds`.
    ///   - holds: All of the folio's.
    ///   - settledBy: See `Tenant.settles`.
    ///   - card: The saved one; nil where there is none.
    ///   - renewsDebit: Whether the tenant has its guests' own money blocked twice for a moment.
    ///   - zone: The house's.
    package init(
        of hold: Hold, among holds: [Hold], settledBy: Instant, card: Card?, renewsDebit: Bool, zone: TimeZone, now: Instant
    ) {
        guard hold.isLive(at: now), let end = hold.captureBefore, end < settledBy else {
            self = .notNeeded
            return
        }
        let successors = holds.filter { $0.replaces == hold.number }
        guard !successors.contains(where: { $0.state == .requested }) else {
            self = .running
            return
        }
        guard hold.method == .card else {
            self = .byHand(why: .method)
            return
        }
        let first = end.adding(seconds: -Self.seconds)
        func guest(_ why: Obstacle) -> Self {
            if successors.contains(where: { $0.origin == .page }) { return .byHand(why: .pageUnused) }
            let asked = Self.openHour(from: max(first, now), in: zone)
            return asked < end ? .byGuest(at: asked, why: why) : .byHand(why: why)
        }
        guard let card else {
            self = guest(.noCard)
            return
        }
        if let bar = card.bar {
            self = guest(Obstacle(bar))
            return
        }
        if card.funding?.blocksMoney == true, !renewsDebit {
            self = guest(.debitCard)
            return
        }
        let at = Self.openHour(from: max(first, hold.nextTry(among: holds, lastRefusal: card.lastRefusal) ?? first, now), in: zone)
        self = holds.count(where: hold.triesToRenew) < Self.mostTries && at < end ? .onCard(at: at) : guest(.refused)
    }

    /// The first instant from then on that lies within the hours of the house.
    package static func openHour(from instant: Instant, in zone: TimeZone) -> Instant {
        let day = instant.day(in: zone)
        let opens = day.at(hour: hours.lowerBound, in: zone)
        if instant < opens { return opens }
        return instant < day.at(hour: hours.upperBound, in: zone) ? instant : day.adding(days: 1).at(hour: hours.lowerBound, in: zone)
    }
}

extension Hold {
    /// Whether another hold is or was a try to renew this one on the saved card, and not one to raise it.
    package func triesToRenew(_ other: Hold) -> Bool { triesToReplace(other) && other.renews(self) }

    /// Whether it is or was to take the other's place over the same amount, and not over a larger one.
    package func renews(_ old: Hold) -> Bool { replaces == old.number && amount.minorUnits <= old.authorised.minorUnits }

    private func triesToReplace(_ other: Hold) -> Bool { other.replaces == number && other.origin == .savedCard }

    /// From when on the saved card may be tried again; nil before the first try. A try to raise it counts, too: it is the same card.
    ///
    /// - Parameters:
    ///   - holds: All of the folio's.
    ///   - refused: When a bank has last refused the card: a try may have reached it late.
    package func nextTry(among holds: [Hold], lastRefusal refused: Instant?) -> Instant? {
        holds.filter(triesToReplace).compactMap(\.createdAt).max().map {
            max($0, refused ?? $0).adding(seconds: Renewal.secondsBetweenTries)
        }
    }
}

extension Tenant {
    /// When a stay should be settled at the latest: so long its holds have to live. Guests leave by noon, and may be late by the days of grace.
    package func settles(_ folio: Folio) -> Instant {
        folio.departure.adding(days: Int(settings.holdGraceDays)).at(hour: 12, in: timeZone)
    }
}
