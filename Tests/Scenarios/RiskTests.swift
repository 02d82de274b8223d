import Foundation
import Ledger
import LedgerService
import LedgerStore
import Stripe
import TestHotel
import TestSupport
import Testing

@testable import LedgerService

extension Hotel {
    /// The charge behind the latest intent.
    func lastCharge() async throws -> String {
        let intent = try await atStripe("/v1/payment_intents/\(try await lastIntent())")
        return try #require(intent["latest_charge"] as? String)
    }

    /// The bank of the latest charge reports it as fraud.
    ///
    /// - Returns: The warning's id.
    @discardableResult func bankWarns(_ type: String = "made_with_stolen_card") async throws -> String {
        let order = "/_sim/charges/\(try await lastCharge())/early_fraud_warning"
        return try #require(try await simulator.order("POST", order, ["fraud_type": type])["id"] as? String)
    }

    /// Somebody puts the latest charge in review.
    ///
    /// - Returns: The review's id.
    @discardableResult func review() async throws -> String {
        try #require(try await simulator.order("POST", "/_sim/charges/\(try await lastCharge())/review", [:])["id"] as? String)
    }

    func noticesOfRisk(_ reference: String) throws -> [FolioNotice] { try folio(reference).riskNotices.map(\.notice) }

    /// From now on the books' key lacks these rights.
    func restrictKey(without forbidden: [String]) async throws {
        try await simulator.order("POST", "/_sim/account", ["key": "rk_test_poor", "same_as": "sk_test_seeblick"])
        try await simulator.order("POST", "/_sim/account", ["key": "rk_test_poor", "forbidden": forbidden])
        try await ledger.setStripeAccount(of: Hotel.id, secretKey: "rk_test_poor", webhook: nil, by: "test")
    }

    static let riskRoutes = [
        "GET /v1/reviews", "GET /v1/reviews/{id}", "GET /v1/radar/early_fraud_warnings", "GET /v1/radar/early_fraud_warnings/{id}",
    ]
}

