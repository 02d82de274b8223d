import Ledger

/// What stands on a document beside its figures.
extension Phrase {
    static let noDocument = Phrase(
        "This folio has no document yet.", "Für dieses Gästekonto gibt es noch keinen Beleg.")
    static let print = Phrase("Print", "Drucken")
    static func inLanguage(_ language: Language) -> Phrase {
        language == .german ? Phrase("In German", "Auf Deutsch") : Phrase("In English", "Auf Englisch")
    }
    static let taxNumber = Phrase("Tax number", "Steuernummer / USt-IdNr.")
    static let booking = Phrase("Booking", "Buchung")
    static let servicePeriod = Phrase("Period of service", "Leistungszeitraum")
    static let unitPrice = Phrase("Unit price", "Einzelpreis")
    static let allowance = Phrase("Allowance", "Nachlass")
    static let documentTotal = Phrase("Total", "Gesamtbetrag")
    static let openAmount = Phrase("Still open", "Noch offen")
    static let credit = Phrase("Credit", "Guthaben")
    static let setAsideOnDocument = Phrase("Of this not charged again", "Davon nicht wieder eingefordert")
    static let untaxedNote = Phrase(
        "Amounts without VAT are passed through or not taxable.",
        "Beträge ohne Umsatzsteuer sind durchlaufende Posten oder nicht steuerbar.")
    static let thanksForOrder = Phrase("Thank you for your order.", "Vielen Dank für Ihre Bestellung.")
    static let thanks = Phrase("Thank you for your stay.", "Vielen Dank für Ihren Besuch.")

    static func paidBy(_ method: PaymentMethod) -> Phrase {
        Phrase("Paid by \(method.phrase.english)", "Bezahlt mit \(method.phrase.german)")
    }
}
