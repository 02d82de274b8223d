/// Money on its way from the balance at Stripe to the tenant's bank.
package struct Payout: Hashable, Sendable {
    /// Stripe's: `po_…`.
    package let id: String
    /// What the bank gets; Stripe's `amount`.
    package let amount: Money
    /// As Stripe names it: `paid`.
    package let state: String
    /// When the bank has it.
    package let arrivalDate: Day
    /// Whether Stripe's schedule made it.
    package let automatic: Bool
    package let created: Instant
    /// Whether Stripe can list what is in it, in Stripe's word: `completed`; `nil` where Stripe does not say.
    package let reconciliation: String?
    /// When what is in it was read, and added up; `nil` before.
    package let itemised: Instant?

    package init(
        id: String, amount: Money, state: String, arrivalDate: Day, automatic: Bool, created: Instant, reconciliation: String? = nil,
        itemised: Instant? = nil
    ) {
        self.id = id
        self.amount = amount
        self.state = state
        self.arrivalDate = arrivalDate
        self.automatic = automatic
        self.created = created
        self.reconciliation = reconciliation
        self.itemised = itemised
    }

    /// How much is known of what is in it. The words are what programs see.
    package enum Breakdown: String, Sendable, CaseIterable {
        /// Its movements are known, and add up to it.
        case itemised
        /// Stripe has not said yet what is in it.
        case awaited
        /// It was made by hand: Stripe cannot say what is in it.
        case notItemised = "not_itemised"
    }

    /// How much is known of what is in it.
    package var breakdown: Breakdown { !automatic ? .notItemised : itemised == nil ? .awaited : .itemised }

    /// Whether Stripe lists what is in it, and that has not been read.
    package var isToBeItemised: Bool { automatic && reconciliation == "completed" && itemised == nil }
}

/// A movement on the balance with what these books know of it: whose payment it is, and in which payout it went to the bank.
package struct BookedMovement: Hashable, Sendable {
    /// As Stripe lists it.
    package let movement: BalanceMovement
    /// The reference of the folio of the payment that it belongs to; `nil` where it belongs to none.
    package let folio: String?
    /// The guest's name; `nil` likewise.
    package let guest: String?
    /// The payment's number on the folio; `nil` likewise, and while only its hold is known.
    package let payment: Int64?
    /// The last four digits of the card.
    package let last4: String?
    /// The automatic payout that it went to the bank in, `po_…`; `nil` while it is in none that is itemised.
    package let payout: String?
    /// The month whose statement it belongs to.
    package let month: Month
    /// Whether that is a later one than its own, which was closed when it became known.
    package let isLate: Bool
    /// The day on which the balance changed, in the tenant's time zone.
    package let day: Day

    package init(
        movement: BalanceMovement, folio: String?, guest: String?, payment: Int64?, last4: String?, payout: String?, month: Month,
        isLate: Bool, day: Day
    ) {
        self.day = day
        self.movement = movement
        self.folio = folio
        self.guest = guest
        self.payment = payment
        self.last4 = last4
        self.payout = payout
        self.month = month
        self.isLate = isLate
    }
}

/// Movements of one kind in a payout.
package struct PayoutSum: Hashable, Sendable {
    /// What they are.
    package let kind: BalanceMovement.Kind
    /// How many.
    package let count: Int64
    /// Before Stripe's fees, as the balance saw them.
    package let amount: Money
    /// What Stripe kept of them.
    package let fee: Money

    package init(kind: BalanceMovement.Kind, count: Int64, amount: Money, fee: Money) {
        self.kind = kind
        self.count = count
        self.amount = amount
        self.fee = fee
    }

    /// Sums by kind, in the order of the kinds.
    ///
    /// - Throws: `MoneyError.overflow`.
    package static func byKind(_ movements: [BookedMovement], in currency: Currency) throws(MoneyError) -> [PayoutSum] {
        var sums: [PayoutSum] = []
        for kind in BalanceMovement.Kind.allCases {
            let of = movements.map(\.movement).filter { $0.kind == kind }
            guard !of.isEmpty else { continue }
            sums.append(
                PayoutSum(
                    kind: kind, count: Int64(of.count), amount: try Money.sum(of.map(\.amount), in: currency),
                    fee: try Money.sum(of.map(\.fee), in: currency)))
        }
        return sums
    }
}

extension Payout.Breakdown {
    /// As people read it.
    package var words: Phrase {
        switch self {
        case .itemised: Phrase("itemised", "aufgeschlüsselt")
        case .awaited: Phrase("not itemised by Stripe yet", "von Stripe noch nicht aufgeschlüsselt")
        case .notItemised: Phrase("not itemised by Stripe", "von Stripe nicht aufgeschlüsselt")
        }
    }
}
