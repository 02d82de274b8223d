/// A man page with everything that `--help` says about the program and its verbs.
///
/// - Source: man(7). It has no date: it depends on the program alone.
struct ManPage {
    let program: Program

    var text: String {
        let name = Roff.typed(program.name)
        var text = """
            .TH "\(Roff.typed(program.name.uppercased()))" 1 "" "\(name) \(Roff.typed(program.version))"
            .SH NAME
            \(name) \\-
            \(Roff.text(program.summary))
            .SH SYNOPSIS
            .B \(name)
            .I VERB
            [\\fIargument\\fP ...] [\\fIoption\\fP ...]
            .SH DESCRIPTION
            \(Roff.text(program.summary))
            .SH VERBS

            """
        text += program.verbs.map(verb).joined()
        text += ".SH OPTIONS\nOptions of every verb:\n" + list(program.shared.map { ($0.synopsis, $0.details) } + [Help.option])
        text += ".P\nInstead of a verb:\n" + list(Inquiry.all.map { ($0.synopsis, $0.details) })
        text += section("ENVIRONMENT", variables) + section("FILES", files) + section("EXIT STATUS", Help.exitCodes)
        return text
    }

    private func verb(_ verb: Verb) -> String {
        let usage = [program.command(verb.path)] + (verb.arguments + verb.options).map(\.usage) + ["[options]"]
        var text = ".SS \(Roff.typed(verb.name))\n\(Roff.text(verb.summary))\n.P\n"
        text += ".na\n" + usage.map { Roff.unbroken($0) + "\n" }.joined() + ".ad\n"
        text += list((verb.arguments + verb.options).map { ($0.synopsis, $0.details) })
        for note in verb.notes { text += ".P\n\(Roff.text(note))\n" }
        text += verb.examples.count == 1 ? ".P\nExample:\n" : ".P\nExamples:\n"
        // Not filled: they are there to be copied.
        return text + ".P\n.nf\n" + verb.examples.map { "    \(Roff.typed("\(program.name) \($0)"))\n" }.joined() + ".fi\n"
    }

    private func section(_ title: String, _ pairs: [(String, String)]) -> String {
        pairs.isEmpty ? "" : ".SH \"\(title)\"\n" + list(pairs)
    }

    private func list(_ pairs: [(String, String)]) -> String {
        pairs.map { ".TP\n\\fB\(Roff.typed($0))\\fP\n\(Roff.text($1))\n" }.joined()
    }

    /// Each variable once, with the option that it stands in for.
    private var variables: [(String, String)] {
        var variables: [(String, String)] = []
        for option in program.shared + program.verbs.flatMap(\.options) {
            guard let name = option.environment, !variables.contains(where: { $0.0 == name }) else { continue }
            variables.append((name, "The same as \(option.label)\(option.form == .flag ? ", when it is 1" : ""). \(option.help)"))
        }
        return variables
    }

    private var files: [(String, String)] {
        program.shared.compactMap { option in
            guard option.offer == .files, case .standard(let path) = option.presence else { return nil }
            return (path, "\(option.help) \(option.label) names another.")
        }
    }
}
