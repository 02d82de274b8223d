import Ledger
import TestHotel
import TestSupport
import Testing

@testable import LedgerService

/// Stays that are longer than a hold lives, against a Stripe that answers over HTTP. The story begins at nine in the morning in Berlin.
@Suite struct `A stay longer than its hold` {
    /// Booked long before, held on the eve of arrival: a merchant's hold on a Visa lives 4 days and 18 hours.
    private func held(_ hotel: Hotel, _ reference: String = "R-1", nights: Int = 9, card: String = "4242424242424242") async throws {
        try await hotel.book(reference, nights: nights, inDays: 30, card: card)
        try await hotel.letPass(days: 29)
        try await hotel.sync()
        #expect(try hotel.folio(reference).totals.held == hotel.euros("300.00"))
    }

    private func states(_ hotel: Hotel, _ reference: String = "R-1") throws -> [Hold.State] {
        try hotel.folio(reference).holds.map(\.state)
    }

    @Test func `is covered to its end by holds that take each other's places`() async throws {
        let hotel = try await Hotel()
        try await held(hotel)
        try await hotel.charge("R-1", .lodging, "30.00", quantity: 9)
        var renewed = 0
        for _ in 0..<10 {
            try await hotel.letPass(days: 1)
            renewed += try await hotel.sync().holdsRenewed
            let view = try hotel.folio("R-1")
            #expect(view.totals.held == hotel.euros("300.00") && view.totals.uncovered.isZero)
            #expect(view.holds.count { $0.state == .authorised } == 1 && Set(view.holds.map(\.chain)) == [1])
        }
        #expect(renewed == 3)
        #expect(try states(hotel) == [.released, .released, .released, .authorised])
        let result = try await hotel.checkOut("R-1")
        #expect(result.view.payments.map(\.origin) == [.capture] && result.view.payments.map(\.hold) == [4])
        #expect(result.view.totals.open.isZero)
        try await hotel.expectAgreement()
    }

    @Test func `needs no renewal where the account has extended authorisations, and nothing else`() async throws {
        var settings = Tenant.Settings()
        settings.cardFeatures = [.extendedAuthorization]
        let hotel = try await Hotel(settings: settings)
        try await hotel.simulator.order("POST", "/_sim/account", ["features": ["extended_authorization"]])
        try await held(hotel, nights: 20, card: "4000058400000063")
        for _ in 0..<20 {
            try await hotel.letPass(days: 1)
            #expect(try await hotel.sync().holdsRenewed == 0)
        }
        #expect(try states(hotel) == [.authorised])
        try await hotel.expectAgreement()
    }

    @Test func `that is over before its hold keeps the one it has`() async throws {
        let hotel = try await Hotel()
        try await held(hotel, nights: 2)
        for _ in 0..<4 {
            try await hotel.letPass(days: 1)
            #expect(try await hotel.sync().holdsRenewed == 0)
        }
        #expect(try states(hotel) == [.authorised])
    }

    @Test func `whose renewal the bank refuses keeps its hold, says until when, and asks the guest in time`() async throws {
        let hotel = try await Hotel()
        // No hold beside one that lives.
        try await held(hotel, card: "4000990000000020")
        try await hotel.letPass(days: 3)
        #expect(try await hotel.sync().holdsRefused == 1)
        var view = try hotel.folio("R-1")
        #expect(view.totals.held == hotel.euros("300.00") && view.folio.paymentURL == nil)
        guard case .holdNotRenewed(let amount, let end, .refusedForNow, let why?) = view.folio.notice else {
            Issue.record("the folio says \(String(describing: view.folio.notice))")
            return
        }
        #expect(amount == hotel.euros("300.00") && end == view.holds[0].captureBefore && why.isDecline)
        // Not before a day has passed.
        try await hotel.letPass(hours: 5)
        #expect(try await hotel.sync().holdsRefused == 0)
        try await hotel.letPass(hours: 19)
        #expect(try await hotel.sync().holdsRefused == 1)
        view = try hotel.folio("R-1")
        #expect(view.folio.paymentURL != nil && view.totals.held == hotel.euros("300.00"))
        #expect(try states(hotel) == [.authorised, .failed, .failed, .requested])
        guard case .holdNotRenewed(_, _, .refused, .some) = view.folio.notice else {
            Issue.record("the folio says \(String(describing: view.folio.notice))")
            return
        }
        // The guest's new hold takes the old one's place.
        try await hotel.guestPays("R-1", card: "5555555555554444")
        try await hotel.sync()
        view = try hotel.folio("R-1")
        #expect(try states(hotel) == [.released, .failed, .failed, .authorised])
        #expect(view.totals.held == hotel.euros("300.00") && view.folio.notice == nil && view.folio.paymentURL == nil)
        try await hotel.expectAgreement()
    }

