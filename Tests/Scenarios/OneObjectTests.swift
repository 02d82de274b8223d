import Foundation
import Ledger
import LedgerService
import LedgerStore
import TestHotel
import TestSupport
import Testing

@testable import LedgerService

extension Hotel {
    fileprivate func hide(_ id: String, _ how: any Sendable = 500) async throws {
        try await simulator.order("POST", "/_sim/objects/\(id)", ["unreadable": how])
    }

    fileprivate func fault(_ route: String, _ fault: String, _ more: [String: any Sendable] = [:]) async throws {
        let order: [String: any Sendable] = ["route": route, "fault": fault, "times": 1000]
        try await simulator.order("POST", "/_sim/faults", order.merging(more) { _, new in new })
    }

    fileprivate func endFaults() async throws { try await simulator.order("POST", "/_sim/faults", ["clear": true]) }

    /// A movement that a sync has to book, whatever else it meets.
    fileprivate func feeAtStripe() async throws -> String {
        let made = try await simulator.order("POST", "/_sim/balance_transactions", ["type": "stripe_fee", "amount": -100])
        return try #require(made["id"] as? String)
    }

    fileprivate func isBooked(_ movement: String) throws -> Bool {
        try store.read(of: Hotel.id) { try $0.balanceMovement(movement) != nil }
    }

    fileprivate func obstacles(_ month: String) throws -> [MonthObstacle.Kind] {
        try store.read(of: Hotel.id) { try $0.monthObstacles(Month(month)!).map(\.kind) }
    }
}

/// What one object at Stripe keeps to itself holds up itself, and nothing else of a sync.
@Suite struct `One object's trouble` {
    /// R-1 holds 300.00, of which somebody has captured 200.00 at Stripe; R-2 has a hold that is due tomorrow.
    private func house() async throws -> (hotel: Hotel, intent: String) {
        let hotel = try await Hotel()
        try await hotel.book("R-2", guest: "Bo Berg", inDays: 30)
        try await hotel.letPass(days: 28)
        try await hotel.book("R-1")
        let intent = try await hotel.lastIntent()
        try await hotel.dashboard("/v1/payment_intents/\(intent)/capture", "amount_to_capture=20000")
        return (hotel, intent)
    }

    @Test func `leaves its event waiting, while movements, holds that are due and the rest go on`() async throws {
        let (hotel, intent) = try await house()
        try await hotel.hide(intent)
        let fee = try await hotel.feeAtStripe()
        try await hotel.letPass(days: 1)
        let report = try await hotel.sync()
        #expect(report.unread == [intent] && report.unreadWords == intent)
        #expect(try hotel.isBooked(fee))
        #expect(report.holdsPlaced == 1)
        #expect(try hotel.folio("R-2").totals.held == hotel.euros("300.00"))
        #expect(try hotel.obstacles("2026-12") == [.eventReceived])
        try await hotel.hide(intent, NSNull())
        #expect(try await hotel.sync().unread.isEmpty)
        #expect(try hotel.folio("R-1").totals.captured == hotel.euros("200.00"))
        try await hotel.expectAgreement()
        #expect(try hotel.obstacles("2026-12") == [])
    }

