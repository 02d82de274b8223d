import Foundation
import Ledger
import LedgerService
import LedgerStore
import Stripe
import TestHotel
import TestSupport
import Testing

@testable import LedgerService

/// How the ledger learns of what was done at Stripe.
enum Learning: CaseIterable, Sendable { case webhook, sync }

extension Hotel {
    /// A hotel whose account has the card features, several captures among them.
    static func withFeatures() async throws -> Hotel {
        var settings = Tenant.Settings()
        settings.cardFeatures = Set(CardFeature.allCases)
        let hotel = try await Hotel(settings: settings)
        try await hotel.simulator.order("POST", "/_sim/account", ["features": ["incremental_authorization", "multicapture"]])
        return hotel
    }

    /// What the owner does in Stripe's Dashboard: the API with the account's own key.
    @discardableResult func dashboard(_ path: String, _ form: String = "") async throws -> [String: Any] {
        try await simulator.order(form: path, form)
    }

    /// The latest intent at Stripe.
    func lastIntent() async throws -> String {
        let intents = try await atStripe("/v1/payment_intents?limit=1")["data"] as? [[String: Any]]
        return try #require(intents?.first?["id"] as? String)
    }

    /// One webhook with the latest event, or one sync.
    func learn(_ how: Learning, _ type: String) async throws {
        guard how == .webhook else {
            try await sync()
            return
        }
        let desk = try await WebhookDesk(self)
        let client = try ledger.client(for: try ledger.tenant(Hotel.id))
        var latest: Stripe.Event?
        for try await page in client.events(types: [type]) { latest = page.last ?? latest }
        #expect(try await desk.deliver(String(decoding: try #require(latest, "no \(type)").raw, as: UTF8.self)) == .kept)
        try await ledger.workOffEvents(of: try ledger.tenant(Hotel.id), .due)
        await desk.stop()
    }

    func payments(_ reference: String) throws -> [Int64] { try folio(reference).payments.map(\.received.minorUnits) }

    func entries(of kind: String) throws -> [Int64] {
        var amounts: [Int64] = []
        try ledger.eachEntry(of: Hotel.id) { entry, _ in
            if entry.kind == kind { amounts.append(entry.amount) }
        }
        return amounts
    }

    /// What Stripe has taken in all and given back, by its own lists.
    func takenAtStripe() async throws -> Int {
        let intents = try await atStripe("/v1/payment_intents?limit=100")["data"] as? [[String: Any]] ?? []
        let refunds = try await atStripe("/v1/refunds?limit=100")["data"] as? [[String: Any]] ?? []
        return intents.reduce(0) { $0 + ($1["amount_received"] as? Int ?? 0) } - refunds.reduce(0) { $0 + ($1["amount"] as? Int ?? 0) }
    }
}

/// Captured, cancelled, raised and refunded in the Dashboard: after one webhook or sync the ledger shows and books what Stripe shows.
@Suite struct `What others do to a hold` {
    private static let raised = "payment_intent.amount_capturable_updated"

    @Test(arguments: Learning.allCases)
    func `a part captured in the Dashboard is booked, and check-out takes the rest and not a cent more`(how: Learning) async throws {
        let hotel = try await Hotel.withFeatures()
        try await hotel.book("R-1")
        try await hotel.charge("R-1", .lodging, "214.00")
        let intent = try await hotel.lastIntent()
        try await hotel.dashboard("/v1/payment_intents/\(intent)/capture", "amount_to_capture=10000&final_capture=false")
        try await hotel.learn(how, Self.raised)
        let view = try hotel.folio("R-1")
        let hold = try #require(view.holds.first)
        #expect(hold.state == .authorised && hold.authorised == hotel.euros("300.00") && hold.captured == hotel.euros("100.00"))
        #expect(view.totals.captured == hotel.euros("100.00") && view.totals.held == hotel.euros("200.00"))
        #expect(view.totals.open == hotel.euros("114.00") && view.totals.uncovered.isZero)
        #expect(try hotel.payments("R-1") == [10000] && hotel.entries(of: "payment") == [10000])
        let plan = try hotel.ledger.checkOutPreview("R-1", of: Hotel.id).plan
        #expect(plan.due == 11400 && plan.steps == [.capture(hold: 1, amount: 11400)])
        #expect(try await hotel.ledger.reconcile(Hotel.id).differences.filter { $0.mending != .readMovements }.isEmpty)

        let done = try await hotel.checkOut("R-1")
        #expect(done.view.folio.state == .checkedOut && done.view.totals.open.isZero)
        #expect(try hotel.payments("R-1") == [21400] && hotel.entries(of: "payment") == [10000, 11400])
        #expect(try await hotel.takenAtStripe() == 21400)
        try await hotel.expectAgreement()
        // Refundable is all of it, as one payment.
        _ = try await hotel.ledger.refund(
            payment: 1, amount: hotel.euros("200.00"), reason: "x", of: "R-1", of: Hotel.id, by: "accounting")
        try await hotel.expectAgreement()
    }

