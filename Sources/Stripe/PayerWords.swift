/// A language that payers are spoken to in.
package enum PayerLanguage: String, Sendable, CaseIterable {
    case german = "de"
    case english = "en"

    /// - Parameter tag: A language tag such as `de-AT`. Everything that is not German is answered in English.
    package init(tag: String) {
        self = tag.lowercased().hasPrefix("de") ? .german : .english
    }
}

/// What can be done after a declined payment.
package enum RetryAdvice: Sendable, Equatable {
    /// The card itself is good: the payer has to confirm the payment, on a page.
    case authenticate
    /// The same card may work later.
    case tryAgainLater
    /// The same card may work once its data are corrected.
    case confirmCardData
    /// This card will not work.
    case useAnotherMethod
}

extension StripeError {
    /// What can be done after a decline; `nil` if this is no decline.
    ///
    /// Issuers penalise repeated attempts, so whatever is not known to pass is answered with another method.
    ///
    /// - Source: docs.stripe.com, "Declines" (advice codes) and "Decline codes" (next steps).
    package var retryAdvice: RetryAdvice? {
        guard isDecline else { return nil }
        switch declineReason {
        case "authentication_required", "authentication_not_handled": return .authenticate
        default: break
        }
        switch adviceCode {
        case "try_again_later": return .tryAgainLater
        case "confirm_card_data": return .confirmCardData
        case "do_not_try_again": return .useAnotherMethod
        default: break
        }
        switch declineReason {
        case "processing_error", "issuer_not_available", "try_again_later", "reenter_transaction", "approve_with_id": return .tryAgainLater
        case "incorrect_cvc", "invalid_cvc", "incorrect_number", "invalid_number", "incorrect_zip", "invalid_expiry_month",
            "invalid_expiry_year":
            return .confirmCardData
        default: return .useAnotherMethod
        }
    }

    /// Whether the same card may be tried again without changing anything but the time.
    package var mayTryAgain: Bool { retryAdvice == .tryAgainLater }

    /// What to tell the payer; `nil` if this is no decline and so none of the payer's business.
    ///
    /// It never says that a card is reported lost, stolen or fraudulent: whoever holds it may be the thief.
    ///
    /// - Source: docs.stripe.com, "Decline codes".
    package func payerMessage(in language: PayerLanguage) -> String? {
        guard isDecline else { return nil }
        let words = Self.words(for: declineReason)
        return language == .german ? words.german : words.english
    }

    /// The issuer's reason where there is one; codes such as `expired_card` are reasons of their own.
    private var declineReason: String { declineCode ?? code?.rawValue ?? "" }

    private static func words(for reason: String) -> (german: String, english: String) {
        switch reason {
        case "insufficient_funds":
            (
                "Auf dieser Karte ist nicht genug Geld verfügbar. Bitte nehmen Sie eine andere Karte.",
                "This card does not have enough money available. Please use another card."
            )
        case "expired_card":
            ("Diese Karte ist abgelaufen. Bitte nehmen Sie eine andere Karte.", "This card has expired. Please use another card.")
        case "incorrect_cvc", "invalid_cvc":
            ("Die Prüfziffer der Karte stimmt nicht. Bitte prüfen Sie sie.", "The card's security code is wrong. Please check it.")
        case "incorrect_number", "invalid_number":
            ("Die Kartennummer stimmt nicht. Bitte prüfen Sie sie.", "The card number is wrong. Please check it.")
        case "invalid_expiry_month", "invalid_expiry_year":
            ("Das Ablaufdatum der Karte stimmt nicht. Bitte prüfen Sie es.", "The card's expiry date is wrong. Please check it.")
        case "authentication_required", "authentication_not_handled", "payment_intent_authentication_failure":
            ("Ihre Bank möchte, dass Sie diese Zahlung selbst bestätigen.", "Your bank wants you to confirm this payment yourself.")
        case "card_velocity_exceeded", "withdrawal_count_limit_exceeded":
            (
                "Das Limit dieser Karte ist erreicht. Bitte nehmen Sie eine andere Karte oder fragen Sie Ihre Bank.",
                "This card has reached its limit. Please use another card or ask your bank."
            )
        case "currency_not_supported", "card_not_supported", "transaction_not_allowed":
            (
                "Diese Karte ist für solche Zahlungen nicht freigegeben. Bitte nehmen Sie eine andere Karte.",
                "This card does not allow this kind of payment. Please use another card."
            )
        case "processing_error", "issuer_not_available", "try_again_later", "reenter_transaction", "approve_with_id":
            (
                "Die Bank hat gerade nicht geantwortet. Bitte versuchen Sie es in einigen Minuten noch einmal.",
                "The bank could not answer just now. Please try again in a few minutes."
            )
        default:
            (
                "Die Bank hat die Karte abgelehnt. Bitte nehmen Sie eine andere Karte oder fragen Sie Ihre Bank.",
                "The bank has declined the card. Please use another card or ask your bank."
            )
        }
    }
}
