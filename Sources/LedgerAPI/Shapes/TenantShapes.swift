import Ledger
import LedgerService

enum TenantShapes {
    static let tenant = Shape<ShownTenant>(
        "Tenant", "One business with its own Stripe account, books, numbering and fee.",
        [
            .text("id", "Stands in addresses.", example: "seeblick") { $0.view.tenant.id },
            .text("name", "As guests read it.", example: "Hotel Seeblick") { $0.view.tenant.name },
            .text("currency", "Of the tenant's books.", example: "eur") { $0.view.tenant.currency.code },
            .text("time_zone", "Decides which day an instant belongs to.", example: "Europe/Berlin") { $0.view.tenant.timeZone.identifier },
            .integer("hold_days_before_arrival", "When a saved card is held.", example: 1) {
                Int64($0.view.tenant.settings.holdDaysBeforeArrival)
            },
            .texts("legacy_methods", "Methods offered although Stripe has ended them.", example: []) {
                $0.view.tenant.settings.legacyMethods.map(\.rawValue).sorted()
            },
            .flag("card_features", "Whether the account may raise and lengthen holds.", example: false) {
                $0.view.tenant.settings.cardFeatures
            },
            .integer(
                "refund_limit", "How much one login may give back in a day before the pages ask for its password again; minor units.",
                example: 50_000
            ) { $0.view.tenant.settings.refundLimit },
            .flag("stripe_connected", "Whether a key of Stripe's is stored. The key itself is never shown.", example: true) {
                $0.view.hasStripeAccount
            },
            .text(
                "books_id", "Stands in the metadata of everything that these books make at Stripe (`ledger_books`); random, for good.",
                example: "9f86d081884c7d659a2feaa0c55ad015"
            ) { $0.view.tenant.booksID },
            .optionalChoice(
                "stripe_mode", "Whether the books hold live objects or test objects; null before the first key.", of: ["live", "test"]
            ) { $0.view.tenant.isLive.map { $0 ? "live" : "test" } },
            .optionalChoice(
                "stripe_account_status",
                "Whether the Stripe account is this tenant's alone. `unknown`: it could not be told yet, and each sync tries again. `shared`: another "
                    + "tenant had it before, and nothing is taken. null without a key.",
                of: AccountStanding.allCases.map(\.rawValue)
            ) { $0.view.standing?.rawValue },
            .list("notices", "What the operator should know about the books and the Stripe account.", tenantNotice) { tenant in
                tenant.view.notices.map { ShownTenantNotice(notice: $0, language: tenant.language, namesOthers: tenant.namesOthers) }
            },
            .list("dropped_events", "Events of Stripe's that these books cannot use: they were counted and let go.", dropped) {
                $0.view.dropped
            },
        ])

    static let tenantNotice = Shape<ShownTenantNotice>(
        "TenantNotice", "What the operator should know about a tenant's books and Stripe account.",
        [
            .choice(
                "code",
                "`other_ledger`: another ledger makes things there. `account_shared`: another tenant of this one does. `other_tenant`: "
                    + "another tenant of this one did. `sync_required`: the books were copied or put back from a backup. "
                    + "`stripe_permissions_missing`: the key may not do all that is needed. `found_objects`: Stripe has what they made after it.",
                of: TenantNotice.codes, example: "other_ledger"
            ) { $0.notice.code },
            .text("message", "What it is and what to do, in the caller's language.", example: "Another ledger uses this Stripe account.") {
                $0.message
            },
        ])

    static let dropped = Shape<DroppedEvents>(
        "DroppedEvents", "Events of Stripe's that a tenant's books cannot use, by why.",
        [
            .choice(
                "reason",
                "`other_account`: of a connected account. `other_mode`: live and test mode are mixed. `thin`: they only point at what happened; "
                    + "set the endpoint to snapshot events. `unreadable`: no events of Stripe's. `unknown_object`: Stripe does not know their object.",
                of: DroppedEvents.Reason.allCases.map(\.rawValue), example: "other_mode"
            ) { $0.word },
            .integer("count", "How many there were.", example: 3) { $0.count },
            .instant("first_at", "When the first came.", example: "2026-11-18T08:00:00Z") { $0.first },
            .instant("last_at", "When the latest came.", example: "2026-11-20T08:00:00Z") { $0.last },
            .optionalText("example", "The latest one's id at Stripe.", example: "evt_1QExample") { $0.example },
        ])

    static let webhookSecret = Shape<WebhookSecretAge>(
        "WebhookSecret", "What an endpoint at Stripe signs its webhooks with, without the secret.",
        [
            .text("name", "Tells endpoints apart.", example: "default") { $0.name },
            .instant("added_at", "When it was set.", example: "2026-11-18T08:00:00Z") { $0.addedAt },
            .integer("age_days", "Whole days since then.", example: 12) { $0.days },
            .optionalInstant("good_until", "Until when it is good, when the name has another one now.", example: "2026-11-19T08:00:00Z") {
                $0.goodUntil
            },
        ])

    static let auditEntry = Shape<AuditEntry>(
        "AuditEntry", "Something that somebody who stole a login would do first.",
        [
            .integer("number", "Counts over all tenants.", example: 17) { $0.number },
            .choice("action", "What was done.", of: AuditAction.allCases.map(\.rawValue), example: "refund_above_limit") {
                $0.word
            },
            .text("subject", "A name or a folio's reference.", example: "R-4711") { $0.subject },
            .optionalAmount("amount", "Where it is about money.", example: 90_000) { $0.amount },
            .text("actor", "Who did it.", example: "user:anna") { $0.actor },
            .flag("confirmed", "Whether the password was asked for again.", example: true) { $0.isConfirmed },
            .instant("recorded_at", "When.", example: "2026-11-18T08:00:00Z") { $0.recordedAt },
        ])

    static let item = Shape<CatalogueItem>(
        "CatalogueItem", "An extra that reception adds, with its price.",
        [
            .text("sku", "The tenant's name for it.", example: "minibar-beer") { $0.sku },
            .text("description", "What the guest reads.", example: "Beer, 0.33 l") { $0.description },
            .amount("price", "Of one, gross.", example: 350) { $0.price },
            .text("category", "Decides the revenue account.", example: "minibar") { $0.category.name },
            .optionalText("tax_rate", "null: the category's rate on the service date.", example: "19") { $0.taxRate?.description },
        ])
}

/// A tenant as a caller may see it: of other tenants only the operator knows.
struct ShownTenant: Sendable {
    let view: TenantView
    let language: Language
    let namesOthers: Bool

    init(_ view: TenantView, to call: Call) {
        self.view = view
        language = call.language
        namesOthers = call.caller?.role == .operator
    }
}

struct ShownTenantNotice: Sendable {
    let notice: TenantNotice
    let language: Language
    let namesOthers: Bool

    var message: String {
        switch notice {
        case .sharedWith, .madeBy: namesOthers ? notice.sentence(in: language) : notice.advice(in: language)
        case .otherLedger, .unread, .permissionsMissing, .found: notice.sentence(in: language)
        }
    }
}
