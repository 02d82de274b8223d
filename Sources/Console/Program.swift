/// A command line program: its verbs, and the options that all of them share.
package struct Program: Sendable {
    /// As people type it.
    package let name: String
    let summary: String
    let version: String
    let verbs: [Verb]
    let shared: [Declaration]

    /// - Parameters:
    ///   - shared: Options of every verb. `--format` and `--help` are always there.
    ///   - verbs: In the order in which help lists them.
    package init(name: String, summary: String, version: String, shared: [any ParameterDeclaration], verbs: [Verb]) {
        self.name = name
        self.summary = summary
        self.version = version
        self.verbs = verbs
        self.shared = shared.map(\.declaration) + [OutputFormat.parameter.declaration]
        precondition(Set(verbs.map(\.name)).count == verbs.count, "two verbs have the same name")
        for verb in verbs {
            let names = (verb.parameters + self.shared + Inquiry.all).map(\.name)
            precondition(Set(names).count == names.count, "\(verb.name) has two parameters of one name")
            precondition(!names.contains("help"), "\(verb.name) takes --help away")
            precondition(!verbs.contains { $0.path.count > verb.path.count && $0.path.starts(with: verb.path) }, "\(verb.name) is a group")
        }
    }

    /// Reads the command line, runs one verb, and says what went wrong.
    ///
    /// - Parameter arguments: Without the program's own name.
    /// - Returns: The exit code: 0 done, 1 refused or failed, 2 not understood.
    package func run(_ arguments: [String], environment: [String: String], terminal: Terminal) async -> Int32 {
        do {
            var parser = Parser(self, arguments, environment)
            switch try parser.parse() {
            case .show(let topic):
                try terminal.write(text(topic, width: min(terminal.outputWidth ?? 80, 100)))
            case .run(let verb, let values):
                try await verb.run(Invocation(command: command(verb.path), values: values, terminal: terminal))
            }
            return 0
        } catch {
            let failure = Failure(error)
            terminal.writeError(failure.text(width: terminal.errorWidth))
            return failure.exitCode
        }
    }

    private func text(_ topic: HelpTopic, width: Int) -> String {
        let help = Help(program: self, width: width)
        return switch topic {
        case .program: help.overview
        case .group(let path): help.text(ofGroup: path)
        case .verb(let verb): help.text(of: verb)
        case .version: "\(name) \(version)\n"
        case .completions(let shell): shell.completions(of: self)
        case .manPage: ManPage(program: self).text
        }
    }

    func command(_ path: [String]) -> String { ([name] + path).joined(separator: " ") }

    /// The words that can follow, each once.
    func next(after path: [String]) -> [String] {
        var words: [String] = []
        for verb in verbs where verb.path.starts(with: path) && verb.path.count > path.count {
            if !words.contains(verb.path[path.count]) { words.append(verb.path[path.count]) }
        }
        return words
    }
}

/// One verb being run: what it was told, and where it speaks.
package struct Invocation: Sendable {
    let command: String
    /// What the verb was told.
    package let values: Values
    /// Where the verb speaks.
    package let terminal: Terminal

    /// - Precondition: The verb lists the parameter, or the program shares it.
    package subscript<Value>(_ parameter: Parameter<Value>) -> Value { values[parameter] }

    /// Prints a result to standard output in the format that was asked for.
    ///
    /// - Throws: `OutputError` when it could not be written.
    package func show(_ result: some Presentable) throws {
        switch self[OutputFormat.parameter] {
        case .table: try terminal.write(result.text(width: terminal.outputWidth))
        case .json: try terminal.write(result.json())
        case .csv: try terminal.write(result.csv())
        }
    }

    /// How the result is wanted.
    package var format: OutputFormat { self[OutputFormat.parameter] }

    /// A part of a long result, as it is.
    package func write(_ part: [UInt8]) throws { try terminal.write(String(decoding: part, as: UTF8.self)) }

    /// A sentence to the person in front of it: standard output beside tables, standard error beside JSON and CSV,
    /// so that a program reads nothing but data.
    package func say(_ sentence: String) throws {
        if self[OutputFormat.parameter] == .table {
            try terminal.write(sentences(printable(sentence), width: terminal.outputWidth))
        } else {
            terminal.writeError(sentences(printable(sentence), width: terminal.errorWidth))
        }
    }

    /// A sentence below a result, with an empty line between the two.
    package func remark(_ sentence: String) throws {
        if self[OutputFormat.parameter] == .table { try terminal.write("\n") }
        try say(sentence)
    }

    /// A bar on standard error for work that takes a while; nothing in a pipe.
    package func progress(_ title: String, total: Int64) -> ProgressBar { ProgressBar(title, total: total, terminal: terminal) }

    /// For what the parser cannot know, for example that one of two options must be there: exit 2.
    package func misuse(_ sentence: String) -> UsageError { UsageError(fact: .other(sentence), command: command) }
}
