/// An account's money, kept as it moves.
struct Books {
    /// By currency.
    var available: [String: Int] = [:]
    var pending: [String: Int] = [:]
    var captured: [String: Int] = [:]
    var refunded: [String: Int] = [:]
    var fees: [String: Int] = [:]
    var paidOut: [String: Int] = [:]
    /// Available and in no payout yet, oldest first.
    var unpaid: [String] = []
    /// Refunds that wait for money, oldest first.
    var waitingRefunds: [String] = []

    func total(_ currency: String) -> Int { available[currency, default: 0] + pending[currency, default: 0] }
}

extension Account {
    /// Writes one balance transaction and moves the money.
    ///
    /// - Parameters:
    ///   - amount: In `currency`, negative when money leaves; converted when the account does not settle in it.
    ///   - payout: The automatic payout whose own transaction this is.
    ///   - fee: In the settlement currency.
    /// - Returns: Its id.
    @discardableResult
    func book(
        _ amount: Int, _ currency: String, type: String, category: String, source: String?, description: String? = nil,
        availableOn: Int? = nil,
        payout: String? = nil, fee: (_ settled: Int, _ isConverted: Bool) -> (amount: Int, description: String) = { _, _ in (0, "") }
    ) -> String {
        let isConverted = currency != settings.currency
        let rate = settings.rates[currency] ?? 1_000_000
        let settled = isConverted ? StripeAmounts.convert(amount, from: currency, to: settings.currency, rate: rate) : amount
        let fee = fee(settled, isConverted)
        let transaction = BalanceTransaction(
            id: mint("txn_3"), created: now, amount: settled, fee: fee.amount, currency: settings.currency,
            exchangeRate: isConverted ? Self.decimal(millionths: rate) : nil, type: type, reportingCategory: category, source: source,
            description: description, feeDescription: fee.description, availableOn: availableOn ?? now, payout: payout)
        balanceTransactions.append(
            transaction, keys: [source, "type:" + type, "currency:" + transaction.currency, payout.map { "payout:" + $0 }])
        books.fees[transaction.currency, default: 0] += transaction.fee
        if transaction.availableOn > now {
            books.pending[transaction.currency, default: 0] += transaction.net
            schedule(.fundsAvailable(transaction: transaction.id), at: transaction.availableOn)
        } else {
            books.available[transaction.currency, default: 0] += transaction.net
            noteUnpaid(transaction)
        }
        return transaction.id
    }

    func makeAvailable(_ id: String) {
        guard let transaction = balanceTransactions[id] else { return }
        books.pending[transaction.currency, default: 0] -= transaction.net
        books.available[transaction.currency, default: 0] += transaction.net
        noteUnpaid(transaction)
    }

    /// The unpaid transactions always add up to what is available.
    private func noteUnpaid(_ transaction: BalanceTransaction) {
        if transaction.payout == nil { books.unpaid.append(transaction.id) }
    }

    /// When money taken now becomes available: midnight UTC after the account's delay.
    var nextAvailability: Int { (now / 86_400 + settings.delayDays) * 86_400 }

    static func decimal(millionths: Int) -> String {
        let fraction = String(1_000_000 + millionths % 1_000_000).dropFirst()
        var text = "\(millionths / 1_000_000).\(fraction)"
        while text.hasSuffix("0"), !text.hasSuffix(".0") { text.removeLast() }
        return text
    }
}
