/// How a dispute stands.
package enum DisputeState {
    /// Whether the payment cannot be refunded in this state of the dispute. An inquiry (`warning_…`) only asks, and a won dispute returns the
    /// money to the hotel. In every other state the bank has taken the money or may take it. A dispute about a part blocks the whole: Stripe
    /// refuses every refund of the payment.
    ///
    /// - Parameter state: Stripe's name for it.
    /// - Source: docs.stripe.com/api/disputes/object, `status` and `is_charge_refundable`.
    package static func barsRefunds(_ state: String) -> Bool { state != "won" && !state.hasPrefix("warning_") }

    /// Whether nothing more comes of it. A state that is not known here is not an end. The schema's index `dispute_open` has the same words.
    ///
    /// - Parameter state: Stripe's name for it.
    package static func isFinal(_ state: String) -> Bool { ["won", "lost", "warning_closed", "prevented"].contains(state) }

    /// Whether the bank waits for the hotel's evidence.
    ///
    /// - Parameter state: Stripe's name for it.
    package static func asksForEvidence(_ state: String) -> Bool { state == "needs_response" || state == "warning_needs_response" }
}

/// Why a payer contests a payment.
package enum DisputeReason {
    /// - Parameter reason: Stripe's name for it. One that is not known here is shown as it is, with blanks for underscores.
    /// - Source: docs.stripe.com/api/disputes/object, `reason`.
    package static func phrase(_ reason: String) -> Phrase {
        switch reason {
        case "bank_cannot_process": return Phrase("the bank cannot process it", "Bank kann sie nicht verarbeiten")
        case "check_returned": return Phrase("the cheque was returned", "Scheck zurückgegeben")
        case "credit_not_processed": return Phrase("a promised refund did not come", "zugesagte Rückerstattung nicht erhalten")
        case "customer_initiated": return Phrase("contested by the guest", "vom Gast veranlasst")
        case "debit_not_authorized": return Phrase("the debit was not authorised", "Abbuchung nicht genehmigt")
        case "duplicate": return Phrase("paid twice", "doppelt bezahlt")
        case "fraudulent": return Phrase("the guest says they did not authorise it", "nicht vom Karteninhaber veranlasst")
        case "general": return Phrase("no particular reason", "ohne näheren Grund")
        case "incorrect_account_details": return Phrase("wrong account details", "falsche Kontodaten")
        case "insufficient_funds": return Phrase("the account was not covered", "Konto nicht gedeckt")
        case "noncompliant": return Phrase("against the rules of the card scheme", "Verstoß gegen Regeln der Kartenorganisation")
        case "product_not_received": return Phrase("service not received", "Leistung nicht erhalten")
        case "product_unacceptable": return Phrase("service not as agreed", "Leistung nicht wie vereinbart")
        case "subscription_canceled": return Phrase("already cancelled", "bereits gekündigt")
        case "unrecognized": return Phrase("the guest does not recognise it", "dem Gast nicht bekannt")
        default:
            let raw = reason.replacing("_", with: " ")
            return Phrase(raw, raw)
        }
    }
}
