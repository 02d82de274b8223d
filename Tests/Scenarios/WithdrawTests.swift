import Foundation
import Ledger
import LedgerService
import TestHotel
import TestSupport
import Testing

/// A check-out that waits for the guest, and reception that does not want to wait.
@Suite struct `A check-out that waits for the guest` {
    /// The bank asks the guest about the rest.
    private func awaiting() async throws -> (hotel: Hotel, page: String) {
        let hotel = try await Hotel()
        try await hotel.book("R-1", card: "4000002760003184")
        try await hotel.charge("R-1", .lodging, "343.30")
        #expect(try await hotel.checkOut("R-1").view.folio.state == .awaitingGuest)
        return (hotel, try hotel.page(of: "R-1"))
    }

    @Test func `is withdrawn: the page is gone, and the rest is taken anew`() async throws {
        let (hotel, page) = try await awaiting()
        let view = try await hotel.ledger.withdrawCheckOut("R-1", of: Hotel.id, by: "anna").view
        #expect(view.folio.state == .open && view.folio.paymentURL == nil && view.totals.open == hotel.euros("43.30"))
        #expect(view.folio.notice == .paymentPageWithdrawn)
        await #expect(throws: SimulatorProcess.OrderRefused.self, "nobody pays on it any more") {
            try await hotel.simulator.order("POST", "/_sim/checkout/\(page)/pay", ["card": "4242424242424242"])
        }
        await #expect { _ = try await hotel.ledger.withdrawCheckOut("R-1", of: Hotel.id, by: "anna") } throws: {
            ($0 as? ServiceRefusal)?.code == "not_awaiting_guest"
        }
        try await hotel.charge("R-1", .minibar, "3.50")
        try await hotel.checkOut("R-1")
        try await hotel.guestPays("R-1")
        try await hotel.sync()
        let done = try hotel.folio("R-1")
        #expect(
            done.folio.state == .checkedOut && done.payments.filter { $0.state == .succeeded }.map(\.received.minorUnits) == [30000, 4680])
        try await hotel.expectAgreement()
    }

    @Test func `ends as it was meant to when the guest was faster`() async throws {
        let (hotel, _) = try await awaiting()
        try await hotel.guestPays("R-1")
        let view = try await hotel.ledger.withdrawCheckOut("R-1", of: Hotel.id, by: "anna").view
        #expect(view.folio.state == .checkedOut && view.totals.open.isZero && view.folio.notice == nil)
        try await hotel.expectAgreement()
    }

    @Test(arguments: ["cut_before_effect", "effect_then_no_answer"])
    func `is withdrawn once, whatever becomes of Stripe's answer`(fault: String) async throws {
        let (hotel, _) = try await awaiting()
        try await hotel.simulator.order(
            "POST", "/_sim/faults", ["route": "POST /v1/checkout/sessions/{id}/expire", "fault": fault, "times": 10])
        await #expect(throws: ServiceRefusal.self) { try await hotel.ledger.withdrawCheckOut("R-1", of: Hotel.id, by: "anna") }
        try await hotel.simulator.order("POST", "/_sim/faults", ["clear": true])
        try await hotel.sync()
        let view = try hotel.folio("R-1")
        #expect(view.folio.state == .open && view.totals.open == hotel.euros("43.30"))
        try await hotel.expectAgreement()
    }
}

@Suite struct `After a bank refused the saved card` {
    @Test func `the one that the guest gave instead is charged first`() async throws {
        let hotel = try await Hotel()
        // Saves, and refuses every later use.
        try await hotel.book("R-1", inDays: 30, card: "4000000000000341")
        try await hotel.letPass(days: 29)
        #expect(try await hotel.sync().holdsRefused == 1)
        try await hotel.guestPays("R-1")
        try await hotel.sync()
        try await hotel.charge("R-1", .lodging, "343.30")
        let done = try await hotel.checkOut("R-1").view
        #expect(done.folio.state == .checkedOut && done.payments.map(\.received.minorUnits) == [30000, 4330])
        try await hotel.expectAgreement()
    }
}
