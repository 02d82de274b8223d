import Ledger

/// What reception's day and search say.
extension Phrase {
    static let today = Phrase("Today", "Heute")
    static let chooseDay = Phrase("Choose the day", "Tag wählen")
    static let search = Phrase("Search", "Suchen")
    static let searchTitle = Phrase("Search", "Suche")
    static let searchLabel = Phrase(
        "Name, e-mail, reference, room, card, amount or Stripe id",
        "Name, E-Mail, Buchungsnummer, Zimmer, Karte, Betrag oder Stripe-Nummer")
    static let searchHint = Phrase("Name, room, card, amount …", "Name, Zimmer, Karte, Betrag …")
    static let arrivals = Phrase("Arrivals", "Anreisen")
    static let inHouse = Phrase("In house", "Im Haus")
    static let departures = Phrase("Departures", "Abreisen")
    static let overdue = Phrase("Overdue", "Überfällig")
    static let noArrivals = Phrase("No arrivals.", "Niemand reist an.")
    static let nobodyInHouse = Phrase("Nobody is staying.", "Niemand bleibt über Nacht.")
    static let noDepartures = Phrase("No departures.", "Niemand reist ab.")
    static let nothingFoundHint = Phrase(
        """
        Nothing found. You can type the beginning of a name, a reference or a room, an e-mail address, a card's last \
        four digits, an amount such as 129.50, or an id of Stripe's.
        """,
        """
        Nichts gefunden. Es genügt der Anfang von Name, Buchungsnummer oder Zimmer; auch E-Mail-Adresse, die letzten \
        vier Ziffern der Karte, ein Betrag wie 129,50 oder eine Nummer von Stripe.
        """)
    static let lists = Phrase("Lists of the day", "Listen des Tages")
    static let orders = Phrase("Shop orders", "Bestellungen")
    static let noOrders = Phrase("No orders yet.", "Noch keine Bestellungen.")
    static let unpaid = Phrase("Payment open", "Zahlung offen")
    static let paid = Phrase("Paid", "Bezahlt")
    /// Paid, and not charged yet.
    static func paidAhead(_ amount: String) -> Phrase {
        Phrase("Paid, \(amount) ahead", "Bezahlt, \(amount) im Voraus")
    }
    static let covered = Phrase("Covered", "Gedeckt")
    static let noHold = Phrase("No hold", "Keine Vormerkung")
    static let cardSaved = Phrase("Card saved", "Karte hinterlegt")
    static let moneyOnItsWayShort = Phrase("Payment processing", "Zahlung unterwegs")
    static let holdExpired = Phrase("Hold expired", "Vormerkung verfallen")

    static func found(_ text: String, _ count: Int) -> Phrase {
        Phrase("\(count) found for “\(text)”", "\(count) Treffer für „\(text)“")
    }

    static let bankWarnsShort = Phrase("Fraud suspected", "Betrugsverdacht")
    static let contestedShort = Phrase("Contested", "Angefochten")
    static func creditShort(_ amount: String) -> Phrase { Phrase("\(amount) credit", "\(amount) Guthaben") }
    static func openShort(_ amount: String) -> Phrase { Phrase("\(amount) open", "\(amount) offen") }
    static func notCovered(_ amount: String) -> Phrase { Phrase("\(amount) not covered", "\(amount) ungedeckt") }

    static func nightsCoveredShort(_ nights: Int64) -> Phrase {
        switch nights {
        case 0: Phrase("no further night", "keine weitere Nacht")
        case 1: Phrase("1 more night", "noch 1 Nacht")
        default: Phrase("\(nights) more nights", "noch \(nights) Nächte")
        }
    }

    static func holdEnds(_ days: Int) -> Phrase {
        days <= 0
            ? Phrase("Hold ends today", "Vormerkung endet heute")
            : Phrase("Hold ends tomorrow", "Vormerkung endet morgen")
    }
}
