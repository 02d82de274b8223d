import JSON

/// Money on its way to the account's bank.
struct Payout: Stored {
    let id: String
    let created: Int
    let amount: Int
    let currency: String
    let arrivalDate: Int
    let isAutomatic: Bool
    let description: JSON
    let method: String
    let statementDescriptor: JSON
    let destination: String
    var metadata: JSON
    var status: String
    var reconciliationStatus: String
    var balanceTransaction: String?
    var failureBalanceTransaction: String?
    var failureCode: String?
    var failureMessage: String?

    var json: JSON {
        .object([
            ("id", .text(id)), ("object", "payout"), ("amount", .int(amount)), ("application_fee", nil), ("application_fee_amount", nil),
            ("arrival_date", .int(arrivalDate)), ("automatic", .bool(isAutomatic)), ("balance_transaction", JSON(balanceTransaction)),
            ("created", .int(created)), ("currency", .text(currency)), ("description", description), ("destination", .text(destination)),
            ("failure_balance_transaction", JSON(failureBalanceTransaction)), ("failure_code", JSON(failureCode)),
            ("failure_message", JSON(failureMessage)), ("livemode", false), ("metadata", metadata), ("method", .text(method)),
            ("original_payout", nil), ("payout_method", nil), ("reconciliation_status", .text(reconciliationStatus)), ("reversed_by", nil),
            ("source_type", "card"), ("statement_descriptor", statementDescriptor), ("status", .text(status)),
            (
                "trace_id",
                status == "pending" ? nil : .object([("status", "supported"), ("value", .text("TRACE" + id.suffix(10)))])
            ), ("type", "bank_account"),
        ])
    }
}
