extension Failure {
    /// One sentence for staff. Somebody's words stay as they were said.
    package func sentence(in language: Language) -> String {
        if case .said(let text) = self { return text }
        let words = words(in: language)
        return words.prefix(1).uppercased() + words.dropFirst() + "."
    }

    /// The same without its full stop, to follow a colon.
    package func words(in language: Language) -> String { phrase.text(in: language) }

    private var phrase: Phrase {
        switch self {
        case .pageUnused: Phrase("the page was not used", "Die Seite wurde nicht genutzt")
        case .declined(let reason): Self.decline(reason)
        case .authenticationRequired:
            Phrase("the guest has to confirm the payment with the bank", "Der Gast muss die Zahlung bei seiner Bank bestätigen")
        case .notPaid: Phrase("the payment was not made", "Die Zahlung kam nicht zustande")
        case .cardLost:
            Phrase("the saved card cannot be charged any more", "Die hinterlegte Karte lässt sich nicht mehr belasten")
        case .outdated:
            Phrase("what this step was for has changed meanwhile", "Was dieser Schritt tun sollte, hat sich inzwischen geändert")
        case .dismissed(let reason, let actor):
            Phrase(
                "given up by \(Self.name(of: actor)): \(Self.withoutStop(reason))",
                "Aufgegeben von \(Self.name(of: actor)): \(Self.withoutStop(reason))")
        case .notRefundable(let reason): Self.noRefund(reason)
        case .said(let words): Phrase(Self.withoutStop(words), Self.withoutStop(words))
        }
    }

    /// It never says that a card is reported lost, stolen or fraudulent: whoever holds it may be the thief, and stands at the desk.
    ///
    /// - Source: docs.stripe.com, "Decline codes".
    private static func decline(_ reason: String) -> Phrase {
        switch reason {
        case "insufficient_funds": Phrase("the card does not have enough money available", "Karte nicht gedeckt")
        case "expired_card": Phrase("the card has expired", "Karte abgelaufen")
        case "incorrect_cvc", "invalid_cvc": Phrase("the card's security code is wrong", "Prüfziffer der Karte falsch")
        case "incorrect_number", "invalid_number": Phrase("the card number is wrong", "Kartennummer falsch")
        case "invalid_expiry_month", "invalid_expiry_year": Phrase("the card's expiry date is wrong", "Ablaufdatum der Karte falsch")
        case "incorrect_zip": Phrase("the postal code is not the card's", "Postleitzahl passt nicht zur Karte")
        case "card_velocity_exceeded", "withdrawal_count_limit_exceeded": Phrase("the card has reached its limit", "Kartenlimit erreicht")
        case "currency_not_supported", "card_not_supported", "transaction_not_allowed":
            Phrase("the card does not allow this kind of payment", "Karte für solche Zahlungen nicht freigegeben")
        case "processing_error", "issuer_not_available", "try_again_later", "reenter_transaction", "approve_with_id":
            Phrase(
                "the bank could not answer; try again in a few minutes", "Bank nicht erreichbar; in einigen Minuten noch einmal versuchen")
        default: Phrase("card declined; the guest can ask the bank", "Karte abgelehnt; der Gast kann seine Bank fragen")
        }
    }

    /// - Source: docs.stripe.com, "Error codes", and `failure_reason` of docs.stripe.com/api/refunds/object. Nothing is said of a stolen card.
    private static func noRefund(_ reason: String) -> Phrase {
        switch reason {
        case "charge_disputed", "refund_disputed_payment", "charge_for_pending_refund_disputed":
            Phrase("the guest's bank contests the payment", "Die Bank des Gastes ficht die Zahlung an")
        case "charge_already_refunded":
            Phrase("at Stripe all of it has gone back already", "Bei Stripe ist bereits alles erstattet")
        case "expired_or_canceled_card", "lost_or_stolen_card":
            Phrase("the card or its account is closed", "Karte oder Konto bestehen nicht mehr")
        default: Phrase("the guest's bank does not take it back", "Die Bank des Gastes nimmt die Erstattung nicht an")
        }
    }

    private static func withoutStop(_ text: String) -> String { text.hasSuffix(".") ? String(text.dropLast()) : text }

    /// The name in `user:olaf`.
    package static func name(of actor: String) -> String {
        actor.firstIndex(of: ":").map { String(actor[actor.index(after: $0)...]) } ?? actor
    }
}

extension Hold {
    /// Its state in words: a page that nobody used was refused by nobody.
    package var statePhrase: Phrase { state == .failed && failure == .pageUnused ? .notUsed : state.phrase }
}

extension Payment {
    /// As for a hold.
    package var statePhrase: Phrase { state == .failed && failure == .pageUnused ? .notUsed : state.phrase }
}

extension Phrase {
    package static let notUsed = Phrase("not used", "nicht genutzt")
}
