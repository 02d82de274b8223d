import JSON

extension Account {
    static let balanceRoutes: [Route] = [
        Route("GET /v1/balance") { account, _ in account.balance },
        Route("GET /v1/balance_transactions") { try $0.listBalanceTransactions($1) },
        Route("GET /v1/balance_transactions/{id}") { account, call in
            guard let transaction = account.balanceTransactions[call.id] else {
                throw StripeError.noSuch("balance transaction", call.id, param: "id")
            }
            return transaction.json(now: account.now)
        },
    ]

    /// What Stripe holds in reserve is not in it: in this version no field shows that, only transactions do. `GET /_sim/ledger` has it.
    private var balance: JSON {
        func amounts(_ sums: [String: Int]) -> JSON {
            .array(
                balanceCurrencies.map {
                    let amount = JSON.int(sums[$0] ?? 0)
                    return .object([("amount", amount), ("currency", .text($0)), ("source_types", .object([("card", amount)]))])
                })
        }
        var balance: JSON = .object([
            ("object", "balance"), ("available", amounts(books.available)), ("livemode", false), ("pending", amounts(books.pending)),
            (
                "refund_and_dispute_prefunding",
                .object([
                    ("available", amounts(books.elsewhere["refund_and_dispute_prefunding"] ?? [:])), ("pending", amounts([:])),
                ])
            ),
        ])
        if let issuing = books.elsewhere["issuing"] { balance["issuing"] = .object([("available", amounts(issuing))]) }
        return balance
    }

    /// Those the account settles in, and those it has ever had money in.
    private var balanceCurrencies: [String] {
        Set(books.available.keys).union(books.pending.keys).union(settings.settlementCurrencies).sorted()
    }

    /// An unknown type is an empty list, an unknown payout or source a refusal; a dispute's id finds nothing.
    private func listBalanceTransactions(_ call: Call) throws -> JSON {
        let parameters = call.parameters
        let payout = parameters.text("payout")
        let source = parameters.text("source")
        let type = parameters.text("type")
        let currency = parameters.text("currency")?.lowercased()
        var key = source ?? type.map { "type:" + $0 } ?? currency.map { "currency:" + $0 }
        if let payout {
            guard let payout = payouts[payout] else { throw StripeError.noSuch("payout", payout, param: "payout", status: 400) }
            guard payout.isAutomatic else {
                throw StripeError.invalid(
                    "Balance transaction history can only be filtered on automatic payouts, not manual.", param: "payout")
            }
            key = "payout:" + payout.id
        }
        if let source {
            if disputes[source] != nil {
                key = "nothing"
            } else if object(source) == nil, balanceTransactions.all(under: source).isEmpty {
                throw StripeError.noSuch("source", source, param: "source", status: 400)
            }
        }
        return try list(
            balanceTransactions, call, noun: "balance_transaction", keys: key.map { [$0] },
            where: { transaction in
                (payout ?? transaction.payout) == transaction.payout && (source ?? transaction.source) == transaction.source
                    && (type ?? transaction.type) == transaction.type && (currency ?? transaction.currency) == transaction.currency
            }, render: { $0.json(now: self.now) })
    }
}
