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

    /// Whether the bank contests the payment, or did: not an inquiry, and not what was settled before it became a dispute.
    ///
    /// - Parameter state: Stripe's name for it.
    package static func isContested(_ state: String) -> Bool { !state.hasPrefix("warning_") && state != "prevented" }

    /// Whether the bank waits for the hotel's evidence.
    ///
    /// - Parameter state: Stripe's name for it.
    package static func asksForEvidence(_ state: String) -> Bool { state == "needs_response" || state == "warning_needs_response" }
}

/// What the hotel has to do about a dispute. The words are what programs see.
package enum DisputeStep: String, Sendable, CaseIterable {
    /// Send evidence, or accept the dispute, both at Stripe.
    case submitEvidence = "submit_evidence"
    /// Answer the bank's question at Stripe: no money has moved.
    case answerInquiry = "answer_inquiry"
    /// The bank decides.
    case wait
    /// It is lost, and what the bank took is open: another payment, or a write-off.
    case settle
    /// Nothing: it is over.
    case none
    /// A state that this program does not know.
    case look
}

extension DisputeSummary {
    /// What the hotel has to do now.
    ///
    /// - Parameter now: After the time for evidence there is only to wait.
    package func step(at now: Instant) -> DisputeStep {
        switch state {
        case "needs_response", "warning_needs_response":
            if let due = evidenceDue, due <= now { return .wait }
            return state == "needs_response" ? .submitEvidence : .answerInquiry
        case "under_review", "warning_under_review": return .wait
        case "lost": return atStake > 0 ? .settle : .none
        case "won", "warning_closed", "prevented": return .none
        default: return .look
        }
    }
}

extension DisputeStep {
    /// What to do, in a sentence or two.
    package var phrase: Phrase {
        switch self {
        case .submitEvidence:
            Phrase(
                "Send evidence in Stripe's Dashboard in time, or accept the dispute there. The amount is owed again until the bank decides.",
                "Rechtzeitig in Stripes Dashboard Belege einreichen oder die Anfechtung dort annehmen. Bis die Bank entscheidet, ist der Betrag "
                    + "wieder offen.")
        case .answerInquiry:
            Phrase(
                "Answer the bank's question in Stripe's Dashboard in time. No money has moved.",
                "Die Frage der Bank rechtzeitig in Stripes Dashboard beantworten. Es ist kein Geld geflossen.")
        case .wait: Phrase("There is nothing to do: the bank decides.", "Nichts zu tun: Die Bank entscheidet.")
        case .settle:
            Phrase(
                "The amount stays open. Ask the guest for another payment, or write it off.",
                "Der Betrag bleibt offen. Beim Gast eine andere Zahlung anfordern oder ihn ausbuchen.")
        case .none: Phrase("There is nothing to do.", "Nichts zu tun.")
        case .look: Phrase("Look at it in Stripe's Dashboard.", "Bitte in Stripes Dashboard nachsehen.")
        }
    }
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
