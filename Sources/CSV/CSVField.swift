/// How a text stands in a CSV file, so that a program reads it back and a spreadsheet runs nothing of it.
package enum CSVField {
    /// What a spreadsheet takes for the beginning of a formula.
    static let formulaStarts = "=+-@\t\r".unicodeScalars

    /// In quotes where it needs them. A text that a spreadsheet would take for a formula gets an apostrophe in front.
    ///
    /// - Source: RFC 4180, section 2; OWASP, "CSV Injection".
    package static func text(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, formulaStarts.contains(first) else { return number(text) }
        return number("'" + text)
    }

    /// The same for what the program itself has written: figures, days, hexadecimal digits. A minus in front is a sign.
    package static func number(_ text: String) -> String {
        // Quotes, comma, semicolon, line ends: a German spreadsheet separates by semicolons.
        guard text.utf8.contains(where: { [0x22, 0x2C, 0x3B, 0x0A, 0x0D].contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    /// One line with its end.
    ///
    /// - Parameter fields: Made by `text` and `number`.
    package static func line(_ fields: [String], separator: String = ",") -> String { fields.joined(separator: separator) + "\r\n" }
}
