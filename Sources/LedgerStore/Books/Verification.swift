import Ledger

/// What is wrong with a tenant's books. The first wrong entry is named; whatever comes after it proves nothing.
package struct BookDefect: Hashable, Sendable {
    package let tenant: String
    /// The journal entry at which it shows; `nil` for a defect outside the journal.
    package let entry: Int64?
    /// One sentence.
    package let problem: String
}

/// What `verify` looked at.
package struct BookCheck: Sendable {
    package var entries: Int64 = 0
    package var debits: Int64 = 0
    package var credits: Int64 = 0
    /// The last entry's hash.
    package var head: [UInt8] = JournalEntry.genesisHash
    package var defects: [BookDefect] = []
}

extension Transaction {
    /// How many entries a tenant's journal has, and the last one's hash, as they are kept: two ledgers with equal heads have equal journals.
    package func chain(of tenant: Tenant) throws -> (entries: Int64, head: [UInt8]) {
        try one("SELECT last_number, head FROM journal_chain WHERE tenant = \(tenant.number)") { (try $0.int64(0), try $0.bytes(1)) }
            ?? (0, JournalEntry.genesisHash)
    }

    /// Recomputes a tenant's hash chain, numbering and balances, and compares the lines, payments, refunds and months with them.
    ///
    /// - Parameter progress: Called with the number of entries read so far, now and then.
    package func verify(_ tenant: Tenant, progress: (Int64) -> Void = { _ in }) throws -> BookCheck {
        var check = BookCheck()
        var balances: [String: (debits: Int64, credits: Int64)] = [:]
        var broken = false
        func breaks(at entry: Int64, _ problem: String) {
            broken = true
            check.defects.append(BookDefect(tenant: tenant.id, entry: entry, problem: problem))
        }
        do {
            try eachEntry(of: tenant) { entry, storedHash in
                check.entries += 1
                if check.entries % 1000 == 0 { progress(check.entries) }
                guard !broken else { return }
                guard entry.number == check.entries else { return breaks(at: check.entries, "entry \(check.entries) is missing") }
                guard entry.hash(tenant: tenant.id) == storedHash else {
                    return breaks(at: entry.number, "entry \(entry.number) is not what was posted: it has been changed or moved")
                }
                // Wrapping: what was posted fits, and what was forged must not stop the search for it.
                balances[entry.debit, default: (0, 0)].debits &+= entry.amount
                balances[entry.credit, default: (0, 0)].credits &+= entry.amount
                check.head = storedHash
            }
        } catch let damaged as DamagedEntry {
            breaks(at: damaged.number, "entry \(damaged.number) cannot be read: it has been changed")
        }
        guard !broken else { return check }
        try checkHead(tenant, &check)
        try checkBalances(tenant, balances, &check)
        check.defects += try lineDefects(of: tenant)
        check.defects += try paymentDefects(of: tenant)
        check.defects += try entriesWithoutDetail(of: tenant)
        check.defects += try monthDefects(of: tenant)
        return check
    }

    private func checkHead(_ tenant: Tenant, _ check: inout BookCheck) throws {
        let chain = try one("SELECT last_number, head FROM journal_chain WHERE tenant = \(tenant.number)") {
            (number: try $0.int64(0), head: try $0.bytes(1))
        }
        guard chain?.number == check.entries, chain?.head == check.head else {
            let last = chain?.number ?? 0
            check.defects.append(
                BookDefect(
                    tenant: tenant.id, entry: min(last, check.entries) + 1,
                    problem: "the book ends at entry \(check.entries), but \(last) were posted"))
            return
        }
    }

    private func checkBalances(
        _ tenant: Tenant, _ balances: [String: (debits: Int64, credits: Int64)], _ check: inout BookCheck
    ) throws {
        var defects: [BookDefect] = []
        var sums: (debits: Int64, credits: Int64) = (0, 0)
        try each("SELECT name, debits, credits FROM account WHERE tenant = \(tenant.number) ORDER BY id") { row in
            let name = try row.string(0)
            let kept = (debits: try row.anyInt64(1), credits: try row.anyInt64(2))
            let computed = balances[name] ?? (0, 0)
            sums = (sums.debits &+ kept.debits, sums.credits &+ kept.credits)
            if kept != computed {
                defects.append(
                    BookDefect(
                        tenant: tenant.id, entry: nil,
                        problem: "account \(name) shows a balance of \(kept.debits &- kept.credits), its entries sum to "
                            + "\(computed.debits &- computed.credits) (in the smallest unit)"))
            }
        }
        if sums.debits != sums.credits {
            defects.append(BookDefect(tenant: tenant.id, entry: nil, problem: "debits are \(sums.debits), credits are \(sums.credits)"))
        }
        check.debits = sums.debits
        check.credits = sums.credits
        check.defects += defects
    }
}
