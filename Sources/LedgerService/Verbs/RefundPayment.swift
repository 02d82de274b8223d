import Ledger
import LedgerStore

extension LedgerService {
    /// Gives money back, also after check-out. It moves money only: what the guest owes is lowered by an allowance.
    ///
    /// - Throws: `ServiceRefusal.paymentNotFound`, `.paymentNotTaken`, `.refundTooLarge`, `.stripeRefused`, `.stripeUnanswered`.
    package func refund(
        payment number: Int64, amount: Money, reason: String, of reference: String, of tenantID: String, by actor: String
    ) async throws -> FolioView {
        guard amount.isPositive else { throw ServiceRefusal.amountNotPositive }
        guard !reason.allSatisfy(\.isWhitespace) else { throw ServiceRefusal.reasonMissing }
        try await requireStripe(of: tenantID)
        let tenant = try tenant(tenantID)
        if try await finishSameRefund(of: number, amount, reference, tenant) { return try folio(reference, of: tenantID) }
        let key = random.key()
        let operation = try await decide { transaction in
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
            return try transaction.plan(
                .refund, Requests.refund(refund, of: intent, folio: folio, tenant, key: key), folio: folio, subject: refund.number,
                of: tenant)
        }
        try await dispatch(operation, of: tenant).orThrow()
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
