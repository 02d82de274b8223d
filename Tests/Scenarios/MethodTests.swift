import Ledger
import LedgerService
import TestHotel
import TestSupport
import Testing

/// Klarna holds without a card, and Sofort pays days later: what that means for a stay.
@Suite struct `A method other than the card` {
    private func sofortHotel() async throws -> Hotel {
        var settings = Tenant.Settings()
        settings.legacyMethods = [.sofort]
        let hotel = try await Hotel(settings: settings)
        try await hotel.offer([.card, .klarna, .sofort])
        return hotel
    }

    /// The bank's answer to the Sofort payment of a folio, when it comes, will be no.
    private func letSofortFail(_ hotel: Hotel, _ reference: String) async throws {
        let intent = try #require(try hotel.folio(reference).payments.last?.intent)
        let method = try #require(try await hotel.atStripe("/v1/payment_intents/\(intent)")["payment_method"] as? String)
        try await hotel.simulator.order("POST", "/_sim/payment_methods/\(method)", ["declines_from_use": 1])
    }

    @Test func `Klarna holds, is captured at check-out, and the rest goes by link`() async throws {
        let hotel = try await Hotel()
        try await hotel.offer([.card, .klarna])
        try await hotel.book("R-1", card: nil, method: .klarna)
        try await hotel.guestPays("R-1", with: .klarna)
        try await hotel.sync()
        #expect(try hotel.folio("R-1").totals.held == hotel.euros("300.00") && hotel.folio("R-1").folio.savedCard == nil)
        try await hotel.charge("R-1", .lodging, "343.30")
        #expect(try await hotel.checkOut("R-1").view.folio.state == .awaitingGuest)
        try await hotel.guestPays("R-1", with: .klarna)
        try await hotel.sync()
        #expect(try hotel.folio("R-1").payments.map(\.received.minorUnits) == [30000, 4330])
        try await hotel.expectAgreement()
    }

    @Test func `Klarna's hold can be asked for by card instead, which is then saved as for a stay by card`() async throws {
        let hotel = try await Hotel()
        try await hotel.offer([.card, .klarna])
        try await hotel.book("R-1", card: nil, method: .klarna)
        _ = try await hotel.ledger.releaseHold(1, of: "R-1", of: Hotel.id, by: "reception")
        _ = try await hotel.ledger.askForHold(hotel.euros("300.00"), with: .card, on: "R-1", of: Hotel.id, by: "reception")
        try await hotel.guestPays("R-1")
        try await hotel.sync()
        let view = try hotel.folio("R-1")
        #expect(view.holds.map(\.method) == [.klarna, .card] && view.holds.last?.state == .authorised)
        #expect(view.folio.savedCard?.last4 == "4242", "the guest consented on the page")
        try await hotel.charge("R-1", .lodging, "343.30")
        #expect(try await hotel.checkOut("R-1").view.folio.state == .checkedOut)
        #expect(try hotel.folio("R-1").payments.map(\.received.minorUnits) == [30000, 4330])
        try await hotel.expectAgreement()
    }

