/// Payments that fail after they stood on the balance.
///
/// - Source: Stripe's page "Balance transaction types": a debit is on the balance while it is on its way, and `payment_failure_refund` takes
///   it back when it fails; `payment_reversal` takes back one that had been paid. The charge names it as `failure_balance_transaction`.
extension Account {
    /// The bank takes back a payment that had succeeded. Its intent says succeeded for good.
    ///
    /// - Parameter type: Of the balance transaction.
    func fail(charge id: String, code: String, type: String) {
        if charges[id]?.feeIsLate == true { settleLateFee(of: id) }
        guard let charge = charges[id] else { return }
        books.captured[charge.currency, default: 0] -= charge.amountCaptured
        charges.update(id) {
            $0.status = "failed"
            $0.isPaid = false
            $0.failureCode = code
            $0.failureMessage = "The payment failed at the bank."
        }
        takeBack(id, type: type)
        emit("charge.failed", charges[id]?.json ?? .null)
    }

    /// Takes what a charge has brought out of the balance again; its fee stays with Stripe.
    func takeBack(_ id: String, type: String) {
        guard let charge = charges[id], charge.balanceTransaction != nil else { return }
        let transaction = book(
            -(charge.isCaptured ? charge.amountCaptured : charge.amount), charge.currency, type: type, source: id,
            description: "PAYMENT FAILURE")
        charges.update(id) { $0.failureBalanceTransaction = transaction }
    }
}
