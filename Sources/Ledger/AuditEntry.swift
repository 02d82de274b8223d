/// What somebody who stole a login would do first.
package enum AuditAction: String, CaseIterable, Sendable {
    case stripeKeySet = "stripe_key_set"
    case webhookSecretSet = "webhook_secret_set"
    case webhookSecretRevoked = "webhook_secret_revoked"
    case userAdded = "user_added"
    case passwordSet = "password_set"
    case userDisabled = "user_disabled"
    case tokenCreated = "token_created"
    case tokenRevoked = "token_revoked"
    case refundLimitSet = "refund_limit_set"
    case refundAboveLimit = "refund_above_limit"
    case movementRuleSet = "movement_rule_set"
    case movementRuleEnded = "movement_rule_ended"
    case contractSet = "contract_set"
    case contractEnded = "contract_ended"
    case stripeKeysRemoved = "stripe_keys_removed"
    case lateCharge = "late_charge"
    case feeInvoiceReplaced = "fee_invoice_replaced"

    /// The action as people read it, in the list of who did what.
    package var phrase: Phrase {
        switch self {
        case .stripeKeySet: Phrase("Stripe key set", "Stripe-Schlüssel hinterlegt")
        case .webhookSecretSet: Phrase("Webhook secret set", "Webhook-Geheimnis hinterlegt")
        case .webhookSecretRevoked: Phrase("Webhook secret revoked", "Webhook-Geheimnis widerrufen")
        case .userAdded: Phrase("User added", "Person hinzugefügt")
        case .passwordSet: Phrase("Password set", "Passwort gesetzt")
        case .userDisabled: Phrase("User disabled", "Zugang gesperrt")
        case .tokenCreated: Phrase("Token created", "Zugangsschlüssel erstellt")
        case .tokenRevoked: Phrase("Token revoked", "Zugangsschlüssel widerrufen")
        case .refundLimitSet: Phrase("Refund limit set", "Grenze für Erstattungen geändert")
        case .refundAboveLimit: Phrase("Refund above the limit", "Erstattung über der Grenze")
        case .movementRuleSet: Phrase("Rule for movements set", "Regel für Bewegungen angelegt")
        case .movementRuleEnded: Phrase("Rule for movements ended", "Regel für Bewegungen beendet")
        case .contractSet: Phrase("Contract changed", "Vertrag geändert")
        case .contractEnded: Phrase("Contract ended", "Vertrag beendet")
        case .stripeKeysRemoved: Phrase("Stripe keys removed", "Stripe-Schlüssel entfernt")
        case .lateCharge: Phrase("Late charge", "Nachbelastung")
        case .feeInvoiceReplaced: Phrase("Invoice number replaced", "Rechnungsnummer ersetzt")
        }
    }
}

/// One line of the list that shows who did what matters to security.
package struct AuditEntry: Hashable, Sendable {
    /// Counts over all tenants.
    package let number: Int64
    /// `nil` for one that this program does not know: it is shown by its word, and hides no other line.
    package var action: AuditAction? { AuditAction(rawValue: word) }
    /// What was done, as it is stored.
    package let word: String
    /// A name, a folio's reference, or what a rule says.
    package let subject: String
    /// What was refunded or charged late, or the new refund limit; nil for an action without money.
    package let amount: Money?
    /// `user:anna`, `token:shop`, or who is named at the command line.
    package let actor: String
    /// Whether the password was asked for again.
    package let isConfirmed: Bool
    /// By the books' clock.
    package let recordedAt: Instant

    /// What was done, as people read it.
    package var phrase: Phrase { action?.phrase ?? Phrase(word, word) }

    /// The subject as people read it: a role in brackets behind a name is stored by its code.
    package func subject(in language: Language) -> String {
        guard action == .userAdded || action == .tokenCreated, let start = subject.lastIndex(of: "("), subject.hasSuffix(")"),
            let role = Role(rawValue: String(subject[subject.index(after: start)...].dropLast()))
        else { return subject }
        return "\(subject[..<start])(\(role.phrase.text(in: language)))"
    }

    package init(
        number: Int64, word: String, subject: String, amount: Money?, actor: String, isConfirmed: Bool, recordedAt: Instant
    ) {
        self.number = number
        self.word = word
        self.subject = subject
        self.amount = amount
        self.actor = actor
        self.isConfirmed = isConfirmed
        self.recordedAt = recordedAt
    }
}

/// What is to be written down.
package struct NewAuditEntry: Sendable {
    /// Stored by its raw value.
    package let action: AuditAction
    /// A name, a folio's reference or what a rule says, never a secret; at most 200 characters.
    package let subject: String
    /// Minor units of the tenant's currency.
    package let amount: Int64?
    /// Whether the person gave the password again for it. Programs and the command line have none to give.
    package let isConfirmed: Bool

    package init(_ action: AuditAction, _ subject: String, amount: Int64? = nil, isConfirmed: Bool) {
        self.action = action
        self.subject = subject
        self.amount = amount
        self.isConfirmed = isConfirmed
    }
}
