// The domain's terms as people read them. What programs read is the raw value, which is never reworded.

extension Folio.State {
    package func words(in language: Language) -> String { phrase.text(in: language) }

    private var phrase: Phrase {
        switch self {
        case .open: Phrase("open", "offen")
        case .closing: Phrase("closing", "wird abgeschlossen")
        case .awaitingGuest: Phrase("waiting for the guest", "wartet auf den Gast")
        case .checkedOut: Phrase("checked out", "ausgecheckt")
        case .cancelled: Phrase("cancelled", "storniert")
        case .noShow: Phrase("no-show", "nicht angereist")
        }
    }
}

extension Folio.Source {
    package func words(in language: Language) -> String {
        switch self {
        case .reservation: language == .german ? "Reservierung" : "reservation"
        case .shop: language == .german ? "Shop-Bestellung" : "shop order"
        }
    }
}

extension Folio.Mode {
    package func words(in language: Language) -> String {
        switch self {
        case .direct: language == .german ? "direkte Bezahlung" : "direct payment"
        case .reserved: language == .german ? "vorgemerkte Bezahlung" : "reserved payment"
        }
    }
}

extension Hold.State {
    package func words(in language: Language) -> String { phrase.text(in: language) }

    private var phrase: Phrase {
        switch self {
        case .requested: Phrase("requested", "angefragt")
        case .authorised: Phrase("authorised", "aktiv")
        case .captured: Phrase("captured", "eingezogen")
        case .released: Phrase("released", "freigegeben")
        case .expired: Phrase("expired", "verfallen")
        case .failed: Phrase("failed", "fehlgeschlagen")
        }
    }
}

extension Payment.State {
    package func words(in language: Language) -> String { phrase.text(in: language) }

    private var phrase: Phrase {
        switch self {
        case .requested: Phrase("requested", "angefordert")
        case .processing: Phrase("on its way", "unterwegs")
        case .succeeded: Phrase("paid", "bezahlt")
        case .failed: Phrase("failed", "fehlgeschlagen")
        }
    }
}

extension Payment.Origin {
    package func words(in language: Language) -> String { phrase.text(in: language) }

    private var phrase: Phrase {
        switch self {
        case .capture: Phrase("from a hold", "aus einer Vormerkung")
        case .page: Phrase("on the payment page", "auf der Zahlungsseite")
        case .savedCard: Phrase("from the saved card", "von der hinterlegten Karte")
        }
    }
}

extension Refund.State {
    package func words(in language: Language) -> String { phrase.text(in: language) }

    private var phrase: Phrase {
        switch self {
        case .requested: Phrase("requested", "angefordert")
        case .pending: Phrase("on its way", "unterwegs")
        case .succeeded: Phrase("given back", "erstattet")
        case .failed: Phrase("failed", "fehlgeschlagen")
        }
    }
}

extension PaymentMethod {
    /// A method that has no words here is shown as Stripe calls it.
    package func words(in language: Language) -> String {
        switch self {
        case .card: language == .german ? "Karte" : "card"
        case .klarna: "Klarna"
        case .sofort: "Sofort"
        default: rawValue
        }
    }
}

extension Category {
    /// A tenant's own category is shown by its name, with blanks for underscores.
    package func words(in language: Language) -> String { phrase.text(in: language) }

    private var phrase: Phrase {
        switch self {
        case .lodging: return Phrase("lodging", "Übernachtung")
        case .food: return Phrase("food", "Speisen")
        case .drinks: return Phrase("drinks", "Getränke")
        case .minibar: return Phrase("minibar", "Minibar")
        case .massage: return Phrase("massage", "Massage")
        case .wellness: return Phrase("wellness", "Wellness")
        case .parking: return Phrase("parking", "Parken")
        case .shop: return Phrase("shop", "Shop")
        case .cancellation: return Phrase("cancellation fee", "Stornogebühr")
        case .noShow: return Phrase("no-show fee", "Nichtanreise")
        case .visitorsTax: return Phrase("visitor's tax", "Kurtaxe")
        case .other: return Phrase("other", "Sonstiges")
        default:
            let own = name.split(separator: "_").joined(separator: " ")
            return Phrase(own, own)
        }
    }
}

extension LineItem.Kind {
    package func words(in language: Language) -> String { phrase.text(in: language) }

    private var phrase: Phrase {
        switch self {
        case .charge: Phrase("charge", "Belastung")
        case .allowance: Phrase("allowance", "Nachlass")
        case .reversal: Phrase("reversal", "Storno")
        }
    }
}

extension Role {
    package func words(in language: Language) -> String { phrase.text(in: language) }

    private var phrase: Phrase {
        switch self {
        case .operator: Phrase("operator", "Betreiber")
        case .admin: Phrase("administrator", "Verwaltung")
        case .integration: Phrase("integration", "Schnittstelle")
        case .reception: Phrase("reception", "Rezeption")
        case .accounting: Phrase("accounting", "Buchhaltung")
        case .auditor: Phrase("auditor", "Prüfung")
        }
    }
}