    @Test func `several parts are one payment with an entry each, and old news changes nothing`() async throws {
        let hotel = try await Hotel.withFeatures()
        try await hotel.book("R-1")
        let intent = try await hotel.lastIntent()
        let tenant = try hotel.ledger.tenant(Hotel.id)
        let client = try hotel.ledger.client(for: tenant)
        var snapshots = [try await client.paymentIntent(intent).get()]
        for amount in [5000, 2500, 12500] {
            try await hotel.dashboard("/v1/payment_intents/\(intent)/capture", "amount_to_capture=\(amount)&final_capture=false")
            snapshots.append(try await client.paymentIntent(intent).get())
            try await hotel.sync()
        }
        #expect(try hotel.payments("R-1") == [20000] && hotel.entries(of: "payment") == [5000, 2500, 12500])
        let before = try hotel.folio("R-1")
        for snapshot in snapshots.shuffled() + snapshots {
            try await hotel.store.write(of: tenant) { _ = try $0.apply(snapshot, returning: hotel.ledger.returnAddress) }
        }
        let after = try hotel.folio("R-1")
        #expect(after.holds == before.holds && after.payments == before.payments && after.totals == before.totals)
        #expect(try hotel.entries(of: "payment").count == 3)
        try await hotel.expectAgreement()
    }

    enum End: CaseIterable, Sendable { case cancelled, expired, finalPart, whole }

    @Test(arguments: End.allCases, Learning.allCases)
    func `a hold that others end after a part was taken is closed with what was taken`(end: End, how: Learning) async throws {
        let hotel = try await Hotel.withFeatures()
        try await hotel.book("R-1", nights: 5)
        let intent = try await hotel.lastIntent()
        try await hotel.dashboard("/v1/payment_intents/\(intent)/capture", "amount_to_capture=10000&final_capture=false")
        switch end {
        case .cancelled: try await hotel.dashboard("/v1/payment_intents/\(intent)/cancel")
        case .expired: try await hotel.letPass(days: 8)
        case .finalPart: try await hotel.dashboard("/v1/payment_intents/\(intent)/capture", "amount_to_capture=5000")
        case .whole: try await hotel.dashboard("/v1/payment_intents/\(intent)/capture")
        }
        try await hotel.learn(how, "payment_intent.succeeded")
        let taken: Int64 = [.finalPart: 15000, .whole: 30000][end] ?? 10000
        let view = try hotel.folio("R-1")
        #expect(view.holds.map(\.state) == [.captured] && view.holds.map(\.captured.minorUnits) == [taken])
        #expect(try hotel.payments("R-1") == [taken] && view.totals.held.isZero)
        try await hotel.expectAgreement()
        // The bill is taken beyond that, from the card.
        try await hotel.charge("R-1", .lodging, "343.30")
        #expect(try await hotel.checkOut("R-1").view.totals.captured == hotel.euros("343.30"))
        #expect(try await hotel.takenAtStripe() == 34330)
        try await hotel.expectAgreement()
    }

