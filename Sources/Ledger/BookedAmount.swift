/// What a booking says is to be held or taken.
package enum BookedAmount: Hashable, Sendable {
    /// Zero for a stay that costs nothing at booking.
    case amount(Money)
    /// Nothing: what is held is proposed from what a night costs.
    case nights(rate: Money, visitorTax: Money)

    /// - Parameters:
    ///   - nightlyRate: Gross, of all rooms.
    ///   - visitorTax: Of a night, for all guests; only beside the rate.
    /// - Throws: `BookedAmountRefusal`.
    package init(amount: Money?, nightlyRate: Money?, visitorTax: Money?) throws(BookedAmountRefusal) {
        switch (amount, nightlyRate) {
        case (nil, nil): throw visitorTax == nil ? .missing : .taxAlone
        case (_?, _?): throw .both
        case (let amount?, nil):
            guard visitorTax == nil else { throw .taxAlone }
            self = .amount(amount)
        case (nil, let rate?): self = .nights(rate: rate, visitorTax: visitorTax ?? .zero(rate.currency))
        }
    }

    /// What to hold for the nights of a stay; `nil` where the booking gives the amount itself.
    ///
    /// - Throws: `BookedAmountRefusal.direct`: what is expected to be consumed is not taken ahead. `MoneyError`.
    package func proposal(from arrival: Day, to departure: Day, _ mode: Folio.Mode, extrasPerNight: Money) throws -> HoldProposal? {
        guard case .nights(let rate, let tax) = self else { return nil }
        guard mode == .reserved else { throw BookedAmountRefusal.direct }
        return try HoldProposal(
            nights: HoldProposal.nights(from: arrival, to: departure), nightlyRate: rate, visitorTax: tax, extrasPerNight: extrasPerNight)
    }
}

/// What cannot be an amount of a booking.
package enum BookedAmountRefusal: Refusal {
    /// Neither an amount nor a rate.
    case missing
    /// An amount and a rate.
    case both
    /// A visitor's tax without a rate.
    case taxAlone
    /// A rate for a payment that is taken at once.
    case direct

    package var code: String {
        switch self {
        case .missing: "amount_missing"
        case .both: "amount_and_rate"
        case .taxAlone: "visitor_tax_without_rate"
        case .direct: "rate_of_direct_payment"
        }
    }

    package var message: String {
        switch self {
        case .missing: "A booking needs an amount, or a nightly rate from which one is proposed."
        case .both: "A booking has either an amount or a nightly rate."
        case .taxAlone: "The visitor's tax of a night belongs to a nightly rate, and there is none."
        case .direct: "A nightly rate proposes what to hold, and a direct payment holds nothing."
        }
    }

    package var hint: String? {
        switch self {
        case .missing: "Give one of them; an amount of 0 only saves the card."
        case .both: "Leave one of them out: the amount is what is held, and a rate is multiplied by the nights."
        case .taxAlone: "Give the nightly rate as well, or an amount that includes the tax."
        case .direct: "Give the amount to take, or open the folio with a reserved payment."
        }
    }

    package var german: RefusalWords {
        switch self {
        case .missing:
            RefusalWords(
                "Eine Buchung braucht einen Betrag oder einen Preis pro Nacht, aus dem er vorgeschlagen wird.",
                hint: "Geben Sie eines von beiden an; mit dem Betrag 0 wird nur die Karte hinterlegt.")
        case .both:
            RefusalWords(
                "Eine Buchung hat entweder einen Betrag oder einen Preis pro Nacht.",
                hint: "Lassen Sie eines weg: Der Betrag wird so vorgemerkt, der Preis pro Nacht mit den Nächten malgenommen.")
        case .taxAlone:
            RefusalWords(
                "Die Kurtaxe einer Nacht gehört zu einem Preis pro Nacht, und der fehlt.",
                hint: "Geben Sie den Preis pro Nacht dazu an, oder einen Betrag, der die Kurtaxe enthält.")
        case .direct:
            RefusalWords(
                "Aus einem Preis pro Nacht wird vorgeschlagen, was vorgemerkt wird, und eine Direktzahlung merkt nichts vor.",
                hint: "Geben Sie den Betrag an, oder legen Sie das Gästekonto mit einer vorgemerkten Zahlung an.")
        }
    }
}
