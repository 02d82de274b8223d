import Ledger
import LedgerService
import TestHotel
import Testing

/// The month: what the operator bills, and what Stripe kept.
@Suite struct `A month` {
    @Test func `is closed once, with 22.61 owed to the operator, and what comes later goes into the next`() async throws {
        let hotel = try await Hotel(start: "2026-11-30T20:00:00Z")
        try await hotel.book("R-1")
        try await hotel.charge("R-1", .lodging, "300.00")
        // Stripe's clock is behind: what it takes after the month was closed, it takes at 21:00 in Berlin on the last day.
        hotel.clock.advance(seconds: 12 * 3600)
        try await hotel.sync()
        let month = Month("2026-11")!
        let closed = try await hotel.ledger.closeMonth(month, of: Hotel.id, by: "accounting")
        #expect(closed.platformFee.gross == hotel.euros("22.61") && closed.stripe.rows.isEmpty)
        await #expect(throws: ServiceRefusal.self) { try await hotel.ledger.closeMonth(month, of: Hotel.id, by: "accounting") }
        try await hotel.checkOut("R-1")
        try await hotel.sync()
        #expect(try hotel.ledger.statement(month, of: Hotel.id) == closed, "a closed month never changes")
        // What occurred in it stays to be found there.
        var found: [String] = []
        try hotel.ledger.eachEntry(of: Hotel.id, in: month) { entry, _ in found.append("\(entry.kind) \(entry.occurredOn)") }
        #expect(
            found == [
                "charge 2026-11-30", "payment 2026-11-30", "stripe_fee 2026-11-30",
            ])
        let next = try hotel.ledger.statement(Month("2026-12")!, of: Hotel.id)
        #expect(next.stripe.rows.map(\.late) == [1] && next.stripe.rows.map(\.amount) == [hotel.euros("300.00")])
        // 1.5 % + 0.25 of 300.00, as the balance transaction has it.
        #expect(next.stripe.fees == hotel.euros("4.75") && next.stripe.closing == hotel.euros("295.25"))
        try await hotel.expectAgreement()
    }

    @Test func `cannot be closed before an earlier one`() async throws {
        let hotel = try await Hotel(start: "2026-10-05T08:00:00Z")
        try await hotel.letPass(days: 60)
        try await hotel.sync()
        await #expect(throws: ServiceRefusal.self) {
            try await hotel.ledger.closeMonth(Month("2026-11")!, of: Hotel.id, by: "accounting")
        }
        _ = try await hotel.ledger.closeMonth(Month("2026-10")!, of: Hotel.id, by: "accounting")
        _ = try await hotel.ledger.closeMonth(Month("2026-11")!, of: Hotel.id, by: "accounting")
    }
}
