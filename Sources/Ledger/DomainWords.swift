// The domain's terms as people read them. What programs read is the raw value, which is never reworded.

extension Folio.State {
    /// As people read it on a badge.
    package var phrase: Phrase {
        switch self {
        case .open: Phrase("open", "offen")
        case .closing: Phrase("checking out", "Check-out läuft")
        case .awaitingGuest: Phrase("waiting for the guest", "wartet auf den Gast")
        case .checkedOut: Phrase("checked out", "ausgecheckt")
        case .cancelled: Phrase("cancelled", "storniert")
        case .noShow: Phrase("no-show", "nicht angereist")
        }
    }
}

extension FoundObject.State {
    /// As people read it on a badge.
    package var phrase: Phrase {
        switch self {
        case .open: Phrase("can still be paid", "kann noch bezahlt werden")
        case .held: Phrase("held", "vorgemerkt")
        case .captured: Phrase("captured", "eingezogen")
        case .closed: Phrase("closed", "beendet")
        }
    }
}

extension Hold.State {
    /// As people read it on a badge. What a failure calls it comes first: see `Hold.statePhrase`.
    package var phrase: Phrase {
        switch self {
        case .requested: Phrase("requested", "angefragt")
        case .authorised: Phrase("held", "vorgemerkt")
        case .replaced: Phrase("replaced", "ersetzt")
        case .captured: Phrase("captured", "eingezogen")
        case .released: Phrase("released", "freigegeben")
        case .expired: Phrase("expired", "verfallen")
        case .failed: Phrase("refused", "abgelehnt")
        }
    }
}

extension Payment.State {
    /// As people read it on a badge. What a failure calls it comes first: see `Payment.statePhrase`.
    package var phrase: Phrase {
        switch self {
        case .requested: Phrase("requested", "angefragt")
        case .processing: Phrase("processing", "unterwegs")
        case .succeeded: Phrase("paid", "bezahlt")
        case .failed: Phrase("refused", "abgelehnt")
        }
    }
}

extension Payment.Origin {
    /// As people read it beside the method.
    package var phrase: Phrase {
        switch self {
        case .capture: Phrase("from the hold", "aus der Vormerkung")
        case .page: Phrase("on the payment page", "auf der Zahlungsseite")
        case .savedCard: Phrase("from the saved card", "von der hinterlegten Karte")
        }
    }
}

extension Refund.State {
    /// As people read it on a badge: the guest sees no difference between requested and pending.
    package var phrase: Phrase {
        switch self {
        case .requested, .pending: Phrase("pending", "unterwegs")
        case .succeeded: Phrase("refunded", "erstattet")
        case .failed: Phrase("failed", "fehlgeschlagen")
        }
    }
}

extension Refund {
    /// As written by the person who requested it.
    package func reason(in language: Language) -> String {
        switch reason {
        case Self.overpaidAtCheckOut: Phrase("Overpaid at check-out", "Überzahlung beim Check-out").text(in: language)
        case Self.madeAtStripe: Phrase("Made at Stripe", "Bei Stripe veranlasst").text(in: language)
        case Self.madeAfterBackup: Phrase("Made after the backup", "Nach der Sicherung erstattet").text(in: language)
        case Self.reason(ofEnding: .cancelled): Phrase("Cancellation", "Stornierung").text(in: language)
        case Self.reason(ofEnding: .noShow): Phrase("No-show", "Nichtanreise").text(in: language)
        default: reason
        }
    }
}

extension PaymentMethod {
    /// A method that has no words here is shown as Stripe calls it.
    package var phrase: Phrase {
        switch self {
        case .card: Phrase("card", "Karte")
        case .klarna: Phrase("Klarna", "Klarna")
        case .sofort: Phrase("Sofort", "Sofort")
        case .giropay: Phrase("Giropay", "Giropay")
        default: Phrase(rawValue, rawValue)
        }
    }
}

extension Category {
    /// A tenant's own category is shown by its name, with blanks for underscores.
    package var phrase: Phrase {
        switch self {
        case .lodging: return Phrase("lodging", "Übernachtung")
        case .food: return Phrase("food", "Speisen")
        case .drinks: return Phrase("drinks", "Getränke")
        case .minibar: return Phrase("minibar", "Minibar")
        case .massage: return Phrase("massage", "Massage")
        case .wellness: return Phrase("wellness", "Wellness")
        case .parking: return Phrase("parking", "Parken")
        case .shop: return Phrase("shop", "Shop")
        case .cancellation: return Phrase("cancellation", "Stornogebühr")
        case .noShow: return Phrase("no-show", "No-Show")
        case .visitorsTax: return Phrase("visitor's tax", "Kurtaxe")
        case .other: return Phrase("other", "Sonstiges")
        default:
            let own = name.split(separator: "_").joined(separator: " ")
            return Phrase(own, own)
        }
    }
}

extension Role {
    /// As people read it beside a user's or a token's name.
    package var phrase: Phrase {
        switch self {
        case .operator: Phrase("operator", "Betreiber")
        case .admin: Phrase("administrator", "Verwaltung")
        case .integration: Phrase("integration", "Schnittstelle")
        case .reception: Phrase("reception", "Empfang")
        case .accounting: Phrase("accounting", "Buchhaltung")
        case .auditor: Phrase("auditor", "Prüfung")
        }
    }
}
