extension MoneyError {
    package var german: RefusalWords {
        switch self {
        case .overflow:
            RefusalWords("Der Betrag ist zu groß, um geführt zu werden.", hint: "Prüfen Sie Betrag und Menge auf einen Tippfehler.")
        case .currencyMismatch(let kept, let given):
            RefusalWords(
                "Ein Betrag in \(given) lässt sich nicht buchen, wo \(kept) geführt wird.", hint: "Geben Sie den Betrag in \(kept) an.")
        case .unreadable(let text, let currency):
            RefusalWords(text.isEmpty ? "Es fehlt ein Betrag." : "„\(text)“ ist kein Betrag.", hint: Self.germanExample(currency))
        case .tooManyDecimals(let text, let currency):
            RefusalWords(
                currency.exponent == 0
                    ? "„\(text)“ hat Nachkommastellen, und \(currency) hat keine."
                    : "„\(text)“ hat mehr als \(currency.exponent) Nachkommastellen.", hint: Self.germanExample(currency))
        case .weightsUnusable:
            RefusalWords(
                "Mit diesen Anteilen lässt sich ein Betrag nicht aufteilen.",
                hint: "Geben Sie mindestens einen Anteil an, keinen negativ und nicht alle null.")
        }
    }

    private static func germanExample(_ currency: Currency) -> String {
        let (small, large) = (Money.example(300, currency), Money.example(1200, currency))
        return "Schreiben Sie ihn wie \(Language.german.number(small)) oder \(Language.german.number(large))."
    }
}
