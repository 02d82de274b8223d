import Ledger
internal import LedgerStore

/// How a tenant fares, as the operator looks at it: how far it is set up, and how the work in the background stands.
package struct TenantHealth: Sendable {
    /// Whose health it is.
    package let tenant: Tenant
    /// Whether a Stripe key was ever set.
    package let hasStripe: Bool
    /// Whether its keys were removed after the end of its contract: nothing is asked of Stripe any more.
    package let isEnded: Bool
    /// At least one webhook secret is known.
    package let hasWebhookSecret: Bool
    /// How many extras stand on the price list.
    package let catalogueItems: Int
    /// People who can log in.
    package let users: Int
    /// How many there are in all, closed ones too.
    package let folios: Int
    /// What the background says of this tenant.
    package let tasks: [BackgroundStatus]
    /// What came from Stripe, and what of it waits for the operator.
    package let traffic: StripeTraffic
    /// `nil` without an account.
    package let standing: AccountStanding?
    /// What the operator should know about account and books; empty when there is nothing.
    package let tenantNotices: [TenantNotice]

    /// In the system's time; `nil` before the first.
    package var lastSync: Instant? { status(.sync)?.lastSuccess }
    /// Operations without an answer and unprocessed events.
    package var queue: Int { (status(.operations)?.waiting ?? 0) + (status(.events)?.waiting ?? 0) }
    /// Operations and events that need the operator.
    package var parked: Int { traffic.parkedEvents + traffic.parkedOperations }
    /// Live holds of open folios that expire within a day.
    package var expiring: Int { status(.expiringHolds)?.waiting ?? 0 }
    /// What failed when it was last tried.
    package var failing: [BackgroundStatus] { tasks.filter { $0.failures > 0 } }

    /// Stripe has never sent a webhook, although there is an address for it: events arrive only with the syncs.
    package var isUnheard: Bool { hasStripe && traffic.lastWebhook == nil }

    /// Somebody should look at it.
    package var needsAttention: Bool { isTroubled || isUnheard || (!hasStripe && !isEnded) }

    /// Something went wrong, or may.
    package var isTroubled: Bool { parked > 0 || !failing.isEmpty || !tenantNotices.isEmpty }

    private func status(_ task: BackgroundTask) -> BackgroundStatus? { tasks.first { $0.task == task } }
}

/// Every tenant's health, or one's.
package struct HealthReport: Sendable {
    /// Whether a process does the work in the background.
    package let isLed: Bool
    /// By id.
    package let tenants: [TenantHealth]
}

extension LedgerService {
    /// - Throws: `TenantNotFound`.
    package func health(of tenantID: String) throws -> TenantHealth {
        guard let health = try health(tenantID).tenants.first else { throw TenantNotFound(id: tenantID) }
        return health
    }

    /// - Parameter only: This tenant's; `nil` for all tenants.
    package func health(_ only: String? = nil) throws -> HealthReport {
        let background = try background(only)
        let tasks = Dictionary(grouping: background.tasks) { $0.tenant }
        return try store.read { transaction in
            var all: [TenantHealth] = []
            for traffic in background.traffic {
                guard let tenant = try transaction.tenant(traffic.tenant) else { continue }
                let health = try transaction.withBook(of: tenant) { book in
                    let account = try book.sealedStripeAccount()
                    return TenantHealth(
                        tenant: tenant, hasStripe: account != nil, isEnded: try book.areKeysRemoved(),
                        hasWebhookSecret: account?.webhookSecrets.isEmpty == false,
                        catalogueItems: try book.catalogue().count,
                        users: try transaction.users(of: tenant).count { $0.disabledAt == nil },
                        folios: try book.lastFolioNumber(), tasks: tasks[tenant.id] ?? [], traffic: traffic,
                        standing: try book.standing(), tenantNotices: try book.tenantNotices())
                }
                all.append(health)
            }
            return HealthReport(isLed: background.isLed, tenants: all)
        }
    }
}
