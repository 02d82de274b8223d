import Ledger

extension StripeAmountError {
    package var german: RefusalWords {
        switch self {
        case .tooLarge(let currency): RefusalWords("Der Betrag in \(currency) ist zu groß für Stripe.", hint: nil)
        case .tooPrecise(let units, let currency):
            RefusalWords(
                "Stripe kann \(units) Einheiten der Währung \(currency) nicht annehmen.",
                hint: currency.exponent == 3 ? "Runden Sie den Betrag in \(currency) so, dass seine letzte Ziffer 0 ist." : nil)
        case .unknownCurrency(let code): RefusalWords("Die Währung „\(code)“ ist nicht bekannt.", hint: nil)
        }
    }
}

extension WebhookSignatureError {
    package var german: RefusalWords {
        switch self {
        // Only the service's log names these: to the sender all of them are one, see `WebhookRefused`.
        case .malformed, .noTimestamp, .noSignature, .noSecret, .mismatch: RefusalWords(message, hint: hint)
        case .tooOld(let seconds):
            RefusalWords("Der Webhook wurde vor \(seconds) Sekunden signiert.", hint: Self.germanClock)
        case .fromTheFuture(let seconds):
            RefusalWords("Der Webhook wurde laut Signatur erst in \(seconds) Sekunden signiert.", hint: Self.germanClock)
        }
    }

    private static let germanClock = "Prüfen Sie die Uhr dieses Rechners; Stripe signiert jede Zustellung neu."
}
