import Ledger
import LedgerShapes

/// Terms on a page: how they are asked for, read and shown.
extension Visit {
    /// - Parameter more: Further attributes.
    func termInput(_ term: Term, _ more: HTML = .none) -> HTML {
        func typed(_ attributes: HTML) -> HTML {
            input(term.label, term.input, hint: term.hint, attributes: "\(attributes)\(more)")
        }
        return switch term.value {
        case .text(let rule, _): typed(limits(rule, isRequired: term.isRequired))
        case .category: categorySelect(term.label, term.input)
        case .amount: typed(term.isRequired ? .amount : "inputmode=\"decimal\"")
        case .taxRate: typed("inputmode=\"decimal\"")
        }
    }

    /// What was typed. An empty input says nothing, unless something has to be said.
    ///
    /// - Throws: `LineRefusal.categoryMissing`, `MoneyError`, `SettingsRefusal` for a rate.
    func typed(_ asked: [Term], in currency: Currency) throws -> PartialTerms {
        var terms = PartialTerms()
        for term in asked {
            let typed = field(term.input) ?? ""
            if typed.isEmpty, !term.isRequired { continue }
            switch term.value {
            case .text(_, let place): terms[keyPath: place] = typed
            case .category(let place):
                guard let category = Category(typed) else { throw LineRefusal.categoryMissing }
                terms[keyPath: place] = category
            case .amount(let place): terms[keyPath: place] = try Money(reading: typed, in: currency)
            case .taxRate(let place): terms[keyPath: place] = try TaxRate(typed: typed)
            }
        }
        return terms
    }

    /// What is said beside description, category and amount, which have places of their own.
    func remarks(_ asked: [Term], _ terms: PartialTerms) -> HTML {
        asked.filter { !$0.isRequired }.html { term in
            let said =
                switch term.value {
                case .text(_, let place): terms[keyPath: place]
                case .category(let place): terms[keyPath: place].map { self($0.phrase) }
                case .amount(let place): terms[keyPath: place].map(money)
                case .taxRate(let place): terms[keyPath: place].map(rateWords)
                }
            let shown = said ?? term.remarkOtherwise.map { self($0) }
            return shown.map { " \(remark("\(self(term.remark)) \($0)"))" } ?? .none
        }
    }

    /// `19 %`, or that there is no tax.
    func rateWords(_ rate: TaxRate) -> String { rate.basisPoints == nil ? self(.untaxed) : language.rate(rate) }
}
