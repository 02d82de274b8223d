import Foundation
import Ledger
import LedgerService
import LedgerStore
import TestHotel
import TestSupport
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
        // It ends in UTC an hour later, and Stripe's month stands on the statement, too.
        #expect(await refusal(hotel)?.code == "month_not_synced")
        try await hotel.letPass(hours: 1)
        #expect(await refusal(hotel)?.code == "month_not_synced")
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

    @Test func `looks at a list, is refused without a reason for what it is closed over, and prints both on the statement`() async throws {
        let hotel = try await Hotel(start: "2026-11-28T20:00:00Z")
        try await hotel.book("R-1")
        try await hotel.charge("R-1", .other, "0.30")
        try await hotel.checkOut("R-1")
        let topUp = try await hotel.simulator.order("POST", "/_sim/balance_transactions", ["type": "topup", "amount": 7000])
        func list() throws -> [String] {
            try hotel.ledger.closingChecklist(Self.november, of: Hotel.id).checks.filter { !$0.isInOrder }.map {
                "\($0.kind.rawValue) \($0.count) \($0.ids.joined(separator: ","))\($0.isBlocking ? " blocks" : "")"
            }
        }
        #expect(try list() == ["synced 1  blocks", "clearing 1  blocks", "open_items 1 R-1"])
        try await hotel.letPass(days: 4)
        try await hotel.sync()
        let id = try #require(topUp["id"] as? String)
        #expect(try list() == ["open_items 1 R-1", "suspense 1 \(id)"])
        #expect(await refusal(hotel)?.code == "closing_reason_missing")
        await #expect(throws: ServiceRefusal.self) {
            let _: Statement = try await hotel.ledger.closeMonth(Self.november, of: Hotel.id, reason: " ", by: "user:anna")
        }
        let closing: MonthClosing = try await hotel.ledger.closeMonths(Self.november, by: "operator")
        #expect(closing.left.map(\.refusal.code) == ["closing_reason_missing"])
        let closed: Statement = try await hotel.ledger.closeMonth(Self.november, of: Hotel.id, reason: "from our bank", by: "user:anna")
        #expect(closed.remark?.reason == "from our bank" && closed.remark?.actor == "user:anna")
        #expect(closed.remark?.items.map { "\($0.kind) \($0.count)" } == ["open_items 1", "suspense 1"])
        #expect(closed.remark?.phrase.german == "1 offener Posten; 1 ungeklärte Bewegung")
        #expect(try hotel.ledger.statement(Self.november, of: Hotel.id) == closed)
        #expect(try hotel.ledger.statement(Month("2026-12")!, of: Hotel.id).remark == nil)
    }

    /// Stripe's balance has moved, and its list does not say by what.
    @Test func `waits while the clearing account does not equal Stripe's balance`() async throws {
        let hotel = try await Hotel(start: "2026-11-30T20:00:00Z")
        try await hotel.letPass(hours: 12)
        try await hotel.sync()
        try await hotel.store.write(of: Hotel.id) { book in
            try book.noteBalance(hotel.euros("100.00"), listed: hotel.euros("99.99"), begunAt: book.now)
        }
        #expect(await refusal(hotel)?.message.contains("Stripe's balance is €100.00, and its movements come to €99.99") == true)
        #expect(await refusal(hotel)?.code == "clearing_differs")
        try await hotel.sync()
        #expect(try hotel.store.read(of: Hotel.id) { try $0.lastBalance()?.balance } == hotel.euros("0.00"), "it is compared again")
        #expect(try await close(hotel).remark == nil)
    }

    /// A payment of the month whose movement never comes; one of the month after is on its way.
    @Test(arguments: ["2026-11-30T10:00:00Z", "2026-12-01T06:00:00Z"])
    func `waits for a payment of it that moved nothing at Stripe, and for none of the next month`(day: String) async throws {
        let hotel = try await Hotel(start: "2026-11-30T20:00:00Z")
        try await hotel.book("R-1", card: nil)
        try await hotel.letPass(hours: 12)
        try await hotel.sync()
        try await hotel.store.write(of: Hotel.id) { book in
            let folio = try book.folio("R-1")!
            var payment = try book.addPayment(hotel.euros("50.00"), origin: .page, method: .card, to: folio)
            let taken = Instant(day)!.day(in: book.tenant.timeZone)
            let posting = Posting.payment(payment.amount, folio: "R-1", on: taken, intent: "pi_lost")!
            let entry = try book.post(posting, folio: folio, by: "stripe")
            (payment.state, payment.received, payment.intent) = (.succeeded, payment.amount, "pi_lost")
            try book.save(payment, entry: entry, of: folio)
        }
        let code = await refusal(hotel)?.code
        #expect(code == (day < "2026-12" ? "clearing_differs" : nil))
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
        #expect(closing.left.map(\.tenant) == [Hotel.id] && closing.left.map(\.refusal.code) == ["month_not_synced"])
        #expect(closing.statements.map(\.tenant) == ["bergblick", Hotel.id])
        #expect(try hotel.ledger.statement(Self.november, of: Hotel.id).closedAt == nil)
        try await hotel.sync()
        closing = try await hotel.ledger.closeMonths(Self.november, by: "operator")
        #expect(closing.closed.map(\.tenant) == [Hotel.id] && closing.closedBefore.map(\.tenant) == ["bergblick"])
        #expect(closing.left.isEmpty)
        #expect(try hotel.ledger.verify().allSatisfy { $0.check.defects.isEmpty })
    }

    /// What a rule or a damaged row does to one tenant's books.
    private static let mishaps = [
        // A number that nobody can have written.
        "UPDATE stripe_month SET amount = 4000000000000000000 WHERE tenant = NUMBER",
        // It is met after the fee has been posted.
        """
        CREATE TRIGGER mishap BEFORE INSERT ON statement WHEN NEW.tenant = NUMBER BEGIN SELECT RAISE(ABORT, 'amount: a mishap'); END
        """,
    ]

    @Test(arguments: mishaps)
    func `for all tenants is done although something is wrong with the books of one, of which nothing is written`(mishap: String)
        async throws
    {
        let hotel = try await Hotel(start: "2026-11-30T20:00:00Z")
        for id in ["bergblick", "talblick"] { _ = try await hotel.ledger.addTenant(NewTenant(id: id, name: id)) }
        try await hotel.simulator.order("POST", "/_sim/balance_transactions", ["type": "stripe_fee", "amount": -100])
        try await hotel.letPass(hours: 12)
        try await hotel.sync()
        let entries = try hotel.journal()
        let number = try hotel.ledger.tenant(Hotel.id).number
        try change(hotel.folder.file("ledger.db"), mishap.replacing("NUMBER", with: "\(number)"))
        let closing: MonthClosing = try await hotel.ledger.closeMonths(Self.november, by: "operator")
        #expect(closing.closed.map(\.tenant) == ["bergblick", "talblick"])
        let left = try #require(closing.left.first)
        #expect(left.tenant == Hotel.id && left.refusal.code == "month_failed" && left.refusal.message.contains("amount"), "\(left)")
        #expect(try hotel.journal() == entries)
        for id in ["bergblick", "talblick"] { #expect(try hotel.ledger.statement(Self.november, of: id).closedAt != nil) }
        let readable = try hotel.ledger.readableStatements(Self.november)
        #expect(Set(readable.statements.map(\.tenant) + readable.unread.map(\.tenant)) == ["bergblick", Hotel.id, "talblick"])
    }
}

