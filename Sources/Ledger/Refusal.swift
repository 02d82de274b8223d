/// What an expected failure tells its two readers: a program (`code`) and a person (`message`, `hint`).
///
/// Everything that is not a `Refusal` is a defect or an accident of the machine; its details go to the
/// operator, never to a guest or a caller.
package protocol Refusal: Error {
    /// Stable, `snake_case`: clients switch on it, so it is never reworded.
    var code: String { get }
    /// One sentence for the screen, without row ids, SQL or provider jargon.
    var message: String { get }
    /// What to do next, when there is something to do.
    var hint: String? { get }
    /// `message` and `hint` in German, with the same facts. Each is a sentence that ends with a full stop. A hint that names a verb or an
    /// option has no German: the command line is in English, and only it shows such hints.
    var german: RefusalWords { get }
    /// What to do for those who are not at the command line, where `hint` names its verbs and the advice depends on the facts. A surface's own
    /// hint for the code comes first.
    var hintElsewhere: Phrase? { get }
}

extension Refusal {
    /// Most hints are the same everywhere, or the surface has its own.
    package var hintElsewhere: Phrase? { nil }
}

/// A refusal that only the operator is told, at the command line or in the log, in English. One that the pages or the API can show is a
/// `Refusal`, with its German.
package protocol OperatorRefusal: Refusal {}

extension OperatorRefusal {
    /// The English words: they are never shown in another language.
    package var german: RefusalWords { RefusalWords(message, hint: hint) }
}

/// What a refusal tells a person, in one language.
package struct RefusalWords: Hashable, Sendable {
    /// One sentence with its full stop.
    package let message: String
    /// What to do next, one or two sentences; nil when there is nothing to do.
    package let hint: String?

    package init(_ message: String, hint: String?) {
        self.message = message
        self.hint = hint
    }
}

extension Refusal {
    /// In English `message` and `hint`, else `german`.
    package func words(in language: Language) -> RefusalWords {
        language == .german ? german : RefusalWords(message, hint: hint)
    }
}

extension Refusal {
    /// The words for those who are not at the command line: a hint that names one of its verbs or options is of no use to them.
    ///
    /// - Parameter hints: The hints of that surface, by code. They replace the domain's own.
    package func words(in language: Language, hints: [String: Phrase]) -> RefusalWords {
        let words = words(in: language)
        if let hint = hints[code] ?? hintElsewhere { return RefusalWords(words.message, hint: hint.text(in: language)) }
        let namesCommand = words.hint.map { $0.contains("`") || $0.contains(" --") } ?? false
        return RefusalWords(words.message, hint: namesCommand ? nil : words.hint)
    }
}
