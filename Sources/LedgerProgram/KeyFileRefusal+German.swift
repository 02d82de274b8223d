import Ledger

extension KeyFileRefusal {
    package var german: RefusalWords {
        switch self {
        case .missing(let path):
            RefusalWords(
                "Die Schlüsseldatei \(path) fehlt, und ohne sie bleiben die Stripe-Schlüssel der Mandanten versiegelt.",
                hint: nil)
        case .openToOthers(let path):
            RefusalWords("Die Schlüsseldatei \(path) kann nicht nur von ihrem Besitzer gelesen werden.", hint: nil)
        case .unreadable(let path):
            RefusalWords(
                "\(path) ist keine Schlüsseldatei.",
                hint: "Sie enthält je Zeile einen Schlüssel aus 64 hexadezimalen Ziffern. Spielen Sie sie aus ihrer Sicherung zurück.")
        case .notReadable(let path):
            RefusalWords("Dieses Programm darf die Schlüsseldatei \(path) nicht lesen.", hint: nil)
        case .link(let path):
            RefusalWords(
                "Die Schlüsseldatei \(path) ist ein symbolischer Link.",
                hint: "Legen Sie die Datei selbst dorthin, oder nennen Sie mit LEDGER_KEY_FILE die Datei, auf die er zeigt.")
        case .cannotWrite(let path, let why):
            RefusalWords(
                "Die Schlüsseldatei \(path) konnte nicht geschrieben werden: \(why).",
                hint: "Schaffen Sie Platz oder wählen Sie mit LEDGER_KEY_FILE einen anderen Ort.")
        }
    }
}