@Suite struct `What fraud prevention says of a charge` {
    @Test func `is kept with the hold and with what is captured from it`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        let said = try #require(try hotel.folio("R-1").holds[0].risk?.assessment)
        #expect(said.level == .normal && said.score == nil && said.cvc?.rawValue == "pass" && said.addressLine1 == nil)
        #expect(said.country == "US" && said.funding == "credit")
        #expect(try hotel.noticesOfRisk("R-1").isEmpty)
        try await hotel.charge("R-1", .lodging, "107.00")
        try await hotel.checkOut("R-1")
        #expect(try hotel.folio("R-1").payments[0].risk?.assessment == said)
        try await hotel.expectAgreement()
    }

    @Test func `of elevated risk is a notice that advises to release the hold, until it is released`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", card: "4000000000009235")
        #expect(try hotel.noticesOfRisk("R-1") == [.paymentRisk(hotel.euros("300.00"), .elevated, .cancelHold)])
        #expect(try hotel.folio("R-1").folio.notice == nil, "it takes no other notice's place")
        _ = try await hotel.ledger.releaseHold(1, of: "R-1", of: Hotel.id, by: "reception")
        #expect(try hotel.noticesOfRisk("R-1").isEmpty)
        #expect(try hotel.folio("R-1").holds[0].risk?.assessment?.level == .elevated, "what was said stays known")
    }

    @Test func `of the highest risk advises to refund what was taken, until all of it is refunded`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", card: "4000000000004954", mode: .direct)
        #expect(try hotel.noticesOfRisk("R-1") == [.paymentRisk(hotel.euros("300.00"), .highest, .refundPayment)])
        for amount in ["299.99", "0.01"] {
            #expect(try !hotel.noticesOfRisk("R-1").isEmpty)
            _ = try await hotel.ledger.refund(
                payment: 1, amount: hotel.euros(amount), reason: "x", bill: .unchanged, of: "R-1", of: Hotel.id, by: "desk")
        }
        #expect(try hotel.noticesOfRisk("R-1").isEmpty)
        try await hotel.expectAgreement()
    }

    @Test func `has a score only where the account has it, and no level where Radar is off`() async throws {
        let hotel = try await Hotel()
        for (radar, level, score) in [("fraud_teams", "normal", Int64(20)), ("none", nil, nil)] {
            try await hotel.simulator.order("POST", "/_sim/account", ["radar": radar])
            try await hotel.book("R-\(radar)")
            let said = try #require(try hotel.folio("R-\(radar)").holds[0].risk?.assessment)
            #expect(said.level?.rawValue == level && said.score == score, "\(radar)")
        }
    }

    @Test func `of a method that is no card is that nothing was assessed, and no notice`() async throws {
        let hotel = try await Hotel()
        try await hotel.offer([.card, .klarna])
        try await hotel.simulator.order("POST", "/_sim/account", ["risk": ["level": "highest"] as [String: any Sendable]])
        try await hotel.book("R-1", card: nil, method: .klarna)
        try await hotel.guestPays("R-1", with: .klarna)
        try await hotel.sync()
        #expect(try hotel.folio("R-1").holds[0].risk?.assessment?.level == .notAssessed)
        #expect(try hotel.noticesOfRisk("R-1").isEmpty)
    }

    @Test func `counts for the card that worked, and not for those that were tried before`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", card: nil)
        // Blocked: the guest takes another card on the same page.
        _ = try? await hotel.guestPays("R-1", card: "4100000000000019")
        try await hotel.sync()
        try await hotel.letPass(seconds: 60)
        try await hotel.guestPays("R-1")
        try await hotel.sync()
        #expect(try hotel.folio("R-1").holds[0].state == .authorised)
        #expect(try hotel.folio("R-1").holds[0].risk?.assessment?.level == .normal && hotel.noticesOfRisk("R-1").isEmpty)
    }

    @Test(arguments: [
        ("outcome", "7"), ("outcome", "null"), ("outcome.risk_score", "\"high\""), ("outcome.risk_score", "1e308"),
        ("outcome.risk_level", "7"),
        ("outcome.risk_level", "\"Very HIGH!\""), ("payment_method_details.card.checks", "[]"),
        ("payment_method_details.card.checks.cvc_check", "true"), ("payment_method_details.card.country", "\"Germany\""),
    ])
    func `in a form that nobody expected holds up no money`(field: String, value: String) async throws {
        let hotel = try await Hotel()
        try await hotel.simulator.order("POST", "/_sim/account", ["radar": "fraud_teams"])
        try await hotel.book("R-1", card: nil)
        try await hotel.guestPays("R-1")
        try await hotel.simulator.order(
            "POST", "/_sim/faults",
            [
                "fault": "odd_number", "route": "GET /v1/checkout/sessions/{id}", "field": "payment_intent.latest_charge.\(field)",
                "value": value, "times": 50,
            ])
        try await hotel.sync()
        #expect(try hotel.folio("R-1").totals.held == hotel.euros("300.00"))
        #expect(try hotel.ledger.troubledEvents(of: Hotel.id).isEmpty)
    }
}

@Suite struct `A warning of a hold that is renewed` {
    @Test func `stands until the card's last hold is let go`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", nights: 9, inDays: 30)
        try await hotel.letPass(days: 29)
        try await hotel.sync()
        try await hotel.bankWarns()
        try await hotel.review()
        try await hotel.sync()
        let told = FolioNotice.fraudWarning(hotel.euros("300.00"), type: "made_with_stolen_card", .cancelHold)
        #expect(try hotel.noticesOfRisk("R-1") == [told])
        try await hotel.letPass(hours: 1)
        _ = try await hotel.ledger.renewHold(1, of: "R-1", of: Hotel.id, by: "reception")
        try await hotel.sync()
        #expect(try hotel.noticesOfRisk("R-1") == [told] && hotel.folio("R-1").riskNotices.map(\.number) == [2])
        _ = try await hotel.ledger.releaseHold(2, of: "R-1", of: Hotel.id, by: "reception")
        #expect(try hotel.noticesOfRisk("R-1").isEmpty)
    }
}

