/// What a guest gets at the end: number, total, tax per rate.
package struct Document: Hashable, Sendable {
    /// Gapless per tenant and year: `2026-000417`.
    package let number: String
    /// The sum over all rates, tax included.
    package let gross: Money
    /// By rate, the lowest first.
    package let taxes: [TaxTotal]
    /// By the books' clock. Decides the letterhead and the year in the number.
    package let issuedAt: Instant

    package init(number: String, gross: Money, taxes: [TaxTotal], issuedAt: Instant) {
        self.number = number
        self.gross = gross
        self.taxes = taxes
        self.issuedAt = issuedAt
    }
}
