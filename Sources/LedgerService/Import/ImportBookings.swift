import Foundation
import Ledger
internal import LedgerStore

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

extension LedgerService {
    /// Replays bookings as stays, in order of time, through the same verbs that people use. What has happened already is
    /// recognised and left alone, so an interrupted import goes on where it stopped and a repeated one changes nothing.
    ///
    /// - Parameters:
    ///   - stays: In the order of the file.
    ///   - progress: Called with the number of events done.
    /// - Throws: Whatever a verb throws; everything before it stays.
    package func replay(
        _ stays: [BookedStay], of tenantID: String, in world: ReplayWorld, progress: @escaping @Sendable (Int) -> Void
    ) async throws {
        let tenant = try tenant(tenantID)
        let todo = try unfinished(stays, tenant)
        let events = stays.enumerated().flatMap { $1.events(index: $0) }.sorted(by: StayEvent.inOrder)
        if let first = events.first, try !hasBegun(stays, tenant) {
            try await world.startClock(first.day.at(hour: first.hour, in: tenant.timeZone))
            // History is brought in: the tenant counts as having been here since its first booking.
            try await store.write(of: tenant) { try $0.priceSince(first.day.month) }
        }
        var done = 0
        var next = events.startIndex
        while next < events.endIndex {
            let slot = events[next]
            let end = events[next...].firstIndex { $0.day != slot.day || $0.hour != slot.hour || $0.kind != slot.kind } ?? events.endIndex
            let batch = events[next..<end].map(\.stay).filter { todo.contains($0) }
            if !batch.isEmpty {
                try await letTimePass(until: slot, tenant, in: world)
                try await concurrently(batch, atMost: 8) { stay in
                    try await play(slot.kind, stays[stay], tenant, in: world)
                }
                if slot.kind == .booking { _ = try await sync(tenantID) }
            }
            done += end - next
            progress(done)
            next = end
        }
        _ = try await sync(tenantID)
    }

    /// Whether a folio of these stays is there already.
    private func hasBegun(_ stays: [BookedStay], _ tenant: Tenant) throws -> Bool {
        try store.read(of: tenant) { book in
            try stays.contains { try book.folio($0.booking.reference) != nil }
        }
    }

    /// The stays whose folio is not closed yet, by their place in the file.
    private func unfinished(_ stays: [BookedStay], _ tenant: Tenant) throws -> Set<Int> {
        let closed = try store.read(of: tenant) { book in
            Set(try book.folios(limit: .max).filter(\.state.isClosed).map(\.reference))
        }
        return Set(stays.indices.filter { stays[$0].terms != nil && !closed.contains(stays[$0].booking.reference) })
    }

    /// Moves the clock on, with one stop every morning: that is when holds are placed and news is fetched.
    private func letTimePass(until slot: StayEvent, _ tenant: Tenant, in world: ReplayWorld) async throws {
        let instant = slot.day.at(hour: slot.hour, in: tenant.timeZone)
        while let morning = try store.read(of: tenant, { try $0.nextMorningWithWork(before: instant) }) {
            try await world.moveClock(morning)
            _ = try await sync(tenant.id)
        }
        try await world.moveClock(instant)
    }

    private func play(_ kind: StayEvent.Kind, _ stay: BookedStay, _ tenant: Tenant, in world: ReplayWorld) async throws {
        switch kind {
        case .booking: try await book(stay, tenant, in: world)
        case .arrival: try await arrive(stay, tenant)
        case .end: try await end(stay, tenant)
        }
    }

    private func book(_ stay: BookedStay, _ tenant: Tenant, in world: ReplayWorld) async throws {
        let booking = stay.booking
        if try store.read(of: tenant, { try $0.folio(booking.reference) }) == nil, let terms = stay.terms {
            let (mode, amount): (Folio.Mode, Money) =
                switch terms {
                case .reserved(let amount): (.reserved, amount)
                case .direct(let amount): (.direct, amount)
                }
            _ = try await openFolio(
                NewFolio(
                    reference: booking.reference, guest: Folio.Guest(name: "Guest \(booking.reference)", email: nil, language: "en"),
                    arrival: booking.arrival, departure: max(booking.departure, booking.arrival), mode: mode, amount: amount),
                of: tenant.id, by: "import")
        }
        if let session = try store.read(of: tenant, { try $0.pageToUse(of: booking.reference) }) { try await world.guestPays(session) }
    }

    private func arrive(_ stay: BookedStay, _ tenant: Tenant) async throws {
        try await store.write(of: tenant) { book in
            let folio = try book.knownFolio(stay.booking.reference)
            guard folio.state == .open, try book.charged(on: folio).count == 0 else { return }
            var charging = Charging(of: tenant, by: "reception")
            for line in stay.arrivalLines { _ = try charging.charge(line, on: folio, in: book) }
        }
    }

    private func end(_ stay: BookedStay, _ tenant: Tenant) async throws {
        let reference = stay.booking.reference
        let folio = try store.read(of: tenant) { try $0.knownFolio(reference) }
        // Interrupted in the middle of its end: carry on.
        guard folio.state == .open else {
            if folio.state == .closing { _ = try await run(folio, of: tenant) }
            return
        }
        let nothing = Money.zero(tenant.currency)
        let paidAhead = stay.terms == .direct(stay.lodging) && stay.booking.deposit == .nonRefundable
        switch stay.booking.status {
        case .checkedOut:
            let plan = try checkOutPreview(reference, of: tenant.id).plan
            _ = try await checkOut(reference, plan: plan.id, of: tenant.id, by: "reception")
        case .cancelled:
            _ = try await cancel(
                reference, fee: paidAhead ? stay.lodging : nothing, reason: "Stornierung durch den Gast", of: tenant.id, by: "reception")
        case .noShow:
            let fee = stay.booking.nightlyRate
            // A rate without refund stays paid: one night as no-show fee, the rest as compensation.
            let kept = paidAhead ? try stay.lodging.subtracting(fee) : nothing
            _ = try await recordNoShow(
                reference, fee: fee, kept: kept, reason: "Gast nicht angereist", of: tenant.id, by: "reception")
        }
    }
}

extension Book {
    /// Seven o'clock on the first day after today with a hold to be placed, if that lies before `instant`.
    fileprivate func nextMorningWithWork(before instant: Instant) throws -> Instant? {
        guard let day = try nextDayWithHolds() else { return nil }
        let morning = day.at(hour: 7, in: tenant.timeZone)
        return morning < instant ? morning : nil
    }

    /// The session of a page that the guest has not used yet.
    fileprivate func pageToUse(of reference: String) throws -> String? {
        let folio = try knownFolio(reference)
        guard folio.state == .open else { return nil }
        if let hold = try holds(of: folio).first(where: { $0.state == .requested && $0.session != nil }) { return hold.session }
        if let payment = try payments(of: folio).first(where: { $0.state == .requested && $0.session != nil }) {
            return payment.session
        }
        guard let card = try cardOnFile(of: folio), card.state == .requested else { return nil }
        return card.session
    }
}
