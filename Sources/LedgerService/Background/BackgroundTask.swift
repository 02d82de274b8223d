import Ledger
internal import LedgerStore

/// A background task, and for which tenant it runs.
package enum BackgroundTask: String, CaseIterable, Sendable {
    /// Sends again what has no answer from Stripe.
    case operations
    /// Applies the events that were received.
    case events
    /// Carries on check-outs that were interrupted.
    case checkOuts = "check_outs"
    /// Reads what Stripe has to tell: missed events, fees, payouts.
    case sync
    /// Places holds on saved cards before arrival, renews those that end before their stay is settled, and lets cards go whose days are over.
    case holds
    /// Tells reception of holds that are about to expire, and of those that a bank holds twice.
    case expiringHolds = "expiring_holds"
    /// Reports that a month can be closed. It closes none: closing is final, and a person decides it.
    case months
    /// Removes what is kept for a while only.
    case pruning

    /// Started when something waits, not by the clock.
    var isOnDemand: Bool {
        switch self {
        case .operations, .events, .checkOuts: true
        case .sync, .holds, .expiringHolds, .months, .pruning: false
        }
    }

    /// Of the whole file, not of a tenant.
    var isOfTheFile: Bool { self == .pruning }

    /// Whether it needs the tenant's Stripe account.
    var needsStripe: Bool {
        switch self {
        case .operations, .events, .checkOuts, .sync, .holds: true
        case .expiringHolds, .months, .pruning: false
        }
    }
}

extension LedgerService {
    /// How long before its end reception is told of a hold.
    static let expiringSeconds: Int64 = 24 * 3600
    /// How long a replaced hold may still be held before reception is told.
    static let overlapSeconds: Int64 = 600

    /// - Returns: What somebody should know although nothing is wrong.
    func run(_ task: BackgroundTask, of tenant: Tenant, operations: [Int64], folios: [Int64]) async throws -> String? {
        switch task {
        case .operations: try await sendWaiting(operations, of: tenant)
        case .events: try await workOffEvents(of: tenant, .due)
        case .checkOuts: _ = try await carryOnCheckOuts(folios, of: tenant)
        case .sync:
            var report = SyncReport()
            let begun = try store.read { $0.now }
            if let trouble = try await readAll(of: tenant, .due, begun: begun, &report) { throw trouble }
        case .holds:
            _ = try await placeDueHolds(of: tenant, onlyNew: true)
            _ = try await renewDueHolds(of: tenant, onlyNew: true)
            try await letGoSavedCards(of: tenant)
        case .expiringHolds:
            try await tellExpiringHolds(of: tenant)
            try await tellOverlaps(of: tenant)
        case .months: return try closableMonths(of: tenant)
        case .pruning: break
        }
        return nil
    }

    /// One that gets no answer, or that the key may not send, does not block the others; after three in a row without an answer the rest will
    /// probably get none either.
    ///
    /// - Throws: `ServiceRefusal.stripeUnanswered` when one got no answer, `.stripeKeyRefused` when the key was refused for one.
    private func sendWaiting(_ numbers: [Int64], of tenant: Tenant) async throws {
        var silent: [Phrase] = []
        var (inARow, isKeyRefused) = (0, false)
        for number in numbers where inARow < 3 {
            guard let operation = try store.read(of: tenant, { try $0.operation(number) }), operation.state == .waiting else { continue }
            do {
                if case .unknown(let what, _) = try await dispatch(number, of: tenant) {
                    silent.append(what)
                    inARow += 1
                } else {
                    inARow = 0
                }
            } catch ServiceRefusal.stripeKeyRefused {
                // The key may lack the right to this one thing.
                isKeyRefused = true
            }
        }
        if let what = silent.first { throw ServiceRefusal.stripeUnanswered(what: what) }
        if isKeyRefused { throw ServiceRefusal.stripeKeyRefused(tenant.id) }
    }

    /// Puts the end of each hold that is near on its folio, unless something else stands there, and takes back what no longer is so.
    func tellExpiringHolds(of tenant: Tenant) async throws {
        let (expiring, marked) = try store.read(of: tenant) { book in
            (
                try book.holdsExpiring(by: book.now.adding(seconds: Self.expiringSeconds)),
                try book.openFolios(withNotice: FolioNotice.expiresSoonCode)
            )
        }
        guard !expiring.isEmpty || !marked.isEmpty else { return }
        try await store.write(of: tenant) { book in
            for number in Set(expiring.map(\.folio)).union(marked) {
                guard let folio = try book.folio(number: number),
                    folio.notice == nil || folio.notice?.code == FolioNotice.expiresSoonCode
                else { continue }
                let notice = try book.expiresSoon(on: folio)
                if notice != folio.notice { try book.setNotice(notice, of: folio) }
            }
        }
    }

    /// Says on the folios where a hold and the one that took its place are both held for longer than `overlapSeconds`. It is taken back when
    /// the release ends (see `forgetNoticeOfCalls`).
    func tellOverlaps(of tenant: Tenant) async throws {
        let overlapping = try store.read(of: tenant) { try $0.replacedHoldsStillHeld(since: $0.now.adding(seconds: -Self.overlapSeconds)) }
        guard !overlapping.isEmpty else { return }
        try await store.write(of: tenant) { book in
            for (number, hold) in overlapping {
                guard let folio = try book.folio(number: number), folio.notice == nil || folio.notice?.isOfHoldsEnd == true,
                    let old = try book.holds(of: folio).first(where: { $0.number == hold }), old.state == .replaced,
                    let held = old.rest(after: 0)
                else { continue }
                try book.setNotice(.holdsOverlap(held), of: folio)
            }
        }
    }

    private func closableMonths(of tenant: Tenant) throws -> String? {
        let (first, current) = try store.read(of: tenant) { (try $0.firstOpenMonth(), $0.now.day(in: tenant.timeZone).month) }
        guard first < current else { return nil }
        if let obstacle = try store.read(of: tenant, { try $0.obstacle(toClosing: first) }) { return obstacle.message }
        var last = first
        while last.next < current, try store.read(of: tenant, { try $0.obstacle(toClosing: last.next) }) == nil { last = last.next }
        return first == last ? "\(first) can be closed." : "\(first) to \(last) can be closed."
    }
}

extension Book {
    fileprivate func expiresSoon(on folio: Folio) throws -> FolioNotice? {
        guard !folio.state.isClosed else { return nil }
        let ends = now...now.adding(seconds: LedgerService.expiringSeconds)
        let expiring = try holds(of: folio).filter { $0.state == .authorised && $0.captureBefore.map(ends.contains) == true }
        guard let first = expiring.min(by: { $0.captureBefore! < $1.captureBefore! }) else { return nil }
        return .holdExpiresSoon(first.held, at: first.captureBefore!)
    }
}
