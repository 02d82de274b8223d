import JSON

extension Orders {
    /// What the hosted page's button does, the guest's authentication included.
    func payCheckout(_ id: String, _ body: JSON) throws -> JSON {
        try only(
            [
                "card", "exp_month", "exp_year", "cvc", "method", "wallet", "payment_method", "issuer", "email", "name", "line1",
                "postal_code", "authentication",
            ], in: body)
        let account = try owner(id) { $0.sessions[id] != nil }
        let email = body["email"]?.textValue ?? "guest@example.com"
        let name = body["name"]?.textValue ?? "Guest"
        let address: JSON = .object([
            ("country", "DE"), ("line1", body["line1"] ?? .null), ("postal_code", body["postal_code"] ?? .null),
        ])
        let contact: JSON = .object([("email", .text(email)), ("name", .text(name)), ("address", address)])
        var method = try methodToPay(account, try account.session(id), body, contact)
        if let order = body["issuer"] { method = try instruct(method, order, account) }
        var outcome = try account.pay(id, with: method, email: email, name: name)
        let authentication = body["authentication"]?.textValue ?? "succeed"
        if case .continues = outcome, authentication != "leave", let intent = account.intent(ofSession: id) {
            try account.finish(intent, succeeded: authentication == "succeed")
            outcome = try account.outcome(of: id)
        }
        return result(account, id, outcome)
    }

    private func methodToPay(_ account: Account, _ session: CheckoutSession, _ body: JSON, _ contact: JSON) throws -> PaymentMethod {
        let named = body["payment_method"]?.textValue
        // A test card by its name is typed like one by its number.
        let testCard = named.flatMap(TestCard.named)
        if let named, testCard == nil { return try account.paymentMethod(forUse: named, param: "payment_method") }
        let type = body["method"]?.textValue ?? "card"
        // Where a page takes cards only, Link pays with the card that lies in it.
        let isCardOfLink = type == "link" && !session.paymentMethodTypes.contains("link")
        let wallet = isCardOfLink ? "link" : body["wallet"]?.textValue
        if type != "card", !isCardOfLink {
            guard wallet == nil, testCard == nil, session.offeredTypes.contains(type) else {
                throw Refused(message: "This page does not offer \(type), or something else is said to pay with.")
            }
            return try account.makePaymentMethod(
                from: .object([("type", .text(type)), ("billing_details", contact), (type, .object([("country", "DE")]))]), param: "")
        }
        guard let number = testCard?.number ?? body["card"]?.textValue ?? wallet.map({ _ in "4242424242424242" }) else {
            throw Refused(
                message: "Say what to pay with: {\"card\": \"4242424242424242\"}, {\"payment_method\": \"pm_card_mastercard\"} or "
                    + "{\"method\": \"klarna\"}.")
        }
        guard wallet.map(PaymentMethod.wallets.contains) ?? true else {
            throw Refused(message: "Known wallets are \(PaymentMethod.wallets.joined(separator: ", ")).")
        }
        let card: JSON = .object([
            ("number", .text(number)), ("exp_month", body["exp_month"] ?? 12), ("exp_year", body["exp_year"] ?? .int(nextYear)),
            ("cvc", body["cvc"] ?? "123"),
        ])
        let method = try account.makePaymentMethod(
            from: .object([("type", "card"), ("card", card), ("billing_details", contact)]), param: "")
        let known = account.issuer(of: method).card
        account.paymentMethods.update(method.id) {
            $0.wallet = wallet
            // Of two test cards with one number, the one that was named.
            if let testCard { $0.card = testCard }
            $0.look(like: known)
        }
        return account.paymentMethods[method.id] ?? method
    }

    private var nextYear: Int { CivilDate(unixSeconds: world.seconds).year + 1 }

    private func result(_ account: Account, _ id: String, _ outcome: PageOutcome) -> JSON {
        let session = account.sessions[id]
        var members: [(key: String, value: JSON)] = [
            ("session", .text(id)), ("status", JSON(session?.status)), ("payment_status", JSON(session?.paymentStatus)),
            ("payment_intent", JSON(session?.paymentIntent)), ("setup_intent", JSON(session?.setupIntent)),
        ]
        switch outcome {
        case .completed(let url): members.append(("redirect", .text(url)))
        case .continues(let url): members.append(("next", .text(url)))
        }
        return .object(members)
    }

