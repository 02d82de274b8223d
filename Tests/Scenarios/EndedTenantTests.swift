import Foundation
import Ledger
import LedgerService
import TestHotel
import Testing

@testable import LedgerStore

@Suite struct `A tenant whose contract ends` {
    private static func end(_ hotel: Hotel, on day: Day?) async throws -> Contract {
        try await hotel.ledger.endContract(on: day, of: Hotel.id, by: "olaf")
    }

    private static func today(_ hotel: Hotel) -> Day { hotel.clock.now.day(in: TimeZone(identifier: "Europe/Berlin")!) }

    @Test func `books and holds nothing new from its last day on, and settles what is there`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        let today = Self.today(hotel)
        _ = try await Self.end(hotel, on: today.adding(days: 1))
        try await hotel.book("R-2")
        _ = try await Self.end(hotel, on: today)
        let refused = await #expect(throws: FeeRefusal.self) { try await hotel.book("R-3") }
        #expect(refused?.code == "tenant_ended")
        await #expect(throws: FeeRefusal.self) {
            _ = try await hotel.ledger.askForHold(hotel.euros("50.00"), on: "R-1", of: Hotel.id, by: "reception")
        }
        await #expect(throws: FeeRefusal.self) {
            _ = try await hotel.ledger.raiseHold(1, to: hotel.euros("350.00"), of: "R-1", of: Hotel.id, by: "reception")
        }
        try await hotel.charge("R-1", .lodging, "250.00")
        #expect(try await hotel.checkOut("R-1").view.folio.state == .checkedOut)
        #expect(try await Self.end(hotel, on: nil).until == nil)
        try await hotel.book("R-3")
        try await hotel.expectAgreement()
    }

    private func refusal(_ act: () async throws -> Void) async -> (any Error)? {
        do { try await act() } catch { return error }
        return nil
    }

    @Test func `keeps its keys while guests can pay, owe something, or have a card there`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", hold: "50.00", card: nil, mode: .direct)
        // Its card is saved now, and held before arrival.
        try await hotel.book("R-2", inDays: 40)
        try await hotel.book("R-3")
        try await hotel.charge("R-3", .lodging, "219.00")
        _ = try await Self.end(hotel, on: Self.today(hotel))
        let needs = try hotel.ledger.keyNeeds(of: Hotel.id).map(\.phrase.english)
        #expect(needs.contains("1 payment is not over") && needs.contains { $0.hasSuffix("kept at Stripe") }, "\(needs)")
        #expect(needs.contains { $0.hasSuffix("with an open amount is not closed") || $0.hasSuffix("with an open amount are not closed") })
        #expect(needs.contains { $0.hasPrefix("180 days after the contract's end are over on") }, "\(needs)")
        let refused = await refusal {
            let _: Contract = try await hotel.ledger.removeKeys(of: Hotel.id, confirmation: Hotel.id, by: "olaf")
        }
        #expect((refused as? FeeRefusal)?.code == "keys_needed")
        // The schema refuses it for each of them, too.
        await #expect(throws: StoreError.self) { try await hotel.store.write(of: Hotel.id) { try $0.removeKeys(by: "olaf") } }
    }

    @Test func `keeps its keys until nothing can happen at Stripe any more, and its books for good`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        func needs() throws -> [String] { try hotel.ledger.keyNeeds(of: Hotel.id).map(\.phrase.english) }
        func remove(_ confirmation: String = Hotel.id) async -> (any Error)? {
            do {
                let _: Contract = try await hotel.ledger.removeKeys(of: Hotel.id, confirmation: confirmation, by: "olaf")
                return nil
            } catch { return error }
        }
        let first = try needs()
        #expect(first.contains("the contract has no end") && first.contains("1 hold is not over"), "\(first)")
        _ = try await Self.end(hotel, on: Self.today(hotel))
        try await hotel.charge("R-1", .lodging, "250.00")
        try await hotel.checkOut("R-1")
        try await hotel.letPass(days: 8)
        try await hotel.sync()
        // 1.5 % and 0.25 of 250.00 are 4.00.
        let waiting = try needs()
        #expect(
            waiting.contains { $0.contains("246.00 are left on the balance") }
                && waiting.contains { $0.hasPrefix("the last payment can be contested") }, "\(waiting)")
        #expect((await remove() as? FeeRefusal)?.code == "keys_needed")
        try await hotel.simulator.order(form: "/v1/payouts", "amount=24600&currency=eur")
        try await hotel.letPass(days: 170)
        try await hotel.sync()
        #expect((await remove() as? FeeRefusal)?.code == "keys_needed")
        try await hotel.letPass(days: 8)
        #expect(try needs() == [], "the card was detached by itself")
        #expect((await remove("waldhof") as? FeeRefusal)?.code == "not_confirmed")
        #expect(await remove() == nil)
        #expect(try hotel.ledger.contract(of: Hotel.id).keysRemoved?.actor == "olaf")
        #expect(try !hotel.ledger.tenantView(Hotel.id).hasStripeAccount)
        #expect(try hotel.store.read(of: Hotel.id) { try $0.sealedStripeAccount() } == nil)
        #expect((await remove() as? FeeRefusal)?.code == "keys_removed")
        for error in [
            await refusal { _ = try await hotel.ledger.setStripeAccount(of: Hotel.id, secretKey: "sk_test_seeblick", by: "olaf") },
            await refusal { _ = try await hotel.ledger.sync(Hotel.id) },
            await refusal { _ = try await hotel.ledger.reconcile(Hotel.id) },
        ] { #expect((error as? FeeRefusal)?.code == "keys_removed", "\(error.map { "\($0)" } ?? "-")") }
        // Nobody has to look at a tenant that has ended, and its work grows no older.
        let health = try hotel.ledger.health(of: Hotel.id)
        #expect(health.isEnded && !health.needsAttention && health.lastSync == nil && health.failing.isEmpty)
        #expect(try hotel.ledger.tenantsToAsk().isEmpty && !hotel.ledger.tenants().isEmpty)
        await #expect(throws: FeeRefusal.self) { _ = try await Self.end(hotel, on: nil) }
        // Accounting and auditors read on.
        #expect(try hotel.folio("R-1").folio.state == .checkedOut)
        #expect(try hotel.ledger.statement(Month("2026-11")!, of: Hotel.id).stripe.fees == hotel.euros("4.00"))
        #expect(try hotel.ledger.verify().allSatisfy { $0.check.defects.isEmpty })
    }
}
