import Ledger
internal import LedgerStore

extension Book {
    /// Decides that money goes back and, on an open folio, what becomes of the bill: all of it, or none.
    ///
    /// A bill that is lowered stays lowered when the refund is refused or fails later: the guest was promised as much. The folio then
    /// shows that the guest has paid too much, and the check-out gives it back another way, or leaves it as an open credit.
    ///
    /// - Parameters:
    ///   - bill: The choice for the bill. Required on an open folio; otherwise the bill cannot change, and it is omitted or `unchanged`.
    ///   - asked: The request that asks for it.
    ///   - line: The line that is lowered; `nil` chooses, see `allowances(of:reason:on:)`.
    /// - Returns: The refund's operation.
    /// - Throws: `ServiceRefusal.checkOutInProgress`, `.paymentNotFound`, `.paymentNotSucceeded`, `.paymentNotRefundable`, `.refundTooLarge`, `.foundRefund`,
    ///   `.billMissing`, `.billFixed`, `.lineUnwanted`; `LineRefusal`.
    func decideRefund(
        payment number: Int64, amount: Money, reason: String, bill: Ledger.Refund.BillChoice?, line: Int64?, on folio: Folio,
        by actor: String, key: String, for asked: IdempotencyKey?
    ) throws -> Int64 {
        guard folio.state != .closing else { throw ServiceRefusal.checkOutInProgress(folio.reference) }
        guard let payment = try payments(of: folio).first(where: { $0.number == number }) else {
            throw ServiceRefusal.paymentNotFound(number)
        }
        guard payment.state == .succeeded, let intent = payment.intent else { throw ServiceRefusal.paymentNotSucceeded(number) }
        if folio.state == .open, let found = try refunds(of: folio).first(where: { $0.payment == number && $0.isFound }) {
            throw ServiceRefusal.foundRefund(folio.reference, number: found.number)
        }
        guard amount.currency == tenant.currency else { throw MoneyError.currencyMismatch(tenant.currency, amount.currency) }
        if let why = payment.refundRefusal { throw ServiceRefusal.paymentNotRefundable(number, why: why) }
        guard amount.minorUnits <= payment.refundable else {
            throw ServiceRefusal.refundTooLarge(Money(minorUnits: payment.refundable, currency: tenant.currency))
        }
        guard line == nil || bill == .lowered else { throw ServiceRefusal.lineUnwanted }
        let meaning = try meaning(of: bill, on: folio)
        let lowered = meaning == .lowered ? try lower(folio, by: amount, reason: reason, on: line, by: actor) : nil
        let refund = try addRefund(amount, of: payment, reason: reason, bill: meaning, line: lowered, to: folio)
        return try plan(
            .refund, Requests.refund(refund, of: intent, folio: folio, tenant, key: key, for: asked), folio: folio, subject: refund.number)
    }

    /// Where the bill cannot change, it stays as it is without anybody's saying so.
    private func meaning(of choice: Ledger.Refund.BillChoice?, on folio: Folio) throws -> Ledger.Refund.Bill {
        switch (folio.state, choice) {
        case (.open, .lowered): return .lowered
        case (.open, nil): throw ServiceRefusal.billMissing
        case (_, .lowered): throw ServiceRefusal.billFixed(folio.reference, folio.state)
        case (_, .unchanged), (_, nil): return .unchanged
        }
    }

    /// Lowers what the guest owes by as much as goes back.
    ///
    /// - Returns: The number of the first allowance.
    /// - Throws: `LineRefusal` when no allowance is made.
    func lower(_ folio: Folio, by amount: Money, reason: String, on line: Int64?, by actor: String) throws -> Int64? {
        let allowances = try lines(of: folio).allowances(of: amount, reason: reason, on: line)
        for allowance in allowances { try add(allowance, to: folio, by: actor) }
        return allowances.first?.number
    }
}
