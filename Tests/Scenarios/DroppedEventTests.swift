import Foundation
import Ledger
import LedgerService
import LedgerStore
import Stripe
import TestHotel
import TestSupport
import Testing

@testable import LedgerService

/// The same days at the hotel twice: once Stripe tells of everything, once every event is lost and one sync makes up for it.
@Suite struct `With every event dropped` {
    /// Waits for news, where there is any.
    private typealias Learning = (_ what: String, _ isKnown: () throws -> Bool) async throws -> Void

    @Test func `one sync books what the webhooks did, entry for entry in money`() async throws {
        let told = try await Self.days(dropping: false)
        let silent = try await Self.days(dropping: true)
        #expect(silent.entries.count > 60)
        #expect(parting(silent.entries, told.entries) == [])
        #expect(parting(silent.folios, told.folios) == [])
        #expect(parting(silent.later, told.later) == [], "what comes after is the same, too")
        #expect(Set(told.entries.map { $0.prefix { $0 != " " } }).isSuperset(of: Self.kinds))
    }

    private func parting(_ silent: [String], _ told: [String]) -> [String] {
        silent.difference(from: told).map {
            switch $0 {
            case .insert(_, let line, _): "only without events: \(line)"
            case .remove(_, let line, _): "only with events: \(line)"
            }
        }
    }

    /// Without these the days would not show what they are there for.
    private static let kinds: Set<Substring> = [
        "charge", "payment", "refund", "refund_failed", "stripe_fee", "dispute", "dispute_reinstated", "payout", "payout_failed",
    ]

    /// What the books say, without what depends on when it came: numbers, instants, days, Stripe's ids.
    private static func entries(_ hotel: Hotel) throws -> [String] {
        var entries: [String] = []
        try hotel.ledger.eachEntry(of: Hotel.id) { entry, _ in
            entries.append("\(entry.kind) \(entry.debit) \(entry.credit) \(entry.amount) \(entry.currency) \(entry.folio ?? "")")
        }
        return entries.sorted()
    }

    private static func folios(_ hotel: Hotel) throws -> [String] {
        try references.map { reference in
            let view = try hotel.folio(reference)
            return "\(reference) \(view.folio.state) \(view.totals) \(view.holds.map(\.state)) \(view.payments.map(\.state))"
        }
    }

    private static let stays = (1...20).map { "S-\($0)" }
    private static let references = stays + ["DIRECT", "SOFORT", "LINK", "WON", "LOST", "EXPIRED", "CAPTURED", "LET-GO", "FAILED"]

