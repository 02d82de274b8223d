import Ledger
import TestHotel
import Testing

@testable import LedgerService

/// Stays from reservation to document, against a Stripe that answers over HTTP.
@Suite struct `A stay` {
    /// The worked stay of the accounting reference.
    private func workedStay(_ hotel: Hotel, _ reference: String) async throws {
        try await hotel.charge(reference, .lodging, "107.00", quantity: 2)
        try await hotel.charge(reference, .food, "14.00", quantity: 2)
        try await hotel.charge(reference, .drinks, "6.00", quantity: 2)
        try await hotel.charge(reference, .minibar, "23.80")
        try await hotel.charge(reference, .massage, "59.50")
        try await hotel.charge(reference, .visitorsTax, "3.00", quantity: 2)
    }

    @Test func `of 343.30 with 300.00 held is taken as 300.00 from the hold and 43.30 from the saved card`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-4711")
        #expect(try hotel.folio("R-4711").totals.held == hotel.euros("300.00"))
        try await hotel.letPass(days: 2)
        try await workedStay(hotel, "R-4711")
        let open = try hotel.folio("R-4711")
        #expect(open.totals.charged == hotel.euros("343.30") && open.totals.uncovered == hotel.euros("43.30"))
        #expect(open.holdExceeded)
        #expect(open.taxes.map(\.tax.minorUnits) == [1583, 1522, 0])

