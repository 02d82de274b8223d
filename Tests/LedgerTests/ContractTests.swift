import Testing

@testable import Ledger

/// What a contract comes to in a month, by the worked example of the house's accounting.
@Suite struct `A contract` {
    private static let november = Month("2026-11")!

    private static func eur(_ units: Int64) -> Money { Money(minorUnits: units, currency: .eur) }

    private static func contract(
        _ tenant: String = "a", from: String = "2026-01-01", until: String? = nil, country: String? = "DE", vatID: String? = nil,
        isChecked: Bool = true, proration: Proration = .byDays, free: Int = 0, billing: Billing = .arrears,
        prices: [(String, Int64)] = [("2026-01", 1900)]
    ) -> Contract {
        let check = vatID == nil || !isChecked ? nil : ContractTerms.VATCheck(day: Day("2026-01-02")!, actor: "olaf")
        let terms = ContractTerms(
            number: 1, recipient: "Haus \(tenant)", country: country, vatID: vatID, vatCheck: check, proration: proration, freeMonths: free,
            billing: billing)
        return Contract(
            tenant: tenant, from: Day(from)!, until: until.map { Day($0)! }, terms: terms,
            prices: prices.map { ContractPrice(from: Month($0.0)!, net: eur($0.1)) })
    }

    /// A to F of the worked example.
    private static func houses(_ proration: Proration) -> [Contract] {
        [
            contract("a", proration: proration),
            contract("b", from: "2026-11-20", proration: proration, prices: [("2026-11", 1900)]),
            contract("c", country: "AT", vatID: "ATU12345678", proration: proration), contract("d", country: "JP", proration: proration),
            contract("e", until: "2026-11-15", proration: proration), contract("f", country: "FR", proration: proration),
        ]
    }

    private static func preview(_ contracts: [Contract], billed: [String: BilledFee] = [:], isOver: Bool = true) throws -> FeePreview {
        try FeePreview(
            of: november, after: 0, contracts: contracts, billed: billed, isOver: isOver, moved: Set(contracts.map(\.tenant)))
    }

    @Test func `by days comes to 73.47, 6.74 and 80.21 for five houses, and E's tax to 1.81`() throws {
        let preview = try Self.preview(Self.houses(.byDays))
        #expect(preview.rows.map(\.dayCount) == [30, 11, 30, 30, 15, 30])
        #expect(preview.rows.map { $0.amounts?.net } == [1900, 697, 1900, 1900, 950].map(Self.eur) + [nil])
        #expect(preview.rows.map { $0.amounts?.tax } == [361, 132, 0, 0, 181].map(Self.eur) + [nil])
        #expect(preview.rows.map { $0.amounts?.gross } == [2261, 829, 1900, 1900, 1131].map(Self.eur) + [nil])
        #expect(preview.rows.map(\.taxCase) == [.domestic, .domestic, .euReverseCharge, .thirdCountry, .domestic, .blocked])
        let sum = preview.sum
        #expect(sum.billed == 5 && sum.blocked == 1)
        #expect(sum.net == Self.eur(7347) && sum.tax == Self.eur(674) && sum.gross == Self.eur(8021))
        #expect(preview.oddities == [FeeOddity("f", .blocked(.vatIDMissing))])
    }

    @Test func `by whole months comes to 95.00, 10.83 and 105.83`() throws {
        let preview = try Self.preview(Self.houses(.wholeMonths))
        #expect(preview.rows.map { $0.amounts?.gross } == [2261, 2261, 1900, 1900, 2261].map(Self.eur) + [nil])
        let sum = preview.sum
        #expect(sum.net == Self.eur(9500) && sum.tax == Self.eur(1083) && sum.gross == Self.eur(10_583))
    }

