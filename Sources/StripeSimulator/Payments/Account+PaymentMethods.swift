import JSON

extension Account {
    static let paymentMethodRoutes: [Route] = [
        Route("POST /v1/payment_methods") { account, call in
            let method = try account.makePaymentMethod(from: call.parameters.root, param: "")
            return method.json
        },
        Route("GET /v1/payment_methods") { account, call in
            if let customer = call.parameters.text("customer") { try account.requireCustomer(customer) }
            return try account.listPaymentMethods(call, customer: call.parameters.text("customer"))
        },
        Route("GET /v1/payment_methods/{payment_method}") { try $0.paymentMethod($1.id).json },
        Route("POST /v1/payment_methods/{payment_method}") { try $0.updatePaymentMethod($1) },
        Route("POST /v1/payment_methods/{payment_method}/attach") { try $0.attachPaymentMethod($1) },
        Route("POST /v1/payment_methods/{payment_method}/detach") { try $0.detachPaymentMethod($1) },
    ]

    func listPaymentMethods(_ call: Call, customer: String?) throws -> JSON {
        let type = call.parameters.text("type")
        return try list(
            paymentMethods, call, noun: "payment_method", keys: [customer ?? "nobody"],
            where: { method in type.map { $0 == method.type } ?? true }, render: \.json)
    }

    private func paymentMethod(_ id: String) throws -> PaymentMethod {
        guard let method = paymentMethods[id] else { throw StripeError.noSuch("PaymentMethod", id, param: "payment_method") }
        return method
    }

    /// A stored method, or a new one for a test id such as `pm_card_visa`.
    func paymentMethod(forUse id: String, param: String, status: Int = 400) throws -> PaymentMethod {
        if let method = paymentMethods[id] { return method }
        guard let card = TestCard.named(id) else { throw StripeError.noSuch("PaymentMethod", id, param: param, status: status) }
        return add(card)
    }

    /// A method of its own for a test card.
    func add(_ card: TestCard) -> PaymentMethod { add(PaymentMethod(card: card, id: mint("pm_1"), created: now, year: 2026)) }

    private func add(_ method: PaymentMethod) -> PaymentMethod {
        var method = method
        method.look(like: issuers[method.issuer]?.card)
        paymentMethods.append(method, keys: [method.issuer])
        return method
    }

    /// - Parameter data: `type` and its details, as in `payment_method_data`.
    func makePaymentMethod(from data: JSON, param: String) throws -> PaymentMethod {
        func name(_ path: String...) -> String {
            let bracketed = param.isEmpty ? path : [param] + path
            return bracketed[0] + bracketed.dropFirst().map { "[\($0)]" }.joined()
        }
        guard let type = data["type"]?.textValue else { throw StripeError.missing(name("type")) }
        var method: PaymentMethod
        if type == "card" {
            method = try cardMethod(data["card"] ?? .null, name: { name("card", $0) })
        } else {
            guard settings.methods.contains(type) else { _ = try checked(types: [type], param: name("type")); return try paymentMethod("") }
            if type == "klarna" {
                for field in ["email"] where data["billing_details"]?[field]?.textValue == nil {
                    throw StripeError.missing(name("billing_details", field))
                }
                guard data["billing_details"]?["address"]?["country"]?.textValue != nil else {
                    throw StripeError.missing(name("billing_details", "address", "country"))
                }
            }
            if type == "sofort", data["sofort"]?["country"] == nil { throw StripeError.missing(name("sofort", "country")) }
            method = PaymentMethod(
                id: mint("pm_1"), created: now, type: type, card: nil, expiryMonth: 0, expiryYear: 0,
                billingDetails: BillingDetails.json(nil),
                metadata: .emptyObject)
        }
        method.billingDetails = BillingDetails.json(data["billing_details"])
        method.metadata = data["metadata"].flatMap { $0.members == nil ? nil : $0 } ?? .emptyObject
        if let redisplay = data["allow_redisplay"]?.textValue { method.allowRedisplay = redisplay }
        return add(method)
    }

