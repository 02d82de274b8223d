import Ledger
import LedgerStore

/// What is kept about one tenant's unfinished business with Stripe.
package struct OpenOperation: Sendable {
    package let number: Int64
    package let folio: String?
    package let what: String
    package let state: String
    package let attempts: Int
    package let since: Instant
    package let problem: String?
}

extension LedgerService {
    /// Operations that wait for Stripe's answer or for the operator.
    package func openOperations(of tenantID: String) throws -> [OpenOperation] {
        try store.read { transaction in
            let tenant = try transaction.knownTenant(tenantID)
            return try (transaction.waitingOperations(of: tenant) + transaction.parkedOperations(of: tenant)).map { operation in
                OpenOperation(
                    number: operation.number,
                    folio: try operation.folio.flatMap { try transaction.folio(number: $0, of: tenant)?.reference },
                    what: Purpose(rawValue: operation.purpose)?.words.english ?? operation.purpose, state: operation.state.rawValue,
                    attempts: operation.attempts, since: operation.createdAt, problem: operation.problem)
            }
        }
    }

    /// The tenant's journal, entry by entry; one month of it, by posting instant in the tenant's time zone, when given.
    ///
    /// - Throws: `ServiceRefusal.tenantNotFound`; `DamagedEntry` at a row that cannot be read.
    package func eachEntry(
        of tenantID: String, in month: Month? = nil, _ body: (JournalEntry, _ hash: [UInt8]) throws -> Void
    ) throws {
        try store.read { transaction in
            let tenant = try transaction.knownTenant(tenantID)
            try transaction.eachEntry(
                of: tenant, from: month?.firstDay.start(in: tenant.timeZone), before: month?.next.firstDay.start(in: tenant.timeZone), body)
        }
    }

    /// Recomputes every tenant's books.
    ///
    /// - Parameter progress: Called with the tenant's id and the number of entries read so far.
    package func verify(progress: (String, Int64) -> Void = { _, _ in }) throws -> [(tenant: Tenant, check: BookCheck)] {
        try store.read { transaction in
            try transaction.tenants().map { tenant in
                (tenant, try transaction.verify(tenant) { progress(tenant.id, $0) })
            }
        }
    }
}
