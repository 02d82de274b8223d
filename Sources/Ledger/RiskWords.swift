// What fraud prevention said, as staff reads it. Nothing here is for guests.

extension Risk.Level {
    /// Within a sentence. A word that has none here is shown as Stripe writes it, with blanks for underscores.
    package var phrase: Phrase {
        switch self {
        case .normal: Phrase("normal risk", "normales Risiko")
        case .elevated: Phrase("elevated risk", "erhöhtes Risiko")
        case .highest: Phrase("highest risk", "höchstes Risiko")
        case .notAssessed: Phrase("risk not assessed", "Risiko nicht bewertet")
        case .unknown: Phrase("risk unknown", "Risiko unbekannt")
        default: Phrase("risk: \(rawValue.spelled)", "Risiko: \(rawValue.spelled)")
        }
    }
}

extension Risk.Concern {
    /// What was found, as a sentence about a hold or a payment.
    ///
    /// - Parameter object: In the third case in German: `der Zahlung über 12,00 €`.
    func finding(_ object: Phrase) -> Phrase {
        switch self {
        case .elevated:
            Phrase(
                "Stripe's fraud prevention sees an elevated risk in \(object.english).",
                "Stripes Betrugsprävention sieht bei \(object.german) ein erhöhtes Risiko.")
        case .highest:
            Phrase(
                "Stripe's fraud prevention sees a very high risk in \(object.english).",
                "Stripes Betrugsprävention sieht bei \(object.german) ein sehr hohes Risiko.")
        case .review:
            Phrase(
                "Somebody is to review \(object.english) in Stripe's Dashboard.",
                "Jemand soll sich in Stripes Dashboard mit \(object.german) befassen.")
        }
    }

    /// As a badge has it.
    package var phrase: Phrase {
        switch self {
        case .elevated: Risk.Level.elevated.phrase
        case .highest: Risk.Level.highest.phrase
        case .review: Phrase("to be reviewed", "zu prüfen")
        }
    }
}

extension Risk.Remedy {
    /// What it is about, in the third case in German.
    func object(_ amount: Money) -> Phrase {
        let (english, german) = (amount.text(in: .english), amount.text(in: .german))
        return switch self {
        case .cancelHold: Phrase("the hold of \(english)", "der Vormerkung über \(german)")
        case .refundPayment: Phrase("the payment of \(english)", "der Zahlung über \(german)")
        }
    }

    /// What can be done, as a sentence.
    var advice: Phrase {
        switch self {
        case .cancelHold:
            Phrase(
                "If in doubt, release the hold and ask for another means of payment.",
                "Im Zweifel die Vormerkung freigeben und um ein anderes Zahlungsmittel bitten.")
        case .refundPayment:
            Phrase(
                "If in doubt, refund the whole payment; a part does not help.",
                "Im Zweifel die ganze Zahlung erstatten; ein Teil genügt nicht.")
        }
    }
}

extension Risk {
    /// What somebody who looks at the hold or the payment should read, the most important first: the warning, the review, the level, what
    /// did not fit, and the card. What fits is not mentioned.
    package var remarks: [Phrase] {
        var remarks: [Phrase] = []
        if let warning {
            let kind = Self.fraudPhrase(warning.type)
            remarks.append(
                warning.isActionable
                    ? Phrase("the bank suspects fraud: \(kind.english)", "Betrugsverdacht der Bank: \(kind.german)")
                    : Phrase("the bank suspected fraud: \(kind.english)", "Betrugsverdacht der Bank, erledigt: \(kind.german)"))
        }
        if let review { remarks.append(review.phrase) }
        guard let assessment else { return remarks }
        if let level = assessment.level?.phrase {
            remarks.append(
                assessment.score.map { Phrase("\(level.english), \($0) of 100", "\(level.german), \($0) von 100") } ?? level)
        }
        for (check, words) in [
            (assessment.cvc, Phrase("wrong security code", "falsche Prüfziffer")),
            (assessment.addressLine1, Phrase("street does not fit the card", "Straße passt nicht zur Karte")),
            (assessment.postalCode, Phrase("postal code does not fit the card", "Postleitzahl passt nicht zur Karte")),
        ] where check == .fail { remarks.append(words) }
        if let card = assessment.cardPhrase { remarks.append(card) }
        return remarks
    }

    /// The bank's kind of fraud. One that is not known here is shown as it is, with blanks for underscores.
    ///
    /// - Parameter type: Stripe's name for it.
    /// - Source: docs.stripe.com/api/radar/early_fraud_warnings/object, `fraud_type`.
    package static func fraudPhrase(_ type: String) -> Phrase {
        switch type {
        case "card_never_received": Phrase("the card never reached its holder", "Karte kam nie beim Inhaber an")
        case "fraudulent_card_application": Phrase("the card was applied for under a false name", "Karte unter falschem Namen beantragt")
        case "made_with_counterfeit_card": Phrase("counterfeit card", "gefälschte Karte")
        case "made_with_lost_card": Phrase("lost card", "verlorene Karte")
        case "made_with_stolen_card": Phrase("stolen card", "gestohlene Karte")
        case "misc": Phrase("no particular kind", "ohne nähere Angabe")
        case "unauthorized_use_of_card": Phrase("the holder did not authorise it", "vom Karteninhaber nicht veranlasst")
        default: Phrase(type.spelled, type.spelled)
        }
    }
}

extension Risk.Review {
    /// How it stands.
    ///
    /// - Source: docs.stripe.com/api/radar/reviews/object, `closed_reason`.
    fileprivate var phrase: Phrase {
        switch closedReason {
        case nil: Phrase("to be reviewed in Stripe's Dashboard", "in Stripes Dashboard zu prüfen")
        case "approved": Phrase("reviewed and approved", "geprüft und für gut befunden")
        case "acknowledged": Phrase("reviewed", "geprüft")
        case "refunded": Phrase("review ended: refunded", "Prüfung beendet: erstattet")
        case "refunded_as_fraud": Phrase("review ended: refunded as fraud", "Prüfung beendet: als Betrug erstattet")
        case "disputed": Phrase("review ended: contested", "Prüfung beendet: angefochten")
        case "canceled": Phrase("review ended: hold cancelled", "Prüfung beendet: Vormerkung aufgehoben")
        case "payment_never_settled": Phrase("review ended: never paid", "Prüfung beendet: nie bezahlt")
        case let reason?: Phrase("review ended: \(reason.spelled)", "Prüfung beendet: \(reason.spelled)")
        }
    }
}

extension Risk.Assessment {
    /// What kind of card it is, and from where; nil where neither was said.
    fileprivate var cardPhrase: Phrase? {
        let kind: Phrase? =
            switch funding {
            case "credit": Phrase("credit card", "Kreditkarte")
            case "debit": Phrase("debit card", "Debitkarte")
            case "prepaid": Phrase("prepaid card", "Prepaidkarte")
            default: nil
            }
        guard let country else { return kind }
        let (english, german) = (kind?.english ?? "card", kind?.german ?? "Karte")
        return Phrase("\(english) from \(country)", "\(german) aus \(country)")
    }
}

extension String {
    /// A word of Stripe's for which there are none here.
    fileprivate var spelled: String { replacing("_", with: " ") }
}
