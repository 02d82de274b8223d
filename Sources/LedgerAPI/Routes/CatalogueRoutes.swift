import Ledger
import LedgerService
import LedgerShapes

enum CatalogueRoutes {
    static let all = [list, show, set, remove]

    private static let list = Route(
        .get, "/v1/tenants/{tenant}/catalogue", "listCatalogue", needs: .seeSettings, "List the items of the price list",
        about: "Every extra with its price, by SKU.", answers: [RouteAnswer(200, "The items.", TenantShapes.item.page())], refusals: []
    ) { call in
        Reply(200, TenantShapes.item.page(), Page(all: try call.ledger.catalogue(of: call.tenantID)))
    }

    private static let show = Route(
        .get, "/v1/tenants/{tenant}/catalogue/{sku}", "showCatalogueItem", needs: .seeSettings, "Show an item of the price list",
        about: "One extra with its price.", answers: [RouteAnswer(200, "The item.", TenantShapes.item)], refusals: ["sku_not_found"]
    ) { call in
        Reply(200, TenantShapes.item, try call.ledger.catalogueItem(call.path["sku"]!, of: call.tenantID))
    }

    private static let terms = Term.ofItem.map(TermField.ofItem)

    private static let set = Route(
        .put, "/v1/tenants/{tenant}/catalogue/{sku}", "setCatalogueItem", needs: .changeCatalogue, "Set an item of the price list",
        about: "Adds the item, or changes its price for future lines. Existing lines keep their price.",
        body: .object(InputShape(terms.fields)),
        answers: [RouteAnswer(200, "The item.", TenantShapes.item)], refusals: ["text_too_long"]
    ) { call in
        let sku = try checked(call.path["sku"]!)
        let currency = try call.ledger.tenant(call.tenantID).currency
        let item = try CatalogueItem(sku: sku, terms.terms(call.body, in: currency), in: currency)
        try await call.ledger.setCatalogueItem(item, of: call.tenantID)
        return Reply(200, TenantShapes.item, item)
    }

    private static func checked(_ sku: String) throws -> String {
        guard TextRule.itemName.takes(sku) else { throw APIRefusal.parameterWrong("sku", TextRule.itemName.expected) }
        return sku
    }

    private static let remove = Route(
        .delete, "/v1/tenants/{tenant}/catalogue/{sku}", "removeCatalogueItem", needs: .changeCatalogue,
        "Remove an item from the price list",
        about: "Removes the item. Existing lines keep it.", answers: [RouteAnswer(204, "The item was removed.", nil)],
        refusals: ["sku_not_found"]
    ) { call in
        try await call.ledger.removeCatalogueItem(call.path["sku"]!, of: call.tenantID)
        return Reply(204, .nothing)
    }
}