    func authenticate(_ id: String, _ body: JSON) throws -> JSON {
        try only(["outcome"], in: body)
        let account = try owner(id) { $0.paymentIntents[id] != nil || $0.setupIntents[id] != nil }
        let outcome = body["outcome"]?.textValue ?? "succeed"
        guard ["succeed", "fail"].contains(outcome) else { throw Refused(message: "outcome must be succeed or fail.") }
        try account.finish(id, succeeded: outcome == "succeed")
        return account.object(id) ?? .null
    }

    /// Names, addresses and mail are gone from an object, as after a guest has asked Stripe to be forgotten.
    func redact(_ id: String, _ body: JSON) throws -> JSON {
        try only([], in: body)
        let account = try owner(id) { $0.object(id) != nil }
        guard account.redact(id) else {
            throw Refused(message: "Only customers, payment methods, sessions, payment intents and charges hold what can be redacted.")
        }
        return account.object(id) ?? .null
    }

    /// How an endpoint is written to from now on.
    func write(to id: String, _ body: JSON) throws -> JSON {
        try only(["api_version", "thin"], in: body)
        let account = try owner(id) { $0.endpoints[id] != nil }
        account.endpoints.update(id) {
            if let version = body["api_version"] { $0.apiVersion = version.textValue }
            if let isThin = body["thin"]?.boolValue { $0.isThin = isThin }
        }
        return account.endpoints[id]?.json(withSecret: false) ?? .null
    }

    func roll(_ id: String, _ body: JSON) throws -> JSON {
        try only(["overlap_seconds"], in: body)
        let account = try owner(id) { $0.endpoints[id] != nil }
        let overlap = body["overlap_seconds"]?.intValue ?? 86_400
        guard (0...86_400).contains(overlap) else { throw Refused(message: "overlap_seconds must lie between 0 and 86400.") }
        return .object([("secret", JSON(account.rollSecret(of: id, overlapSeconds: overlap)))])
    }

    func dispute(_ id: String, _ body: JSON) throws -> JSON {
        try only(["reason", "inquiry", "amount"], in: body)
        let account = try owner(id) { $0.charges[id] != nil }
        guard let charge = account.charges[id], charge.isCaptured, charge.dispute == nil else {
            throw Refused(message: "Only a captured charge that was not disputed before can be disputed.")
        }
        account.openDispute(
            charge, reason: body["reason"]?.textValue ?? "fraudulent", isInquiry: body["inquiry"] == true,
            amount: body["amount"]?.intValue ?? charge.amountCaptured - charge.amountRefunded)
        return account.charges[id]?.dispute.flatMap { account.object($0) } ?? .null
    }

    /// Ends a dispute, a refund or a payout as ordered.
    func decide(_ kind: String, _ id: String, _ body: JSON) throws -> JSON {
        let account = try owner(id) { $0.object(id) != nil }
        switch (kind, body["outcome"]?.textValue ?? body["fail"].map { _ in "fail" }) {
        case ("disputes", let outcome?) where ["won", "lost", "warning_closed"].contains(outcome): account.close(id, as: outcome)
        case ("refunds", "succeeded"): account.settle(id)
        case ("refunds", "failed"): account.fail(id)
        case ("refunds", "canceled"): account.undo(id, as: "canceled", reason: "merchant_request")
        case ("refunds", "requires_action"):
            guard account.requireAction(forRefund: id) else { throw Refused(message: "No payer of a card's or an ended refund is asked.") }
        case ("payouts", "fail"): account.failPayout(id, code: body["fail"]?.textValue ?? "account_closed")
        default: throw Refused(message: "Unknown outcome for \(kind).")
        }
        return account.object(id) ?? .null
    }
}

extension Account {
    /// The intent a session works on.
    func intent(ofSession id: String) -> String? { sessions[id]?.setupIntent ?? sessions[id]?.paymentIntent }

    /// The payer's way back from the bank's or provider's page.
    func finish(_ intent: String, succeeded: Bool) throws {
        if setupIntents[intent] != nil {
            try finishSetupAuthentication(intent, succeeded: succeeded)
        } else {
            try finishAuthentication(intent, succeeded: succeeded)
        }
    }
}
