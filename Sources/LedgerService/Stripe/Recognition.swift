import Foundation
import Ledger
internal import LedgerStore
import Stripe
import Synchronization

/// The tenants whose books this program has compared with what Stripe tells.
final class Recognitions: Sendable {
    private let tenants = Mutex<Set<Int64>>([])

    func contains(_ tenant: Tenant) -> Bool { tenants.withLock { $0.contains(tenant.number) } }
    func insert(_ tenant: Tenant) { tenants.withLock { _ = $0.insert(tenant.number) } }
}

extension LedgerService {
    /// Makes sure that this file is the latest state of the tenant's books. What they made at Stripe and this file does not know was made
    /// from a later one: then this is an earlier moment that was brought back, and no money is taken before Stripe has been read as a whole.
    ///
    /// Asked before anything is taken, once in the life of a program. Events are read since the last one that the file knows; nothing is
    /// kept of them here.
    /// - Throws: `ServiceRefusal.stripeUnreachable`, `.stripeRefused`.
    func recognise(_ tenant: Tenant, with client: StripeClient) async throws {
        guard !recognitions.contains(tenant) else { return }
        let (cursor, isKnown) = try store.read(of: tenant) { (try $0.cursor(of: .events), try $0.awaitsReading()) }
        guard !isKnown else { return }
        do {
            if try await isEarlier(client.events(after: cursor), tenant) { try await noteCopy(of: tenant) }
        } catch StripeFailure.refused(let error) where cursor != nil && error.code == .resourceMissing {
            // Older than the 30 days for which Stripe keeps events, or of an account that the tenant had before.
            if try await isEarlier(client.events(), tenant) { try await noteCopy(of: tenant) }
        } catch StripeFailure.unknown(let uncertainty) where uncertainty.isKeyRefused {
            // A key that may not read events is told of by its missing rights.
            return
        } catch let failure as StripeFailure {
            throw failure.refusal(.readingEvents)
        }
        recognitions.insert(tenant)
    }

    private func noteCopy(of tenant: Tenant) async throws {
        try await store.write(of: tenant) { book in
            // Another program may have been first.
            if try !book.awaitsReading() { try book.noteCopy() }
        }
    }

    private func isEarlier(_ pages: Pages<Stripe.Event>, _ tenant: Tenant) async throws -> Bool {
        for try await page in pages {
            let made = page.compactMap { try? $0.object(as: Made.self) }
            if try store.read(of: tenant, { book in try made.contains { try book.isLater($0) } }) { return true }
        }
        return false
    }
}

/// As much of a page or an intent as says who made it.
private struct Made: Decodable {
    enum Kind: String, Decodable {
        case intent = "payment_intent"
        case page = "checkout.session"
    }

    let object: Kind
    let id: String
    let metadata: Metadata?
    /// What a page has led to.
    let payment_intent: String?
}

extension Book {
    /// Whether the tenant's books made this, and this file knows nothing of it.
    fileprivate func isLater(_ made: Made) throws -> Bool {
        guard let metadata = made.metadata, metadata[LedgerMetadata.books] == tenant.booksID, let key = metadata[LedgerMetadata.key] else {
            return false
        }
        for id in [made.id, made.payment_intent].compactMap(\.self) where try foundObject(id) != nil { return false }
        guard let number = metadata[LedgerMetadata.folio].flatMap({ Int64($0) }), let folio = try folio(number: number) else {
            return true
        }
        return try operation(key: key, of: folio) == nil
    }
}
