import Foundation
import Ledger
import LedgerService
import LedgerStore
import Stripe
import TestHotel
import Testing

@testable import LedgerService

extension Hotel {
    fileprivate func balance(_ account: Ledger.Account) throws -> Int64 {
        try store.read(of: Hotel.id) { try $0.balance(of: account).minorUnits }
    }

    /// A guest pays 120.00 with Klarna when booking.
    fileprivate func bookPaid(_ reference: String) async throws {
        try await offer([.card, .klarna])
        try await book(reference, hold: "120.00", card: nil, mode: .direct, method: .klarna)
        try await charge(reference, .lodging, "120.00")
        try await guestPays(reference, with: .klarna)
    }

    /// The bank takes back the latest payment.
    fileprivate func letFail(_ type: String = "payment_reversal") async throws {
        let charge = try await atStripe("/v1/payment_intents/\(try await lastIntent())")["latest_charge"] as? String
        try await simulator.order("POST", "/_sim/charges/\(try #require(charge))", ["fail": "insufficient_funds", "type": type])
    }
}

/// Stripe takes a payment out of the balance again after it had succeeded: the guest still owes.
@Suite struct `A payment that fails later` {
    @Test(arguments: ["payment_reversal", "payment_failure_refund"])
    func `is due again on the day of its movement, is never in suspense, and is paid another way`(type: String) async throws {
        let hotel = try await Hotel()
        try await hotel.bookPaid("R-1")
        try await hotel.sync()
        #expect(try hotel.folio("R-1").totals.captured == hotel.euros("120.00"))
        try await hotel.letPass(days: 3)
        try await hotel.letFail(type)
        try await hotel.letPass(days: 1)
        try await hotel.sync()
        let view = try hotel.folio("R-1")
        #expect(view.payments.map(\.state) == [.failed] && view.payments.map(\.refundable) == [0])
        #expect(view.totals.captured.isZero && view.totals.open == hotel.euros("120.00") && view.totals.setAside.isZero)
        #expect(view.folio.notice?.code == "payment_failed")
        #expect(try hotel.days(of: "payment", "payment_failed") == ["payment 12000 2026-11-18", "payment_failed 12000 2026-11-21"])
        #expect(try hotel.balance(.folio(reference: "R-1")) == 12000)
        #expect(try hotel.balance(.suspense(type: type)) == 0)
        #expect(try hotel.ledger.unexplainedMovements(of: Hotel.id).isEmpty)
        let rows = try hotel.ledger.statement(Month("2026-11")!, of: Hotel.id).stripe.rows
        #expect(rows.contains { $0.kind == .chargeFailure && $0.type == type && $0.amount == hotel.euros("-120.00") })
        // What the intent says changes nothing: it succeeded once.
        try await hotel.expectAgreement()
        #expect(try await hotel.checkOut("R-1").view.folio.state == .awaitingGuest)
        try await hotel.guestPays("R-1", with: .klarna)
        try await hotel.sync()
        let paid = try hotel.folio("R-1")
        #expect(paid.folio.state == .checkedOut && paid.totals.open.isZero && paid.totals.captured == hotel.euros("120.00"))
        try await hotel.expectAgreement()
    }

    @Test func `is told on the closed folio, and is an open item`() async throws {
        let hotel = try await Hotel()
        try await hotel.bookPaid("R-1")
        try await hotel.sync()
        #expect(try await hotel.checkOut("R-1").view.folio.state == .checkedOut)
        try await hotel.letFail()
        try await hotel.sync()
        let view = try hotel.folio("R-1")
        #expect(view.folio.state == .checkedOut && view.totals.open == hotel.euros("120.00"))
        #expect(view.folio.notice?.code == "payment_failed_after_close")
        #expect(try hotel.ledger.openItems(Month("2026-11")!, of: Hotel.id).map(\.why) == [.closedUnpaid])
        try await hotel.expectAgreement()
    }

    @Test func `before anybody heard that it had succeeded comes to nothing in the end`() async throws {
        let hotel = try await Hotel()
        try await hotel.bookPaid("R-1")
        try await hotel.letFail()
        try await hotel.letPass(seconds: 10)
        // The list of movements alone, before any event.
        _ = try await hotel.ledger.bookMovements(of: try hotel.ledger.tenant(Hotel.id))
        #expect(try hotel.ledger.unexplainedMovements(of: Hotel.id).isEmpty)
        let view = try hotel.folio("R-1")
        #expect(view.payments.map(\.state) == [.failed] && view.totals.open == hotel.euros("120.00"))
        #expect(try hotel.entries(of: "payment_failed") == [12000])
        try await hotel.expectAgreement()
    }

