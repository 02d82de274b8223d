extension Account {
    static let chargeRoutes: [Route] = [
        Route("GET /v1/charges") { account, call in
            let filters = ["payment_intent", "customer"].compactMap { call.parameters.text($0) }
            return try account.list(
                account.charges, call, noun: "charge", keys: filters.first.map { [$0] },
                where: { charge in filters.allSatisfy { $0 == charge.paymentIntent || $0 == charge.customer } }, render: \.json)
        },
        Route("GET /v1/charges/{charge}") { try $0.charge($1.id).json },
        Route("POST /v1/charges/{charge}") { account, call in
            let before = try account.charge(call.id).json
            account.charges.update(call.id) {
                if let description = call.parameters["description"] { $0.description = description }
                if let email = call.parameters["receipt_email"] { $0.receiptEmail = email }
                if let shipping = call.parameters["shipping"] { $0.shipping = Shipping.json(shipping) }
                if let report = call.parameters["fraud_details"] { $0.fraudDetails = report }
                $0.metadata = call.parameters.metadata(over: $0.metadata)
            }
            let after = try account.charge(call.id).json
            account.emit("charge.updated", after, previous: changes(from: before, to: after))
            return after
        },
        Route("POST /v1/charges/{charge}/capture") { account, call in
            let charge = try account.charge(call.id)
            throw StripeError(
                message: "This charge was made by the PaymentIntent \(charge.paymentIntent ?? "none"); capture that instead.",
                code: "payment_intent_unexpected_state")
        },
    ]

    private func charge(_ id: String) throws -> Charge {
        guard let charge = charges[id] else { throw StripeError.noSuch("charge", id, param: "charge") }
        return charge
    }
}