        let result = try await hotel.checkOut("R-4711")
        #expect(result.view.folio.state == .checkedOut && result.view.folio.documentNumber == "2026-000001")
        #expect(result.view.payments.map(\.received.minorUnits) == [30000, 4330])
        #expect(result.view.payments.map(\.origin) == [.capture, .savedCard])
        #expect(result.view.totals.open.isZero && result.view.totals.held.isZero)
        #expect(result.view.document?.taxes.map(\.tax.minorUnits) == [1583, 1522, 0])
        try await hotel.expectAgreement()
    }

    @Test func `of 250.00 with 300.00 held is taken from the hold, and the rest is let go without a refund`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        try await hotel.charge("R-1", .lodging, "125.00", quantity: 2)
        let result = try await hotel.checkOut("R-1")
        #expect(result.view.payments.map(\.received.minorUnits) == [25000])
        #expect(result.view.refunds.isEmpty && result.view.holds.map(\.state) == [.captured])
        try await hotel.expectAgreement()
    }

    @Test func `booked months ahead saves the card and is held the day before arrival`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", inDays: 90)
        var view = try hotel.folio("R-1")
        #expect(view.folio.savedCard?.last4 == "4242" && view.totals.held.isZero && view.holds.map(\.state) == [.requested])
        try await hotel.letPass(days: 88)
        try await hotel.sync()
        #expect(try hotel.folio("R-1").totals.held.isZero)
        try await hotel.letPass(days: 1)
        let report = try await hotel.sync()
        view = try hotel.folio("R-1")
        #expect(report.holdsPlaced == 1 && view.totals.held == hotel.euros("300.00"))
        // A merchant-initiated Visa hold lives 4 days 18 hours.
        let placed = try #require(try await hotel.atStripe("/_sim/clock")["now"] as? Int64)
        #expect(view.holds[0].captureBefore!.unixSeconds - placed == 4 * 86_400 + 18 * 3600)
        try await hotel.letPass(days: 3)
        try await hotel.charge("R-1", .lodging, "150.00", quantity: 2)
        #expect(try await hotel.checkOut("R-1").view.payments.map(\.origin) == [.capture])
        try await hotel.expectAgreement()
    }

    @Test func `longer than its hold is taken from the saved card, and the dead hold is no cover`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", nights: 6)
        try await hotel.charge("R-1", .lodging, "50.00", quantity: 6)
        #expect(try hotel.folio("R-1").totals.uncovered.isZero)
        try await hotel.letPass(days: 7, hours: 1)
        #expect(try hotel.folio("R-1").totals.held.isZero, "cover must be gone before any news of it")
        #expect(try hotel.folio("R-1").totals.uncovered == hotel.euros("300.00"))
        try await hotel.sync()
        #expect(try hotel.folio("R-1").holds.map(\.state) == [.expired])
        let result = try await hotel.checkOut("R-1")
        #expect(result.view.payments.map(\.origin) == [.savedCard] && result.view.totals.open.isZero)
        try await hotel.expectAgreement()
    }

    @Test func `with nothing due lets the hold go`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        let result = try await hotel.checkOut("R-1")
        #expect(result.view.holds.map(\.state) == [.released] && result.view.payments.isEmpty && result.view.document == nil)
        try await hotel.expectAgreement()
    }

    @Test func `without any line is not closed before somebody says so, but can be called off`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        let plan = try hotel.ledger.checkOutPreview("R-1", of: Hotel.id).plan
        let refusal = await #expect(throws: ServiceRefusal.self) {
            try await hotel.ledger.checkOut("R-1", plan: plan.id, of: Hotel.id, by: "reception")
        }
        #expect(refusal?.code == "nothing_charged")
        #expect(try hotel.folio("R-1").totals.held == hotel.euros("300.00"))
        let result = try await hotel.ledger.cancel("R-1", fee: .zero(.eur), reason: "ill", of: Hotel.id, by: "reception")
        #expect(result.view.folio.state == .cancelled && result.view.document == nil)
        // Lines that cancel out charge nothing either: no document is over 0.00.
        try await hotel.book("R-2")
        try await hotel.charge("R-2", .lodging, "100.00")
        _ = try await hotel.ledger.reverse(line: 1, reason: "mistake", of: "R-2", of: Hotel.id, by: "reception")
        let two = try hotel.ledger.checkOutPreview("R-2", of: Hotel.id).plan
        let again = await #expect(throws: ServiceRefusal.self) {
            try await hotel.ledger.checkOut("R-2", plan: two.id, of: Hotel.id, by: "reception")
        }
        #expect(again?.code == "nothing_charged")
        #expect(try hotel.folio("R-2").totals.held == hotel.euros("300.00"))
        let closed = try await hotel.ledger.checkOut("R-2", plan: two.id, nothingCharged: true, of: Hotel.id, by: "reception").view
        #expect(closed.folio.state == .checkedOut && closed.document == nil && closed.holds.map(\.state) == [.released])
        // The next document has the first number.
        try await hotel.book("R-3")
        try await hotel.charge("R-3", .lodging, "100.00")
        #expect(try await hotel.checkOut("R-3").view.document?.number == "2026-000001")
        try await hotel.expectAgreement()
    }

    @Test func `with 0.30 due takes nothing and shows what stays open`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        try await hotel.charge("R-1", .other, "0.30")
        let result = try await hotel.checkOut("R-1")
        #expect(result.view.folio.state == .checkedOut && result.view.totals.open == hotel.euros("0.30"))
        try await hotel.expectAgreement()
    }

    @Test func `that was paid ahead with more than is due gets the rest back`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", hold: "150.00", mode: .direct)
        try await hotel.charge("R-1", .lodging, "120.00")
        let result = try await hotel.checkOut("R-1")
        #expect(result.view.totals.refunded == hotel.euros("30.00") && result.view.totals.open.isZero)
        try await hotel.expectAgreement()
    }

    @Test func `whose saved card refuses ends with a payment page that the guest pays`() async throws {
        let hotel = try await Hotel()
        // This card holds, and asks for the guest on every later use.
        try await hotel.book("R-1", card: "4000002760003184")
        #expect(try hotel.folio("R-1").totals.held == hotel.euros("300.00"))
        try await hotel.charge("R-1", .lodging, "343.30")
        let waiting = try await hotel.checkOut("R-1")
        #expect(waiting.view.folio.state == .awaitingGuest && waiting.checkOut.state == .awaitingGuest)
        #expect(waiting.checkOut.steps.map(\.state) == [.done, .refused, .awaitingGuest])
        #expect(waiting.checkOut.steps[1].failure == .authenticationRequired)
        #expect(waiting.view.totals.open == hotel.euros("43.30"))
        try await hotel.guestPays("R-1")
        #expect(try await hotel.sync().checkOutsFinished == 1)
        let done = try hotel.folio("R-1")
        #expect(done.folio.state == .checkedOut && done.totals.open.isZero && done.folio.documentNumber != nil)
        try await hotel.expectAgreement("the refused attempt must not stay open at Stripe")
    }

    @Test func `cancelled by the guest lets the hold and the card go`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        let result = try await hotel.ledger.cancel("R-1", fee: .zero(.eur), reason: "ill", of: Hotel.id, by: "reception")
        #expect(result.view.folio.state == .cancelled && result.view.holds.map(\.state) == [.released])
        #expect(result.view.folio.savedCard == nil && result.view.document == nil)
        try await hotel.expectAgreement()
    }

    @Test func `cancelled with a fee keeps the fee without tax and gives the rest back`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", hold: "200.00", mode: .direct)
        try await hotel.charge("R-1", .lodging, "200.00")
        let result = try await hotel.ledger.cancel("R-1", fee: hotel.euros("50.00"), reason: "ill", of: Hotel.id, by: "reception")
        #expect(result.view.totals.charged == hotel.euros("50.00") && result.view.totals.refunded == hotel.euros("150.00"))
        #expect(result.view.taxes.map(\.rate) == [.none])
        #expect(result.view.refunds.map(\.reason) == ["ill"], "the cancellation's own reason")
        try await hotel.expectAgreement()
    }

    @Test(arguments: [("de", "Stornogebühr", "24.11.2026 bis 26.11.2026"), ("fr", "Cancellation fee", "24 Nov 2026 to 26 Nov 2026")])
    func `speaks to the guest in the guest's language`(language: String, fee: String, stay: String) async throws {
        let hotel = try await Hotel()
        let new = NewFolio(
            reference: "R-1", guest: .init(name: "Anna Weiss", email: nil, language: language), arrival: Day("2026-11-24")!,
            departure: Day("2026-11-26")!, mode: .direct, amount: hotel.euros("200.00"))
        let view = try await hotel.ledger.openFolio(new, of: Hotel.id, by: "test")
        let consent = Consent.text(CardTerms(), of: view.folio, to: try hotel.ledger.tenant(Hotel.id))
        #expect(consent.contains("(\(stay))") && !consent.contains("einem Tag"))
        try await hotel.guestPays("R-1")
        try await hotel.sync()
        let result = try await hotel.ledger.cancel("R-1", fee: hotel.euros("50.00"), reason: "ill", of: Hotel.id, by: "reception")
        #expect(result.view.lines.map(\.description) == [fee])
        #expect(result.view.refunds.first?.reason(in: .german) == "Stornierung", "nothing was charged: no line keeps the reason")
    }

    @Test func `of a guest who did not come, after a deposit, is charged what the fee is more than it`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", hold: "100.00", mode: .direct)
        try await hotel.charge("R-1", .lodging, "342.40")
        let result = try await hotel.ledger.recordNoShow(
            "R-1", fee: hotel.euros("171.20"), reason: "not arrived", of: Hotel.id, by: "reception")
        #expect(result.view.folio.state == .noShow && result.view.payments.map(\.received.minorUnits) == [10000, 7120])
        try await hotel.expectAgreement()
    }

    @Test func `cancelled with a fee that the card refuses waits for the guest, and can be cancelled again when the link expires`()
        async throws
    {
        let hotel = try await Hotel()
        try await hotel.book("R-1", hold: "100.00", card: "4000002760003184", mode: .direct)
        try await hotel.charge("R-1", .lodging, "300.00")
        func cancel() async throws -> CheckOutResult {
            try await hotel.ledger.cancel("R-1", fee: hotel.euros("150.00"), reason: "ill", of: Hotel.id, by: "reception")
        }
        #expect(try await cancel().view.folio.state == .awaitingGuest)
        try await hotel.letPass(days: 1, hours: 1)
        try await hotel.sync()
        #expect(try hotel.folio("R-1").folio.state == .open)
        let again = try await cancel()
        #expect(again.view.folio.state == .awaitingGuest && again.view.totals.charged == hotel.euros("150.00"))
        try await hotel.guestPays("R-1")
        try await hotel.sync()
        let done = try hotel.folio("R-1")
        #expect(done.folio.state == .cancelled && done.totals.open.isZero && done.folio.savedCard == nil)
        try await hotel.expectAgreement()
    }

    @Test func `cancelled while the guest is at Klarna lets nothing be reserved afterwards`() async throws {
        let hotel = try await Hotel()
        try await hotel.offer([.card, .klarna])
        try await hotel.book("R-1", card: nil, method: .klarna)
        let page = try hotel.page(of: "R-1")
        let left = try await hotel.simulator.order(
            "POST", "/_sim/checkout/\(page)/pay", ["method": "klarna", "authentication": "leave"])
        let result = try await hotel.ledger.cancel("R-1", fee: .zero(.eur), reason: "ill", of: Hotel.id, by: "reception")
        #expect(result.view.folio.state == .cancelled && result.view.totals.held.isZero)
        _ = try? await hotel.simulator.order("POST", "/_sim/intents/\(left["payment_intent"]!)/authenticate", ["outcome": "succeed"])
        try await hotel.expectAgreement()
    }

    @Test func `whose guest never used the page to save a card is told so, and is paid by link`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", inDays: 30, card: nil)
        try await hotel.letPass(days: 2)
        try await hotel.sync()
        #expect(try hotel.folio("R-1").folio.notice != nil && hotel.folio("R-1").folio.paymentURL == nil)
        try await hotel.letPass(days: 28)
        #expect(try await hotel.sync().holdsPlaced == 0)
        try await hotel.charge("R-1", .lodging, "300.00")
        #expect(try await hotel.checkOut("R-1").view.folio.state == .awaitingGuest)
        try await hotel.guestPays("R-1")
        try await hotel.sync()
        #expect(try hotel.folio("R-1").folio.state == .checkedOut)
        try await hotel.expectAgreement()
    }

    @Test func `of a guest who did not come is charged one night from the hold, with tax`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        let result = try await hotel.ledger.recordNoShow(
            "R-1", fee: hotel.euros("171.20"), reason: "not arrived", of: Hotel.id, by: "reception")
        #expect(result.view.folio.state == .noShow && result.view.payments.map(\.received.minorUnits) == [17120])
        #expect(result.view.taxes.map(\.tax.minorUnits) == [1120])
        try await hotel.expectAgreement()
    }
}
