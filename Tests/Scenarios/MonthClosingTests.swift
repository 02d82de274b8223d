import Foundation
import Ledger
import LedgerService
import LedgerStore
import TestHotel
import Testing

@testable import LedgerService

/// A month is closed when Stripe has been read since, and when nothing of it waits.
@Suite struct `Closing a month` {
    private static let november = Month("2026-11")!

    private func close(_ hotel: Hotel, _ tenant: String = Hotel.id) async throws -> Statement {
        try await hotel.ledger.closeMonth(Self.november, of: tenant, by: "accounting")
    }

    private func refusal(_ hotel: Hotel) async -> ServiceRefusal? {
        do { _ = try await close(hotel) } catch { return error as? ServiceRefusal }
        return nil
    }

    @Test func `waits until Stripe has been read after its end`() async throws {
        let hotel = try await Hotel(start: "2026-11-30T22:59:00Z")
        #expect(await refusal(hotel)?.code == "month_not_over")
        // One minute before its end in Berlin.
        try await hotel.sync()
        try await hotel.letPass(seconds: 60)
        #expect(await refusal(hotel)?.code == "month_not_synced")
        try await hotel.simulator.order(
            "POST", "/_sim/faults", ["route": "GET /v1/balance_transactions", "fault": "unavailable", "times": 30])
        await #expect(throws: ServiceRefusal.self) { try await hotel.sync() }
        #expect(await refusal(hotel)?.code == "month_not_synced", "it was not read to the end")
        try await hotel.simulator.order("POST", "/_sim/faults", ["clear": true])
        try await hotel.sync()
        #expect(try await close(hotel).closedAt != nil)
    }

    @Test func `of a tenant without a Stripe account needs no reading`() async throws {
        let hotel = try await Hotel(start: "2026-11-30T20:00:00Z")
        _ = try await hotel.ledger.addTenant(NewTenant(id: "bergblick", name: "Hotel Bergblick"))
        try await hotel.letPass(hours: 12)
        #expect(try await close(hotel, "bergblick").closedAt != nil)
    }

    @Test func `waits for a call of it that has no answer, and names it`() async throws {
        let hotel = try await Hotel(start: "2026-11-30T20:00:00Z")
        try await hotel.book("R-1", hold: "150.00", mode: .direct)
        try await hotel.simulator.order(
            "POST", "/_sim/faults", ["route": "POST /v1/refunds", "fault": "cut_before_effect", "times": 30])
        await #expect(throws: ServiceRefusal.self) {
            try await hotel.ledger.refund(
                payment: 1, amount: hotel.euros("10.00"), reason: "x", bill: .unchanged, of: "R-1", of: Hotel.id, by: "accounting")
        }
        let number = try #require(try hotel.ledger.openOperations(of: Hotel.id).first?.number)
        try await hotel.letPass(hours: 12)
        // Read to the end, though the call has no answer.
        #expect(try await hotel.sync().unanswered == 1)
        let waiting = try #require(MonthObstacle(.operationWaiting, ["\(number)"]))
        guard case .monthUnsettled(Self.november, let obstacles) = await refusal(hotel) else {
            Issue.record("closed, or refused for another reason")
            return
        }
        #expect(obstacles == [waiting])
        #expect(obstacles.phrase.english == "1 operation without an answer (\(number))")
        #expect(obstacles.phrase.german == "1 Vorgang ohne Antwort (\(number))")
        try await hotel.simulator.order("POST", "/_sim/faults", ["clear": true])
        try await hotel.sync()
        #expect(try await close(hotel).closedAt != nil)
    }

    @Test func `waits for parked news of it and for none of the next month`() async throws {
        let hotel = try await Hotel(start: "2026-11-30T20:00:00Z")
        try await hotel.letPass(hours: 12)
        try await hotel.sync()
        // Known here, and not at Stripe.
        for (id, day) in [("po_old", "2026-11-30T21:00:00Z"), ("po_new", "2026-12-01T01:00:00Z")] {
            try await hotel.remember(id)
            let event = WebhookDesk.event("evt_\(id)", "payout.paid", object: id)
            _ = try await hotel.store.write(of: Hotel.id) {
                try $0.keepEvent("evt_\(id)", type: "payout.paid", objectID: id, createdAt: Instant(day)!, body: event)
            }
        }
        func kinds() async -> [MonthObstacle.Kind] {
            guard case .monthUnsettled(_, let obstacles) = await refusal(hotel) else { return [] }
            #expect(obstacles.allSatisfy { $0.ids == ["evt_po_old"] && $0.count == 1 })
            return obstacles.map(\.kind)
        }
        #expect(await kinds() == [.eventReceived])
        try await hotel.ledger.workOffEvents(of: try hotel.ledger.tenant(Hotel.id))
        #expect(await kinds() == [.eventParked])
        try await hotel.ledger.dismissEvent("evt_po_old", reason: "gone", of: Hotel.id, by: "operator")
        #expect(try await close(hotel).closedAt != nil)
    }

    @Test func `names ten of many, and how many there are`() throws {
        let many = try #require(MonthObstacle(.eventParked, (1...12).map { "evt_\($0)" }))
        #expect(many.count == 12 && many.ids.count == 10)
        #expect(many.phrase.english.hasPrefix("12 parked events (evt_1, ") && many.phrase.english.hasSuffix("evt_10, …)"))
        #expect(many.phrase.german.hasPrefix("12 Ereignisse zu klären (evt_1, "))
        #expect(MonthObstacle(.eventParked, []) == nil)
    }

    @Test func `for all tenants closes each that can be closed, and says why the others stay open`() async throws {
        let hotel = try await Hotel(start: "2026-11-30T20:00:00Z")
        _ = try await hotel.ledger.addTenant(NewTenant(id: "bergblick", name: "Hotel Bergblick"))
        try await hotel.letPass(hours: 12)
        // Not there in November.
        _ = try await hotel.ledger.addTenant(NewTenant(id: "talblick", name: "Hotel Talblick"))
        var closing: MonthClosing = try await hotel.ledger.closeMonths(Self.november, by: "operator")
        #expect(closing.closed.map(\.tenant) == ["bergblick"] && closing.closedBefore.isEmpty)
        #expect(closing.left.map(\.statement.tenant) == [Hotel.id] && closing.left.map(\.refusal.code) == ["month_not_synced"])
        #expect(closing.statements.map(\.tenant) == ["bergblick", Hotel.id])
        #expect(try hotel.ledger.statement(Self.november, of: Hotel.id).closedAt == nil)
        try await hotel.sync()
        closing = try await hotel.ledger.closeMonths(Self.november, by: "operator")
        #expect(closing.closed.map(\.tenant) == [Hotel.id] && closing.closedBefore.map(\.tenant) == ["bergblick"])
        #expect(closing.left.isEmpty)
        #expect(try hotel.ledger.verify().allSatisfy { $0.check.defects.isEmpty })
    }
}
