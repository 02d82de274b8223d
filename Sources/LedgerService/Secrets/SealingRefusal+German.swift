import Ledger

extension SealingRefusal {
    package var german: RefusalWords {
        switch self {
        case .wrongKey(let tenant):
            RefusalWords(
                "Die Stripe-Schlüssel des Mandanten „\(tenant)“ lassen sich mit dieser Schlüsseldatei nicht öffnen.",
                hint: "Geben Sie die Schlüsseldatei an, die zu diesem Ledger gehört (LEDGER_KEY_FILE), "
                    + "oder hinterlegen Sie die Schlüssel mit `tenant stripe` neu.")
        }
    }
}