/// Whatever keeps a month open has a way out.
@Suite struct `A month that would never be closed` {
    private static let november = Month("2026-11")!

    private func obstacles(_ hotel: Hotel, _ tenant: String = Hotel.id) async throws -> [MonthObstacle] {
        do {
            _ = try await hotel.ledger.closeMonth(Self.november, of: tenant, reason: "decided about", by: "accounting")
        } catch ServiceRefusal.monthUnsettled(_, let obstacles) {
            return obstacles
        }
        return []
    }

    private func move(_ hotel: Hotel, _ order: [String: any Sendable]) async throws -> String {
        try #require(try await hotel.simulator.order("POST", "/_sim/balance_transactions", order)["id"] as? String)
    }

    private func refusal(_ body: () async throws -> Void) async -> String? {
        do { try await body() } catch { return (error as? any Refusal)?.code }
        return nil
    }

    @Test func `for an entry that Stripe cannot show is closed once accounting has dismissed it, and the entry is still tried`()
        async throws
    {
        let hotel = try await Hotel(start: "2026-11-30T20:00:00Z")
        let id = try await move(hotel, ["type": "stripe_fee", "amount": -100])
        try await hotel.simulator.order(
            "POST", "/_sim/faults",
            ["route": "GET /v1/balance_transactions", "fault": "odd_number", "field": "data.0.amount", "value": "\"much\"", "times": 1])
        try await hotel.simulator.order("POST", "/_sim/objects/\(id)", ["unreadable": 500])
        try await hotel.letPass(hours: 12)
        try await hotel.sync()
        try await hotel.sync()
        #expect(try await obstacles(hotel) == [MonthObstacle(.objectUnreadable, [id])!])
        func dismiss(_ id: String, _ reason: String) async throws {
            _ = try await hotel.ledger.dismissUnreadable(
                id, reason: reason, of: Hotel.id, by: "user:anna", once: Once<UnreadableObject, UnreadableObject>.unkeyed)
        }
        #expect(await refusal { try await dismiss(id, " ") } == "reason_missing")
        #expect(await refusal { try await dismiss("txn_9", "x") } == "unreadable_not_found")
        try await dismiss(id, "one euro, seen in the Dashboard")
        #expect(await refusal { try await dismiss(id, "again") } == "unreadable_dismissed")
        let dismissal = try hotel.ledger.unreadableObjects(.dismissed, of: Hotel.id).first?.dismissal
        #expect(dismissal == Dismissal(reason: "one euro, seen in the Dashboard", actor: "user:anna"))
        #expect(try await hotel.sync().unread.isEmpty, "it is decided about")
        #expect(try await obstacles(hotel).isEmpty)
        #expect(try hotel.ledger.statement(Self.november, of: Hotel.id).closedAt != nil)
        let told = try await hotel.ledger.reconcile(Hotel.id).differences
        #expect(told.map(\.object) == ["balance"] && told.first?.cause.contains(id) == true, "\(told)")
        // It turns up after all, as a late item.
        try await hotel.simulator.order("POST", "/_sim/objects/\(id)", ["unreadable": NSNull()])
        try await hotel.sync()
        #expect(try hotel.ledger.unreadableObjects(.read, of: Hotel.id).map(\.id) == [id])
        #expect(try hotel.ledger.statement(Month("2026-12")!, of: Hotel.id).stripe.rows.map(\.late) == [1])
        try await hotel.expectAgreement()
    }

