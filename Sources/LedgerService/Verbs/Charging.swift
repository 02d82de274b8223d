import Ledger
internal import LedgerStore

/// Charges lines in one book. What they need is read once, however many there are: folios with the number that each gives next,
/// accounts, and where the journal ends.
///
/// Nothing else may add lines or post while it is used.
struct Charging {
    let tenant: Tenant
    private let actor: String
    private var prices: LinePrices
    // By their bytes: Swift takes two ways to write an accent for one reference, and they are two folios.
    private var folios: [[UInt8]: Folio] = [:]
    /// By the folio's number.
    private var nextNumbers: [Int64: Int64] = [:]
    private var journal = KnownJournal()

    /// - Parameter actor: Who charges, for the journal.
    init(of tenant: Tenant, by actor: String) {
        self.tenant = tenant
        self.actor = actor
        prices = LinePrices(of: tenant)
    }

    /// A folio that lines may be charged on.
    ///
    /// - Throws: What `Transaction.openFolio` throws.
    mutating func folio(_ reference: String, in book: borrowing Book) throws -> Folio {
        let bytes = Array(reference.utf8)
        if let folio = folios[bytes] { return folio }
        let folio = try book.openFolio(reference)
        folios[bytes] = folio
        return folio
    }

    /// - Throws: `LineRefusal`, `MoneyError`, `ServiceRefusal` for an unknown SKU or a text that cannot stand on a bill. Nothing of the line
    ///   is written then.
    mutating func charge(_ new: NewLine, on folio: Folio, in book: borrowing Book) throws -> LineItem {
        try new.checkDate(on: folio)
        let number = try nextNumbers[folio.number] ?? book.nextLineNumber(on: folio)
        let line = try prices.line(new, number: number, in: book)
        try book.add(line, to: folio, by: actor, &journal)
        nextNumbers[folio.number] = number + 1
        return line
    }
}

/// What lines cost: the tenant's items and tax rates, each read once in a transaction.
struct LinePrices {
    private let tenant: Tenant
    // By their bytes, as folios are.
    private var items: [[UInt8]: CatalogueItem] = [:]
    private var schedules: [Category: TaxSchedule] = [:]

    init(of tenant: Tenant) { self.tenant = tenant }

    /// The line as it would be charged now: what it does not say is taken from its item, and from the category's tax rate. Writes nothing.
    ///
    /// - Throws: `LineRefusal`, `MoneyError`, `ServiceRefusal` for an unknown SKU or a text that cannot stand on a bill.
    mutating func line(_ new: NewLine, number: Int64, in book: borrowing Book) throws -> LineItem {
        let item: CatalogueItem? = if let sku = new.sku { try item(sku, in: book) } else { nil }
        let terms = try new.terms.completed(by: item?.terms, in: tenant.currency)
        try terms.checkTexts()
        guard terms.unitAmount.currency == tenant.currency else {
            throw MoneyError.currencyMismatch(tenant.currency, terms.unitAmount.currency)
        }
        return try LineItem.charge(
            number: number, terms, quantity: new.quantity, taxRate: new.terms.taxRate ?? item?.taxRate,
            serviceDate: new.serviceDate ?? book.now.day(in: tenant.timeZone), sku: new.sku,
            schedule: try schedule(terms.category, in: book))
    }

    private mutating func item(_ sku: String, in book: borrowing Book) throws -> CatalogueItem {
        let bytes = Array(sku.utf8)
        if let item = items[bytes] { return item }
        guard let item = try book.catalogueItem(sku) else { throw ServiceRefusal.skuNotFound(sku) }
        items[bytes] = item
        return item
    }

    private mutating func schedule(_ category: Category, in book: borrowing Book) throws -> TaxSchedule {
        if let schedule = schedules[category] { return schedule }
        let schedule = try book.taxSchedule(category: category)
        schedules[category] = schedule
        return schedule
    }
}