@Suite struct `A review at Stripe, in the books` {
    @Test(arguments: Learning.allCases)
    func `is a notice while it is open, and ends with a person's approval`(how: Learning) async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        let review = try await hotel.review()
        try await hotel.learn(how, "review.opened")
        #expect(try hotel.folio("R-1").holds[0].risk?.review?.id == review)
        #expect(try hotel.noticesOfRisk("R-1") == [.paymentRisk(hotel.euros("300.00"), .review, .cancelHold)])
        try await hotel.dashboard("/v1/reviews/\(review)/approve")
        try await hotel.learn(how, "review.closed")
        #expect(try hotel.folio("R-1").holds[0].risk?.review?.closedReason == "approved")
        #expect(try hotel.noticesOfRisk("R-1").isEmpty)
    }

    @Test func `takes elevated risk along when it is approved`() async throws {
        let hotel = try await Hotel()
        try await hotel.simulator.order("POST", "/_sim/account", ["radar": "fraud_teams"])
        try await hotel.book("R-1", card: "4000000000009235")
        let risk = try #require(try hotel.folio("R-1").holds[0].risk)
        #expect(risk.assessment?.score == 70 && risk.review?.openedReason == "rule")
        #expect(try hotel.noticesOfRisk("R-1").map(\.code) == ["payment_risk"])
        try await hotel.dashboard("/v1/reviews/\(try #require(risk.review?.id))/approve")
        try await hotel.sync()
        #expect(try hotel.noticesOfRisk("R-1").isEmpty && hotel.folio("R-1").holds[0].state == .authorised)
    }

    @Test func `closes with the hold that is released, and says so`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        try await hotel.review()
        try await hotel.sync()
        _ = try await hotel.ledger.releaseHold(1, of: "R-1", of: Hotel.id, by: "reception")
        try await hotel.sync()
        #expect(try hotel.folio("R-1").holds[0].risk?.review?.closedReason == "canceled")
    }

    @Test func `of somebody else's charge is nothing to these books, and holds up nothing`() async throws {
        let hotel = try await Hotel()
        try await hotel.simulator.order(
            form: "/v1/payment_intents",
            "amount=6500&currency=eur&confirm=true&payment_method=pm_card_visa&payment_method_types%5B0%5D=card")
        try await hotel.review()
        try await hotel.bankWarns()
        try await hotel.sync()
        #expect(try hotel.ledger.troubledEvents(of: Hotel.id).isEmpty)
        #expect(try hotel.store.read(of: Hotel.id) { try $0.risksUnderWay().reviews }.isEmpty)
    }
}

@Suite struct `A bank's warning of fraud` {
    @Test(arguments: Learning.allCases)
    func `advises to refund the whole, and ends when that is done`(how: Learning) async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", mode: .direct)
        try await hotel.bankWarns()
        try await hotel.learn(how, "radar.early_fraud_warning.created")
        let amount = hotel.euros("300.00")
        #expect(try hotel.noticesOfRisk("R-1") == [.fraudWarning(amount, type: "made_with_stolen_card", .refundPayment)])
        _ = try await hotel.ledger.refund(
            payment: 1, amount: amount, reason: "x", bill: .unchanged, of: "R-1", of: Hotel.id, by: "desk")
        #expect(try hotel.noticesOfRisk("R-1").isEmpty, "there is nothing left to refund, whatever Stripe has told so far")
        try await hotel.learn(how, "radar.early_fraud_warning.updated")
        #expect(try hotel.folio("R-1").payments[0].risk?.warning?.isActionable == false)
    }

    @Test func `of what is only held advises to release it`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        try await hotel.bankWarns()
        try await hotel.sync()
        #expect(try hotel.noticesOfRisk("R-1").map(\.details.subject) == [Risk.Remedy.cancelHold.rawValue])
    }

    @Test func `comes after the folio was closed, too, and is listed for accounting`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", card: "4000000000005423")
        try await hotel.charge("R-1", .lodging, "107.00")
        try await hotel.checkOut("R-1")
        try await hotel.letPass(days: 12)
        try await hotel.sync()
        let view = try hotel.folio("R-1")
        #expect(view.folio.state == .checkedOut)
        #expect(view.riskNotices.map(\.notice) == [.fraudWarning(hotel.euros("107.00"), type: "misc", .refundPayment)])
        let listed = try hotel.ledger.monthView(Month("2026-11")!, of: Hotel.id).fraudWarnings
        #expect(listed.elements.map(\.reference) == ["R-1"] && listed.elements.map(\.amount) == [hotel.euros("107.00")])
    }

    @Test func `gives way to the dispute that follows`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", mode: .direct)
        try await hotel.bankWarns()
        try await hotel.sync()
        try await hotel.simulator.order("POST", "/_sim/charges/\(try await hotel.lastCharge())/dispute", ["reason": "fraudulent"])
        try await hotel.sync()
        let view = try hotel.folio("R-1")
        #expect(view.riskNotices.isEmpty && view.folio.notice?.code == "disputed")
        #expect(view.payments[0].risk?.warning?.isActionable == false)
    }

    @Test func `that comes before the news of its payment finds the payment`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", card: nil, mode: .direct)
        try await hotel.guestPays("R-1")
        try await hotel.bankWarns()
        try await hotel.learn(.webhook, "radar.early_fraud_warning.created")
        let view = try hotel.folio("R-1")
        #expect(view.payments[0].state == .succeeded && view.riskNotices.map(\.notice.code) == ["fraud_warning"])
    }

    @Test func `comes back when the refund of the whole fails`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", mode: .direct)
        try await hotel.bankWarns()
        _ = try await hotel.ledger.refund(
            payment: 1, amount: hotel.euros("300.00"), reason: "x", bill: .unchanged, of: "R-1", of: Hotel.id, by: "desk")
        try await hotel.sync()
        #expect(try hotel.folio("R-1").payments[0].risk?.warning?.isActionable == false)
        let refund = try #require(try hotel.folio("R-1").refunds[0].stripeID)
        try await hotel.simulator.order("POST", "/_sim/refunds/\(refund)", ["outcome": "failed"])
        try await hotel.sync()
        #expect(try hotel.folio("R-1").payments[0].risk?.warning?.isActionable == true)
    }
}

