import Ledger

extension Book {
    /// Recomputes a tenant's hash chain, numbering and balances, and compares the lines, payments, refunds and months with them.
    ///
    /// - Parameter progress: Called with the number of entries read so far, now and then.
    package func verify(progress: (Int64) -> Void = { _ in }) throws -> BookCheck {
        var check = BookCheck()
        // By their bytes: Swift takes two ways of writing "é" for one text, and they are two accounts.
        var balances: [[UInt8]: Balance] = [:]
        var broken = false
        func breaks(at entry: Int64, _ problem: String) {
            broken = true
            check.defects.append(BookDefect(tenant: tenant.id, entry: entry, problem: problem))
        }
        do {
            try eachEntry() { entry, storedHash in
                check.entries += 1
                if check.entries % 1000 == 0 { progress(check.entries) }
                guard !broken else { return }
                guard entry.number == check.entries else { return breaks(at: check.entries, "entry \(check.entries) is missing") }
                guard EntryKind(rawValue: entry.kind) != nil else {
                    return breaks(at: entry.number, "entry \(entry.number) has an unknown kind")
                }
                guard entry.hash(tenant: tenant.id) == storedHash else {
                    return breaks(at: entry.number, "entry \(entry.number) is not as posted: it was changed or moved")
                }
                // Wrapping: what was posted fits, and what was forged must not stop the search for it.
                balances[Array(entry.debit.utf8), default: Balance()].debits &+= entry.amount
                balances[Array(entry.credit.utf8), default: Balance()].credits &+= entry.amount
                for account in [entry.debit, entry.credit] { balances[Array(account.utf8)]?.lastEntry = entry.number }
                check.head = storedHash
            }
        } catch let damaged as DamagedEntry {
            breaks(at: damaged.number, "entry \(damaged.number) cannot be read: it was changed")
        }
        guard !broken else { return check }
        try checkTail(&check)
        try checkBalances(balances, &check)
        check.defects += try lineDefects()
        check.defects += try paymentDefects()
        check.defects += try entriesWithoutDetail()
        check.defects += try monthDefects()
        check.defects += try movementDefects()
        check.defects += try disputeDefects()
        check.defects += try payoutDefects()
        check.defects += try lineRuleDefects()
        check.defects += try lateChargeDefects()
        check.defects += try missingBodies()
        check.defects += try feeDefects()
        return check
    }

    /// Whether entries are missing at the end: the accounts still know of them.
    private func checkTail(_ check: inout BookCheck) throws {
        let last = try one("SELECT coalesce(max(last_entry), 0) FROM account WHERE tenant = \(tenant.number)") { try $0.anyInt64(0) } ?? 0
        guard last > check.entries else { return }
        check.defects.append(
            BookDefect(
                tenant: tenant.id, entry: check.entries + 1,
                problem: "the journal ends at entry \(check.entries), but \(last) entries were posted"))
    }

    private func checkBalances(_ balances: [[UInt8]: Balance], _ check: inout BookCheck) throws {
        var defects: [BookDefect] = []
        var sums: (debits: Int64, credits: Int64) = (0, 0)
        try each("SELECT name, debits, credits, last_entry FROM account WHERE tenant = \(tenant.number) ORDER BY id") { row in
            let name = try row.string(0)
            let kept = Balance(debits: try row.anyInt64(1), credits: try row.anyInt64(2), lastEntry: try row.anyInt64(3))
            let computed = balances[Array(name.utf8)] ?? Balance()
            sums = (sums.debits &+ kept.debits, sums.credits &+ kept.credits)
            if kept == computed { return }
            if (kept.debits, kept.credits) == (computed.debits, computed.credits) {
                defects.append(
                    BookDefect(
                        tenant: tenant.id, entry: nil,
                        problem: "account \(name) names entry \(kept.lastEntry) as its last one, but it is entry \(computed.lastEntry)"))
            } else {
                defects.append(
                    BookDefect(
                        tenant: tenant.id, entry: nil,
                        problem: "account \(name) shows a balance of \(kept.debits &- kept.credits), its entries sum to "
                            + "\(computed.debits &- computed.credits) (in minor units)"))
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

/// The balance computed from an account's entries.
private struct Balance: Hashable {
    var debits: Int64 = 0
    var credits: Int64 = 0
    var lastEntry: Int64 = 0
}
