import JSON

extension TestCard {
    /// Cards for tests of fraud prevention.
    ///
    /// - Source: Stripe's page "Testing", fraud prevention.
    static let risky: [TestCard] = [
        TestCard(number: "4000000000004954", name: "riskLevelHighest", riskLevel: "highest"),
        TestCard(number: "4000000000009235", name: "riskLevelElevated", riskLevel: "elevated"),
        TestCard(number: "4000000000000101", name: "cvcCheckFail", failingChecks: ["cvc_check"]),
        TestCard(number: "4000000000000036", name: "avsZipFail", failingChecks: ["address_postal_code_check"]),
        TestCard(number: "4000000000000028", name: "avsLine1Fail", failingChecks: ["address_line1_check"]),
        TestCard(
            number: "4000000000000010", name: "avsFail", failingChecks: ["address_line1_check", "address_postal_code_check"]),
        TestCard(number: "4000000000000044", name: "avsUnchecked", checksNoAddress: true),
        TestCard(number: "4000058400307872", name: "cvcCheckFailElevatedRisk", riskLevel: "elevated", failingChecks: ["cvc_check"]),
        TestCard(
            number: "4000058400306072", name: "avsZipFailElevatedRisk", riskLevel: "elevated",
            failingChecks: ["address_postal_code_check"]),
    ]
}

extension PaymentMethod {
    /// What the issuer says of what was entered with the card: null for what nobody entered.
    func checks(of card: TestCard) -> JSON {
        let address = billingDetails["address"] ?? .null
        func result(_ name: String, isGiven: Bool) -> JSON {
            if card.failingChecks.contains(name) { return "fail" }
            guard isGiven else { return .null }
            return card.checksNoAddress && name != "cvc_check" ? "unavailable" : "pass"
        }
        return .object([
            ("address_line1_check", result("address_line1_check", isGiven: address["line1"]?.textValue != nil)),
            ("address_postal_code_check", result("address_postal_code_check", isGiven: address["postal_code"]?.textValue != nil)),
            ("cvc_check", hasCheckedCVC && card.decline == .incorrectCVC ? "fail" : result("cvc_check", isGiven: hasCheckedCVC)),
        ])
    }
}
