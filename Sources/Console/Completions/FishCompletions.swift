/// A completion script for fish: one line for each word, option and argument, with the condition under which it is offered.
struct FishCompletions {
    let program: Program

    var text: String {
        var text = "\(program.origin(.fish))\n\(reading)\ncomplete -c \(program.name) -f\n"
        for declaration in program.shared { text += line(nil, option(declaration)) }
        text += line(nil, "-l help -d \(quoted(Help.option.1))")
        for declaration in Inquiry.all { text += line(condition([], 0), option(declaration)) }
        for group in program.groups {
            for word in program.next(after: group) {
                text += line(condition(group, group.count), "-a \(quoted(word)) -d \(quoted(program.meaning(of: group + [word])))")
            }
        }
        for verb in program.verbs {
            for declaration in verb.options { text += line(condition(verb.path, nil), option(declaration)) }
            for (index, declaration) in verb.arguments.enumerated() where declaration.offer != .nothing {
                text += line(condition(verb.path, verb.path.count + index), values(declaration))
            }
        }
        return text
    }

    private func line(_ condition: String?, _ offer: String) -> String {
        "complete -c \(program.name) \(condition.map { "-n \(quoted($0)) " } ?? "")\(offer)\n"
    }

    /// - Parameter count: Of the words typed so far; `nil` for any.
    private func condition(_ path: [String], _ count: Int?) -> String {
        ([program.identifier + "_at", count.map { "\($0)" } ?? "any"] + path).joined(separator: " ")
    }

    private func option(_ declaration: Declaration) -> String {
        "-l \(declaration.name) " + (declaration.form == .flag ? "" : "-r \(values(declaration)) ") + "-d \(quoted(declaration.help))"
    }

    private func values(_ declaration: Declaration) -> String {
        switch declaration.offer {
        case .nothing: "-f"
        case .files: "-F"
        case .words(let words): "-f -a \(quoted(words.joined(separator: " ")))"
        }
    }

    private var reading: String {
        let valued = (program.shared + Inquiry.all + program.verbs.flatMap(\.options)).filter { $0.form == .option }
        return """
            # Whether the words typed so far begin with those named, and are so many; options and their values do not count.
            function \(program.identifier)_at
                set -l valued \(Set(valued.map(\.label)).sorted().joined(separator: " "))
                set -l tokens (commandline -opc)
                set -e tokens[1]
                set -l words
                set -l isValue 0
                for token in $tokens
                    if test $isValue = 1
                        set isValue 0
                    else if string match -q -- '-*' $token
                        contains -- $token $valued; and set isValue 1
                    else
                        set -a words $token
                    end
                end
                contains -- $argv[1] any (count $words); or return 1
                set -e argv[1]
                string match -q -- "$argv *" "$words "; or test -z "$argv"
            end
            """
    }

    private func quoted(_ text: String) -> String {
        "'" + String(text.flatMap { $0 == "'" || $0 == "\\" ? ["\\", $0] : [$0] }) + "'"
    }
}
