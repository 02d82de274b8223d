import Foundation
import Ledger
import LedgerService
import LedgerStore
import Stripe
import TestHotel
import Testing

@testable import LedgerService

/// What waits does not vanish with the month.
@Suite struct `What is still open` {
    private static let (november, december) = (Month("2026-11")!, Month("2026-12")!)

    private func items(_ hotel: Hotel, _ month: Month) throws -> [String] {
        try hotel.ledger.openItems(month, of: Hotel.id).map {
            "\($0.folio.reference) \($0.month) \($0.why.rawValue) \($0.totals.open.minorUnits)"
        }
    }

    /// Less than Stripe takes stays open when the guest leaves.
    private func leave(_ hotel: Hotel, _ reference: String, open: String) async throws {
        try await hotel.book(reference)
        try await hotel.charge(reference, .other, open)
        try await hotel.checkOut(reference)
    }

    @Test func `of a folio that was closed in November is shown in December with its month, and not in October`() async throws {
        let hotel = try await Hotel(start: "2026-10-30T08:00:00Z")
        try await hotel.letPass(days: 28)
        try await leave(hotel, "R-1", open: "0.30")
        try await hotel.letPass(days: 7)
        try await leave(hotel, "R-2", open: "0.20")
        #expect(try items(hotel, Self.december) == ["R-1 2026-11 closed_unpaid 30", "R-2 2026-12 closed_unpaid 20"])
        #expect(try items(hotel, Self.november) == ["R-1 2026-11 closed_unpaid 30"])
        // A year later as well.
        try await hotel.letPass(days: 365)
        #expect(try items(hotel, Month("2027-12")!) == ["R-1 2026-11 closed_unpaid 30", "R-2 2026-12 closed_unpaid 20"])
    }

    @Test func `of a guest who has to pay by the link is shown until it is paid`() async throws {
        let hotel = try await Hotel(start: "2026-11-27T08:00:00Z")
        // This card holds, and asks for the guest on every later use.
        try await hotel.book("R-1", card: "4000002760003184")
        try await hotel.charge("R-1", .lodging, "343.30")
        #expect(try await hotel.checkOut("R-1").view.folio.state == .awaitingGuest)
        #expect(try items(hotel, Self.november) == ["R-1 2026-11 awaiting_guest 4330"], "though the stay is not over")
        try await hotel.letPass(hours: 20)
        try await hotel.guestPays("R-1")
        try await hotel.sync()
        #expect(try items(hotel, Self.november).isEmpty)
    }

    @Test func `of a guest who should have left is shown in the months after`() async throws {
        let hotel = try await Hotel(start: "2026-11-20T08:00:00Z")
        try await hotel.book("R-1")
        try await hotel.charge("R-1", .lodging, "100.00")
        try await hotel.letPass(days: 20)
        #expect(try items(hotel, Self.december) == ["R-1 2026-11 not_closed 10000"])
    }

