import Ledger
internal import LedgerStore

/// Where a tenant's journal ends. Two ledgers with equal heads have equal journals.
package struct JournalHead: Sendable {
    /// Whose journal it is.
    package let tenant: Tenant
    /// How many entries there are; they are numbered from 1.
    package let entries: Int64
    /// The last entry's hash; `JournalEntry.genesisHash` before the first.
    package let hash: [UInt8]
}

extension LedgerService {
    /// Copies the ledger file to the new file `path` while others go on working.
    ///
    /// - Returns: The head of each tenant's journal in the copy, by the tenants' order.
    /// - Throws: A refusal of the file's, `file_exists` if there is a file of that name.
    package func backup(to path: String) throws -> [JournalHead] { try store.backup(to: path) { try $0.journalHeads() } }

    /// The head of each tenant's journal, by the tenants' order.
    package func journalHeads() throws -> [JournalHead] { try store.read { try $0.journalHeads() } }

    /// Writes that wait for the disk.
    package var waitingWrites: Int { store.waiting }
}

extension Transaction {
    fileprivate func journalHeads() throws -> [JournalHead] {
        try tenants().map { tenant in
            let last = try withBook(of: tenant) { try $0.lastEntry() }
            return JournalHead(tenant: tenant, entries: last.number, hash: last.hash)
        }
    }
}
