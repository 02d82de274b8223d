/// One thing charged on a folio, or what lowers or cancels one. Never edited, never deleted.
package struct LineItem: Hashable, Codable, Sendable {
    /// Lines of the same folio are named by their number.
    package enum Kind: Hashable, Codable, Sendable {
        case charge
        /// Lowers an earlier charge.
        case allowance(of: Int64)
        /// Cancels an earlier charge, or an allowance, completely.
        case reversal(of: Int64)
    }

    /// Counts from 1 within the folio.
    package var number: Int64
    /// What the line does to the bill.
    package let kind: Kind
    /// What is charged. What lowers an earlier line has that line's terms, with an amount of its own.
    package let terms: LineTerms
    /// Within `quantities`.
    package let quantity: Int64
    /// Of the line itself, whatever the category's rate becomes later.
    package let taxRate: TaxRate
    /// Decides the tax rate.
    package let serviceDate: Day
    /// The catalogue's name for it, when it came from there.
    package let sku: String?
    /// Why, for an allowance or a reversal.
    package let reason: String?
    /// Quantity × unit amount: positive for a charge, negative for an allowance.
    package let gross: Money

    /// How many of one thing a line may charge.
    package static let quantities: ClosedRange<Int64> = 1...100_000
    /// What a charge can amount to, and the price of one; minor units.
    package static let amounts: ClosedRange<Int64> = 1...Money.largest

    /// Computes `gross`.
    ///
    /// - Throws: `MoneyError.overflow`.
    package init(
        number: Int64, kind: Kind, _ terms: LineTerms, quantity: Int64, taxRate: TaxRate, serviceDate: Day, sku: String? = nil,
        reason: String? = nil
    ) throws(MoneyError) {
        self.number = number
        self.kind = kind
        self.terms = terms
        self.quantity = quantity
        self.taxRate = taxRate
        self.serviceDate = serviceDate
        self.sku = sku
        self.reason = reason
        self.gross = try terms.unitAmount.times(quantity)
    }

    /// The terms, with the rate of the line.
    package var partialTerms: PartialTerms { PartialTerms(terms, taxRate: taxRate) }

    /// Decides the account that it is credited to.
    package var category: Category { terms.category }
    package var description: String { terms.description }
    /// Price of one, gross. Negative in what lowers an earlier line.
    package var unitAmount: Money { terms.unitAmount }
}

extension LineItem.Kind {
    /// As programs read it and as it is stored; never reworded.
    package var name: String {
        switch self {
        case .charge: "charge"
        case .allowance: "allowance"
        case .reversal: "reversal"
        }
    }

    /// - Returns: `nil` for a name that is none of these, and where the original is missing or too much.
    package init?(name: String, original: Int64?) {
        switch (name, original) {
        case ("charge", nil): self = .charge
        case ("allowance", let original?): self = .allowance(of: original)
        case ("reversal", let original?): self = .reversal(of: original)
        default: return nil
        }
    }

    /// The line that is lowered or cancelled.
    package var original: Int64? {
        switch self {
        case .charge: nil
        case .allowance(let original), .reversal(let original): original
        }
    }
}