    @Test(arguments: Learning.allCases)
    func `a hold raised in the Dashboard covers more`(how: Learning) async throws {
        let hotel = try await Hotel.withFeatures()
        try await hotel.book("R-1")
        let intent = try await hotel.lastIntent()
        try await hotel.dashboard("/v1/payment_intents/\(intent)/increment_authorization", "amount=40000")
        try await hotel.learn(how, Self.raised)
        #expect(try hotel.folio("R-1").totals.held == hotel.euros("400.00"))
        try await hotel.charge("R-1", .lodging, "390.00")
        #expect(try hotel.ledger.checkOutPreview("R-1", of: Hotel.id).plan.steps == [.capture(hold: 1, amount: 39000)])
        try await hotel.checkOut("R-1")
        try await hotel.expectAgreement()
    }

    @Test(arguments: Learning.allCases)
    func `refunds made in the Dashboard, in parts, of a payment that came in parts are all booked`(how: Learning) async throws {
        let hotel = try await Hotel.withFeatures()
        try await hotel.book("R-1")
        let intent = try await hotel.lastIntent()
        try await hotel.dashboard("/v1/payment_intents/\(intent)/capture", "amount_to_capture=10000&final_capture=false")
        try await hotel.dashboard("/v1/payment_intents/\(intent)/capture", "amount_to_capture=20000")
        for amount in [4000, 16000, 10000] {
            try await hotel.dashboard("/v1/refunds", "payment_intent=\(intent)&amount=\(amount)")
            try await hotel.learn(how, "refund.created")
        }
        let view = try hotel.folio("R-1")
        #expect(try hotel.payments("R-1") == [30000])
        #expect(view.refunds.map(\.amount.minorUnits) == [4000, 16000, 10000] && view.payments.map(\.refundable) == [0])
        try await hotel.expectAgreement()
    }

    @Test func `captured in part between the plan shown and the plan executed, the plan has changed and nothing is taken`() async throws {
        let hotel = try await Hotel.withFeatures()
        try await hotel.book("R-1", hold: "500.00")
        try await hotel.charge("R-1", .lodging, "214.00")
        let shown = try hotel.ledger.checkOutPreview("R-1", of: Hotel.id).plan
        let intent = try await hotel.lastIntent()
        try await hotel.dashboard("/v1/payment_intents/\(intent)/capture", "amount_to_capture=10000&final_capture=false")
        do {
            _ = try await hotel.ledger.checkOut("R-1", plan: shown.id, of: Hotel.id, by: "reception")
            Issue.record("the old plan was carried out")
        } catch ServiceRefusal.planChanged(let plan) {
            #expect(plan.due == 11400 && plan.steps == [.capture(hold: 1, amount: 11400)])
            _ = try await hotel.ledger.checkOut("R-1", plan: plan.id, of: Hotel.id, by: "reception")
        }
        #expect(try await hotel.takenAtStripe() == 21400)
        try await hotel.expectAgreement()
    }

    /// The call to capture is lost on its way, and meanwhile somebody captures by hand.
    @Test(arguments: [("amount_to_capture=10000&final_capture=false", true), ("amount_to_capture=5000", true), ("", false)])
    func `captured between two steps of a running check-out, no more is taken than was shown`(form: String, ends: Bool) async throws {
        let hotel = try await Hotel.withFeatures()
        try await hotel.book("R-1", hold: "500.00")
        try await hotel.charge("R-1", .lodging, "214.00")
        try await hotel.simulator.order(
            "POST", "/_sim/faults", ["route": "POST /v1/payment_intents/{id}/capture", "fault": "cut_before_effect", "times": 20])
        await #expect(throws: ServiceRefusal.self) { try await hotel.checkOut("R-1") }
        try await hotel.simulator.order("POST", "/_sim/faults", ["clear": true])
        let intent = try await hotel.lastIntent()
        try await hotel.dashboard("/v1/payment_intents/\(intent)/capture", form)
        try await hotel.sync()
        let view = try hotel.folio("R-1")
        if ends {
            #expect(view.folio.state == .checkedOut && view.totals.open.isZero)
            #expect(try await hotel.takenAtStripe() == 21400)
        } else {
            // The owner took all of it: that is shown, and giving back is for staff to decide.
            #expect(view.folio.state == .open && view.folio.notice == .checkOutOvertaken)
            #expect(try hotel.ledger.checkOutPreview("R-1", of: Hotel.id).plan.steps == [.refund(payment: 1, amount: 28600)])
        }
        try await hotel.expectAgreement()
    }

