/// An account's money, kept as it moves.
struct Books {
    /// By currency.
    var available: [String: Int] = [:]
    var pending: [String: Int] = [:]
    /// Other balances than the one of payments, by their names and by currency: what Stripe holds in reserve is the account's own money.
    var elsewhere: [String: [String: Int]] = [:]
    var captured: [String: Int] = [:]
    var refunded: [String: Int] = [:]
    var fees: [String: Int] = [:]
    var paidOut: [String: Int] = [:]
    /// Available and in no payout yet, by currency, oldest first.
    var unpaid: [String: [String]] = [:]
    /// Refunds that wait for money, oldest first.
    var waitingRefunds: [String] = []
}

/// An amount as it reaches the balance.
struct Settled {
    /// In `currency`, which is one that the account settles in.
    let amount: Int
    let currency: String
    /// In millionths; nil when nothing was converted.
    let rate: Int?
}

extension Account {
    /// - Parameter currency: When the account has no balance in it, the amount is converted into the default currency.
    func settled(_ amount: Int, _ currency: String) -> Settled {
        guard !settings.settlementCurrencies.contains(currency) else { return Settled(amount: amount, currency: currency, rate: nil) }
        let rate = settings.rates[currency] ?? 1_000_000
        let converted = StripeAmounts.convert(amount, from: currency, to: settings.currency, rate: rate)
        return Settled(amount: converted, currency: settings.currency, rate: rate)
    }

    /// Writes one balance transaction and moves the money.
    ///
    /// - Parameters:
    ///   - amount: In `currency`, negative when money leaves; converted when the account does not settle in it.
    ///   - category: nil for the usual one of the type.
    ///   - payout: The automatic payout whose own transaction this is.
    ///   - fee: In the settlement currency.
    /// - Returns: Its id.
    @discardableResult
    func book(
        _ amount: Int, _ currency: String, type: String, category: String? = nil, source: String?, description: String? = nil,
        availableOn: Int? = nil, payout: String? = nil, fee: (Settled) -> (amount: Int, description: String) = { _ in (0, "") }
    ) -> String {
        let settled = settled(amount, currency)
        let fee = fee(settled)
        let transaction = BalanceTransaction(
            id: mint("txn_3"), created: now, amount: settled.amount, fee: fee.amount, currency: settled.currency,
            exchangeRate: settled.rate.map(Self.decimal(millionths:)), type: type,
            reportingCategory: category ?? MovementType.category(of: type), source: source, description: description,
            feeDescription: fee.description, availableOn: availableOn ?? now, payout: payout)
        enter(transaction)
        return transaction.id
    }

    /// Puts a balance transaction in its place among the others, and its money into the balance that it names.
    func enter(_ transaction: BalanceTransaction) {
        balanceTransactions.insert(
            transaction,
            keys: [
                transaction.source, "type:" + transaction.type, "currency:" + transaction.currency,
                transaction.payout.map { "payout:" + $0 },
            ])
        books.fees[transaction.currency, default: 0] += transaction.fee
        guard transaction.balanceType == "payments" else {
            books.elsewhere[transaction.balanceType, default: [:]][transaction.currency, default: 0] += transaction.net
            return
        }
        if transaction.availableOn > now {
            books.pending[transaction.currency, default: 0] += transaction.net
            schedule(.fundsAvailable(transaction: transaction.id), at: transaction.availableOn)
        } else {
            addAvailable(transaction)
        }
    }

    func makeAvailable(_ id: String) {
        guard let transaction = balanceTransactions[id] else { return }
        books.pending[transaction.currency, default: 0] -= transaction.net
        addAvailable(transaction)
    }

    /// The unpaid transactions always add up to what is available.
    private func addAvailable(_ transaction: BalanceTransaction) {
        books.available[transaction.currency, default: 0] += transaction.net
        if transaction.payout == nil { books.unpaid[transaction.currency, default: []].append(transaction.id) }
        if transaction.net > 0, !books.waitingRefunds.isEmpty { schedule(.moneyCame, at: now) }
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
