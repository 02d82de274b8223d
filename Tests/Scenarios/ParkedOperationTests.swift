import Foundation
import Ledger
import LedgerService
import LedgerStore
import TestHotel
import Testing

@testable import LedgerService

/// Calls to Stripe that do not come to an end by themselves: they wait for the operator, disturb nobody else, and have a way on.
@Suite struct `A call that never succeeds` {
    private static let captures = "POST /v1/payment_intents/{id}/capture"

    private func fault(_ hotel: Hotel, _ route: String, _ fault: String) async throws {
        try await hotel.simulator.order("POST", "/_sim/faults", ["route": route, "fault": fault, "times": 10_000])
    }

    private func endFaults(_ hotel: Hotel) async throws { try await hotel.simulator.order("POST", "/_sim/faults", ["clear": true]) }

    /// The last of eight vain tries, after so long; by default longer than anybody waits.
    private func letItFail(_ hotel: Hotel, hours: Int = 80) async throws {
        try await hotel.letPass(hours: hours)
        try await hotel.store.write { try $0.run("UPDATE operation SET attempts = 7 WHERE state = 'waiting'") }
        try await sendWaiting(hotel)
    }

    private func sendWaiting(_ hotel: Hotel) async throws {
        let tenant = try hotel.ledger.tenant(Hotel.id)
        for operation in try hotel.store.read(of: tenant, { try $0.waitingOperations() }) {
            _ = try await hotel.ledger.dispatch(operation.number, of: tenant)
        }
    }

    private func parked(_ hotel: Hotel) throws -> [OpenOperation] {
        try hotel.ledger.openOperations(of: Hotel.id).filter(\.isParked)
    }

    /// A check-out whose capture Stripe never carries out.
    private func stuckCapture(tries: Int = 1) async throws -> Hotel {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        try await hotel.charge("R-1", .lodging, "250.00")
        try await fault(hotel, Self.captures, "unavailable")
        await #expect(throws: ServiceRefusal.self) { try await hotel.checkOut("R-1") }
        guard tries > 1 else {
            try await letItFail(hotel)
            return hotel
        }
        for _ in 2...tries {
            try await hotel.letPass(hours: 11)
            try await sendWaiting(hotel)
        }
        return hotel
    }

