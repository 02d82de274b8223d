/// The languages that people are answered in.
package enum Language: String, CaseIterable, Sendable {
    case german = "de"
    case english = "en"

    /// What a caller prefers, by `Accept-Language`; English without a preference for either.
    ///
    /// - Source: RFC 9110, section 12.5.4.
    package init(acceptLanguage: String?) {
        var best: (language: Language, quality: Double) = (.english, 0)
        for part in (acceptLanguage ?? "").split(separator: ",") {
            let fields = part.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
            guard let range = fields.first?.lowercased() else { continue }
            let quality = fields.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            guard let language = Language(rawValue: String(range.prefix { $0 != "-" })), quality > best.quality else { continue }
            best = (language, quality)
        }
        self = best.language
    }
}

/// What a refusal says to people, in one language.
package struct RefusalWords: Hashable, Sendable {
    package let message: String
    package let hint: String?

    package init(message: String, hint: String?) {
        self.message = message
        self.hint = hint
    }
}

extension Refusal {
    package var german: RefusalWords { RefusalWords(message: message, hint: hint) }

    package func words(in language: Language) -> RefusalWords {
        switch language {
        case .german: german
        case .english: RefusalWords(message: message, hint: hint)
        }
    }
}
