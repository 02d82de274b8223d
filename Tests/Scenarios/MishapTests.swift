import Foundation
import Ledger
import LedgerService
import TestHotel
import TestSupport
import Testing

/// What goes wrong between the ledger and Stripe, and how it ends: nothing twice, nothing lost.
@Suite struct `When something goes wrong` {
    private func fault(_ hotel: Hotel, _ route: String, _ fault: String, times: Int) async throws {
        try await hotel.simulator.order("POST", "/_sim/faults", ["route": route, "fault": fault, "times": times])
    }

    private func endFaults(_ hotel: Hotel) async throws { try await hotel.simulator.order("POST", "/_sim/faults", ["clear": true]) }

    @Test func `and the answer to a capture is lost for good, the money is taken once and sync finishes the check-out`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        try await hotel.charge("R-1", .lodging, "343.30")
        try await fault(hotel, "POST /v1/payment_intents/{id}/capture", "effect_then_no_answer", times: 20)
        await #expect(throws: ServiceRefusal.self) { try await hotel.checkOut("R-1") }
        let stuck = try hotel.folio("R-1")
        #expect(stuck.folio.state == .closing && stuck.payments.isEmpty, "what is unknown is not booked")
        await #expect(throws: ServiceRefusal.self, "no line while it runs") { try await hotel.charge("R-1", .minibar, "3.50") }
        #expect(try hotel.ledger.openOperations(of: Hotel.id).count == 1)
        try await endFaults(hotel)
        #expect(try await hotel.sync().checkOutsFinished == 1)
        let done = try hotel.folio("R-1")
        #expect(done.folio.state == .checkedOut && done.payments.map(\.received.minorUnits) == [30000, 4330])
        try await hotel.expectAgreement()
    }

    @Test(
        arguments: ["POST /v1/payment_intents", "POST /v1/payment_intents/{id}/capture"], ["cut_before_effect", "effect_then_no_answer"])
    func `once on a call, nobody notices`(route: String, kind: String) async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        try await hotel.charge("R-1", .lodging, "343.30")
        try await fault(hotel, route, kind, times: 1)
        #expect(try await hotel.checkOut("R-1").view.payments.map(\.received.minorUnits) == [30000, 4330])
        try await hotel.expectAgreement()
    }

    @Test func `and the answer is missing for two days, the charge is found at Stripe and not sent again`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        try await hotel.charge("R-1", .lodging, "343.30")
        try await fault(hotel, "POST /v1/payment_intents", "effect_then_no_answer", times: 20)
        await #expect(throws: ServiceRefusal.self) { try await hotel.checkOut("R-1") }
        try await endFaults(hotel)
        try await hotel.letPass(days: 2)
        try await hotel.sync()
        let done = try hotel.folio("R-1")
        #expect(done.folio.state == .checkedOut && done.payments.map(\.received.minorUnits) == [30000, 4330])
        try await hotel.expectAgreement()
    }

    /// Stripe keeps a key for a day, and the news has not been read: only the charge itself shows that there is one.
    @Test(arguments: [23, 24, 25]) func `and the answer is missing for about a day, the charge is not made twice`(hours: Int) async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        try await hotel.charge("R-1", .lodging, "343.30")
        let plan = try hotel.ledger.checkOutPreview("R-1", of: Hotel.id).plan.id
        func checkOut() async throws -> CheckOutResult {
            try await hotel.ledger.checkOut("R-1", plan: plan, of: Hotel.id, by: "reception")
        }
        try await fault(hotel, "POST /v1/payment_intents", "effect_then_no_answer", times: 20)
        await #expect(throws: ServiceRefusal.self) { try await checkOut() }
        try await endFaults(hotel)
        try await hotel.letPass(hours: hours, seconds: 60)
        #expect(try await checkOut().view.payments.map(\.received.minorUnits) == [30000, 4330])
        try await hotel.expectAgreement()
    }

    /// Stripe repeats a 500 from the key for as long as it keeps the key, so only the news can tell.
    @Test func `and Stripe says 500 for good after it has captured, the news finishes the check-out`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        try await hotel.charge("R-1", .lodging, "250.00")
        try await fault(hotel, "POST /v1/payment_intents/{id}/capture", "error_after_effect", times: 1)
        await #expect(throws: ServiceRefusal.self) { try await hotel.checkOut("R-1") }
        try await hotel.sync()
        let done = try hotel.folio("R-1")
        #expect(done.folio.state == .checkedOut && done.payments.map(\.received.minorUnits) == [25000])
        #expect(try hotel.ledger.openOperations(of: Hotel.id).isEmpty)
        try await hotel.expectAgreement()
    }

    @Test func `because the guest pays the open page while reception checks out, nothing is taken twice`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", hold: "100.00", card: nil, mode: .direct)
        try await hotel.charge("R-1", .lodging, "100.00")
        let plan = try hotel.ledger.checkOutPreview("R-1", of: Hotel.id).plan
        #expect(plan.due == 10000)
        try await hotel.guestPays("R-1")
        await #expect(throws: ServiceRefusal.self) {
            try await hotel.ledger.checkOut("R-1", plan: plan.id, of: Hotel.id, by: "reception")
        }
        let result = try await hotel.checkOut("R-1")
        #expect(result.view.totals.captured == hotel.euros("100.00") && result.view.payments.count == 1)
        try await hotel.expectAgreement()
    }

    @Test func `because nobody used the page, it is withdrawn before anything is taken another way`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", hold: "100.00", card: nil, mode: .direct)
        try await hotel.charge("R-1", .lodging, "120.00")
        let page = try hotel.page(of: "R-1")
        let result = try await hotel.checkOut("R-1")
        #expect(result.view.folio.state == .awaitingGuest)
        await #expect(throws: SimulatorProcess.OrderRefused.self, "the old page is gone") {
            try await hotel.simulator.order("POST", "/_sim/checkout/\(page)/pay", ["card": "4242424242424242"])
        }
        try await hotel.guestPays("R-1")
        try await hotel.sync()
        #expect(try hotel.folio("R-1").totals.captured == hotel.euros("120.00"))
        try await hotel.expectAgreement()
    }

    @Test func `and the bank refuses the hold before arrival, the folio says so and offers a page`() async throws {
        let hotel = try await Hotel()
        // Saves, and refuses every later use.
        try await hotel.book("R-1", inDays: 30, card: "4000000000000341")
        try await hotel.letPass(days: 29)
        #expect(try await hotel.sync().holdsRefused == 1)
        let refused = try hotel.folio("R-1")
        #expect(
            refused.folio.notice?.code == "hold_refused" && refused.folio.notice?.details.amount == hotel.euros("300.00")
                && refused.folio.paymentURL != nil)
        #expect(refused.holds.map(\.state) == [.failed, .requested] && refused.totals.held.isZero)
        try await hotel.guestPays("R-1")
        try await hotel.sync()
        let held = try hotel.folio("R-1")
        #expect(held.totals.held == hotel.euros("300.00") && held.folio.notice == nil)
        try await hotel.expectAgreement("the refused attempt must not stay open at Stripe")
    }

    @Test(arguments: [0, 60])
    func `because the guest never used the page, reception asks once more and the stay is covered`(lead: Int) async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", nights: 4, inDays: lead, card: nil)
        await #expect(throws: ServiceRefusal.self, "one page at a time") {
            try await hotel.ledger.askForHold(hotel.euros("300.00"), on: "R-1", of: Hotel.id, by: "reception")
        }
        try await hotel.letPass(days: 1, hours: 1)
        try await hotel.sync()
        #expect(try hotel.folio("R-1").folio.paymentURL == nil)
        _ = try await hotel.ledger.askForHold(hotel.euros("350.00"), on: "R-1", of: Hotel.id, by: "reception")
        try await hotel.guestPays("R-1")
        try await hotel.sync()
        if lead > 0 {
            try await hotel.letPass(days: lead - 2)
            try await hotel.sync()
        }
        let view = try hotel.folio("R-1")
        #expect(view.totals.held == hotel.euros("350.00"), "\(view.holds)")
        try await hotel.expectAgreement()
    }

    @Test func `with the link, which the guest lets expire, the folio opens again with what is due`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", card: "4000002760003184")
        try await hotel.charge("R-1", .lodging, "343.30")
        try await hotel.checkOut("R-1")
        try await hotel.letPass(days: 1, hours: 1)
        try await hotel.sync()
        let open = try hotel.folio("R-1")
        #expect(open.folio.state == .open && open.folio.notice != nil && open.totals.open == hotel.euros("43.30"))
        try await hotel.checkOut("R-1")
        try await hotel.guestPays("R-1")
        try await hotel.sync()
        #expect(try hotel.folio("R-1").folio.state == .checkedOut)
        try await hotel.expectAgreement()
    }

    @Test func `and news comes twice, nothing happens twice`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        try await hotel.charge("R-1", .lodging, "100.00")
        try await hotel.checkOut("R-1")
        try await hotel.letPass(seconds: 10)
        try await hotel.sync()
        let before = dump(hotel.folder.file("ledger.db"))
        let report = try await hotel.sync()
        #expect(report.events == 0 && report.movements == 0 && report.answered == 0 && report.checkOutsFinished == 0)
        #expect(dump(hotel.folder.file("ledger.db")) == before)
    }

    @Test func `and money goes back after check-out, the journal follows Stripe`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        try await hotel.charge("R-1", .lodging, "100.00")
        try await hotel.checkOut("R-1")
        let view = try await hotel.ledger.refund(
            payment: 1, amount: hotel.euros("23.80"), reason: "corked", of: "R-1", of: Hotel.id, by: "reception")
        #expect(view.totals.refunded == hotel.euros("23.80") && view.refunds.map(\.state) == [.succeeded])
        await #expect(throws: ServiceRefusal.self) {
            try await hotel.ledger.refund(
                payment: 1, amount: hotel.euros("76.21"), reason: "too much", of: "R-1", of: Hotel.id, by: "reception")
        }
        try await hotel.expectAgreement()
    }

    @Test func `and reception lets a hold go, it is gone at Stripe`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        let view = try await hotel.ledger.releaseHold(1, of: "R-1", of: Hotel.id, by: "reception")
        #expect(view.holds.map(\.state) == [.released] && view.totals.held.isZero)
        try await hotel.expectAgreement()
    }
}
