extension Refund {
    /// What becomes of the bill when money goes back.
    package enum Bill: String, Sendable, CaseIterable {
        /// Unchanged, and nobody has decided whether the amount is charged again: it is set aside. Permanent on a closed folio.
        case unchanged
        /// Lowered by the refunded amount.
        case lowered
        /// It stays as it is, and the money is taken again.
        case chargeAgain = "charge_again"
    }

    /// What the person who refunds chooses for the bill of an open folio.
    package enum BillChoice: String, Sendable, CaseIterable { case lowered, unchanged }

    /// What is decided later about a bill that stayed as it was.
    package enum BillDecision: String, Sendable, CaseIterable {
        case lowered
        case chargeAgain = "charge_again"
    }

    /// Whether somebody still has to say what becomes of the bill. A refund that failed gave nothing back.
    package var isUndecided: Bool { bill == .unchanged && state != .failed }
}

extension Refund.Bill {
    /// As people read it on a badge beside the refund.
    package var phrase: Phrase {
        switch self {
        case .unchanged: Phrase("bill unchanged", "Forderung unverändert")
        case .lowered: Phrase("bill lowered", "Forderung gesenkt")
        case .chargeAgain: Phrase("to be charged again", "wird wieder eingezogen")
        }
    }
}

extension [LineItem] {
    /// New allowances that lower the bill by the refunded amount.
    ///
    /// By default the line with the largest remaining amount comes first, then the next: the guest complains about the biggest item, as a rule
    /// the room, and a bill with one allowance is read more easily than one with many. Tax that is passed through comes last: the hotel
    /// owes it to the town anyway.
    ///
    /// - Parameter line: The one line to be lowered; `nil` chooses as above.
    /// - Throws: `LineRefusal.billTooSmall` when less is left of all lines together; for a chosen line as `allowance`.
    package func allowances(of amount: Money, reason: String, on line: Int64? = nil) throws -> [LineItem] {
        if let line { return [try allowance(of: line, amount: amount, reason: reason)] }
        let counting = try filter { $0.kind == .charge && !isReversed($0.number) }
            .map { (number: $0.number, place: $0.category.isPassThrough ? 1 : 0, rest: try left(of: $0)) }
            .filter { $0.rest.isPositive }
            .sorted { ($0.place, -$0.rest.minorUnits, $0.number) < ($1.place, -$1.rest.minorUnits, $1.number) }
        let whole = try Money.sum(counting.map(\.rest), in: amount.currency)
        guard amount.minorUnits <= whole.minorUnits else { throw LineRefusal.billTooSmall(whole) }
        var all = self
        var rest = amount
        for charge in counting where rest.isPositive {
            let part = Money(minorUnits: Swift.min(rest.minorUnits, charge.rest.minorUnits), currency: amount.currency)
            all.append(try all.allowance(of: charge.number, amount: part, reason: reason))
            rest = try rest.subtracting(part)
        }
        return Array(all.dropFirst(count))
    }
}
