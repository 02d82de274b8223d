extension Renewal.Obstacle {
    /// Within a sentence, after a colon.
    package var phrase: Phrase {
        switch self {
        case .noCard: Phrase("no card is saved", "es ist keine Karte hinterlegt")
        case .cardAdvised:
            Phrase("a bank has refused the saved card for good", "eine Bank hat die hinterlegte Karte endgültig abgelehnt")
        case .cardRefusedTooOften:
            Phrase(
                "banks have refused the saved card \(CardBar.mostRefusals) times in \(CardBar.days) days",
                "Banken haben die hinterlegte Karte in \(CardBar.days) Tagen \(CardBar.mostRefusals)-mal abgelehnt")
        case .debitCard:
            Phrase(
                "the card spends the guest's own money, which would be blocked twice",
                "die Karte belastet das Guthaben des Gastes, das dann doppelt gesperrt wäre")
        case .refusedForNow: Phrase("the bank has refused it for now", "die Bank hat es vorerst abgelehnt")
        case .refused: Phrase("the bank has refused it", "die Bank hat es abgelehnt")
        case .method: Phrase("only holds on cards are renewed", "nur Vormerkungen auf Karten werden erneuert")
        case .pageUnused: Phrase("the guest did not use the page", "der Gast hat die Seite nicht genutzt")
        }
    }
}
