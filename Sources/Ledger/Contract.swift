/// From when until when a tenant is billed (Vertrag), for how much, and who pays. In euros, whatever the books are kept in.
package struct Contract: Hashable, Sendable {
    /// The tenant's id.
    package let tenant: String
    /// The first day that is billed. A calendar day, in no time zone.
    package let from: Day
    /// The last day that is billed; `nil` while no end is agreed. From this day on nothing new is begun.
    package let until: Day?
    /// As they are now.
    package let terms: ContractTerms
    /// By month, the earliest first; never empty.
    package let prices: [ContractPrice]
    /// When the keys of the tenant's Stripe account were removed, and by whom; `nil` while they are there.
    package let keysRemoved: Removal?
    /// Months that are billed for days after `until`, and come to another amount with it: a correction takes them back. Only one contract by
    /// itself knows them; where all are read, a month's preview does.
    package let billedBeyond: [Month]

    /// A step that is done once.
    package struct Removal: Hashable, Sendable {
        /// By the books' clock.
        package let at: Instant
        /// Who confirmed it.
        package let actor: String

        package init(at: Instant, actor: String) {
            self.at = at
            self.actor = actor
        }
    }

    package init(
        tenant: String, from: Day, until: Day?, terms: ContractTerms, prices: [ContractPrice], keysRemoved: Removal? = nil,
        billedBeyond: [Month] = []
    ) {
        self.tenant = tenant
        self.from = from
        self.until = until
        self.terms = terms
        self.prices = prices.sorted { $0.from < $1.from }
        self.keysRemoved = keysRemoved
        self.billedBeyond = billedBeyond
    }

    /// The same, with what is billed beyond its end.
    ///
    /// - Parameter billed: Rows that no correction takes back.
    /// - Throws: `MoneyError.overflow`.
    package func knowing(_ billed: [FeeRow]) throws(MoneyError) -> Contract {
        guard let until else { return self }
        var beyond: [Month] = []
        for row in billed where row.days.upperBound > until {
            if try feeRow(of: row.month)?.amounts != row.amounts { beyond.append(row.month) }
        }
        return Contract(
            tenant: tenant, from: from, until: until, terms: terms, prices: prices, keysRemoved: keysRemoved, billedBeyond: beyond.sorted())
    }

    /// Whether new bookings and new holds are refused on that day.
    ///
    /// - Parameter day: In the tenant's time zone.
    package func isEnded(on day: Day) -> Bool { until.map { day >= $0 } ?? false }

    /// The price that holds in the month; `nil` before the first one.
    package func price(in month: Month) -> ContractPrice? { prices.last { $0.from <= month } }

    /// The days of the month that the contract has; `nil` where it has none.
    package func days(of month: Month) -> ClosedRange<Day>? {
        let (first, last) = (max(from, month.firstDay), until.map { min($0, month.lastDay) } ?? month.lastDay)
        return first <= last ? first...last : nil
    }

    /// Which of the free months it is, counted from 1; `nil` for a month that costs something. The first calendar months are free, the one
    /// of the first day included.
    package func freeMonth(_ month: Month) -> Int? {
        let number = (month.year - from.month.year) * 12 + month.month - from.month.month + 1
        return (1...).contains(number) && number <= terms.freeMonths ? number : nil
    }
}

/// A net price for a month, from a month's start until the next price.
package struct ContractPrice: Hashable, Sendable {
    /// The first month that it holds for.
    package let from: Month
    /// In euros, from zero.
    package let net: Money

    package init(from: Month, net: Money) {
        self.from = from
        self.net = net
    }
}