    @Test func `a release meets a hold that a part was taken from, and what remains open is settled`() async throws {
        let hotel = try await Hotel.withFeatures()
        try await hotel.book("R-1")
        let intent = try await hotel.lastIntent()
        try await hotel.dashboard("/v1/payment_intents/\(intent)/capture", "amount_to_capture=10000&final_capture=false")
        let view = try await hotel.ledger.releaseHold(1, of: "R-1", of: Hotel.id, by: "reception")
        #expect(view.holds.map(\.state) == [.captured] && view.totals.captured == hotel.euros("100.00"))
        // Nothing was charged: what was taken goes back.
        let done = try await hotel.checkOut("R-1")
        #expect(done.view.folio.state == .checkedOut && done.view.totals.refunded == hotel.euros("100.00"))
        try await hotel.expectAgreement()
    }
}

/// Customers deleted, cards detached, renewed and replaced.
@Suite struct `What others do to a card` {
    enum Loss: CaseIterable, Sendable { case detached, customerDeleted }
    enum News: CaseIterable, Sendable { case webhook, sync, none }

    private static func lose(_ loss: Loss, _ reference: String, _ hotel: Hotel) async throws {
        let folio = try hotel.folio(reference).folio
        let card = try #require(folio.savedCard?.paymentMethod)
        let customer = try #require(folio.customer)
        switch loss {
        case .detached: try await hotel.dashboard("/v1/payment_methods/\(card)/detach")
        case .customerDeleted: try await hotel.simulator.order("DELETE", "/v1/customers/\(customer)")
        }
    }

