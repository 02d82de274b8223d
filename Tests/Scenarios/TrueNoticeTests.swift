import Foundation
import Ledger
import LedgerService
import TestHotel
import TestSupport
import Testing

/// What a folio says has happened, in each of the cases in which it could be said.
@Suite struct `A notice says only what happened` {
    private func hotel(_ methods: [Ledger.PaymentMethod] = [.card]) async throws -> Hotel {
        var settings = Tenant.Settings()
        settings.legacyMethods = [.sofort]
        let hotel = try await Hotel(settings: settings)
        try await hotel.offer(methods)
        return hotel
    }

    private func code(_ hotel: Hotel) throws -> String? { try hotel.folio("R-1").folio.notice?.code }

    /// A check-out that waits on a page for 43.30 EUR.
    private func awaiting() async throws -> Hotel {
        let hotel = try await Hotel()
        try await hotel.book("R-1", card: "4000002760003184")
        try await hotel.charge("R-1", .lodging, "343.30")
        #expect(try await hotel.checkOut("R-1").view.folio.state == .awaitingGuest)
        return hotel
    }

    @Test func `a link that nobody paid was not paid`() async throws {
        let hotel = try await awaiting()
        try await hotel.letPass(hours: 25)
        try await hotel.sync()
        #expect(try hotel.folio("R-1").folio.state == .open && code(hotel) == "payment_page_unpaid")
    }

    @Test func `a link that the house took back is no omission of the guest's`() async throws {
        let hotel = try await awaiting()
        _ = try await hotel.ledger.withdrawCheckOut("R-1", of: Hotel.id, by: "anna")
        #expect(try hotel.folio("R-1").folio.state == .open && code(hotel) == "payment_page_withdrawn")
    }