    private static func days(dropping: Bool) async throws -> (entries: [String], folios: [String], later: [String]) {
        var settings = Tenant.Settings()
        settings.legacyMethods = [.sofort]
        let hotel = try await Hotel(settings: settings)
        try await hotel.offer([.card, .sofort])
        try await hotel.simulator.order(
            "POST", "/_sim/account",
            ["payouts": ["schedule": "daily", "delay_days": 2, "fail_next": "account_closed"] as [String: any Sendable]])
        let desk = try await WebhookDesk(hotel)
        // The list of events has been read before: only what it says from here on is left to find.
        try await hotel.book("BEFORE", hold: "50.00", mode: .direct)
        try await hotel.letPass(seconds: 10)
        try await hotel.sync()
        let background = dropping ? nil : Task { await Background(hotel.ledger, pace: pace).run() }
        do {
            if dropping { try await hotel.simulator.order("POST", "/_sim/webhooks", ["mode": "drop"]) }
            let before = try hotel.eventsKept()
            try await play(hotel) { what, isKnown in if !dropping { try await eventually(what, isKnown) } }
            if dropping {
                #expect(try hotel.eventsKept() == before)
            } else {
                // Nothing is left for the sync but what no webhook tells: fees and payouts' movements.
                let all = try await eventsAtStripe(hotel)
                try await eventually("all events") {
                    try hotel.store.read {
                        try $0.one("SELECT count(*) FROM event WHERE state IN ('applied', 'ignored')") { try $0.int(0) }
                    } == all
                }
            }
        } catch {
            background?.cancel()
            throw error
        }
        background?.cancel()
        await background?.value
        let report = try await hotel.sync()
        if dropping { #expect(report.events > 100, "more than one page") } else { #expect(report.events == 0) }
        let (entries, folios) = (try entries(hotel), try folios(hotel))
        try await hotel.expectAgreement("\(dropping ? "dropped" : "told")")
        try await hotel.charge("EXPIRED", .lodging, "250.00")
        try await checkOut(hotel, "EXPIRED")
        try await hotel.expectAgreement("\(dropping ? "dropped" : "told"), later")
        await desk.stop()
        return (entries, folios, try Self.entries(hotel))
    }

    private static var pace: BackgroundPace {
        var pace = BackgroundPace()
        (pace.survey, pace.lease) = (.milliseconds(50), .seconds(24))
        pace.sync = .seconds(36_000)
        return pace
    }

    private static func eventsAtStripe(_ hotel: Hotel) async throws -> Int {
        var count = 0
        let client = try hotel.ledger.client(for: try hotel.ledger.tenant(Hotel.id))
        for try await page in client.events() { count += page.count { LedgerService.eventTypes.contains($0.type) } }
        return count
    }

    /// Presses the button again where the first look showed an older plan, as people do.
    private static func checkOut(_ hotel: Hotel, _ reference: String) async throws {
        do { try await hotel.checkOut(reference) } catch ServiceRefusal.planChanged(let plan) {
            _ = try await hotel.ledger.checkOut(reference, plan: plan.id, of: Hotel.id, by: "reception")
        }
    }

    private static func play(_ hotel: Hotel, _ learn: Learning) async throws {
        func isHeld(_ reference: String) throws -> Bool { try hotel.folio(reference).holds.last?.state == .authorised }
        func isPaid(_ reference: String) throws -> Bool { try hotel.folio(reference).payments.last?.state == .succeeded }
        func stay(_ reference: String, card: String = "4242424242424242", due: String) async throws {
            try await hotel.book(reference, card: nil)
            try await hotel.guestPays(reference, card: card)
            try await learn("the hold of \(reference)") { try isHeld(reference) }
            try await hotel.charge(reference, .lodging, due)
            try await hotel.charge(reference, .minibar, "3.50", quantity: 2)
        }
        func paid(_ reference: String) async throws -> (intent: String, charge: String) {
            try await hotel.book(reference, hold: "150.00", card: nil, mode: .direct)
            try await hotel.guestPays(reference)
            try await learn("the payment of \(reference)") { try isPaid(reference) }
            try await hotel.charge(reference, .lodging, "150.00")
            try await checkOut(hotel, reference)
            let intent = try #require(try hotel.folio(reference).payments.first?.intent)
            return (intent, try #require(try await hotel.atStripe("/v1/payment_intents/\(intent)")["latest_charge"] as? String))
        }
        // Held and captured; more than was held comes from the saved card.
        for (number, reference) in stays.enumerated() {
            try await stay(reference, due: number.isMultiple(of: 2) ? "336.30" : "200.00")
            try await checkOut(hotel, reference)
        }
        // Refunded by us, and at Stripe.
        let direct = try await paid("DIRECT")
        _ = try await hotel.ledger.refund(
            payment: 1, amount: hotel.euros("23.80"), reason: "corked", of: "DIRECT", of: Hotel.id, by: "reception")
        _ = try await post(hotel, "/v1/refunds", "payment_intent=\(direct.intent)&amount=5000")
        _ = try await paid("FAILED")
        _ = try await hotel.ledger.refund(
            payment: 1, amount: hotel.euros("100.00"), reason: "x", of: "FAILED", of: Hotel.id, by: "reception")
        let refund = try #require(try hotel.folio("FAILED").refunds.first?.stripeID)
        try await hotel.simulator.order("POST", "/_sim/refunds/\(refund)", ["outcome": "failed"])
        // Contested.
        for (reference, outcome) in [("WON", "won"), ("LOST", "lost")] {
            let charge = try await paid(reference).charge
            let dispute = try #require(try await hotel.simulator.order("POST", "/_sim/charges/\(charge)/dispute", [:])["id"] as? String)
            try await learn("the dispute of \(reference)") { try hotel.ledger.disputes(of: Hotel.id).contains { $0.folio == reference } }
            try await hotel.simulator.order("POST", "/_sim/disputes/\(dispute)", ["outcome": outcome])
        }
        // A bank that asks the guest: the rest is paid by link.
        try await stay("LINK", card: "4000002760003184", due: "336.30")
        try await checkOut(hotel, "LINK")
        try await hotel.guestPays("LINK")
        try await learn("the link") { try hotel.folio("LINK").folio.state == .checkedOut }
        // On its way for days.
        try await hotel.book("SOFORT", hold: "120.00", card: nil, mode: .direct, method: .sofort)
        try await hotel.guestPays("SOFORT", with: .sofort)
        // By somebody else's hand, on Stripe's own pages.
        for (reference, act) in [("CAPTURED", "capture"), ("LET-GO", "cancel")] {
            try await stay(reference, due: "200.00")
            let intents = try await hotel.atStripe("/v1/payment_intents?limit=1")["data"] as? [[String: Any]]
            let intent = try #require(intents?.first?["id"] as? String)
            _ = try await post(hotel, "/v1/payment_intents/\(intent)/\(act)", "")
        }
        // Left alone until nothing is held any more.
        try await hotel.book("EXPIRED", nights: 6, card: nil)
        try await hotel.guestPays("EXPIRED")
        try await learn("the hold to expire") { try isHeld("EXPIRED") }
        for _ in 1...12 {
            try await hotel.letPass(days: 1)
            try await learn("the day's events") {
                try hotel.store.read { try $0.one("SELECT count(*) FROM event WHERE state = 'received'") { try $0.int(0) } } == 0
            }
        }
    }
}
