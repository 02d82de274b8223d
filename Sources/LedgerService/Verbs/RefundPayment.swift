import Ledger
import LedgerAccess
internal import LedgerStore

extension LedgerService {
    /// Refunds a payment, also after check-out. On an open folio it decides about the bill: see `decideRefund`.
    ///
    /// Each request is a new refund, decided by what is refundable after earlier ones are complete.
    ///
    /// - Parameters:
    ///   - again: Whether a person knows of the earlier refund that `.refundFinished` tells of.
    ///   - isConfirmed: Whether the person has typed the password again for this.
    /// - Throws: What `decideRefund` throws; `.stripeRefused`, `.refundRefusedBillLowered`, `.stripeUnanswered`; `AccessRefusal.passwordWanted`;
    ///   `.refundFinished` for a person
    ///   who may not have heard what came of an earlier refund of the payment.
    package func refund(
        payment number: Int64, amount: Money, reason: String, bill: Refund.BillChoice? = nil, line: Int64? = nil, again: Bool = false,
        of reference: String, of tenantID: String, isConfirmed: Bool = false, by actor: String, key: IdempotencyKey? = nil
    ) async throws -> FolioView {
        guard amount.isPositive else { throw ServiceRefusal.amountNotPositive }
        try checkReason(reason)
        let operationKey = random.key()
        do {
            return try await performWaiting(key, on: reference, of: tenantID) { tenant, finished in
                guard key?.asker != .program, !again else { return }
                try refuseAfterUnanswered(finished, payment: number, amount, reference, tenant, hasKey: key != nil)
            } deciding: { book in
                let folio = try book.knownFolio(reference)
                try allowGivingBack(amount.minorUnits, on: folio, by: actor, asker: key?.asker, isConfirmed: isConfirmed, book)
                let operation = try book.decideRefund(
                    payment: number, amount: amount, reason: reason, bill: bill, line: line, on: folio, by: actor,
                    key: operationKey, for: key)
                return Decision(on: folio, of: book.tenant, operation: operation)
            }.view
        } catch ServiceRefusal.stripeRefused(_, let why) where bill == .lowered {
            throw ServiceRefusal.refundRefusedBillLowered(why: why)
        }
    }

    /// A person who repeats a refund because an answer was missing has no key that says so. They are told the outcome of the earlier refund,
    /// and decide again whether to refund more.
    ///
    /// - Parameters:
    ///   - finished: The calls that were completed only now.
    ///   - hasKey: Whether it is a form that asks.
    private func refuseAfterUnanswered(
        _ finished: [Operation], payment: Int64, _ amount: Money, _ reference: String, _ tenant: Tenant, hasKey: Bool
    ) throws {
        let (refunds, operations) = try store.read(of: tenant) { book in
            let folio = try book.knownFolio(reference)
            return (
                try book.refunds(of: folio),
                try book.operations(OperationKind.refund.rawValue, of: folio)
            )
        }
        let unheard = refunds.last { refund in
            guard refund.payment == payment, refund.state != .failed,
                let operation = operations.first(where: { $0.subject == refund.number && $0.state == .done })
            else { return false }
            // A form shows what has gone back by now; the command line only the answer that was missing.
            return finished.contains { $0.number == operation.number }
                || (!hasKey && refund.amount == amount && operation.attempts > 1)
        }
        if let unheard { throw ServiceRefusal.refundFinished(unheard.number, unheard.amount) }
    }
}
