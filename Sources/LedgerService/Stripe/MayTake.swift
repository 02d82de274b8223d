import Ledger
internal import LedgerStore

extension Transaction {
    /// What must be so before anything is taken: Stripe has been read since the file was copied or put back, the account is the tenant's alone, and
    /// nothing was found at Stripe that the folio does not count. The schema refuses such operations too.
    ///
    /// - Parameter folio: `nil` before there is one.
    /// - Throws: `ServiceRefusal.syncRequired`, `.accountShared`, `.foundObject`.
    func requireMayTake(of tenant: Tenant, on folio: Folio? = nil) throws {
        try requireRead(of: tenant)
        let before = try tenantsBefore(tenant)
        guard before.isEmpty else { throw ServiceRefusal.accountShared(tenant.id) }
        guard let folio, let found = try waitingFoundObjects(reference: folio.reference, of: tenant).first else { return }
        throw ServiceRefusal.foundObject(folio.reference, id: found.id)
    }

    /// The same for a check-out that was begun: it is not refused any more, it waits.
    ///
    /// - Throws: `ServiceRefusal.syncRequired`, `.checkOutBlocked`.
    func requireMayGoOn(_ folio: Folio, of tenant: Tenant) throws {
        do { try requireMayTake(of: tenant, on: folio) } catch ServiceRefusal.foundObject(let reference, let id) {
            throw ServiceRefusal.checkOutBlocked(
                reference,
                because: Phrase(
                    "Stripe has \(id), which was made after the backup and is not counted here",
                    "bei Stripe liegt \(id), das nach der Sicherung entstand und hier nicht zählt"))
        } catch ServiceRefusal.accountShared {
            throw ServiceRefusal.checkOutBlocked(
                folio.reference,
                because: Phrase("the Stripe account is another tenant's", "das Stripe-Konto gehört einem anderen Mandanten"))
        }
    }

    /// - Throws: `ServiceRefusal.syncRequired` when the file was copied or put back from a backup, and Stripe has not been read since.
    func requireRead(of tenant: Tenant) throws {
        guard try !awaitsReading(tenant) else { throw ServiceRefusal.syncRequired(tenant.id) }
    }

    func mayTake(of tenant: Tenant, on folio: Folio) throws -> Bool {
        try !awaitsReading(tenant) && tenantsBefore(tenant).isEmpty && waitingFoundObjects(reference: folio.reference, of: tenant).isEmpty
    }
}
