import Foundation
import Ledger
import LedgerService
import LedgerStore
import TestHotel
import TestSupport
import Testing

@testable import LedgerService

/// What the ledger missed, and how it is mended: from Stripe's own objects, once, and with a word of who had it done.
@Suite struct `A difference to Stripe` {
    /// How the two came to part, each in its own way.
    enum Parting: String, CaseIterable {
        case heldUnseen, capturedAtStripe, cancelledAtStripe, refundedAtStripe, refundFailed, contested, paidOut, onlyTheFee, leftOpen
        case unanswered
    }

    private func refund(_ hotel: Hotel) async throws -> Refund {
        _ = try await hotel.ledger.refund(
            payment: 1, amount: hotel.euros("100.00"), reason: "x", of: "R-1", of: Hotel.id, by: "desk")
        return try #require(try hotel.folio("R-1").refunds.first)
    }

    private func paid(_ hotel: Hotel) async throws -> Payment {
        try await hotel.book("R-1", hold: "150.00", mode: .direct)
        try await hotel.charge("R-1", .lodging, "150.00")
        return try #require(try await hotel.checkOut("R-1").view.payments.first)
    }

    private func held(_ hotel: Hotel) async throws -> String {
        try await hotel.book("R-1")
        return try #require(try hotel.folio("R-1").holds[0].intent)
    }

    /// Whatever Stripe could tell until now counts as read: no sync will bring it.
    private func loseNews(_ hotel: Hotel) async throws {
        let tenant = try hotel.ledger.tenant(Hotel.id)
        for (path, list) in [("/v1/events", SyncedList.events), ("/v1/balance_transactions", .balanceTransactions)] {
            let newest = try await hotel.atStripe("\(path)?limit=1")["data"] as? [[String: Any]]
            guard let id = newest?.first?["id"] as? String else { continue }
            try await hotel.store.write(of: tenant) { try $0.setCursor(id, of: list) }
        }
    }

    /// - Returns: The beginning of the id of an object that must be named.
    private func part(_ parting: Parting, _ hotel: Hotel) async throws -> String {
        switch parting {
        case .heldUnseen:
            try await hotel.book("R-1", card: nil)
            try await hotel.guestPays("R-1")
            return "pi_"
        case .capturedAtStripe:
            let intent = try await held(hotel)
            try await hotel.sync()
            _ = try await post(hotel, "/v1/payment_intents/\(intent)/capture", "amount_to_capture=12000")
            return intent
        case .cancelledAtStripe:
            let intent = try await held(hotel)
            _ = try await post(hotel, "/v1/payment_intents/\(intent)/cancel", "")
            return intent
        case .refundedAtStripe:
            _ = try await post(hotel, "/v1/refunds", "payment_intent=\(try #require(try await paid(hotel).intent))&amount=5000")
            return "re_"
        case .refundFailed:
            _ = try await paid(hotel)
            let id = try #require(try await refund(hotel).stripeID)
            try await hotel.sync()
            try await hotel.simulator.order("POST", "/_sim/refunds/\(id)", ["outcome": "failed"])
            return id
        case .contested:
            let intent = try await hotel.atStripe("/v1/payment_intents/\(try #require(try await paid(hotel).intent))")
            let charge = try #require(intent["latest_charge"] as? String)
            return try #require(try await hotel.simulator.order("POST", "/_sim/charges/\(charge)/dispute", [:])["id"] as? String)
        case .paidOut:
            _ = try await paid(hotel)
            try await hotel.letPass(days: 8)
            try await hotel.sync()
            _ = try await post(hotel, "/v1/payouts", "amount=5000&currency=eur")
            return "po_"
        case .onlyTheFee:
            _ = try await held(hotel)
            try await hotel.charge("R-1", .lodging, "250.00")
            try await hotel.checkOut("R-1")
            return "balance"
        case .leftOpen:
            // The bank refuses the hold, and cancelling what is left of it fails until somebody gives it up.
            try await hotel.book("R-1", inDays: 30, card: "4000000000000341")
            try await hotel.letPass(days: 29)
            let route = "POST /v1/payment_intents/{id}/cancel"
            try await hotel.simulator.order("POST", "/_sim/faults", ["route": route, "fault": "unavailable", "times": 10_000])
            try await hotel.sync()
            try await hotel.letPass(hours: 80)
            try await hotel.store.write { try $0.run("UPDATE operation SET attempts = 7 WHERE kind = 'cancel_orphan'") }
            try await hotel.sync()
            try await hotel.simulator.order("POST", "/_sim/faults", ["clear": true])
            let parked = try #require(try hotel.ledger.openOperations(of: Hotel.id).first { $0.isParked })
            try await hotel.ledger.dismissOperation(parked.number, reason: "x", of: Hotel.id, by: "otto")
            return "pi_"
        case .unanswered:
            _ = try await held(hotel)
            try await hotel.charge("R-1", .lodging, "250.00")
            let route = "POST /v1/payment_intents/{id}/capture"
            try await hotel.simulator.order("POST", "/_sim/faults", ["route": route, "fault": "cut_before_effect", "times": 10])
            await #expect(throws: ServiceRefusal.self) { try await hotel.checkOut("R-1") }
            try await hotel.simulator.order("POST", "/_sim/faults", ["clear": true])
            return "operation"
        }
    }

