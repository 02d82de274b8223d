import JSON

/// A top-up or a transfer: money that moves on the account without a payment. It can be read by its id.
struct Bystander: Stored {
    let id: String
    let created: Int
    /// As Stripe shows it.
    let json: JSON

    static func topup(id: String, created: Int, amount: Int, currency: String, transaction: String, description: JSON) -> Bystander {
        Bystander(
            id: id, created: created,
            json: .object([
                ("id", .text(id)), ("object", "topup"), ("amount", .int(amount)), ("balance_transaction", .text(transaction)),
                ("created", .int(created)), ("currency", .text(currency)), ("description", description),
                ("expected_availability_date", .int(created)), ("failure_code", nil), ("failure_message", nil), ("livemode", false),
                ("metadata", .emptyObject), ("source", nil), ("statement_descriptor", nil), ("status", "succeeded"),
                ("transfer_group", nil),
            ]))
    }

    static func transfer(id: String, created: Int, amount: Int, currency: String, transaction: String, description: JSON) -> Bystander {
        let reversals: JSON = .object([
            ("object", "list"), ("data", []), ("has_more", false), ("url", .text("/v1/transfers/\(id)/reversals")),
        ])
        return Bystander(
            id: id, created: created,
            json: .object([
                ("id", .text(id)), ("object", "transfer"), ("amount", .int(amount)), ("amount_reversed", 0),
                ("balance_transaction", .text(transaction)), ("created", .int(created)), ("currency", .text(currency)),
                ("description", description), ("destination", nil), ("destination_payment", nil), ("livemode", false),
                ("metadata", .emptyObject), ("reversals", reversals), ("reversed", false), ("source_transaction", nil),
                ("source_type", "card"), ("transfer_group", nil),
            ]))
    }
}

/// How reading an object by its id goes wrong, on order.
enum Unreadable {
    /// 404, as for an object that is not there.
    case missing
    /// 403, as for a key that may not read it.
    case forbidden
    /// 500.
    case broken
    /// 200, with a body that is no such object.
    case odd
}