    @Test func `whose guest does not answer is uncovered from the second on in which the hold ends`() async throws {
        let hotel = try await Hotel()
        try await held(hotel, card: "4000990000000020")
        try await hotel.charge("R-1", .lodging, "30.00", quantity: 9)
        for day in [3, 1] {
            try await hotel.letPass(days: day)
            try await hotel.sync()
        }
        #expect(try hotel.folio("R-1").totals.uncovered.isZero && hotel.folio("R-1").folio.paymentURL != nil)
        try await hotel.letPass(hours: 18)
        #expect(try hotel.folio("R-1").totals.held.isZero && hotel.folio("R-1").totals.uncovered == hotel.euros("270.00"))
        // Nothing replaced it: a new hold is one of its own.
        try await hotel.guestPays("R-1")
        try await hotel.sync()
        #expect(try hotel.folio("R-1").totals.held == hotel.euros("300.00"))
        try await hotel.expectAgreement()
    }

    @Test func `is not tried again after a bank has refused its card for good, for whatever purpose`() async throws {
        let hotel = try await Hotel()
        // Refused without its holder, with the advice never to try again.
        try await hotel.book("R-1", nights: 12, hold: "300.00", card: "4000990000000046")
        // The stay ends later than a hold of the page would: the card was saved, and the hold on it is refused.
        var view = try hotel.folio("R-1")
        #expect(view.holds.contains { $0.state == .failed && $0.origin == .savedCard } && view.folio.paymentURL != nil)
        #expect(view.folio.savedCard != nil)
        try await hotel.guestPays("R-1", card: "4000990000000046")
        try await hotel.sync()
        #expect(try hotel.folio("R-1").totals.held == hotel.euros("300.00"))
        let tries = try hotel.folio("R-1").holds.count { $0.origin == .savedCard }
        try await hotel.letPass(days: 6)
        try await hotel.sync()
        view = try hotel.folio("R-1")
        #expect(view.holds.count { $0.origin == .savedCard } == tries, "the card must not be asked again")
        #expect(view.folio.notice?.code == "hold_not_renewed" && view.folio.paymentURL != nil)
        try await hotel.charge("R-1", .lodging, "343.30")
        let plan = try hotel.ledger.checkOutPreview("R-1", of: Hotel.id).plan
        let live = try #require(view.holds.last { $0.state == .authorised })
        #expect(plan.steps == [.capture(hold: live.number, amount: 30000), .paymentPage(amount: 4330)])
    }

    @Test func `on a debit card asks the guest, unless the house has decided otherwise`() async throws {
        for renewsDebit in [false, true] {
            var settings = Tenant.Settings()
            settings.renewsDebit = renewsDebit
            let hotel = try await Hotel(settings: settings)
            try await hotel.book("R-1", nights: 9, inDays: 30, card: nil)
            try await hotel.simulator.order(
                "POST", "/_sim/checkout/\(try hotel.page(of: "R-1"))/pay", ["card": "4242424242424242", "issuer": ["funding": "debit"]])
            try await hotel.sync()
            try await hotel.letPass(days: 29)
            try await hotel.sync()
            #expect(try hotel.folio("R-1").folio.savedCard?.funding == .debit)
            try await hotel.letPass(days: 3)
            #expect(try await hotel.sync().holdsRenewed == 1)
            let view = try hotel.folio("R-1")
            #expect(view.holds.last?.origin == (renewsDebit ? .savedCard : .page) && (view.folio.paymentURL == nil) == renewsDebit)
            #expect(view.totals.held == hotel.euros("300.00"))
        }
    }