    @Test(arguments: Loss.allCases, News.allCases)
    func `a lost card is charged by no step: the hold stays good, and the rest goes by link to a new customer`(
        loss: Loss, news: News
    ) async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        let customer = try #require(try hotel.folio("R-1").folio.customer)
        try await Self.lose(loss, "R-1", hotel)
        let type = loss == .detached ? "payment_method.detached" : "customer.deleted"
        if news != .none {
            try await hotel.learn(news == .webhook ? .webhook : .sync, type)
            let folio = try hotel.folio("R-1").folio
            #expect(folio.savedCard == nil)
            #expect(folio.cardRemoval == (loss == .detached ? .detached : .customerDeleted))
            #expect(folio.notice == .cardRemoved(folio.cardRemoval!) && (folio.customer == nil) == (loss == .customerDeleted))
        }
        try await hotel.charge("R-1", .lodging, "343.30")
        if news != .none {
            #expect(
                try hotel.ledger.checkOutPreview("R-1", of: Hotel.id).plan.steps
                    == [.capture(hold: 1, amount: 30000), .paymentPage(amount: 4330)])
        }
        let waiting = try await hotel.checkOut("R-1")
        #expect(waiting.view.folio.state == .awaitingGuest && waiting.view.totals.captured == hotel.euros("300.00"))
        #expect(waiting.view.folio.savedCard == nil)
        try await hotel.guestPays("R-1", card: "5555555555554444")
        try await hotel.sync()
        let done = try hotel.folio("R-1")
        #expect(done.folio.state == .checkedOut && done.totals.open.isZero)
        if loss == .customerDeleted { #expect(done.folio.customer != nil && done.folio.customer != customer) }
        try await hotel.expectAgreement()
    }

    @Test(arguments: Loss.allCases, News.allCases)
    func `a hold that was to be placed on a lost card is asked for on a page, with a new consent`(loss: Loss, news: News) async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", inDays: 30)
        let before = try #require(try hotel.folio("R-1").folio.savedCard)
        try await Self.lose(loss, "R-1", hotel)
        if news != .none {
            try await hotel.learn(
                news == .webhook ? .webhook : .sync, loss == .detached ? "payment_method.detached" : "customer.deleted")
            #expect(try hotel.folio("R-1").folio.savedCard == nil)
        }
        try await hotel.letPass(days: 29)
        let report = try await hotel.sync()
        #expect(report.holdsPlaced == 0 && report.holdsRefused == 1)
        let asked = try hotel.folio("R-1")
        #expect(asked.folio.paymentURL != nil && asked.holds.map(\.state) == [.failed, .requested])
        try await hotel.guestPays("R-1", card: "5555555555554444")
        try await hotel.sync()
        let held = try hotel.folio("R-1")
        #expect(held.totals.held == hotel.euros("300.00") && held.folio.savedCard?.last4 == "4444")
        let card = try #require(held.folio.savedCard)
        #expect(card.consentedAt.unixSeconds > before.consentedAt.unixSeconds && card.paymentMethod != before.paymentMethod)
        let tenant = try hotel.ledger.tenant(Hotel.id)
        let past = try hotel.store.read(of: tenant) { try $0.pastCards(of: held.folio) }
        #expect(past.map(\.paymentMethod) == [before.paymentMethod] && past.map(\.consentedAt) == [before.consentedAt])
        #expect(past.allSatisfy { $0.consent.contains("R-1") && $0.isDetached })
        #expect(past.map(\.terms) == [before.terms] && card.terms.ceiling == hotel.euros("600.00"))
        // The new card is charged, with its customer.
        try await hotel.charge("R-1", .lodging, "343.30")
        #expect(try await hotel.checkOut("R-1").view.folio.state == .checkedOut)
        try await hotel.expectAgreement()
    }

    @Test(arguments: Loss.allCases, [false, true])
    func `a card that is lost before the news of its page is read is told, and another can be asked for`(
        loss: Loss, isLossTold: Bool
    ) async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", inDays: 30, card: nil)
        let page = try hotel.page(of: "R-1")
        try await hotel.guestPays("R-1")
        let session = try await hotel.atStripe("/v1/checkout/sessions/\(page)")
        let customer = try #require(session["customer"] as? String)
        let setup = try #require(session["setup_intent"] as? String)
        let card = try #require(try await hotel.atStripe("/v1/setup_intents/\(setup)")["payment_method"] as? String)
        switch loss {
        case .detached: try await hotel.dashboard("/v1/payment_methods/\(card)/detach")
        case .customerDeleted: try await hotel.simulator.order("DELETE", "/v1/customers/\(customer)")
        }
        if isLossTold { try await hotel.learn(.webhook, loss == .detached ? "payment_method.detached" : "customer.deleted") }
        try await hotel.sync()
        let folio = try hotel.folio("R-1").folio
        #expect(folio.savedCard == nil && folio.paymentURL == nil)
        #expect(folio.cardRemoval == (loss == .detached ? .detached : .customerDeleted))
        #expect(folio.notice == folio.cardRemoval.map { FolioNotice.cardRemoved($0) })
        // With the day of the hold the guest is asked for another card.
        try await hotel.letPass(days: 29)
        try await hotel.sync()
        #expect(try hotel.folio("R-1").folio.paymentURL != nil)
        try await hotel.guestPays("R-1", card: "5555555555554444")
        try await hotel.sync()
        let held = try hotel.folio("R-1")
        #expect(held.totals.held == hotel.euros("300.00") && held.folio.savedCard?.last4 == "4444")
        try await hotel.expectAgreement()
    }

    @Test func `after more than 30 days without news the card and the customer are read`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("WITHOUT-CARD", inDays: 60)
        try await Self.lose(.detached, "WITHOUT-CARD", hotel)
        try await hotel.sync()
        #expect(try hotel.folio("WITHOUT-CARD").folio.savedCard == nil)
        let customer = try #require(try hotel.folio("WITHOUT-CARD").folio.customer)
        try await hotel.simulator.order("DELETE", "/v1/customers/\(customer)")
        try await hotel.book("DETACHED", inDays: 60)
        try await hotel.book("DELETED", inDays: 60)
        try await hotel.book("KEPT", inDays: 60)
        try await Self.lose(.detached, "DETACHED", hotel)
        try await Self.lose(.customerDeleted, "DELETED", hotel)
        try await hotel.letPass(days: 35)
        try await hotel.sync()
        #expect(try hotel.folio("DETACHED").folio.cardRemoval == .detached)
        #expect(try hotel.folio("DELETED").folio.cardRemoval == .customerDeleted)
        #expect(try hotel.folio("KEPT").folio.savedCard != nil)
        #expect(try hotel.folio("WITHOUT-CARD").folio.customer == nil)
    }

    @Test(arguments: Learning.allCases)
    func `a card renewed by its bank stays good, and its new digits are shown`(how: Learning) async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        let before = try #require(try hotel.folio("R-1").folio.savedCard)
        #expect(before.expires != nil)
        try await hotel.simulator.order(
            "POST", "/_sim/payment_methods/\(before.paymentMethod)",
            ["renew": ["last4": "1881", "exp_month": 5, "exp_year": 2031] as [String: any Sendable]])
        try await hotel.learn(how, "payment_method.automatically_updated")
        let card = try #require(try hotel.folio("R-1").folio.savedCard)
        #expect(card.paymentMethod == before.paymentMethod && card.last4 == "1881" && card.expires == "2031-05")
        #expect(card.consentedAt == before.consentedAt)
        try await hotel.charge("R-1", .lodging, "343.30")
        #expect(try await hotel.checkOut("R-1").view.folio.state == .checkedOut)
        try await hotel.expectAgreement()
    }

    @Test func `a card that the guest replaced is let go once no hold on it is open`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", hold: "100.00")
        let old = try #require(try hotel.folio("R-1").folio.savedCard?.paymentMethod)
        func isAttached() async throws -> Bool { try await hotel.atStripe("/v1/payment_methods/\(old)")["customer"] is String }
        _ = try await hotel.ledger.askForHold(hotel.euros("50.00"), on: "R-1", of: Hotel.id, by: "reception")
        try await hotel.guestPays("R-1", card: "5555555555554444")
        try await hotel.sync()
        #expect(try hotel.folio("R-1").folio.savedCard?.last4 == "4444")
        #expect(try await isAttached(), "its hold is open")
        _ = try await hotel.ledger.releaseHold(1, of: "R-1", of: Hotel.id, by: "reception")
        try await hotel.sync()
        #expect(try await !isAttached(), "nothing depends on it any more")
        #expect(try hotel.folio("R-1").folio.savedCard?.last4 == "4444")
        try await hotel.charge("R-1", .lodging, "90.00")
        #expect(try await hotel.checkOut("R-1").view.totals.captured == hotel.euros("90.00"))
        try await hotel.expectAgreement()
    }

    @Test func `a guest redacted by Stripe breaks nothing`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        try await hotel.charge("R-1", .lodging, "343.30")
        let customer = try #require(try hotel.folio("R-1").folio.customer)
        try await hotel.simulator.order("POST", "/_sim/redact/\(customer)", [:])
        try await hotel.sync()
        let intent = try await hotel.lastIntent()
        try await hotel.dashboard("/v1/payment_intents/\(intent)/capture", "amount_to_capture=10000")
        try await hotel.sync()
        #expect(try hotel.payments("R-1") == [10000])
        try await hotel.checkOut("R-1")
        #expect(try hotel.ledger.troubledEvents(of: Hotel.id).isEmpty)
        try await hotel.expectAgreement()
    }
}

