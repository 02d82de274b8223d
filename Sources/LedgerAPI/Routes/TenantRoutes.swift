import Foundation
import Ledger
import LedgerService
import LedgerShapes

enum TenantRoutes {
    static let all = [add, list, show, change, connect, webhookSecrets, setWebhookSecret, revokeWebhookSecret, audit]

    private static let id = Field.required("id", .text(.tenantID), "Used in URLs; cannot be changed.", example: "seeblick")
    private static let name = Field.required(
        "name", .text(.tenantName), "The name of the business, as shown to guests.", example: "Hotel Seeblick")
    private static let currency = Field.standard(
        "currency", .text(.currencyCode), "eur", written: "eur", "The currency of the tenant's books; cannot be changed.")
    private static let timeZone = Field.standard(
        "time_zone", .text(.timeZone), "Europe/Berlin", written: "Europe/Berlin", "The time zone of the tenant's days and months.")

    private static let country = Field.optional(
        "country", .text(.countryCode),
        "Where the recipient of the operator's invoices is. If omitted: DE in the time zone Europe/Berlin, otherwise not known, and nothing is "
            + "billed until the contract has it.", example: "DE")

    private static let contractFrom = Field.optional(
        "contract_from", .day, "The first day that is billed. If omitted: today.", example: "2026-11-20")
    private static let price = Field.optional(
        "price", .whole(PlatformFee.nets), "The net price of a month, in euro cents. If omitted: the standard platform fee.", example: 2100)

    private static let add = Route(
        .post, "/v1/tenants", "addTenant", needs: .runTenants, "Add a tenant",
        about:
            "Adds a tenant with empty books, a contract, and the German tax rates. What is billed is changed with the tenant's contract.",
        body: .object(InputShape([id, name, currency, timeZone, country, contractFrom, price])),
        answers: [RouteAnswer(201, "The tenant.", TenantShapes.tenant)],
        refusals: [
            "tenant_exists", "tenant_id_invalid", "tenant_name_missing", "text_too_long", "value_unknown", "country_unknown",
            "contract_too_early",
        ]
    ) { call in
        var new = NewTenant(id: call.body[id], name: call.body[name])
        guard let currency = Currency(call.body[currency]) else {
            throw APIRefusal.valueUnknown("currency", Phrase("a currency that Stripe accepts", "eine Währung, die Stripe annimmt"))
        }
        guard let zone = TimeZone(named: call.body[timeZone]) else {
            throw APIRefusal.valueUnknown("time_zone", Phrase("the name of a time zone", "der Name einer Zeitzone"))
        }
        (new.currency, new.timeZone) = (currency, zone)
        (new.contract.country, new.contract.from) = (call.body[country], call.body[contractFrom])
        if let net = call.body[price] { new.contract.net = Money(minorUnits: net, currency: .eur) }
        return try await call.ledger.addTenant(
            new, by: call.actor,
            once: call.once { Reply(201, TenantShapes.tenant, ShownTenant(TenantView(tenant: $0), to: call.caller, in: call.language)) })
    }

    private static let list = Route(
        .get, "/v1/tenants", "listTenants", needs: .runTenants, "List the tenants", about: "All tenants, by id.",
        answers: [RouteAnswer(200, "The tenants.", TenantShapes.tenant.page())], refusals: []
    ) { call in
        Reply(
            200, TenantShapes.tenant.page(),
            Page(all: try call.ledger.tenantViews().map { ShownTenant($0, to: call.caller, in: call.language) }))
    }

    private static let show = Route(
        .get, "/v1/tenants/{tenant}", "showTenant", needs: .seeSettings, "Show a tenant", about: "The tenant and its settings.",
        answers: [RouteAnswer(200, "The tenant.", TenantShapes.tenant)], refusals: []
    ) { call in
        Reply(200, TenantShapes.tenant, ShownTenant(try call.ledger.tenantView(call.tenantID), to: call.caller, in: call.language))
    }

    private enum LegacyMethod: String, CaseIterable, Sendable { case sofort, giropay }
    private static let newName = Field.optional("name", .text(.tenantName), "The name, as shown to guests.", example: "Hotel Seeblick")
    private static let holdDays = Field.optional(
        "hold_days_before_arrival", .whole(Tenant.Settings.holdDays), "How many days before arrival the hold on a saved card is placed.",
        example: 1)
    private static let legacyMethods = Field.optional(
        "legacy_methods", InputType<LegacyMethod>.choice().list(0...2),
        "Payment methods that Stripe has discontinued and this account still has.", example: ["sofort"])
    private static let cardFeatures = Field.optional(
        "card_features", InputType<CardFeature>.choice().list(0...CardFeature.allCases.count),
        "What the Stripe account has for holds on cards, usually with interchange-plus pricing only.",
        example: ["extended_authorization"])