    @Test func `for an entry without an id, or of a kind that cannot be asked for, is closed by a dismissal of each`() async throws {
        let hotel = try await Hotel(start: "2026-11-30T20:00:00Z")
        for _ in 1...2 { _ = try await move(hotel, ["type": "stripe_fee", "amount": -100]) }
        try await hotel.simulator.order(
            "POST", "/_sim/faults",
            ["route": "GET /v1/balance_transactions", "fault": "odd_number", "field": "data.0.id", "value": "7", "times": 1])
        try await hotel.letPass(hours: 12)
        try await hotel.sync()
        try await hotel.store.write(of: Hotel.id) { try $0.noteUnreadable("zz_1", .said("of a kind of tomorrow")) }
        try await hotel.sync()
        let waiting = try hotel.ledger.unreadableObjects(of: Hotel.id)
        #expect(waiting.count == 2 && waiting.first?.id.hasPrefix("unnamed_") == true, "\(waiting)")
        #expect(waiting.last?.failure == .said("of a kind of tomorrow"), "the reason stays")
        #expect(try await obstacles(hotel) == [MonthObstacle(.objectUnreadable, waiting.map(\.id))!])
        for object in waiting {
            _ = try await hotel.ledger.dismissUnreadable(
                object.id, reason: "nothing of ours", of: Hotel.id, by: "user:anna", once: Once<UnreadableObject, UnreadableObject>.unkeyed)
        }
        #expect(try await obstacles(hotel).isEmpty)
        try await hotel.expectAgreement("what has an id now was booked by it")
    }

