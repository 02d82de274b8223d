import Ledger
import LedgerService
import LedgerStore

enum TenantShapes {
    static let tenant = Shape<TenantView>(
        "Tenant", "One business with its own Stripe account, books, numbering and fee.",
        [
            .text("id", "Stands in addresses.", example: "seeblick") { $0.tenant.id },
            .text("name", "As guests read it.", example: "Hotel Seeblick") { $0.tenant.name },
            .text("currency", "Of the tenant's books.", example: "eur") { $0.tenant.currency.code },
            .text("time_zone", "Decides which day an instant belongs to.", example: "Europe/Berlin") { $0.tenant.timeZone.identifier },
            .integer("hold_days_before_arrival", "When a saved card is held.", example: 1) {
                Int64($0.tenant.settings.holdDaysBeforeArrival)
            },
            .texts("ended_methods", "Methods offered although Stripe has ended them.", example: []) {
                $0.tenant.settings.endedMethodsAllowed.map(\.rawValue).sorted()
            },
            .flag("card_features", "Whether the account may raise and lengthen holds.", example: false) { $0.tenant.settings.cardFeatures },
            .flag("stripe_connected", "Whether a key of Stripe's is stored. The key itself is never shown.", example: true) {
                $0.hasStripeAccount
            },
            .list("dropped_events", "Events of Stripe's that these books cannot use: they were counted and let go.", dropped) {
                $0.dropped
            },
        ])

    static let dropped = Shape<DroppedEvents>(
        "DroppedEvents", "Events of Stripe's that a tenant's books cannot use, by why.",
        [
            .choice(
                "reason",
                "`other_account`: of a connected account. `other_mode`: live and test mode are mixed. `thin`: they only point at what happened; "
                    + "set the endpoint to snapshot events. `unreadable`: no events of Stripe's.",
                of: DroppedEvents.Reason.allCases.map(\.rawValue), example: "other_mode"
            ) { $0.reason.rawValue },
            .integer("count", "How many there were.", example: 3) { $0.count },
            .instant("first_at", "When the first came.", example: "2026-11-18T08:00:00Z") { $0.first },
            .instant("last_at", "When the latest came.", example: "2026-11-20T08:00:00Z") { $0.last },
            .optionalText("example", "The latest one's id at Stripe.", example: "evt_1QExample") { $0.example },
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
