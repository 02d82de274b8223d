import Foundation
import Ledger
import TestHotel
import TestSupport
import Testing

@testable import LedgerService

/// How a guest fails on a page and leaves it.
enum FailedAttempt: CaseIterable, Sendable {
    case declined, authenticationLeft, authenticationFailed

    fileprivate var order: [String: any Sendable] {
        switch self {
        case .declined: ["card": "4000000000000002"]
        case .authenticationLeft: ["card": "4000002760003184", "authentication": "leave"]
        case .authenticationFailed: ["card": "4000002760003184", "authentication": "fail"]
        }
    }
}

extension Hotel {
    /// The guest tries to pay on the folio's page, and it does not come about. The page stays open.
    func guestFails(_ attempt: FailedAttempt, on reference: String) async throws {
        let page = try page(of: reference)
        // What the bank refuses is answered as such.
        _ = try? await simulator.order("POST", "/_sim/checkout/\(page)/pay", attempt.order)
        let session = try await atStripe("/v1/checkout/sessions/\(page)")
        guard session["status"] as? String == "open", session["payment_intent"] is String else { throw NoPage() }
    }
}

/// A saved card is kept for what the guest has agreed to, and no longer.
@Suite struct `A saved card after check-out` {
    /// Whether the card still belongs to its guest at Stripe.
    private func isAttached(_ card: String?, at hotel: Hotel) async throws -> Bool {
        try await hotel.atStripe("/v1/payment_methods/\(try #require(card))")["customer"] is String
    }

    private func card(_ hotel: Hotel, _ reference: String = "R-1") throws -> String? {
        try hotel.folio(reference).folio.savedCard?.paymentMethod
    }

    @Test func `is kept for the days of the consent, and then detached without anybody asking`() async throws {
        let hotel = try await Hotel()
        try await hotel.stayed()
        let saved = try card(hotel)
        for _ in 1...14 {
            try await hotel.letPass(days: 1)
            try await hotel.sync()
            #expect(try await isAttached(saved, at: hotel) && card(hotel) == saved)
        }
        try await hotel.letPass(days: 1)
        try await hotel.sync()
        #expect(try await !isAttached(saved, at: hotel) && card(hotel) == nil)
        // Doing so again asks for nothing more, and the folio says nothing of it to staff.
        try await hotel.sync()
        #expect(try hotel.folio("R-1").folio.notice == nil)
        try await hotel.expectAgreement()
    }

    @Test func `is detached at once where it may be used for nothing any more`() async throws {
        var settings = Tenant.Settings()
        settings.lateChargeCategories = []
        let hotel = try await Hotel(settings: settings)
        try await hotel.book("R-1")
        let saved = try card(hotel)
        try await hotel.charge("R-1", .lodging, "100.00")
        try await hotel.checkOut("R-1")
        #expect(try await !isAttached(saved, at: hotel) && card(hotel) == nil)
        try await hotel.expectAgreement()
    }

