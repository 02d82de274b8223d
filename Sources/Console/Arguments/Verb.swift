/// One thing the program can do, declared with everything `--help` says about it.
///
///     static let verb = Verb(
///         "line reverse", "Cancels a line item completely.",
///         [tenant, reference, line, reason],
///         examples: ["line reverse seeblick R-4711 3 --reason 'entered twice'"]
///     ) { invocation in … }
package struct Verb: Sendable {
    /// The words that name it: `["folio", "open"]`.
    package let path: [String]
    /// One sentence.
    package let summary: String
    let parameters: [Declaration]
    /// What follows the program's name; at least one.
    let examples: [String]
    /// Sentences below the options in help: what a newcomer must know.
    let notes: [String]
    let run: @Sendable (Invocation) async throws -> Void

    /// - Parameters:
    ///   - name: The words, separated by blanks.
    ///   - parameters: Arguments in their order; options in the order help shows them. Optional arguments get what is left over by those
    ///     that must be there, wherever they stand: `user add [TENANT] NAME`.
    ///   - examples: Without the program's name.
    package init(
        _ name: String, _ summary: String, _ parameters: [any ParameterDeclaration] = [], examples: [String], notes: [String] = [],
        run: @escaping @Sendable (Invocation) async throws -> Void
    ) {
        precondition(!examples.isEmpty, "\(name) has no example")
        path = name.split(separator: " ").map(String.init)
        self.summary = summary
        self.parameters = parameters.map(\.declaration)
        self.examples = examples
        self.notes = notes
        self.run = run
    }

    var name: String { path.joined(separator: " ") }
    var arguments: [Declaration] { parameters.filter { $0.form == .argument } }
    var options: [Declaration] { parameters.filter { $0.form != .argument } }
}