    /// The account offers Klarna no more, so that nobody can pay on the page that is out.
    @Test func `a page of a method that died is replaced when another method is named`() async throws {
        let hotel = try await Hotel()
        try await hotel.offer([.card, .klarna])
        try await hotel.book("R-1", card: nil, method: .klarna)
        try await hotel.book("D-1", hold: "90.00", card: nil, mode: .direct, method: .klarna)
        let pages = [try hotel.page(of: "R-1"), try hotel.page(of: "D-1")]
        try await hotel.offer([.card])
        // Named by nobody, or the same, it stays; and what is refused takes no page from the guest.
        for method in [nil, Ledger.PaymentMethod.klarna] {
            let refusal = await #expect(throws: ServiceRefusal.self) {
                try await hotel.ledger.askForPayment(hotel.euros("90.00"), with: method, on: "D-1", of: Hotel.id, by: "reception")
            }
            #expect(refusal?.code == "page_open")
        }
        await #expect(throws: (any Error).self) {
            try await hotel.ledger.askForPayment(hotel.euros("0.10"), with: .card, on: "D-1", of: Hotel.id, by: "reception")
        }
        #expect(try [hotel.page(of: "R-1"), hotel.page(of: "D-1")] == pages)
        let held = try await hotel.ledger.askForHold(hotel.euros("300.00"), with: .card, on: "R-1", of: Hotel.id, by: "reception")
        #expect(held.holds.map(\.state) == [.failed, .requested] && held.holds.map(\.method) == [.klarna, .card])
        let asked = try await hotel.ledger.askForPayment(hotel.euros("90.00"), with: .card, on: "D-1", of: Hotel.id, by: "reception")
        #expect(asked.payments.map(\.state) == [.failed, .requested] && asked.payments.map(\.method) == [.klarna, .card])
        for reference in ["R-1", "D-1"] {
            #expect(try hotel.folio(reference).folio.notice == nil)
            try await hotel.guestPays(reference)
        }
        try await hotel.sync()
        #expect(try hotel.folio("R-1").totals.held == hotel.euros("300.00"))
        #expect(try hotel.folio("D-1").totals.captured == hotel.euros("90.00"))
        for page in pages {
            #expect(try await hotel.atStripe("/v1/checkout/sessions/\(page)")["status"] as? String == "expired")
        }
        try await hotel.expectAgreement()
    }

    @Test func `a page that the guest has used meanwhile is taken in, and no other takes its place`() async throws {
        let hotel = try await Hotel()
        try await hotel.offer([.card, .klarna])
        try await hotel.book("D-1", hold: "90.00", card: nil, mode: .direct, method: .klarna)
        try await hotel.guestPays("D-1", with: .klarna)
        let refusal = await #expect(throws: ServiceRefusal.self) {
            try await hotel.ledger.askForPayment(hotel.euros("90.00"), with: .card, on: "D-1", of: Hotel.id, by: "reception")
        }
        #expect(refusal?.code == "page_used")
        let view = try hotel.folio("D-1")
        #expect(view.payments.count == 1 && view.totals.captured == hotel.euros("90.00") && view.folio.paymentURL == nil)
        try await hotel.expectAgreement()
    }

    @Test func `Klarna's stay far ahead is reserved by card once somebody asks for a card`() async throws {
        let hotel = try await Hotel()
        try await hotel.offer([.card, .klarna])
        try await hotel.book("R-1", inDays: 20, card: nil, method: .klarna)
        _ = try await hotel.ledger.releaseHold(1, of: "R-1", of: Hotel.id, by: "reception")
        _ = try await hotel.ledger.askForHold(hotel.euros("300.00"), with: .card, on: "R-1", of: Hotel.id, by: "reception")
        try await hotel.guestPays("R-1")
        try await hotel.sync()
        #expect(try hotel.folio("R-1").folio.savedCard != nil && hotel.folio("R-1").totals.held.isZero)
        try await hotel.letPass(days: 19)
        try await hotel.sync()
        #expect(try hotel.folio("R-1").totals.held == hotel.euros("300.00"))
        try await hotel.expectAgreement()
    }

    @Test func `Klarna that is gone from the account at check-out is replaced by the card`() async throws {
        let hotel = try await Hotel()
        try await hotel.offer([.card, .klarna])
        try await hotel.book("R-1", card: nil, method: .klarna)
        try await hotel.guestPays("R-1", with: .klarna)
        try await hotel.sync()
        try await hotel.charge("R-1", .lodging, "343.30")
        try await hotel.offer([.card])
        #expect(try await hotel.checkOut("R-1").view.folio.state == .awaitingGuest)
        let payments = try hotel.folio("R-1").payments
        #expect(payments.map(\.method) == [.klarna, .klarna, .card] && payments[1].failure == .methodNotActive(.klarna))
        #expect(try hotel.folio("R-1").folio.notice == nil, "the card's page is what was to be asked for")
        try await hotel.guestPays("R-1")
        try await hotel.sync()
        #expect(try hotel.folio("R-1").folio.state == .checkedOut)
        try await hotel.expectAgreement()
    }

    /// A hold by Link is not renewed.
    @Test func `Link reserves nothing: a page that a hold comes of does not show it, and one that takes money does`() async throws {
        func payByLink(_ hotel: Hotel, _ reference: String) async throws {
            let page = try hotel.page(of: reference)
            try await hotel.simulator.order("POST", "/_sim/checkout/\(page)/pay", ["method": "link"])
        }
        let hotel = try await Hotel()
        try await hotel.book("NOW", card: nil)
        try await hotel.book("LATER", inDays: 90, card: nil)
        for reference in ["NOW", "LATER"] {
            await #expect(throws: SimulatorProcess.OrderRefused.self) { try await payByLink(hotel, reference) }
            try await hotel.guestPays(reference)
        }
        try await hotel.book("PAID", hold: "100.00", card: nil, mode: .direct)
        try await payByLink(hotel, "PAID")
        try await hotel.sync()
        #expect(try hotel.folio("NOW").totals.held == hotel.euros("300.00"))
        #expect(try hotel.folio("LATER").folio.savedCard?.last4 == "4242")
        #expect(try hotel.folio("PAID").totals.captured == hotel.euros("100.00"))
        try await hotel.expectAgreement()
    }

    @Test func `a method that the tenant does not offer, or that holds nothing, is not asked for`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        let ended = await #expect(throws: ServiceRefusal.self) {
            try await hotel.ledger.askForPayment(hotel.euros("10.00"), with: .sofort, on: "R-1", of: Hotel.id, by: "reception")
        }
        let unknown = await #expect(throws: ServiceRefusal.self) {
            try await hotel.ledger.askForHold(
                hotel.euros("10.00"), with: Ledger.PaymentMethod(rawValue: "gold"), on: "R-1", of: Hotel.id, by: "reception")
        }
        let other = try await sofortHotel()
        try await other.book("R-1")
        let direct = await #expect(throws: ServiceRefusal.self) {
            try await other.ledger.askForHold(other.euros("10.00"), with: .sofort, on: "R-1", of: Hotel.id, by: "reception")
        }
        #expect([ended?.code, unknown?.code, direct?.code] == ["method_ended", "method_unknown", "method_cannot_hold"])
    }

    /// Stripe names no end for a Klarna hold, but it ends at midnight UTC after 28 days.
    @Test func `Klarna's hold is no cover after 28 days, before any news of it`() async throws {
        let hotel = try await Hotel()
        try await hotel.offer([.card, .klarna])
        try await hotel.book("R-1", nights: 27, card: nil, method: .klarna)
        try await hotel.guestPays("R-1", with: .klarna)
        try await hotel.sync()
        #expect(try hotel.folio("R-1").totals.held == hotel.euros("300.00"))
        try await hotel.letPass(days: 28)
        #expect(try hotel.folio("R-1").totals.held.isZero, "a dead hold is no cover")
    }

    @Test func `Sofort that fails days later is due again, and is taken by card`() async throws {
        let hotel = try await sofortHotel()
        try await hotel.book("R-1", hold: "120.00", card: nil, mode: .direct, method: .sofort)
        try await hotel.charge("R-1", .lodging, "120.00")
        try await hotel.guestPays("R-1", with: .sofort)
        try await hotel.sync()
        #expect(try hotel.folio("R-1").totals.processing == hotel.euros("120.00"))
        try await letSofortFail(hotel, "R-1")
        try await hotel.letPass(days: 6)
        try await hotel.sync()
        let view = try hotel.folio("R-1")
        #expect(view.folio.state == .open && view.totals.open == hotel.euros("120.00") && view.folio.notice != nil)
        #expect(view.payments.map(\.state) == [.failed])
        let intent = try #require(view.payments.first?.intent)
        #expect(
            try await hotel.atStripe("/v1/payment_intents/\(intent)")["status"] as? String == "canceled", "nobody can pay with it any more")
        // Meanwhile Stripe has taken Sofort away from the account: a link with it would be refused for ever.
        try await hotel.offer([.card])
        #expect(try await hotel.checkOut("R-1").view.folio.state == .awaitingGuest)
        try await hotel.guestPays("R-1")
        try await hotel.sync()
        #expect(try hotel.folio("R-1").folio.state == .checkedOut)
        try await hotel.expectAgreement()
    }

    @Test func `Sofort on its way counts at check-out, and its failure afterwards is told on the closed folio`() async throws {
        let hotel = try await sofortHotel()
        try await hotel.book("R-1", hold: "120.00", card: nil, mode: .direct, method: .sofort)
        try await hotel.charge("R-1", .lodging, "120.00")
        try await hotel.guestPays("R-1", with: .sofort)
        try await hotel.sync()
        let result = try await hotel.checkOut("R-1")
        #expect(result.view.folio.state == .checkedOut && result.view.totals.processing == hotel.euros("120.00"))
        try await letSofortFail(hotel, "R-1")
        try await hotel.letPass(days: 6)
        try await hotel.sync()
        let view = try hotel.folio("R-1")
        #expect(view.payments.map(\.state) == [.failed] && view.totals.open == hotel.euros("120.00") && view.totals.processing.isZero)
        #expect(view.folio.notice?.details.amount == hotel.euros("120.00"), "staff must learn that it was not paid")
        try await hotel.expectAgreement()
    }

    @Test func `Sofort that arrives after the guest has cancelled is told on the folio, and can go back`() async throws {
        let hotel = try await sofortHotel()
        try await hotel.book("R-1", hold: "120.00", card: nil, mode: .direct, method: .sofort)
        try await hotel.guestPays("R-1", with: .sofort)
        try await hotel.sync()
        let result = try await hotel.ledger.cancel("R-1", fee: .zero(.eur), reason: "ill", of: Hotel.id, by: "reception")
        #expect(result.view.folio.state == .cancelled)
        try await hotel.letPass(days: 6)
        try await hotel.sync()
        let view = try hotel.folio("R-1")
        #expect(view.totals.open == hotel.euros("-120.00") && view.folio.notice == .overpaid(hotel.euros("120.00")))
        let back = try await hotel.ledger.refund(
            payment: 1, amount: hotel.euros("100.00"), reason: "cancelled", of: "R-1", of: Hotel.id, by: "reception")
        #expect(back.totals.open == hotel.euros("-20.00"), "as much as the balance at Stripe holds after the fee")
        try await hotel.expectAgreement()
    }

    @Test func `Sofort whose answer nobody fetched for longer than Stripe keeps events is settled all the same`() async throws {
        let hotel = try await sofortHotel()
        try await hotel.book("R-1", hold: "120.00", card: nil, mode: .direct, method: .sofort)
        try await hotel.charge("R-1", .lodging, "120.00")
        try await hotel.guestPays("R-1", with: .sofort)
        try await hotel.sync()
        try await hotel.checkOut("R-1")
        try await hotel.letPass(days: 40)
        try await hotel.sync()
        #expect(try hotel.folio("R-1").payments.map(\.state) == [.succeeded])
        try await hotel.expectAgreement()
    }
}
