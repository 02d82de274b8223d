/// How people and spreadsheets write tax rates.
extension TaxRate {
    /// Reads `7`, `19,00`, `7.5 %`, `none`, `ohne` and a dash; `nil` for anything else.
    package init?(reading text: String) {
        let words = String(text.filter { !$0.isWhitespace }).lowercased()
        if ["none", "notax", "ohne", "ohnesteuer", "keine", "steuerfrei", "-", "–"].contains(words) {
            self = .none
            return
        }
        var digits = words.hasSuffix("%") ? words.dropLast() : words[...]
        // A spreadsheet may give every number two decimals, or more.
        if let mark = digits.firstIndex(where: { $0 == "." || $0 == "," }) {
            let decimals = digits[digits.index(after: mark)...]
            if !decimals.isEmpty, decimals.allSatisfy({ $0 == "0" }) { digits = digits[..<mark] }
        }
        self.init(String(digits))
    }
}
