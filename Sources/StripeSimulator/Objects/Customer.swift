import JSON

/// Someone who pays.
struct Customer: Stored {
    let id: String
    let created: Int
    /// name, email, phone, description, address, shipping, preferred_locales, tax_exempt: as sent.
    var details: JSON
    var metadata: JSON
    var invoicePrefix: String
    var defaultPaymentMethod: String?
    var isDeleted = false

    var isListed: Bool { !isDeleted }
    var name: String? { details["name"]?.textValue }
    var email: String? { details["email"]?.textValue }

    /// What a caller may set and the answer shows as it is.
    static let plainFields = [
        "address", "description", "email", "name", "phone", "preferred_locales", "shipping", "tax_exempt", "balance", "business_name",
        "individual_name",
    ]

    var json: JSON {
        if isDeleted { return .object([("id", .text(id)), ("object", "customer"), ("deleted", true)]) }
        var members: [(key: String, value: JSON)] = [
            ("id", .text(id)), ("object", "customer"),
            ("address", details["address"].map { Address.json($0) } ?? .null),
            ("balance", details["balance"] ?? 0),
        ]
        if let name = details["business_name"] { members.append(("business_name", name)) }
        members += [
            ("created", .int(created)), ("currency", nil), ("customer_account", nil), ("default_source", nil), ("delinquent", false),
            ("description", details["description"] ?? .null), ("discount", nil), ("email", details["email"] ?? .null),
        ]
        if let name = details["individual_name"] { members.append(("individual_name", name)) }
        members += [
            ("invoice_prefix", .text(invoicePrefix)),
            (
                "invoice_settings",
                .object([
                    ("custom_fields", nil), ("default_payment_method", JSON(defaultPaymentMethod)), ("footer", nil),
                    ("rendering_options", nil),
                ])
            ),
            ("livemode", false), ("metadata", metadata), ("name", details["name"] ?? .null), ("next_invoice_sequence", 1),
            ("phone", details["phone"] ?? .null), ("preferred_locales", details["preferred_locales"] ?? []),
            ("shipping", details["shipping"].map { Shipping.json($0) } ?? .null), ("tax_exempt", details["tax_exempt"] ?? "none"),
            ("test_clock", nil),
        ]
        return .object(members)
    }
}

/// A postal address as Stripe shows it: every part is there.
enum Address {
    static func json(_ sent: JSON) -> JSON {
        guard sent.members != nil else { return .null }
        return .object(["city", "country", "line1", "line2", "postal_code", "state"].map { ($0, sent[$0] ?? .null) })
    }
}

/// Where a parcel goes, as Stripe shows it.
enum Shipping {
    static func json(_ sent: JSON) -> JSON {
        guard sent.members != nil else { return .null }
        var members: [(key: String, value: JSON)] = [("address", Address.json(sent["address"] ?? .null))]
        for key in ["carrier", "name", "phone", "tracking_number"] { members.append((key, sent[key] ?? .null)) }
        return .object(members)
    }
}

/// Billing details as Stripe shows them: every part is there.
enum BillingDetails {
    static func json(_ sent: JSON?) -> JSON {
        .object([
            (
                "address",
                .object(["city", "country", "line1", "line2", "postal_code", "state"].map { ($0, sent?["address"]?[$0] ?? .null) })
            ),
            ("email", sent?["email"] ?? .null), ("name", sent?["name"] ?? .null), ("phone", sent?["phone"] ?? .null),
            ("tax_id", sent?["tax_id"] ?? .null),
        ])
    }
}
