import JSON
import Ledger
import LedgerShapes

/// A term as a field of a request.
struct TermField: Sendable {
    let field: any AnyField
    fileprivate let read: @Sendable (InputObject, Currency, inout PartialTerms) -> Void

    /// In a line; without an item it has an example of its own.
    static func ofLine(_ term: Term, alone: Bool) -> TermField {
        of(term, named: term.name, isRequired: alone && term.isRequired, example: alone ? term.exampleWithoutItem : term.example)
    }

    static func ofItem(_ term: Term) -> TermField {
        of(term, named: term.nameOfItem, isRequired: term.isRequired, example: term.example)
    }

    private static func of(_ term: Term, named name: String, isRequired: Bool, example: JSON) -> TermField {
        func field<Sent, Said>(
            _ type: InputType<Sent>, _ place: Term.Value.Place<Said>, _ said: @escaping @Sendable (Sent, Currency) -> Said
        ) -> TermField {
            let field = Field.given(name, type, term.about, example: example, isRequired: isRequired)
            return TermField(field: field) { input, currency, terms in
                terms[keyPath: place] = input[field].map { said($0, currency) }
            }
        }
        return switch term.value {
        case .text(let rule, let place): field(.text(rule), place) { text, _ in text }
        case .category(let place): field(.category, place) { category, _ in category }
        case .amount(let place): field(.amount, place) { Money(minorUnits: $0, currency: $1) }
        case .taxRate(let place): field(.taxRate, place) { rate, _ in rate }
        }
    }
}

extension [TermField] {
    var fields: [any AnyField] { map(\.field) }
    var required: [TermField] { filter(\.field.isRequired) }
    var optional: [TermField] { filter { !$0.field.isRequired } }

    /// What a request says of them.
    func terms(_ input: InputObject, in currency: Currency) -> PartialTerms {
        reduce(into: PartialTerms()) { terms, field in field.read(input, currency, &terms) }
    }
}
