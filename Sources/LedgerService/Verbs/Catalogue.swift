import Ledger
internal import LedgerStore

/// The price list: the extras that reception adds.
extension LedgerService {
    /// - Throws: `TenantNotFound`.
    package func catalogue(of tenantID: String) throws -> [CatalogueItem] {
        try store.read(of: tenantID) { book in
            try book.catalogue()
        }
    }

    /// Adds an extra to the price list, or changes what its next line costs.
    ///
    /// - Throws: `TenantNotFound`, `LineRefusal`, `ServiceRefusal`, `MoneyError.currencyMismatch`.
    package func setCatalogueItem(_ item: CatalogueItem, of tenantID: String, key: IdempotencyKey? = nil) async throws {
        try item.check()
        try await perform(Once<Void, Void>(key), of: tenantID) { try $0.set(item) }
    }

    /// A price list has at most so many items: each is a button on a folio's page.
    package static let mostItems = 2000

    /// Sets many items: all of them, or none. Items that are not among them stay as they are.
    ///
    /// - Parameter rows: Each item with its line in the file.
    /// - Throws: `RefusedRow` for the first item that cannot be set; `CatalogueFileRefusal`; `TenantNotFound`.
    package func setCatalogue(_ rows: [CatalogueRow], of tenantID: String, key: IdempotencyKey? = nil) async throws -> CatalogueChange {
        guard !rows.isEmpty else { throw CatalogueFileRefusal.noItems }
        guard rows.count <= Self.mostItems else { throw CatalogueFileRefusal.tooManyItems }
        var lines: [[UInt8]: Int] = [:]
        for row in rows {
            do {
                try row.item.check()
                // Compared as bytes, as the schema compares them.
                let first = lines.updateValue(row.line, forKey: Array(row.item.sku.utf8))
                if let first { throw CatalogueFileRefusal.itemTwice(row.item.sku, line: first) }
            } catch let why as any Refusal { throw row.refused(why) }
        }
        return try await perform(Once<CatalogueChange, CatalogueChange>(key), of: tenantID) { book in
            var old: [[UInt8]: CatalogueItem] = [:]
            for item in try book.catalogue() { old[Array(item.sku.utf8)] = item }
            var (added, changed) = (0, 0)
            for row in rows {
                let known = old.removeValue(forKey: Array(row.item.sku.utf8))
                let item = try row.item(after: known)
                if known == item { continue }
                do { try book.set(item) } catch let why as any Refusal { throw row.refused(why) }
                if known == nil { added += 1 } else { changed += 1 }
            }
            guard rows.count + old.count <= Self.mostItems else { throw CatalogueFileRefusal.tooManyItems }
            return CatalogueChange(added: added, changed: changed, unchanged: rows.count - added - changed, others: old.count)
        }
    }

    /// - Throws: `TenantNotFound`; `ServiceRefusal.skuNotFound`.
    package func catalogueItem(_ sku: String, of tenantID: String) throws -> CatalogueItem {
        try store.read(of: tenantID) { book in
            guard let item = try book.catalogueItem(sku) else {
                throw ServiceRefusal.skuNotFound(sku)
            }
            return item
        }
    }

    /// Takes an item off the price list. Lines already added keep it.
    ///
    /// - Throws: `TenantNotFound`; `ServiceRefusal.skuNotFound`.
    package func removeCatalogueItem(_ sku: String, of tenantID: String) async throws {
        try await store.write(of: tenantID) { book in
            guard try book.removeCatalogueItem(sku) else {
                throw ServiceRefusal.skuNotFound(sku)
            }
        }
    }
}

/// An item of a price list in a file.
package struct CatalogueRow: Sendable {
    /// As the row has it.
    package let item: CatalogueItem
    /// Counted from 1.
    package let line: Int
    /// The same, where it replaces an item that keeps what the file has no column for.
    private let replacing: @Sendable (CatalogueItem) throws -> CatalogueItem

    package init(_ item: CatalogueItem, line: Int, replacing: @escaping @Sendable (CatalogueItem) throws -> CatalogueItem) {
        (self.item, self.line, self.replacing) = (item, line, replacing)
    }

    fileprivate func item(after old: CatalogueItem?) throws -> CatalogueItem { try old.map(replacing) ?? item }

    fileprivate func refused(_ why: any Refusal) -> RefusedRow { RefusedRow(why, atLine: line, nothing: CatalogueFileRefusal.nothing) }
}

/// What a price list in a file changed. Each is a number of items.
package struct CatalogueChange: Sendable, Equatable {
    /// Not on the price list before.
    package let added: Int
    /// On the price list before, with another price or another text.
    package let changed: Int
    /// In the file as they were before.
    package let unchanged: Int
    /// On the price list and not in the file; they stay.
    package let others: Int
}

/// What is wrong with a price list in a file.
package enum CatalogueFileRefusal: Refusal, Equatable {
    case noItems
    case tooManyItems
    /// The item, and the line where it stands already.
    case itemTwice(String, line: Int)

    /// What did not happen when a row is refused.
    package static let nothing = Phrase("Nothing was changed", "Nichts wurde geändert")

    /// `catalogue_file_invalid`.
    package var code: String { "catalogue_file_invalid" }

    package var message: String {
        switch self {
        case .noItems: "The file has no items."
        case .tooManyItems: "The price list would have more than \(LedgerService.mostItems) items."
        case .itemTwice(let sku, let line): "The item \(sku) is on line \(line) already."
        }
    }

    package var hint: String? {
        switch self {
        case .noItems: "Write one item a row below the names of the columns."
        case .tooManyItems: "Remove items that nobody uses from the file or from the price list."
        case .itemTwice: "Remove one of the two rows."
        }
    }

    package var german: RefusalWords {
        switch self {
        case .noItems:
            RefusalWords("Die Datei hat keine Artikel.", hint: "Schreiben Sie unter die Namen der Spalten je Zeile einen Artikel.")
        case .tooManyItems:
            RefusalWords(
                "Die Preisliste hätte mehr als \(LedgerService.mostItems) Artikel.",
                hint: "Entfernen Sie, was niemand braucht, aus der Datei oder aus der Preisliste.")
        case .itemTwice(let sku, let line):
            RefusalWords("Der Artikel \(sku) steht schon in Zeile \(line).", hint: "Entfernen Sie eine der beiden Zeilen.")
        }
    }
}

extension CatalogueItem {
    /// - Throws: `LineRefusal`, `ServiceRefusal`.
    fileprivate func check() throws {
        guard price.isPositive else { throw LineRefusal.priceNotPositive(price) }
        guard LineItem.amounts.contains(price.minorUnits) else { throw LineRefusal.amountTooLarge(price) }
        try terms.checkTexts()
        try TextRule.itemName.check(sku)
    }
}

extension Book {
    /// - Throws: `MoneyError.currencyMismatch`.
    fileprivate func set(_ item: CatalogueItem) throws {
        guard item.price.currency == tenant.currency else { throw MoneyError.currencyMismatch(tenant.currency, item.price.currency) }
        try setCatalogueItem(item)
    }
}
