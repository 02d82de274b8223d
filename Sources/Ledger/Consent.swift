/// The words that a guest agrees to before a card is kept for charges without them. Kept with the card, as the card schemes ask.
///
/// Within `TextRule.consent`, whatever the names and the categories are: Stripe shows no longer text on its page.
package enum Consent {
    /// - Parameter terms: In the tenant's currency.
    package static func text(_ terms: CardTerms, of folio: Folio, to tenant: Tenant) -> String {
        let language = folio.guest.spoken
        let (from, to) = (folio.arrival.text(in: language), folio.departure.text(in: language))
        let bill = Phrase(
            "I allow \(tenant.name) to charge the saved card for my stay \(folio.reference) (\(from) to \(to)): for the bill at check-out, "
                + "cancellation or no-show.",
            "Ich erlaube \(tenant.name), die hinterlegte Karte für meinen Aufenthalt \(folio.reference) (\(from) bis \(to)) zu belasten: "
                + "für den Gesamtbetrag bei Abreise, Stornierung oder Nichtanreise.")
        return [bill, terms.ceiling.map(holds), terms.late.map(late)].compactMap { $0?.text(in: language) }.joined(separator: " ")
    }

    private static func holds(upTo ceiling: Money) -> Phrase {
        Phrase(
            "Until then, holds up to \(ceiling.text(in: .english)) may be placed on it, and are renewed during the stay.",
            "Bis dahin sind darauf Vormerkungen bis zu \(ceiling.text(in: .german)) erlaubt; sie werden während des Aufenthalts erneuert.")
    }

    private static func late(_ late: CardTerms.Late) -> Phrase {
        let days = late.days == 1 ? Phrase("1 day", "1 Tag") : Phrase("\(late.days) days", "\(late.days) Tage")
        func names(_ language: Language) -> String { late.categories.inOrder.map { $0.phrase.text(in: language) }.joined(separator: ", ") }
        return Phrase(
            "Until \(days.english) after departure it may also be charged for extras that are found later: \(names(.english)).",
            "Bis \(days.german) nach der Abreise darf sie auch für Zusatzleistungen belastet werden, die erst später auffallen: "
                + "\(names(.german)).")
    }
}
