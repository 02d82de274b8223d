import Ledger
import LedgerStore

extension LedgerService {
    /// Gives money back, also after check-out. On an open folio it says what becomes of the bill: see `decideRefund`.
    ///
    /// Each request is a refund of its own, decided on what can be given back when earlier ones have come to their end.
    ///
    /// - Throws: What `decideRefund` throws; `.stripeRefused`, `.refundRefusedBillLowered`, `.stripeUnanswered`; `.refundFinished` for a person
    ///   when an earlier refund of the payment has come to its end only now.
    package func refund(
        payment number: Int64, amount: Money, reason: String, bill: Refund.BillChoice? = nil, line: Int64? = nil, of reference: String,
        of tenantID: String, by actor: String
    ) async throws -> FolioView {
        guard amount.isPositive else { throw ServiceRefusal.amountNotPositive }
        guard !reason.allSatisfy(\.isWhitespace) else { throw ServiceRefusal.reasonMissing }
        let key = random.key()
        do {
            return try await carryOut(on: reference, of: tenantID) { tenant, finished in
                if request?.asker != .program { try refuseAfterAnother(finished, payment: number, reference, tenant) }
            } deciding: { transaction, tenant in
                let folio = try transaction.knownFolio(reference, of: tenant)
                let operation = try transaction.decideRefund(
                    payment: number, amount: amount, reason: reason, bill: bill, line: line, on: folio, by: actor, key: key, of: tenant)
                return Decision(on: folio, of: tenant, operation: operation)
            }.view
        } catch ServiceRefusal.stripeRefused(_, let why) where bill == .lower {
            throw ServiceRefusal.refundRefusedBillLowered(why: why)
        }
    }

    /// A person who asks again because an answer was missing has no key that says so. When a refund of the payment has come to its end only
    /// now, they are told, and decide anew whether more is to go back.
    private func refuseAfterAnother(
        _ finished: [StoredOperation], payment: Int64, _ reference: String, _ tenant: Tenant
    ) throws {
        let numbers = finished.filter { $0.purpose == Purpose.refund.rawValue }.compactMap(\.subject)
        guard !numbers.isEmpty else { return }
        let refunds = try store.read { try $0.refunds(of: $0.knownFolio(reference, of: tenant), of: tenant) }
        if let other = refunds.last(where: { $0.payment == payment && numbers.contains($0.number) && $0.state != .failed }) {
            throw ServiceRefusal.refundFinished(other.number, other.amount)
        }
    }
}