    @Test func `for an amount that the books cannot hold is closed by a dismissal`() async throws {
        let hotel = try await Hotel(start: "2026-11-30T20:00:00Z")
        var tenant = NewTenant(id: "abroad", name: "Abroad")
        tenant.currency = Currency("isk")!
        _ = try await hotel.ledger.addTenant(tenant)
        try await hotel.simulator.order("POST", "/_sim/account", ["currency": "isk"], key: "sk_test_abroad")
        try await hotel.ledger.setStripeAccount(of: "abroad", secretKey: "sk_test_abroad", by: "test")
        let id = try await move(hotel, ["key": "sk_test_abroad", "type": "stripe_fee", "amount": -1050, "currency": "isk"])
        try await hotel.letPass(hours: 12)
        for _ in 1...2 { _ = try await hotel.ledger.sync("abroad") }
        #expect(try await obstacles(hotel, "abroad") == [MonthObstacle(.objectUnreadable, [id])!])
        _ = try await hotel.ledger.dismissUnreadable(
            id, reason: "ten and a half", of: "abroad", by: "user:anna", once: Once<UnreadableObject, UnreadableObject>.unkeyed)
        #expect(try await obstacles(hotel, "abroad").isEmpty)
    }

    @Test(arguments: [500, 403])
    func `for a movement whose origin Stripe never shows is closed once the movement is dismissed to suspense`(status: Int) async throws {
        let hotel = try await Hotel(start: "2026-11-30T20:00:00Z")
        let id = try await move(hotel, ["type": "charge", "amount": 5000, "source": "charge", "unreadable": status])
        try await hotel.letPass(hours: 12)
        for _ in 1...2 { try await hotel.sync() }
        #expect(try await obstacles(hotel) == [MonthObstacle(.movementWaiting, [id])!])
        #expect(try await hotel.ledger.reconcile(Hotel.id).differences.first?.mending.words.contains("`movement dismiss`") == true)
        func dismiss(_ id: String, _ reason: String) async throws {
            _ = try await hotel.ledger.dismissMovement(
                id, reason: reason, of: Hotel.id, by: "user:anna", once: Once<UnexplainedMovement, UnexplainedMovement>.unkeyed)
        }
        #expect(await refusal { try await dismiss(id, " ") } == "reason_missing")
        #expect(await refusal { try await dismiss("txn_9", "x") } == "movement_not_found")
        try await dismiss(id, "the shop's, seen in the Dashboard")
        #expect(await refusal { try await dismiss(id, "again") } == "movement_not_dismissible")
        #expect(try hotel.store.read(of: Hotel.id) { try $0.balance(of: .suspense(type: "charge")).minorUnits } == -5000)
        try await hotel.sync()
        #expect(try await obstacles(hotel).isEmpty)
        #expect(try hotel.ledger.statement(Self.november, of: Hotel.id).closedAt != nil)
        _ = try await hotel.ledger.assignMovement(
            id, to: "external:shop", reason: "the shop's", of: Hotel.id, by: "user:anna",
            once: Once<UnexplainedMovement, UnexplainedMovement>.unkeyed)
        // It is read in the end, and is the shop's indeed.
        let source = try #require(try hotel.ledger.unexplainedMovement(id, of: Hotel.id).movement.source)
        try await hotel.simulator.order("POST", "/_sim/objects/\(source)", ["unreadable": NSNull()])
        try await hotel.sync()
        let read = try hotel.ledger.unexplainedMovement(id, of: Hotel.id)
        #expect(read.state == .assigned && read.failure == nil && read.dismissal?.actor == "user:anna")
        try await hotel.expectAgreement()
    }

