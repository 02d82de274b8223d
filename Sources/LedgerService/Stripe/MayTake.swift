import Ledger
internal import LedgerStore

extension Book {
    /// The conditions for taking money: Stripe has been read since the file was copied or restored, the account is the tenant's alone, and
    /// nothing was found at Stripe that the folio does not count. The schema refuses such operations too.
    ///
    /// - Parameter folio: `nil` before there is one.
    /// - Throws: `ServiceRefusal.syncRequired`, `.accountShared`, `.foundObject`.
    func requireMayTake(on folio: Folio? = nil) throws {
        try requireRead()
        let before = try tenantsBefore()
        guard before.isEmpty else { throw ServiceRefusal.accountShared(tenant.id) }
        guard let folio, let found = try waitingFoundObjects(reference: folio.reference).first else { return }
        throw ServiceRefusal.foundObject(folio.reference, id: found.id)
    }

    /// The same for a check-out that was begun: it is not refused any more, it waits.
    ///
    /// - Throws: `ServiceRefusal.syncRequired`, `.checkOutBlocked`.
    func requireMayGoOn(_ folio: Folio) throws {
        do { try requireMayTake(on: folio) } catch ServiceRefusal.foundObject(let reference, let id) {
            throw ServiceRefusal.checkOutBlocked(
                reference,
                because: Phrase(
                    "Stripe has \(id), which was made after the backup and is not in these books",
                    "bei Stripe liegt \(id), das nach der Sicherung entstand und hier nicht zählt"))
        } catch ServiceRefusal.accountShared {
            throw ServiceRefusal.checkOutBlocked(
                folio.reference,
                because: Phrase("the Stripe account belongs to another tenant", "das Stripe-Konto gehört einem anderen Mandanten"))
        }
    }

    /// - Throws: `ServiceRefusal.syncRequired` when the file was copied or restored from a backup, and Stripe has not been read since.
    func requireRead() throws {
        guard try !awaitsReading() else { throw ServiceRefusal.syncRequired(tenant.id) }
    }

    func mayTake(on folio: Folio) throws -> Bool {
        try !awaitsReading() && tenantsBefore().isEmpty && waitingFoundObjects(reference: folio.reference).isEmpty
    }
}
