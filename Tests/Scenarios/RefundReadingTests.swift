import Foundation
import Ledger
import LedgerService
import TestHotel
import TestSupport
import Testing

/// Money is owed back at check-out, and the owner gives back some of it in the Dashboard before the call to Stripe gets through.
@Suite struct `What the Dashboard gave back first` {
    private func refunded(_ hotel: Hotel) async throws -> Int {
        let list = try await hotel.simulator.order("GET", "/v1/refunds?limit=100")["data"] as? [[String: Any]] ?? []
        return list.reduce(0) { $0 + ($1["amount"] as? Int ?? 0) }
    }

    /// Paid 107.00 and 50.00 on pages, by number of payment.
    private func paidTwice(_ bill: String) async throws -> (hotel: Hotel, intents: [String]) {
        let hotel = try await Hotel()
        try await hotel.book("R-1", hold: "107.00", mode: .direct)
        _ = try await hotel.ledger.askForPayment(hotel.euros("50.00"), on: "R-1", of: Hotel.id, by: "reception")
        try await hotel.guestPays("R-1")
        try await hotel.sync()
        try await hotel.charge("R-1", .lodging, bill)
        return (hotel, try hotel.folio("R-1").payments.compactMap(\.intent))
    }

    @Test(arguments: [true, false]) func `is not given back again by a check-out that Stripe did not answer`(isTold: Bool) async throws {
        let (hotel, intents) = try await paidTwice("57.00")
        try await hotel.simulator.order(
            "POST", "/_sim/faults", ["route": "POST /v1/refunds", "fault": "cut_before_effect", "times": 20])
        await #expect(throws: ServiceRefusal.self) { try await hotel.checkOut("R-1") }
        try await hotel.simulator.order("POST", "/_sim/faults", ["clear": true])
        _ = try await hotel.simulator.order(form: "/v1/refunds", "payment_intent=\(intents[1])&amount=5000")
        if isTold {
            try await hotel.simulator.order(
                "POST", "/_sim/faults", ["route": "POST /v1/refunds", "fault": "cut_before_effect", "times": 20])
            _ = try? await hotel.sync()
            try await hotel.simulator.order("POST", "/_sim/faults", ["clear": true])
        }
        for _ in 1...2 { try await hotel.sync() }
        #expect(try await refunded(hotel) == 10_000)
        let view = try hotel.folio("R-1")
        #expect(view.folio.state == .checkedOut && view.totals.open.isZero && view.totals.setAside.isZero)
        try await hotel.expectAgreement()
    }

    @Test func `whole is all that goes back`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", hold: "107.00", mode: .direct)
        try await hotel.charge("R-1", .lodging, "57.00")
        let intent = try #require(try hotel.folio("R-1").payments.first?.intent)
        let plan = try hotel.ledger.checkOutPreview("R-1", of: Hotel.id).plan
        _ = try await hotel.simulator.order(form: "/v1/refunds", "payment_intent=\(intent)&amount=5000")
        await #expect(throws: ServiceRefusal.self) {
            try await hotel.ledger.checkOut("R-1", plan: plan.id, of: Hotel.id, by: "reception")
        }
        try await hotel.checkOut("R-1")
        #expect(try await refunded(hotel) == 5_000)
        #expect(try hotel.folio("R-1").folio.state == .checkedOut)
        try await hotel.expectAgreement()
    }

    @Test func `counts for a no-show, which gives back the rest`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", hold: "200.00", mode: .direct)
        let intent = try #require(try hotel.folio("R-1").payments.first?.intent)
        _ = try await hotel.simulator.order(form: "/v1/refunds", "payment_intent=\(intent)&amount=5000")
        _ = try await hotel.ledger.recordNoShow("R-1", fee: hotel.euros("10.00"), reason: "did not come", of: Hotel.id, by: "reception")
        #expect(try await refunded(hotel) == 19_000)
        #expect(try hotel.folio("R-1").folio.state == .noShow)
        try await hotel.expectAgreement()
    }

    @Test func `beyond the bill is not lowered with what is set aside`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", hold: "300.00", mode: .direct)
        try await hotel.charge("R-1", .lodging, "100.00")
        let intent = try #require(try hotel.folio("R-1").payments.first?.intent)
        _ = try await hotel.simulator.order(form: "/v1/refunds", "payment_intent=\(intent)&amount=20000")
        try await hotel.sync()
        try await hotel.charge("R-1", .massage, "150.00")
        #expect(try hotel.folio("R-1").totals.setAside == hotel.euros("150.00"))
        _ = try await hotel.ledger.decideBill(ofRefund: 1, .lowered, of: "R-1", of: Hotel.id, by: "reception")
        try await hotel.checkOut("R-1")
        #expect(try await refunded(hotel) == 20_000)
        #expect(try hotel.folio("R-1").totals.open.isZero)
    }
}