    @Test func `of a dismissed movement that is ours after all has it taken out of suspense when it can be read`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", hold: "300.00")
        try await hotel.charge("R-1", .lodging, "250.00")
        try await hotel.checkOut("R-1")
        let intent = try await hotel.lastIntent()
        let refund = try #require(try await hotel.dashboard("/v1/refunds", "payment_intent=\(intent)&amount=1000")["id"] as? String)
        try await hotel.simulator.order("POST", "/_sim/objects/\(refund)", ["unreadable": 500])
        try await hotel.letPass(seconds: 10)
        try await hotel.sync()
        let waiting = try #require(try hotel.ledger.unexplainedMovements(.waiting, of: Hotel.id).first)
        _ = try await hotel.ledger.dismissMovement(
            waiting.movement.id, reason: "cannot be read", of: Hotel.id, by: "user:anna",
            once: Once<UnexplainedMovement, UnexplainedMovement>.unkeyed)
        try await hotel.sync()
        #expect(try hotel.ledger.unexplainedMovements(.suspense, of: Hotel.id).map(\.movement) == [waiting.movement])
        try await hotel.simulator.order("POST", "/_sim/objects/\(refund)", ["unreadable": NSNull()])
        try await hotel.expectAgreement()
        #expect(try hotel.ledger.unexplainedMovement(waiting.movement.id, of: Hotel.id).state == .ours)
        #expect(try hotel.folio("R-1").totals.refunded.minorUnits == 1000)
    }

    @Test func `is not helped by dismissing a movement that no sync has failed to read`() async throws {
        let hotel = try await Hotel()
        try await hotel.store.write(of: Hotel.id) { book in
            let amount = Money(minorUnits: 700, currency: .eur)
            _ = try book.book(
                BalanceMovement(
                    id: "txn_1", type: "charge", reportingCategory: "charge", amount: amount, fee: .zero(.eur), source: "ch_1", method: nil,
                    created: book.now))
        }
        let code = await refusal {
            _ = try await hotel.ledger.dismissMovement(
                "txn_1", reason: "x", of: Hotel.id, by: "user:anna", once: Once<UnexplainedMovement, UnexplainedMovement>.unkeyed)
        }
        #expect(code == "movement_not_dismissible")
    }

    @Test func `for a card that the key may not detach is closed once the call is parked and dismissed`() async throws {
        let hotel = try await Hotel()
        let key = "rk_test_narrow"
        try await hotel.simulator.order("POST", "/_sim/account", ["key": key, "same_as": "sk_test_seeblick"])
        let detach = "POST /v1/payment_methods/{payment_method}/detach"
        try await hotel.simulator.order("POST", "/_sim/account", ["key": key, "forbidden": [detach]])
        try await hotel.ledger.setStripeAccount(of: Hotel.id, secretKey: key, by: "test")
        try await hotel.book("R-1", inDays: 30)
        _ = try? await hotel.ledger.cancel("R-1", fee: .zero(.eur), reason: "ill", of: Hotel.id, by: "reception")
        #expect(try hotel.folio("R-1").folio.state == .cancelled)
        func lastTry() async throws {
            try await hotel.store.write { try $0.run("UPDATE operation SET attempts = 7 WHERE state = 'waiting'") }
            #expect(try await hotel.sync().unanswered == 1)
        }
        try await lastTry()
        let call = try #require(try hotel.ledger.openOperations(of: Hotel.id).first)
        #expect(!call.isParked, "young")
        try await hotel.letPass(days: 14)
        try await lastTry()
        #expect(try await obstacles(hotel) == [MonthObstacle(.operationParked, ["\(call.number)"])!])
        try await hotel.ledger.dismissOperation(call.number, reason: "detached in the Dashboard", of: Hotel.id, by: "operator:otto")
        #expect(try await obstacles(hotel).isEmpty)
        #expect(try hotel.ledger.statement(Self.november, of: Hotel.id).closedAt != nil)
    }
}