    private func cardMethod(_ card: JSON, name: (String) -> String) throws -> PaymentMethod {
        if let token = card["token"]?.textValue {
            guard let known = TestCard.named("pm_card_" + token.dropFirst("tok_".count)) else {
                throw StripeError.noSuch("token", token, param: name("token"), status: 400)
            }
            return PaymentMethod(card: known, id: mint("pm_1"), created: now, year: 2026)
        }
        guard let number = card["number"]?.textValue else { throw StripeError.missing(name("number")) }
        guard let month = card["exp_month"]?.intValue else { throw StripeError.missing(name("exp_month")) }
        guard let year = card["exp_year"]?.intValue else { throw StripeError.missing(name("exp_year")) }
        let entry = CardEntry(number: number, month: month, year: year, cvc: card["cvc"]?.textValue)
        if let problem = entry.problem(now: now) {
            throw StripeError(
                status: 402, type: "card_error", message: problem.message, code: problem.code, param: name(problem.field),
                declineCode: problem.declineCode)
        }
        guard let known = TestCard.numbered(entry.digits) else { preconditionFailure("a number without problem is a known one") }
        var method = PaymentMethod(card: known, id: mint("pm_1"), created: now, year: entry.fullYear)
        (method.expiryMonth, method.expiryYear) = (month, entry.fullYear)
        method.hasCheckedCVC = entry.cvc != nil
        return method
    }

    private func updatePaymentMethod(_ call: Call) throws -> JSON {
        _ = try paymentMethod(call.id)
        paymentMethods.update(call.id) {
            $0.metadata = call.parameters.metadata(over: $0.metadata)
            if let details = call.parameters["billing_details"] {
                $0.billingDetails = BillingDetails.json($0.billingDetails.merging(details))
            }
            if let redisplay = call.parameters.text("allow_redisplay") { $0.allowRedisplay = redisplay }
        }
        let method = try paymentMethod(call.id)
        emit("payment_method.updated", method.json)
        return method.json
    }

    private func attachPaymentMethod(_ call: Call) throws -> JSON {
        guard let customer = call.parameters.text("customer") else { throw StripeError.missing("customer") }
        let method = try paymentMethod(forUse: call.id, param: "payment_method", status: 404)
        try requireCustomer(customer)
        if method.isSpent {
            throw StripeError(
                message:
                    "This PaymentMethod was previously used without being attached to a Customer or was detached from a Customer, and "
                    + "may not be used again."
            )
        }
        if let owner = method.customer, owner != customer {
            throw StripeError(message: "The payment method you provided has already been attached to a customer.", param: "payment_method")
        }
        try verify(method)
        attach(method.id, to: customer)
        return try paymentMethod(method.id).json
    }

    /// Saving a card asks its issuer first.
    func verify(_ method: PaymentMethod) throws {
        guard method.card?.authentication == nil, let decline = declineToSave(method) else { return }
        throw StripeError(decline, of: method)
    }

    func attach(_ id: String, to customer: String) {
        guard let method = paymentMethods[id], method.customer == nil, customers[customer]?.isDeleted != true else { return }
        paymentMethods.update(id) { $0.customer = customer }
        paymentMethods.add(key: customer, to: id)
        emit("payment_method.attached", paymentMethods[id]?.json ?? .null)
    }

    /// The network puts a new card in the place of a saved one: the method keeps its id and is as good as before.
    func renew(_ id: String, last4: String, month: Int, year: Int) {
        guard let before = paymentMethods[id]?.json["card"] else { return }
        paymentMethods.update(id) {
            // The same number keeps its fingerprint: only its expiry is a new one.
            if last4 != $0.last4 { $0.renewedLast4 = last4 }
            ($0.expiryMonth, $0.expiryYear) = (month, year)
        }
        let after = paymentMethods[id]?.json ?? .null
        let changed = Self.changes(from: before, to: after["card"] ?? .null)
        emit("payment_method.automatically_updated", after, previous: .object([("card", changed)]))
    }

    private func detachPaymentMethod(_ call: Call) throws -> JSON {
        let method = try paymentMethod(call.id)
        guard method.customer != nil else {
            throw StripeError(
                message: "The payment method you provided is not attached to a customer so detachment is impossible.",
                param: "payment_method")
        }
        detach(call.id)
        return try paymentMethod(call.id).json
    }

    /// For good: a detached method can never be used again.
    func detach(_ id: String) {
        guard let method = paymentMethods[id], let customer = method.customer else { return }
        paymentMethods.update(id) {
            $0.customer = nil
            $0.isSpent = true
        }
        paymentMethods.remove(key: customer, from: id)
        emit("payment_method.detached", paymentMethods[id]?.json ?? .null, previous: .object([("customer", .text(customer))]))
    }
}

extension PaymentMethod {
    init(card: TestCard, id: String, created: Int, year: Int) {
        self.init(
            id: id, created: created, type: "card", card: card, expiryMonth: 8, expiryYear: max(year, 1970 + created / 31_556_952 + 1),
            billingDetails: BillingDetails.json(nil), metadata: .emptyObject)
    }
}