    @Test func `is parked with a reason, shown to everybody whom it concerns, and not sent any more`() async throws {
        let hotel = try await stuckCapture(tries: 8)
        let operation = try #require(try parked(hotel).first)
        #expect(operation.attempts == 8)
        #expect(operation.folio == "R-1" && operation.problem?.contains("503") == true)
        #expect(try hotel.folio("R-1").folio.notice == .operationParked(.capture))
        #expect(try hotel.ledger.background().parkedOperations.map(\.count) == [1])
        #expect(try await hotel.ledger.reconcile(Hotel.id).differences.contains { $0.mending.words.contains("operation retry") })
        try await hotel.sync()
        try await hotel.sync()
        #expect(try parked(hotel).map(\.attempts) == [operation.attempts])
        #expect(try hotel.store.read { try $0.checkOutsToCarryOn() }.isEmpty, "nothing is left to do for the background")
        await #expect(throws: ServiceRefusal.self) { try await hotel.charge("R-1", .minibar, "3.50") }
        await #expect { _ = try await hotel.ledger.finishWaiting("R-1", of: hotel.ledger.tenant(Hotel.id)) } throws: {
            ($0 as? ServiceRefusal)?.code == "operation_parked"
        }
    }

    @Test func `is not given up while it is young, nor while it was tried a few times only`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        try await hotel.charge("R-1", .lodging, "250.00")
        try await fault(hotel, Self.captures, "unavailable")
        await #expect(throws: ServiceRefusal.self) { try await hotel.checkOut("R-1") }
        for _ in 1...10 { try await sendWaiting(hotel) }
        #expect(try parked(hotel).isEmpty, "young")
        try await endFaults(hotel)
        try await hotel.sync()
        #expect(try hotel.folio("R-1").folio.state == .checkedOut)
    }

    @Test func `leaves the others in peace`() async throws {
        let hotel = try await stuckCapture()
        try await hotel.book("R-2", hold: "100.00", mode: .direct)
        try await hotel.charge("R-2", .lodging, "100.00")
        #expect(try await hotel.checkOut("R-2").view.folio.state == .checkedOut)
        let unknown = try await hotel.store.write(of: Hotel.id) { book in
            try book.addOperation(
                "of_a_newer_program", folio: nil, subject: nil, intent: nil, method: "POST", path: "/v1/x", body: "",
                idempotencyKey: "newer")
        }
        try await hotel.book("R-3")
        #expect(try hotel.folio("R-3").holds.map(\.state) == [.authorised], "news is read, whatever waits")
        try await letItFail(hotel, hours: 1)
        #expect(try parked(hotel).map(\.number).contains(unknown))
        await #expect { try await hotel.ledger.dismissOperation(unknown, reason: "x", of: Hotel.id, by: "otto") } throws: {
            ($0 as? ServiceRefusal)?.code == "operation_of_newer_program"
        }
    }

    /// Nobody waits for it, so a refusal that is taken for an end would hide an attempt that stays open.
    @Test func `because Stripe refuses to cancel a leftover is parked at once, and can be left`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", hold: "100.00", mode: .direct)
        try await hotel.store.write(of: Hotel.id) { book in
            let folio = try book.knownFolio("R-1")
            _ = try book.plan(
                .cancelOrphan, Requests.cancel("pi_nobody", key: "k"), folio: folio, intent: "pi_nobody")
        }
        try await hotel.sync()
        let operation = try #require(try parked(hotel).first)
        #expect(operation.problem?.contains("pi_nobody") == true)
        try await hotel.ledger.dismissOperation(operation.number, reason: "not ours", of: Hotel.id, by: "otto")
        try await hotel.expectAgreement()
    }

    @Test func `is sent again when the operator says so, and what waited for it goes on`() async throws {
        let hotel = try await stuckCapture()
        let number = try #require(try parked(hotel).first).number
        #expect(try await hotel.ledger.retryOperations(number, of: Hotel.id) == 1, "it fails again, and waits")
        try await endFaults(hotel)
        #expect(try await hotel.ledger.retryOperations(nil, of: Hotel.id) == 0)
        let done = try hotel.folio("R-1")
        #expect(done.folio.state == .checkedOut && done.payments.map(\.received.minorUnits) == [25000] && done.folio.notice == nil)
        await #expect(throws: ServiceRefusal.self) { try await hotel.ledger.retryOperations(number, of: Hotel.id) }
        try await hotel.expectAgreement()
    }

    @Test func `is dismissed: the check-out ends, the hold stays what it is, and the folio is checked out anew`() async throws {
        let hotel = try await stuckCapture()
        let number = try #require(try parked(hotel).first).number
        await #expect(throws: ServiceRefusal.self) {
            try await hotel.ledger.dismissOperation(number, reason: " ", of: Hotel.id, by: "otto")
        }
        try await hotel.ledger.dismissOperation(number, reason: "agreed with the guest", of: Hotel.id, by: "otto")
        let open = try hotel.folio("R-1")
        #expect(open.folio.state == .open && open.totals.held == hotel.euros("300.00") && open.payments.isEmpty)
        guard case .operationDismissed(.capture, why: .dismissed("agreed with the guest", by: "otto"), _) = open.folio.notice else {
            Issue.record("the folio does not tell who gave up what, and why: \(String(describing: open.folio.notice))")
            return
        }
        let operation = try #require(try hotel.store.read(of: Hotel.id) { try $0.operation(number) })
        #expect(try hotel.store.read(of: Hotel.id) { try $0.dismissal(of: operation) }?.actor == "otto")
        await #expect(throws: ServiceRefusal.self, "once") {
            try await hotel.ledger.dismissOperation(number, reason: "again", of: Hotel.id, by: "otto")
        }
        try await endFaults(hotel)
        #expect(try await hotel.checkOut("R-1").view.payments.map(\.received.minorUnits) == [25000])
        try await hotel.expectAgreement()
    }

    @Test func `cannot be dismissed when Stripe shows that the money moved: it is booked instead`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        try await hotel.charge("R-1", .lodging, "343.30")
        try await fault(hotel, "POST /v1/payment_intents", "effect_then_no_answer")
        await #expect(throws: ServiceRefusal.self) { try await hotel.checkOut("R-1") }
        // Nor does the list tell.
        try await fault(hotel, "GET /v1/payment_intents", "unavailable")
        try await letItFail(hotel)
        let number = try #require(try parked(hotel).first).number
        await #expect(throws: ServiceRefusal.self, "what Stripe does not show is not dismissed") {
            try await hotel.ledger.dismissOperation(number, reason: "enough", of: Hotel.id, by: "otto")
        }
        #expect(try parked(hotel).count == 1)
        try await endFaults(hotel)
        await #expect { try await hotel.ledger.dismissOperation(number, reason: "enough", of: Hotel.id, by: "otto") } throws: {
            ($0 as? ServiceRefusal)?.code == "operation_took_effect"
        }
        let done = try hotel.folio("R-1")
        #expect(done.folio.state == .checkedOut && done.payments.map(\.received.minorUnits) == [30000, 4330])
        try await hotel.expectAgreement()
    }

    @Test func `to hold a saved card is no cover once it is dismissed`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", nights: 9, inDays: 30)
        try await hotel.letPass(days: 29)
        try await fault(hotel, "POST /v1/payment_intents", "unavailable")
        try await hotel.sync()
        try await letItFail(hotel)
        let number = try #require(try parked(hotel).first).number
        #expect(try hotel.folio("R-1").holds.map(\.state) == [.requested])
        try await hotel.sync()
        #expect(try hotel.ledger.openOperations(of: Hotel.id).count == 1, "no second one beside it")
        try await endFaults(hotel)
        try await hotel.ledger.dismissOperation(number, reason: "the guest pays cash", of: Hotel.id, by: "otto")
        let view = try hotel.folio("R-1")
        #expect(view.holds.map(\.state) == [.failed] && view.totals.held.isZero)
        try await hotel.sync()
        #expect(try hotel.folio("R-1").holds.map(\.state) == [.failed], "it is not placed after all")
        try await hotel.charge("R-1", .lodging, "100.00")
        #expect(try await hotel.checkOut("R-1").view.payments.map(\.received.minorUnits) == [10000])
        try await hotel.expectAgreement()
    }

    @Test func `to give money back leaves the money refundable once it is dismissed`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", hold: "150.00", mode: .direct)
        try await hotel.charge("R-1", .lodging, "150.00")
        try await hotel.checkOut("R-1")
        try await fault(hotel, "POST /v1/refunds", "unavailable")
        func refund() async throws {
            _ = try await hotel.ledger.refund(
                payment: 1, amount: hotel.euros("100.00"), reason: "x", of: "R-1", of: Hotel.id, by: "desk")
        }
        await #expect(throws: ServiceRefusal.self) { try await refund() }
        try await letItFail(hotel)
        await #expect { try await refund() } throws: { ($0 as? ServiceRefusal)?.code == "operation_parked" }
        try await endFaults(hotel)
        let number = try #require(try parked(hotel).first).number
        try await hotel.ledger.dismissOperation(number, reason: "paid in cash", of: Hotel.id, by: "otto")
        #expect(try hotel.folio("R-1").refunds.map(\.state) == [.failed] && hotel.folio("R-1").payments[0].refunded.isZero)
        try await refund()
        #expect(try hotel.folio("R-1").totals.refunded == hotel.euros("100.00"))
        try await hotel.expectAgreement()
    }

    @Test func `and has succeeded all the same is ended by its news`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        try await hotel.charge("R-1", .lodging, "343.30")
        try await fault(hotel, "POST /v1/payment_intents", "wrong_content_type")
        await #expect(throws: ServiceRefusal.self) { try await hotel.checkOut("R-1") }
        try await letItFail(hotel, hours: 1)
        #expect(try parked(hotel).count == 1)
        try await hotel.sync()
        let done = try hotel.folio("R-1")
        #expect(done.folio.state == .checkedOut && done.payments.map(\.received.minorUnits) == [30000, 4330] && done.folio.notice == nil)
        #expect(try hotel.ledger.openOperations(of: Hotel.id).isEmpty)
        try await hotel.expectAgreement()
    }

    @Test func `and took money out of a hold is not sent again: the hold is read first`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        try await hotel.charge("R-1", .lodging, "250.00")
        try await fault(hotel, Self.captures, "wrong_content_type")
        await #expect(throws: ServiceRefusal.self) { try await hotel.checkOut("R-1") }
        try await hotel.sync()
        let done = try hotel.folio("R-1")
        #expect(done.folio.state == .checkedOut && done.payments.map(\.received.minorUnits) == [25000] && done.folio.notice == nil)
        #expect(try hotel.ledger.openOperations(of: Hotel.id).isEmpty)
        try await hotel.expectAgreement()
    }
}
