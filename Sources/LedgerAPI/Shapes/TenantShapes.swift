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
