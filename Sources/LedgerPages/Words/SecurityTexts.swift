import Ledger

/// What the cards about webhook secrets and refund limits say.
extension Phrase {
    static let webhookSecrets = Phrase("Webhook secrets", "Webhook-Geheimnisse")
    static let webhookSecretsHint = Phrase(
        """
        Stripe signs its webhooks with them. Each endpoint has a name. Setting a name again replaces its secret; the \
        old one stays valid for one more day.
        """,
        """
        Womit Stripe seine Meldungen signiert. Jeder Endpunkt hat einen Namen; wird ein Name neu hinterlegt, ersetzt \
        das sein Geheimnis, und das alte gilt noch einen Tag.
        """
    )
    static let noWebhookSecrets = Phrase("No secret yet.", "Noch kein Geheimnis.")
    static let setAt = Phrase("Set", "Hinterlegt")
    static let setWebhook = Phrase("Set the secret", "Geheimnis hinterlegen")
    static let revokeWebhook = Phrase("Revoke at once", "Sofort widerrufen")
    static let revokeEarlier = Phrase("Revoke the old secret at once", "Altes Geheimnis sofort widerrufen")
    static let refundLimit = Phrase("Daily refunds without the password", "Erstattungen pro Tag ohne Passwort")
    static let refundLimitHint = Phrase(
        "Above this sum, a user has to enter the password again, and the refund is logged. With 0, every refund asks.",
        """
        Über dieser Summe wird ein Zugang noch einmal nach dem Passwort gefragt, und die Erstattung wird \
        festgehalten. Bei 0 wird jedes Mal gefragt.
        """
    )
    static let audit = Phrase("Security log", "Sicherheitsprotokoll")
    static let auditHint = Phrase(
        "Who changed keys and roles, and who refunded more than the daily limit. Entries are never changed or deleted.",
        """
        Wer Schlüssel und Rollen vergeben und wer mehr als die Tagesgrenze erstattet hat. Keine Zeile wird je \
        geändert oder entfernt.
        """
    )
    static let whoHead = Phrase("Who", "Wer")
    static let passwordAsked = Phrase("Password confirmed", "Erneut abgefragt")
    static let olderLines = Phrase("Older ones", "Ältere")
    static let nothingYet = Phrase("Nothing yet.", "Noch nichts.")

    static func daysAgo(_ days: Int64) -> Phrase {
        switch days {
        case 0: Phrase("today", "heute")
        case 1: Phrase("a day ago", "vor einem Tag")
        default: Phrase("\(days) days ago", "vor \(days) Tagen")
        }
    }
    static func goodUntil(_ text: String) -> Phrase { Phrase("Valid until \(text)", "Gilt bis \(text)") }
}
