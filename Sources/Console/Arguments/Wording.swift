/// How help and the man page write a parameter down.
extension Declaration {
    /// `TENANT`, `--quiet`, `--guest NAME`.
    var synopsis: String { form == .option ? "\(label) \(placeholder)" : label }

    /// The same among the words of a command: `[--guest NAME]` when it may be left out.
    var usage: String {
        if presence == .required { return synopsis }
        return "[\(synopsis)]" + (presence == .repeated ? " …" : "")
    }

    /// Its meaning, and in brackets what else there is to know.
    var details: String {
        var details: [String] = []
        if form == .argument, presence == .optional { details.append("optional") }
        if form == .option, presence == .required { details.append("required") }
        if presence == .repeated { details.append("may be repeated") }
        if let environment { details.append("environment: \(environment)\(form == .flag ? "=1" : "")") }
        if case .standard(let text) = presence { details.append("default: \(text)") }
        return help + (details.isEmpty ? "" : " (\(details.joined(separator: ", ")))")
    }
}
