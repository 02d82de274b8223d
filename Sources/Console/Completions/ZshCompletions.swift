/// A completion script for zsh, in the words of its own `_arguments`: a function per group of verbs.
struct ZshCompletions {
    let program: Program

    var text: String {
        let file = "_" + program.name
        return """
            #compdef \(program.name)
            \(program.origin(.zsh))
            \(program.groups.map(function).joined(separator: "\n"))
            if [[ $funcstack[1] == \(file) ]]; then
                \(program.identifier) "$@"
            else
                compdef \(program.identifier) \(program.name)
            fi

            """
    }

    private func function(_ path: [String]) -> String {
        let next = program.next(after: path)
        let own = path.isEmpty ? Inquiry.all.map { " " + option($0) }.joined() : ""
        return """
            \(name(path))() {
                local curcontext=$curcontext state state_descr line
                local -A opt_args\(path.isEmpty ? shared : "")
                _arguments -C -S $shared\(own) '1: :->verb' '*:: :->rest' && return
                case $state in
                verb)
                    local -a verbs=(\(next.map { quoted("\($0):\(program.meaning(of: path + [$0]))") }.joined(separator: " ")))
                    _describe verb verbs
                    ;;
                rest)
                    case $line[1] in
            \(next.map { "        \(quoted($0))) \(call(path + [$0])) ;;\n" }.joined())        esac
                    ;;
                esac
            }

            """
    }

    /// Set once by the program's own function; the groups' functions see it.
    private var shared: String {
        "\n    local -a shared=(\((program.shared.map(option) + [help]).joined(separator: " ")))"
    }

    private func call(_ path: [String]) -> String {
        guard let verb = program.verb(path) else { return name(path) }
        let arguments = verb.arguments.enumerated().map { quoted("\($0 + 1):" + value($1)) }
        return (["_arguments -S $shared"] + verb.options.map(option) + arguments).joined(separator: " ")
    }

    private func name(_ path: [String]) -> String { ([program.identifier] + path).joined(separator: "_") }

    private let help = "'--help[\(Help.option.1)]'"

    private func option(_ declaration: Declaration) -> String {
        let meaning = "[\(escaped(declaration.help, "[]"))]"
        let name = (declaration.presence == .repeated ? "*" : "") + declaration.label
        return quoted(declaration.form == .flag ? name + meaning : name + "=" + meaning + ":" + value(declaration))
    }

    /// What it is called while the shell knows no word for it, and the words that it knows.
    private func value(_ declaration: Declaration) -> String {
        let name = escaped(declaration.form == .argument ? declaration.name : declaration.placeholder, ":")
        return switch declaration.offer {
        case .nothing: name + ": "
        case .files: name + ":_files"
        case .words(let words): "\(declaration.name):(\(words.joined(separator: " ")))"
        }
    }

    private func escaped(_ text: String, _ signs: String) -> String {
        String(text.flatMap { $0 == "\\" || signs.contains($0) ? ["\\", $0] : [$0] })
    }

    private func quoted(_ text: String) -> String { "'" + text.replacing("'", with: #"'\''"#) + "'" }
}
