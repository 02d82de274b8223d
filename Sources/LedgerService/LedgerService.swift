import Foundation
import Ledger
package import LedgerStore
import Stripe
import Synchronization

/// The service layer: what people and programs can ask of the ledger, one verb a file.
///
/// Every verb decides in a transaction, sends after its commit, and applies the answer in another transaction. Nothing waits
/// for Stripe while a transaction is open.
package struct LedgerService: Sendable {
    let store: Database
    /// Whether a verb asks Stripe first if it is there, so that nothing is decided while Stripe cannot be reached.
    let asksFirst: Bool
    /// The keys that tenants' secrets are sealed with; asked for only when a secret is needed.
    let keyRing: @Sendable () throws -> KeyRing
    let clients: StripeClients
    /// The one source of chance, passed in, so that one seed replays a whole run.
    package let random: RandomSource
    /// Where guests land who were sent to Stripe from here.
    private var guestPages = GuestPages(publicURL: nil)
    var returnAddress: ReturnAddress { .ours(guestPages) }
    /// The system's time, for what is tried again later: the books' clock may be simulated, or stand still.
    let realTime: Clock
    /// For the background, when an event has come.
    let wakeUp = WakeUp()
    /// The operations that are on their way to Stripe from this process, by number. Two processes may still send the same one: it has one
    /// key, so Stripe does it once and tells both.
    let dispatches = SingleFlight<Int64, Dispatched>()
    let requestLock = KeyedLock<[UInt8]>()
    let recognitions = Recognitions()
    let openedAccounts = OpenedAccounts()

    /// - Parameters:
    ///   - store: The ledger's file.
    ///   - keyRing: The keys that tenants' secrets are sealed with.
    ///   - connect: Makes the client for a tenant's secret key; called once per key.
    ///   - random: Where idempotency keys come from.
    ///   - asksFirst: Whether each verb makes sure of Stripe before it decides: one more question per verb, for programs that run one.
    ///   - realTime: The system's time; see `systemTime`.
    package init(
        store: Database, random: RandomSource, asksFirst: Bool, realTime: @escaping Clock = LedgerService.systemTime,
        keyRing: @escaping @Sendable () throws -> KeyRing,
        connect: @escaping @Sendable (Secret) -> StripeClient
    ) {
        self.store = store
        self.asksFirst = asksFirst
        self.keyRing = keyRing
        self.random = random
        self.realTime = realTime
        clients = StripeClients(connect)
    }

    /// The machine's own clock, rounded down to the millisecond.
    package static let systemTime: Clock = { Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))) }

    /// The same service, which knows where browsers reach it.
    ///
    /// - Parameter publicURL: Such as `https://ledger.example.com`.
    package func reached(at publicURL: String) -> LedgerService {
        var copy = self
        copy.guestPages = GuestPages(publicURL: publicURL)
        return copy
    }

    /// - Throws: `TenantNotFound`.
    package func tenant(_ id: String) throws -> Tenant {
        try store.read { try $0.knownTenant(id) }
    }
}

/// One client per Stripe account, because each keeps count of its requests in flight.
final class StripeClients: Sendable {
    private let clients = Mutex<[String: StripeClient]>([:])
    private let connect: @Sendable (Secret) -> StripeClient

    init(_ connect: @escaping @Sendable (Secret) -> StripeClient) { self.connect = connect }

    /// Those that were made so far.
    var all: [StripeClient] { clients.withLock { Array($0.values) } }

    func client(for key: Secret) -> StripeClient {
        clients.withLock { clients in
            if let client = clients[key.revealed] { return client }
            let client = connect(key)
            clients[key.revealed] = client
            return client
        }
    }
}

extension LedgerService {
    /// For the end of the process: stops all waiting for a free slot to call Stripe. The calls are stored and are made when the service
    /// runs again.
    package func stopWaitingForStripe() async { for client in clients.all { await client.stopWaiting() } }

    /// - Throws: `ServiceRefusal.noStripeAccount`; `SealingRefusal`.
    func client(for tenant: Tenant) throws -> StripeClient { clients.client(for: try stripeAccount(of: tenant).secretKey) }
}

extension Book {
    /// - Throws: `ServiceRefusal.folioNotFound`.
    func knownFolio(_ reference: String) throws -> Folio {
        guard let folio = try folio(reference) else { throw ServiceRefusal.folioNotFound(reference, tenant: tenant.id) }
        return folio
    }

    /// A folio that may still change.
    ///
    /// - Throws: `ServiceRefusal.folioClosed`, `.checkOutInProgress`, `.folioAwaitingGuest`.
    func openFolio(_ reference: String) throws -> Folio {
        let folio = try knownFolio(reference)
        switch folio.state {
        case .open: return folio
        case .closing: throw ServiceRefusal.checkOutInProgress(reference)
        case .awaitingGuest: throw ServiceRefusal.folioAwaitingGuest(reference, url: folio.paymentURL)
        case .checkedOut, .cancelled, .noShow: throw ServiceRefusal.folioClosed(reference, folio.state)
        }
    }
}
