import Foundation
import Ledger
import LedgerService
import LedgerStore
import Stripe
import TestHotel
import TestSupport
import Testing

@testable import LedgerService

/// What happens without anybody asking for it.
@Suite struct `In the background` {
    private static var quick: BackgroundPace {
        var pace = BackgroundPace()
        (pace.survey, pace.grace, pace.lease, pace.reports) = (.milliseconds(50), .milliseconds(300), .seconds(2), .milliseconds(50))
        (pace.sync, pace.holds) = (.seconds(3600), .milliseconds(100))
        return pace
    }

    /// Runs a background for as long as `body` takes.
    private func working(
        _ ledger: LedgerService, _ pace: BackgroundPace = quick, _ body: () async throws -> Void
    ) async throws {
        let task = Task { await Background(ledger, pace: pace).run() }
        do { try await body() } catch {
            task.cancel()
            await task.value
            throw error
        }
        task.cancel()
        await task.value
    }

    private func fault(_ hotel: Hotel, _ route: String, _ fault: String, times: Int, delay: Int? = nil) async throws {
        var order: [String: any Sendable] = ["route": route, "fault": fault, "times": times]
        if let delay { order["delay_milliseconds"] = delay }
        try await hotel.simulator.order("POST", "/_sim/faults", order)
    }

    @Test func `a guest's hold is known as soon as Stripe tells of it, without a sync`() async throws {
        let hotel = try await Hotel()
        let desk = try await WebhookDesk(hotel)
        try await working(hotel.ledger) {
            try await hotel.book("R-1", card: nil)
            try await eventually("leading") { try hotel.ledger.background().isLed }
            try await hotel.guestPays("R-1")
            try await eventually("the hold") { try hotel.folio("R-1").holds.first?.state == .authorised }
        }
        await desk.stop()
    }

    /// A stay from the page to the document, its events told as `tell` has them.
    private func stay(_ mode: String?, _ tell: (Hotel, WebhookDesk) async throws -> Void) async throws -> [String] {
        let hotel = try await Hotel()
        let desk = try await WebhookDesk(hotel)
        if let mode { try await hotel.simulator.order("POST", "/_sim/webhooks", ["mode": mode]) }
        try await hotel.book("R-1", card: nil)
        try await hotel.charge("R-1", .lodging, "250.00")
        try await hotel.guestPays("R-1")
        try await tell(hotel, desk)
        try await working(hotel.ledger) {
            try await eventually("the hold") { try hotel.folio("R-1").holds.first?.state == .authorised }
            try await hotel.checkOut("R-1")
            try await tell(hotel, desk)
            try await eventually("all events") {
                try hotel.store.read { try $0.one("SELECT count(*) FROM event WHERE state = 'received'") { try $0.int(0) } } == 0
            }
        }
        try await hotel.expectAgreement()
        await desk.stop()
        return try hotel.journal()
    }

    @Test func `fifty deliveries at once, and events in the wrong order, book what one in order does`() async throws {
        let once = try await stay(nil) { hotel, _ in try await eventually("events") { try hotel.eventsKept() > 0 } }
        let often = try await stay("drop") { hotel, desk in
            for event in try await Self.events(hotel) {
                try await concurrently(Array(0..<50), atMost: 50) { _ in try await desk.deliver(event) }
            }
        }
        let backwards = try await stay("drop") { hotel, desk in
            for event in try await Self.events(hotel).reversed() { try await desk.deliver(event) }
        }
        #expect(once.count == 3)
        #expect(often == once)
        #expect(backwards == once)
    }

    /// Everything that Stripe could have told by now, oldest first, byte for byte.
    private static func events(_ hotel: Hotel) async throws -> [String] {
        let client = try hotel.ledger.client(for: try hotel.ledger.tenant(Hotel.id))
        var events: [String] = []
        for try await page in client.events() {
            events += page.filter { LedgerService.eventTypes.contains($0.type) }.map { String(decoding: $0.raw, as: UTF8.self) }
        }
        return events
    }

    @Test func `an event that beats the answer to the call, the money is booked once`() async throws {
        let hotel = try await Hotel()
        let desk = try await WebhookDesk(hotel)
        try await hotel.book("R-1")
        try await hotel.charge("R-1", .lodging, "343.30")
        try await working(hotel.ledger) {
            try await eventually("leading") { try hotel.ledger.background().isLed }
            try await fault(hotel, "POST /v1/payment_intents/{id}/capture", "webhook_before_answer", times: 1, delay: 5000)
            async let result = hotel.checkOut("R-1")
            // The event has been applied long before the answer is here.
            try await eventually("the capture", within: .milliseconds(4900)) {
                try hotel.folio("R-1").holds.first?.state == .captured
            }
            #expect(try await result.view.folio.state == .checkedOut)
        }
        #expect(try hotel.folio("R-1").payments.map(\.received.minorUnits) == [30000, 4330])
        try await hotel.expectAgreement()
        await desk.stop()
    }

