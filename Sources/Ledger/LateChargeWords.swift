extension LateCharge.Obstacle {
    /// A sentence without its full stop.
    package var phrase: Phrase {
        switch self {
        case .noConsent:
            Phrase(
                "the guest has not agreed to late charges on the saved card",
                "der Gast hat Nachbelastungen der hinterlegten Karte nicht zugestimmt")
        case .over(let last):
            Phrase(
                "the guest agreed to late charges until \(last.text(in: .english)) only",
                "der Gast hat Nachbelastungen nur bis zum \(last.text(in: .german)) zugestimmt")
        case .categories(let categories):
            Phrase(
                "the guest has not agreed to late charges in the \(categories.count == 1 ? "category" : "categories") "
                    + categories.map(\.phrase.english).joined(separator: ", "),
                "für \(categories.map(\.phrase.german).joined(separator: ", ")) hat der Gast Nachbelastungen nicht zugestimmt")
        case .cardGone: Phrase("the card is not saved any more", "die Karte ist nicht mehr hinterlegt")
        case .barred(let bar): Renewal.Obstacle(bar).phrase
        }
    }

    /// What a notice keeps of it.
    package var kept: Renewal.Obstacle {
        switch self {
        case .noConsent, .over, .categories, .cardGone: .noCard
        case .barred(let bar): Renewal.Obstacle(bar)
        }
    }
}
