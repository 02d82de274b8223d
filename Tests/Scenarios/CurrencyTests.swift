import Foundation
import Ledger
import LedgerService
import LedgerStore
import TestHotel
import Testing

@testable import LedgerService

/// Hotels that do not count in cents, and money in a currency that is not the hotel's.
@Suite struct `A currency` {
    private func hotel(_ code: String) async throws -> (hotel: Hotel, currency: Currency) {
        let hotel = try await Hotel()
        let currency = try #require(Currency(code))
        var tenant = NewTenant(id: "abroad", name: "Abroad")
        tenant.currency = currency
        _ = try await hotel.ledger.addTenant(tenant)
        try await hotel.simulator.order("POST", "/_sim/account", ["currency": code], key: "sk_test_abroad")
        try await hotel.ledger.setStripeAccount(of: "abroad", secretKey: "sk_test_abroad", by: "test")
        return (hotel, currency)
    }

    private func stay(_ hotel: Hotel, _ currency: Currency, hold: String, due: String) async throws -> CheckOutResult {
        func money(_ text: String) throws -> Money { try Money(reading: text, in: currency) }
        let today = hotel.clock.now.day(in: TimeZone(identifier: "Europe/Berlin")!)
        let new = NewFolio(
            reference: "R-1", guest: .init(name: "Anna", email: "a@example.com"), arrival: today, departure: today.adding(days: 2),
            mode: .reserved, amount: try money(hold))
        let url = try #require(try await hotel.ledger.openFolio(new, of: "abroad", by: "test").folio.paymentURL)
        try await hotel.simulator.pay(page: url)
        _ = try await hotel.ledger.sync("abroad")
        let line = NewLine.free(
            category: .other, description: "stay", quantity: 1, unitAmount: try money(due), taxRate: TaxRate.none)
        _ = try await hotel.ledger.addLine(line, to: "R-1", of: "abroad", by: "test")
        let plan = try hotel.ledger.checkOutPreview("R-1", of: "abroad").plan
        return try await hotel.ledger.checkOut("R-1", plan: plan.id, of: "abroad", by: "test")
    }

    @Test(arguments: [
        ("jpy", "30000", "34330"), ("kwd", "100.000", "114.330"), ("kwd", "100.000", "114.337"), ("kwd", "100.000", "80.005"),
    ])
    func `without decimals, or with three, is taken as far as Stripe can take it`(code: String, hold: String, due: String) async throws {
        let (hotel, currency) = try await hotel(code)
        let result = try await stay(hotel, currency, hold: hold, due: due)
        #expect(result.view.folio.state == .checkedOut)
        #expect(result.view.totals.open.minorUnits < 10 && !result.view.totals.open.isNegative, "Stripe takes no last digit but 0")
        try await hotel.letPass(seconds: 10)
        _ = try await hotel.ledger.sync("abroad")
        #expect(try await hotel.ledger.reconcile("abroad").differences.isEmpty)
    }

    @Test func `other than the operator's does not turn 22.61 EUR into 2261 JPY`() async throws {
        let (hotel, _) = try await hotel("jpy")
        try await hotel.letPass(days: 20)
        _ = try await hotel.ledger.sync("abroad")
        let closed = try await hotel.ledger.closeMonth(Month("2026-11")!, of: "abroad", by: "accounting")
        #expect(closed.platformFee.gross == hotel.euros("22.61"))
        #expect(try hotel.store.read(of: "abroad") { try $0.trialBalance().debits } == 0, "nothing of it is in the journal")
    }

    @Test func `other than the hotel's on its balance at Stripe is told, and stops nothing else`() async throws {
        let hotel = try await Hotel()
        try await hotel.simulator.order("POST", "/_sim/account", ["currencies": ["eur", "usd"]])
        try await hotel.book("R-1")
        _ = try await post(
            hotel, "/v1/payment_intents",
            "amount=5000&currency=usd&payment_method=pm_card_visa&confirm=true&automatic_payment_methods[enabled]=true"
                + "&automatic_payment_methods[allow_redirects]=never")
        try await hotel.letPass(seconds: 10)
        try await hotel.sync()
        try await hotel.charge("R-1", .lodging, "250.00")
        #expect(try await hotel.checkOut("R-1").view.folio.state == .checkedOut)
        try await hotel.letPass(seconds: 10)
        try await hotel.sync()
        let told = try await hotel.ledger.reconcile(Hotel.id)
        #expect(told.differences.map(\.object) == ["balance usd"], "\(told.differences)")
        #expect(told.differences.allSatisfy { !$0.counts && $0.mending.words.hasPrefix("Nothing to do") })
        #expect(told.count == 0, "the payment is in its place, and nobody has anything to do")
        // Nor when a part is given back.
        let intents = try await hotel.atStripe("/v1/payment_intents?limit=100")["data"] as? [[String: Any]]
        let foreign = try #require(intents?.first { $0["currency"] as? String == "usd" }?["id"] as? String)
        _ = try await post(hotel, "/v1/refunds", "payment_intent=\(foreign)&amount=1000")
        try await hotel.letPass(seconds: 10)
        try await hotel.sync()
        #expect(try await hotel.ledger.reconcile(Hotel.id).count == 0)
    }
}