    @Test func `a check-out that stopped in the middle is carried on when Stripe is back`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        try await hotel.charge("R-1", .lodging, "343.30")
        try await fault(hotel, "POST /v1/payment_intents/{id}/capture", "effect_then_no_answer", times: 20)
        await #expect(throws: ServiceRefusal.self) { try await hotel.checkOut("R-1") }
        try await hotel.simulator.order("POST", "/_sim/faults", ["clear": true])
        // The next attempt is due in seconds of real time; this one does not wait for it.
        try await hotel.store.write { try $0.run("UPDATE operation SET next_attempt_at = 0 WHERE state = 'waiting'") }
        try await working(hotel.ledger) {
            try await eventually("the check-out") { try hotel.folio("R-1").folio.state == .checkedOut }
        }
        #expect(try hotel.folio("R-1").payments.map(\.received.minorUnits) == [30000, 4330])
        try await hotel.expectAgreement()
    }

    @Test func `a saved card is held when its day comes, and reception is told before a hold expires`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", inDays: 30)
        try await working(hotel.ledger) {
            try await hotel.letPass(days: 28)
            try await Task.sleep(for: .milliseconds(300))
            #expect(try hotel.folio("R-1").holds.map(\.state) == [.requested])
            try await hotel.letPass(days: 1)
            try await eventually("the hold") { try hotel.folio("R-1").holds.map(\.state) == [.authorised] }
            let end = try #require(try hotel.folio("R-1").holds[0].captureBefore)
            try await hotel.letPass(seconds: Int(end.unixSeconds - hotel.clock.now.unixSeconds) - 25 * 3600)
            try await Task.sleep(for: .milliseconds(300))
            #expect(try hotel.folio("R-1").folio.notice == nil)
            try await hotel.letPass(hours: 2)
            try await eventually("the notice") {
                try hotel.folio("R-1").folio.notice?.code == FolioNotice.expiresSoonCode
            }
            // A hold that is let go covers nothing that could end.
            _ = try await hotel.ledger.releaseHold(1, of: "R-1", of: Hotel.id, by: "test")
            try await eventually("no notice") { try hotel.folio("R-1").folio.notice == nil }
        }
    }

    @Test func `one poisonous event is parked, the others go on, and the operator decides`() async throws {
        let hotel = try await Hotel()
        let desk = try await WebhookDesk(hotel)
        try await working(hotel.ledger) {
            try await hotel.book("R-1", card: nil)
            for object in ["pi_nobody", "re_nobody"] { try await hotel.remember(object) }
            try await desk.deliver(WebhookDesk.event("evt_poison", "payment_intent.succeeded", object: "pi_nobody"))
            try await desk.deliver(WebhookDesk.event("evt_other", "refund.updated", object: "re_nobody"))
            try await hotel.guestPays("R-1")
            try await eventually("the hold") { try hotel.folio("R-1").holds.first?.state == .authorised }
            try await eventually("the dead letters") { try hotel.ledger.troubledEvents(of: Hotel.id).count { $0.isParked } == 2 }
            #expect(try hotel.ledger.background().deadLetters.map(\.count) == [2])
        }
        #expect(try await hotel.ledger.retryEvents("evt_poison", of: Hotel.id) == 1)
        await #expect(throws: ServiceRefusal.self) {
            try await hotel.ledger.dismissEvent("evt_poison", reason: " ", of: Hotel.id, by: "op")
        }
        try await hotel.ledger.dismissEvent("evt_poison", reason: "a test at Stripe", of: Hotel.id, by: "op")
        await #expect(throws: ServiceRefusal.self) {
            try await hotel.ledger.dismissEvent("evt_poison", reason: "x", of: Hotel.id, by: "op")
        }
        try await hotel.ledger.dismissEvent("evt_other", reason: "a test at Stripe", of: Hotel.id, by: "op")
        #expect(try hotel.ledger.troubledEvents(of: Hotel.id).isEmpty)
        try await hotel.expectAgreement("what was dismissed stays so")
        await desk.stop()
    }

    @Test(arguments: ["wrong_content_type", "error_before_effect"])
    func `what cannot be booked or read yet is tried again later, and parked after eight times`(trouble: String) async throws {
        let hotel = try await Hotel()
        let desk = try await WebhookDesk(hotel)
        let tenant = try hotel.ledger.tenant(Hotel.id)
        try await hotel.book("R-1", card: nil)
        try await desk.deliver(WebhookDesk.event("evt_1", "payout.paid", object: "po_1"))
        // An answer that is not Stripe's, or in which Stripe has trouble of its own, says nothing about the payout.
        try await fault(hotel, "GET /v1/payouts/{id}", trouble, times: 1000)
        for attempt in 1...8 {
            try await hotel.ledger.workOffEvents(of: tenant, .due)
            // Not due again at once.
            try await hotel.ledger.workOffEvents(of: tenant, .due)
            let event = try #require(try hotel.ledger.troubledEvents(of: Hotel.id).first)
            #expect(event.attempts == attempt)
            #expect(event.isParked == (attempt == 8))
            try await hotel.store.write { try $0.run("UPDATE event SET next_attempt_at = 0 WHERE state = 'received'") }
        }
        await desk.stop()
    }

    @Test func `news of one object that Stripe cannot show holds up no sync, and waits while Stripe answers nothing`() async throws {
        let hotel = try await Hotel()
        let desk = try await WebhookDesk(hotel)
        let tenant = try hotel.ledger.tenant(Hotel.id)
        try await desk.deliver(WebhookDesk.event("evt_1", "payout.paid", object: "po_1"))
        try await fault(hotel, "GET /v1/payouts/{id}", "error_before_effect", times: 1000)
        try await hotel.simulator.order("POST", "/_sim/balance_transactions", ["type": "stripe_fee", "amount": -100])
        #expect(try await hotel.sync().movements == 1)
        func event() throws -> TroubledEvent { try #require(try hotel.ledger.troubledEvents(of: Hotel.id).first) }
        #expect(try event().attempts == 1)
        // All of Stripe is down: nobody's fault, however long it lasts.
        try await fault(hotel, "*", "error_before_effect", times: 100_000)
        for _ in 1...10 {
            try await hotel.store.write { try $0.run("UPDATE event SET next_attempt_at = 0 WHERE state = 'received'") }
            await #expect(throws: ServiceRefusal.self) { try await hotel.ledger.workOffEvents(of: tenant, .due) }
        }
        #expect(try event().attempts == 1 && !event().isParked)
        await desk.stop()
    }

    @Test func `a call that the key may not make holds up no other`() async throws {
        let hotel = try await Hotel()
        let tenant = try hotel.ledger.tenant(Hotel.id)
        try await hotel.book("R-1", hold: "100.00", mode: .direct)
        try await hotel.simulator.order("POST", "/_sim/account", ["key": "rk_test_narrow", "same_as": "sk_test_seeblick"])
        try await hotel.simulator.order(
            "POST", "/_sim/account",
            ["key": "rk_test_narrow", "forbidden": ["POST /v1/payment_methods/{payment_method}/detach"]])
        try await hotel.ledger.setStripeAccount(of: Hotel.id, secretKey: "rk_test_narrow", by: "test")
        let calls = try await hotel.store.write(of: tenant) { book in
            let folio = try book.knownFolio("R-1")
            return [
                try book.plan(.detachCard, Requests.forget(card: "pm_1", key: "k1"), folio: folio),
                try book.plan(.cancelOrphan, Requests.cancel("pi_nobody", key: "k2"), folio: folio, intent: "pi_nobody"),
            ]
        }
        await #expect {
            _ = try await hotel.ledger.run(.operations, of: tenant, operations: calls, folios: [])
        } throws: {
            ($0 as? ServiceRefusal)?.code == "stripe_key_refused"
        }
        #expect(try hotel.ledger.openOperations(of: Hotel.id).map(\.isParked) == [false, true])
        #expect(try await hotel.ledger.retryOperations(nil, of: Hotel.id) == 2)
        #expect(try hotel.ledger.openOperations(of: Hotel.id).map(\.isParked) == [false, true])
    }

    @Test func `one process leads, and another takes over when it is gone`() async throws {
        let hotel = try await Hotel()
        let other = try hotel.anotherProgram()
        // Long enough for the first to keep the lead on a machine that is busy with other things.
        var pace = Self.quick
        pace.lease = .seconds(24)
        let unhurried = pace
        let first = Task { await Background(hotel.ledger, pace: unhurried).run() }
        try await eventually("a leader") { try hotel.ledger.background().isLed }
        let leader = try #require(try hotel.ledger.background().leader)
        let second = Task { await Background(other, pace: unhurried).run() }
        try await Task.sleep(for: .seconds(1))
        #expect(try other.background().leader?.process == leader.process)
        // The first one goes in an orderly way: the second leads with its next look.
        first.cancel()
        await first.value
        try await eventually("the second", within: .seconds(20)) { try hotel.ledger.background().leader?.term == leader.term + 1 }
        #expect(try hotel.ledger.background().isLed)
        second.cancel()
        await second.value
        #expect(try !hotel.ledger.background().isLed)
    }

    @Test func `a process takes over from one that was killed`() async throws {
        let house = try await House(tenants: ["seeblick"])
        let file = try Database(path: house.folder.file("ledger.db"), clock: LedgerService.systemTime)
        func leader() throws -> Leader? { try file.read { try $0.leader() } }
        try await eventually("a leader") { try leader() != nil }
        let first = try #require(try leader())
        let second = try await house.serve()
        await house.service.kill()
        try await eventually("the second leads") { try leader()?.process != first.process }
        let now = try #require(try leader())
        #expect(now.process != first.process && now.term > first.term)
        #expect(await second.stop() == 0)
    }

    @Test func `a leader that slept through its time writes nothing more as if it led`() async throws {
        let hotel = try await Hotel()
        let now = LedgerService.systemTime()
        let term = try await hotel.store.write { try $0.lead("a", at: now, until: now.adding(seconds: 5)) }
        #expect(try await hotel.store.write { try $0.lead("b", at: now.adding(seconds: 4), until: now.adding(seconds: 9)) } == nil)
        let later = try await hotel.store.write { try $0.lead("b", at: now.adding(seconds: 5), until: now.adding(seconds: 10)) }
        #expect((term, later) == (1, 2))
        let task = TaskReport(tenant: 1, task: "sync", lastRun: now, lastSuccess: now, failures: 0, problem: nil, notice: nil)
        #expect(try await hotel.store.write { try $0.save([task], term: 1) } == false)
        #expect(try await hotel.store.write { try $0.lead("a", at: now.adding(seconds: 6), until: now.adding(seconds: 11)) } == nil)
        #expect(try await hotel.store.write { try $0.save([task], term: 2) })
    }

    @Test func `what each task came to can be read, also by a process that does not lead`() async throws {
        let hotel = try await Hotel()
        let other = try hotel.anotherProgram()
        var pace = Self.quick
        (pace.sync, pace.months) = (.milliseconds(100), .milliseconds(100))
        try await hotel.simulator.order(
            "POST", "/_sim/faults", ["route": "GET /v1/balance_transactions", "fault": "unavailable", "times": 2])
        func status(_ task: BackgroundTask) throws -> BackgroundStatus {
            try #require(try other.background().tasks.first { $0.task == task && ($0.tenant == Hotel.id || task == .pruning) })
        }
        try await working(hotel.ledger, pace) {
            try await hotel.letPass(days: 20)
            try await eventually("a sync") { try status(.sync).lastSuccess != nil }
            try await eventually("the month") { try status(.months).notice == "2026-11 can be closed." }
            try await eventually("the pruning") { try status(.pruning).lastSuccess != nil }
            #expect(try status(.sync).problem == nil)
        }
    }

    @Test func `what keeps it from finding out what is due is told once`() async throws {
        let hotel = try await Hotel()
        try change(
            hotel.folder.file("ledger.db"), "PRAGMA ignore_check_constraints = ON; UPDATE tenant SET refund_limit = 2000000000000000000")
        let (told, telling) = AsyncStream.makeStream(of: String.self)
        let ledger = hotel.ledger
        let task = Task { await Background(ledger, pace: Self.quick, report: { telling.yield("\($0)") }).run() }
        try await Task.sleep(for: .seconds(1))
        task.cancel()
        await task.value
        telling.finish()
        var troubles: [String] = []
        for await trouble in told { troubles.append(trouble) }
        #expect(troubles.count == 1 && troubles.first?.contains("refund_limit") == true, "\(troubles)")
    }

    @Test func `a tenant whose Stripe hangs keeps no other from its turn`() async throws {
        let hotel = try await Hotel()
        let desk = try await WebhookDesk(hotel)
        for number in 1...8 {
            _ = try await hotel.ledger.addTenant(NewTenant(id: "slow-\(number)", name: "Slow"))
            try await hotel.ledger.setStripeAccount(of: "slow-\(number)", secretKey: "sk_test_slow\(number)", by: "test")
        }
        try await hotel.book("R-1", card: nil)
        try await fault(hotel, "GET /v1/events", "slow_first_byte", times: 8, delay: 8000)
        var pace = Self.quick
        pace.sync = .milliseconds(500)
        try await working(hotel.ledger, pace) {
            try await Task.sleep(for: .milliseconds(700))
            try await hotel.guestPays("R-1")
            try await eventually("the hold", within: .seconds(3)) { try hotel.folio("R-1").holds.first?.state == .authorised }
        }
        await desk.stop()
    }
}
