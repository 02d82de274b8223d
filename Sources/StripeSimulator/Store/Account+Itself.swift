import JSON

extension Account {
    static let accountRoutes: [Route] = [Route("GET /v1/account") { account, _ in account.json }]

    static let router = Router(
        customerRoutes + paymentMethodRoutes + paymentIntentRoutes + setupIntentRoutes + checkoutRoutes + refundRoutes + chargeRoutes
            + balanceRoutes
            + payoutRoutes + bystanderRoutes + disputeRoutes + reviewRoutes + earlyFraudWarningRoutes + eventRoutes + endpointRoutes
            + accountRoutes)

    private var json: JSON {
        let capabilities = settings.methods.map { (key: "\($0)_payments", value: JSON.text("active")) } + [("transfers", "active")]
        let noRequirements: JSON = .object([
            ("alternatives", []), ("current_deadline", nil), ("currently_due", []), ("disabled_reason", nil), ("errors", []),
            ("eventually_due", []),
            ("past_due", []), ("pending_verification", []),
        ])
        let schedule: JSON =
            settings.paysOutDaily
            ? .object([("delay_days", .int(settings.delayDays)), ("interval", "daily")])
            : .object([("delay_days", .int(settings.delayDays)), ("interval", "manual")])
        let shownSettings: JSON = .object([
            ("bacs_debit_payments", .object([("display_name", nil), ("service_user_number", nil)])),
            ("branding", .object([("icon", nil), ("logo", nil), ("primary_color", nil), ("secondary_color", nil)])),
            ("card_issuing", .object([("tos_acceptance", .object([("date", nil), ("ip", nil)]))])),
            (
                "card_payments",
                .object([
                    ("decline_on", .object([("avs_failure", false), ("cvc_failure", false)])), ("statement_descriptor_prefix", nil),
                    ("statement_descriptor_prefix_kana", nil), ("statement_descriptor_prefix_kanji", nil),
                ])
            ), ("dashboard", .object([("display_name", "Simulator"), ("timezone", "Etc/UTC")])),
            ("invoices", .object([("default_account_tax_ids", nil), ("hosted_payment_method_save", "offer")])),
            (
                "payments",
                .object([("statement_descriptor", "SIMULATOR"), ("statement_descriptor_kana", nil), ("statement_descriptor_kanji", nil)])
            ),
            (
                "payouts",
                .object([
                    ("debit_negative_balances", .bool(settings.debitsNegativeBalances)), ("schedule", schedule),
                    ("statement_descriptor", nil),
                ])
            ),
            ("sepa_debit_payments", .emptyObject),
        ])
        let profile: JSON = .object([
            ("annual_revenue", nil), ("estimated_worker_count", nil), ("mcc", "7011"), ("minority_owned_business_designation", nil),
            ("name", "Simulator"),
            ("support_address", nil), ("support_email", nil), ("support_phone", nil), ("support_url", nil), ("url", nil),
        ])
        return .object([
            ("id", .text(id)), ("object", "account"), ("business_profile", profile), ("business_type", "company"),
            ("capabilities", .object(capabilities)), ("charges_enabled", true), ("controller", .object([("type", "account")])),
            ("country", .text(settings.country)), ("created", .int(created)), ("default_currency", .text(settings.currency)),
            ("details_submitted", true), ("email", nil),
            (
                "external_accounts",
                .object([("object", "list"), ("data", []), ("has_more", false), ("url", .text("/v1/accounts/\(id)/external_accounts"))])
            ), ("future_requirements", noRequirements), ("metadata", .emptyObject), ("payouts_enabled", true),
            ("requirements", noRequirements),
            ("settings", shownSettings), ("tos_acceptance", .object([("date", nil), ("ip", nil), ("user_agent", nil)])),
            ("type", "standard"),
        ])
    }
}