    @Test func `with two holds that the bank does not renew says so of both, and of what is left of them`() async throws {
        let hotel = try await Hotel()
        // 500.00 in all: nothing is held beside what is held.
        try await held(hotel, card: "4000990000000012")
        _ = try await hotel.ledger.raiseHold(1, to: hotel.euros("450.00"), of: "R-1", of: Hotel.id, by: "reception")
        #expect(try states(hotel) == [.authorised, .failed, .authorised])
        func told() throws -> (amount: Money, why: Renewal.Obstacle)? {
            guard case .holdNotRenewed(let amount, _, let why, _) = try hotel.folio("R-1").folio.notice else { return nil }
            return (amount, why)
        }
        for (days, why) in [(3, Renewal.Obstacle.refusedForNow), (1, .refused)] {
            try await hotel.letPass(days: days)
            try await hotel.sync()
            let both = try #require(try told())
            #expect(both.amount == hotel.euros("450.00") && both.why == why)
        }
        try await hotel.guestPays("R-1", card: "5555555555554444")
        try await hotel.sync()
        // The guest's other card is saved now, and nothing speaks against asking its bank for the rest.
        #expect(try told() == nil)
        try await hotel.expectAgreement()
    }

    @Test func `says what its hold held when it expires, raises included`() async throws {
        var settings = Tenant.Settings()
        settings.cardFeatures = [.incrementalAuthorization]
        let hotel = try await Hotel(settings: settings)
        try await hotel.simulator.order("POST", "/_sim/account", ["features": ["incremental_authorization"]])
        try await hotel.book("R-1", card: "4000058400000063")
        _ = try await hotel.ledger.raiseHold(1, to: hotel.euros("450.00"), of: "R-1", of: Hotel.id, by: "reception")
        #expect(try hotel.folio("R-1").holds.count == 1)
        try await hotel.letPass(days: 8)
        try await hotel.sync()
        #expect(try hotel.folio("R-1").folio.notice == .holdExpired(hotel.euros("450.00")))
    }

    @Test func `renewed by two programs at once is renewed once`() async throws {
        let hotel = try await Hotel()
        try await held(hotel)
        try await hotel.letPass(days: 3)
        let (one, other) = (hotel.ledger, try hotel.anotherProgram())
        async let first = one.sync(Hotel.id)
        async let second = other.sync(Hotel.id)
        _ = try await (first, second)
        try await hotel.sync()
        #expect(try states(hotel) == [.released, .authorised])
        try await hotel.expectAgreement()
    }