    @Test func `a link that could not be made was never one`() async throws {
        let hotel = try await hotel([.card, .klarna])
        try await hotel.book("R-1", card: nil, mode: .direct, method: .klarna)
        try await hotel.charge("R-1", .lodging, "50.00")
        // Meanwhile Klarna is switched off for the account, and the card that would take its place as well.
        try await hotel.offer([.sofort])
        let result = try await hotel.checkOut("R-1")
        #expect(result.view.folio.state == .open && result.view.folio.paymentURL == nil)
        #expect(try code(hotel) == "page_refused")
        let notice = try #require(result.view.folio.notice)
        let zone = result.view.tenant.timeZone
        #expect(notice.sentence(in: .german, zone: zone).contains("Zahlungsseite"), "\(notice)")
        for english in ["payment method type", "Please", "is invalid", "provided"] {
            #expect(
                !notice.sentence(in: .german, zone: zone).contains(english), "Stripe's English: \(notice.sentence(in: .german, zone: zone))"
            )
        }
    }

    @Test func `a link that was paid is not unpaid when another payment fails meanwhile`() async throws {
        let hotel = try await hotel([.card, .sofort])
        try await hotel.book("R-1", hold: "120.00", card: nil, mode: .direct, method: .sofort)
        try await hotel.guestPays("R-1", with: .sofort)
        try await hotel.sync()
        try await hotel.charge("R-1", .lodging, "160.00")
        #expect(try await hotel.checkOut("R-1").view.folio.state == .awaitingGuest)
        // The deposit fails at the bank while the guest still has to pay the rest.
        let intent = try #require(try hotel.folio("R-1").payments.first?.intent)
        let method = try #require(try await hotel.atStripe("/v1/payment_intents/\(intent)")["payment_method"] as? String)
        try await hotel.simulator.order("POST", "/_sim/payment_methods/\(method)", ["declines_from_use": 1])
        try await hotel.letPass(hours: 23)
        try await hotel.guestPays("R-1")
        try await hotel.letPass(days: 6)
        try await hotel.sync()
        let view = try hotel.folio("R-1")
        #expect(view.totals.open == hotel.euros("120.00") && view.totals.captured == hotel.euros("40.00"))
        let told = try code(hotel)
        #expect(told == "payment_failed" || told == "payment_failed_after_close", "the guest has paid the link: \(told ?? "nothing")")
    }

    @Test(arguments: FailedAttempt.allCases, [false, true])
    func `a page on which the guest only failed never counted as paid`(attempt: FailedAttempt, isWithdrawn: Bool) async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", inDays: 30, card: nil)
        try await hotel.charge("R-1", .lodging, "100.00")
        try await hotel.checkOut("R-1")
        try await hotel.guestFails(attempt, on: "R-1")
        if isWithdrawn {
            _ = try await hotel.ledger.withdrawCheckOut("R-1", of: Hotel.id, by: "reception")
        } else {
            try await hotel.letPass(hours: 26)
        }
        try await hotel.sync()
        let folio = try hotel.folio("R-1").folio
        #expect(folio.state == .open && folio.notice == (isWithdrawn ? .paymentPageWithdrawn : .paymentPageUnpaid))
        #expect(folio.paymentURL == nil, "nobody can pay on it")
        // The next page settles what was told.
        let again = try await hotel.checkOut("R-1").view.folio
        #expect(again.state == .awaitingGuest && again.paymentURL != nil && again.notice == nil)
        try await hotel.guestPays("R-1")
        try await hotel.sync()
        #expect(try hotel.folio("R-1").folio.state == .checkedOut)
        try await hotel.expectAgreement()
    }

    /// An attempt on a page before check-out leaves no dead link either.
    @Test(arguments: FailedAttempt.allCases) func `a page that was asked for, and on which the guest failed, is not shown when it is over`(
        attempt: FailedAttempt
    ) async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", card: nil)
        try await hotel.guestFails(attempt, on: "R-1")
        try await hotel.letPass(hours: 26)
        try await hotel.sync()
        let folio = try hotel.folio("R-1")
        #expect(folio.folio.paymentURL == nil && folio.holds.map(\.state) == [.failed])
        _ = try await hotel.ledger.askForPayment(hotel.euros("50.00"), on: "R-1", of: Hotel.id, by: "reception")
        try await hotel.guestFails(attempt, on: "R-1")
        try await hotel.letPass(hours: 26)
        try await hotel.sync()
        #expect(try hotel.folio("R-1").folio.paymentURL == nil)
        try await hotel.expectAgreement()
    }

    @Test func `a page for a card that a check-out took back was not left unused`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", inDays: 30, card: nil)
        try await hotel.charge("R-1", .lodging, "100.00")
        #expect(try await hotel.checkOut("R-1").view.folio.state == .awaitingGuest)
        #expect(try code(hotel) == nil)
        try await hotel.letPass(hours: 1)
        try await hotel.sync()
        #expect(try code(hotel) == nil)
    }

    @Test func `a page for a card that the guest did not use was not used`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", inDays: 30, card: nil)
        try await hotel.letPass(hours: 25)
        try await hotel.sync()
        #expect(try code(hotel) == "card_not_saved")
    }

    @Test func `a hold that expired unseen is nothing to a folio that is closed`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        try await hotel.letPass(days: 8)
        _ = try await hotel.ledger.cancel("R-1", fee: .zero(.eur), reason: "ill", of: Hotel.id, by: "reception")
        try await hotel.sync()
        #expect(try hotel.folio("R-1").folio.state == .cancelled && code(hotel) == nil)
    }

    @Test func `a bank that only asks does not contest`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", hold: "120.00", card: "4000000000001976", mode: .direct)
        try await hotel.letPass(hours: 1)
        try await hotel.sync()
        #expect(try code(hotel) == "inquiry")
        let words = try #require(try hotel.folio("R-1").folio.notice).sentence(in: .german, zone: .gmt)
        #expect(!words.contains("ficht") && words.contains("fragt"), "\(words)")
    }
}
