import Foundation
import Ledger
import LedgerStore
import TestHotel
import TestSupport
import Testing

@testable import LedgerService

extension Hotel {
    /// A stay that is over: 100.00 for the room, taken out of the hold. The guest agreed to late charges as the hotel asks for them.
    func stayed(_ reference: String = "R-1", card: String = "4242424242424242") async throws {
        try await book(reference, card: card)
        try await charge(reference, .lodging, "100.00")
        #expect(try await checkOut(reference).view.folio.state == .checkedOut)
    }

    @discardableResult func chargeLate(
        _ reference: String = "R-1", _ category: Ledger.Category = .minibar, _ price: String = "8.90", by way: LateCharge.Way = .card,
        again: Bool = true, through program: LedgerService? = nil, key: IdempotencyKey? = nil
    ) async throws -> LateCharged {
        let line = NewLine.free(category: category, description: category.name, quantity: 1, unitAmount: euros(price))
        return try await (program ?? ledger).chargeLate(
            on: reference, way: way, again: again, of: Hotel.id, by: "user:rita", key: key
        ) { _ in
            [NewFolioLine(line, on: reference, at: Phrase("line 1", "Zeile 1"))]
        }
    }

    /// The code of the refusal; nil when it was not refused.
    fileprivate func refusal(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch { return (error as? any Refusal)?.code ?? "\(error)" }
    }

    fileprivate func folios() throws -> [String] {
        try ledger.folios(FolioFilter(), after: nil, limit: 100, of: Hotel.id).map(\.folio.reference)
    }
}

/// What is found when the guest has left, against a Stripe that answers over HTTP.
@Suite struct `A late charge` {
    @Test func `is a folio of its own, taken from the stay's card without the guest`() async throws {
        let hotel = try await Hotel()
        try await hotel.stayed()
        let stay = try hotel.folio("R-1")
        try await hotel.letPass(days: 3)
        let charged = try await hotel.chargeLate()
        let view = charged.view
        #expect(view.folio.reference == "R-1-L1" && view.folio.stay?.reference == "R-1" && view.folio.source == .lateCharge)
        #expect(view.folio.state == .checkedOut && view.totals.captured == hotel.euros("8.90") && view.totals.open.isZero)
        #expect(view.payments.map(\.origin) == [.savedCard] && view.document != nil && view.folio.notice == nil)
        #expect(view.document?.number != stay.document?.number && view.folio.guest == stay.folio.guest && view.folio.room == "204")
        // Consumed while the guest was there.
        #expect(view.lines.count == 1 && view.lines[0].serviceDate == stay.folio.leftOn(in: stay.tenant.timeZone))
        let after = try hotel.folio("R-1")
        #expect(after.lateCharges.map(\.folio.reference) == ["R-1-L1"] && after.folio.savedCard == stay.folio.savedCard)
        #expect(after.lines == stay.lines && after.document == stay.document)
        // Further ones are numbered on, and both are found with their stay.
        #expect(try await hotel.chargeLate("R-1", .parking, "15.00").view.folio.reference == "R-1-L2")
        #expect(try hotel.ledger.search("R-1", of: Hotel.id).elements.map(\.folio.reference) == ["R-1-L2", "R-1-L1", "R-1"])
        #expect(try hotel.ledger.search("R-1-L1", of: Hotel.id).elements.map(\.folio.reference) == ["R-1-L1"])
        let audit = try hotel.store.read { try $0.auditEntries(of: stay.tenant, before: .max, limit: 10) }
        let noted = audit.filter { $0.action == .lateCharge }
        #expect(noted.map(\.subject) == ["R-1-L2", "R-1-L1"] && noted.last?.amount == hotel.euros("8.90"))
        #expect(noted.allSatisfy { $0.actor == "user:rita" })
        try await hotel.expectAgreement()
    }