/// Why a line was refused.
package enum LineRefusal: Refusal, Equatable {
    case quantityOutOfRange(Int64)
    case amountNotPositive(Money)
    /// Of an item of the price list.
    case priceNotPositive(Money)
    case amountTooLarge(Money)
    case noTaxRate(Category, Day)
    case emptyDescription
    case categoryMissing
    case dayUnreadable(String)
    /// The service date is more than a day before or after the stay, and was not confirmed.
    case outsideStay(Day, arrival: Day, departure: Day)
    case reasonMissing
    case noSuchLine(Int64)
    case alreadyReversed(Int64)
    case nothingLeft(Int64)
    case notReversible(Int64)
    case notACharge(Int64)
    case allowanceTooLarge(line: Int64, left: Money)
    /// What all lines together still amount to.
    case billTooSmall(Money)

    package var code: String {
        switch self {
        case .quantityOutOfRange: "quantity_invalid"
        case .amountNotPositive, .priceNotPositive, .amountTooLarge: "amount_invalid"
        case .noTaxRate: "tax_rate_missing"
        case .emptyDescription: "description_missing"
        case .categoryMissing: "category_missing"
        case .dayUnreadable: "service_date_invalid"
        case .outsideStay: "service_date_outside_stay"
        case .reasonMissing: "reason_missing"
        case .noSuchLine: "line_not_found"
        case .alreadyReversed, .nothingLeft: "line_already_reversed"
        case .notReversible, .notACharge: "line_not_reversible"
        case .allowanceTooLarge, .billTooSmall: "allowance_too_large"
        }
    }

    package var message: String {
        switch self {
        case .quantityOutOfRange(let quantity): "A quantity of \(quantity) cannot be charged."
        case .amountNotPositive(let amount): "A line of \(amount.text(in: .english)) cannot be charged."
        case .priceNotPositive(let price): "A price must be above zero, and \(price.text(in: .english)) is not."
        case .amountTooLarge(let amount): "A line of \(amount.text(in: .english)) is too large for one line."
        case .noTaxRate(let category, let day):
            "There is no tax rate for \"\(category.phrase.english)\" on \(day.text(in: .english))."
        case .emptyDescription: "A line needs a description that the guest can read."
        case .categoryMissing: "A line needs a category: the tax rate depends on it."
        case .dayUnreadable(let text): "“\(text)” is not a date."
        case .outsideStay(let day, let arrival, let departure):
            "\(day.text(in: .english)) is outside the stay (\(arrival.text(in: .english)) to \(departure.text(in: .english)))."
        case .reasonMissing: "An allowance or a reversal needs a reason."
        case .noSuchLine(let number): "The folio has no line \(number)."
        case .alreadyReversed(let number): "Line \(number) has already been reversed."
        case .nothingLeft(let number): "Nothing is left of line \(number) to reverse."
        case .notReversible(let number): "Line \(number) is itself a reversal."
        case .notACharge(let number): "Line \(number) is not a charge."
        case .allowanceTooLarge(let line, let left): "The allowance is more than the \(left.text(in: .english)) left of line \(line)."
        case .billTooSmall(let left): "The bill can be lowered by at most \(left.text(in: .english)): not more was charged."
        }
    }

    package var hint: String? {
        switch self {
        case .quantityOutOfRange: "Give a quantity from \(LineItem.quantities.lowerBound) to \(LineItem.quantities.upperBound)."
        case .amountNotPositive: "Lower an earlier line with an allowance, or cancel it with a reversal."
        case .priceNotPositive(let price): "Give the price of one, such as \(Money.example(3, price.currency).plain)."
        case .amountTooLarge: "Check the price for a typing error, or split the line."
        case .noTaxRate: "Give a tax rate with the line, or set one for the category."
        case .emptyDescription: "Say in a few words what was bought."
        case .categoryMissing: "Choose the category."
        case .dayUnreadable: "Write the service date like 2026-11-20."
        case .outsideStay:
            "Correct the date, or confirm it with --outside-stay (in a file: outside_stay). The tax rate of this date applies."
        case .reasonMissing: "Give the reason; it is recorded with the line."
        case .noSuchLine: "Look up the line numbers on the folio."
        case .alreadyReversed, .nothingLeft: "The charge no longer counts, see the folio."
        case .notReversible: "Add the charge again instead."
        case .notACharge: "Only a charge can be lowered; an allowance can be reversed."
        case .allowanceTooLarge(_, let left): "Allow at most \(left.text(in: .english)), or reverse the line."
        case .billTooSmall: "Refund that much with the bill lowered, and the rest with the bill unchanged."
        }
    }
}

