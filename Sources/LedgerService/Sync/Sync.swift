import Foundation
import Ledger
internal import LedgerStore
import Stripe

/// What a sync brought and did.
package struct SyncReport: Sendable, Equatable {
    /// Operations that were still without an answer and have one now.
    package var answered = 0
    /// Operations that Stripe has still not answered.
    package var unanswered = 0
    /// Events that were new.
    package var events = 0
    /// Balance transactions that were new.
    package var movements = 0
    /// Holds on saved cards that were due and are placed now.
    package var holdsPlaced = 0
    /// Holds on saved cards that the bank refused.
    package var holdsRefused = 0
    /// Holds that ended before their stay and are renewed now.
    package var holdsRenewed = 0
    /// Check-outs that were carried on and are done now.
    package var checkOutsFinished = 0
    /// What could not be read or taken in, by its id at Stripe: it holds up itself only, and is tried again at each sync.
    package var unread: [String] = []

    package init() {}

    /// The first of what is unread; `nil` where all was read.
    package var unreadWords: String? {
        guard !unread.isEmpty else { return nil }
        let first = unread.prefix(MonthObstacle.mostIDs).joined(separator: ", ")
        return unread.count > MonthObstacle.mostIDs ? first + ", …" : first
    }
}

extension LedgerService {
    /// The events that tell of something the ledger keeps: what an endpoint for webhooks should be set up for. Charges are left out: what
    /// they tell comes with the intent and with the balance transactions. A sync reads all events, because Stripe takes at most 20 types
    /// in one question, and keeps these.
    package static let eventTypes = [
        "checkout.session.completed", "checkout.session.expired", "checkout.session.async_payment_succeeded",
        "checkout.session.async_payment_failed", "payment_intent.amount_capturable_updated", "payment_intent.succeeded",
        "payment_intent.processing", "payment_intent.payment_failed", "payment_intent.canceled", "refund.created", "refund.updated",
        "refund.failed", "charge.dispute.created", "charge.dispute.updated", "charge.dispute.closed",
        "charge.dispute.funds_withdrawn", "charge.dispute.funds_reinstated", "payout.created", "payout.updated", "payout.paid",
        "payout.failed", "payout.canceled", "payout.reconciliation_completed",
        "customer.deleted", "payment_method.detached", "payment_method.updated", "payment_method.automatically_updated",
        "review.opened", "review.closed", "radar.early_fraud_warning.created", "radar.early_fraud_warning.updated",
    ]

    /// Brings the tenant's books up to date with Stripe: sends again what was never answered, catches up on events, books
    /// fees and payouts, places the holds that are due, carries on check-outs, and tells of holds that end soon or are held twice. Running it
    /// again changes nothing.
    ///
    /// One object's trouble holds up itself only: see `SyncReport.unread`. What keeps one of Stripe's lists from being read is thrown at the
    /// end: it says nothing about the others, about holds and check-outs. Only where Stripe answers nothing, or does not know the key, is
    /// the rest not tried.
    ///
    /// - Throws: `ServiceRefusal.stripeUnreachable`, `.stripeRefused`, `.stripeKeyRefused`, `.noStripeAccount`; `TenantNotFound`.
    package func sync(_ tenantID: String) async throws -> SyncReport {
        try await requireStripe(of: tenantID, reading: true)
        let tenant = try tenant(tenantID)
        var report = SyncReport()
        try await recognise(tenant, with: try client(for: tenant))
        // Before anything is sent that a restored file decided long ago.
        if try store.read(of: tenant, { try $0.awaitsReading() }), let trouble = try await readNews(of: tenant, .everything, &report) {
            throw trouble
        }
        try await sendAgain(store.read(of: tenant) { try $0.waitingOperations() }, of: tenant, &report)
        let early = report.events
        let begun = try store.read { $0.now }
        var trouble = try await readAll(of: tenant, .everything, begun: begun, &report)
        report.events += early
        do {
            let holds = try await placeDueHolds(of: tenant)
            let renewals = try await renewDueHolds(of: tenant)
            (report.holdsPlaced, report.holdsRefused) = (holds.placed, holds.refused + renewals.refused)
            report.holdsRenewed = renewals.renewed
        } catch let refusal as ServiceRefusal { trouble = trouble ?? refusal }
        let running = try store.read(of: tenant) { try $0.foliosWithRunningCheckOut() }
        report.checkOutsFinished = try await carryOnCheckOuts(running, of: tenant)
        // Operations created by events, such as releasing a hold that is no longer needed.
        try await sendAgain(store.read(of: tenant) { try $0.waitingOperations().filter { $0.attempts == 0 } }, of: tenant, &report)
        // Where no service runs, nothing else looks at the clock.
        try await tellExpiringHolds(of: tenant)
        try await tellOverlaps(of: tenant)
        if let trouble { throw trouble }
        report.unread = try store.read(of: tenant) { try $0.unread() }
        let time = realTime()
        try await store.write { try $0.noteSuccess(of: BackgroundTask.sync.rawValue, tenant: tenant, at: time) }
        return report
    }

    /// A problem with one operation must not block the others or the events.
    private func sendAgain(_ operations: [Ledger.Operation], of tenant: Tenant, _ report: inout SyncReport) async throws {
        for operation in operations {
            do {
                switch try await dispatch(operation.number, of: tenant) {
                case .done, .refused: report.answered += 1
                case .unknown, .parked: report.unanswered += 1
                }
            } catch ServiceRefusal.stripeKeyRefused {
                // The key may lack the right to this one thing.
                report.unanswered += 1
            }
        }
    }