    @Test func `with a hold that is over keeps the month open until it is read`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        let intent = try await hotel.lastIntent()
        try await hotel.letPass(days: 14)
        try await hotel.hide(intent)
        let fee = try await hotel.feeAtStripe()
        #expect(try await hotel.sync().unread == [intent])
        #expect(try hotel.isBooked(fee))
        #expect(try hotel.obstacles("2026-11") == [.eventReceived, .objectUnreadable])
        let refusal = await #expect(throws: ServiceRefusal.self) {
            let _: Statement = try await hotel.ledger.closeMonth(Month("2026-11")!, of: Hotel.id, by: "accounting")
        }
        #expect(refusal?.code == "month_unsettled", "it was synced, and something is left")
        try await hotel.hide(intent, NSNull())
        #expect(try await hotel.sync().unread.isEmpty)
        let closed: Statement = try await hotel.ledger.closeMonth(Month("2026-11")!, of: Hotel.id, by: "accounting")
        #expect(closed.closedAt != nil)
    }

    /// Nobody has read Stripe for longer than it keeps events, so that its lists are read as a whole.
    @Test func `in a list, as a dispute in a currency that nobody knows, holds up no other of the list`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", mode: .direct)
        let charge = try await hotel.atStripe("/v1/payment_intents/\(try await hotel.lastIntent())")["latest_charge"] as? String
        let made = try await hotel.simulator.order("POST", "/_sim/charges/\(try #require(charge))/dispute", [:])
        let dispute = try #require(made["id"] as? String)
        let fee = try await hotel.feeAtStripe()
        try await hotel.letPass(days: 60)
        try await hotel.fault("GET /v1/disputes", "odd_number", ["field": "data.0.currency", "value": "\"xts\""])
        try await hotel.fault("GET /v1/disputes/{dispute}", "odd_number", ["field": "currency", "value": "\"xts\""])
        #expect(try await hotel.sync().unread == [dispute])
        #expect(try hotel.isBooked(fee))
        #expect(try hotel.obstacles("2026-11").contains(.objectUnreadable))
        try await hotel.endFaults()
        #expect(try await hotel.sync().unread.isEmpty)
        #expect(try hotel.store.read(of: Hotel.id) { try $0.disputes() }.map(\.id) == [dispute])
        #expect(try hotel.obstacles("2026-11") == [])
    }

    @Test func `that is somebody else's is none of ours, whatever currency it is in`() async throws {
        let hotel = try await Hotel()
        let form =
            "amount=5000&currency=eur&payment_method=pm_card_createDispute&confirm=true&automatic_payment_methods[enabled]=true"
            + "&automatic_payment_methods[allow_redirects]=never"
        try await hotel.dashboard("/v1/payment_intents", form)
        try await hotel.book("R-1")
        try await hotel.letPass(days: 60)
        try await hotel.fault("GET /v1/disputes", "odd_number", ["field": "data.0.currency", "value": "\"xts\""])
        #expect(try await hotel.sync().unread.isEmpty)
        #expect(try hotel.obstacles("2026-11") == [])
    }

    @Test func `as a page's holds up no other page`() async throws {
        let hotel = try await Hotel()
        for reference in ["R-1", "R-2"] {
            try await hotel.book(reference, card: nil, mode: .direct)
        }
        let page = try hotel.page(of: "R-1")
        let fee = try await hotel.feeAtStripe()
        // No list of events has been read yet: the pages are.
        try await hotel.guestPays("R-2")
        try await hotel.letPass(days: 1, hours: 2)
        try await hotel.hide(page)
        #expect(try await hotel.sync().unread == [page])
        #expect(try hotel.isBooked(fee))
        #expect(try hotel.folio("R-2").totals.captured == hotel.euros("300.00"))
        try await hotel.hide(page, NSNull())
        #expect(try await hotel.sync().unread.isEmpty)
        #expect(try hotel.folio("R-1").payments.map(\.state) == [.failed])
        try await hotel.expectAgreement()
    }

    /// The page of an intent of which no news was taken in yet is what tells whose it is.
    @Test func `keeps it from being compared, and nothing else of a reconciliation`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-2", hold: "200.00")
        try await hotel.book("D-1", hold: "50.00", card: nil, mode: .direct)
        let page = try hotel.page(of: "D-1")
        try await hotel.guestPays("D-1")
        let intent = try await hotel.lastIntent()
        let charge = try #require(try await hotel.atStripe("/v1/payment_intents/\(intent)")["latest_charge"] as? String)
        for id in [page, intent, charge] { try await hotel.hide(id) }
        try await hotel.letPass(hours: 1)
        #expect(try await hotel.sync().unread.contains(intent))
        let told = try await hotel.ledger.reconcile(Hotel.id)
        #expect(told.intents == 2)
        #expect(told.differences.contains { $0.object == intent && $0.ledger == "not compared" }, "\(told.differences)")
        #expect(!told.differences.contains { $0.folio == "R-2" }, "\(told.differences)")
        #expect(told.stripeBalance.map { $0.isPositive } == true, "the balance is read all the same")
        // A repair goes on as well.
        _ = try await hotel.ledger.repair(Hotel.id, by: "test")
        for id in [page, intent, charge] { try await hotel.hide(id, NSNull()) }
        #expect(try await hotel.sync().unread.isEmpty)
        #expect(try hotel.folio("D-1").totals.captured == hotel.euros("50.00"))
        try await hotel.expectAgreement()
    }

    @Test func `is named by a sync at the command line`() async throws {
        let house = try await House(tenants: ["seeblick"])
        try await house.guestPays(try await house.book("R-1"))
        try await house.sync()
        let intent = try await house.lastIntent()
        // The service reads Stripe by itself, too.
        try await house.simulator.order("POST", "/_sim/objects/\(intent)", ["unreadable": 500])
        try await house.simulator.order(form: "/v1/payment_intents/\(intent)/capture", "")
        let told = try await house.succeed("sync", "--format", "csv")
        #expect(told.contains("unread") && told.contains(intent), "\(told)")
    }
}

