import CSV
import JSON
import Ledger

/// One thing that is said of what is charged. Declared once, in Terms.swift: fields and properties of the API, columns of files, options and
/// tables of the command line, inputs and remarks of the pages are made of it.
package struct Term: Sendable {
    /// What is said, and where it stands among the terms.
    package enum Value: Sendable {
        /// `nil` there is not said.
        package typealias Place<Said> = WritableKeyPath<PartialTerms, Said?> & Sendable

        case text(TextRule, Place<String>)
        case category(Place<Category>)
        case amount(Place<Money>)
        case taxRate(Place<TaxRate>)
    }

    /// Decides how it is read and written.
    package let value: Value
    /// Whether every line and every item has it.
    package var isRequired = false
    /// Whether a line of an item may say it, too. What it does not say is the item's.
    package var mayDifferFromItem = false
    /// Whether reception says it of a line without an item.
    package var isAtDesk = true

    /// Of a line, in JSON and in files: `snake_case`.
    package let name: String
    /// The same of an item.
    package var nameOfItem: String { ofItem ?? name }
    /// Of the command line's option, without dashes.
    package var option: String { inOptions ?? nameOfItem.replacing("_", with: "-") }
    /// Of a form's input.
    package var input: String { inForms ?? nameOfItem }
    var ofItem, inOptions, inForms: String?

    /// To a caller of the API who says it.
    package let about: String
    var aboutInLine, aboutInItem, aboutOption: String?
    /// Of the command line's option.
    package var help: String { aboutOption ?? about }
    /// Of an item, and of a line of it.
    package let example: JSON
    /// Of a line without an item.
    package var exampleWithoutItem: JSON { withoutItem ?? example }
    var withoutItem: JSON?
    /// What counts where an item does not say it.
    package var otherwise = "none"

    /// Of a file of lines, where people write other names than `name` and `label`.
    var column: TableColumn?
    /// Of an input.
    package let label: Phrase
    /// Below the input.
    package var hint: Phrase?
    /// Stands before what is said of it on a page.
    package var remark: Phrase { inRemarks ?? label }
    var inRemarks: Phrase?
    /// What a page shows where it is not said; `nil`: nothing.
    package var remarkOtherwise: Phrase?
    /// Of a column at the command line.
    package var title: String { inTables ?? label.english }
    var inTables: String?

    /// In tables, quantity, sum and currency stand beside it.
    package var isAmount: Bool { if case .amount = value { true } else { false } }

    /// As programs read it; `nil` where it is not said.
    package func text(_ terms: PartialTerms) -> String? {
        switch value {
        case .text(_, let place): terms[keyPath: place]
        case .category(let place): terms[keyPath: place]?.name
        case .amount(let place): terms[keyPath: place]?.plain
        case .taxRate(let place): terms[keyPath: place]?.description
        }
    }

    /// `nil` where it is not said, and of a term that is no amount.
    package func amount(_ terms: PartialTerms) -> Money? { if case .amount(let place) = value { terms[keyPath: place] } else { nil } }
}

extension [Term] {
    /// In another order: these first, then the rest.
    package func beginning(with first: Term...) -> [Term] { first + filter { term in !first.contains { $0.name == term.name } } }
}

// MARK: - As a property of what is shown

extension Term {
    /// In a line's shape: with the quantity before the amount, and the sum behind it. In the end every line has a tax rate.
    static let propertiesOfLine = all.flatMap { term -> [Property<LineItem>] in
        let isNull = if case .taxRate = term.value { false } else { !term.isRequired }
        let property = term.property(term.name, term.aboutInLine, isNull: isNull) { (line: LineItem) in line.partialTerms }
        guard term.isAmount else { return [property] }
        return [
            .integer("quantity", "The quantity.", example: 2) { $0.quantity }, property,
            .amount("gross", "Quantity × unit amount.", example: 700) { $0.gross },
        ]
    }

    /// In an item's shape: with the currency behind the price.
    static let propertiesOfItem = ofItem.flatMap { term -> [Property<CatalogueItem>] in
        let property = term.property(term.nameOfItem, term.aboutInItem, isNull: !term.isRequired) { (item: CatalogueItem) in
            item.partialTerms
        }
        guard term.isAmount else { return [property] }
        return [property, .text("currency", "The currency of the price.", example: "eur") { $0.price.currency.code }]
    }

    private func property<Model>(
        _ name: String, _ about: String?, isNull: Bool, of terms: @escaping @Sendable (Model) -> PartialTerms
    ) -> Property<Model> {
        let about = about ?? self.about
        return switch (isAmount, isNull) {
        case (true, true): .optionalAmount(name, about, example: example.intValue) { amount(terms($0)) }
        case (true, false): .amount(name, about, example: example.intValue!) { amount(terms($0))! }
        case (false, true): .optionalText(name, about, example: example.textValue) { text(terms($0)) }
        case (false, false): .text(name, about, example: example.textValue!) { text(terms($0))! }
        }
    }
}

// MARK: - As a column of a file

extension Term {
    /// Of a file of lines.
    package var columnOfLine: TableColumn { column ?? TableColumn(name, german: label.german) }
    /// Of a file of items.
    package var columnOfItem: TableColumn { columnOfLine.named(nameOfItem, isRequired: isRequired) }

    /// Reads what stands under one of its columns.
    ///
    /// - Throws: `MoneyError`; `TableFieldRefusal`, also where nothing stands and it is required.
    package func read(
        _ row: TableRow, _ column: String, in currency: Currency, _ known: KnownRates, into terms: inout PartialTerms
    ) throws {
        func needed<Said>(_ said: Said?) throws -> Said? { isRequired ? try row.required(column, said) : said }
        switch value {
        case .text(_, let place): terms[keyPath: place] = try needed(row.optional(column))
        case .category(let place): terms[keyPath: place] = try needed(row.category(column, known))
        case .amount(let place): terms[keyPath: place] = try needed(row.money(column, in: currency))
        case .taxRate(let place): terms[keyPath: place] = try needed(row.taxRate(column, known))
        }
    }
}
