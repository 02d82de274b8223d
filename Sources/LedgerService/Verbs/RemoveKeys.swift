import Ledger
internal import LedgerStore

extension LedgerService {
    /// Why the keys of a tenant's Stripe account are still needed; empty when they can go.
    ///
    /// - Throws: `TenantNotFound`.
    package func keyNeeds(of tenantID: String) throws -> [KeyNeed] {
        try store.read(of: tenantID) { try $0.keyNeeds(try $0.contract()) }
    }

    /// Removes the key of a tenant's Stripe account and all its webhook secrets, for good: the last step of a contract. The books stay.
    ///
    /// - Parameters:
    ///   - confirmation: The tenant's id, given once more.
    ///   - isConfirmed: Whether the person has typed the password again for this: the audit says so.
    /// - Throws: `FeeRefusal.notConfirmed`, `.keysNeeded`, `.keysAreRemoved`; `TenantNotFound`.
    package func removeKeys<Answer>(
        of tenantID: String, confirmation: String, isConfirmed: Bool = false, by actor: String,
        once: Once<Contract, Answer> = Once<Contract, Contract>.unkeyed
    ) async throws -> Answer {
        try await perform(once, of: tenantID) { book in
            let contract = try book.contract()
            guard contract.keysRemoved == nil else { throw FeeRefusal.keysAreRemoved(tenantID) }
            guard confirmation == tenantID else { throw FeeRefusal.notConfirmed(tenantID) }
            let needs = try book.keyNeeds(contract)
            guard needs.isEmpty else { throw FeeRefusal.keysNeeded(tenantID, needs) }
            try book.removeKeys(by: actor)
            try book.transaction.audit(NewAuditEntry(.stripeKeysRemoved, "", isConfirmed: isConfirmed), of: book.tenant, by: actor)
            return try book.contract()
        }
    }
}

extension Book {
    /// - Throws: `FeeRefusal.keysAreRemoved`.
    func requireKeysNotRemoved() throws {
        if try areKeysRemoved() { throw FeeRefusal.keysAreRemoved(tenant.id) }
    }

    fileprivate func keyNeeds(_ contract: Contract) throws -> [KeyNeed] {
        let today = now.day(in: tenant.timeZone)
        var needs: [KeyNeed] = []
        if contract.until.map({ today <= $0 }) ?? true { needs.append(.contract(until: contract.until)) }
        func need(_ count: Int, _ need: (Int) -> KeyNeed) { if count > 0 { needs.append(need(count)) } }
        need(try unfinishedHoldCount(), KeyNeed.holds)
        need(try unfinishedPaymentCount(), KeyNeed.payments)
        need(try unfinishedRefundCount(), KeyNeed.refunds)
        need(try unsettledOpenFolioCount(), KeyNeed.folios)
        need(try openOperationCount(), KeyNeed.operations)
        need(try openEventCount(), KeyNeed.events)
        need(try keptCardCount(), KeyNeed.cards)
        for account in [Account.stripe, .stripeReserved] {
            let rest = try balance(of: account)
            if !rest.isZero { needs.append(.balance(rest)) }
        }
        need(try openDisputeCount(), KeyNeed.disputes)
        if let last = try lastPayment()?.day(in: tenant.timeZone) {
            let free = last.adding(days: KeyNeed.days)
            if today <= free { needs.append(.recentPayment(until: free)) }
        } else if let free = contract.until?.adding(days: KeyNeed.days), today <= free {
            needs.append(.recentEnd(until: free))
        }
        return needs
    }
}
