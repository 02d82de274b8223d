import Ledger
import LedgerService

/// A tenant with its settings, its secrets' ages and its price list.
package enum TenantShapes {
    package static let tenant = Shape<ShownTenant>(
        "Tenant", "One business with its own Stripe account, books, numbering and fee.",
        [
            .text("id", "Used in URLs.", example: "seeblick") { $0.view.tenant.id },
            .text("name", "As shown to guests.", example: "Hotel Seeblick") { $0.view.tenant.name },
            .text("currency", "The currency of the tenant's books.", example: "eur") { $0.view.tenant.currency.code },
            .text("time_zone", "The time zone of the tenant's days and months.", example: "Europe/Berlin") {
                $0.view.tenant.timeZone.identifier
            },
            .integer("hold_days_before_arrival", "How many days before arrival the hold on a saved card is placed.", example: 1) {
                Int64($0.view.tenant.settings.holdDaysBeforeArrival)
            },
            .texts("legacy_methods", "Payment methods that Stripe has discontinued and this account still has.", example: []) {
                $0.view.tenant.settings.legacyMethods.map(\.rawValue).sorted()
            },
            .texts("card_features", "What the Stripe account has for holds on cards.", example: ["extended_authorization"]) {
                $0.view.tenant.settings.cardFeatures.inOrder.map(\.rawValue)
            },
            .amount(
                "refund_limit", "How much one user may refund in a day before the pages ask for the password again, in minor units.",
                example: 50_000
            ) { $0.view.tenant.refundLimit },
            .integer("hold_grace_days", "How many days after departure a hold should still live.", example: 1) {
                Int64($0.view.tenant.settings.holdGraceDays)
            },
            .amount(
                "extras_per_night", "What the guests of a booking are expected to consume in a night, gross, in minor units.",
                example: 1_500
            ) { $0.view.tenant.extrasPerNight },
            .integer(
                "ceiling_percent", "The ceiling of holds without the guest, in percent of what the stay is expected to cost.", example: 200
            ) { Int64($0.view.tenant.settings.ceilingPercent) },
            .flag("renews_debit", "Whether holds on debit and prepaid cards are renewed without the guest.", example: false) {
                $0.view.tenant.settings.renewsDebit
            },
            .integer(
                "late_charge_days",
                "Until how many days after departure a saved card may be charged for what is found later; 0: not at all.",
                example: 14
            ) { Int64($0.view.tenant.settings.lateChargeDays) },
            .texts(
                "late_charge_categories", "The categories that a saved card may be charged for after departure.",
                example: ["drinks", "minibar", "wellness", "parking"]
            ) { $0.view.tenant.settings.lateChargeCategories.inOrder.map(\.name) },
            .flag("stripe_connected", "Whether a Stripe key is stored. The key itself is never shown.", example: true) {
                $0.view.hasStripeAccount
            },
            .text(
                "books_id",
                "The id of these books, in the metadata of everything that they make at Stripe (`ledger_books`). Random, never changes.",
                example: "9f86d081884c7d659a2feaa0c55ad015"
            ) { $0.view.tenant.booksID },
            .optionalChoice(
                "stripe_mode", "Whether the books contain live or test objects; null before the first key.", of: ["live", "test"]
            ) { $0.view.tenant.isLive.map { $0 ? "live" : "test" } },
            .optionalChoice(
                "stripe_account_status",
                "Whether only this tenant uses the Stripe account. `unknown`: not known yet; each sync checks again. `shared`: another tenant used it "
                    + "first, so no money is taken. null without a key.",
                of: AccountStanding.allCases.map(\.rawValue)
            ) { $0.view.standing?.rawValue },
            .list("notices", "Notices for the operator about the books and the Stripe account.", tenantNotice) { tenant in
                tenant.view.notices.map { ShownTenantNotice(notice: $0, language: tenant.language, namesOthers: tenant.namesOthers) }
            },
            .list("dropped_events", "Stripe events that these books cannot use. They were counted and dropped.", dropped) {
                $0.view.dropped
            },
        ])

    package static let tenantNotice = Shape<ShownTenantNotice>(
        "TenantNotice", "A notice for the operator about a tenant's books and Stripe account.",
        [
            .choice(
                "code",
                "`other_ledger`: another ledger uses the Stripe account. `account_shared`: another tenant of this ledger uses it. `other_tenant`: "
                    + "another tenant of this ledger used it before. `sync_required`: the books were copied or restored from a backup. "
                    + "`stripe_permissions_missing`: the key lacks permissions. `found_objects`: Stripe has objects that were made after the backup.",
                of: TenantNotice.codes, example: "other_ledger"
            ) { $0.notice.code },
            .text("message", "What happened and what to do, in the caller's language.", example: "Another ledger uses this Stripe account.")
            {
                $0.message
            },
        ])

    package static let dropped = Shape<DroppedEvents>(
        "DroppedEvents", "Stripe events that a tenant's books cannot use, by reason.",
        [
            .choice(
                "reason",
                "`other_account`: of a connected account. `other_mode`: live and test mode are mixed. `thin`: without the object; set the "
                    + "endpoint to snapshot events. `unreadable`: not a Stripe event. `unknown_object`: Stripe does not know the object.",
                of: DroppedEvents.Reason.allCases.map(\.rawValue), example: "other_mode"
            ) { $0.word },
            .integer("count", "The number of events.", example: 3) { $0.count },
            .instant("first_at", "When the first one arrived.", example: "2026-11-18T08:00:00Z") { $0.first },
            .instant("last_at", "When the latest one arrived.", example: "2026-11-20T08:00:00Z") { $0.last },
            .optionalText("example", "The id of the latest one at Stripe.", example: "evt_1QExample") { $0.example },
        ])

    package static let webhookSecret = Shape<WebhookSecretAge>(
        "WebhookSecret", "A webhook signing secret: its name and age, without the secret itself.",
        [
            .text("name", "The name of the endpoint.", example: "default") { $0.name },
            .instant("added_at", "When it was set.", example: "2026-11-18T08:00:00Z") { $0.addedAt },
            .integer("age_days", "Days since it was set.", example: 12) { $0.days },
            .optionalInstant(
                "good_until", "Until when it is still valid, if another secret has replaced it.", example: "2026-11-19T08:00:00Z"
            ) {
                $0.goodUntil
            },
        ])

    package static let auditEntry = Shape<AuditEntry>(
        "AuditEntry", "A security-relevant action.",
        [
            .integer("number", "Consecutive over all tenants.", example: 17) { $0.number },
            .choice("action", "What was done.", of: AuditAction.allCases.map(\.rawValue), example: "refund_above_limit") {
                $0.word
            },
            .text("subject", "A name or a folio's reference.", example: "R-4711") { $0.subject },
            .optionalAmount("amount", "The amount, if the action is about money.", example: 90_000) { $0.amount },
            .optionalText("currency", "The currency of the amount; null without one.", example: "eur") { $0.amount?.currency.code },
            .text("actor", "Who did it.", example: "user:anna") { $0.actor },
            .flag("confirmed", "Whether the password was asked for again.", example: true) { $0.isConfirmed },
            .instant("recorded_at", "When.", example: "2026-11-18T08:00:00Z") { $0.recordedAt },
        ])

    package static let item = Shape<CatalogueItem>(
        "CatalogueItem", "An item of the price list.",
        [.text("sku", "The key of the item.", example: "minibar-beer") { $0.sku }] + Term.propertiesOfItem)

    package static let catalogueChange = Shape<CatalogueChange>(
        "CatalogueChange", "What a file of items changed on the price list.",
        [
            .integer("added", "Items that were not on the price list.", example: 12) { Int64($0.added) },
            .integer("changed", "Items that were different.", example: 3) { Int64($0.changed) },
            .integer("unchanged", "Items that were the same.", example: 40) { Int64($0.unchanged) },
            .integer("others", "Items of the price list that the file does not have; they stay.", example: 2) { Int64($0.others) },
        ])
}

