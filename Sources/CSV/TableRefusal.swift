import Ledger

/// What is wrong with a table file, and where. Lines are counted from 1.
package enum TableRefusal: Refusal, Equatable {
    /// A spreadsheet's own file.
    case workbook
    case notText(line: Int)
    case encodingUnknown(line: Int)
    /// Text that was read in a wrong encoding before: `Ã¤`.
    case mangled(line: Int)
    case fileTooLarge
    case separatorUnknown(String)
    case noHeader
    case columnsMissing([TableColumn], found: [String])
    case columnTwice(String)
    case columnUnknown(String, known: [TableColumn])
    /// Text below a column that the first row does not name.
    case columnUnnamed(line: Int)
    case fieldCount(line: Int, found: Int, expected: Int)
    case strayQuote(line: Int)
    case openQuote(line: Int)
    case tooLong(line: Int)

    /// `csv_invalid`.
    package var code: String { "csv_invalid" }

    package var message: String {
        switch self {
        case .workbook: "The file is a workbook or another document, not a table in text."
        case .notText(let line): "Line \(line) is not text."
        case .encodingUnknown(let line): "Line \(line) is neither UTF-8 nor UTF-16 nor Windows-1252 text."
        case .mangled(let line): "Line \(line) has letters that a program has mangled, such as \"Ã¤\" for \"ä\"."
        case .fileTooLarge: "The file is larger than \(TableReader.largest >> 20) MiB."
        case .separatorUnknown(let text): "The first line names \"\(text)\" as the separator."
        case .noHeader: "The file is empty: its first line must name the columns."
        case .columnsMissing(let columns, _):
            "The first line does not name the column\(columns.count == 1 ? "" : "s") \(Self.list(columns.map(\.name), "and"))."
        case .columnTwice(let name): "The first line names the column \(name) twice."
        case .columnUnknown(let name, _): "There is no column \(name) in a file of this kind."
        case .columnUnnamed(let line): "Line \(line) has text in a column without a name."
        case .fieldCount(let line, let found, let expected):
            "Line \(line) has \(found) field\(found == 1 ? "" : "s"), but the first line names \(expected)."
        case .strayQuote(let line): "Line \(line) has a quotation mark where none is allowed."
        case .openQuote(let line): "The quotation mark in line \(line) is never closed."
        case .tooLong(let line): "The row that begins in line \(line) is too long for one row."
        }
    }

    package var hint: String? {
        switch self {
        case .columnUnknown(let name, _) where Self.isWholeRow(name): Self.wholeRow.english
        case .columnsMissing(_, let found) where found.contains(where: Self.isWholeRow): Self.wholeRow.english
        case .workbook: "In the spreadsheet, save it as \"CSV UTF-8\"."
        case .notText, .encodingUnknown, .mangled: "Export the file again as \"CSV UTF-8\"."
        case .fileTooLarge: "Split it into several files."
        case .separatorUnknown: "Separate the fields by comma, semicolon or tab."
        case .noHeader, .columnTwice: "Compare it with a freshly exported file."
        case .columnsMissing(_, let found): "It names: \(found.joined(separator: ", ")). Add the missing ones there."
        case .columnUnknown(_, let known):
            "Remove or correct it; the first row must be the names of the columns. The columns are: \(known.map(\.name).joined(separator: ", "))."
        case .columnUnnamed: "Name the column in the first line, or empty the field."
        case .fieldCount(_, let found, let expected):
            found < expected
                ? "Write every field, also empty ones at the end of a row."
                : "A comma inside a field, such as a decimal comma, needs quotation marks around the field."
        case .strayQuote, .openQuote, .tooLong: "Put quotation marks around the whole field, and double those inside it."
        }
    }

    package var german: RefusalWords {
        switch self {
        case .columnUnknown(let name, _) where Self.isWholeRow(name):
            RefusalWords("Die erste Zeile ist ein einziges Feld.", hint: Self.wholeRow.german)
        case .workbook:
            RefusalWords(
                "Die Datei ist eine Arbeitsmappe oder ein anderes Dokument und keine Texttabelle.",
                hint: "Speichern Sie sie als „CSV UTF-8“.")
        case .notText(let line): RefusalWords("Zeile \(line) ist kein Text.", hint: Self.exportAgain)
        case .encodingUnknown(let line):
            RefusalWords("Zeile \(line) ist weder UTF-8 noch UTF-16 noch Windows-1252.", hint: Self.exportAgain)
        case .mangled(let line):
            RefusalWords("Zeile \(line) hat Buchstaben, die ein Programm verstümmelt hat, etwa „Ã¤“ statt „ä“.", hint: Self.exportAgain)
        case .fileTooLarge:
            RefusalWords("Die Datei ist größer als \(TableReader.largest >> 20) MiB.", hint: "Teilen Sie sie in mehrere Dateien.")
        case .separatorUnknown(let text):
            RefusalWords(
                "Die erste Zeile nennt „\(text)“ als Trennzeichen.", hint: "Trennen Sie die Felder durch Komma, Semikolon oder Tabulator.")
        case .noHeader:
            RefusalWords("Die Datei ist leer: Die erste Zeile muss die Spalten nennen.", hint: Self.compareExport)
        case .columnsMissing(let columns, let found):
            RefusalWords(
                "In der ersten Zeile fehlt \(Self.list(columns.map(\.german), "und")).",
                hint: "Sie nennt: \(found.joined(separator: ", ")). Ergänzen Sie dort, was fehlt.")
        case .columnTwice(let name): RefusalWords("Die erste Zeile nennt die Spalte \(name) zweimal.", hint: Self.compareExport)
        case .columnUnknown(let name, let known):
            RefusalWords(
                "Eine Spalte \(name) gibt es in einer solchen Datei nicht.",
                hint:
                    "Entfernen oder berichtigen Sie sie; die erste Zeile muss die Namen der Spalten enthalten. Es gibt: \(known.map(\.german).joined(separator: ", "))."
            )
        case .columnUnnamed(let line):
            RefusalWords(
                "Zeile \(line) hat Text in einer Spalte ohne Namen.",
                hint: "Benennen Sie die Spalte in der ersten Zeile, oder leeren Sie das Feld.")
        case .fieldCount(let line, let found, let expected):
            RefusalWords(
                "Zeile \(line) hat \(found) \(found == 1 ? "Feld" : "Felder"), die erste Zeile nennt \(expected).",
                hint: found < expected
                    ? "Schreiben Sie jedes Feld, auch leere am Ende einer Zeile."
                    : "Ein Komma in einem Feld, etwa ein Dezimalkomma, braucht Anführungszeichen um das Feld.")
        case .strayQuote(let line):
            RefusalWords("Zeile \(line) hat ein Anführungszeichen, wo keines stehen darf.", hint: Self.quoteWhole)
        case .openQuote(let line):
            RefusalWords("Das Anführungszeichen in Zeile \(line) wird nicht geschlossen.", hint: Self.quoteWhole)
        case .tooLong(let line): RefusalWords("Was in Zeile \(line) beginnt, ist zu lang für eine Zeile.", hint: Self.quoteWhole)
        }
    }

    /// Whether a whole row stands in one field: separated by something else, or wrapped by a spreadsheet.
    private static func isWholeRow(_ name: String) -> Bool { name.contains { ",;\t|".contains($0) } }
    private static let wholeRow = Phrase(
        "The whole first row is one field. Separate the fields by comma, semicolon or tab, each in a cell of its own.",
        "Die ganze erste Zeile steht in einem Feld. Trennen Sie die Felder durch Komma, Semikolon oder Tabulator, jedes in einer Zelle.")
    private static let exportAgain = "Speichern Sie die Tabelle noch einmal als „CSV UTF-8“."
    private static let compareExport = "Vergleichen Sie sie mit einer frisch gespeicherten Datei."
    private static let quoteWhole = "Setzen Sie das ganze Feld in Anführungszeichen, und verdoppeln Sie die darin."

    private static func list(_ words: [String], _ conjunction: String) -> String {
        words.count > 1 ? words.dropLast().joined(separator: ", ") + " \(conjunction) \(words.last!)" : words.first ?? ""
    }
}