    @Test(arguments: [false, true]) func `is detached at once when the stay did not take place`(isNoShow: Bool) async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        let saved = try card(hotel)
        let fee = hotel.euros("50.00")
        _ =
            try await isNoShow
            ? hotel.ledger.recordNoShow("R-1", fee: fee, reason: "x", of: Hotel.id, by: "test")
            : hotel.ledger.cancel("R-1", fee: fee, reason: "x", of: Hotel.id, by: "test")
        #expect(try await !isAttached(saved, at: hotel) && card(hotel) == nil)
        try await hotel.expectAgreement()
    }

    @Test func `stays while the bank contests a payment, and goes when that is decided`() async throws {
        let hotel = try await Hotel()
        try await hotel.stayed()
        let saved = try card(hotel)
        // Nine days later the bank decides by itself.
        try await hotel.letPass(days: 10)
        let intent = try #require(try hotel.folio("R-1").payments.first?.intent)
        let charge = try #require(try await hotel.atStripe("/v1/payment_intents/\(intent)")["latest_charge"] as? String)
        let dispute = try await hotel.simulator.order("POST", "/_sim/charges/\(charge)/dispute", ["reason": "fraudulent"])
        try await hotel.sync()
        try await hotel.letPass(days: 7)
        try await hotel.sync()
        #expect(try await isAttached(saved, at: hotel) && card(hotel) == saved)
        try await hotel.simulator.order("POST", "/_sim/disputes/\(dispute["id"] ?? "")", ["outcome": "won"])
        try await hotel.sync()
        try await hotel.sync()
        #expect(try await !isAttached(saved, at: hotel) && card(hotel) == nil)
    }

    @Test func `stays while a guest has a link for a late charge, and goes when that is over`() async throws {
        let hotel = try await Hotel()
        try await hotel.stayed()
        let saved = try card(hotel)
        try await hotel.letPass(days: 14, hours: 12)
        try await hotel.chargeLate("R-1", .other, "90.00", by: .link)
        try await hotel.letPass(hours: 14)
        try await hotel.sync()
        #expect(try hotel.folio("R-1-L1").folio.state == .awaitingGuest)
        #expect(try await isAttached(saved, at: hotel) && card(hotel) == saved)
        // The page is over unpaid: the late charge stays open, and the card is of no use for it.
        try await hotel.letPass(hours: 12)
        try await hotel.sync()
        try await hotel.sync()
        #expect(try hotel.folio("R-1-L1").folio.state == .open)
        #expect(try await !isAttached(saved, at: hotel) && card(hotel) == nil)
        try await hotel.expectAgreement()
    }

    /// The end of the intent is told before the end of the page.
    @Test(arguments: FailedAttempt.allCases) func `goes in time after its guest failed on a link and left it`(attempt: FailedAttempt)
        async throws
    {
        let hotel = try await Hotel()
        try await hotel.stayed()
        let saved = try card(hotel)
        try await hotel.chargeLate("R-1", .other, "90.00", by: .link)
        try await hotel.guestFails(attempt, on: "R-1-L1")
        try await hotel.letPass(hours: 26)
        try await hotel.sync()
        let late = try hotel.folio("R-1-L1").folio
        #expect(late.state == .open && late.paymentURL == nil && late.notice == .paymentPageUnpaid)
        try await hotel.letPass(days: 14)
        try await hotel.sync()
        #expect(try await !isAttached(saved, at: hotel) && card(hotel) == nil)
        try await hotel.expectAgreement()
    }

    @Test func `is of no use after its customer is deleted at Stripe, and that is known`() async throws {
        let hotel = try await Hotel()
        try await hotel.stayed()
        try await hotel.simulator.order("DELETE", "/v1/customers/\(try hotel.folio("R-1").folio.customer ?? "")")
        try await hotel.sync()
        let folio = try hotel.folio("R-1").folio
        #expect(folio.savedCard == nil && folio.cardRemoval == .customerDeleted)
        try await hotel.letPass(days: 20)
        try await hotel.sync()
        try await hotel.expectAgreement()
    }

    @Test func `is asked for once by two programs, and a silent Stripe is asked until it answers`() async throws {
        let hotel = try await Hotel()
        try await hotel.stayed()
        let saved = try card(hotel)
        try await hotel.letPass(days: 15)
        try await hotel.simulator.order(
            "POST", "/_sim/faults",
            ["route": "POST /v1/payment_methods/{id}/detach", "fault": "unavailable", "times": 100] as [String: any Sendable])
        let (one, other) = (hotel.ledger, try hotel.anotherProgram())
        async let first = one.sync(Hotel.id)
        async let second = other.sync(Hotel.id)
        _ = try await (first, second)
        #expect(try await isAttached(saved, at: hotel))
        try await hotel.simulator.order("POST", "/_sim/faults", ["clear": true])
        try await hotel.sync()
        #expect(try await !isAttached(saved, at: hotel) && card(hotel) == nil)
        let calls = try hotel.store.read {
            try $0.one("SELECT count(*) FROM operation WHERE kind = 'detach_card'") { try $0.int(0) }
        }
        #expect(calls == 1)
    }
}
