/// Stripe's reasons for a no, in words for staff. Stripe's own sentences are English and meant for developers.
enum StripeReason {
    /// Why a bank declined.
    ///
    /// It never says that a card is reported lost, stolen or fraudulent: the person at the desk may be the thief.
    ///
    /// - Source: docs.stripe.com, "Decline codes".
    static func decline(_ reason: String) -> Phrase {
        switch reason {
        case "insufficient_funds": Phrase("the card has insufficient funds", "Karte nicht gedeckt")
        case "expired_card": Phrase("the card has expired", "Karte abgelaufen")
        case "incorrect_cvc", "invalid_cvc": Phrase("the card's security code is wrong", "Prüfziffer der Karte falsch")
        case "incorrect_number", "invalid_number": Phrase("the card number is wrong", "Kartennummer falsch")
        case "invalid_expiry_month", "invalid_expiry_year":
            Phrase("the card's expiry date is wrong", "Ablaufdatum der Karte falsch")
        case "incorrect_zip": Phrase("the postal code does not match the card", "Postleitzahl passt nicht zur Karte")
        case "incorrect_address": Phrase("the address does not match the card", "Anschrift passt nicht zur Karte")
        case "card_velocity_exceeded", "withdrawal_count_limit_exceeded":
            Phrase("the card has reached its limit", "Kartenlimit erreicht")
        case "currency_not_supported", "card_not_supported", "transaction_not_allowed", "service_not_allowed":
            Phrase("the card does not allow this kind of payment", "Karte für solche Zahlungen nicht freigegeben")
        case "invalid_amount": Phrase("the card does not allow this amount", "Betrag für diese Karte nicht zulässig")
        case "invalid_account", "new_account_information_available":
            Phrase("the card or its account is no longer valid", "Karte oder Konto nicht mehr gültig")
        case "duplicate_transaction":
            Phrase("the bank has just received an identical payment", "Bank hat dieselbe Zahlung eben schon gesehen")
        case "incorrect_pin", "invalid_pin", "offline_pin_required", "online_or_offline_pin_required", "pin_try_exceeded":
            Phrase("the card requires its PIN", "Karte verlangt ihre PIN")
        case "testmode_decline": Phrase("a test card was used", "Testkarte verwendet")
        case "processing_error", "issuer_not_available", "try_again_later", "reenter_transaction", "approve_with_id":
            Phrase(
                "the bank did not answer; try again in a few minutes", "Bank nicht erreichbar; in einigen Minuten noch einmal versuchen")
        // Also one that is not known here: its code may be the one that must not be said.
        default: Phrase("card declined; the guest can ask the bank", "Karte abgelehnt; der Gast kann seine Bank fragen")
        }
    }

    /// Why a payment is not refunded. A stolen card is never mentioned.
    ///
    /// - Source: docs.stripe.com, "Error codes", and `failure_reason` of docs.stripe.com/api/refunds/object.
    static func noRefund(_ reason: String) -> Phrase {
        switch reason {
        case "charge_disputed", "refund_disputed_payment", "charge_for_pending_refund_disputed":
            Phrase("the guest's bank contests the payment", "Die Bank des Gastes ficht die Zahlung an")
        case "charge_already_refunded":
            Phrase("all of it has already been refunded at Stripe", "Bei Stripe ist bereits alles erstattet")
        case "expired_or_canceled_card", "lost_or_stolen_card":
            Phrase("the card or its account is closed", "Karte oder Konto bestehen nicht mehr")
        default: Phrase("the guest's bank does not accept the refund", "Die Bank des Gastes nimmt die Erstattung nicht an")
        }
    }

    /// Why Stripe refused a call.
    ///
    /// - Parameters:
    ///   - code: Stripe's `code`, or the error's type where it has none.
    ///   - words: Stripe's own, for those who read English, where there are no words here.
    static func refusal(_ code: String, words: String) -> Phrase {
        if let known = refusal(code) { return known }
        return Phrase(
            words.isEmpty ? "Stripe refused it (code \(code))" : "\(words) (code \(code))", "Stripe hat es abgelehnt (Code \(code))")
    }

    /// - Source: docs.stripe.com, "Error codes".
    private static func refusal(_ code: String) -> Phrase? {
        switch code {
        case "amount_too_large", "charge_exceeds_source_limit", "charge_exceeds_transaction_limit", "charge_exceeds_weekly_limit":
            Phrase("the amount is above Stripe's maximum", "Der Betrag ist höher, als Stripe hier zulässt")
        case "amount_too_small": Phrase("the amount is below Stripe's minimum", "Der Betrag ist kleiner, als Stripe zulässt")
        case "balance_insufficient", "insufficient_funds":
            Phrase("the balance at Stripe is too low", "Das Guthaben bei Stripe reicht nicht aus")
        case "capture_charge_authorization_expired", "charge_expired_for_capture":
            Phrase("the hold has expired", "Die Vormerkung ist verfallen")
        case "charge_already_captured": Phrase("it has already been captured", "Es ist bereits eingezogen")
        case "charge_not_refundable": Phrase("Stripe cannot refund this payment", "Stripe kann diese Zahlung nicht erstatten")
        case "email_invalid": Phrase("Stripe does not accept the e-mail address", "Stripe nimmt die E-Mail-Adresse nicht an")
        case "lock_timeout", "idempotency_key_in_use", "rate_limit":
            Phrase("Stripe is busy; try again in a moment", "Stripe ist ausgelastet; gleich noch einmal versuchen")
        case "payment_intent_unexpected_state", "setup_intent_unexpected_state", "payment_method_unexpected_state":
            Phrase("its state at Stripe has changed", "Bei Stripe ist der Stand inzwischen ein anderer")
        case "payment_intent_payment_attempt_expired": Phrase("the guest took too long", "Der Gast hat zu lange gebraucht")
        case "payment_method_customer_decline": Phrase("the guest cancelled it", "Der Gast hat abgebrochen")
        case "payment_method_provider_decline": Phrase("the provider declined", "Der Zahlungsanbieter hat abgelehnt")
        case "payment_method_provider_timeout", "processing_error", "api_error":
            Phrase(
                "it could not be processed; try again in a few minutes",
                "Verarbeitung gescheitert; in einigen Minuten noch einmal versuchen")
        case "payment_method_currency_mismatch", "payment_method_invalid_parameter", "payment_method_not_available",
            "payment_method_unactivated", "payment_method_unsupported_type", "payment_intent_incompatible_payment_method",
            "capability_not_active":
            Phrase(
                "the Stripe account does not accept this kind of payment", "Das Konto bei Stripe nimmt diese Zahlart so nicht an")
        case "payment_method_restricted", "expired_payment_method":
            Phrase("the card cannot be charged any more", "Die Karte lässt sich nicht mehr belasten")
        case "setup_intent_authentication_failure", "authentication_failure":
            Phrase("the guest did not confirm it with the bank", "Der Gast hat es bei seiner Bank nicht bestätigt")
        case "resource_missing": Phrase("Stripe does not know it any more", "Stripe kennt es nicht mehr")
        case "livemode_mismatch", "testmode_charges_only":
            Phrase("the key has the wrong mode (live or test)", "Der Modus des Schlüssels passt nicht")
        case "account_closed", "account_invalid": Phrase("the Stripe account is not active", "Das Konto bei Stripe ist nicht aktiv")
        default: nil
        }
    }
}
