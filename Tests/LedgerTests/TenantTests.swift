import Foundation
import Testing

@testable import Ledger

@Suite struct `Names of tenants, categories and methods` {
    @Test(arguments: ["adler", "hotel-adler-2", "1", String(repeating: "a", count: 40)])
    func `an id that can stand in an address is taken`(id: String) { #expect(TextRule.tenantID.takes(id)) }

    @Test(arguments: ["", "-adler", "Adler", "hotel adler", "hotel/adler", "hotel_adler", "ädler", "..", String(repeating: "a", count: 41)])
    func `an id that cannot is refused`(id: String) { #expect(!TextRule.tenantID.takes(id)) }

    @Test(arguments: ["sauna", "no_show", "a1", String(repeating: "a", count: 32)])
    func `a category that can stand in an account's name is taken`(name: String) { #expect(Category(name)?.description == name) }

    @Test(arguments: ["", "1a", "_a", "Sauna", "a:b", "a b", "bäder", String(repeating: "a", count: 33)])
    func `a category that cannot is refused`(name: String) { #expect(Category(name) == nil) }

    @Test func `a given category is the one of its name`() {
        for category: Category in [
            .lodging, .food, .drinks, .minibar, .massage, .wellness, .parking, .shop, .cancellation, .noShow, .visitorsTax, .other,
        ] { #expect(Category(category.name) == category) }
    }

    @Test func `what a guest consumes is neither the room, nor a fee, nor anybody else's money`() {
        for category: Category in [.lodging, .cancellation, .noShow, .visitorsTax, .other] {
            #expect(!Category.consumption.contains(category), "\(category)")
        }
        #expect(Set(Category.consumption).isSubset(of: Category.standard))
        #expect(Tenant.Settings().lateChargeCategories.inOrder == [.drinks, .minibar, .wellness, .parking])
        #expect(Set([Category.shop, .food, .minibar]).inOrder == [.food, .minibar, .shop])
    }

    @Test func `card and Klarna can hold, Sofort and giropay cannot and have ended`() {
        #expect(PaymentMethod.offered.filter(\.canHold) == [.card, .klarna])
        #expect(PaymentMethod.offered.filter { $0.endedOn != nil } == [.sofort, .giropay])
        #expect(PaymentMethod.giropay.endedOn?.description == "2024-06-30")
        #expect(PaymentMethod.sofort.endedOn?.description == "2025-03-31")
        #expect(!PaymentMethod(rawValue: "twint").canHold)
    }

    @Test func `a method that has ended is offered until that day, and afterwards only where the tenant says so`() throws {
        func tenant(_ legacy: Set<PaymentMethod>) throws -> Tenant {
            var settings = Tenant.Settings()
            settings.legacyMethods = legacy
            return Tenant(
                number: 1, id: "adler", name: "Adler", currency: .eur, timeZone: try #require(TimeZone(identifier: "Europe/Berlin")),
                settings: settings, booksID: String(repeating: "0", count: 32))
        }
        #expect(try tenant([]).methods(on: #require(Day("2025-03-31"))) == [.card, .klarna, .sofort])
        #expect(try tenant([]).methods(on: #require(Day("2025-04-01"))) == [.card, .klarna])
        #expect(try tenant([.sofort]).methods(on: #require(Day("2026-11-18"))) == [.card, .klarna, .sofort])
    }
}
