import Ledger

extension KeyFileRefusal {
    package var german: RefusalWords {
        switch self {
        case .missing(let path):
            RefusalWords(
                "Die Schlüsseldatei \(path) fehlt, und ohne sie bleiben die Stripe-Schlüssel der Mandanten versiegelt.",
                hint: "Spielen Sie die Datei aus ihrer Sicherung zurück, nennen Sie sie mit LEDGER_KEY_FILE "
                    + "oder hinterlegen Sie die Schlüssel mit `tenant stripe` neu.")
        case .openToOthers(let path):
            RefusalWords(
                "Die Schlüsseldatei \(path) kann nicht nur von ihrem Besitzer gelesen werden.",
                hint: "Führen Sie `chmod 600 \(path)` aus und erwägen Sie `soferu-ledger key rotate`.")
        case .unreadable(let path):
            RefusalWords(
                "\(path) ist keine Schlüsseldatei.",
                hint: "Sie enthält je Zeile einen Schlüssel aus 64 hexadezimalen Ziffern. Spielen Sie sie aus ihrer Sicherung zurück.")
        case .notReadable(let path):
            RefusalWords(
                "Dieses Programm darf die Schlüsseldatei \(path) nicht lesen.",
                hint: "Geben Sie sie dem Benutzer, unter dem es läuft: `chown` und `chmod 600 \(path)`.")
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
