import Ledger
internal import LedgerStore
import Stripe

extension LedgerService {
    /// Books payouts that have arrived, and reads what is in those that Stripe has reconciled. What Stripe does not list now is tried again at the
    /// next sync, and so is what does not add up: a movement of it may not be booked yet.
    func followPayouts(of tenant: Tenant) async throws {
        let toItemise = try await store.write(of: tenant) { book in
            try book.bookArrivals()
            return try book.payoutsToItemise()
        }
        for payout in toItemise {
            do { try await itemise(payout, of: tenant) } catch is StripeFailure { continue }
        }
    }

    private func itemise(_ payout: Ledger.Payout, of tenant: Tenant) async throws {
        var movements: [String] = []
        for try await page in try client(for: tenant).balanceTransactions(payout: payout.id) {
            // One that cannot be read is missing in the sum.
            movements += page.filter { $0.source?.id != payout.id }.map(\.id)
        }
        let listed = movements
        _ = try await store.write(of: tenant) { try $0.itemise(payout, with: listed) }
    }
}
