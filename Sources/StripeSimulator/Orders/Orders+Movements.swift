import JSON

extension Orders {
    /// `POST /_sim/balance_transactions`: a movement that no call made. It is listed among the others and changes the balance, so that the
    /// sum of `net` over the transactions of the payments balance stays what is available and pending.
    ///
    /// - `type` is any word; `reporting_category` is by default the one that Stripe gives to the type.
    /// - `amount` is negative when money leaves; `fee` is what Stripe keeps of it.
    /// - `currency` is by default the account's; `created` is by default now and may lie in the past; `available_on` is by default
    ///   `created`.
    /// - `source` is an id, whether such an object is there or not, or a kind: `charge` makes one without an intent, which can be refunded
    ///   and disputed like others; `topup` and `transfer` make one that can be read. With `unreadable` it cannot be, see `orderReading`.
    /// - `reserve_hold` and `reserve_release` without a `balance_type` make two: of the payments balance the one ordered, of the reserved
    ///   balance (`risk_reserved`) its opposite.
    func orderMovement(_ body: JSON) throws -> JSON {
        try only(
            [
                "id", "key", "type", "amount", "fee", "currency", "reporting_category", "balance_type", "source", "created", "available_on",
                "description", "unreadable",
            ], in: body)
        let account = try account(body).account
        guard let type = body["type"]?.textValue, !type.isEmpty else { throw Refused(message: "type must be a word, such as stripe_fee.") }
        guard let amount = body["amount"]?.intValue else { throw Refused(message: "amount must be a whole number of the smallest unit.") }
        let currency = body["currency"]?.textValue ?? account.settings.currency
        guard StripeAmounts.isKnown(currency), currency == currency.lowercased() else {
            throw Refused(message: "currency must be one that Stripe knows, such as eur.")
        }
        let balanceType = body["balance_type"]?.textValue ?? "payments"
        guard MovementType.balances.contains(balanceType) else {
            throw Refused(message: "balance_type must be one of \(MovementType.balances.joined(separator: ", ")).")
        }
        let created = body["created"]?.intValue ?? account.now
        guard (0...account.now).contains(created) else { throw Refused(message: "created must be unix seconds up to now.") }
        let source = body["source"]?.textValue
        guard source == nil || source?.contains("_") == true || Account.sourceKinds.contains(source ?? "") else {
            throw Refused(message: "source must be an id, or one of \(Account.sourceKinds.joined(separator: ", ")).")
        }
        let unreadable = try body["unreadable"].flatMap(readUnreadable)
        guard unreadable == nil || source != nil else { throw Refused(message: "unreadable needs a source.") }
        let movement = Movement(
            type: type, amount: amount, fee: body["fee"]?.intValue ?? 0, currency: currency,
            category: body["reporting_category"]?.textValue ?? MovementType.category(of: type), created: created,
            availableOn: body["available_on"]?.intValue ?? created, description: body["description"] ?? .null, balanceType: balanceType)
        let id = account.move(
            movement, source: source, isMirrored: body["balance_type"] == nil && MovementType.reserving.contains(type))
        if let unreadable, let source = account.balanceTransactions[id]?.source { account.unreadable[source] = unreadable }
        return account.object(id) ?? .null
    }

    /// `POST /_sim/objects/{id}`: how reading an object by its id is answered from now on: 404, 403 as to a key that may not, 500, `odd`
    /// for a body that is no such object, null as usual. Lists still show it; an expansion of it as a `source` leaves its id.
    func orderReading(_ id: String, _ body: JSON) throws -> JSON {
        try only(["id", "key", "unreadable"], in: body)
        guard let order = body["unreadable"] else { throw Refused(message: "Say how: {\"unreadable\": 404}.") }
        let account = try (try? owner(id) { $0.object(id) != nil }) ?? account(body).account
        account.unreadable[id] = try readUnreadable(order)
        return .object([("id", .text(id)), ("unreadable", order)])
    }

    private func readUnreadable(_ order: JSON) throws -> Unreadable? {
        switch order {
        case .null: nil
        case 404: .missing
        case 403: .forbidden
        case 500: .broken
        case "odd": .odd
        default: throw Refused(message: "unreadable is 404, 403, 500, \"odd\" or null.")
        }
    }
}
