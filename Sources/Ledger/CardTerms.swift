/// What the guest of a saved card has agreed to beside the bill, in numbers. `Consent` puts them into words.
package struct CardTerms: Hashable, Sendable {
    /// What the card may be charged for after departure.
    package struct Late: Hashable, Sendable {
        /// Until so many days after departure: above 0.
        package let days: Int
        /// Among `Category.consumption`; never empty.
        package let categories: Set<Category>

        /// - Returns: `nil` for no days or no categories: then nothing may be charged late.
        package init?(days: Int, categories: Set<Category>) {
            guard days > 0, !categories.isEmpty else { return nil }
            self.days = days
            self.categories = categories
        }
    }

    /// What holds without the guest may come to in all, above zero; `nil` for none.
    package var ceiling: Money?
    /// `nil` for no late charges.
    package var late: Late?

    /// Without more, the bill alone.
    package init(ceiling: Money? = nil, late: Late? = nil) {
        self.ceiling = ceiling.flatMap { $0.isPositive ? $0 : nil }
        self.late = late
    }

    /// Whether holds without the guest may come to so much in all.
    package func allows(_ held: Money) -> Bool {
        !held.isPositive || ceiling.map { $0.currency == held.currency && held.minorUnits <= $0.minorUnits } ?? false
    }
}

extension Tenant {
    /// What the guest of a stay is asked to agree to with a card.
    ///
    /// - Parameters:
    ///   - held: What is to be held for the stay; zero where nothing is, because it costs nothing at booking or is paid at once. Then holds
    ///     can only be for what guests are expected to consume.
    ///   - ceiling: What the booking itself names; zero for no hold without the guest.
    package func cardTerms(of folio: Folio, holding held: Money, ceiling: Money? = nil) -> CardTerms {
        let expected =
            held.isPositive
            ? Int128(held.minorUnits)
            : Int128(settings.extrasPerNight) * Int128(HoldProposal.nights(from: folio.arrival, to: folio.departure))
        let units = min(expected * Int128(settings.ceilingPercent) / 100, Int128(Money.largest))
        return CardTerms(
            ceiling: ceiling ?? Money(minorUnits: Int64(units), currency: currency),
            late: CardTerms.Late(days: settings.lateChargeDays, categories: settings.lateChargeCategories))
    }
}