    @Test(arguments: Parting.allCases) func `is named, mended from Stripe's objects, and mended once`(parting: Parting) async throws {
        let hotel = try await Hotel()
        try await hotel.simulator.order("POST", "/_sim/account", ["payouts": ["schedule": "manual"] as [String: any Sendable]])
        let object = try await part(parting, hotel)
        try await hotel.letPass(seconds: 10)
        try await loseNews(hotel)
        let before = try await hotel.ledger.reconcile(Hotel.id)
        #expect(before.differences.contains { $0.object.hasPrefix(object) }, "\(before.differences)")
        #expect(before.differences.allSatisfy { !$0.mending.isByHand })
        let entries = try hotel.journal().count
        let report = try await hotel.ledger.repair(Hotel.id, by: "operator:otto")
        #expect(report.after.differences.isEmpty, "\(report.after.differences)")
        #expect(Set(report.mended).isSuperset(of: before.differences))
        #expect(report.after.ledgerBalance == report.after.stripeBalance)
        let kept = try hotel.store.read(of: Hotel.id) { try $0.repairs() }
        #expect(parting == .unanswered || kept.contains { $0.object.hasPrefix(object == "balance" ? "txn_" : object) })
        #expect(kept.allSatisfy { $0.actor == "operator:otto" })
        var named = true
        try hotel.ledger.eachEntry(of: Hotel.id) { entry, _ in
            if entry.number > entries, entry.stripeObject == nil { named = false }
        }
        #expect(named, "what is booked names the object that it comes from")
        let mended = dump(hotel.folder.file("ledger.db"))
        #expect(try await hotel.ledger.repair(Hotel.id, by: "operator:otto").mended.isEmpty)
        #expect(dump(hotel.folder.file("ledger.db")) == mended, "mended twice changes nothing")
        try await hotel.expectAgreement("\(parting)")
    }

    @Test func `that no object of ours explains stays, with what to do by hand, and nothing is booked`() async throws {
        let hotel = try await Hotel()
        let intent = try #require(
            try await post(
                hotel, "/v1/payment_intents",
                "amount=4200&currency=eur&payment_method=pm_card_visa&confirm=true&payment_method_types[0]=card")["id"] as? String)
        try await hotel.letPass(seconds: 10)
        // Its fee is booked, because the fee is the account's.
        try await hotel.sync()
        _ = try await post(hotel, "/v1/refunds", "payment_intent=\(intent)&amount=1000")
        try await hotel.letPass(seconds: 10)
        try await hotel.sync()
        let before = dump(hotel.folder.file("ledger.db"))
        let report = try await hotel.ledger.repair(Hotel.id, by: "operator:otto")
        #expect(report.mended.isEmpty)
        #expect(report.after.differences.map { $0.object.prefix(3) }.sorted() == ["txn", "txn"])
        #expect(report.after.differences.map(\.ledger).sorted() == ["in suspense:charge", "in suspense:refund"])
        #expect(report.after.differences.allSatisfy { $0.mending.isByHand })
        #expect(!report.after.differences.contains { $0.mending.words.contains("sync") }, "it would not help")
        #expect(dump(hotel.folder.file("ledger.db")) == before)
    }

    /// The account serves a second ledger as well, or folios came after the backup that this file is: numbers are given twice.
    @Test func `in what names another ledger's folio is not taken for ours`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", card: nil)
        _ = try await post(
            hotel, "/v1/payment_intents",
            "amount=30000&currency=eur&payment_method=pm_card_visa&confirm=true&capture_method=manual&payment_method_types[0]=card"
                + "&metadata[ledger_folio]=1&metadata[ledger_hold]=1&metadata[reference]=R-900")
        try await hotel.letPass(seconds: 10)
        try await hotel.sync()
        #expect(try hotel.folio("R-1").holds.map(\.state) == [.requested] && hotel.folio("R-1").totals.held.isZero)
        let report = try await hotel.ledger.repair(Hotel.id, by: "operator:otto")
        #expect(report.after.differences.map(\.cause) == ["made outside this ledger"])
        try await hotel.guestPays("R-1")
        try await hotel.sync()
        #expect(try hotel.folio("R-1").holds.map(\.state) == [.authorised])
    }

    @Test func `that an event tells of and Stripe does not know is left to the operator`() async throws {
        let hotel = try await Hotel()
        let desk = try await WebhookDesk(hotel)
        try await hotel.remember("pi_nobody")
        try await desk.deliver(WebhookDesk.event("evt_poison", object: "pi_nobody"))
        try await hotel.sync()
        let report = try await hotel.ledger.repair(Hotel.id, by: "operator:otto")
        #expect(
            report.after.differences.map(\.mending.words) == ["It failed again: `event list` says why, and `event dismiss` dismisses it."])
        try await hotel.ledger.dismissEvent("evt_poison", reason: "a test of ours", of: Hotel.id, by: "operator:otto")
        #expect(try await hotel.ledger.repair(Hotel.id, by: "operator:otto").after.differences.isEmpty)
        await desk.stop()
    }
}
