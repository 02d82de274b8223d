/// Where value is, or where it went. One set per tenant; the name is what people see.
package enum Account: Hashable, Sendable {
    /// What one guest owes (debit balance) or has paid ahead (credit balance).
    case folio(reference: String)
    case revenue(Category, TaxRate)
    /// Collected for somebody else, such as a visitor's tax: not revenue.
    case passThrough(Category)
    /// The balance that the tenant has at Stripe.
    case stripe
    /// The tenant's money in balances that Stripe keeps apart, such as a reserve.
    case stripeReserved
    case stripeFees
    /// Movements that nothing in these books explains, by Stripe's `type`, until accounting assigns them.
    case suspense(type: String)
    /// What accounting assigns a movement to that is kept in other books, under a name of its own.
    case external(String)
    /// What lost disputes cost, as far as accounting has written it off.
    case disputes
    /// Payouts that have left Stripe's balance and are not at the bank yet.
    case bankTransit
    case bank

    /// As in the journal, the schema and every export: `folio:R-4711`, `revenue:lodging:7`, `bank`. Never reworded.
    package var name: String {
        switch self {
        case .folio(let reference): "folio:\(reference)"
        case .revenue(let category, let rate): "revenue:\(category):\(rate)"
        case .passThrough(let category): "pass_through:\(category)"
        case .stripe: "stripe"
        case .stripeReserved: "stripe_reserved"
        case .stripeFees: "stripe_fees"
        // Whatever word Stripe sends: it becomes part of a name.
        case .suspense(let type): "suspense:\(TextRule.balanceType.takes(type) ? type : "other")"
        case .external(let name): "external:\(name)"
        case .disputes: "disputes"
        case .bankTransit: "bank_transit"
        case .bank: "bank"
        }
    }

    /// The account that a line item of this category and rate is credited to.
    package static func income(_ category: Category, _ rate: TaxRate) -> Account {
        category.isPassThrough ? .passThrough(category) : .revenue(category, rate)
    }
}

/// What kind of fact an entry records.
package enum EntryKind: String, Sendable, CaseIterable {
    case charge, allowance, reversal
    case payment
    case paymentFailed = "payment_failed"
    case refund
    case refundFailed = "refund_failed"
    case stripeFee = "stripe_fee"
    case stripeFeeReturned = "stripe_fee_returned"
    case suspense
    case suspenseReversed = "suspense_reversed"
    case assignment
    case assignmentReversed = "assignment_reversed"
    case reserve
    case reserveReleased = "reserve_released"
    case dispute
    case disputeReinstated = "dispute_reinstated"
    case disputeWrittenOff = "dispute_written_off"
    case disputeWriteOffReversed = "dispute_write_off_reversed"
    case payout
    case payoutArrived = "payout_arrived"
    case payoutFailed = "payout_failed"
}

/// A fact that moves value, before it has a number: what a journal entry is made from.
package struct Posting: Hashable, Sendable {
    /// Stored by its raw value.
    package let kind: EntryKind
    /// The account that receives the value.
    package let debit: Account
    /// The account that gives it; never the same as `debit`.
    package let credit: Account
    /// Always positive: the direction is in the accounts.
    package let amount: Money
    /// The folio's reference, when the fact belongs to one.
    package let folio: String?
    /// The day that the fact belongs to, in the tenant's time zone: of a line its service date, of what Stripe moved the day on which it
    /// moved there.
    package let occurredOn: Day
    /// The id of the object at Stripe behind the fact, when there is one.
    package let stripeObject: String?

    /// - Returns: `nil` when there is nothing to move.
    private init?(
        _ kind: EntryKind, debit: Account, credit: Account, _ amount: Money, folio: String? = nil, on occurredOn: Day,
        stripeObject: String? = nil
    ) {
        guard amount.isPositive else { return nil }
        self.kind = kind
        self.debit = debit
        self.credit = credit
        self.amount = amount
        self.folio = folio
        self.occurredOn = occurredOn
        self.stripeObject = stripeObject
    }
}

/// The table of facts and the two accounts that each one moves.
extension Posting {
    /// A line item, an allowance or a reversal. The sign of its gross decides the direction.
    package static func line(_ line: LineItem, folio: String) -> Posting? {
        let income = Account.income(line.category, line.taxRate)
        let kind: EntryKind =
            switch line.kind {
            case .charge: .charge
            case .allowance: .allowance
            case .reversal: .reversal
            }
        if line.gross.isNegative {
            guard let amount = try? line.gross.negated() else { return nil }
            return Posting(kind, debit: income, credit: .folio(reference: folio), amount, folio: folio, on: line.serviceDate)
        }
        return Posting(kind, debit: .folio(reference: folio), credit: income, line.gross, folio: folio, on: line.serviceDate)
    }