    /// An order is due on its day; reception has no list of departures for it.
    @Test func `of an order that nobody closed is shown from the next day on, whether it owes or has a credit`() async throws {
        let hotel = try await Hotel(start: "2026-11-20T08:00:00Z")
        func order(_ reference: String, charged: String) async throws {
            var new = NewFolio(
                reference: reference, guest: .init(name: "Gast", email: nil), arrival: try #require(Day("2026-11-20")),
                departure: try #require(Day("2026-11-20")), mode: .direct, amount: hotel.euros("300.00"))
            new.source = .shop
            _ = try await hotel.ledger.openFolio(new, of: Hotel.id, by: "shop")
            try await hotel.charge(reference, .shop, charged)
        }
        try await order("P-1", charged: "107.00")
        try await order("P-2", charged: "107.00")
        try await hotel.guestPays("P-2")
        // One that balances needs nobody.
        try await order("P-3", charged: "300.00")
        try await hotel.guestPays("P-3")
        try await hotel.sync()
        #expect(try items(hotel, Self.november).isEmpty, "the guest may still be paying")
        try await hotel.letPass(days: 1)
        try await hotel.sync()
        let open = ["P-1 2026-11 not_closed 10700", "P-2 2026-11 not_closed -19300"]
        #expect(try items(hotel, Self.november) == open)
        try await hotel.letPass(days: 50)
        try await hotel.sync()
        #expect(try items(hotel, Self.december) == open)
        // A check-out gives the credit back, and asks for what is due.
        try await hotel.checkOut("P-2")
        #expect(try await hotel.checkOut("P-1").view.folio.state == .awaitingGuest)
        #expect(try items(hotel, Month("2027-01")!) == ["P-1 2026-11 awaiting_guest 10700"])
        try await hotel.guestPays("P-1")
        try await hotel.sync()
        #expect(try items(hotel, Month("2027-01")!).isEmpty)
    }

    @Test func `of a dispute is shown with the day for its evidence until it is decided`() async throws {
        let hotel = try await Hotel(start: "2026-11-29T08:00:00Z")
        try await hotel.book("R-1", hold: "150.00", mode: .direct)
        try await hotel.charge("R-1", .lodging, "150.00")
        let payment = try #require(try await hotel.checkOut("R-1").view.payments.first)
        let charge = try #require(try await hotel.atStripe("/v1/payment_intents/\(payment.intent ?? "")")["latest_charge"] as? String)
        let made = try await hotel.simulator.order("POST", "/_sim/charges/\(charge)/dispute", ["reason": "fraudulent"])
        let id = try #require(made["id"] as? String)
        try await hotel.letPass(days: 3)
        try await hotel.sync()
        let stripes = try await hotel.atStripe("/v1/disputes/\(id)")["evidence_details"] as? [String: Any]
        let due = Instant(unixSeconds: try #require(stripes?["due_by"] as? Int64))
        func listed(_ month: Month) throws -> [DisputeDetails] { try hotel.ledger.monthView(month, of: Hotel.id).disputes.elements }
        let now = try #require(try listed(Self.december).first)
        #expect(now.dispute.id == id && now.dispute.evidenceDue == due && now.reference == "R-1")
        #expect(try hotel.ledger.monthView(Self.december, of: Hotel.id).month(of: now.dispute) == Self.november)
        #expect(try hotel.ledger.disputes(of: Hotel.id).map(\.evidenceDue) == [due])
        #expect(try listed(Self.november).count == 1)
        try await hotel.simulator.order("POST", "/_sim/disputes/\(id)", ["outcome": "lost"])
        try await hotel.sync()
        #expect(try listed(Self.december).isEmpty, "decided: only its own month has it")
        #expect(try listed(Self.november).map(\.dispute.state) == ["lost"])
    }

    @Test(arguments: [(Int64(1_782_604_799), true), (0, false)])
    func `of a dispute has no day for evidence where the bank takes none`(due: Int64, has: Bool) throws {
        let json = """
            {"id":"du_1","object":"dispute","status":"needs_response","reason":"fraudulent","amount":500,"currency":"eur","created":1782000000,
            "charge":"ch_1","payment_intent":"pi_1","is_charge_refundable":false,"balance_transactions":[],
            "evidence_details":{"due_by":\(due),"has_evidence":false,"past_due":false,"submission_count":0}}
            """
        let dispute = try Ledger.Dispute(JSONDecoder().decode(Stripe.Dispute.self, from: Data(json.utf8)))
        #expect(dispute.evidenceDue == (has ? Instant(unixSeconds: due) : nil))
    }

    /// A calendar day, written as its midnight in UTC.
    @Test func `and when a payout arrives is the day that Stripe names, also for a house west of Greenwich`() throws {
        let json = """
            {"id":"po_1","object":"payout","status":"paid","amount":4900,"currency":"usd","automatic":true,"created":1795000000,
            "arrival_date":\(try #require(Instant("2026-12-01T00:00:00Z")).unixSeconds)}
            """
        let payout = try Ledger.Payout(JSONDecoder().decode(Stripe.Payout.self, from: Data(json.utf8)))
        #expect(payout.arrivalDate == Day("2026-12-01"))
    }
}