    @Test func `is renewed at the desk, and a hold that is gone is not`() async throws {
        let hotel = try await Hotel()
        try await held(hotel)
        try await hotel.letPass(hours: 1)
        let view = try await hotel.ledger.renewHold(1, of: "R-1", of: Hotel.id, by: "reception")
        #expect(view.totals.held == hotel.euros("300.00") && view.holds[1].chain == 1)
        #expect(view.holds.map(\.state) == [.released, .authorised], "the old one is let go by the same request")
        let refusal = await #expect(throws: HoldRefusal.self) {
            try await hotel.ledger.renewHold(1, of: "R-1", of: Hotel.id, by: "reception")
        }
        #expect(refusal == .replaced(1, by: 2) && refusal?.code == "hold_not_live")
        #expect(refusal?.message == "Hold 2 took the place of hold 1." && refusal?.hint == "Renew or raise hold 2.")
        try await hotel.expectAgreement()
    }

    @Test func `is not renewed by hand again before a new hold would live longer, for each time asks the bank`() async throws {
        let hotel = try await Hotel()
        try await held(hotel)
        func renew(_ hold: Int64) async throws { _ = try await hotel.ledger.renewHold(hold, of: "R-1", of: Hotel.id, by: "reception") }
        for (hold, hours) in [(Int64(1), 1), (2, 1)] {
            let refusal = await #expect(throws: HoldRefusal.self) { try await renew(hold) }
            #expect(refusal?.code == "renewal_too_early" && refusal?.message.contains("or hardly later") == true)
            #expect(try hotel.ledger.holdOutlooks(on: "R-1", of: Hotel.id).map(\.mayRenew) == [false])
            try await hotel.letPass(hours: hours)
            try await renew(hold)
        }
        #expect(try states(hotel) == [.released, .released, .authorised], "no bank was asked in vain")
    }

    @Test func `is not renewed by hand where the hold lives long enough, or longer than a new one would`() async throws {
        let hotel = try await Hotel()
        // The guest's holds of seven days; the first outlives its stay.
        try await hotel.book("R-1", nights: 2)
        try await hotel.book("R-2", nights: 6)
        func refusal(_ reference: String) async -> HoldRefusal? {
            await #expect(throws: HoldRefusal.self) {
                try await hotel.ledger.renewHold(1, of: reference, of: Hotel.id, by: "reception")
            }
        }
        #expect(await refusal("R-1") == .renewalNotNeeded(1))
        // From 25 November, 9 o'clock, 4 days and 18 hours back, and an hour later.
        #expect(await refusal("R-2")?.message.contains("it may be renewed from 20 Nov 2026 at 16:00.") == true)
        try await hotel.letPass(days: 2, hours: 7)
        let view = try await hotel.ledger.renewHold(1, of: "R-2", of: Hotel.id, by: "reception")
        #expect(view.holds.map(\.state) == [.released, .authorised])
        let ends = view.holds.compactMap(\.captureBefore)
        #expect(ends.count == 2 && ends[1] == ends[0].adding(seconds: 3600))
    }

    @Test func `says that it is held twice for long, until the old hold is let go, and not a moment longer`() async throws {
        let hotel = try await Hotel()
        try await held(hotel)
        try await hotel.letPass(hours: 1)
        try await hotel.simulator.order(
            "POST", "/_sim/faults", ["fault": "unavailable", "route": "POST /v1/payment_intents/{id}/cancel", "times": 100])
        _ = try await hotel.ledger.renewHold(1, of: "R-1", of: Hotel.id, by: "reception")
        try await hotel.letPass(seconds: 601)
        try await hotel.ledger.tellOverlaps(of: try hotel.ledger.tenant(Hotel.id))
        #expect(try hotel.folio("R-1").folio.notice == .holdsOverlap(hotel.euros("300.00")))
        try await hotel.simulator.order("POST", "/_sim/faults", ["clear": true])
        try await hotel.sync()
        #expect(try states(hotel) == [.released, .authorised] && hotel.folio("R-1").folio.notice == nil)
    }

    /// At the command line, without a service.
    @Test func `says that it is held twice for long, or ends soon, also where nothing runs but a sync`() async throws {
        let hotel = try await Hotel()
        try await held(hotel)
        try await hotel.letPass(hours: 1)
        try await hotel.simulator.order(
            "POST", "/_sim/faults", ["fault": "unavailable", "route": "POST /v1/payment_intents/{id}/cancel", "times": 1000])
        _ = try await hotel.ledger.renewHold(1, of: "R-1", of: Hotel.id, by: "reception")
        try await hotel.letPass(seconds: 601)
        try await hotel.sync()
        #expect(try hotel.folio("R-1").folio.notice == .holdsOverlap(hotel.euros("300.00")))
        try await hotel.simulator.order("POST", "/_sim/faults", ["clear": true])
        try await hotel.sync()
        #expect(try hotel.folio("R-1").folio.notice == nil)
        try await hotel.book("R-2", nights: 2)
        let end = try #require(try hotel.folio("R-2").holds[0].captureBefore)
        try await hotel.letPass(seconds: Int(end.unixSeconds - hotel.clock.now.unixSeconds) - 23 * 3600)
        try await hotel.sync()
        #expect(try hotel.folio("R-2").folio.notice?.code == FolioNotice.expiresSoonCode)
    }

    @Test func `is not renewed by hand while the bank holds the one before as well`() async throws {
        let hotel = try await Hotel()
        try await held(hotel)
        try await hotel.letPass(hours: 1)
        try await hotel.simulator.order(
            "POST", "/_sim/faults", ["fault": "unavailable", "route": "POST /v1/payment_intents/{id}/cancel", "times": 100])
        _ = try await hotel.ledger.renewHold(1, of: "R-1", of: Hotel.id, by: "reception")
        #expect(try states(hotel) == [.replaced, .authorised])
        func refusal(_ act: () async throws -> FolioView) async -> HoldRefusal? {
            await #expect(throws: HoldRefusal.self) { _ = try await act() }
        }
        let again = await refusal { try await hotel.ledger.renewHold(2, of: "R-1", of: Hotel.id, by: "reception") }
        #expect(again == .releaseAwaited(2, of: 1))
        let raised = await refusal {
            try await hotel.ledger.raiseHold(2, to: hotel.euros("450.00"), of: "R-1", of: Hotel.id, by: "reception")
        }
        #expect(raised == .releaseAwaited(2, of: 1))
        #expect(try hotel.folio("R-1").holds.count == 2)
    }
}

