/// How people and spreadsheets write tax rates.
extension TaxRate {
    /// Reads `7`, `19,00`, `7.5 %`, `none`, `ohne` and a dash; `nil` for anything else.
    package init?(reading text: String) {
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
        if ["none", "no tax", "ohne", "ohne steuer", "keine", "steuerfrei", "-", "–"].contains(words) {
            self = .none
            return
        }
        var digits = words[...]
        if digits.hasSuffix("%") { digits = digits.dropLast() }
        if digits.hasSuffix(" ") { digits = digits.dropLast() }
        // A spreadsheet may give every number two decimals, or more.
        if let mark = digits.firstIndex(where: { $0 == "." || $0 == "," }) {
            let decimals = digits[digits.index(after: mark)...]
            if !decimals.isEmpty, decimals.allSatisfy({ $0 == "0" }) { digits = digits[..<mark] }
        }
        self.init(String(digits))
    }
}