    /// Money taken from the guest: less is owed.
    ///
    /// - Parameter intent: `pi_…`.
    /// - Returns: `nil` when there is nothing to move.
    package static func payment(_ amount: Money, folio: String, on day: Day, intent: String) -> Posting? {
        Posting(.payment, debit: .stripe, credit: .folio(reference: folio), amount, folio: folio, on: day, stripeObject: intent)
    }

    /// A payment that failed after it had succeeded: the guest owes it again.
    ///
    /// - Parameter intent: `pi_…`.
    /// - Returns: `nil` when there is nothing to move.
    package static func paymentFailed(_ amount: Money, folio: String, on day: Day, intent: String) -> Posting? {
        Posting(.paymentFailed, debit: .folio(reference: folio), credit: .stripe, amount, folio: folio, on: day, stripeObject: intent)
    }

    /// Money given back to the guest: the opposite of `payment`.
    ///
    /// - Parameter refund: `re_…`.
    /// - Returns: `nil` when there is nothing to move.
    package static func refund(_ amount: Money, folio: String, on day: Day, refund: String) -> Posting? {
        Posting(.refund, debit: .folio(reference: folio), credit: .stripe, amount, folio: folio, on: day, stripeObject: refund)
    }

    /// A refund that failed later: the money is on the balance again.
    ///
    /// - Parameter refund: `re_…`.
    /// - Returns: `nil` when there is nothing to move.
    package static func refundFailed(_ amount: Money, folio: String, on day: Day, refund: String) -> Posting? {
        Posting(.refundFailed, debit: .stripe, credit: .folio(reference: folio), amount, folio: folio, on: day, stripeObject: refund)
    }

    /// What a balance transaction moves between a balance at Stripe and another account.
    ///
    /// - Parameters:
    ///   - amount: As the balance sees it: positive when it receives, negative when it gives.
    ///   - kinds: The kind of entry when the balance gives, and when it receives.
    ///   - folio: The folio's reference, when the movement is about one.
    /// - Returns: `nil` when there is nothing to move.
    private static func movement(
        _ amount: Money, at balance: Account, and other: Account, _ kinds: (gives: EntryKind, receives: EntryKind), on day: Day,
        _ balanceTransaction: String, folio: String? = nil
    ) -> Posting? {
        guard amount.isNegative else {
            return Posting(kinds.receives, debit: balance, credit: other, amount, folio: folio, on: day, stripeObject: balanceTransaction)
        }
        guard let given = try? amount.negated() else { return nil }
        return Posting(kinds.gives, debit: other, credit: balance, given, folio: folio, on: day, stripeObject: balanceTransaction)
    }

    /// Stripe's fee out of one balance transaction; a negative fee is a returned fee.
    ///
    /// - Parameter balance: The account of the balance that it was taken from.
    package static func stripeFee(_ fee: Money, on day: Day, balanceTransaction: String, from balance: Account = .stripe) -> Posting? {
        guard let amount = try? fee.negated() else { return nil }
        return movement(amount, at: balance, and: .stripeFees, (.stripeFee, .stripeFeeReturned), on: day, balanceTransaction)
    }

    /// The amount of a dispute: negative when withdrawn, so that the guest owes it again, positive when reinstated.
    ///
    /// - Parameters:
    ///   - amount: As in its balance transaction.
    ///   - folio: The folio's reference.
    /// - Returns: `nil` when there is nothing to move.
    package static func dispute(
        _ amount: Money, folio: String, on day: Day, balanceTransaction: String, at balance: Account = .stripe
    ) -> Posting? {
        movement(
            amount, at: balance, and: .folio(reference: folio), (.dispute, .disputeReinstated), on: day, balanceTransaction, folio: folio)
    }

    /// What a lost dispute left open, and nobody asks the guest for any more.
    ///
    /// - Parameter dispute: `du_…`.
    /// - Returns: `nil` when there is nothing to write off.
    package static func disputeWrittenOff(_ amount: Money, folio: String, on day: Day, dispute: String) -> Posting? {
        Posting(
            .disputeWrittenOff, debit: .disputes, credit: .folio(reference: folio), amount, folio: folio, on: day, stripeObject: dispute)
    }

    /// The opposite of `disputeWrittenOff`: the money came back after all.
    package static func disputeWriteOffReversed(_ amount: Money, folio: String, on day: Day, dispute: String) -> Posting? {
        disputeWrittenOff(amount, folio: folio, on: day, dispute: dispute)?.reversed(as: .disputeWriteOffReversed)
    }

    /// The amount of a payout: negative when it leaves the balance, positive when it comes back.
    ///
    /// - Parameter hasArrived: Whether what comes back had arrived: then it comes from the bank.
    package static func payout(
        _ amount: Money, on day: Day, balanceTransaction: String, at balance: Account = .stripe, hasArrived: Bool = false
    ) -> Posting? {
        let place: Account = hasArrived && !amount.isNegative ? .bank : .bankTransit
        return movement(amount, at: balance, and: place, (.payout, .payoutFailed), on: day, balanceTransaction)
    }

