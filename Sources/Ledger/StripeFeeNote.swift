/// How the tenant treats the VAT of Stripe's fees, which Stripe bills from Ireland without it: the tenant's adviser decides.
package enum StripeFeeTreatment: String, Sendable, CaseIterable {
    /// The tenant owes the tax itself (§ 13b UStG).
    case reverseCharge = "reverse_charge"
    /// A financial service that is exempt (§ 4 no. 8 UStG).
    case exempt

    /// What the statement says of it where the tenant has no words of its own.
    package var words: Phrase {
        switch self {
        case .reverseCharge:
            Phrase(
                "Stripe's fees: reverse charge, the recipient owes the VAT (§ 13b UStG).",
                "Stripe-Gebühren: Steuerschuldnerschaft des Leistungsempfängers (§ 13b UStG).")
        case .exempt:
            Phrase(
                "Stripe's fees: exempt from VAT (§ 4 no. 8 UStG).", "Stripe-Gebühren: umsatzsteuerfrei (§ 4 Nr. 8 UStG).")
        }
    }
}

/// What the tenant has said of Stripe's fees, from a month on.
package struct StripeFeeNote: Hashable, Sendable {
    /// The first month that it is about.
    package let from: Month
    /// How the tax is treated.
    package let treatment: StripeFeeTreatment
    /// The tenant's own words for the statement; `nil` for the usual ones.
    package let words: String?

    package init(from: Month, treatment: StripeFeeTreatment, words: String?) {
        self.from = from
        self.treatment = treatment
        self.words = words
    }

    /// What the statement prints.
    package var phrase: Phrase { words.map { Phrase($0, $0) } ?? treatment.words }
}

/// Disputes of a month: how many, and of how much.
package struct DisputeCounts: Hashable, Sendable {
    /// What became of them in the month. The words are what programs see.
    package enum Turn: String, Sendable, CaseIterable { case opened, won, lost }

    /// Of one turn.
    package struct Count: Hashable, Sendable {
        /// What became of them.
        package let turn: Turn
        /// How many.
        package let count: Int64
        /// The sum of what was contested.
        package let amount: Money

        package init(turn: Turn, count: Int64, amount: Money) {
            self.turn = turn
            self.count = count
            self.amount = amount
        }
    }

    /// One of each turn, in order. Inquiries are not counted: no money has moved.
    package let counts: [Count]

    package init(counts: [Count]) { self.counts = counts }

    /// None of any.
    package init(noneIn currency: Currency) {
        counts = Turn.allCases.map { Count(turn: $0, count: 0, amount: .zero(currency)) }
    }
}
