import Ledger
import LedgerStore

extension LedgerService {
    /// Gives money back, also after check-out. On an open folio it says what becomes of the bill: see `decideRefund`.
    ///
    /// - Throws: What `decideRefund` throws; `.stripeRefused`, `.stripeUnanswered`.
    package func refund(
        payment number: Int64, amount: Money, reason: String, bill: Refund.BillChoice? = nil, line: Int64? = nil, of reference: String,
        of tenantID: String, by actor: String
    ) async throws -> FolioView {
        guard amount.isPositive else { throw ServiceRefusal.amountNotPositive }
        guard !reason.allSatisfy(\.isWhitespace) else { throw ServiceRefusal.reasonMissing }
        try await requireStripe(of: tenantID)
        let tenant = try tenant(tenantID)
        if try await finishSameRefund(of: number, amount, reference, tenant) { return try folio(reference, of: tenantID) }
        let key = random.key()
        let operation = try await decide { transaction in
            let folio = try transaction.knownFolio(reference, of: tenant)
            return try transaction.decideRefund(
                payment: number, amount: amount, reason: reason, bill: bill, line: line, on: folio, by: actor, key: key, of: tenant)
        }
        do {
            try await dispatch(operation, of: tenant).orThrow()
        } catch ServiceRefusal.stripeRefused(_, let why) where bill == .lower {
            throw ServiceRefusal.refundRefusedBillLowered(why: why)
        }
        return try folio(reference, of: tenantID)
    }

    /// Who asks again because an answer was missing means the refund that is on its way, not a second one.
    ///
    /// - Returns: Whether there was one.
    private func finishSameRefund(of payment: Int64, _ amount: Money, _ reference: String, _ tenant: Tenant) async throws -> Bool {
        let known = try store.read { transaction in
            let folio = try transaction.knownFolio(reference, of: tenant)
            let same = try transaction.refunds(of: folio, of: tenant).filter { $0.payment == payment && $0.amount == amount }.map(\.number)
            return try transaction.openOperations(of: tenant, folio: folio).first { operation in
                operation.purpose == Purpose.refund.rawValue && operation.subject.map(same.contains) == true
            }
        }
        guard let known else { return false }
        try await finish([known], of: reference, of: tenant)
        return true
    }
}
