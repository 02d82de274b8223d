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
    /// Reading them again changes nothing; so it is done again when it was broken off, until the list of events has been read.
    func closeGap(of tenant: Tenant) async throws {
        let (now, moved, added, isRestored) = try store.read(of: tenant) {
            ($0.now, try $0.cursorMoved(of: .events), try $0.added(), try $0.awaitsReading())
        }
        if !isRestored, let moved, now < moved.adding(seconds: Self.eventDays * 86_400) { return }
        try await readOpenPages(of: tenant)
        // Where the list was never read, webhooks may have told of all there was, or not.
        guard isRestored || now >= (moved ?? added).adding(seconds: Self.eventDays * 86_400) else { return }
        do {
            // Books that have their id back know nothing of what they made, however long ago.
            try await readObjects(of: tenant, since: isRestored ? moved : moved ?? added)
            // A warning can come at any time after its payment.
            try await readRisks(of: tenant, since: (isRestored ? moved : moved ?? added)?.adding(seconds: -86_400))
            for folio in try store.read(of: tenant, { try $0.unclosedFolios() }) where folio.customer != nil {
                try await readCard(of: folio, of: tenant)
            }
        } catch let failure as StripeFailure {
            throw failure.refusal(.readingLists)
        }
    }

    private func readObjects(of tenant: Tenant, since moved: Instant?) async throws {
        let client = try client(for: tenant)
        try await readYoungPages(client, of: tenant) { _ in }
        // An intent is at its end 28 days after it was made, a refund after 30, a payout after some days, a dispute after months.
        for try await page in client.paymentIntents(since: moved?.adding(seconds: -Self.eventDays * 86_400)) {
            try await noteUnreadable(page.unreadable, of: tenant)
            for intent in page {
                let behind = try await self.page(claimedBy: intent, of: tenant)
                try await store.write(of: tenant) { try $0.apply(intent, behind: behind, returning: returnAddress) }
            }
        }
        for try await page in client.refunds(since: moved?.adding(seconds: -2 * Self.eventDays * 86_400)) {
            try await noteUnreadable(page.unreadable, of: tenant)
            // One that cannot be booked holds up no other; `reconcile` shows it.
            for refund in page {
                do {
                    try await store.write(of: tenant) { try $0.apply(refund) }
                } catch ServiceRefusal.refundTooLarge {
                    continue
                }
            }
        }
        for try await page in client.payouts(since: moved?.adding(seconds: -Self.eventDays * 86_400)) {
            try await noteUnreadable(page.unreadable, of: tenant)
            try await store.write(of: tenant) { book in
                for payout in page where payout.currency == book.tenant.currency.code {
                    try book.save(try Ledger.Payout(payout))
                }
            }
        }
        for try await page in client.disputes() {
            try await noteUnreadable(page.unreadable, of: tenant)
            try await store.write(of: tenant) { book in for dispute in page { try book.apply(try Ledger.Dispute(dispute)) } }
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
        for session in sessions { try await readSession(session, of: tenant) }
        let client = try client(for: tenant)
        let (intents, refunds) = try store.read(of: tenant) { (try $0.intentsUnderWay(), try $0.refundsUnderWay()) }
        for intent in intents {
            let news = try await client.paymentIntent(intent).orThrow(.readingPayment)
            try await store.write(of: tenant) { _ = try $0.apply(news, returning: returnAddress) }
        }
        for refund in refunds {
            let news = try await client.refund(refund).orThrow(.readingRefund)
            try await store.write(of: tenant) { try $0.apply(news) }
        }
    }
}
