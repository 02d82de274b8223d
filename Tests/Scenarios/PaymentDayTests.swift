import Foundation
import JSON
import Ledger
import LedgerService
import LedgerStore
import Stripe
import TestHotel
import Testing

@testable import LedgerService

extension Hotel {
    /// Each entry of these kinds as `payment 30000 2026-11-30`, in order.
    func days(of kinds: String...) throws -> [String] {
        var days: [String] = []
        try ledger.eachEntry(of: Hotel.id) { entry, _ in
            if kinds.contains(entry.kind) { days.append("\(entry.kind) \(entry.amount) \(entry.occurredOn)") }
        }
        return days
    }

    private var read: StripeClient { get throws { try ledger.client(for: try ledger.tenant(Hotel.id)) } }

    /// The latest intent, as the ledger reads it.
    fileprivate func readLast() async throws -> PaymentIntent { try await read.paymentIntent(try await lastIntent()).get() }
}

/// A payment is booked on the day on which Stripe took it, whenever the ledger hears of it.
@Suite struct `The day of a payment` {
    /// 23:00 on 30 November in Berlin.
    private static let lastEvening = "2026-11-30T22:00:00Z"

    @Test func `at 23:30 on 30 November, read on 1 December, is in November like its fee`() async throws {
        let hotel = try await Hotel(start: Self.lastEvening)
        try await hotel.book("R-1", card: nil, mode: .direct)
        try await hotel.letPass(seconds: 30 * 60)
        try await hotel.guestPays("R-1")
        try await hotel.letPass(hours: 9)
        try await hotel.sync()
        // 1.5 % + 0.25 of 300.00.
        #expect(
            try hotel.days(of: "payment", "stripe_fee") == ["payment 30000 2026-11-30", "stripe_fee 475 2026-11-30"])
        func entries(_ month: String, by date: JournalDate) throws -> [String] {
            var kinds: [String] = []
            try hotel.ledger.eachEntry(of: Hotel.id, in: Month(month)!, by: date) { entry, _ in kinds.append(entry.kind) }
            return kinds
        }
        #expect(try entries("2026-11", by: .occurredOn) == ["payment", "stripe_fee"])
        #expect(try entries("2026-12", by: .occurredOn) == [])
        #expect(try entries("2026-11", by: .postedAt) == [])
        #expect(try entries("2026-12", by: .postedAt) == ["payment", "stripe_fee"])
        try await hotel.expectAgreement()
    }

    @Test func `of a hold captured in the Dashboard is the day of the capture`() async throws {
        let hotel = try await Hotel(start: Self.lastEvening)
        try await hotel.book("R-1")
        try await hotel.dashboard("/v1/payment_intents/\(try await hotel.lastIntent())/capture", "amount_to_capture=20000")
        try await hotel.letPass(days: 2)
        try await hotel.sync()
        #expect(try hotel.days(of: "payment", "stripe_fee") == ["payment 20000 2026-11-30", "stripe_fee 325 2026-11-30"])
    }

    @Test func `and the day of a refund are Stripe's, also of a refund that fails`() async throws {
        let hotel = try await Hotel(start: Self.lastEvening)
        // Refunds to this card fail an hour later.
        try await hotel.book("R-1", card: "4000000000005126", mode: .direct)
        try await hotel.dashboard("/v1/refunds", "payment_intent=\(try await hotel.lastIntent())&amount=5000")
        try await hotel.letPass(days: 3)
        try await hotel.sync()
        #expect(
            try hotel.days(of: "payment", "refund", "refund_failed") == [
                "payment 30000 2026-11-30", "refund 5000 2026-11-30", "refund_failed 5000 2026-12-01",
            ])
        try await hotel.expectAgreement()
    }

    @Test(arguments: [true, false])
    func `of each part of a hold is the day of that part`(isReadBetween: Bool) async throws {
        let hotel = try await Hotel.withFeatures()
        // A Wednesday, 09:00 in Berlin.
        try await hotel.book("R-1")
        let intent = try await hotel.lastIntent()
        func take(_ amount: Int) async throws {
            try await hotel.dashboard("/v1/payment_intents/\(intent)/capture", "amount_to_capture=\(amount)&final_capture=false")
        }
        let first = hotel.clock.now.day(in: TimeZone(identifier: "Europe/Berlin")!)
        try await take(5000)
        if isReadBetween { try await hotel.sync() }
        try await hotel.letPass(days: 1)
        try await take(2500)
        try await hotel.letPass(days: 2)
        try await hotel.sync()
        #expect(try hotel.days(of: "payment") == ["payment 5000 \(first)", "payment 2500 \(first.adding(days: 1))"])
        #expect(try hotel.payments("R-1") == [7500])
        #expect(try hotel.ledger.verify().allSatisfy { $0.check.defects.isEmpty })
        try await hotel.expectAgreement()
    }

    /// Stripe's books follow a moment later where it captures asynchronously.
    private func withoutTransaction(_ intent: PaymentIntent, _ hotel: Hotel, capture: String) async throws -> PaymentIntent {
        var json = try #require(
            JSON(parsing: Array(JSONSerialization.data(withJSONObject: try await hotel.atStripe("/v1/payment_intents/\(intent.id)")))))
        var charge = try #require(
            JSON(
                parsing: Array(
                    JSONSerialization.data(withJSONObject: try await hotel.atStripe("/v1/charges/\(intent.latestCharge?.id ?? "")")))))
        charge["balance_transaction"] = .null
        json["latest_charge"] = charge
        json["capture_method"] = .text(capture)
        return try JSONDecoder().decode(PaymentIntent.self, from: Data(json.bytes))
    }

    @Test(arguments: ["automatic_async", "manual"])
    func `without a balance transaction is the event's, and without that the charge's or today`(capture: String) async throws {
        for isTold in [true, false] {
            let hotel = try await Hotel(start: Self.lastEvening)
            try await hotel.book("R-1", card: nil, mode: .direct)
            try await hotel.guestPays("R-1")
            let late = try await withoutTransaction(try await hotel.readLast(), hotel, capture: capture)
            try await hotel.letPass(days: 2)
            let told = Instant("2026-12-01T08:00:00Z")!
            try await hotel.store.write(of: Hotel.id) { book in
                if isTold {
                    let body =
                        #"{"data":{"object":{"amount_capturable":0,"amount_received":30000,"currency":"eur","metadata":{}}}}"#
                    _ = try book.keepEvent(
                        "evt_1", type: "payment_intent.succeeded", objectID: late.id, createdAt: told, body: body)
                }
                _ = try book.apply(late, as: try book.place(ofOnlyPayment: "R-1"), returning: hotel.ledger.returnAddress)
            }
            let day = isTold ? "2026-12-01" : capture == "manual" ? "2026-12-02" : "2026-11-30"
            #expect(try hotel.days(of: "payment") == ["payment 30000 \(day)"])
            // What Stripe's books say afterwards changes nothing.
            try await hotel.sync()
            #expect(try hotel.days(of: "payment") == ["payment 30000 \(day)"])
        }
    }

    @Test(arguments: [
        ("payment_intent.succeeded", #"{"amount_capturable":0,"amount_received":5000,"currency":"eur"}"#, true),
        ("payment_intent.amount_capturable_updated", #"{"amount_capturable":1,"amount_received":4999,"currency":"eur"}"#, false),
        ("payment_intent.succeeded", #"{"amount_capturable":0,"amount_received":5000,"currency":"usd"}"#, false),
        ("checkout.session.completed", #"{"payment_status":"paid"}"#, true),
        ("checkout.session.completed", #"{"payment_status":"unpaid"}"#, false),
        ("checkout.session.async_payment_succeeded", #"{"payment_status":"paid"}"#, true),
        ("charge.dispute.created", #"{"amount_capturable":0,"amount_received":5000,"currency":"eur"}"#, false),
    ])
    func `is told by an event only that says that so much was taken`(type: String, object: String, tells: Bool) {
        let event = Ledger.Event(
            number: 1, id: "evt_1", type: type, objectID: "pi_1", body: #"{"data":{"object":\#(object)}}"#, state: .received,
            failure: nil, attempts: 0, nextAttemptAt: nil, receivedAt: Instant("2026-12-01T08:00:00Z")!)
        #expect(event.tells(5000, currency: .eur) == tells)
    }
}

extension Book {
    fileprivate func place(ofOnlyPayment reference: String) throws -> IntentPlace {
        let folio = try knownFolio(reference)
        return IntentPlace(folio: folio, payment: try payments(of: folio)[0])
    }
}
