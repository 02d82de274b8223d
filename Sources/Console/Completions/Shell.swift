/// A shell for which a program can print a completion script.
enum Shell: String, CaseIterable, Sendable {
    case bash, zsh, fish

    /// What the shell reads once, made from the declared verbs and parameters. It never runs the program.
    func completions(of program: Program) -> String {
        switch self {
        case .bash: BashCompletions(program: program).text
        case .zsh: ZshCompletions(program: program).text
        case .fish: FishCompletions(program: program).text
        }
    }
}

/// How a verb is typed word by word: `soferu-ledger`, `soferu-ledger folio`, `soferu-ledger folio open`.
extension Program {
    /// Each beginning of a verb that is no verb yet, the shortest first; the first is empty.
    var groups: [[String]] {
        var groups: [[String]] = [[]]
        for verb in verbs {
            for length in verb.path.indices.dropFirst() where !groups.contains(Array(verb.path.prefix(length))) {
                groups.append(Array(verb.path.prefix(length)))
            }
        }
        return groups
    }

    func verb(_ path: [String]) -> Verb? { verbs.first { $0.path == path } }

    /// The summary of the only verb that begins so, or the words that follow.
    func meaning(of path: [String]) -> String {
        let verbs = verbs.filter { $0.path.starts(with: path) }
        return verbs.count == 1 ? verbs[0].summary : "One of: " + listed(next(after: path), conjunction: "or") + "."
    }

    /// A name for functions of the shell.
    var identifier: String { "_" + String(name.map { $0.isLetter || $0.isNumber ? $0 : "_" }) }

    /// What the script says about itself in its first lines.
    func origin(_ shell: Shell) -> String { "# Completion of \(name) \(version), printed by `\(name) --completions \(shell.rawValue)`." }
}
