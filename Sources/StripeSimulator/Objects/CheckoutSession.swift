import JSON
import Ledger

/// A hosted page on which someone pays, or leaves a card.
struct CheckoutSession: Stored {
    struct Line: Sendable {
        let id: String
        let priceID: String
        let productID: String
        let name: String
        let description: String?
        let unitAmount: Int
        let quantity: Int
        let currency: String
        let created: Int

        var total: Int { unitAmount.clampedMultiplying(quantity) }
    }

    let id: String
    let created: Int
    /// `payment` or `setup`.
    let mode: String
    let url: String
    let expiresAt: Int
    let currency: String?
    let lines: [Line]
    /// As sent: `payment_intent_data`, `setup_intent_data`, `payment_method_options` and what is only echoed.
    let request: JSON
    let paymentMethodTypes: [String]
    var metadata: JSON
    var status = "open"
    var paymentStatus: String
    var customer: String?
    var customerDetails: JSON
    var paymentIntent: String?
    var setupIntent: String?
    /// Names and mail are taken out of it.
    var isRedacted = false
    /// What the page says above the form after a refusal.
    var lastRefusal: StripeError?

    var amountTotal: Int? { mode == "payment" ? lines.reduce(0) { $0.clampedAdding($1.total) } : nil }

    var json: JSON {
        let isPayment = mode == "payment"
        let total = JSON(amountTotal)
        let pricing: JSON = isPayment ? .object([("enabled", false)]) : .null
        let creation: JSON = isPayment && request["customer"] == nil ? request["customer_creation"] ?? "if_required" : .null
        let collection: JSON = isPayment ? "if_required" : "always"
        let invoice: JSON = isPayment ? Self.invoiceCreation : .null
        let details: JSON = isPayment ? .object([("amount_discount", 0), ("amount_shipping", 0), ("amount_tax", 0)]) : .null
        let collected: JSON =
            status == "complete" ? .object([("business_name", nil), ("individual_name", nil), ("shipping_details", nil)]) : .null
        let link: JSON = status == "open" ? .text(url) : .null
        let collectsPhone: JSON = request["phone_number_collection"]?["enabled"] ?? false
        let members: [(key: String, value: JSON)] = [
            ("id", .text(id)), ("object", "checkout.session"), ("adaptive_pricing", pricing),
            ("after_expiration", nil), ("allow_promotion_codes", nil), ("amount_subtotal", total), ("amount_total", total),
            ("automatic_tax", .object([("enabled", false), ("liability", nil), ("provider", nil), ("status", nil)])),
            ("billing_address_collection", request["billing_address_collection"] ?? .null), ("branding_settings", Self.branding),
            ("cancel_url", request["cancel_url"] ?? .null), ("client_reference_id", request["client_reference_id"] ?? .null),
            ("client_secret", nil),
            ("collected_information", collected),
            ("consent", nil), ("consent_collection", nil), ("created", .int(created)), ("currency", JSON(currency)),
            ("currency_conversion", nil),
            ("custom_fields", []), ("custom_text", customText), ("customer", JSON(customer)), ("customer_account", nil),
            ("customer_creation", creation),
            ("customer_details", customerDetails), ("customer_email", isRedacted ? .null : request["customer_email"] ?? .null),
            ("discounts", []),
            ("expires_at", .int(expiresAt)), ("integration_identifier", nil), ("invoice", nil),
            ("invoice_creation", invoice), ("livemode", false), ("locale", request["locale"] ?? .null),
            ("managed_payments", .object([("enabled", false)])), ("metadata", metadata), ("mode", .text(mode)), ("origin_context", nil),
            ("payment_intent", JSON(paymentIntent)), ("payment_link", nil),
            ("payment_method_collection", collection), ("payment_method_configuration_details", nil),
            ("payment_method_options", optionsJSON), ("payment_method_types", JSON(paymentMethodTypes)),
            ("payment_status", .text(paymentStatus)),
            ("permissions", nil), ("phone_number_collection", .object([("enabled", collectsPhone)])),
            ("recovered_from", nil), ("saved_payment_method_options", nil), ("setup_intent", JSON(setupIntent)),
            ("shipping_address_collection", nil), ("shipping_cost", nil), ("shipping_options", []), ("status", .text(status)),
            ("submit_type", request["submit_type"] ?? .null), ("subscription", nil), ("success_url", request["success_url"] ?? .null),
            ("total_details", details), ("ui_mode", "hosted_page"), ("url", link), ("wallet_options", walletOptions),
        ]
        return .object(members)
    }

