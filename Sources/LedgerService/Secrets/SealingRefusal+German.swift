import Ledger

extension SealingRefusal {
    package var german: RefusalWords {
        switch self {
        case .wrongKey(let tenant):
            RefusalWords(
                "Die Stripe-Schlüssel des Mandanten „\(tenant)“ lassen sich mit dieser Schlüsseldatei nicht öffnen.",
                hint: nil)
        }
    }
}