extension LineItem {
    /// A new charge, checked.
    ///
    /// - Parameters:
    ///   - number: The folio's next line number.
    ///   - taxRate: `nil` takes the category's rate on the service date from `schedule`.
    /// - Throws: `LineRefusal`, `MoneyError`.
    package static func charge(
        number: Int64, _ terms: LineTerms, quantity: Int64, taxRate: TaxRate?, serviceDate: Day, sku: String? = nil,
        schedule: TaxSchedule
    ) throws -> LineItem {
        guard quantities.contains(quantity) else { throw LineRefusal.quantityOutOfRange(quantity) }
        guard terms.unitAmount.isPositive else { throw LineRefusal.amountNotPositive(terms.unitAmount) }
        guard !terms.description.allSatisfy(\.isWhitespace) else { throw LineRefusal.emptyDescription }
        guard let rate = taxRate ?? schedule.rate(of: terms.category, on: serviceDate) else {
            throw LineRefusal.noTaxRate(terms.category, serviceDate)
        }
        let line = try LineItem(
            number: number, kind: .charge, terms, quantity: quantity, taxRate: rate, serviceDate: serviceDate, sku: sku)
        guard amounts.contains(line.gross.minorUnits) else { throw LineRefusal.amountTooLarge(line.gross) }
        return line
    }
}

extension [LineItem] {
    /// The number the next line gets.
    package var nextNumber: Int64 { (map(\.number).max() ?? 0) + 1 }

    /// A new allowance on an earlier charge.
    ///
    /// - Throws: `LineRefusal` when the charge is not there, is reversed, or has less than `amount` left.
    package func allowance(of number: Int64, amount: Money, reason: String) throws -> LineItem {
        let charge = try line(number)
        guard charge.kind == .charge else { throw LineRefusal.notACharge(number) }
        guard !reason.allSatisfy(\.isWhitespace) else { throw LineRefusal.reasonMissing }
        guard amount.isPositive else { throw LineRefusal.amountNotPositive(amount) }
        guard !isReversed(number) else { throw LineRefusal.alreadyReversed(number) }
        let left = try left(of: charge)
        guard amount.currency == left.currency else { throw MoneyError.currencyMismatch(left.currency, amount.currency) }
        guard amount.minorUnits <= left.minorUnits else { throw LineRefusal.allowanceTooLarge(line: number, left: left) }
        return try lowering(charge, .allowance(of: number), by: amount, reason)
    }

    /// A new line that cancels what is left of an earlier charge, or an allowance, completely.
    ///
    /// - Throws: `LineRefusal` when there is nothing to cancel. An allowance of a reversed charge went with the charge.
    package func reversal(of number: Int64, reason: String) throws -> LineItem {
        let original = try line(number)
        guard !reason.allSatisfy(\.isWhitespace) else { throw LineRefusal.reasonMissing }
        switch original.kind {
        case .reversal: throw LineRefusal.notReversible(number)
        case .allowance(let charge) where isReversed(charge): throw LineRefusal.alreadyReversed(charge)
        case .charge, .allowance: break
        }
        guard !isReversed(number) else { throw LineRefusal.alreadyReversed(number) }
        let left = try original.kind == .charge ? left(of: original) : original.gross
        guard !left.isZero else { throw LineRefusal.nothingLeft(number) }
        return try lowering(original, .reversal(of: number), by: left, reason)
    }

    private func lowering(_ original: LineItem, _ kind: LineItem.Kind, by amount: Money, _ reason: String) throws(MoneyError) -> LineItem {
        var terms = original.terms
        terms.unitAmount = try amount.negated()
        return try LineItem(
            number: nextNumber, kind: kind, terms, quantity: 1, taxRate: original.taxRate, serviceDate: original.serviceDate,
            sku: original.sku, reason: reason)
    }

    /// What a charge still amounts to after its allowances; the allowances that were reversed count no more.
    ///
    /// - Parameter charge: One of these lines, not reversed.
    package func left(of charge: LineItem) throws(MoneyError) -> Money {
        var left = charge.gross
        for line in self where line.kind == .allowance(of: charge.number) && !isReversed(line.number) {
            left = try left.adding(line.gross)
        }
        return left
    }

    private func line(_ number: Int64) throws -> LineItem {
        guard let line = first(where: { $0.number == number }) else { throw LineRefusal.noSuchLine(number) }
        return line
    }

    func isReversed(_ number: Int64) -> Bool { contains { $0.kind == .reversal(of: number) } }
}