    @Test func `that the bank refuses is paid by the guest on a page`() async throws {
        let hotel = try await Hotel()
        // Whatever is charged later needs the guest.
        try await hotel.stayed(card: "4000002760003184")
        let waiting = try await hotel.chargeLate().view
        #expect(waiting.folio.state == .awaitingGuest && waiting.folio.paymentURL != nil && waiting.totals.captured.isZero)
        #expect(waiting.folio.notice == .lateChargeByLink(hotel.euros("8.90"), .refused, why: .authenticationRequired))
        #expect(try hotel.folio("R-1").lateCharges.map(\.folio.paymentURL) == [waiting.folio.paymentURL])
        try await hotel.guestPays("R-1-L1", card: "5555555555554444")
        try await hotel.sync()
        let paid = try hotel.folio("R-1-L1")
        #expect(paid.folio.state == .checkedOut && paid.totals.open.isZero && paid.folio.notice == nil && paid.document != nil)
        #expect(paid.payments.map(\.origin) == [.savedCard, .page] && paid.payments.map(\.state) == [.failed, .succeeded])
        // The card used there is not saved for anything.
        #expect(try paid.folio.savedCard == nil && hotel.folio("R-1").folio.savedCard?.last4 == "3184")
        try await hotel.expectAgreement()
    }

    @Test func `that nobody pays is an open item, with its age and its stay`() async throws {
        let hotel = try await Hotel()
        try await hotel.stayed(card: "4000002760003184")
        try await hotel.letPass(days: 8)
        try await hotel.chargeLate()
        func items(_ month: String = "2026-11") throws -> [OpenItem] { try hotel.ledger.openItems(Month(month)!, of: Hotel.id) }
        #expect(try items().map(\.why) == [.awaitingGuest] && items().map(\.days) == [0])
        try await hotel.letPass(days: 2)
        try await hotel.sync()
        let view = try hotel.folio("R-1-L1")
        #expect(view.folio.state == .open && view.folio.notice == .paymentPageUnpaid && view.folio.paymentURL == nil)
        let item = try #require(try items().first)
        #expect(item.folio.stay?.reference == "R-1" && item.why == .notClosed && item.days == 2 && item.since == Day("2026-11-26"))
        #expect(item.totals.open == hotel.euros("8.90") && item.open == item.totals.open)
        #expect(try hotel.ledger.openItems(asOf: nil, of: Hotel.id).map(\.days) == [2])
        #expect(try hotel.ledger.openItems(asOf: Day("2026-11-25"), of: Hotel.id).isEmpty)
        let desk = try hotel.ledger.desk(of: Hotel.id)
        #expect(desk[.lateCharges].elements.map(\.folio.reference) == ["R-1-L1"] && desk.openLateCharges == hotel.euros("8.90"))
        #expect(desk[.overdue].count == 0 && desk[.departures].count == 0, "no stay")
        // The guest is asked again by checking it out.
        try await hotel.letPass(days: 20)
        #expect(try items("2026-12").map(\.days) == [22])
        let again = try await hotel.checkOut("R-1-L1")
        #expect(again.checkOut.steps.map(\.step) == [.paymentPage(amount: 890)], "the guest's word is over by now")
        try await hotel.guestPays("R-1-L1")
        try await hotel.sync()
        #expect(try items("2026-12").isEmpty && hotel.ledger.desk(of: Hotel.id)[.lateCharges].count == 0)
        try await hotel.expectAgreement()
    }

    @Test func `goes straight to the link after a bank has refused the card for good`() async throws {
        let hotel = try await Hotel()
        try await hotel.stayed(card: "4000990000000046")
        let first = try await hotel.chargeLate().view
        #expect(first.folio.state == .awaitingGuest && first.payments.map(\.origin) == [.savedCard, .page])
        let second = try await hotel.chargeLate().view
        #expect(second.folio.state == .awaitingGuest && second.payments.map(\.origin) == [.page], "the bank must not be asked again")
        #expect(second.folio.notice == .lateChargeByLink(hotel.euros("8.90"), .cardAdvised, why: nil))
        try await hotel.expectAgreement()
    }

    @Test(arguments: [(Ledger.Category.other, "Schaden"), (.cancellation, "Strafe"), (.food, "Speisen")])
    func `of what the guest has not agreed to goes by link only, and only when somebody says so`(
        category: Ledger.Category, what: String
    ) async throws {
        let hotel = try await Hotel()
        try await hotel.stayed()
        let before = try await hotel.atStripe("/v1/payment_intents")["data"] as? [[String: Any]]
        #expect(await hotel.refusal { try await hotel.chargeLate("R-1", category) } == "late_charge_by_link_only", "\(what)")
        #expect(try hotel.folios() == ["R-1"], "nothing is left of it")
        #expect((try await hotel.atStripe("/v1/payment_intents")["data"] as? [[String: Any]])?.count == before?.count)
        let linked = try await hotel.chargeLate("R-1", category, by: .link).view
        #expect(linked.folio.reference == "R-1-L1" && linked.folio.state == .awaitingGuest && linked.payments.map(\.origin) == [.page])
        try await hotel.guestPays("R-1-L1")
        try await hotel.sync()
        #expect(try hotel.folio("R-1-L1").folio.state == .checkedOut)
        try await hotel.expectAgreement()
    }

