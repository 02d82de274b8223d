import Ledger

extension TextRule {
    /// - Parameter missing: What is said of an empty text, or one of blanks; `nil` for no more than of another wrong one.
    /// - Throws: `missing`; `ServiceRefusal.textTooLong`, `.textInvalid` for what the rule does not take.
    func check(_ text: String, orMissing missing: (any Refusal)? = nil) throws {
        if let missing, text.allSatisfy(\.isWhitespace) { throw missing }
        guard !isTooLong(text) else { throw ServiceRefusal.textTooLong(name, length.upperBound) }
        guard takes(text) else { throw ServiceRefusal.textInvalid(name) }
    }
}

/// - Throws: `ServiceRefusal.reasonMissing`, `.textTooLong`, `.textInvalid`.
func checkReason(_ reason: String) throws { try TextRule.reason.check(reason, orMissing: ServiceRefusal.reasonMissing) }

/// - Throws: `ServiceRefusal.tenantNameMissing`, `.textTooLong`, `.textInvalid`.
func checkTenantName(_ name: String) throws { try TextRule.tenantName.check(name, orMissing: ServiceRefusal.tenantNameMissing) }

extension LineTerms {
    /// The texts among them, of a line and of an item.
    ///
    /// - Throws: `LineRefusal.emptyDescription`; `ServiceRefusal.textTooLong`, `.textInvalid`.
    func checkTexts() throws {
        try TextRule.lineDescription.check(description, orMissing: LineRefusal.emptyDescription)
    }
}
