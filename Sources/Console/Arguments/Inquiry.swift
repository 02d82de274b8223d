/// What a program can be asked instead of a verb.
enum Inquiry {
    static let completions = Parameter.option(
        "completions", .choice(of: Shell.self), "Prints a script with which the shell completes verbs and options.")
    static let manPage = Parameter.flag("man", "Prints the man page.")
    static let version = Parameter.flag("version", "Prints the version.")

    static let all = [completions.declaration, manPage.declaration, version.declaration]

    static func topic(_ values: Values) -> HelpTopic? {
        if let shell = values[completions] { return .completions(shell) }
        if values[manPage] { return .manPage }
        return values[version] ? .version : nil
    }
}