    @Test func `with one line of another kind is refused as a whole`() async throws {
        let hotel = try await Hotel()
        try await hotel.stayed()
        func line(_ category: Ledger.Category, _ price: String) -> NewFolioLine {
            NewFolioLine(
                .free(category: category, description: "x", quantity: 1, unitAmount: hotel.euros(price)), on: "R-1",
                at: Phrase("line", "Zeile"))
        }
        let lines = [line(.minibar, "5.00"), line(.other, "90.00")]
        let refused = await hotel.refusal { _ = try await hotel.ledger.chargeLate(on: "R-1", of: Hotel.id, by: "test") { _ in lines } }
        #expect(try refused == "late_charge_by_link_only" && hotel.folios() == ["R-1"])
        let linked = try await hotel.ledger.chargeLate(on: "R-1", way: .link, of: Hotel.id, by: "test") { _ in lines }
        #expect(linked.view.totals.charged == hotel.euros("95.00"))
    }

    @Test func `is taken from the card on the last day, and goes by link on the next`() async throws {
        let hotel = try await Hotel()
        try await hotel.stayed()
        try await hotel.letPass(days: 14)
        try await hotel.sync()
        #expect(try await hotel.chargeLate().view.folio.state == .checkedOut)
        try await hotel.letPass(days: 1)
        for isDetached in [false, true] {
            if isDetached { try await hotel.sync() }
            #expect(try (hotel.folio("R-1").folio.savedCard == nil) == isDetached)
            #expect(await hotel.refusal { try await hotel.chargeLate() } == "late_charge_by_link_only")
        }
        // A fine can come months later.
        try await hotel.letPass(days: 90)
        #expect(try await hotel.chargeLate("R-1", .other, "60.00", by: .link).view.folio.state == .awaitingGuest)
        try await hotel.expectAgreement()
    }

    @Test func `of a guest who never agreed to it goes by link only`() async throws {
        var settings = Tenant.Settings()
        settings.lateChargeDays = 0
        let hotel = try await Hotel(settings: settings)
        try await hotel.stayed()
        let refusal = await #expect(throws: LateChargeRefusal.self) { try await hotel.chargeLate() }
        #expect(refusal?.message == "The saved card cannot be charged: the guest has not agreed to late charges on the saved card.")
        #expect(try await hotel.chargeLate(by: .link).view.folio.state == .awaitingGuest)
    }

    enum Loss: CaseIterable, Sendable { case detached, customerDeleted }

    @Test(arguments: Loss.allCases, [false, true])
    func `goes by link when the card is lost at Stripe, whether that is known or not`(loss: Loss, isKnown: Bool) async throws {
        let hotel = try await Hotel()
        try await hotel.stayed()
        let folio = try hotel.folio("R-1").folio
        switch loss {
        case .detached: try await hotel.dashboard("/v1/payment_methods/\(folio.savedCard?.paymentMethod ?? "")/detach")
        case .customerDeleted: try await hotel.simulator.order("DELETE", "/v1/customers/\(folio.customer ?? "")")
        }
        if isKnown {
            try await hotel.sync()
            #expect(try hotel.folio("R-1").folio.savedCard == nil)
        }
        let view = try await hotel.chargeLate().view
        #expect(view.folio.state == .awaitingGuest && view.folio.notice?.code == "late_charge_by_link")
        #expect(view.payments.map(\.origin) == [.page], "the card is read first, and not tried")
        #expect(view.folio.notice == .lateChargeByLink(hotel.euros("8.90"), .noCard, why: nil))
        #expect(try hotel.folio("R-1").folio.savedCard == nil)
        try await hotel.guestPays("R-1-L1")
        try await hotel.sync()
        #expect(try hotel.folio("R-1-L1").folio.state == .checkedOut)
        try await hotel.expectAgreement()
    }

