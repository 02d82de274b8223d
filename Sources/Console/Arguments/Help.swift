/// What a program can tell about itself.
enum HelpTopic {
    case program, version, manPage
    case group([String])
    case verb(Verb)
    case completions(Shell)
}

/// The texts of `--help`: plain, wrapped to the width given.
struct Help {
    let program: Program
    let width: Int

    var overview: String { overview(program.verbs, usage: "VERB …", summary: program.summary, inquiries: Inquiry.all) }

    func text(ofGroup path: [String]) -> String {
        overview(
            program.verbs.filter { $0.path.starts(with: path) }, usage: "\(path.joined(separator: " ")) …",
            summary: "The verbs of `\(program.command(path))`.", inquiries: [])
    }

    private func overview(_ verbs: [Verb], usage: String, summary: String, inquiries: [Declaration]) -> String {
        var text = paragraph(summary, width: width) + "\nUsage: \(program.name) \(usage)\n\nVerbs\n"
        text += pairs(verbs.map { ($0.name, $0.summary) })
        text += "\nOptions of every verb\n" + pairs(program.shared.map { ($0.synopsis, $0.details) } + [Self.option])
        if !inquiries.isEmpty { text += "\nInstead of a verb\n" + pairs(inquiries.map { ($0.synopsis, $0.details) }) }
        return text + "\n" + paragraph("Type `\(program.name) VERB --help` for the usage and examples of a verb.", width: width)
    }

    func text(of verb: Verb) -> String {
        var text = paragraph(verb.summary, width: width) + "\n" + usage(verb)
        if !verb.arguments.isEmpty { text += "\nArguments\n" + pairs(verb.arguments.map { ($0.synopsis, $0.details) }) }
        text += "\nOptions\n" + pairs((verb.options + program.shared).map { ($0.synopsis, $0.details) } + [Self.option])
        for note in verb.notes { text += "\n" + paragraph(note, width: width) }
        text += "\nExit codes\n" + pairs(Self.exitCodes)
        text += verb.examples.count == 1 ? "\nExample\n" : "\nExamples\n"
        // Examples stay on one line: they are there to be copied.
        return text + verb.examples.map { "  \(program.name) \($0)\n" }.joined()
    }

    private func usage(_ verb: Verb) -> String {
        let start = "Usage: \(program.command(verb.path))"
        let words = (verb.arguments + verb.options).map(\.usage) + ["[options]"]
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

    /// `--help` itself.
    static let option = ("--help", "Prints this help.")

    static let exitCodes = [
        ("0", "Done."), ("1", "Refused or failed; the reason and a hint are on stderr."), ("2", "The command line was not understood."),
    ]

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
