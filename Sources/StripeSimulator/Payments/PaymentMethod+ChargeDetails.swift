import JSON

extension PaymentMethod {
    /// `payment_method_details` of a charge, under the method's type.
    func chargeDetails(isAuthenticated: Bool) -> JSON {
        guard let card else {
            return switch type {
            case "klarna":
                .object([
                    ("payer_details", .object([("address", .object([("country", billingDetails["address"]?["country"] ?? "DE")]))])),
                    ("payment_method_category", "pay_now"), ("preferred_locale", "de-DE"),
                ])
            case "link": .object([("country", billingDetails["address"]?["country"] ?? "DE")])
            case "sofort":
                .object([
                    ("bank_code", "BLZ123"), ("bank_name", "Testbank"), ("bic", "TESTDEFFXXX"), ("country", "DE"),
                    ("generated_sepa_debit", nil),
                    ("generated_sepa_debit_mandate", nil), ("iban_last4", "3000"), ("preferred_language", "de"),
                    ("verified_name", billingDetails["name"] ?? .null),
                ])
            case "giropay":
                .object([
                    ("bank_code", "10000000"), ("bank_name", "Testbank"), ("bic", "TESTDEFFXXX"),
                    ("verified_name", billingDetails["name"] ?? .null),
                ])
            default: .emptyObject
            }
        }
        let secure: JSON =
            isAuthenticated
            ? .object([
                ("authentication_flow", "challenge"), ("electronic_commerce_indicator", "05"), ("exemption_indicator", nil),
                ("exemption_indicator_applied", nil), ("result", "authenticated"), ("result_reason", nil),
                ("transaction_id", "00000000-0000-4000-8000-000000000000"), ("version", "2.2.0"),
            ]) : .null
        return .object([
            ("amount_authorized", nil), ("authorization_code", "123456"), ("brand", .text(card.brand)),
            ("checks", checks(of: card)),
            ("country", JSON(card.country)), ("exp_month", .int(expiryMonth)), ("exp_year", .int(expiryYear)),
            ("extended_authorization", nil), ("fingerprint", .text(fingerprint)), ("funding", .text(card.funding)),
            ("incremental_authorization", nil), ("installments", nil), ("last4", .text(last4)), ("mandate", nil),
            ("multicapture", nil),
            ("network", .text(card.brand)), ("network_token", .object([("used", false)])), ("network_transaction_id", nil),
            ("overcapture", nil),
            ("regulated_status", "unregulated"), ("three_d_secure", secure), ("transaction_link_id", nil), ("wallet", walletJSON),
        ])
    }
}
