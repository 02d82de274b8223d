import Console
import Ledger
import LedgerShapes

/// A term as an option of a verb.
struct TermOption: Sendable {
    let parameter: any ParameterDeclaration
    fileprivate let read: @Sendable (Invocation, Currency, inout PartialTerms) throws -> Void

    /// - Parameter isRequired: Whether it must be given.
    static func of(_ term: Term, isRequired: Bool) -> TermOption {
        func option<Typed, Said>(
            _ reader: ValueReader<Typed>, _ place: Term.Value.Place<Said>, _ said: @escaping @Sendable (Typed, Currency) throws -> Said
        ) -> TermOption {
            let option = Parameter.option(term.option, reader, isRequired: isRequired, term.help)
            return TermOption(parameter: option) { invocation, currency, terms in
                terms[keyPath: place] = try invocation[option].map { try said($0, currency) }
            }
        }
        return switch term.value {
        case .text(_, let place): option(.text(), place) { text, _ in text }
        case .category(let place): option(.category, place) { category, _ in category }
        case .amount(let place): option(.amount, place) { try $0.positive(in: $1) }
        case .taxRate(let place): option(.taxRate, place) { rate, _ in rate }
        }
    }
}

extension [TermOption] {
    var parameters: [any ParameterDeclaration] { map(\.parameter) }

    /// What was typed of them.
    func terms(_ invocation: Invocation, in currency: Currency) throws -> PartialTerms {
        try reduce(into: PartialTerms()) { terms, option in try option.read(invocation, currency, &terms) }
    }
}

extension ValueReader where Value == Category {
    static var category: Self {
        Self(placeholder: "CATEGORY", expected: "a category in lower-case letters", example: "minibar") { Category($0) }
    }
}

extension ValueReader where Value == TaxRate {
    static var taxRate: Self {
        Self(placeholder: "RATE", expected: "a tax rate in percent, or none", example: "19") { TaxRate($0) }
    }
}

// MARK: - Tables for people

extension Term {
    /// - Parameter fit: Of a text that may be long.
    func column(_ key: String, fit: Column.Fit) -> Column {
        let isLong = if case .text(let rule, _) = value { rule.length.upperBound > 40 } else { false }
        return Column(key, title, isAmount ? .money : .text, fit: isLong ? fit : .whole)
    }

    func cell(_ terms: PartialTerms) -> Cell { isAmount ? .of(amount(terms), Cell.money) : .of(text(terms), Cell.text) }
}
