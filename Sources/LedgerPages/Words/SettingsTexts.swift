/// What the settings say.
extension Text {
    static let saved = Text("Gespeichert.", "Saved.")
    static let save = Text("Speichern", "Save")
    static let remove = Text("Entfernen", "Remove")
    static let priceList = Text("Preisliste", "Price list")
    static let priceListHint = Text("Was der Empfang mit einem Klick bucht. Gebuchte Positionen behalten ihren Preis.", "What reception adds with one click. Lines already added keep their price.")
    static let sku = Text("Kürzel", "Short name")
    static let byCategory = Text("nach Art", "by kind")
    static let addItem = Text("Eintrag speichern", "Save the item")
    static let taxPercent = Text("Steuersatz (%)", "Tax rate (%)")
    static let taxPercentHint = Text("Leer: nach Art der Leistung.", "Empty: by kind of service.")
    static let taxPercentNone = Text("„ohne“, wenn keine Steuer anfällt.", "“none” where there is no tax.")
    static let holdPolicy = Text("Vormerkung und Zahlarten", "Holds and methods")
    static let holdDays = Text("Vormerken wie viele Tage vor Anreise?", "Hold how many days before arrival?")
    static let holdDaysHint = Text("0 bis 30. Eine Karte bleibt meist nur 7 Tage vorgemerkt.", "0 to 30. A card is held for 7 days at most cards.")
    static let cardFeatures = Text("Stripe-Konto kann Vormerkungen erhöhen und verlängern (IC+)", "The Stripe account can raise and lengthen holds (IC+)")
    static let methods = Text("Ausgelaufene Zahlarten", "Methods that have ended")
    static let methodsHint = Text("Karte und Klarna sind immer an. Diese nur, wenn das Stripe-Konto sie noch hat.", "Card and Klarna are always on. These only if the Stripe account still has them.")
    static let letterhead = Text("Briefkopf", "Letterhead")
    static let letterheadHint = Text("Steht auf jeder Rechnung ab jetzt; ausgestellte ändern sich nicht.", "Stands on every receipt from now on; issued ones stay.")
    static let address = Text("Anschrift", "Address")
    static let taxRates = Text("Steuersätze", "Tax rates")
    static let taxRatesHint = Text("Es gilt der Satz am Tag der Leistung. Ein gesetzter Satz bleibt stehen.", "The rate on the day of the service holds. A rate once set stays.")
    static let now = Text("Heute", "Today")
    static let since = Text("Verlauf", "Since")
    static let validFrom = Text("Gilt ab", "Valid from")
    static let addRate = Text("Satz hinzufügen", "Add the rate")

    static func endedOn(_ day: String) -> Text { Text("endete am \(day)", "ended on \(day)") }
    static func fromDay(_ day: String) -> Text { Text("ab \(day):", "from \(day):") }
}
