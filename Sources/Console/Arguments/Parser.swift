/// From words to values, without touching anything: arguments and environment in, a request or a `UsageError` out.
struct Parser {
    let program: Program
    let environment: [String: String]
    private var words: ArraySlice<String>
    private var given: [String: [any Sendable]] = [:]

    init(_ program: Program, _ arguments: [String], _ environment: [String: String]) {
        self.program = program
        self.environment = environment
        words = arguments[...]
    }

    /// What the command line asks for.
    enum Request {
        /// A text for standard output.
        case show(HelpTopic)
        case run(Verb, Values)
    }

    mutating func parse() throws(UsageError) -> Request {
        if let topic = try leadingOptions() { return .show(topic) }
        let verb: Verb
        switch try findVerb() {
        case .topic(let topic): return .show(topic)
        case .verb(let found): verb = found
        }
        let command = program.command(verb.path)
        let declared = verb.options + program.shared
        // Asking for help beats everything that is wrong beside it.
        if words.prefix(while: { $0 != "--" }).contains(where: Self.asksForHelp) { return .show(.verb(verb)) }
        var arguments: [String] = []
        while let word = words.popFirst() {
            if word == "--" {
                arguments += words
                words = []
            } else if Self.isOption(word) {
                try option(word, among: declared, command)
            } else {
                arguments.append(word)
            }
        }
        try place(arguments, verb, command)
        for declaration in declared { try complete(declaration, command) }
        return .run(verb, Values(given))
    }

    private static func asksForHelp(_ word: String) -> Bool { word == "--help" || word == "-h" }

    /// `-` is a file name for many programs, and `-5` is a number.
    private static func isOption(_ word: String) -> Bool {
        word.hasPrefix("--") || (word.hasPrefix("-") && word.count > 1 && word.dropFirst().first?.isNumber != true)
    }

    /// Options that hold for every verb may stand before it, and what is asked instead of one.
    private mutating func leadingOptions() throws(UsageError) -> HelpTopic? {
        while let word = words.first, Self.isOption(word), word != "--" {
            words.removeFirst()
            if Self.asksForHelp(word) { return .program }
            try option(word, among: program.shared + Inquiry.all, program.name)
            if let topic = Inquiry.topic(Values(given)) { return topic }
        }
        return nil
    }

    private enum Found {
        case verb(Verb)
        case topic(HelpTopic)
    }

    /// Takes the words that name the verb. A group of verbs is an answer only when help is asked for.
    private mutating func findVerb() throws(UsageError) -> Found {
        let help = words.first == "help"
        if help { words.removeFirst() }
        guard !words.isEmpty else {
            if help { return .topic(.program) }
            throw UsageError(fact: .noVerb, command: program.name)
        }
        var path: [String] = []
        while let word = words.first, !Self.isOption(word), program.verbs.contains(where: { $0.path.starts(with: path + [word]) }) {
            path.append(word)
            words.removeFirst()
            if let verb = program.verbs.first(where: { $0.path == path }) { return help ? .topic(.verb(verb)) : .verb(verb) }
        }
        let typed = path.joined(separator: " ")
        guard let word = words.first, !Self.isOption(word) else {
            if help || words.first.map(Self.asksForHelp) == true { return .topic(path.isEmpty ? .program : .group(path)) }
            guard !path.isEmpty else { throw UsageError(fact: .noVerb, command: program.name) }
            throw UsageError(fact: .incompleteVerb(typed, next: program.next(after: path)), command: program.command(path))
        }
        let suggestion = suggestion(for: path + words.prefix(while: { !Self.isOption($0) }))
        throw UsageError(fact: .unknownVerb((path + [word]).joined(separator: " "), suggestion: suggestion), command: program.name)
    }

    /// Compares as many typed words as the verb has.
    private func suggestion(for typed: [String]) -> String? {
        for length in [2, 1] {
            let known = program.verbs.filter { $0.path.count == length && typed.count >= length }.map(\.name)
            if let verb = nearest(to: typed.prefix(length).joined(separator: " "), among: known) { return verb }
        }
        return typed.first.flatMap { nearest(to: $0, among: program.verbs.map { $0.path[0] }) }
    }

    private mutating func option(_ word: String, among declared: [Declaration], _ command: String) throws(UsageError) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let declaration = declared.first(where: { "--\($0.name)" == parts[0] }) else {
            let known = declared.map { "--\($0.name)" } + ["--help"]
            throw UsageError(fact: .unknownOption(parts[0], suggestion: nearest(to: parts[0], among: known)), command: command)
        }
        if given[declaration.name] != nil, declaration.presence != .repeated {
            throw UsageError(fact: .givenTwice(declaration.label), command: command)
        }
        guard declaration.form == .option else {
            guard parts.count == 1 else { throw UsageError(fact: .flagWithValue(declaration.label), command: command) }
            given[declaration.name] = [true]
            return
        }
        let text: String
        if parts.count == 2 {
            text = parts[1]
        } else {
            guard let next = words.first, !next.hasPrefix("--") else {
                throw UsageError(fact: .missingValue(declaration.label, placeholder: declaration.placeholder), command: command)
            }
            words.removeFirst()
            text = next
        }
        given[declaration.name, default: []].append(try read(text, as: declaration, command))
    }

    private mutating func place(_ texts: [String], _ verb: Verb, _ command: String) throws(UsageError) {
        let places = verb.arguments
        if texts.count > places.count {
            throw UsageError(fact: .surplusArgument(texts[places.count], place: places.count), command: command)
        }
        var texts = texts[...]
        // Optional arguments are filled from the left with what the required ones leave over.
        var spare = texts.count - places.count { $0.presence == .required }
        for declaration in places {
            if declaration.presence != .required {
                if spare <= 0 { continue }
                spare -= 1
            }
            guard let text = texts.popFirst() else {
                throw UsageError(fact: .missingArgument(declaration.name, help: declaration.help), command: command)
            }
            given[declaration.name] = [try read(text, as: declaration, command)]
        }
    }

    /// What was not given comes from the environment, then from the default. An empty variable counts as none.
    private mutating func complete(_ declaration: Declaration, _ command: String) throws(UsageError) {
        guard given[declaration.name] == nil else { return }
        if let name = declaration.environment, let text = environment[name], !text.isEmpty {
            given[declaration.name] = [try read(text, as: declaration, command, environment: name)]
            return
        }
        switch declaration.presence {
        case .standard(let text): given[declaration.name] = [try read(text, as: declaration, command)]
        case .required:
            throw UsageError(
                fact: .missingOption(declaration.label, placeholder: declaration.placeholder, help: declaration.help), command: command)
        case .optional, .repeated: break
        }
    }

    private func read(
        _ text: String, as declaration: Declaration, _ command: String, environment: String? = nil
    ) throws(UsageError) -> any Sendable {
        if let value = declaration.read(text) { return value }
        throw UsageError(
            fact: .badValue(
                declaration.label, text: text, expected: declaration.expected, example: declaration.example, environment: environment),
            command: command)
    }
}

/// The values of one command line, by the parameter that reads them.
package struct Values: Sendable {
    private let read: [String: [any Sendable]]

    init(_ read: [String: [any Sendable]]) { self.read = read }

    /// - Precondition: The verb lists the parameter, or the program shares it.
    package subscript<Value>(_ parameter: Parameter<Value>) -> Value { parameter.collect(read[parameter.declaration.name] ?? []) }
}
