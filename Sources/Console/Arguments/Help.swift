/// What help can be about.
enum HelpTopic {
    case program, version
    case group([String])
    case verb(Verb)
}

/// The texts of `--help`: plain, wrapped to the width given.
struct Help {
    let program: Program
    let width: Int

    func text(_ topic: HelpTopic) -> String {
        switch topic {
        case .version: "\(program.name) \(program.version)\n"
        case .program: overview(program.verbs, usage: "VERB …", summary: program.summary)
        case .group(let path):
            overview(
                program.verbs.filter { $0.path.starts(with: path) }, usage: "\(path.joined(separator: " ")) …",
                summary: "The verbs of `\(program.command(path))`.")
        case .verb(let verb): self.text(verb)
        }
    }

    private func overview(_ verbs: [Verb], usage: String, summary: String) -> String {
        var text = paragraph(summary) + "\nUsage: \(program.name) \(usage)\n\nVerbs\n"
        text += pairs(verbs.map { ($0.name, $0.summary) })
        text += "\nOptions of every verb\n" + pairs(program.shared.map { (synopsis($0), details($0)) } + [helpOption])
        return text + "\n" + paragraph("Type `\(program.name) VERB --help` for the usage and examples of a verb.")
    }

    private func text(_ verb: Verb) -> String {
        var text = paragraph(verb.summary) + "\n" + usage(verb)
        if !verb.arguments.isEmpty { text += "\nArguments\n" + pairs(verb.arguments.map { ($0.name, details($0)) }) }
        text += "\nOptions\n" + pairs((verb.options + program.shared).map { (synopsis($0), details($0)) } + [helpOption])
        for note in verb.notes { text += "\n" + paragraph(note) }
        text +=
            "\nExit codes\n"
            + pairs([
                ("0", "Done."), ("1", "Refused or failed; the reason and a hint are on stderr."),
                ("2", "The command line was not understood."),
            ])
        text += verb.examples.count == 1 ? "\nExample\n" : "\nExamples\n"
        // Examples stay on one line: they are there to be copied.
        return text + verb.examples.map { "  \(program.name) \($0)\n" }.joined()
    }

    private func usage(_ verb: Verb) -> String {
        let start = "Usage: \(program.command(verb.path))"
        let words =
            verb.arguments.map { $0.presence == .required ? $0.name : "[\($0.name)]" }
            + verb.options.map { $0.presence == .required ? synopsis($0) : "[\(synopsis($0))]\($0.presence == .repeated ? " …" : "")" }
            + ["[options]"]
        var lines = [start]
        for word in words {
            if displayWidth(lines[lines.count - 1]) + 1 + displayWidth(word) <= width {
                lines[lines.count - 1] += " " + word
            } else {
                lines.append("         " + word)
            }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private let helpOption = ("--help", "Prints this help.")

    private func synopsis(_ declaration: Declaration) -> String {
        declaration.form == .flag ? declaration.label : "\(declaration.label) \(declaration.placeholder)"
    }

    private func details(_ declaration: Declaration) -> String {
        var details: [String] = []
        if declaration.form == .argument, declaration.presence == .optional { details.append("optional") }
        if declaration.form == .option, declaration.presence == .required { details.append("required") }
        if declaration.presence == .repeated { details.append("may be repeated") }
        if let name = declaration.environment { details.append("environment: \(name)\(declaration.form == .flag ? "=1" : "")") }
        if case .standard(let text) = declaration.presence { details.append("default: \(text)") }
        return declaration.help + (details.isEmpty ? "" : " (\(details.joined(separator: ", ")))")
    }

    private func paragraph(_ text: String) -> String {
        wrapped(text, to: width).map { $0 + "\n" }.joined()
    }

    /// Two columns; a long left side gets a line of its own.
    private func pairs(_ pairs: [(String, String)]) -> String {
        let left = min(pairs.map { displayWidth($0.0) }.max() ?? 0, max(12, width / 3))
        var text = ""
        for (name, sentence) in pairs {
            let lines = wrapped(sentence, to: max(20, width - left - 4))
            let indent = String(repeating: " ", count: left + 4)
            if displayWidth(name) > left {
                text += "  \(name)\n" + lines.map { indent + $0 + "\n" }.joined()
            } else {
                text += "  \(padded(name, to: left))  " + lines.joined(separator: "\n" + indent) + "\n"
            }
        }
        return text
    }
}
