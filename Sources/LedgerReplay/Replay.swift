import Ledger
import LedgerService
import LedgerStore

/// The world that a replay needs and the ledger does not have: time that moves on order, and guests.
package struct ReplayWorld: Sendable {
    /// Sets Stripe's clock and ours to the instant at which the replay begins, earlier or later than now.
    package let startClock: @Sendable (Instant) async throws -> Void
    /// Moves both on to an instant. One that has passed changes nothing: a replay that goes on finds the clock where it was left.
    package let moveClock: @Sendable (Instant) async throws -> Void
    /// A guest uses the page of this session with a card.
    package let guestPays: @Sendable (_ session: String, _ card: GuestCard) async throws -> Void

    package init(
        startClock: @escaping @Sendable (Instant) async throws -> Void, moveClock: @escaping @Sendable (Instant) async throws -> Void,
        guestPays: @escaping @Sendable (_ session: String, _ card: GuestCard) async throws -> Void
    ) {
        self.startClock = startClock
        self.moveClock = moveClock
        self.guestPays = guestPays
    }
}

/// Replays bookings as stays of one tenant, in order of time, through the same verbs that people use.
package struct Replay: Sendable {
    private let ledger: LedgerService
    private let store: Database
    private let tenant: Tenant
    private let world: ReplayWorld

    /// - Parameter store: The file of `ledger`, for what no verb shows or changes.
    package init(of tenant: Tenant, on ledger: LedgerService, _ store: Database, in world: ReplayWorld) {
        self.ledger = ledger
        self.store = store
        self.tenant = tenant
        self.world = world
    }

    /// What has happened already is recognised and left alone, so an interrupted replay goes on where it stopped and a repeated one
    /// changes nothing.
    ///
    /// - Parameters:
    ///   - stays: In the order of the file.
    ///   - progress: Called with the number of events done since it was called last.
    /// - Returns: The holds that ended on open folios meanwhile, and not before an interruption.
    /// - Throws: Whatever a verb throws; everything before it stays.
    package func run(_ stays: [BookedStay], progress: @escaping @Sendable (Int) -> Void) async throws -> UnrenewedHolds {
        let folios = try ledger.folios(FolioFilter(), after: nil, limit: 1_000_000, of: tenant.id)
        let known = Dictionary(folios.map { ($0.folio.reference, $0.folio.state) }) { first, _ in first }
        let todo = Set(stays.indices.filter { known[stays[$0].booking.reference]?.isClosed != true })
        let events = stays.enumerated().flatMap { $1.events(index: $0) }.sorted(by: StayEvent.inOrder)
        if let first = events.first, !stays.contains(where: { known[$0.booking.reference] != nil }) {
            try await world.startClock(first.instant(in: tenant.timeZone))
            // History is brought in: the tenant counts as having been here since its first booking.
            try await store.write(of: tenant) { try $0.beginContract(on: first.day.month.firstDay) }
        } else if !todo.isEmpty {
            // Interrupted at this instant, perhaps in the middle of something: carry on.
            _ = try await ledger.sync(tenant.id)
        }
        var unrenewed = UnrenewedHolds()
        var next = events.startIndex
        while next < events.endIndex {
            let slot = events[next]
            let end = events[next...].firstIndex { $0.day != slot.day || $0.hour != slot.hour || $0.kind != slot.kind } ?? events.endIndex
            let batch = events[next..<end].map(\.stay).filter { todo.contains($0) }
            if !batch.isEmpty {
                let instant = slot.instant(in: tenant.timeZone)
                unrenewed += try await letTimePass(until: instant)
                try await concurrently(batch, atMost: 8) { stay in try await play(slot.kind, stays[stay], at: instant) }
                // Guests' cards are held and saved; holds that were raised let the old ones go.
                if slot.kind != .end { _ = try await ledger.sync(tenant.id) }
            }
            progress(end - next)
            next = end
        }
        _ = try await ledger.sync(tenant.id)
        return unrenewed
    }

    /// Moves the clock on, with a stop and a sync whenever holds are to be placed or renewed until then.
    private func letTimePass(until instant: Instant) async throws -> UnrenewedHolds {
        var unrenewed = UnrenewedHolds()
        while true {
            let ending = try ledger.endingHolds(of: tenant.id, by: instant)
            let work = try nextWork(ending, until: instant)
            unrenewed += try await watch(ending, until: work ?? instant)
            guard let work else { break }
            try await world.moveClock(work)
            _ = try await ledger.sync(tenant.id)
        }
        try await world.moveClock(instant)
        return unrenewed
    }

    /// The next instant at which holds are placed, at 7 in the morning, or one is renewed on its card or by its guest.
    private func nextWork(_ ending: [EndingHold], until instant: Instant) throws -> Instant? {
        let now = try now()
        let today = now.day(in: tenant.timeZone)
        let from = now < morning(of: today) ? today : today.adding(days: 1)
        let placing = try store.read(of: tenant) { try $0.nextDayWithHolds(from: from) }.map(morning)
        let renewals = ending.compactMap(\.next.at).filter { $0 > now }
        return ([placing].compactMap(\.self) + renewals).min().flatMap { $0 <= instant ? $0 : nil }
    }

    private func morning(of day: Day) -> Instant { day.at(hour: 7, in: tenant.timeZone) }

    private func now() throws -> Instant { try store.read { $0.now } }

    /// Looks at the folios of holds that end until then: in the second before, and at the end.
    private func watch(_ ending: [EndingHold], until instant: Instant) async throws -> UnrenewedHolds {
        var unrenewed = UnrenewedHolds()
        let now = try now()
        var soon: [Instant: [EndingHold]] = [:]
        for hold in ending {
            guard let end = hold.endsAt, now < end, end <= instant else { continue }
            soon[end, default: []].append(hold)
        }
        for (end, holds) in soon.sorted(by: { $0.key < $1.key }) {
            try await world.moveClock(end.adding(seconds: -1))
            let before = try holds.map { try ledger.folio($0.folio.reference, of: tenant.id) }
            try await world.moveClock(end)
            for (ending, before) in zip(holds, before) {
                unrenewed.add(ending.hold, before: before, after: try ledger.folio(ending.folio.reference, of: tenant.id))
            }
        }
        return unrenewed
    }

    private func play(_ kind: StayEvent.Kind, _ stay: BookedStay, at instant: Instant) async throws {
        switch kind {
        case .booking: try await book(stay)
        case .arrival:
            try await arrive(stay)
            // One that happened before an interruption is over.
            if try now() <= instant { try await raiseHold(of: stay) }
        case .end: try await end(stay)
        }
    }

    private func book(_ stay: BookedStay) async throws {
        let booking = stay.booking
        let isThere = try store.read(of: tenant) { try $0.folio(booking.reference) != nil }
        if !isThere {
            // What is held, the ledger proposes.
            let (mode, booked): (Folio.Mode, BookedAmount) =
                switch stay.terms {
                case .reserved(let amount) where amount.isZero: (.reserved, .amount(amount))
                case .reserved: (.reserved, .nights(rate: booking.nightlyRate, visitorTax: .zero(tenant.currency)))
                case .direct(let amount): (.direct, .amount(amount))
                }
            _ = try await ledger.openFolio(
                NewFolio(
                    reference: booking.reference, guest: Folio.Guest(name: "Guest \(booking.reference)", email: nil, language: "en"),
                    arrival: stay.arrival, departure: stay.departure, mode: mode, booked: booked),
                of: tenant.id, by: "import")
        }
        if let session = try pageToUse(of: booking.reference) { try await world.guestPays(session, stay.card) }
    }

    /// The session of the page of the booking, if the guest has not used it yet. One that asks for another card later stays unused.
    private func pageToUse(of reference: String) throws -> String? {
        let folio = try ledger.folio(reference, of: tenant.id).folio
        guard folio.state == .open, folio.savedCard == nil else { return nil }
        return folio.paymentURL?.firstMatch(of: /cs_[A-Za-z0-9_]+/).map { String($0.0) }
    }

    private func arrive(_ stay: BookedStay) async throws {
        let view = try ledger.folio(stay.booking.reference, of: tenant.id)
        guard view.folio.state == .open, view.lines.isEmpty, !stay.arrivalLines.isEmpty else { return }
        do {
            _ = try await ledger.addLines(of: tenant.id, by: "reception") { _ in
                stay.arrivalLines.enumerated().map { NewFolioLine($1, on: stay.booking.reference, at: Phrase("line \($0 + 1)", "")) }
            }
        } catch let refused as RefusedRow {
            // Nobody has written these lines: their places say nothing.
            throw refused.why
        }
    }

    /// Where more is charged than is held, reception raises the hold, as far as the guest has consented.
    private func raiseHold(of stay: BookedStay) async throws {
        let view = try ledger.folio(stay.booking.reference, of: tenant.id)
        guard view.folio.state == .open, view.totals.uncovered.isPositive, let hold = view.holds.last(where: { $0.isLive(at: view.asOf) })
        else { return }
        let ceiling = view.folio.savedCard?.terms.ceiling ?? .zero(tenant.currency)
        let total = Money(minorUnits: min(view.totals.charged.minorUnits, ceiling.minorUnits), currency: tenant.currency)
        guard total.minorUnits > hold.held.minorUnits else { return }
        do {
            _ = try await ledger.raiseHold(hold.number, to: total, of: stay.booking.reference, of: tenant.id, by: "reception")
        } catch ServiceRefusal.stripeRefused where stay.card.refusesSecondHold,
            is HoldRefusal where stay.card.refusesSecondHold
        {
            // What is not held, the check-out takes from the saved card.
        }
    }

    private func end(_ stay: BookedStay) async throws {
        let reference = stay.booking.reference
        switch try ledger.folio(reference, of: tenant.id).folio.state {
        case .open: break
        case .closing: throw ServiceRefusal.checkOutInProgress(reference)
        case .awaitingGuest, .checkedOut, .cancelled, .noShow: return
        }
        let nothing = Money.zero(tenant.currency)
        let paidAhead = stay.terms == .direct(stay.lodging) && stay.booking.deposit == .nonRefundable
        switch stay.booking.status {
        case .checkedOut:
            let plan = try ledger.checkOutPreview(reference, of: tenant.id).plan
            // A free stay without extras has no line.
            _ = try await ledger.checkOut(reference, plan: plan.id, nothingCharged: true, of: tenant.id, by: "reception")
        case .cancelled:
            _ = try await ledger.cancel(
                reference, fee: paidAhead ? stay.lodging : nothing, reason: "Stornierung durch den Gast", of: tenant.id, by: "reception")
        case .noShow:
            let fee = stay.noShowFee
            // A rate without refund stays paid: one night as no-show fee, the rest as compensation.
            let kept = paidAhead ? try stay.lodging.subtracting(fee) : nothing
            _ = try await ledger.recordNoShow(
                reference, fee: fee, kept: kept, reason: "Gast nicht angereist", of: tenant.id, by: "reception")
        }
    }
}