    /// Reads all that Stripe lists, and keeps that it was read when every list was: what one object keeps to itself is kept beside, and the
    /// month waits for it.
    ///
    /// - Parameter begun: The books' time before anything was read.
    /// - Returns: What kept a list from being read.
    /// - Throws: As `sync`, where nothing more is to be tried.
    func readAll(
        of tenant: Tenant, _ choice: EventChoice, begun: Instant, _ report: inout SyncReport
    ) async throws -> ServiceRefusal? {
        var trouble = try await readNews(of: tenant, choice, &report)
        do { report.movements += try await bookMovements(of: tenant) } catch let refusal as ServiceRefusal { trouble = trouble ?? refusal }
        try await followPayouts(of: tenant)
        if trouble == nil {
            try await store.write(of: tenant) { try $0.noteFullReading(begunAt: begun) }
            if try store.read(of: tenant, { try $0.awaitsBalance() }) { try await noteBalance(of: tenant, begun: begun) }
        }
        return trouble
    }

    /// What Stripe has to tell of guests and their money: events, and the ends of holds.
    ///
    /// Whose account it is, is asked whatever comes of the lists.
    ///
    /// - Returns: What kept a list from being read; the events that are here were worked off.
    /// - Throws: `ServiceRefusal.stripeUnreachable` and the like where nothing more is to be tried.
    func readNews(of tenant: Tenant, _ choice: EventChoice, _ report: inout SyncReport) async throws -> ServiceRefusal? {
        let trouble: ServiceRefusal?
        do { trouble = try await readLists(of: tenant, choice, &report) } catch let refusal as ServiceRefusal {
            try await checkAccount(of: tenant)
            throw refusal
        }
        try await checkAccount(of: tenant)
        return trouble
    }

    private func readLists(of tenant: Tenant, _ choice: EventChoice, _ report: inout SyncReport) async throws -> ServiceRefusal? {
        var trouble: ServiceRefusal?
        var what = Phrase.readingLists
        do {
            try await closeGap(of: tenant)
            what = .readingEvents
            report.events = try await catchUp(tenant)
        } catch let failure as StripeFailure {
            if case .unknown(let uncertainty) = failure { try await requireOtherAnswers(after: uncertainty, of: tenant) }
            trouble = failure.refusal(what)
        }
        try await workOffEvents(of: tenant, choice)
        try await readExpiredHolds(tenant)
        try await letGoPastCards(of: tenant)
        try await letGoSavedCards(of: tenant)
        if trouble == nil { try await store.write(of: tenant) { try $0.noteReading() } }
        return trouble
    }

    /// A hold whose time is over and of whose end no event told, for example because it is older than the 30 days Stripe keeps
    /// events: its intent is read.
    private func readExpiredHolds(_ tenant: Tenant) async throws {
        for intent in try store.read(of: tenant, { try $0.intentsPastExpiry() }) { try await readByItself(intent, of: tenant) }
    }

    /// - Returns: How many were completed.
    func carryOnCheckOuts(_ folios: [Int64], of tenant: Tenant) async throws -> Int {
        var finished = 0
        for number in folios {
            guard let folio = try store.read(of: tenant, { try $0.folio(number: number) }) else { continue }
            do {
                if try await run(folio, of: tenant).checkOut.state == .done { finished += 1 }
            } catch let error where Self.isOfTheFile(error) || error is CancellationError {
                throw error
            } catch {
                // One folio's trouble does not block the others; `reconcile` shows what is unfinished.
                continue
            }
        }
        return finished
    }

    /// Keeps every event since the last one that matters, page by page, each page in one transaction with the cursor, which moves over all
    /// of them: no gap can stay behind, once `closeGap` has read what is older.
    ///
    /// - Throws: `StripeFailure` when the list cannot be read.
    private func catchUp(_ tenant: Tenant) async throws -> Int {
        let client = try client(for: tenant)
        let cursor = try store.read(of: tenant) { try $0.cursor(of: .events) }
        do {
            return try await keepEvents(client.events(after: cursor), tenant)
        } catch StripeFailure.refused(let error) where cursor != nil && error.code == .resourceMissing {
            // The last known event is older than the 30 days Stripe keeps them: take all there is. What happened before was told by the
            // objects.
            return try await keepEvents(client.events(), tenant)
        }
    }

    private func keepEvents(_ pages: Pages<Stripe.Event>, _ tenant: Tenant) async throws -> Int {
        var kept = 0
        let (isLive, account) = (try stripeAccount(of: tenant).secretKey.isLive, try accountID(of: tenant))
        for try await page in pages {
            kept += try await store.write(of: tenant) { book in
                var new = 0
                for event in page where try book.take(SortedEvent(event, isLive: isLive, account: account)) { new += 1 }
                for element in page.unreadable { try book.noteUnreadable(element.id, .unanswered(.unusable, words: element.why)) }
                try book.setCursor(page.newestID, of: .events)
                return new
            }
        }
        return kept
    }
}

extension StripeFailure {
    func refusal(_ what: Phrase) -> ServiceRefusal {
        switch self {
        case .refused(let error): .stripeRefused(what: what, why: Failure(error))
        case .unknown(let uncertainty) where uncertainty.lacksRight: .stripeReadForbidden(what: what, why: Failure(uncertainty))
        case .unknown(let uncertainty): .stripeUnreachable(Failure(uncertainty))
        }
    }
}

extension Book {
    /// What at Stripe could not be read or taken in, and is tried again automatically, by its id there.
    fileprivate func unread() throws -> [String] {
        let told = try troubledEvents().filter { $0.state == .received }.map { $0.objectID ?? $0.id }
        let moved = try unexplainedMovements(.waiting).filter { $0.failure != nil }.map { $0.movement.source ?? $0.movement.id }
        var seen: Set<String> = []
        return (try waitingUnreadableObjects().map(\.id) + told + moved).filter { seen.insert($0).inserted }
    }
}
