import JSON

/// `expand[]`: puts objects in the place of their ids.
struct Expansion {
    /// Fields that hold an id of an object the simulator knows.
    private static let expandable: Set<String> = [
        "customer", "payment_method", "latest_charge", "balance_transaction", "payment_intent", "charge", "setup_intent", "source",
        "failure_balance_transaction", "default_payment_method", "dispute", "review", "latest_attempt", "original_payout", "reversed_by",
    ]
    /// Fields that Stripe leaves out while there is nothing in them, by kind of object.
    private static let absent: [String: Set<String>] = ["refund": ["failure_balance_transaction"]]
    /// Lists that are there only when asked for.
    private static let includable: Set<String> = ["line_items", "refunds"]

    let account: Account

    func expand(_ value: JSON, paths: [String]) throws -> JSON {
        var value = value
        for path in paths {
            let segments = path.split(separator: ".")
            guard segments.filter({ $0 != "data" }).count <= 4 else {
                throw StripeError.invalid("You cannot expand more than 4 levels of a property. Property: \(path)", param: "expand")
            }
            value = try expand(value, segments[...], path: path)
        }
        return value
    }

    private func expand(_ value: JSON, _ segments: ArraySlice<Substring>, path: String) throws -> JSON {
        guard let segment = segments.first else { return value }
        let name = String(segment)
        let rest = segments.dropFirst()
        if name == "data", let values = value["data"]?.arrayValue {
            var value = value
            value["data"] = .array(try values.map { try expand($0, rest, path: path) })
            return value
        }
        if let values = value.arrayValue { return .array(try values.map { try expand($0, segments, path: path) }) }
        guard value.members != nil else { return value }
        var result = value
        if value[name] == nil, Self.includable.contains(name), let list = included(name, of: value) { result[name] = list }
        guard let child = result[name] else {
            guard let kind = value["object"]?.textValue, Self.absent[kind]?.contains(name) == true else { throw Self.cannotExpand(path) }
            return value
        }
        switch child {
        case .text(let id):
            guard Self.expandable.contains(name) else { throw Self.cannotExpand(path) }
            // What moved the money may be an object that this key cannot read: then its id stays.
            if name == "source", account.object(id) == nil || account.unreadable[id] != nil { return result }
            guard let object = account.object(id) else { throw Self.cannotExpand(path) }
            result[name] = try expand(object, rest, path: path)
        case .null:
            guard Self.expandable.contains(name) || !rest.isEmpty || Self.neverFilled.contains(name) else { throw Self.cannotExpand(path) }
        case .object, .array:
            if rest.isEmpty, !Self.includable.contains(name), !Self.expandable.contains(name) { throw Self.cannotExpand(path) }
            result[name] = try expand(child, rest, path: path)
        default: throw Self.cannotExpand(path)
        }
        return result
    }

    /// Expandable at Stripe, but always null here.
    private static let neverFilled: Set<String> = [
        "application", "application_fee", "on_behalf_of", "mandate", "single_use_mandate", "invoice", "subscription",
        "payment_link",
        "source_transfer", "transfer_reversal", "source_transfer_reversal", "default_source", "test_clock", "destination",
    ]

    private static func cannotExpand(_ path: String) -> StripeError {
        .invalid("This property cannot be expanded (\(path)).", param: "expand")
    }

    private func included(_ name: String, of value: JSON) -> JSON? {
        guard let id = value["id"]?.textValue else { return nil }
        switch (name, value["object"]?.textValue) {
        case ("line_items", "checkout.session"):
            guard let session = account.sessions[id] else { return nil }
            return Self.list(session.lineItems, url: "/v1/checkout/sessions/\(id)/line_items")
        case ("refunds", "charge"):
            return Self.list(account.refunds.all(under: id).reversed().map(\.json), url: "/v1/charges/\(id)/refunds")
        default: return nil
        }
    }

    private static func list(_ values: [JSON], url: String) -> JSON {
        .object([("object", "list"), ("data", .array(values)), ("has_more", false), ("url", .text(url))])
    }
}

extension Account {
    /// Any object by its id, as `retrieve` would show it.
    func object(_ id: String) -> JSON? {
        switch id.prefix(while: { $0 != "_" }) {
        case "cus": customers[id]?.json
        case "pm": paymentMethods[id]?.json
        case "pi": paymentIntents[id]?.json
        case "seti": setupIntents[id]?.json
        case "cs": sessions[id]?.json
        case "ch", "py": charges[id]?.json
        case "re", "pyr": refunds[id]?.json
        case "txn": balanceTransactions[id]?.json(now: now)
        case "po": payouts[id]?.json
        case "tu", "tr": bystanders[id]?.json
        case "du", "dp": disputes[id].map(json)
        case "prv": reviews[id]?.json
        case "issfr": earlyFraudWarnings[id]?.json
        default: nil
        }
    }
}