/// A tenant as a caller may see it: of other tenants only the operator knows.
package struct ShownTenant: Sendable {
    /// The tenant, with its notices.
    package let view: TenantView
    /// Of the sentences in its notices.
    package let language: Language
    /// Whether notices may name other tenants: only to the operator.
    package let namesOthers: Bool

    /// - Parameter caller: `nil` for somebody who need not say who they are.
    package init(_ view: TenantView, to caller: Caller?, in language: Language) {
        self.view = view
        self.language = language
        namesOthers = caller?.role == .operator
    }
}

/// A notice as a caller may see it; see `ShownTenant`.
package struct ShownTenantNotice: Sendable {
    /// Kept as facts.
    package let notice: TenantNotice
    /// Of its sentence.
    package let language: Language
    /// Whether it may name other tenants: only to the operator.
    package let namesOthers: Bool

    package init(notice: TenantNotice, language: Language, namesOthers: Bool) {
        self.notice = notice
        self.language = language
        self.namesOthers = namesOthers
    }

    /// What it is and what to do; only what to do, where the cause would name another tenant.
    package var message: String {
        switch notice {
        case .sharedWith, .madeBy: namesOthers ? notice.sentence(in: language) : notice.advice(in: language)
        case .otherLedger, .unread, .permissionsMissing, .found, .settlesIn, .settlementUnknown: notice.sentence(in: language)
        }
    }
}