extension House {
    fileprivate func lastIntent() async throws -> String {
        let intents = try await simulator.order("GET", "/v1/payment_intents?limit=1")["data"] as? [[String: Any]]
        return try #require(intents?.first?["id"] as? String)
    }
}

/// A list that Stripe does not give is told at the end; a Stripe that answers nothing at once.
@Suite struct `A list without an answer` {
    @Test func `holds up neither the other lists nor the holds that are due, and the month counts as not read`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-2", inDays: 30)
        try await hotel.letPass(days: 29)
        let fee = try await hotel.feeAtStripe()
        try await hotel.fault("GET /v1/events", "unavailable")
        await #expect(throws: ServiceRefusal.self) { try await hotel.sync() }
        #expect(try hotel.isBooked(fee))
        #expect(try hotel.folio("R-2").totals.held == hotel.euros("300.00"))
        let refusal = await #expect(throws: ServiceRefusal.self) {
            let _: Statement = try await hotel.ledger.closeMonth(Month("2026-11")!, of: Hotel.id, by: "accounting")
        }
        #expect(refusal?.code == "month_not_synced")
        try await hotel.endFaults()
        try await hotel.sync()
        let closed: Statement = try await hotel.ledger.closeMonth(Month("2026-11")!, of: Hotel.id, by: "accounting")
        #expect(closed.closedAt != nil)
    }

    /// Somebody takes a permission from the key in the Dashboard.
    @Test(arguments: [
        (["GET /v1/disputes", "GET /v1/payouts"], ["disputes", "payouts"], "Disputes (read)"),
        (["GET /v1/balance"], ["balance"], "Balance (read)"), (["GET /v1/refunds"], ["refunds"], "Refunds (read)"),
        (["GET /v1/checkout/sessions"], ["pages"], "Checkout Sessions (read)"),
    ])
    func `is not compared, and the rest is`(lost: [String], named: [String], right: String) async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", mode: .direct)
        try await hotel.letPass(seconds: 10)
        try await hotel.sync()
        try await hotel.simulator.order("POST", "/_sim/account", ["key": "rk_test_poor", "same_as": "sk_test_seeblick"])
        try await hotel.ledger.setStripeAccount(of: Hotel.id, secretKey: "rk_test_poor", by: "test")
        try await hotel.simulator.order("POST", "/_sim/account", ["key": "rk_test_poor", "forbidden": lost])
        let told = try await hotel.ledger.reconcile(Hotel.id)
        #expect(told.differences.map(\.object) == named, "\(told.differences)")
        #expect(told.differences.allSatisfy { $0.ledger == "not compared" && $0.cause.contains("lacks the permission") })
        #expect(told.differences.first?.cause.contains(right) == true, "\(told.differences)")
        #expect(told.count == named.count && told.intents == 1)
        #expect(told.stripeBalance == (named == ["balance"] ? nil : told.ledgerBalance))
        #expect(try await hotel.ledger.repair(Hotel.id, by: "test").after.count == named.count)
        try await hotel.simulator.order("POST", "/_sim/account", ["key": "rk_test_poor", "forbidden": [String]()])
        try await hotel.expectAgreement()
    }

    @Test func `where nothing else has one stops the sync at once, and marks no object`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        let intent = try await hotel.lastIntent()
        try await hotel.dashboard("/v1/payment_intents/\(intent)/capture")
        try await hotel.letPass(days: 8)
        try await hotel.simulator.order("POST", "/_sim/faults", ["fault": "cut_before_effect", "times": 10_000])
        let refusal = await #expect(throws: ServiceRefusal.self) { try await hotel.sync() }
        #expect(refusal?.code == "stripe_unreachable")
        try await hotel.endFaults()
        #expect(try hotel.store.read(of: Hotel.id) { try $0.unreadableObjects() }.isEmpty)
        try await hotel.expectAgreement()
    }
}