    @Test func `at 21.00 from December costs 24.99 then, and November as before`() throws {
        let changed = Self.contract(prices: [("2026-01", 1900), ("2026-12", 2100)])
        #expect(try changed.feeRow(of: Self.november) == Self.contract().feeRow(of: Self.november))
        let december = try #require(try changed.feeRow(of: Month("2026-12")!))
        #expect(december.amounts?.tax == Self.eur(399) && december.amounts?.gross == Self.eur(2499))
        #expect(december.origin.text == "contract:2026-12")
        let preview = try FeePreview(
            of: Month("2026-12")!, after: 0, contracts: [changed], billed: [:], isOver: true, moved: [])
        #expect(
            preview.oddities == [
                FeeOddity("a", .priceChanged(from: Self.eur(1900), to: Self.eur(2100))), FeeOddity("a", .noMovement),
            ])
    }

    @Test func `has days only between its first and its last one, both included`() throws {
        let contract = Self.contract(from: "2026-11-30", until: "2026-12-01", prices: [("2026-11", 1900)])
        #expect(try contract.feeRow(of: Month("2026-10")!) == nil && contract.feeRow(of: Month("2027-01")!) == nil)
        #expect(try contract.feeRow(of: Self.november)?.dayCount == 1 && contract.feeRow(of: Month("2026-12")!)?.dayCount == 1)
        // 19.00 / 30 = 0.6333, 19.00 / 31 = 0.6129.
        #expect(try contract.feeRow(of: Self.november)?.amounts?.net == Self.eur(63))
        #expect(try contract.feeRow(of: Month("2026-12")!)?.amounts?.net == Self.eur(61))
        #expect(!contract.isEnded(on: Day("2026-11-30")!) && contract.isEnded(on: Day("2026-12-01")!))
    }

    @Test func `rounds the part of a price half a cent up, and never beyond the price`() throws {
        #expect(try Proration.byDays.part(of: Self.eur(1), days: 15, of: 30) == Self.eur(1))
        #expect(try Proration.byDays.part(of: Self.eur(1), days: 14, of: 30) == Self.eur(0))
        for all in 28...31 {
            for days in 1...all {
                for price: Int64 in [0, 1, 1899, 1900, 1901, 2099, 99_999_999] {
                    let part = try Proration.byDays.part(of: Self.eur(price), days: days, of: all).minorUnits
                    #expect((2 * part * Int64(all) - 2 * price * Int64(days)).magnitude <= UInt64(all), "\(price) \(days)/\(all)")
                    #expect(
                        try (0...price).contains(part)
                            && Proration.wholeMonths.part(of: Self.eur(price), days: days, of: all) == Self.eur(price))
                }
            }
        }
        #expect(throws: MoneyError.overflow) { try Proration.byDays.part(of: Self.eur(.max), days: 2, of: 30) }
    }

    @Test func `costs nothing in its free months, the one of the first day included`() throws {
        let contract = Self.contract(from: "2026-10-20", free: 2, prices: [("2026-10", 1900)])
        let months = ["2026-10", "2026-11", "2026-12"].map { Month($0)! }
        #expect(try months.map { try contract.feeRow(of: $0)?.amounts?.gross } == [0, 0, 2261].map(Self.eur))
        #expect(try months.map { try contract.feeRow(of: $0)?.origin.text } == ["free:1/2", "free:2/2", "contract:2026-10"])
        for text in ["contract:2026-11", "free:2/3"] { #expect(PriceOrigin(text)?.text == text) }
        for text in ["", "free", "free:1", "contract:", "contract:2026-13", "gift:1/2"] { #expect(PriceOrigin(text) == nil, "\(text)") }
    }

    @Test func `has the German rate of the month's last day`() throws {
        func tax(_ month: String) throws -> (String?, Int64?) {
            let row = try Self.contract(from: "2020-01-01", prices: [("2020-01", 1900)]).feeRow(of: Month(month)!)
            return (row?.amounts?.rate.description, row?.amounts?.tax.minorUnits)
        }
        #expect(try tax("2020-06") == ("19", 361) && tax("2020-07") == ("16", 304) && tax("2021-01") == ("19", 361))
    }

    @Test func `in the EU without a VAT id, with one that nobody checked, or in no known country is blocked`() {
        #expect(Self.contract(country: "FR").terms.block == .vatIDMissing)
        #expect(Self.contract(country: "FR", vatID: "FR12345678901", isChecked: false).terms.block == .vatIDUnchecked)
        #expect(Self.contract(country: nil).terms.block == .countryMissing)
        for country in EuropeanUnion.others {
            #expect(Self.contract(country: country).terms.taxCase == .blocked, "\(country)")
            #expect(Self.contract(country: country, vatID: "\(country)1").terms.taxCase == .euReverseCharge, "\(country)")
        }
        #expect(EuropeanUnion.others.count == 27 && EuropeanUnion.others.isSubset(of: Countries.codes) && Countries.codes.count == 249)
        for country in ["CH", "GB", "NO", "JP", "US"] { #expect(Self.contract(country: country).terms.taxCase == .thirdCountry) }
        for case_ in [TaxCase.euReverseCharge, .thirdCountry, .blocked] { #expect(case_.rate(on: Day("2026-11-30")!) == .none) }
    }

    @Test func `is billed before the month's end only in advance`() throws {
        let houses = [Self.contract("a"), Self.contract("b", billing: .advance)]
        #expect(try Self.preview(houses, isOver: false).rows.map(\.tenant) == ["b"])
    }

    @Test func `that was billed is in no preview, and is odd when it comes to another amount now`() throws {
        let whole = try #require(try Self.contract("e").feeRow(of: Self.november))
        let billed = ["e": BilledFee(run: 4, row: whole)]
        #expect(try Self.preview([Self.contract("e")], billed: billed).oddities == [])
        let ended = try Self.preview([Self.contract("e", until: "2026-11-15")], billed: billed)
        #expect(ended.rows.isEmpty && ended.oddities == [FeeOddity("e", .changedSince(run: 4))])
        let back = try whole.takenBack(from: 4)
        #expect(back.corrects == 4 && back.amounts?.gross == Self.eur(-2261) && FeeSum([whole, back]).gross == .zero(.eur))
        let fee = try PlatformFee([BilledFee(run: 4, row: whole), BilledFee(run: 5, row: back)], else: whole, .domestic)
        #expect(fee.gross == .zero(.eur) && fee.taxCase == .domestic && fee.run == 5)
        let open = try PlatformFee([], else: whole, .domestic)
        #expect(open.gross == Self.eur(2261) && open.run == nil && open.billing.english == "not billed yet")
    }

    @Test func `whose earlier months nobody was billed for is odd, unless it is blocked, and also where this month is billed`() throws {
        let months = ["2026-06", "2026-07", "2026-08", "2026-10"].map { Month($0)! }
        func odd(_ contract: Contract, billed: [String: BilledFee] = [:]) throws -> [FeeOddity] {
            try FeePreview(
                of: Self.november, after: 0, contracts: [contract], billed: billed, isOver: true, moved: ["a"], unbilled: ["a": months]
            ).oddities
        }
        let found = try odd(Self.contract())
        #expect(found == [FeeOddity("a", .earlierUnbilled(months))])
        #expect(found.first?.phrase.english.hasPrefix("Not billed yet: June 2026 to August 2026, October 2026.") == true)
        #expect(found.first?.phrase.german.hasPrefix("Noch nicht berechnet: Juni 2026 bis August 2026, Oktober 2026.") == true)
        #expect(found.allSatisfy { FeeOddity.codes.contains($0.code) })
        let row = try #require(try Self.contract().feeRow(of: Self.november))
        #expect(try odd(Self.contract(), billed: ["a": BilledFee(run: 1, row: row)]) == found)
        #expect(try odd(Self.contract(until: "2026-10-31")) == found)
        #expect(try odd(Self.contract(country: "FR")) == [FeeOddity("a", .blocked(.vatIDMissing))])
    }

    @Test func `with a preview whose every field is in its hash`() throws {
        let row = try #require(try Self.contract().feeRow(of: Self.november))
        let hash = FeeRun.hash(Self.november, after: 0, [row])
        #expect(hash.wholeMatch(of: /[0-9a-f]{32}/) != nil && TextRule.previewHash.takes(hash))
        var others = [FeeRun.hash(Self.november, after: 1, [row]), FeeRun.hash(Self.november, after: 0, [])]
        for other in [
            Self.contract("b"), Self.contract(until: "2026-11-29"), Self.contract(country: "JP"), Self.contract(proration: .wholeMonths),
            Self.contract(prices: [("2026-01", 1901)]), Self.contract(prices: [("2026-02", 1900)]), Self.contract(vatID: "DE1"),
            Self.contract(country: "FR"), Self.contract(free: 11),
        ] {
            others.append(FeeRun.hash(Self.november, after: 0, [try #require(try other.feeRow(of: Self.november))]))
        }
        others.append(FeeRun.hash(Self.november, after: 0, [try row.takenBack(from: 1)]))
        #expect(Set(others + [hash]).count == others.count + 1)
    }
}