    /// A payout that is at the bank.
    ///
    /// - Parameters:
    ///   - day: Its arrival day.
    ///   - payout: `po_…`.
    package static func payoutArrived(_ amount: Money, on day: Day, payout: String) -> Posting? {
        Posting(.payoutArrived, debit: .bank, credit: .bankTransit, amount, on: day, stripeObject: payout)
    }

    /// Money between the tenant's balances at Stripe.
    ///
    /// - Parameter amount: As `to` sees it.
    static func reserve(_ amount: Money, on day: Day, balanceTransaction: String, from: Account, to: Account) -> Posting? {
        movement(amount, at: to, and: from, (.reserve, .reserveReleased), on: day, balanceTransaction)
    }

    /// What nothing in these books explains.
    static func suspense(_ amount: Money, on day: Day, balanceTransaction: String, at balance: Account, suspense: Account) -> Posting? {
        movement(amount, at: balance, and: suspense, (.suspense, .suspense), on: day, balanceTransaction)
    }

    /// What accounting has found an account for.
    ///
    /// - Parameter amount: As the balance saw it.
    static func assignment(_ amount: Money, on day: Day, balanceTransaction: String, from: Account, to: Account) -> Posting? {
        movement(amount, at: from, and: to, (.assignment, .assignment), on: day, balanceTransaction)
    }

    /// The same with debit and credit changed: takes it back.
    func reversed(as kind: EntryKind) -> Posting {
        Posting(kind, debit: credit, credit: debit, amount, folio: folio, on: occurredOn, stripeObject: stripeObject)!
    }
}

/// By which of its two dates an entry is of a month.
package enum JournalDate: String, Sendable, CaseIterable {
    /// The day that the fact belongs to.
    case occurredOn = "occurred_on"
    /// The instant at which the entry was written, in the tenant's time zone: a month that is over gets no more entries.
    case postedAt = "posted_at"
}

/// One entry of the journal; it never changes.
package struct JournalEntry: Hashable, Sendable {
    /// Gapless within the tenant, from 1.
    package let number: Int64
    /// The raw value of an `EntryKind`.
    package let kind: String
    /// The name of the debited account: `folio:R-4711`.
    package let debit: String
    /// The name of the credited account; never the same as `debit`.
    package let credit: String
    /// Minor units of `currency`; always positive.
    package let amount: Int64
    /// ISO 4217 in lower case: `eur`.
    package let currency: String
    /// The folio's reference; nil when the fact belongs to none.
    package let folio: String?
    /// The day that the fact belongs to, in the tenant's time zone: of a line its service date, of what Stripe moved the day on which it
    /// moved there.
    package let occurredOn: Day
    /// When it was written, by the books' clock.
    package let postedAt: Instant
    /// Who did it: a person's name, `service`, `guest`.
    package let actor: String
    /// The id of the object at Stripe behind the fact: `pi_…`, `re_…`, `txn_…`; nil where there is none.
    package let stripeObject: String?
    /// The hash of the entry before, or of nothing for the first.
    package let previousHash: [UInt8]

    package init(
        number: Int64, kind: String, debit: String, credit: String, amount: Int64, currency: String, folio: String?, occurredOn: Day,
        postedAt: Instant, actor: String, stripeObject: String?, previousHash: [UInt8]
    ) {
        self.number = number
        self.kind = kind
        self.debit = debit
        self.credit = credit
        self.amount = amount
        self.currency = currency
        self.folio = folio
        self.occurredOn = occurredOn
        self.postedAt = postedAt
        self.actor = actor
        self.stripeObject = stripeObject
        self.previousHash = previousHash
    }

    /// What the first entry has in place of a previous hash: 32 zero bytes.
    package static let genesisHash = [UInt8](repeating: 0, count: 32)

    /// SHA-256 over every field and the previous hash: change one byte of any earlier entry, and every later hash is wrong.
    ///
    /// Each field is written as its length in bytes, a colon, and its text, or as a hyphen when there is none, so that no two
    /// contents look the same.
    ///
    /// - Parameter tenant: The tenant's id, so that a chain cannot be moved to another tenant.
    package func hash(tenant: String) -> [UInt8] {
        var content: [UInt8] = []
        content.reserveCapacity(320)
        func field(_ text: String?) {
            guard let text else { return content.append(45) }
            content.append(contentsOf: String(text.utf8.count).utf8)
            content.append(58)
            content.append(contentsOf: text.utf8)
        }
        field(tenant)
        field(String(number))
        field(kind)
        field(debit)
        field(credit)
        field(String(amount))
        field(currency)
        field(folio)
        field(String(occurredOn.number))
        field(String(postedAt.milliseconds))
        field(actor)
        field(stripeObject)
        content.append(contentsOf: previousHash)
        return SHA256.digest(content)
    }
}