/// More cover than was held, without the guest.
@Suite struct `Raising a hold` {
    private func raise(_ hotel: Hotel, to total: String, hold: Int64 = 1) async throws -> FolioView {
        try await hotel.ledger.raiseHold(hold, to: hotel.euros(total), of: "R-1", of: Hotel.id, by: "reception")
    }

    private func refusal(_ hotel: Hotel, to total: String) async -> String? {
        do {
            _ = try await raise(hotel, to: total)
            return nil
        } catch { return (error as? any Refusal)?.code }
    }

    @Test func `puts a new hold over the total in its place`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        let view = try await raise(hotel, to: "450.00")
        #expect(view.totals.held == hotel.euros("450.00") && view.holds.map(\.state) == [.released, .authorised])
        try await hotel.expectAgreement()
    }

    @Test func `has the bank raise it where the card allows that`() async throws {
        var settings = Tenant.Settings()
        settings.cardFeatures = Set(CardFeature.allCases)
        let hotel = try await Hotel(settings: settings)
        let all = ["incremental_authorization", "overcapture", "extended_authorization", "multicapture"]
        try await hotel.simulator.order("POST", "/_sim/account", ["features": all])
        try await hotel.book("R-1", card: "4000058400000063")
        let view = try await raise(hotel, to: "450.00")
        #expect(view.holds.count == 1 && view.totals.held == hotel.euros("450.00"))
        try await hotel.expectAgreement()
    }

    @Test func `adds a second hold where a new one over the whole could end before the old one, and before the stay`() async throws {
        let hotel = try await Hotel()
        // The guest's own hold lives until 25 November, the stay until the 24th; a new hold would end on the 23rd at three.
        try await hotel.book("R-1", nights: 6)
        let end = try hotel.folio("R-1").holds[0].captureBefore
        let view = try await raise(hotel, to: "450.00")
        #expect(view.holds.map(\.state) == [.authorised, .authorised] && view.holds.map(\.chain) == [1, 2])
        #expect(view.holds[0].captureBefore == end && view.totals.held == hotel.euros("450.00"))
        // What is missing is less than Stripe takes: then the whole is held anew.
        let again = try await raise(hotel, to: "300.20")
        #expect(again.holds.map(\.state) == [.released, .authorised, .authorised] && again.holds[2].chain == 1)
        #expect(again.totals.held == hotel.euros("450.20"))
        try await hotel.charge("R-1", .lodging, "440.00")
        let captured = try await hotel.checkOut("R-1").view.payments
        #expect(captured.allSatisfy { $0.origin == .capture } && captured.map(\.received.minorUnits).reduce(0, +) == 44000)
        try await hotel.expectAgreement()
    }

    @Test func `adds a second hold over the rest where the bank refuses the whole`() async throws {
        let hotel = try await Hotel()
        // 500.00 in all: 300.00 and 450.00 beside it are too much.
        try await hotel.book("R-1", card: "4000990000000012")
        let view = try await raise(hotel, to: "450.00")
        #expect(view.holds.map(\.state) == [.authorised, .failed, .authorised] && view.holds.map(\.chain) == [1, 1, 3])
        #expect(view.totals.held == hotel.euros("450.00"))
        try await hotel.charge("R-1", .lodging, "440.00")
        #expect(try await hotel.checkOut("R-1").view.payments.map(\.received.minorUnits).reduce(0, +) == 44000)
        try await hotel.expectAgreement()
    }

    @Test func `that every way is refused for leaves the hold as it was`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", card: "4000990000000020")
        #expect(await refusal(hotel, to: "450.00") == "stripe_refused")
        #expect(try hotel.folio("R-1").totals.held == hotel.euros("300.00"))
        try await hotel.expectAgreement()
    }

    @Test(arguments: ["4000990000000020", "4000990000000046", "4000990000000053"])
    func `that every way is refused for gives the guest a page for what is missing, at once`(card: String) async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", card: card)
        #expect(await refusal(hotel, to: "450.00") == "stripe_refused")
        let view = try hotel.folio("R-1")
        #expect(view.folio.paymentURL != nil && view.folio.notice?.code == "hold_refused")
        let asked = try #require(view.holds.last)
        #expect(asked.state == .requested && asked.origin == .page && asked.replaces == nil && asked.amount == hotel.euros("150.00"))
        try await hotel.guestPays("R-1", card: "5555555555554444")
        try await hotel.sync()
        #expect(try hotel.folio("R-1").totals.held == hotel.euros("450.00"))
        try await hotel.expectAgreement()
    }

    @Test func `is tried once a day, and leaves the renewals theirs`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", nights: 9, inDays: 30, card: "4000990000000020")
        try await hotel.letPass(days: 29)
        try await hotel.sync()
        #expect(await refusal(hotel, to: "450.00") == "stripe_refused")
        let tries = try hotel.folio("R-1").holds.count
        for _ in 1...3 { #expect(await refusal(hotel, to: "400.00") == "hold_tried_recently") }
        #expect(try hotel.folio("R-1").holds.count == tries, "no bank was asked")
        let outlook = try #require(try hotel.ledger.holdOutlooks(on: "R-1", of: Hotel.id).first)
        #expect(outlook.tries == 0 && outlook.refusal == nil, "a raise is no renewal")
        let ending = try #require(try hotel.ledger.endingHolds(of: Hotel.id).first)
        #expect(ending.tries == 0 && ending.next.name == "renewal")
        #expect(try hotel.ledger.raisePreview(1, of: "R-1", of: Hotel.id).refusal?.code == "hold_tried_recently")
    }

    @Test func `without a card says so, and not that the guest has not consented`() async throws {
        let hotel = try await Hotel()
        try await hotel.offer([.card, .klarna])
        try await hotel.book("R-1", card: nil, method: .klarna)
        try await hotel.guestPays("R-1", with: .klarna)
        try await hotel.sync()
        #expect(await refusal(hotel, to: "450.00") == "hold_not_renewable")
    }

    @Test func `goes no further than the guest has consented, and names the total`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        #expect(await refusal(hotel, to: "600.01") == "above_ceiling")
        #expect(await refusal(hotel, to: "300.00") == "raise_too_small")
        #expect(try hotel.folio("R-1").holds.count == 1)
        #expect(await refusal(hotel, to: "600.00") == nil)
        #expect(try hotel.folio("R-1").totals.held == hotel.euros("600.00"))
    }

    @Test func `is for folios that are open`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        try await hotel.charge("R-1", .lodging, "100.00")
        _ = try await hotel.checkOut("R-1")
        #expect(await refusal(hotel, to: "450.00") == "folio_closed")
    }

    @Test func `under one key is done once, also where the bank refused the first way`() async throws {
        let house = try await House()
        let booked = try await house.book("R-1")
        try await house.guestPays(booked, card: "4000990000000012")
        try await house.sync()
        let place = "/v1/tenants/seeblick/folios/R-1/holds/1/raise"
        let first = try await house.send("POST", place, ["amount": 45000], key: "raise-1")
        let again = try await house.send("POST", place, ["amount": 45000], key: "raise-1")
        #expect(first.status == 200 && again.status == 200 && first.text == again.text)
        #expect(first.json["totals"]?["held"]?.intValue == 45000)
    }
}