/// Restricted keys have the right to read reviews and warnings apart, and nobody has to give it.
@Suite struct `A key that may not read reviews and warnings` {
    @Test func `leaves nobody unwarned: what the events say counts`() async throws {
        let hotel = try await Hotel()
        try await hotel.restrictKey(without: Hotel.riskRoutes)
        try await hotel.book("R-1", mode: .direct)
        let review = try await hotel.review()
        try await hotel.bankWarns()
        try await hotel.sync()
        #expect(try hotel.noticesOfRisk("R-1").map(\.code) == ["fraud_warning"])
        #expect(try hotel.folio("R-1").payments[0].risk?.review?.isOpen == true)
        try await hotel.dashboard("/v1/reviews/\(review)/approve")
        _ = try await hotel.ledger.refund(
            payment: 1, amount: hotel.euros("300.00"), reason: "x", bill: .unchanged, of: "R-1", of: Hotel.id, by: "desk")
        try await hotel.sync()
        let risk = try #require(try hotel.folio("R-1").payments[0].risk)
        #expect(risk.review?.closedReason == "approved" && risk.warning?.isActionable == false)
        #expect(try hotel.ledger.troubledEvents(of: Hotel.id).isEmpty)
        // What came first comes again, last.
        for type in ["review.opened", "radar.early_fraud_warning.created"] { try await hotel.replay(type) }
        #expect(try hotel.folio("R-1").payments[0].risk == risk)
    }

    @Test func `gets no notice for it, and a sync after a long silence goes on`() async throws {
        let hotel = try await Hotel()
        try await hotel.restrictKey(without: Hotel.riskRoutes)
        #expect(try !hotel.ledger.health(of: Hotel.id).tenantNotices.contains { $0.code == "stripe_permissions_missing" })
        try await hotel.book("R-1", mode: .direct)
        try await hotel.bankWarns()
        try await hotel.letPass(days: 40)
        try await hotel.sync()
        #expect(try hotel.noticesOfRisk("R-1").isEmpty, "Stripe has forgotten the event, and nobody may ask")
        // With the right, the same silence ends with the warning known.
        try await hotel.ledger.setStripeAccount(of: Hotel.id, secretKey: "sk_test_seeblick", webhook: nil, by: "test")
        try await hotel.bankWarns("misc")
        try await hotel.letPass(days: 40)
        try await hotel.sync()
        #expect(try hotel.noticesOfRisk("R-1").map(\.code) == ["fraud_warning"])
    }
}

