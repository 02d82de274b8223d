import Ledger

extension AmountRefusal {
    package var german: RefusalWords {
        switch self {
        case .negative(let money):
            RefusalWords(
                "Der Betrag \(money.text(in: .german)) liegt unter null.",
                hint: "Geben Sie ihn ohne Minuszeichen an: Der Befehl bestimmt, wohin das Geld geht.")
        case .zero: RefusalWords("Der Betrag ist null.", hint: "Geben Sie einen Betrag über null an.")
        }
    }
}

extension CSVRefusal {
    package var german: RefusalWords {
        if case .file(let refusal) = self { refusal.german } else { RefusalWords(germanMessage, hint: germanHint) }
    }

    private var germanMessage: String {
        switch self {
        case .file(let refusal): refusal.german.message
        case .noHeader: "Die Datei ist leer: Ihre erste Zeile muss die Spalten nennen."
        case .columnsMissing(let names, _):
            "In der ersten Zeile \(names.count == 1 ? "fehlt die Spalte" : "fehlen die Spalten") \(listed(names, conjunction: "und"))."
        case .columnTwice(let name): "Die erste Zeile nennt die Spalte \(name) zweimal."
        case .fieldCount(let line, let found, let expected):
            "Zeile \(line) hat \(found) \(found == 1 ? "Feld" : "Felder"), die erste Zeile nennt \(expected)."
        case .strayQuote(let line): "Zeile \(line) hat ein Anführungszeichen, wo keines stehen darf."
        case .openQuote(let line): "Das Anführungszeichen in Zeile \(line) wird nicht geschlossen."
        case .notUTF8(let line): "Zeile \(line) ist kein Text in UTF-8."
        case .tooLong(let line): "Der Datensatz, der in Zeile \(line) beginnt, ist zu lang für eine einzige Zeile der Tabelle."
        }
    }

    private var germanHint: String? {
        switch self {
        case .file(let refusal): refusal.german.hint
        case .columnsMissing(_, let found): "Sie nennt: \(found.joined(separator: ", "))."
        case .noHeader, .columnTwice: "Vergleichen Sie sie mit einer neu exportierten Datei."
        case .fieldCount: "Steht ein Komma in einem Feld, gehört das Feld in Anführungszeichen."
        case .strayQuote, .openQuote, .tooLong:
            "Setzen Sie das ganze Feld in Anführungszeichen und verdoppeln Sie die, die darin vorkommen."
        case .notUTF8: "Exportieren Sie die Datei noch einmal in UTF-8."
        }
    }
}

extension FileRefusal {
    package var german: RefusalWords {
        switch self {
        case .notFound(let path): RefusalWords("Es gibt keine Datei „\(path)“.", hint: Self.germanPath)
        case .directory(let path): RefusalWords("„\(path)“ ist ein Ordner und keine Datei.", hint: Self.germanPath)
        case .notReadable(let path):
            RefusalWords("Die Datei „\(path)“ lässt sich nicht lesen.", hint: "Prüfen Sie, ob Sie sie lesen dürfen (ls -l).")
        case .empty(let path): RefusalWords("Die Datei „\(path)“ ist leer.", hint: Self.germanContent)
        case .notText(let path): RefusalWords("Die Datei „\(path)“ enthält keinen Text.", hint: Self.germanContent)
        case .notOneWord(let path): RefusalWords("Die Datei „\(path)“ enthält mehr als das Geheimnis.", hint: Self.germanContent)
        case .openToOthers(let path):
            RefusalWords(
                "Die Datei „\(path)“ ist für andere lesbar oder schreibbar und gehört jemand anderem.",
                hint: "Lassen Sie ihren Besitzer `chmod 600 \(path)` ausführen, oder führen Sie das Programm als ihr Besitzer aus.")
        }
    }

    private static let germanPath = "Prüfen Sie den Pfad; er zählt vom aktuellen Ordner aus."
    private static let germanContent = "Schreiben Sie in die Datei, was verlangt ist, und sonst nichts."
}

extension OutputError {
    package var german: RefusalWords {
        RefusalWords(
            "Das Ergebnis konnte nicht geschrieben werden: \(reason).",
            hint: "Was getan ist, ist getan und gespeichert. Schaffen Sie Platz und fordern Sie das Ergebnis noch einmal an.")
    }
}
