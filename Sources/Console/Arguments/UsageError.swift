/// The command line was not understood. Facts here; the sentences below say what to type next.
package struct UsageError: Error, Equatable {
    enum Fact: Equatable {
        case noVerb
        case unknownVerb(String, suggestion: String?)
        case incompleteVerb(String, next: [String])
        case unknownOption(String, suggestion: String?)
        case missingArgument(String, help: String)
        case missingOption(String, placeholder: String, help: String)
        case missingValue(String, placeholder: String)
        case surplusArgument(String, place: Int)
        case flagWithValue(String)
        case givenTwice(String)
        case badValue(String, text: String, expected: String, example: String?, environment: String?)
        case other(String)
    }

    let fact: Fact
    /// Whose `--help` tells more: `soferu-ledger folio open`.
    let command: String

    /// One sentence: what was not understood.
    package var message: String {
        switch fact {
        case .noVerb: "A verb is missing."
        case .unknownVerb(let typed, let suggestion): "There is no verb \"\(typed)\"." + Self.didYouMean(suggestion)
        case .incompleteVerb(let typed, let next): "\"\(typed)\" needs one more word: \(listed(next, conjunction: "or"))."
        case .unknownOption(let typed, let suggestion): "There is no option \(typed) here." + Self.didYouMean(suggestion)
        case .missingArgument(let name, _): "\(name) is missing."
        case .missingOption(let name, _, _): "\(name) is missing."
        case .missingValue(let name, _): "\(name) needs a value after it."
        case .surplusArgument(let text, let place):
            "\"\(text)\" is one argument too many: \(place == 0 ? "none is" : place == 1 ? "one is" : "\(place) are") expected here."
        case .flagWithValue(let name): "\(name) takes no value."
        case .givenTwice(let name): "\(name) was given twice."
        case .badValue(let name, let text, let expected, _, let environment):
            "\(environment ?? name) needs \(expected), not \"\(text)\"."
        case .other(let sentence): sentence
        }
    }

    /// One or two sentences: what to type instead, and where help is.
    package var hint: String {
        switch fact {
        case .noVerb, .unknownVerb: "Type `\(command) --help` for the list of verbs."
        case .missingArgument(let name, let help): "\(name) is: \(help) \(more)"
        case .missingOption(let name, let placeholder, let help): "Add `\(name) \(placeholder)`: \(help) \(more)"
        case .missingValue(let name, let placeholder):
            "Write `\(name) \(placeholder)`, or `\(name)=\(placeholder)` if it begins with dashes. \(more)"
        case .surplusArgument: "Put quotes around a text that contains spaces. \(more)"
        case .givenTwice: "Give it only once. \(more)"
        case .badValue(_, _, _, let example?, _): "Write it like \(example). \(more)"
        default: more
        }
    }

    private var more: String { "Type `\(command) --help` for its usage." }

    private static func didYouMean(_ suggestion: String?) -> String {
        suggestion.map { " Did you mean \"\($0)\"?" } ?? ""
    }
}
