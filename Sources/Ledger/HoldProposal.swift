/// What is proposed to be held for a stay whose booking gives a nightly rate and no amount, and how it came about. Kept with the folio.
package struct HoldProposal: Hashable, Sendable {
    /// At least 1: see `nights(from:to:)`.
    package let nights: Int64
    /// Gross, of all rooms.
    package let nightlyRate: Money
    /// Of a night, for all guests.
    package let visitorTax: Money
    /// What the guests are expected to consume in a night, as the tenant had set it.
    package let extrasPerNight: Money
    /// The three together.
    package let perNight: Money
    /// Of all nights: the amount of the booking.
    package let total: Money

    /// - Throws: `MoneyError.overflow`, `.currencyMismatch`.
    package init(nights: Int64, nightlyRate: Money, visitorTax: Money, extrasPerNight: Money) throws(MoneyError) {
        self.nights = nights
        self.nightlyRate = nightlyRate
        self.visitorTax = visitorTax
        self.extrasPerNight = extrasPerNight
        perNight = try nightlyRate.adding(visitorTax).adding(extrasPerNight)
        total = try perNight.times(nights)
    }

    /// A stay of a single day is charged as a night: the room cannot be let to others.
    package static func nights(from arrival: Day, to departure: Day) -> Int64 { Int64(max(1, arrival.days(until: departure))) }
}

extension HoldProposal {
    /// How many more nights fit into what is held and paid ahead, beyond what is due so far.
    ///
    /// - Returns: `nil` where a night costs nothing.
    package func nightsCovered(by totals: FolioTotals) -> Int64? {
        perNight.isPositive ? totals.left.minorUnits / perNight.minorUnits : nil
    }

    /// How it came about: `3 nights × (€100.00 rate + €3.50 visitor's tax + €15.00 expected extras) = €355.50`.
    package var phrase: Phrase {
        let parts: [(Money, Phrase)] = [
            (nightlyRate, Phrase("rate", "Zimmerpreis")), (visitorTax, Category.visitorsTax.phrase),
            (extrasPerNight, Phrase("expected extras", "erwartete Zusatzleistungen")),
        ]
        func words(_ language: Language) -> String {
            let sum = parts.filter { !$0.0.isZero }.map { "\($0.text(in: language)) \($1.text(in: language))" }.joined(separator: " + ")
            let count = nights == 1 ? Phrase("1 night", "1 Nacht") : Phrase("\(nights) nights", "\(nights) Nächte")
            return "\(count.text(in: language)) × (\(sum.isEmpty ? perNight.text(in: language) : sum)) = \(total.text(in: language))"
        }
        return Phrase(words(.english), words(.german))
    }
}

extension Folio {
    /// How many more nights the cover carries; `nil` where nothing says what a night costs, or the folio is closed.
    package func nightsCovered(by totals: FolioTotals) -> Int64? {
        state.isClosed ? nil : proposal?.nightsCovered(by: totals)
    }
}
