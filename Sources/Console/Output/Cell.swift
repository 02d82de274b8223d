import CSV
import Ledger

/// One value in a table or record.
package enum Cell: Sendable, Hashable {
    case text(String)
    case integer(Int64)
    case money(Money)
    case day(Day)
    case month(Month)
    case instant(Instant)
    /// Hexadecimal; people see its beginning.
    case hash(String)
    case flag(Bool)
    case missing

    /// `nil` becomes `.missing`: `.of(hold.captureBefore, Cell.instant)`.
    package static func of<Value>(_ value: Value?, _ make: (Value) -> Cell) -> Cell { value.map(make) ?? .missing }

    /// For people.
    var shown: String {
        switch self {
        case .text(let text): printable(text)
        case .integer(let number): "\(number)"
        case .money(let money): money.description
        case .day(let day): day.description
        case .month(let month): month.description
        case .instant(let instant): instant.description
        case .hash(let hash): hash.count > 12 ? hash.prefix(12) + "…" : hash
        case .flag(let flag): flag ? "yes" : "no"
        case .missing: "-"
        }
    }

    /// A JSON value. Amounts are integers in minor units.
    var json: String {
        switch self {
        case .text(let text), .hash(let text): jsonString(text)
        case .integer(let number): "\(number)"
        case .money(let money): "\(money.minorUnits)"
        case .day, .month, .instant: jsonString(shown)
        case .flag(let flag): flag ? "true" : "false"
        case .missing: "null"
        }
    }

    /// A CSV field. Amounts have a decimal point, and nothing that a spreadsheet would run as a formula is left at
    /// the start of a text; see OWASP, "CSV Injection".
    var csv: String {
        switch self {
        case .text(let text):
            CSVField.text(text)
        case .money(let money): money.plain
        case .hash(let hash): CSVField.number(hash)
        case .flag(let flag): flag ? "true" : "false"
        case .missing: ""
        case .integer, .day, .month, .instant: shown
        }
    }

    var currency: Currency? {
        if case .money(let money) = self { money.currency } else { nil }
    }
}

/// - Source: RFC 8259, section 7.
func jsonString(_ text: String) -> String {
    var json = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": json += "\\\""
        case "\\": json += "\\\\"
        case "\n": json += "\\n"
        case "\r": json += "\\r"
        case "\t": json += "\\t"
        case "\u{00}"..<"\u{20}", "\u{7F}":
            let digits = String(scalar.value, radix: 16)
            json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: json.unicodeScalars.append(scalar)
        }
    }
    return json + "\""
}

/// One object. All amounts of it in one currency: that is told once, as `currency`.
func jsonObject(_ members: [(key: String, cell: Cell)], nested: [(key: String, json: String)] = []) -> String {
    var parts = members.map { "\(jsonString($0.key)):\($0.cell.json)" }
    if let currency = onlyCurrency(of: members.map(\.cell)), !members.contains(where: { $0.key == "currency" }) {
        parts.append("\"currency\":\(jsonString(currency.code))")
    }
    return "{" + (parts + nested.map { "\(jsonString($0.key)):\($0.json)" }).joined(separator: ",") + "}"
}

func onlyCurrency(of cells: [Cell]) -> Currency? {
    let currencies = Set(cells.compactMap(\.currency))
    return currencies.count == 1 ? currencies.first : nil
}
