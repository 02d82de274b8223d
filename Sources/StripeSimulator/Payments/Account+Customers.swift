import JSON

extension Account {
    static let customerRoutes: [Route] = [
        Route("POST /v1/customers") { try $0.createCustomer($1) },
        Route("GET /v1/customers") { account, call in
            try account.list(
                account.customers, call, noun: "customer", keys: call.parameters.text("email").map { ["email:" + $0] },
                where: { customer in call.parameters.text("email").map { $0 == customer.email } ?? true }, render: \.json)
        },
        Route("GET /v1/customers/{customer}") { account, call in
            guard let customer = account.customers[call.id] else { throw StripeError.noSuch("customer", call.id, param: "id") }
            return customer.json
        },
        Route("POST /v1/customers/{customer}") { try $0.updateCustomer($1) },
        Route("DELETE /v1/customers/{customer}") { try $0.deleteCustomer($1) },
        Route("GET /v1/customers/{customer}/payment_methods") { account, call in
            _ = try account.customer(call.id)
            return try account.listPaymentMethods(call, customer: call.id)
        },
        Route("GET /v1/customers/{customer}/payment_methods/{payment_method}") { account, call in
            let customer = try account.customer(call.ids["customer"] ?? "")
            let id = call.ids["payment_method"] ?? ""
            guard let method = account.paymentMethods[id], method.customer == customer.id else {
                throw StripeError.noSuch("PaymentMethod", id, param: "payment_method")
            }
            return method.json
        },
    ]

    private func customer(_ id: String) throws -> Customer {
        guard let customer = customers[id], !customer.isDeleted else { throw StripeError.noSuch("customer", id, param: "id") }
        return customer
    }

    private func createCustomer(_ call: Call) throws -> JSON {
        try checkEmail(call.parameters.text("email"), param: "email")
        let customer = addCustomer(details: call.parameters.root, metadata: call.parameters.metadata())
        if let method = call.parameters.text("payment_method") {
            let method = try paymentMethod(forUse: method, param: "payment_method")
            try verify(method)
            attach(method.id, to: customer.id)
        }
        return customer.json
    }

    /// - Parameter details: Read for `Customer.plainFields`; the rest is ignored.
    func addCustomer(details: JSON, metadata: JSON) -> Customer {
        let customer = Customer(
            id: mint("cus_", length: 14), created: now, details: Self.plain(details), metadata: metadata,
            invoicePrefix: mint("", length: 8).uppercased())
        customers.append(customer, keys: [customer.email.map { "email:" + $0 }])
        emit("customer.created", customer.json)
        return customer
    }

    private static func plain(_ sent: JSON) -> JSON {
        .object((sent.members ?? []).filter { Customer.plainFields.contains($0.key) })
    }

    private func updateCustomer(_ call: Call) throws -> JSON {
        let customer = try customer(call.id)
        try checkEmail(call.parameters.text("email"), param: "email")
        let before = customer.json
        customers.update(call.id) {
            $0.details = $0.details.merging(Self.plain(call.parameters.root))
            $0.metadata = call.parameters.metadata(over: $0.metadata)
            if let method = call.parameters.text("invoice_settings", "default_payment_method") { $0.defaultPaymentMethod = method }
        }
        if let email = customers[call.id]?.email { customers.add(key: "email:" + email, to: call.id) }
        let after = try self.customer(call.id).json
        emit("customer.updated", after, previous: Self.changes(from: before, to: after))
        return after
    }

    /// The members of `before` that `after` holds differently.
    static func changes(from before: JSON, to after: JSON) -> JSON {
        .object((before.members ?? []).filter { after[$0.key] != $0.value })
    }

    private func deleteCustomer(_ call: Call) throws -> JSON {
        let customer = try customer(call.id)
        for method in paymentMethods.all(under: call.id) { detach(method.id) }
        customers.update(call.id) { $0.isDeleted = true }
        emit("customer.deleted", customer.json)
        return customers[call.id]?.json ?? .null
    }
}
