import Ledger
import LedgerAccess
internal import LedgerStore

extension LedgerService {
    /// Who set keys and roles and gave back much, newest first.
    ///
    /// - Parameters:
    ///   - tenantID: `nil` for what is the operator's own.
    ///   - before: Only lines with a smaller number.
    /// - Throws: `AccessRefusal.notAllowed`; `TenantNotFound`.
    package func auditEntries(of tenantID: String?, before: Int64 = .max, limit: Int, by caller: Caller) throws -> [AuditEntry] {
        try caller.require(tenantID == nil ? .runTenants : .seeAudit, of: tenantID)
        return try store.read { transaction in
            try transaction.auditEntries(of: try tenantID.map { try transaction.knownTenant($0) }, before: before, limit: limit)
        }
    }
}