    private static let refundLimit = Field.optional(
        "refund_limit", .whole(Tenant.Settings.refundLimits),
        "How much one user may refund in a day before the pages ask for the password again, in minor units. Refunds above it are recorded in "
            + "the audit list.", example: 50_000)

    private static let holdGraceDays = Field.optional(
        "hold_grace_days", .whole(Tenant.Settings.holdGrace), "How many days after departure a hold should still live.", example: 1)
    private static let extrasPerNight = Field.optional(
        "extras_per_night", .whole(Tenant.Settings.extras),
        "What the guests of a booking are expected to consume in a night, gross, in minor units: part of the proposal of what to hold.",
        example: 1_500)
    private static let ceilingPercent = Field.optional(
        "ceiling_percent", .whole(Tenant.Settings.ceilingPercents),
        "The ceiling of holds without the guest, in percent of the expected total. The guest agrees to it with the saved card.",
        example: 200)
    private static let renewsDebit = Field.optional(
        "renews_debit", .flag,
        "Whether holds on debit and prepaid cards are renewed without the guest. There a hold is money that the guest cannot use.",
        example: false)
    private static let lateChargeDays = Field.optional(
        "late_charge_days", .whole(Tenant.Settings.lateDays),
        "Until how many days after departure a saved card may be charged for what is found later; 0: not at all. The guest agrees to it.",
        example: 14)
    private static let lateChargeCategories = Field.optional(
        "late_charge_categories", InputType.category(among: Category.consumption).list(0...Category.consumption.count),
        "The categories that a saved card may be charged for after departure. The guest agrees to them with the saved card.",
        example: ["drinks", "minibar", "wellness", "parking"])

    private static let change = Route(
        .patch, "/v1/tenants/{tenant}", "changeTenant", needs: .changeSettings, "Change a tenant's settings",
        about: "Changes the given fields and leaves the others. Earlier bookings are not affected.",
        body: .object(
            InputShape([
                newName, holdDays, legacyMethods, cardFeatures, refundLimit, holdGraceDays, extrasPerNight, ceilingPercent, renewsDebit,
                lateChargeDays, lateChargeCategories,
            ])),
        answers: [RouteAnswer(200, "The updated tenant.", TenantShapes.tenant)], refusals: ["tenant_name_missing", "text_too_long"]
    ) { call in
        var change = TenantChange()
        change.name = call.body[newName]
        change.holdDaysBeforeArrival = call.body[holdDays].map { Int($0) }
        change.legacyMethods = call.body[legacyMethods].map { Set($0.map { PaymentMethod(rawValue: $0.rawValue) }) }
        change.cardFeatures = call.body[cardFeatures].map { Set($0) }
        change.holdGraceDays = call.body[holdGraceDays].map { Int($0) }
        change.extrasPerNight = try call.body[extrasPerNight].map(call.money)
        change.ceilingPercent = call.body[ceilingPercent].map { Int($0) }
        change.renewsDebit = call.body[renewsDebit]
        change.lateChargeDays = call.body[lateChargeDays].map { Int($0) }
        change.lateChargeCategories = call.body[lateChargeCategories].map { Set($0) }
        if let limit = call.body[refundLimit] {
            try await call.ledger.setRefundLimit(call.money(limit), of: call.tenantID, by: call.actor)
        }
        return Reply(
            200, TenantShapes.tenant,
            ShownTenant(try await call.ledger.change(change, of: call.tenantID), to: call.caller, in: call.language))
    }

    private static let key = Phrase("a key such as sk_test_…", "ein Schlüssel wie sk_test_…")
    private static let signing = Phrase("a secret such as whsec_…", "ein Geheimnis wie whsec_…")
    private static let keyText = InputType.text(matching: StripeSecrets.key.pattern, length: StripeSecrets.key.length, key) {
        StripeSecrets.key.fits($0)
    }
    private static let signingText = InputType.text(matching: StripeSecrets.webhook.pattern, length: StripeSecrets.webhook.length, signing)
    {
        StripeSecrets.webhook.fits($0)
    }
    private static let secretKey = Field.required(
        "secret_key", keyText, "The account's secret key, or a restricted key. It is stored encrypted and never shown.",
        example: "sk_test_seeblick")
    private static let webhookSecret = Field.optional(
        "webhook_secret", signingText,
        "The endpoint's signing secret, stored under the name \(NewWebhookSecret.standardName). The previous secret stays valid for one more day.",
        example: "whsec_seeblick")

