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
        case .malformed: RefusalWords("Der Header Stripe-Signature ist keine Liste von Paaren aus name=value.", hint: nil)
        case .noTimestamp:
            RefusalWords("Der Header Stripe-Signature enthält nicht genau eine Zeitangabe t in ganzen Sekunden.", hint: nil)
        case .noSignature: RefusalWords("Der Header Stripe-Signature enthält keine v1-Signatur.", hint: nil)
        case .noSecret:
            RefusalWords(
                "Für diesen Mandanten ist kein Webhook-Geheimnis hinterlegt.",
                hint: "Hinterlegen Sie das Signaturgeheimnis des Endpunkts.")
        case .mismatch:
            RefusalWords(
                "Keine v1-Signatur passt zum Inhalt und zu einem hinterlegten Webhook-Geheimnis.",
                hint: "Vergleichen Sie das hinterlegte Geheimnis mit dem des Endpunkts und prüfen Sie, "
                    + "ob unterwegs etwas den Inhalt verändert.")
        case .tooOld(let seconds):
            RefusalWords("Der Webhook wurde vor \(seconds) Sekunden signiert.", hint: Self.germanClock)
        case .fromTheFuture(let seconds):
            RefusalWords("Der Webhook wurde laut Signatur erst in \(seconds) Sekunden signiert.", hint: Self.germanClock)
        }
    }

    private static let germanClock = "Prüfen Sie die Uhr dieses Rechners; Stripe signiert jede Zustellung neu."
}
