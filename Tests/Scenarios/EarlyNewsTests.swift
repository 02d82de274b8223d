import Foundation
import Ledger
import LedgerService
import TestHotel
import TestSupport
import Testing

/// Others act before the ledger has heard of what they act on.
@Suite struct `News that comes before its time` {
    private func silence(_ hotel: Hotel, _ route: String, _ fault: String = "effect_then_no_answer", times: Int = 30) async throws {
        try await hotel.simulator.order("POST", "/_sim/faults", ["route": route, "fault": fault, "times": times])
    }

    private func newest(_ path: String, _ hotel: Hotel) async throws -> [String: Any] {
        let list = try await hotel.atStripe("\(path)?limit=1")["data"] as? [[String: Any]]
        return try #require(list?.first)
    }

    @Test(arguments: ["refund", "dispute"])
    func `of a payment on a page whose call has no answer yet finds its payment`(what: String) async throws {
        let hotel = try await Hotel()
        try await silence(hotel, "POST /v1/checkout/sessions")
        await #expect(throws: ServiceRefusal.self) { try await hotel.book("R-1", card: nil, mode: .direct) }
        try await hotel.simulator.order("POST", "/_sim/faults", ["clear": true])
        let session = try #require(try await newest("/v1/checkout/sessions", hotel)["id"] as? String)
        try await hotel.simulator.order("POST", "/_sim/checkout/\(session)/pay", ["card": "4242424242424242"])
        let intent = try await newest("/v1/payment_intents", hotel)
        if what == "refund" {
            try await hotel.dashboard("/v1/refunds", "payment_intent=\(intent["id"] ?? "")&amount=4000")
        } else {
            let charge = try #require(intent["latest_charge"] as? String)
            try await hotel.simulator.order("POST", "/_sim/charges/\(charge)/dispute", ["reason": "fraudulent"])
        }
        try await hotel.learn(.webhook, what == "refund" ? "refund.created" : "charge.dispute.created")
        try await hotel.sync()
        let view = try hotel.folio("R-1")
        #expect(view.totals.captured == hotel.euros("300.00") && view.folio.paymentURL == nil)
        if what == "refund" {
            #expect(view.totals.refunded == hotel.euros("40.00"))
        } else {
            #expect(view.totals.withdrawn == hotel.euros("300.00") && view.totals.open.isZero && view.totals.openCredit.isZero)
        }
        try await hotel.expectAgreement()
    }

    @Test(arguments: ["capture", "cancel", "expire"])
    func `of a hold that is over takes the page that was used off the folio`(end: String) async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", card: nil)
        try await hotel.guestPays("R-1")
        let intent = try await hotel.lastIntent()
        if end == "expire" { try await hotel.letPass(days: 8) } else { try await hotel.dashboard("/v1/payment_intents/\(intent)/\(end)") }
        try await hotel.sync()
        let view = try hotel.folio("R-1")
        #expect(view.holds.map(\.state) == [end == "capture" ? .captured : end == "cancel" ? .released : .expired])
        #expect(view.folio.paymentURL == nil)
        _ = try await hotel.ledger.askForHold(hotel.euros("50.00"), on: "R-1", of: Hotel.id, by: "reception")
        #expect(try hotel.folio("R-1").folio.paymentURL != nil)
        try await hotel.expectAgreement()
    }

    @Test func `of a placed hold that its owner cancelled ends the call that has no answer`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", inDays: 30)
        try await hotel.letPass(days: 29)
        try await silence(hotel, "POST /v1/payment_intents", "error_after_effect", times: 1)
        try await hotel.sync()
        #expect(try hotel.ledger.openOperations(of: Hotel.id).count == 1)
        let intent = try await hotel.lastIntent()
        try await hotel.dashboard("/v1/payment_intents/\(intent)/cancel")
        try await hotel.sync()
        #expect(try hotel.folio("R-1").holds.map(\.state) == [.released])
        #expect(try hotel.ledger.openOperations(of: Hotel.id).isEmpty)
        try await hotel.expectAgreement()
    }

    /// Somebody copies what a refund says of itself onto another one of the same payment.
    @Test func `of a refund that only says it is ours leaves ours its place`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", mode: .direct)
        try await silence(hotel, "POST /v1/refunds")
        await #expect(throws: ServiceRefusal.self) {
            _ = try await hotel.ledger.refund(
                payment: 1, amount: hotel.euros("20.00"), reason: "noise", bill: .unchanged, of: "R-1", of: Hotel.id, by: "reception")
        }
        try await hotel.simulator.order("POST", "/_sim/faults", ["clear": true])
        let own = try await newest("/v1/refunds", hotel)
        let says = (own["metadata"] as? [String: String] ?? [:]).map { "&metadata[\($0.key)]=\($0.value)" }.joined()
        try await hotel.dashboard("/v1/refunds", "payment_intent=\(own["payment_intent"] ?? "")&amount=500\(says)")
        try await hotel.learn(.webhook, "refund.created")
        try await hotel.sync()
        let view = try hotel.folio("R-1")
        #expect(view.refunds.map(\.amount.minorUnits) == [2000, 500] && view.refunds.map(\.state) == [.succeeded, .succeeded])
        #expect(view.refunds.map(\.reason) == ["noise", Ledger.Refund.madeAtStripe])
        try await hotel.expectAgreement()
    }

    @Test func `of a plan that changed costs the guest no page`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", card: nil, mode: .direct)
        try await hotel.charge("R-1", .lodging, "300.00")
        let page = try hotel.folio("R-1").folio.paymentURL
        await #expect(throws: ServiceRefusal.self) {
            _ = try await hotel.ledger.checkOut("R-1", plan: "0000000000000000", of: Hotel.id, by: "reception")
        }
        #expect(try hotel.folio("R-1").folio.paymentURL == page && page != nil)
        try await hotel.guestPays("R-1")
        try await hotel.sync()
        #expect(try await hotel.checkOut("R-1").view.folio.state == .checkedOut)
        try await hotel.expectAgreement()
    }
}