    /// Whether the page may show Link, as a method of its own or in the place of a card.
    var showsLink: Bool { request["wallet_options"]?["link"]?["display"]?.textValue != "never" }

    /// What the page offers.
    var offeredTypes: [String] { paymentMethodTypes.filter { $0 != "link" || showsLink } }

    /// Whether somebody can pay with this on the page. A card, out of no wallet, can also be ordered on a page for another method.
    func offers(_ method: PaymentMethod) -> Bool {
        switch (method.type, method.wallet) {
        case ("card", nil): true
        case ("card", "link"): showsLink && offeredTypes.contains("card")
        default: offeredTypes.contains(method.type)
        }
    }

    private var walletOptions: JSON {
        guard let options = request["wallet_options"] else { return .null }
        return .object([("link", .object([("display", options["link"]?["display"] ?? "auto")]))])
    }

    private var customText: JSON {
        .object(
            ["after_submit", "shipping_address", "submit", "terms_of_service_acceptance"].map { key in
                (key, request["custom_text"]?[key]?["message"].map { .object([("message", $0)]) } ?? .null)
            })
    }

    private var optionsJSON: JSON {
        .object(
            paymentMethodTypes.compactMap { type in
                let sent = request["payment_method_options"]?[type] ?? .null
                if type == "card" { return (type, JSON.object([("request_three_d_secure", "automatic")]).merging(sent)) }
                return sent.isNull ? nil : (type, sent)
            })
    }

    private static let branding: JSON = .object([
        ("background_color", "#ffffff"), ("border_style", "rounded"), ("button_color", "#0074d4"), ("display_name", "Simulator"),
        ("font_family", "default"), ("icon", nil), ("logo", nil),
    ])
    private static let invoiceCreation: JSON = .object([
        ("enabled", false),
        (
            "invoice_data",
            .object([
                ("account_tax_ids", nil), ("custom_fields", nil), ("description", nil), ("footer", nil), ("issuer", nil),
                ("metadata", .emptyObject),
                ("rendering_options", nil),
            ])
        ),
    ])

    /// Each line as Stripe shows it under `line_items`.
    var lineItems: [JSON] {
        lines.map { line in
            let total = JSON.int(line.total)
            return .object([
                ("id", .text(line.id)), ("object", "item"), ("adjustable_quantity", nil), ("amount_discount", 0),
                ("amount_subtotal", total),
                ("amount_tax", 0), ("amount_total", total), ("currency", .text(line.currency)), ("description", .text(line.name)),
                ("metadata", .emptyObject),
                (
                    "price",
                    .object([
                        ("id", .text(line.priceID)), ("object", "price"), ("active", false), ("billing_scheme", "per_unit"),
                        ("created", .int(line.created)), ("currency", .text(line.currency)), ("custom_unit_amount", nil),
                        ("livemode", false),
                        ("lookup_key", nil), ("metadata", .emptyObject), ("nickname", nil), ("product", .text(line.productID)),
                        ("recurring", nil),
                        ("tax_behavior", "unspecified"), ("tiers_mode", nil), ("transform_quantity", nil), ("type", "one_time"),
                        ("unit_amount", .int(line.unitAmount)), ("unit_amount_decimal", .text(String(line.unitAmount))),
                    ])
                ), ("quantity", .int(line.quantity)),
            ])
        }
    }
}
