/// What a fee run of a month would have, before anything is decided.
package struct FeePreview: Sendable {
    /// The month that is billed.
    package let month: Month
    /// The last run of this month; 0 before the first.
    package let after: Int64
    /// A row for each tenant that is to be billed or is blocked, by tenant.
    package let rows: [FeeRow]
    /// What somebody should look at before, by tenant.
    package let oddities: [FeeOddity]

    /// What the run is asked for with: it is refused when anything of `rows` has changed since.
    package var hash: String { FeeRun.hash(month, after: after, rows) }
    /// Of `rows`.
    package var sum: FeeSum { FeeSum(rows) }

    /// - Parameters:
    ///   - contracts: All of them, by tenant.
    ///   - billed: Each tenant's row of this month that no correction takes back.
    ///   - isOver: Whether the month has ended. Before that only those are billed who are billed in advance.
    ///   - moved: The tenants with a movement on their balance at Stripe in this month.
    ///   - unbilled: By tenant, the months before this one that its contract has and nobody was billed for, in order.
    /// - Throws: `MoneyError.overflow`.
    package init(
        of month: Month, after: Int64, contracts: [Contract], billed: [String: BilledFee], isOver: Bool, moved: Set<String>,
        unbilled: [String: [Month]] = [:]
    ) throws(MoneyError) {
        var (rows, oddities): ([FeeRow], [FeeOddity]) = ([], [])
        for contract in contracts {
            guard isOver || contract.terms.billing == .advance else { continue }
            let row = try contract.feeRow(of: month)
            // Of who is blocked now, the months before cannot be billed either.
            if contract.terms.block == nil, let months = unbilled[contract.tenant], !months.isEmpty {
                oddities.append(FeeOddity(contract.tenant, .earlierUnbilled(months)))
            }
            if let known = billed[contract.tenant] {
                if row?.amounts != known.row.amounts { oddities.append(FeeOddity(contract.tenant, .changedSince(run: known.run))) }
                continue
            }
            guard let row else { continue }
            rows.append(row)
            if let block = contract.terms.block { oddities.append(FeeOddity(contract.tenant, .blocked(block))) }
            if let before = contract.price(in: month.previous)?.net, before != row.price {
                oddities.append(FeeOddity(contract.tenant, .priceChanged(from: before, to: row.price)))
            }
            if !moved.contains(contract.tenant), isOver { oddities.append(FeeOddity(contract.tenant, .noMovement)) }
        }
        self.month = month
        self.after = after
        self.rows = rows
        self.oddities = oddities
    }
}

/// Something about a tenant's row that is not as usual.
package struct FeeOddity: Hashable, Sendable {
    /// What it is.
    package enum Kind: Hashable, Sendable {
        /// Listed and not billed, and why.
        case blocked(FeeBlock)
        /// The price is another one than in the month before.
        case priceChanged(from: Money, to: Money)
        /// Nothing moved on the tenant's balance at Stripe in the month.
        case noMovement
        /// Billed before, and the contract comes to another amount now: a correction takes that row back.
        case changedSince(run: Int64)
        /// Months before this one that the contract has and that are not billed, in order: each needs a run of its own.
        case earlierUnbilled([Month])
    }

    /// The tenant's id.
    package let tenant: String
    /// What it is.
    package let kind: Kind

    package init(_ tenant: String, _ kind: Kind) {
        self.tenant = tenant
        self.kind = kind
    }

    /// Stable: for programs to decide by.
    package var code: String {
        switch kind {
        case .blocked: "blocked"
        case .priceChanged: "price_changed"
        case .noMovement: "no_movement"
        case .changedSince: "changed_since_billed"
        case .earlierUnbilled: "earlier_month_unbilled"
        }
    }

    /// The codes that there are.
    package static let codes = ["blocked", "price_changed", "no_movement", "changed_since_billed", "earlier_month_unbilled"]

    /// One sentence.
    package var phrase: Phrase {
        switch kind {
        case .blocked(let why):
            Phrase("Blocked, not billed: \(why.phrase.english).", "Gesperrt, nicht berechnet: \(why.phrase.german).")
        case .priceChanged(let before, let now):
            Phrase(
                "The price changed from \(before.text(in: .english)) to \(now.text(in: .english)).",
                "Der Preis änderte sich von \(before.text(in: .german)) auf \(now.text(in: .german)).")
        case .noMovement: Phrase("Nothing moved at Stripe in this month.", "Bei Stripe hat sich in diesem Monat nichts bewegt.")
        case .changedSince(let run):
            Phrase(
                "Run \(run) billed another amount than the contract comes to now; a correction takes it back.",
                "Lauf \(run) hat einen anderen Betrag berechnet, als der Vertrag jetzt ergibt; eine Korrektur nimmt ihn zurück.")
        case .earlierUnbilled(let months):
            Phrase(
                "Not billed yet: \(months.spans(in: .english)). A run of that month bills it.",
                "Noch nicht berechnet: \(months.spans(in: .german)). Ein Lauf des Monats berechnet ihn.")
        }
    }
}

extension [Month] {
    /// In words, months that follow one another as one span: `June 2026 to October 2026, December 2026`. They are in order.
    func spans(in language: Language) -> String {
        var spans: [ClosedRange<Month>] = []
        for month in self {
            if let last = spans.last, last.upperBound.next == month {
                spans[spans.count - 1] = last.lowerBound...month
            } else {
                spans.append(month...month)
            }
        }
        return spans.map { span in
            let (first, last) = (span.lowerBound.text(in: language), span.upperBound.text(in: language))
            return first == last ? first : Phrase("\(first) to \(last)", "\(first) bis \(last)").text(in: language)
        }.joined(separator: ", ")
    }
}

/// What rows come to together.
package struct FeeSum: Hashable, Sendable {
    /// How many of them are billed.
    package let billed: Int
    /// How many are blocked: they are in no sum.
    package let blocked: Int
    /// Without tax.
    package let net: Money
    /// The taxes of the rows, added.
    package let tax: Money
    /// With tax.
    package let gross: Money

    /// Sums that are too large stay at what can be written.
    package init(_ rows: [FeeRow]) {
        let amounts = rows.compactMap(\.amounts)
        func sum(_ part: (FeeRow.Amounts) -> Money) -> Money {
            Money(minorUnits: amounts.map { part($0).minorUnits }.clampedSum, currency: .eur)
        }
        billed = amounts.count
        blocked = rows.count - amounts.count
        net = sum(\.net)
        tax = sum(\.tax)
        gross = sum(\.gross)
    }
}
