import Ledger
import Testing

@testable import Stripe

@Suite struct `An amount at Stripe` {
    @Test(arguments: [
        ("eur", 6500, 6500), ("jpy", 500, 500), ("isk", 500, 50_000), ("ugx", 5, 500), ("kwd", 1230, 1230), ("huf", 17_550, 17_550),
    ])
    func `is scaled by Stripe's rules and comes back as it was`(code: String, minorUnits: Int64, integer: Int64) throws {
        let currency = try #require(Currency(code))
        let amount = try StripeAmount(minorUnits: minorUnits, currency: currency)
        #expect(amount.integer == integer)
        #expect(try StripeAmount(stripe: integer, currency: code) == amount)
        #expect(amount.minorUnits == minorUnits)
        #expect(try StripeAmount(Money(minorUnits: minorUnits, currency: currency)) == amount)
        #expect(amount.money == Money(minorUnits: minorUnits, currency: currency))
    }

    @Test func `is refused when Stripe cannot write it, or the ledger cannot`() throws {
        let (isk, kwd) = (Currency("isk")!, Currency("kwd")!)
        #expect(throws: StripeAmountError.tooLarge(isk)) { try StripeAmount(minorUnits: .max, currency: isk) }
        #expect(throws: StripeAmountError.tooPrecise(1234, kwd)) { try StripeAmount(minorUnits: 1234, currency: kwd) }
        #expect(throws: StripeAmountError.tooPrecise(150, isk)) { try StripeAmount(stripe: 150, currency: "isk") }
        #expect(throws: StripeAmountError.unknownCurrency("xxx")) { try StripeAmount(stripe: 1, currency: "xxx") }
        #expect(StripeAmountError.tooPrecise(1234, kwd).hint != nil)
    }

    @Test func `has a least value where Stripe publishes one`() {
        #expect(StripeAmount.minimum(.eur) == 50)
        #expect(StripeAmount.minimum(Currency("huf")!) == 17_500)
        #expect(StripeAmount.minimum(Currency("kwd")!) == nil)
    }
}
