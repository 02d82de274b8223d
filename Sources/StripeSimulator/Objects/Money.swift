import JSON

/// A movement on the account's balance; never changed once made.
struct BalanceTransaction: Stored {
    let id: String
    let created: Int
    /// In the settlement currency; negative when money leaves.
    let amount: Int
    let fee: Int
    let currency: String
    /// Decimal text; nil when charged in the settlement currency.
    let exchangeRate: String?
    let type: String
    let reportingCategory: String
    let source: String?
    let description: String?
    let feeDescription: String
    let availableOn: Int
    /// The automatic payout that carried it.
    var payout: String?
    /// The balance that it changes, one of `MovementType.balances`.
    var balanceType = "payments"

    var net: Int { amount - fee }

    /// - Parameter now: Decides `status`: pending until it is available.
    func json(now: Int) -> JSON {
        .object([
            ("id", .text(id)), ("object", "balance_transaction"), ("amount", .int(amount)), ("available_on", .int(availableOn)),
            ("balance_type", .text(balanceType)), ("created", .int(created)), ("currency", .text(currency)),
            ("description", JSON(description)),
            ("exchange_rate", exchangeRate.map(JSON.decimal) ?? .null), ("fee", .int(fee)),
            (
                "fee_details",
                .array(
                    fee == 0
                        ? []
                        : [
                            .object([
                                ("amount", .int(fee)), ("application", nil), ("currency", .text(currency)),
                                ("description", .text(feeDescription)),
                                ("type", "stripe_fee"),
                            ])
                        ])
            ),
            ("net", .int(net)), ("reporting_category", .text(reportingCategory)), ("source", JSON(source)),
            ("status", availableOn <= now ? "available" : "pending"), ("type", .text(type)),
        ])
    }
}

/// Money given back.
struct Refund: Stored {
    let id: String
    let created: Int
    let amount: Int
    let currency: String
    let charge: String
    let paymentIntent: String?
    let reason: String?
    var metadata: JSON
    /// `pending`, `requires_action`, `succeeded`, `failed` or `canceled`.
    var status: String
    var pendingReason: String?
    var balanceTransaction: String?
    var failureBalanceTransaction: String?
    var failureReason: String?
    /// What the payer is asked to do first.
    var nextAction: JSON = .null
    let isCard: Bool
    let methodType: String

    var json: JSON {
        var members: [(key: String, value: JSON)] = [
            ("id", .text(id)), ("object", "refund"), ("amount", .int(amount)), ("balance_transaction", JSON(balanceTransaction)),
            ("charge", .text(charge)), ("created", .int(created)), ("currency", .text(currency)),
            (
                "destination_details",
                isCard
                    ? .object([
                        (
                            "card",
                            .object([
                                ("reference_status", "pending"), ("reference_type", "acquirer_reference_number"),
                                ("type", status == "pending" ? "pending" : "refund"),
                            ])
                        ), ("type", "card"),
                    ]) : .object([(methodType, .emptyObject), ("type", .text(methodType))])
            ),
        ]
        if let failureBalanceTransaction { members.append(("failure_balance_transaction", .text(failureBalanceTransaction))) }
        if let failureReason { members.append(("failure_reason", .text(failureReason))) }
        members.append(("metadata", metadata))
        if !nextAction.isNull { members.append(("next_action", nextAction)) }
        members.append(("payment_intent", JSON(paymentIntent)))
        if let pendingReason { members.append(("pending_reason", .text(pendingReason))) }
        members += [
            ("reason", JSON(reason)), ("receipt_number", nil), ("source_transfer_reversal", nil), ("status", .text(status)),
            ("transfer_reversal", nil),
        ]
        return .object(members)
    }
}
