import Ledger
import LedgerService
import LedgerStore
import TestHotel
import Testing

@testable import LedgerService

/// What Stripe sends to the bank is explained to the cent.
@Suite struct `A payout` {
    /// Two stays of 150.00, of which 30.00 are given back; then Stripe pays out every day what is available after two days.
    private func hotel(failing: Bool = false) async throws -> Hotel {
        let hotel = try await Hotel(start: "2026-11-02T08:00:00Z")
        var payouts: [String: any Sendable] = ["schedule": "daily", "delay_days": 2]
        if failing { payouts["fail_next"] = "account_closed" }
        try await hotel.simulator.order("POST", "/_sim/account", ["payouts": payouts])
        for reference in ["R-1", "R-2"] {
            try await hotel.book(reference, hold: "150.00", mode: .direct)
            try await hotel.charge(reference, .lodging, "150.00")
        }
        _ = try await hotel.ledger.refund(
            payment: 1, amount: hotel.euros("30.00"), reason: "noise", bill: .lowered, of: "R-1", of: Hotel.id, by: "user:anna")
        return hotel
    }

    private func balances(_ hotel: Hotel) throws -> [Int64] {
        try hotel.store.read(of: Hotel.id) { book in
            try [Account.stripe, .bankTransit, .bank].map { try book.balance(of: $0).minorUnits }
        }
    }

    /// 1.5 % + 0.25 of each 150.00: 2.50, and nothing of it comes back with the refund.
    private static let net: Int64 = 2 * (15_000 - 250) - 3000

    @Test func `by schedule lists what is in it, adds up, and is in transit until its day`() async throws {
        let hotel = try await hotel()
        var known: [Payout] = []
        for _ in 1...6 where known.isEmpty {
            try await hotel.letPass(days: 1)
            try await hotel.sync()
            known = try hotel.ledger.payouts(of: Hotel.id)
        }
        let payout = try #require(known.first)
        #expect(payout.automatic && payout.amount.minorUnits == Self.net)
        #expect(try balances(hotel) == [0, Self.net, 0])
        #expect(try hotel.ledger.payout(payout.id, of: Hotel.id).place == .transit)
        try await hotel.letPass(days: 3)
        try await hotel.sync()
        #expect(try balances(hotel) == [0, 0, Self.net])
        let view = try hotel.ledger.payout(payout.id, of: Hotel.id)
        #expect(view.place == .bank && view.payout.breakdown == .itemised && view.balances == nil)
        #expect(view.entries.map(\.kind) == [.payout, .payoutArrived] && view.entries.last?.on == payout.arrivalDate)
        #expect(
            view.sums.map { "\($0.kind.rawValue) \($0.count) \($0.amount.minorUnits) \($0.fee.minorUnits)" } == [
                "charge 2 30000 500", "refund 1 -3000 0",
            ])
        #expect(
            Set(view.items.map { "\($0.folio ?? "") \($0.payment ?? 0) \($0.movement.kind.rawValue)" }) == [
                "R-1 1 charge", "R-2 1 charge", "R-1 1 refund",
            ])
        #expect(view.items.allSatisfy { $0.payout == payout.id })
        // Each fee is found by its payment, and each payment by its payout.
        let month = try hotel.ledger.bookedMovements(Month("2026-11")!, of: Hotel.id)
        #expect(month.filter { !$0.movement.fee.isZero }.allSatisfy { $0.folio != nil && $0.payment == 1 && $0.last4 == "4242" })
        for sought in [payout.id, try #require(view.items.first?.movement.id)] {
            var filter = FolioFilter()
            filter.text = sought
            #expect(try !hotel.ledger.folios(filter, after: nil, limit: 10, of: Hotel.id).isEmpty, "\(sought)")
        }
        try await hotel.expectAgreement()
    }

    @Test func `that the bank sends back is on the balance again, wherever it was`() async throws {
        let hotel = try await hotel(failing: true)
        try await hotel.letPass(days: 8)
        try await hotel.sync()
        let failed = try #require(try hotel.ledger.payouts(of: Hotel.id).first { $0.state == "failed" })
        #expect(try hotel.ledger.payout(failed.id, of: Hotel.id).place == .returned)
        try await hotel.letPass(days: 4)
        try await hotel.expectAgreement()
        // One that had arrived comes back from the bank.
        let paid = try #require(try hotel.ledger.payouts(of: Hotel.id).first { $0.state == "paid" })
        let before = try balances(hotel)
        try await hotel.simulator.order("POST", "/_sim/payouts/\(paid.id)", ["fail": "account_closed"])
        try await hotel.sync()
        let after = try balances(hotel)
        #expect(after[0] - before[0] == paid.amount.minorUnits && after[2] - before[2] == -paid.amount.minorUnits)
        #expect(try hotel.ledger.payout(paid.id, of: Hotel.id).entries.map(\.kind) == [.payout, .payoutArrived, .payoutFailed])
        try await hotel.expectAgreement()
    }

    @Test func `made by hand is not itemised by Stripe, and has the balance before and after`() async throws {
        let hotel = try await Hotel()
        try await hotel.simulator.order("POST", "/_sim/account", ["payouts": ["schedule": "manual"] as [String: any Sendable]])
        try await hotel.book("R-1", hold: "150.00", mode: .direct)
        try await hotel.letPass(days: 8)
        let made = try await post(hotel, "/v1/payouts", "amount=5000&currency=eur")
        try await hotel.letPass(days: 4)
        try await hotel.sync()
        let view = try hotel.ledger.payout(try #require(made["id"] as? String), of: Hotel.id)
        #expect(view.payout.breakdown == .notItemised && view.items.isEmpty && view.place == .bank)
        #expect(view.payout.breakdown.words.german == "von Stripe nicht aufgeschlüsselt")
        #expect(view.balances?.before == hotel.euros("147.50") && view.balances?.after == hotel.euros("97.50"))
        try await hotel.expectAgreement()
    }
}
