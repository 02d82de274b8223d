/// A language that payers are spoken to in.
package enum PayerLanguage: String, Sendable, CaseIterable {
    case german = "de"
    case english = "en"

    /// - Parameter tag: A language tag such as `de-AT`. Everything that is not German is answered in English.
    package init(tag: String) {
        self = tag.lowercased().hasPrefix("de") ? .german : .english
    }
}
