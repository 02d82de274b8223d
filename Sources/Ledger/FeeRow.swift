/// What one tenant is billed for one month, as a fee run has it and its file says it. Everything in it is as it was when the run was made.
package struct FeeRow: Hashable, Sendable {
    /// The month that is billed.
    package let month: Month
    /// The tenant's id.
    package let tenant: String
    /// The number of the contract's terms that it was made from.
    package let terms: Int64
    /// Whom the invoice goes to.
    package let recipient: String
    /// The contract's days in the month, both included.
    package let days: ClosedRange<Day>
    /// Whether the days count.
    package let proration: Proration
    /// The contract's net price of a whole month.
    package let price: Money
    /// Where the net amount comes from.
    package let origin: PriceOrigin
    /// Which tax it has.
    package let taxCase: TaxCase
    /// The recipient's VAT id; always there for `euReverseCharge`.
    package let vatID: String?
    /// What is billed; `nil` for a tenant that is blocked.
    package let amounts: Amounts?
    /// The run whose row it takes back: then its amounts are negative.
    package let corrects: Int64?

    /// What is billed. Negative in a correction.
    package struct Amounts: Hashable, Sendable {
        /// The price's part for the days.
        package let net: Money
        /// `none` where no tax is owed by the operator.
        package let rate: TaxRate
        /// On `net`, half a cent rounded up.
        package let tax: Money
        /// Both together.
        package let gross: Money

        /// - Throws: `MoneyError.overflow`.
        package init(net: Money, rate: TaxRate) throws(MoneyError) {
            try self.init(net: net, rate: rate, tax: try rate.tax(on: net))
        }

        /// As they were stored.
        ///
        /// - Throws: `MoneyError`.
        package init(net: Money, rate: TaxRate, tax: Money) throws(MoneyError) {
            self.net = net
            self.rate = rate
            self.tax = tax
            gross = try net.adding(tax)
        }

        /// To the cent the opposite.
        func negated() throws(MoneyError) -> Amounts { try Amounts(net: try net.negated(), rate: rate, tax: try tax.negated()) }
    }

    package init(
        month: Month, tenant: String, terms: Int64, recipient: String, days: ClosedRange<Day>, proration: Proration, price: Money,
        origin: PriceOrigin, taxCase: TaxCase, vatID: String?, amounts: Amounts?, corrects: Int64? = nil
    ) {
        self.month = month
        self.tenant = tenant
        self.terms = terms
        self.recipient = recipient
        self.days = days
        self.proration = proration
        self.price = price
        self.origin = origin
        self.taxCase = taxCase
        self.vatID = vatID
        self.amounts = amounts
        self.corrects = corrects
    }

    /// How many days of the month are billed, 1...31.
    package var dayCount: Int { days.lowerBound.days(until: days.upperBound) + 1 }
    /// How many days the month has.
    package var daysInMonth: Int { month.firstDay.days(until: month.lastDay) + 1 }

    /// The row that takes this one back: the same with the opposite amounts.
    ///
    /// - Parameter run: The run that has this row.
    /// - Throws: `MoneyError.overflow`.
    package func takenBack(from run: Int64) throws(MoneyError) -> FeeRow {
        FeeRow(
            month: month, tenant: tenant, terms: terms, recipient: recipient, days: days, proration: proration, price: price,
            origin: origin,
            taxCase: taxCase, vatID: vatID, amounts: try amounts?.negated(), corrects: run)
    }

    /// Every field, so that no two rows look the same: what a run's hash is made of.
    var content: [String?] {
        [
            month.description, tenant, String(terms), recipient, days.lowerBound.description, days.upperBound.description,
            proration.rawValue, String(price.minorUnits), origin.text, taxCase.rawValue, vatID,
            (amounts?.net.minorUnits).map { String($0) },
            amounts?.rate.description, (amounts?.tax.minorUnits).map { String($0) }, corrects.map { String($0) },
        ]
    }
}

/// Where a net amount comes from.
package enum PriceOrigin: Hashable, Sendable {
    /// The contract's price that holds from that month on.
    case contract(from: Month)
    /// One of the free months: which one of how many.
    case free(Int, of: Int)

    /// As in the file and in the schema: `contract:2026-11`, `free:2/3`. Never reworded.
    package var text: String {
        switch self {
        case .contract(let from): "contract:\(from)"
        case .free(let number, let all): "free:\(number)/\(all)"
        }
    }

    /// Reads what `text` writes.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let numbers = parts[1].split(separator: "/").compactMap { Int($0) }
        switch parts[0] {
        case "contract":
            guard let month = Month(String(parts[1])) else { return nil }
            self = .contract(from: month)
        case "free" where numbers.count == 2: self = .free(numbers[0], of: numbers[1])
        default: return nil
        }
    }

    /// As people read it.
    package var phrase: Phrase {
        switch self {
        case .contract(let from):
            Phrase("price since \(from.text(in: .english))", "Preis seit \(from.text(in: .german))")
        case .free(let number, let all): Phrase("free month \(number) of \(all)", "Freimonat \(number) von \(all)")
        }
    }
}

extension Contract {
    /// What the month comes to.
    ///
    /// - Returns: `nil` when the contract has no day in the month.
    /// - Throws: `MoneyError.overflow`.
    package func feeRow(of month: Month) throws(MoneyError) -> FeeRow? {
        guard let days = days(of: month), let price = price(in: month) else { return nil }
        let free = freeMonth(month)
        let count = days.lowerBound.days(until: days.upperBound) + 1
        let all = month.firstDay.days(until: month.lastDay) + 1
        var amounts: FeeRow.Amounts?
        if terms.taxCase != .blocked {
            let net = free == nil ? try terms.proration.part(of: price.net, days: count, of: all) : .zero(price.net.currency)
            amounts = try FeeRow.Amounts(net: net, rate: terms.taxCase.rate(on: month.lastDay))
        }
        return FeeRow(
            month: month, tenant: tenant, terms: terms.number, recipient: terms.recipient, days: days, proration: terms.proration,
            price: price.net, origin: free.map { .free($0, of: terms.freeMonths) } ?? .contract(from: price.from),
            taxCase: terms.taxCase, vatID: terms.vatID, amounts: amounts)
    }
}

/// A row's place: what a later run must know of what was billed.
package struct BilledFee: Hashable, Sendable {
    /// The run that has it.
    package let run: Int64
    /// As it was billed.
    package let row: FeeRow

    package init(run: Int64, row: FeeRow) {
        self.run = run
        self.row = row
    }
}