/// What is read of Stripe's list of events, and what is kept of it.
@Suite struct `Others' events` {
    @Test func `of kinds without meaning are passed over, and no gap stays behind`() async throws {
        let hotel = try await Hotel()
        try await hotel.sync()
        for number in 1...120 { try await hotel.dashboard("/v1/customers", "name=Shop-\(number)") }
        try await hotel.book("R-1")
        let kept = try hotel.eventsKept()
        for number in 1...5 { try await hotel.dashboard("/v1/customers", "name=More-\(number)") }
        #expect(try await hotel.sync().events == 0)
        #expect(try hotel.eventsKept() == kept && kept < 10)
        #expect(try hotel.folio("R-1").totals.held == hotel.euros("300.00"))
    }

    @Test func `about a stranger's payment are not read, and never red`() async throws {
        let hotel = try await Hotel()
        try await hotel.dashboard(
            "/v1/payment_intents",
            "amount=5000&currency=eur&payment_method=pm_card_visa&confirm=true&payment_method_types[]=card&metadata[shop]=hats")
        try await hotel.simulator.order(
            "POST", "/_sim/faults", ["route": "GET /v1/payment_intents/{id}", "fault": "error_before_effect", "times": 100])
        try await hotel.sync()
        #expect(try hotel.ledger.troubledEvents(of: Hotel.id).isEmpty)
    }
}