    @Test func `after a part of it was refunded leaves that part owed as well`() async throws {
        let hotel = try await Hotel()
        try await hotel.bookPaid("R-1")
        try await hotel.sync()
        let intent = try await hotel.lastIntent()
        try await hotel.dashboard("/v1/refunds", "payment_intent=\(intent)&amount=2000")
        try await hotel.sync()
        try await hotel.letFail()
        try await hotel.sync()
        let totals = try hotel.folio("R-1").totals
        #expect(totals.captured.isZero && totals.refunded == hotel.euros("20.00") && totals.open == hotel.euros("140.00"))
        try await hotel.expectAgreement()
    }

    @Test func `of somebody else is in suspense beside the payment that it takes back`() async throws {
        let hotel = try await Hotel()
        let form =
            "amount=5000&currency=eur&payment_method=pm_card_visa&confirm=true&automatic_payment_methods[enabled]=true"
            + "&automatic_payment_methods[allow_redirects]=never"
        _ = try await hotel.dashboard("/v1/payment_intents", form)
        try await hotel.letFail()
        try await hotel.letPass(seconds: 10)
        try await hotel.sync()
        #expect(try hotel.balance(.suspense(type: "charge")) == -5000)
        #expect(try hotel.balance(.suspense(type: "payment_reversal")) == 5000)
    }

    /// Since 2024 Stripe's debits stand on the balance while they are on their way.
    @Test(arguments: [true, false])
    func `while it is on its way is no difference that anybody has to mend`(fails: Bool) async throws {
        var settings = Tenant.Settings()
        settings.legacyMethods = [.sofort]
        let hotel = try await Hotel(settings: settings)
        try await hotel.offer([.card, .sofort])
        try await hotel.simulator.order("POST", "/_sim/account", ["pending_payments": true])
        try await hotel.book("R-1", hold: "120.00", card: nil, mode: .direct, method: .sofort)
        try await hotel.charge("R-1", .lodging, "120.00")
        try await hotel.guestPays("R-1", with: .sofort)
        try await hotel.sync()
        #expect(try hotel.folio("R-1").totals.processing == hotel.euros("120.00"))
        let told = try await hotel.ledger.reconcile(Hotel.id).differences
        #expect(told.map(\.cause) == ["Stripe shows it before it is paid"] && told.allSatisfy(\.mending.isByHand))
        if fails {
            let intent = try #require(try hotel.folio("R-1").payments.first?.intent)
            let method = try #require(try await hotel.atStripe("/v1/payment_intents/\(intent)")["payment_method"] as? String)
            try await hotel.simulator.order("POST", "/_sim/payment_methods/\(method)", ["declines_from_use": 1])
        }
        try await hotel.letPass(days: 6)
        try await hotel.sync()
        #expect(try hotel.folio("R-1").payments.map(\.state) == [fails ? .failed : .succeeded])
        #expect(try hotel.entries(of: "payment") == (fails ? [] : [12000]))
        #expect(try hotel.entries(of: "payment_failed") == [])
        try await hotel.expectAgreement()
    }

    /// Stripe's schema lets a refund be the source of what takes a failed payment back.
    @Test func `is no refund, where Stripe lists one for it`() async throws {
        let hotel = try await Hotel()
        try await hotel.bookPaid("R-1")
        try await hotel.sync()
        let json = """
            {"id":"pyr_1","object":"refund","status":"succeeded","amount":12000,"currency":"eur","created":1795000000,"metadata":{},
            "charge":"py_1","payment_intent":"\(try await hotel.lastIntent())","balance_transaction":{"id":"txn_1",
            "object":"balance_transaction","type":"payment_failure_refund","reporting_category":"charge_failure","amount":-12000,"fee":0,
            "net":-12000,"currency":"eur","created":1795000000,"source":"pyr_1"}}
            """
        let refund = try JSONDecoder().decode(Stripe.Refund.self, from: Data(json.utf8))
        try await hotel.store.write(of: Hotel.id) { try $0.apply(refund) }
        #expect(try hotel.folio("R-1").refunds.isEmpty)
    }
}
