import Foundation
import Ledger
import LedgerService
import LedgerStore
import TestHotel
import Testing

@testable import LedgerService

/// Two processes on one file, and processes that die: at the worst moment each.
@Suite struct `At the worst moment` {
    private func fault(_ hotel: Hotel, _ route: String, _ fault: String, times: Int) async throws {
        try await hotel.simulator.order("POST", "/_sim/faults", ["route": route, "fault": fault, "times": times])
    }

    private func endFaults(_ hotel: Hotel) async throws { try await hotel.simulator.order("POST", "/_sim/faults", ["clear": true]) }

    /// A process that dies between sending and noting the attempt leaves no trace of having sent.
    @Test func `a process dies after sending a charge and is missing for two days, it is not sent again`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        try await hotel.charge("R-1", .lodging, "343.30")
        try await fault(hotel, "POST /v1/payment_intents", "effect_then_no_answer", times: 20)
        await #expect(throws: ServiceRefusal.self) { try await hotel.checkOut("R-1") }
        try await endFaults(hotel)
        try await hotel.store.write { try $0.run("UPDATE operation SET attempts = 0 WHERE state = 'waiting'") }
        try await hotel.letPass(days: 2)
        // The operation is settled before any event is read.
        let operation = try #require(try hotel.ledger.openOperations(of: Hotel.id).first)
        try await hotel.ledger.dispatch(operation.number, of: try hotel.ledger.tenant(Hotel.id))
        try await hotel.sync()
        #expect(try hotel.folio("R-1").payments.map(\.received.minorUnits) == [30000, 4330])
        try await hotel.expectAgreement("the charge must exist once at Stripe")
    }

    @Test func `a hold is placed while the guest cancels, it does not stay at Stripe`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", inDays: 30)
        try await hotel.letPass(days: 29)
        // The other process has placed the hold, but its answer is still on its way.
        try await fault(hotel, "POST /v1/payment_intents", "effect_then_no_answer", times: 20)
        try await hotel.sync()
        #expect(try hotel.ledger.openOperations(of: Hotel.id).count == 1)
        // The cancellation looked for waiting operations before that.
        try await hotel.store.write(of: Hotel.id) { book in
            var hold = try book.holds(of: book.knownFolio("R-1"))[0]
            hold.state = .released
            try book.save(hold, of: book.knownFolio("R-1"))
        }
        try await endFaults(hotel)
        try await hotel.sync()
        #expect(try hotel.ledger.openOperations(of: Hotel.id).isEmpty)
        try await hotel.expectAgreement("the guest's money must be free again")
    }

    @Test func `two processes learn that the bank refused a hold, the guest gets one page`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", inDays: 30, card: "4000000000000341")
        try await hotel.letPass(days: 29)
        async let first = hotel.sync()
        async let second = hotel.sync()
        _ = try await (first, second)
        #expect(try hotel.folio("R-1").holds.map(\.state) == [.failed, .requested])
    }

    @Test func `the desk and sync run one check-out at once, everything is taken once`() async throws {
        let hotel = try await Hotel()
        for number in 1...6 {
            try await hotel.book("R-\(number)")
            try await hotel.charge("R-\(number)", .lodging, "343.30")
        }
        await withTaskGroup(of: Void.self) { group in
            for number in 1...6 {
                group.addTask { _ = try? await hotel.checkOut("R-\(number)") }
                group.addTask { _ = try? await hotel.sync() }
                group.addTask { _ = try? await hotel.checkOut("R-\(number)") }
            }
        }
        try await hotel.sync()
        for number in 1...6 {
            let view = try hotel.folio("R-\(number)")
            #expect(view.folio.state == .checkedOut && view.payments.map(\.received.minorUnits) == [30000, 4330])
        }
        try await hotel.expectAgreement()
    }

    @Test func `the page expires unseen before the answer that would have told its id, the folio opens again`() async throws {
        let hotel = try await Hotel()
        try await hotel.offer([.card, .klarna])
        try await hotel.book("R-1", card: nil, mode: .direct, method: .klarna)
        try await hotel.charge("R-1", .lodging, "343.30")
        try await fault(hotel, "POST /v1/checkout/sessions", "effect_then_no_answer", times: 100)
        await #expect(throws: ServiceRefusal.self) { try await hotel.checkOut("R-1") }
        try await hotel.letPass(hours: 23, seconds: 3500)
        try await hotel.letPass(seconds: 200)
        try await hotel.sync()
        try await endFaults(hotel)
        try await hotel.sync()
        try await hotel.letPass(days: 2)
        try await hotel.sync()
        #expect(try hotel.folio("R-1").folio.state == .open)
    }
}
