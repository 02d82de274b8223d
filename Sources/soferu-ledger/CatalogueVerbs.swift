import CSV
import Console
import Ledger
import LedgerProgram
import LedgerService
import LedgerShapes

/// `catalogue …`: the extras that reception adds (Preisliste).
enum CatalogueVerbs {
    static let all = [set, list, read]

    private static let sku = Parameter.argument("SKU", .text(), "A short name for the item.")
    private static let terms = Term.ofItem.map { TermOption.of($0, isRequired: $0.isRequired) }

    private static let set = Verb(
        "catalogue set", "Adds an item to the price list, or changes its price from now on.",
        [Options.tenant, sku] + terms.parameters,
        examples: ["catalogue set seeblick beer --description 'Beer 0.33 l' --price 3.50 --category minibar --tax 19"]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let tenant = try context.ledger.tenant(invocation[Options.tenant])
        let item = try CatalogueItem(
            sku: invocation[sku], try terms.terms(invocation, in: tenant.currency), in: tenant.currency)
        try await context.ledger.setCatalogueItem(item, of: tenant.id)
        try invocation.show(ShapedResult(TenantShapes.item, item, people: table([item])))
    }

    private static let required = Term.ofItem.filter(\.isRequired).map(\.nameOfItem)
    private static let optional = Term.ofItem.filter { !$0.isRequired }.map {
        "\($0.nameOfItem) (empty: \($0.otherwise); without the column, items keep theirs)"
    }
    private static let file = Parameter.argument("FILE", .file, "A table file with one item a row; - reads standard input.")

    private static let read = Verb(
        "catalogue import", "Sets the items of a table file on the price list: all of them, or none.", [Options.tenant, file],
        examples: ["catalogue import seeblick prices.csv", "catalogue import seeblick -"],
        notes: [
            "The file's first line names its columns: \(listed(["sku"] + required, conjunction: "and")); optionally "
                + listed(optional + ["currency"], conjunction: "and")
                + ". German names such as Artikel, Bezeichnung, Preis, Kategorie and Steuer are read, too.",
            "It may come from a spreadsheet: separated by comma, semicolon or tab, in UTF-8, UTF-16 or Windows-1252, with prices such as 3.50, "
                + "3,50 or 1.200,00. The first row that cannot be read is named, and nothing is changed.",
            "An item that the file does not have stays on the price list. A price list has at most \(LedgerService.mostItems) items.",
        ]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let tenant = try context.ledger.tenant(invocation[Options.tenant])
        let table = try TableReader(file: invocation[file], columns: CatalogueFile.columns)
        let change = try await context.ledger.setCatalogue(
            try CatalogueFile.rows(table, in: tenant.currency, KnownRates(of: tenant.id, in: context.ledger)), of: tenant.id)
        let record = Record([
            .init("added", "Added", .integer(Int64(change.added))), .init("changed", "Changed", .integer(Int64(change.changed))),
            .init("unchanged", "Unchanged", .integer(Int64(change.unchanged))),
            .init("others", "Not in the file", .integer(Int64(change.others))),
        ])
        try invocation.show(ShapedResult(TenantShapes.catalogueChange, change, people: record))
    }

    private static let list = Verb(
        "catalogue list", "Shows the price list.", [Options.tenant], examples: ["catalogue list seeblick"]
    ) { invocation in
        let context = try await CommandContext.open(invocation, timed: false)
        let items = try context.ledger.catalogue(of: invocation[Options.tenant])
        try invocation.show(ShapedResult(list: TenantShapes.item, items, people: table(items)))
    }

    private static func table(_ items: [CatalogueItem]) -> Table {
        Table(
            [Column("sku", "Item")] + Term.ofItem.map { $0.column($0.nameOfItem, fit: .shortened) },
            rows: items.map { item in
                let terms = item.partialTerms
                return [.text(item.sku)] + Term.ofItem.map { $0.cell(terms) }
            }, empty: "The price list is empty. `catalogue set` adds an item, `catalogue import` a file of them.")
    }
}
