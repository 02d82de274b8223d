extension Account {
    /// Books a capture of a charge, with the fee of the account's price list.
    ///
    /// Where the account shows payments that are on their way, one is booked before it is paid.
    ///
    /// - Parameter amount: What was captured now, where a charge is captured several times; nil for all of it. The charge names its
    ///   first transaction.
    func settleCapture(_ id: String, amount: Int? = nil) {
        guard let charge = charges[id], charge.isCaptured || charge.status == "pending",
            amount != nil || charge.balanceTransaction == nil
        else { return }
        let bypasses = paymentMethods[charge.paymentMethod]?.card?.bypassesPending == true
        let taken = amount ?? (charge.isCaptured ? charge.amountCaptured : charge.amount)
        let transaction = book(
            taken, charge.currency, type: charge.type == "card" ? "charge" : "payment", source: id,
            description: charge.description.textValue, availableOn: bypasses ? now : nextAvailability
        ) { settled in
            let fee = settings.prices.fee(
                for: settled.amount, currency: settled.currency, method: charge.type, isConverted: settled.rate != nil)
            return (fee, "Stripe processing fees")
        }
        charges.update(id) {
            $0.balanceTransaction = $0.balanceTransaction ?? transaction
            $0.feeIsLate = false
        }
    }

    /// How long the balance transaction of an asynchronous capture stays away.
    static let lateFeeSeconds = 2

    /// Until then the charge has no balance transaction.
    func settleLater(_ id: String, delay: Int) {
        charges.update(id) { $0.feeIsLate = true }
        schedule(.feeArrives(charge: id), at: now + delay)
    }

    /// The balance transaction of an asynchronous capture arrives, and `charge.updated` tells.
    func settleLateFee(of id: String) {
        guard let charge = charges[id], charge.feeIsLate else { return }
        settleCapture(id)
        guard let settled = charges[id] else { return }
        emit("charge.updated", settled.json, previous: .object([("balance_transaction", nil)]))
    }
}
