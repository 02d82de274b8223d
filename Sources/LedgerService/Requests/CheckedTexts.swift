import Ledger

/// - Parameter what: What it is, as a sentence begins with it.
/// - Throws: `ServiceRefusal.textInvalid` unless the text is on one line with something visible in it; `.textTooLong`.
func checkLine(_ text: String, _ what: Phrase, most: Int) throws {
    // Counted as JSON Schema and SQLite count: one emoji is several of these.
    guard text.utf8.count <= 4 * most, text.unicodeScalars.count <= most else { throw ServiceRefusal.textTooLong(what, most) }
    guard text.isOneVisibleLine else { throw ServiceRefusal.textInvalid(what) }
}

/// - Throws: `ServiceRefusal.reasonMissing`, and what `checkLine` throws.
func checkReason(_ reason: String) throws {
    guard !reason.allSatisfy(\.isWhitespace) else { throw ServiceRefusal.reasonMissing }
    try checkLine(reason, Phrase("The reason", "Der Grund"), most: 500)
}

/// - Throws: `ServiceRefusal.tenantNameMissing`, and what `checkLine` throws.
func checkTenantName(_ name: String) throws {
    guard !name.allSatisfy(\.isWhitespace) else { throw ServiceRefusal.tenantNameMissing }
    try checkLine(name, Phrase("The tenant's name", "Der Name des Mandanten"), most: 200)
}

/// - Throws: `LineRefusal.emptyDescription`, and what `checkLine` throws.
func checkDescription(_ description: String) throws {
    guard !description.allSatisfy(\.isWhitespace) else { throw LineRefusal.emptyDescription }
    try checkLine(description, Phrase("The description", "Die Bezeichnung"), most: 200)
}