    private static let connect = Route(
        .put, "/v1/tenants/{tenant}/stripe", "connectStripe", needs: .changeSettings, "Connect the tenant's Stripe account",
        about: """
            Stores the keys of the tenant's own Stripe account, encrypted. They are never shown again. The key is checked with Stripe first. Refused are \
            an account that another tenant uses, a change of account while the old one is still needed (by an open folio, a live hold, an unfinished \
            payment, refund or operation), a key that Stripe does not accept, and a key that may not take or refund money or read charges and balance transactions. In the answer, \
            `stripe_account_status` shows the account's status, and the notices list missing permissions.
            """,
        body: .object(InputShape([secretKey, webhookSecret])),
        answers: [RouteAnswer(200, "The tenant.", TenantShapes.tenant)],
        refusals: [
            "keys_removed", "stripe_key_invalid", "stripe_key_unknown", "stripe_permissions_missing", "stripe_account_taken",
            "stripe_account_mismatch",
            "stripe_mode_mismatch", "stripe_unreachable", "webhook_secret_known",
        ]
    ) { call in
        try await call.ledger.setStripeAccount(
            of: call.tenantID, secretKey: call.body[secretKey], webhook: call.body[webhookSecret].map { NewWebhookSecret($0) },
            namesOthers: call.caller?.role == .operator, by: call.actor)
        return Reply(200, TenantShapes.tenant, ShownTenant(try call.ledger.tenantView(call.tenantID), to: call.caller, in: call.language))
    }

    // MARK: - Webhook secrets

    private static let webhookSecrets = Route(
        .get, "/v1/tenants/{tenant}/webhook-secrets", "listWebhookSecrets", needs: .seeSettings, "List the webhook secrets",
        about: "The names and ages of the secrets that are valid now, newest first. The secrets themselves are never shown.",
        answers: [RouteAnswer(200, "The secrets' names and ages.", TenantShapes.webhookSecret.page())], refusals: []
    ) { try webhookSecrets(of: $0) }

    private static func webhookSecrets(of call: Call) throws -> Reply {
        Reply(200, TenantShapes.webhookSecret.page(), Page(all: try call.ledger.webhookSecrets(of: call.tenantID)))
    }

    private static let endpointSecret = Field.required(
        "secret", signingText, "The endpoint's signing secret. It is stored encrypted and never shown.", example: "whsec_seeblick")
    private static let revokesEarlier = Field.standard(
        "revoke_earlier", .flag, false, written: false,
        "Whether the name's previous secret ends at once instead of after a day.")

    private static let setWebhookSecret = Route(
        .put, "/v1/tenants/{tenant}/webhook-secrets/{name}", "setWebhookSecret", needs: .changeSettings, "Set an endpoint's secret",
        about: """
            Two endpoints at Stripe may deliver to the same URL. Each has its own secret, identified by a name: \
            \(TextRule.webhookName.expected.english). Setting a name again replaces its secret; the previous secret stays valid for one more day, as at Stripe.
            """,
        body: .object(InputShape([endpointSecret, revokesEarlier])),
        answers: [RouteAnswer(200, "All secrets' names and ages.", TenantShapes.webhookSecret.page())],
        refusals: [
            "keys_removed", "stripe_account_missing", "stripe_key_invalid", "webhook_name_invalid", "webhook_secret_known",
            "key_file_wrong",
        ]
    ) { call in
        let new = NewWebhookSecret(call.body[endpointSecret], named: call.path["name"] ?? "", revokesEarlier: call.body[revokesEarlier])
        try await call.ledger.setWebhookSecret(new, of: call.tenantID, by: call.actor)
        return try webhookSecrets(of: call)
    }

    private static let revokeWebhookSecret = Route(
        .delete, "/v1/tenants/{tenant}/webhook-secrets/{name}", "revokeWebhookSecret", needs: .changeSettings,
        "Revoke an endpoint's secret",
        about: "Revokes the current and the previous secrets of the name at once.",
        answers: [RouteAnswer(200, "The remaining secrets.", TenantShapes.webhookSecret.page())], refusals: ["webhook_secret_not_found"]
    ) { call in
        try await call.ledger.revokeWebhookSecret(named: call.path["name"] ?? "", of: call.tenantID, by: call.actor)
        return try webhookSecrets(of: call)
    }

    // MARK: - Audit

    private static let after = Field.optional(
        "after", .whole(1...Int64.max), "The number of the entry to continue after, towards older entries.", example: 4711)

    private static let audit = Route(
        .get, "/v1/tenants/{tenant}/audit", "listAudit", needs: .seeAudit, "List the audit entries",
        about:
            "Changes of keys, roles and rules for movements, and refunds above the daily limit, newest first. Entries are never changed or deleted.",
        query: [after, Common.limit], answers: [RouteAnswer(200, "A page of the list.", TenantShapes.auditEntry.page())], refusals: []
    ) { call in
        let limit = Int(call.query[Common.limit])
        let entries = try call.ledger.auditEntries(
            of: call.tenantID, before: call.query[after] ?? .max, limit: limit + 1, by: call.caller!)
        return Reply(200, TenantShapes.auditEntry.page(), Page(entries, limit: limit) { String($0.number) })
    }
}
