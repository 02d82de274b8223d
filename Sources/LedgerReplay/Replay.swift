import Ledger
import LedgerService
import LedgerStore

/// The world that a replay needs and the ledger does not have: time that moves on order, and guests.
package struct ReplayWorld: Sendable {
    /// Sets Stripe's clock and ours to the instant at which the replay begins, earlier or later than now.
    package let startClock: @Sendable (Instant) async throws -> Void
    /// Moves both on to an instant. One that has passed changes nothing: a replay that goes on finds the clock where it was left.
    package let moveClock: @Sendable (Instant) async throws -> Void
    /// A guest uses the page of this session with a card that works.
    package let guestPays: @Sendable (_ session: String) async throws -> Void

    package init(
        startClock: @escaping @Sendable (Instant) async throws -> Void, moveClock: @escaping @Sendable (Instant) async throws -> Void,
        guestPays: @escaping @Sendable (_ session: String) async throws -> Void
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
    /// - Throws: Whatever a verb throws; everything before it stays.
    package func run(_ stays: [BookedStay], progress: @escaping @Sendable (Int) -> Void) async throws {
        let folios = try ledger.folios(FolioFilter(), after: nil, limit: 1_000_000, of: tenant.id)
        let known = Dictionary(folios.map { ($0.folio.reference, $0.folio.state) }) { first, _ in first }
        let todo = Set(stays.indices.filter { known[stays[$0].booking.reference]?.isClosed != true })
        let events = stays.enumerated().flatMap { $1.events(index: $0) }.sorted(by: StayEvent.inOrder)
        if let first = events.first, !stays.contains(where: { known[$0.booking.reference] != nil }) {
            try await world.startClock(first.day.at(hour: first.hour, in: tenant.timeZone))
            // History is brought in: the tenant counts as having been here since its first booking.
            try await store.write(of: tenant) { try $0.priceSince(first.day.month) }
        }
        // Interrupted in the middle of an end: carry on.
        if todo.contains(where: { known[stays[$0].booking.reference] == .closing }) { _ = try await ledger.sync(tenant.id) }
        var next = events.startIndex
        while next < events.endIndex {
            let slot = events[next]
            let end = events[next...].firstIndex { $0.day != slot.day || $0.hour != slot.hour || $0.kind != slot.kind } ?? events.endIndex
            let batch = events[next..<end].map(\.stay).filter { todo.contains($0) }
            if !batch.isEmpty {
                try await letTimePass(until: slot)
                try await concurrently(batch, atMost: 8) { stay in try await play(slot.kind, stays[stay]) }
                if slot.kind == .booking { _ = try await ledger.sync(tenant.id) }
            }
            progress(end - next)
            next = end
        }
        _ = try await ledger.sync(tenant.id)
    }

    /// Moves the clock on, with one stop every morning: that is when holds are placed and news is fetched.
    private func letTimePass(until slot: StayEvent) async throws {
        let instant = slot.day.at(hour: slot.hour, in: tenant.timeZone)
        while let morning = try nextMorningWithWork(before: instant) {
            try await world.moveClock(morning)
            _ = try await ledger.sync(tenant.id)
        }
        try await world.moveClock(instant)
    }

    /// Seven o'clock on the first day after today with a hold to be placed, if that lies before `instant`.
    private func nextMorningWithWork(before instant: Instant) throws -> Instant? {
        guard let day = try store.read(of: tenant, { try $0.nextDayWithHolds() }) else { return nil }
        let morning = day.at(hour: 7, in: tenant.timeZone)
        return morning < instant ? morning : nil
    }

    private func play(_ kind: StayEvent.Kind, _ stay: BookedStay) async throws {
        switch kind {
        case .booking: try await book(stay)
        case .arrival: try await arrive(stay)
        case .end: try await end(stay)
        }
    }

    private func book(_ stay: BookedStay) async throws {
        let booking = stay.booking
        let isThere = try store.read(of: tenant) { try $0.folio(booking.reference) != nil }
        if !isThere {
            let (mode, amount): (Folio.Mode, Money) =
                switch stay.terms {
                case .reserved(let amount): (.reserved, amount)
                case .direct(let amount): (.direct, amount)
                }
            _ = try await ledger.openFolio(
                NewFolio(
                    reference: booking.reference, guest: Folio.Guest(name: "Guest \(booking.reference)", email: nil, language: "en"),
                    arrival: booking.arrival, departure: max(booking.departure, booking.arrival), mode: mode, amount: amount),
                of: tenant.id, by: "import")
        }
        if let session = try pageToUse(of: booking.reference) { try await world.guestPays(session) }
    }

    /// The session of the page that the guest has not used yet.
    private func pageToUse(of reference: String) throws -> String? {
        let folio = try ledger.folio(reference, of: tenant.id).folio
        guard folio.state == .open else { return nil }
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
            // Who has booked nothing that costs anything owes nothing for staying away.
            let fee = stay.isFree ? nothing : stay.booking.nightlyRate
            // A rate without refund stays paid: one night as no-show fee, the rest as compensation.
            let kept = paidAhead ? try stay.lodging.subtracting(fee) : nothing
            _ = try await ledger.recordNoShow(
                reference, fee: fee, kept: kept, reason: "Gast nicht angereist", of: tenant.id, by: "reception")
        }
    }
}