/// What a contract says beside days and prices. Terms are added, never changed.
package struct ContractTerms: Hashable, Sendable {
    /// Counts from 1 within the tenant.
    package var number: Int64
    /// Whom the invoice goes to: see `TextRule.recipient`.
    package var recipient: String
    /// ISO 3166, `DE`; `nil` while it is not known.
    package var country: String?
    /// See `TextRule.vatID`.
    package var vatID: String?
    /// Of this VAT id.
    package var vatCheck: VATCheck?
    /// What a month costs of which the contract has not every day.
    package var proration: Proration
    /// So many calendar months cost nothing, counted from the one of the first day.
    package var freeMonths: Int
    /// What `freeMonths` may be.
    package static let freeMonthNumbers: ClosedRange<Int64> = 0...36
    /// Whether a month is billed after its end.
    package var billing: Billing

    /// That somebody asked the authority about a VAT id.
    package struct VATCheck: Hashable, Sendable {
        /// The day of the answer.
        package let day: Day
        /// Who asked.
        package let actor: String

        package init(day: Day, actor: String) {
            self.day = day
            self.actor = actor
        }
    }

    package init(
        number: Int64, recipient: String, country: String?, vatID: String? = nil, vatCheck: VATCheck? = nil,
        proration: Proration = .wholeMonths, freeMonths: Int = 0, billing: Billing = .arrears
    ) {
        self.number = number
        self.recipient = recipient
        self.country = country
        self.vatID = vatID
        self.vatCheck = vatCheck
        self.proration = proration
        self.freeMonths = freeMonths
        self.billing = billing
    }

    /// Why no tax case fits; `nil` where one does.
    package var block: FeeBlock? {
        guard let country else { return .countryMissing }
        guard EuropeanUnion.others.contains(country) else { return nil }
        guard vatID != nil else { return .vatIDMissing }
        return vatCheck == nil ? .vatIDUnchecked : nil
    }

    /// Which tax the fee has.
    package var taxCase: TaxCase {
        guard block == nil, let country else { return .blocked }
        if country == EuropeanUnion.home { return .domestic }
        return EuropeanUnion.others.contains(country) ? .euReverseCharge : .thirdCountry
    }
}

/// What a month costs of which the contract has not every day (Anteilsberechnung).
package enum Proration: String, CaseIterable, Sendable {
    /// As a whole one.
    case wholeMonths = "whole_months"
    /// The contract's days over the days of the month, first and last day included, on the net price, half a cent rounded up.
    case byDays = "by_days"

    /// As people read it.
    package var phrase: Phrase {
        switch self {
        case .wholeMonths: Phrase("whole months", "volle Monate")
        case .byDays: Phrase("by days", "taggenau")
        }
    }

    /// The part of a price.
    ///
    /// - Parameters:
    ///   - days: 1...`all`.
    ///   - all: The days of the month, 28...31.
    /// - Throws: `MoneyError.overflow`.
    package func part(of price: Money, days: Int, of all: Int) throws(MoneyError) -> Money {
        guard self == .byDays else { return price }
        let twice = try price.times(Int64(2 * days)).adding(Money(minorUnits: Int64(all), currency: price.currency))
        return Money(minorUnits: twice.minorUnits / Int64(2 * all), currency: price.currency)
    }
}

/// When a month is billed.
package enum Billing: String, CaseIterable, Sendable {
    /// After its end.
    case arrears
    /// In the month itself or in the one before it.
    case advance

    /// As people read it.
    package var phrase: Phrase {
        switch self {
        case .arrears: Phrase("in arrears", "nachträglich")
        case .advance: Phrase("in advance", "im Voraus")
        }
    }
}

/// What a tenant's contract begins with.
package struct ContractStart: Hashable, Sendable {
    /// The first day that is billed; `nil`: the day on which the tenant is added.
    package var from: Day?
    /// The price from the first month on, in euros.
    package var net = PlatformFee.standardNet
    /// Where the recipient is; `nil`: Germany for a house in Germany's time zone, otherwise not known, and then nothing is billed.
    package var country: String?
    /// Whom the invoice goes to; `nil`: the tenant.
    package var recipient: String?

    package init() {}

    /// The first days that a contract may have.
    package static let firstDay = Day(year: 2010, month: 1, day: 1)!
}
