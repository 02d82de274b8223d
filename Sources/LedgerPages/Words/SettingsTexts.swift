import Ledger
import LedgerShapes

/// What the settings say.
extension Phrase {
    static let saved = Phrase("Saved.", "Gespeichert.")
    static let removed = Phrase("Removed from the price list.", "Aus der Preisliste entfernt.")
    static let save = Phrase("Save", "Speichern")
    static let stripeFeeTax = Phrase("VAT of Stripe's fees", "Umsatzsteuer der Stripe-Gebühren")
    static let stripeFeeTaxHint = Phrase(
        "Stripe bills from Ireland without VAT. Your tax adviser decides how it is treated; the statement prints it.",
        """
        Stripe rechnet aus Irland ohne Umsatzsteuer ab. Wie das behandelt wird, sagt Ihre Steuerberatung; es steht auf \
        der Monatsabrechnung.
        """
    )
    static let notSaidYet = Phrase("Nothing is set yet.", "Noch nichts festgelegt.")
    static let stripeFeeTreatment = Phrase("Treatment", "Behandlung")
    static let ownWords = Phrase("Own words (optional)", "Eigene Worte (freiwillig)")
    static let remove = Phrase("Remove", "Entfernen")
    static let priceList = Phrase("Price list", "Preisliste")
    static let priceListHint = Phrase(
        "Extras that reception adds with one click. Existing lines keep their price.",
        "Was der Empfang mit einem Klick bucht. Gebuchte Positionen behalten ihren Preis.")
    static let priceListChange = Phrase(
        "To change a price, save the item again under its short name.",
        "Um einen Preis zu ändern, den Eintrag unter seinem Kürzel noch einmal speichern.")
    static let itemFile = Phrase("Items from a spreadsheet", "Einträge aus einer Tabelle")
    static let file = Phrase("File", "Datei")
    static let itemFileHint = Phrase(
        """
        A CSV file whose first row names its columns: \(columns(isRequired: true, \.english)), and if you like \
        \(columns(isRequired: false, \.english)). Items that the file does not have stay.
        """,
        """
        Eine CSV-Datei, deren erste Zeile die Spalten nennt: \(columns(isRequired: true, \.german)) und, wenn \
        gewünscht, \(columns(isRequired: false, \.german)). Was nicht in der Datei steht, bleibt.
        """)
    private static func columns(isRequired: Bool, _ language: KeyPath<Phrase, String>) -> String {
        CatalogueFile.names(isRequired: isRequired).map { $0[keyPath: language] }.joined(separator: ", ")
    }
    static let importItems = Phrase("Import the file", "Datei einlesen")
    static func imported(_ added: Int, changed: Int, unchanged: Int) -> Phrase {
        Phrase(
            "File imported: \(added) new, \(changed) changed, \(unchanged) as before.",
            "Datei eingelesen: \(added) neu, \(changed) geändert, \(unchanged) wie vorher.")
    }
    static func notInFile(_ count: Int) -> Phrase {
        Phrase(
            count == 1 ? "One item is not in the file and stays." : "\(count) items are not in the file and stay.",
            count == 1
                ? "Ein Eintrag steht nicht in der Datei und bleibt."
                : "\(count) Einträge stehen nicht in der Datei und bleiben.")
    }
    static let sku = Phrase("Short name", "Kürzel")
    static let addItem = Phrase("Save the item", "Eintrag speichern")
    static let taxPercent = Term.taxRate.label
    static let taxPercentNone = Phrase("“none” if there is no tax.", "„ohne“, wenn keine Steuer anfällt.")
    static let holdPolicy = Phrase("Holds and methods", "Vormerkung und Zahlarten")
    static let holdDays = Phrase("Hold how many days before arrival?", "Vormerken wie viele Tage vor Anreise?")
    static let holdDaysHint = Phrase(
        "0 to 30. For most cards a hold lasts at most 7 days.",
        "0 bis 30. Bei den meisten Karten hält eine Vormerkung höchstens 7 Tage.")
    static let holdGrace = Phrase(
        "Keep the hold how many days after departure?", "Vormerkung halten wie viele Tage nach Abreise?")
    static let holdGraceHint = Phrase(
        "0 to 7. Time for a late check-out.", "0 bis 7. Zeit für einen späten Check-out.")
    static let extrasPerNight = Phrase("Expected extras per night", "Erwartete Zusatzleistungen pro Nacht")
    static let extrasPerNightHint = Phrase(
        "Gross, per booking. Part of the amount that is proposed for a hold when a booking gives a nightly rate.",
        """
        Brutto, je Buchung. Teil des Betrags, der zum Vormerken vorgeschlagen wird, wenn eine Buchung den Preis einer \
        Nacht nennt.
        """)
    static let ceiling = Phrase(
        "Ceiling of holds without the guest, in percent", "Obergrenze für Vormerkungen ohne den Gast, in Prozent")
    static let ceilingHint = Phrase(
        "100 to 500, of what the stay is expected to cost. The guest agrees to it when the card is saved.",
        "100 bis 500, vom erwarteten Gesamtbetrag. Der Gast stimmt ihr zu, wenn er die Karte hinterlegt.")
    static let renewsDebit = Phrase(
        "Renew holds on debit and prepaid cards as well (there the guest cannot use the money meanwhile)",
        "Vormerkungen auch auf Debit- und Prepaidkarten erneuern (dort ist das Geld des Gastes solange gesperrt)")
    static let lateCharges = Phrase("Late charges", "Nachbelastungen")
    static let lateChargesHint = Phrase(
        """
        What is found after check-out, charged to the saved card. Guests agree to it when they save the card; for \
        earlier guests, what they agreed to holds.
        """,
        """
        Was erst nach dem Check-out auffällt und der hinterlegten Karte belastet wird. Der Gast stimmt zu, wenn er die \
        Karte hinterlegt; für frühere Gäste gilt, was sie zugesagt haben.
        """)
    static let lateDays = Phrase("Until how many days after departure?", "Bis wie viele Tage nach Abreise?")
    static let lateDaysHint = Phrase("0 to 90; 0 for none.", "0 bis 90; 0 für keine.")
    static let lateCategories = Phrase("For what?", "Wofür?")
    static let cardFeatures = Phrase(
        "What the Stripe account can do with holds", "Was das Stripe-Konto mit Vormerkungen kann")
    static let cardFeaturesHint = Phrase(
        "Usually with IC+ pricing only. Asked for what the account does not have, Stripe refuses every hold.",
        "Meist nur mit IC+-Preisen. Verlangt man, was das Konto nicht hat, lehnt Stripe jede Vormerkung ab.")
    static let methods = Phrase("Discontinued methods", "Ausgelaufene Zahlarten")
    static let methodsHint = Phrase(
        "Card and Klarna are always available. Choose these only if the Stripe account still has them.",
        "Karte und Klarna sind immer aktiv. Diese nur, wenn das Stripe-Konto sie noch hat.")
    static let letterhead = Phrase("Letterhead", "Briefkopf")
    static let letterheadHint = Phrase(
        "Printed on every document from now on; issued documents do not change.",
        "Steht auf jedem Beleg ab jetzt; ausgestellte ändern sich nicht.")
    static let address = Phrase("Address", "Anschrift")
    static let taxRates = Phrase("Tax rates", "Steuersätze")
    static let taxRatesHint = Phrase(
        "The rate on the service date applies. A rate that is set cannot be changed.",
        "Es gilt der Satz am Tag der Leistung. Ein gesetzter Satz bleibt stehen.")
    static let now = Phrase("Today", "Heute")
    static let since = Phrase("History", "Verlauf")
    static let validFrom = Phrase("Valid from", "Gilt ab")
    static let addRate = Phrase("Add the rate", "Satz hinzufügen")

    static func endedOn(_ day: String) -> Phrase { Phrase("discontinued on \(day)", "endete am \(day)") }
    static func fromDay(_ day: String) -> Phrase { Phrase("from \(day):", "ab \(day):") }
}

extension CardFeature {
    /// As a choice of the settings.
    var phrase: Phrase {
        switch self {
        case .extendedAuthorization: Phrase("Hold for up to 30 days", "Bis zu 30 Tage vormerken")
        case .incrementalAuthorization: Phrase("Raise a hold", "Vormerkung erhöhen")
        case .multicapture: Phrase("Take a hold in several parts", "Vormerkung in mehreren Teilen einziehen")
        case .overcapture: Phrase("Take more than was held", "Mehr als vorgemerkt einziehen")
        }
    }
}