    @Test func `goes by link when the card was lost during the stay, and no other one was given`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        let card = try hotel.folio("R-1").folio.savedCard?.paymentMethod
        try await hotel.dashboard("/v1/payment_methods/\(card ?? "")/detach")
        try await hotel.sync()
        _ = try await hotel.ledger.askForHold(hotel.euros("50.00"), on: "R-1", of: Hotel.id, by: "reception")
        try await hotel.charge("R-1", .lodging, "100.00")
        #expect(try await hotel.checkOut("R-1").view.folio.state == .checkedOut)
        #expect(try hotel.ledger.lateChargeOffer(on: "R-1", of: Hotel.id).obstacle == .cardGone, "the guest had agreed")
        let view = try await hotel.chargeLate().view
        #expect(view.folio.state == .awaitingGuest && view.payments.map(\.origin) == [.page])
        try await hotel.expectAgreement()
    }

    @Test func `is of stays that are over`() async throws {
        let hotel = try await Hotel()
        try await hotel.stayed()
        try await hotel.chargeLate()
        try await hotel.book("OPEN")
        for (reference, isNoShow) in [("CANCELLED", false), ("NO-SHOW", true)] {
            try await hotel.book(reference)
            _ =
                try await isNoShow
                ? hotel.ledger.recordNoShow(reference, fee: hotel.euros("50.00"), reason: "x", of: Hotel.id, by: "test")
                : hotel.ledger.cancel(reference, fee: hotel.euros("0.00"), reason: "x", of: Hotel.id, by: "test")
        }
        var order = NewFolio(
            reference: "S-1", guest: .init(name: "Anna Weiss", email: nil), arrival: Day("2026-11-18")!, departure: Day("2026-11-18")!,
            mode: .direct, booked: .amount(hotel.euros("20.00")))
        order.source = .shop
        _ = try await hotel.ledger.openFolio(order, of: Hotel.id, by: "test")
        let before = try hotel.folios()
        for (reference, code) in [
            ("OPEN", "late_charge_stay_open"), ("CANCELLED", "late_charge_stay_called_off"), ("NO-SHOW", "late_charge_stay_called_off"),
            ("R-1-L1", "late_charge_of_late_charge"), ("S-1", "late_charge_of_order"), ("R-404", "folio_not_found"),
        ] {
            for way in LateCharge.Way.allCases {
                #expect(await hotel.refusal { try await hotel.chargeLate(reference, by: way) } == code, "\(reference)")
            }
            #expect(await hotel.refusal { _ = try hotel.ledger.lateChargeOffer(on: reference, of: Hotel.id) } == code)
        }
        #expect(try hotel.folios() == before)
    }

    @Test func `says what is wrong with its lines, and leaves nothing of them`() async throws {
        let hotel = try await Hotel()
        try await hotel.stayed()
        func charge(_ lines: [NewLine]) async -> String? {
            await hotel.refusal {
                _ = try await hotel.ledger.chargeLate(on: "R-1", of: Hotel.id, by: "test") { _ in
                    lines.map { NewFolioLine($0, on: "R-1", at: Phrase("line 1", "Zeile 1")) }
                }
            }
        }
        func minibar(_ price: String, on day: Day? = nil, outside: Bool = false) -> NewLine {
            NewLine(
                PartialTerms(LineTerms(.minibar, "Bier", hotel.euros(price)), taxRate: nil), quantity: 1, serviceDate: day,
                outsideStay: outside)
        }
        #expect(await charge([]) == "lines_missing")
        #expect(await charge([NewLine(sku: "nothing", quantity: 1)]) == "sku_not_found")
        #expect(await charge([minibar("0.30")]) == "amount_invalid")
        #expect(await charge([minibar("1000000.00")]) == "amount_invalid")
        #expect(await charge([minibar("5.00", on: Day("2026-11-25"))]) == "service_date_outside_stay")
        #expect(try hotel.folios() == ["R-1"])
        #expect(await charge([minibar("5.00", on: Day("2026-11-25"), outside: true)]) == nil)
        try await hotel.expectAgreement()
    }

    @Test func `takes the next number when a booking has that reference, and none where it is too long`() async throws {
        let hotel = try await Hotel()
        try await hotel.stayed()
        try await hotel.book("R-1-L1", card: nil)
        #expect(try await hotel.chargeLate().view.folio.reference == "R-1-L2")
        // What has the first number is no late charge; the second number is taken, the third is free.
        #expect(try await hotel.chargeLate().view.folio.reference == "R-1-L3")
        let long = String(repeating: "R", count: 62)
        try await hotel.stayed(long)
        #expect(await hotel.refusal { try await hotel.chargeLate(long) } == "late_charge_reference_too_long")
        try await hotel.stayed(String(repeating: "S", count: 61))
        #expect(try await hotel.chargeLate(String(repeating: "S", count: 61)).view.folio.reference.count == 64)
    }

    @Test func `of which the answer was lost is finished by the same request, at another program, and taken once`() async throws {
        let hotel = try await Hotel()
        try await hotel.stayed()
        let key = IdempotencyKey(scope: "seeblick late", key: "k-1", content: Array("8.90".utf8))
        try await hotel.simulator.order(
            "POST", "/_sim/faults",
            ["route": "POST /v1/payment_intents", "fault": "effect_then_no_answer", "times": 100] as [String: any Sendable])
        #expect(await hotel.refusal { try await hotel.chargeLate(key: key) } == "stripe_unanswered")
        try await hotel.simulator.order("POST", "/_sim/faults", ["clear": true])
        #expect(try hotel.folio("R-1-L1").folio.state == .closing)
        let other = try hotel.anotherProgram()
        let done = try await hotel.chargeLate(through: other, key: key).view
        #expect(done.folio.reference == "R-1-L1" && done.folio.state == .checkedOut && done.payments.count == 1)
        #expect(try hotel.folio("R-1").lateCharges.count == 1)
        // Another request is another late charge.
        let second = IdempotencyKey(scope: "seeblick late", key: "k-2", content: Array("8.90".utf8))
        #expect(try await hotel.chargeLate(key: second).view.folio.reference == "R-1-L2")
        try await hotel.expectAgreement()
    }

    @Test func `that was only decided when the program ended is carried on by the background`() async throws {
        let hotel = try await Hotel()
        try await hotel.stayed()
        try await hotel.simulator.order(
            "POST", "/_sim/faults",
            ["route": "POST /v1/payment_intents", "fault": "cut_before_effect", "times": 100] as [String: any Sendable])
        #expect(await hotel.refusal { try await hotel.chargeLate() } == "stripe_unanswered")
        try await hotel.simulator.order("POST", "/_sim/faults", ["clear": true])
        try await hotel.sync()
        let view = try hotel.folio("R-1-L1")
        #expect(view.folio.state == .checkedOut && view.totals.captured == hotel.euros("8.90") && view.document != nil)
        try await hotel.expectAgreement()
    }

    /// As at the command line: whoever saw a command die does not know whether it charged.
    @Test func `is refused to who has no key when the same is charged already`() async throws {
        let hotel = try await Hotel()
        try await hotel.stayed()
        try await hotel.simulator.order(
            "POST", "/_sim/faults",
            ["route": "POST /v1/payment_intents", "fault": "effect_then_no_answer", "times": 100] as [String: any Sendable])
        #expect(await hotel.refusal { try await hotel.chargeLate(again: false) } == "stripe_unanswered")
        #expect(await hotel.refusal { try await hotel.chargeLate(again: false) } == "late_charge_repeated", "it is under way")
        try await hotel.simulator.order("POST", "/_sim/faults", ["clear": true])
        try await hotel.sync()
        #expect(try hotel.folio("R-1-L1").folio.state == .checkedOut)
        let refusal = await #expect(throws: LateChargeRefusal.self) { try await hotel.chargeLate(again: false) }
        #expect(refusal?.message == "The same is charged already, on folio \"R-1-L1\" (checked out).")
        #expect(try hotel.folios() == ["R-1", "R-1-L1"])
        // Something else is something else, and so is the same once more when somebody says so, or on another day.
        #expect(try await hotel.chargeLate("R-1", .minibar, "4.20", again: false).view.folio.reference == "R-1-L2")
        #expect(try await hotel.chargeLate().view.folio.reference == "R-1-L3")
        try await hotel.letPass(days: 1, seconds: 1)
        #expect(try await hotel.chargeLate(again: false).view.folio.reference == "R-1-L4")
        try await hotel.expectAgreement()
    }

    @Test func `that is not paid is refused once more however long it waits, unless it was dropped`() async throws {
        let hotel = try await Hotel()
        try await hotel.stayed()
        try await hotel.chargeLate("R-1", .other, "90.00", by: .link, again: false)
        try await hotel.letPass(days: 3)
        try await hotel.sync()
        func again() async -> String? {
            await hotel.refusal { try await hotel.chargeLate("R-1", .other, "90.00", by: .link, again: false) }
        }
        #expect(await again() == "late_charge_repeated")
        _ = try await hotel.ledger.cancel("R-1-L1", fee: .zero(.eur), reason: "goodwill", of: Hotel.id, by: "test")
        #expect(await again() == nil)
    }

    @Test func `by link stays one by link, also within the days of the card`() async throws {
        let hotel = try await Hotel()
        try await hotel.stayed()
        let linked = try await hotel.chargeLate(by: .link).view
        #expect(linked.folio.state == .awaitingGuest && linked.folio.stay?.way == .link && linked.folio.notice == nil)
        try await hotel.letPass(days: 2)
        try await hotel.sync()
        #expect(try hotel.folio("R-1-L1").folio.notice == .paymentPageUnpaid)
        #expect(try hotel.ledger.checkOutPreview("R-1-L1", of: Hotel.id).plan.steps == [.paymentPage(amount: 890)])
        let again = try await hotel.checkOut("R-1-L1").view
        #expect(again.folio.state == .awaitingGuest && again.payments.map(\.origin) == [.page, .page])
        #expect(try hotel.folio("R-1").folio.savedCard != nil)
        try await hotel.guestPays("R-1-L1")
        try await hotel.sync()
        #expect(try hotel.folio("R-1-L1").folio.state == .checkedOut)
        try await hotel.expectAgreement()
    }

    @Test func `is no no-show, and costs no fee when it is dropped`() async throws {
        let hotel = try await Hotel()
        try await hotel.stayed()
        try await hotel.chargeLate(by: .link)
        _ = try await hotel.ledger.withdrawCheckOut("R-1-L1", of: Hotel.id, by: "test")
        let (fee, nothing) = (hotel.euros("9.00"), hotel.euros("0.00"))
        for amount in [fee, nothing] {
            #expect(
                await hotel.refusal {
                    _ = try await hotel.ledger.recordNoShow("R-1-L1", fee: amount, reason: "x", of: Hotel.id, by: "test")
                } == "late_charge_no_show")
        }
        #expect(
            await hotel.refusal {
                _ = try await hotel.ledger.cancel("R-1-L1", fee: fee, reason: "x", of: Hotel.id, by: "test")
            } == "late_charge_without_fee")
        for ending in [FolioClosure.cancellation(fee: fee), .noShow(fee: nothing), .noShow(fee: fee, kept: fee)] {
            #expect(await hotel.refusal { _ = try hotel.ledger.closurePreview(ending, reason: "x", of: "R-1-L1", of: Hotel.id) } != nil)
        }
        #expect(
            await hotel.refusal {
                _ = try await hotel.ledger.askForHold(fee, on: "R-1-L1", of: Hotel.id, by: "test")
            } == "late_charge_without_hold")
        let view = try hotel.folio("R-1-L1")
        #expect(view.folio.state == .open && view.lines.count == 1 && view.totals.open == hotel.euros("8.90"))
    }

    @Test func `can be dropped: its lines are reversed, and the stay's card stays`() async throws {
        let hotel = try await Hotel()
        try await hotel.stayed(card: "4000002760003184")
        try await hotel.chargeLate()
        _ = try await hotel.ledger.withdrawCheckOut("R-1-L1", of: Hotel.id, by: "test")
        let fee = hotel.euros("0.00")
        let dropped = try await hotel.ledger.cancel("R-1-L1", fee: fee, reason: "goodwill", of: Hotel.id, by: "test")
        #expect(dropped.view.folio.state == .cancelled && dropped.view.totals.open.isZero)
        #expect(try hotel.folio("R-1").folio.savedCard != nil)
        try await hotel.expectAgreement()
    }
}
