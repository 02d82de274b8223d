import Ledger
internal import LedgerStore
import Stripe

extension LedgerService {
    /// For how long Stripe lists events, less a day.
    ///
    /// - Source: docs.stripe.com/api/events: 30 days.
    private static let eventDays: Int64 = 29

    /// Stripe keeps events for 30 days. Where the last one read is older, others may have come and gone unseen, and a page that expired
    /// unseen would keep its folio waiting forever. Then the objects themselves are read, as far back as they can have changed since.
    ///
    /// Reading them again changes nothing; so it is done again when it was broken off, until the list of events has been read. An object that
    /// cannot be read holds up no other. A list that cannot be read leaves the gap open, and holds up no other list.
    ///
    /// - Throws: `StripeFailure` for a list that could not be read; what is of all objects.
    func closeGap(of tenant: Tenant) async throws {
        let (now, moved, added, isRestored) = try store.read(of: tenant) {
            ($0.now, try $0.cursorMoved(of: .events), try $0.added(), try $0.awaitsReading())
        }
        if !isRestored, let moved, now < moved.adding(seconds: Self.eventDays * 86_400) { return }
        try await readOpenPages(of: tenant)
        // Where the list was never read, webhooks may have told of all there was, or not.
        guard isRestored || now >= (moved ?? added).adding(seconds: Self.eventDays * 86_400) else { return }
        // Books that have their id back know nothing of what they made, however long ago.
        let missing = try await readObjects(of: tenant, since: isRestored ? moved : moved ?? added)
        for folio in try store.read(of: tenant, { try $0.unclosedFolios() }) where folio.customer != nil {
            for id in [folio.customer, folio.savedCard?.paymentMethod].compactMap(\.self) { try await readByItself(id, of: tenant) }
        }
        if let missing { throw missing }
    }

    /// Reads what Stripe lists, also where one of the lists cannot be read.
    ///
    /// - Returns: Why the first of those could not be read.
    /// - Throws: What is of all lists.
    private func readObjects(of tenant: Tenant, since moved: Instant?) async throws -> StripeFailure? {
        let client = try client(for: tenant)
        var missing: StripeFailure?
        func read(_ list: () async throws -> Void, mayBeForbidden: Bool = false) async throws {
            do { try await list() } catch let failure as StripeFailure {
                if case .unknown(let uncertainty) = failure {
                    try await requireOtherAnswers(after: uncertainty, of: tenant)
                    // What the key may not list is told by its missing rights; the money of it is in the list of movements.
                    if mayBeForbidden, uncertainty.isKeyRefused { return }
                }
                missing = missing ?? failure
            }
        }
        func since(_ days: Int64) -> Instant? { moved?.adding(seconds: -days * 86_400) }
        // An intent is at its end 28 days after it was made, a refund after 30, a payout after some days, a dispute after months.
        try await read { try await readYoungPages(client, of: tenant) { _ in } }
        try await read { try await readIntents(client.paymentIntents(since: since(Self.eventDays)), of: tenant) }
        try await read { try await readRefunds(client.refunds(since: since(2 * Self.eventDays)), of: tenant) }
        try await read({ try await readPayouts(client.payouts(since: since(Self.eventDays)), of: tenant) }, mayBeForbidden: true)
        var closings: [String: Instant] = [:]
        try await read({ closings = try await disputeClosings(client.events(types: ["charge.dispute.closed"])) }, mayBeForbidden: true)
        try await read({ try await readDisputes(client.disputes(), closings: closings, of: tenant) }, mayBeForbidden: true)
        // A warning can come at any time after its payment.
        try await read({ try await readRisks(of: tenant, since: since(1)) }, mayBeForbidden: true)
        return missing
    }

    private func readIntents(_ pages: Pages<PaymentIntent>, of tenant: Tenant) async throws {
        for try await page in pages {
            try await noteUnreadable(page.unreadable, of: tenant)
            for intent in page {
                try await byItself(intent.id, of: tenant) {
                    let behind = try await self.page(claimedBy: intent, of: tenant)
                    try await store.write(of: tenant) { try $0.apply(intent, behind: behind, returning: returnAddress) }
                }
            }
        }
    }

    private func readRefunds(_ pages: Pages<Stripe.Refund>, of tenant: Tenant) async throws {
        for try await page in pages {
            try await noteUnreadable(page.unreadable, of: tenant)
            for refund in page { try await byItself(refund.id, of: tenant) { try await takeIn(refund, of: tenant) } }
        }
    }

    private func readPayouts(_ pages: Pages<Stripe.Payout>, of tenant: Tenant) async throws {
        for try await page in pages {
            try await noteUnreadable(page.unreadable, of: tenant)
            for payout in page {
                try await byItself(payout.id, of: tenant) { try await store.write(of: tenant) { try $0.apply(payout) } }
            }
        }
    }

    /// When disputes ended, by their ids, as far back as Stripe lists events. Nothing else says when one was lost: it moves no money.
    private func disputeClosings(_ pages: Pages<Stripe.Event>) async throws -> [String: Instant] {
        var closings: [String: Instant] = [:]
        for try await page in pages {
            for event in page {
                if let dispute = event.objectID, let closed = event.created { closings[dispute] = closed }
            }
        }
        return closings
    }

    private func readDisputes(_ pages: Pages<Stripe.Dispute>, closings: [String: Instant], of tenant: Tenant) async throws {
        for try await page in pages {
            try await noteUnreadable(page.unreadable, of: tenant)
            for dispute in page {
                let closed = closings[dispute.id]
                try await byItself(dispute.id, of: tenant) {
                    try await store.write(of: tenant) { try $0.apply(dispute, closed: closed) }
                }
            }
        }
    }

    /// Reads the pages that a guest may still use, by Stripe's own list: of one that was made after a backup nothing else tells until somebody
    /// pays on it.
    ///
    /// - Parameter body: Called with each page that was found.
    func readYoungPages(
        _ client: StripeClient, of tenant: Tenant, _ body: (CheckoutSession) -> Void
    ) async throws {
        let since = try store.read { $0.now.adding(seconds: -Self.pageSeconds) }
        for try await page in client.checkoutSessions(since: since) {
            try await noteUnreadable(page.unreadable, of: tenant)
            let found = try await store.write(of: tenant) { book in
                try page.filter { session in
                    guard session.status == .open, case .found = try book.owner(of: session) else { return false }
                    try book.noteFound(session)
                    return true
                }
            }
            found.forEach(body)
        }
    }

    /// A page lives for a day at most; and an hour more, because two clocks are never one.
    ///
    /// - Source: docs.stripe.com/api/checkout/sessions/create, expires_at.
    static let pageSeconds: Int64 = 25 * 3600

    /// Reads every page that a guest could still use, and every processing payment and pending refund: Stripe may no longer send events
    /// about them.
    private func readOpenPages(of tenant: Tenant) async throws {
        // Whatever stands on a folio: a check-out that was broken off may have made its page already.
        let sessions = try store.read(of: tenant) { book in
            try book.unclosedFolios().flatMap { try book.openPages(of: $0) }
        }
        for session in sessions { try await readByItself(session, of: tenant) }
        let (intents, refunds) = try store.read(of: tenant) { (try $0.intentsUnderWay(), try $0.refundsUnderWay()) }
        for id in intents + refunds { try await readByItself(id, of: tenant) }
    }
}
