import Ledger
import LedgerStore

extension LedgerService {
    /// Gives money back, also after check-out. It moves money only: what the guest owes is lowered by an allowance.
    ///
    /// Each request is a refund of its own, decided on what can be given back when earlier ones have come to their end.
    ///
    /// - Throws: `ServiceRefusal.paymentNotFound`, `.paymentNotTaken`, `.refundTooLarge`, `.stripeRefused`, `.stripeUnanswered`;
    ///   `.refundFinished` for a person when an earlier refund of the payment has come to its end only now.
    package func refund(
        payment number: Int64, amount: Money, reason: String, of reference: String, of tenantID: String, by actor: String
    ) async throws -> FolioView {
        guard amount.isPositive else { throw ServiceRefusal.amountNotPositive }
        guard !reason.allSatisfy(\.isWhitespace) else { throw ServiceRefusal.reasonMissing }
        let key = random.key()
        return try await carryOut(on: reference, of: tenantID) { tenant, finished in
            if request?.asker != .program { try refuseAfterAnother(finished, payment: number, reference, tenant) }
        } deciding: { transaction, tenant in
            let folio = try transaction.knownFolio(reference, of: tenant)
            guard folio.state != .closing else { throw ServiceRefusal.checkOutInProgress(reference) }
            guard let payment = try transaction.payments(of: folio, of: tenant).first(where: { $0.number == number }) else {
                throw ServiceRefusal.paymentNotFound(number)
            }
            guard payment.state == .succeeded, let intent = payment.intent else { throw ServiceRefusal.paymentNotTaken(number) }
            guard amount.currency == tenant.currency else {
                throw MoneyError.currencyMismatch(tenant.currency, amount.currency)
            }
            guard amount.minorUnits <= payment.refundable else {
                throw ServiceRefusal.refundTooLarge(Money(minorUnits: payment.refundable, currency: tenant.currency))
            }
            let refund = try transaction.addRefund(amount, of: payment, reason: reason, to: folio, of: tenant)
            let operation = try transaction.plan(
                .refund, Requests.refund(refund, of: intent, folio: folio, tenant, key: key), folio: folio, subject: refund.number,
                of: tenant)
            return Decision(on: folio, of: tenant, operation: operation)
        }.view
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