@Suite struct `What fraud prevention says, over HTTP and at the command line` {
    @Test func `stands at hold and payment, and among the warnings in the caller's language`() async throws {
        let house = try await House(roles: ["reception"], tenants: ["seeblick"])
        try await house.simulator.order("POST", "/_sim/account", ["radar": "fraud_teams"])
        let booked = try await house.send("POST", "/v1/tenants/seeblick/folios", as: "seeblick reception", .stay("R-1"))
        #expect(booked.json["holds"]?[0]?["risk"] == .null)
        try await house.guestPays(booked, card: "4000058400306072")
        try await house.sync()
        let place = "/v1/tenants/seeblick/folios/R-1"
        let folio = try await house.send("GET", place, as: "seeblick reception").json
        let risk = try #require(folio["holds"]?[0]?["risk"])
        #expect(risk["level"] == "elevated" && risk["score"] == 70 && risk["country"] == "US" && risk["funding"] == "credit")
        #expect(risk["cvc_check"] == "pass" && risk["address_line1_check"] == .null && risk["address_postal_code_check"] == "fail")
        #expect(risk["review"]?["state"] == "open" && risk["review"]?["opened_reason"] == "rule" && risk["fraud_warning"] == .null)
        #expect(folio["warnings"]?.arrayValue?.map { $0["code"] } == ["payment_risk"])
        let german = try await house.send("GET", place, as: "seeblick reception", headers: [("Accept-Language", "de")]).json
        #expect(german["warnings"]?[0]?["message"]?.textValue?.hasPrefix("Stripes Betrugsprävention sieht") == true, "\(german)")
        let holds = try await house.send("GET", place + "/holds", as: "seeblick reception").json
        #expect(holds["data"]?[0]?["risk"] == risk, "\(holds)")

        let shown = try await house.succeed("folio", "show", "seeblick", "R-1")
        #expect(shown.contains("Stripe's fraud prevention sees an elevated risk") && shown.contains("elevated risk, 70 of 100"), "\(shown)")

        let intents = try await house.simulator.order("GET", "/v1/payment_intents?limit=1")["data"] as? [[String: Any]]
        let charge = try #require(intents?.first?["latest_charge"] as? String)
        try await house.simulator.order("POST", "/_sim/charges/\(charge)/early_fraud_warning", ["fraud_type": "misc"])
        try await house.sync()
        let warned = try await house.send("GET", place, as: "seeblick reception").json
        #expect(warned["holds"]?[0]?["risk"]?["fraud_warning"]?["actionable"] == true)
        #expect(warned["warnings"]?.arrayValue?.map { $0["code"] } == ["fraud_warning"])
        // What a line is answered with says the same.
        let line = try await house.send(
            "POST", place + "/lines", as: "seeblick reception",
            ["category": "lodging", "description": "Night", "unit_amount": 10700, "quantity": 1])
        #expect(line.json["warnings"]?.arrayValue?.map { $0["code"] } == ["fraud_warning"], "\(line.text)")
        let released = try await house.send("POST", place + "/holds/1/release", as: "seeblick reception")
        #expect(released.status == 200, "\(released.text)")
        #expect(released.json["warnings"]?.arrayValue?.contains { $0["code"] == "fraud_warning" } == false, "\(released.text)")
    }
}

extension Hotel {
    /// Hands in again the first event of a type, under another id.
    fileprivate func replay(_ type: String) async throws {
        let client = try ledger.client(for: try ledger.tenant(Hotel.id))
        var first: Stripe.Event?
        for try await page in client.events(types: [type]) { first = first ?? page.first }
        let event = try #require(first)
        let body = String(decoding: event.raw, as: UTF8.self).replacing(event.id, with: event.id + "again")
        let desk = try await WebhookDesk(self)
        try await ledger.setStripeAccount(
            of: Hotel.id, secretKey: "rk_test_poor", webhook: NewWebhookSecret(desk.secret.revealed), by: "test")
        #expect(try await desk.deliver(body) == .kept)
        try await ledger.workOffEvents(of: try ledger.tenant(Hotel.id), .due)
        await desk.stop()
    }
}
