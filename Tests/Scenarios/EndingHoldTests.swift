import Foundation
import JSON
import Ledger
import TestHotel
import TestSupport
import Testing

@testable import LedgerService

/// What reception is told of holds that end before their guests have left, against a Stripe that answers over HTTP.
@Suite struct `The list of holds that end` {
    /// Booked long before and held on the eve of arrival, 17 December at nine: a merchant's hold on a Visa lives 4 days and 18 hours.
    private func held(_ hotel: Hotel, _ reference: String = "R-1", nights: Int = 9, card: String = "4242424242424242") async throws {
        try await hotel.book(reference, nights: nights, inDays: 30, card: card)
        try await hotel.letPass(days: 29)
        try await hotel.sync()
        #expect(try hotel.folio(reference).totals.held == hotel.euros("300.00"))
    }

    private func listed(_ hotel: Hotel) throws -> [EndingHold] { try hotel.ledger.endingHolds(of: Hotel.id) }

    private func only(_ hotel: Hotel) throws -> EndingHold {
        let all = try listed(hotel)
        #expect(all.count == 1, "\(all)")
        return try #require(all.first)
    }

    /// Within the hours of the house: nine in the morning in Berlin.
    private func nine(_ day: Int) -> Instant { Instant("2026-12-\(day)T08:00:00Z")! }

    @Test func `says when a hold is renewed, names only the newest of a chain, and none that outlives its stay`() async throws {
        let hotel = try await Hotel()
        try await held(hotel)
        let first = try only(hotel)
        #expect(first.hold.number == 1 && first.endsAt == Instant("2026-12-22T02:00:00Z") && first.next == .renewal(at: nine(20)))
        #expect(first.tries == 0 && first.refusal == nil && !first.needsStaff && first.amount == hotel.euros("300.00"))
        for (day, number) in [(20, Int64(2)), (23, 3)] {
            try await hotel.letPass(days: 3)
            #expect(try await hotel.sync().holdsRenewed == 1)
            let next = try only(hotel)
            #expect(next.hold.number == number && next.hold.chain == 1 && next.next == .renewal(at: nine(day + 3)))
        }
        try await hotel.letPass(days: 3)
        #expect(try await hotel.sync().holdsRenewed == 1)
        #expect(try listed(hotel).isEmpty, "the fourth lives until 31 December")
    }

    @Test func `has no hold of a stay that is settled before it ends, or that is over`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", nights: 2)
        #expect(try listed(hotel).isEmpty)
        try await hotel.book("R-2", nights: 6)
        #expect(try only(hotel).folio.reference == "R-2")
        try await hotel.checkOut("R-2")
        #expect(try listed(hotel).isEmpty)
    }

    @Test func `tells of a refusal and of the next try, then of the guest's page, then of the end`() async throws {
        let hotel = try await Hotel()
        // No hold beside one that lives.
        try await held(hotel, card: "4000990000000020")
        try await hotel.charge("R-1", .lodging, "30.00", quantity: 9)
        try await hotel.letPass(days: 3)
        #expect(try await hotel.sync().holdsRefused == 1)
        let refused = try only(hotel)
        #expect(refused.next == .renewal(at: nine(21)) && refused.tries == 1 && refused.refusal?.isDecline == true)
        #expect(!refused.needsStaff && refused.uncovered.isZero)
        try await hotel.letPass(days: 1)
        try await hotel.sync()
        let asked = try only(hotel)
        #expect(asked.next == .asked && asked.tries == 2 && asked.needsStaff && asked.folio.paymentURL != nil)
        try await hotel.letPass(hours: 18)
        let ended = try only(hotel)
        #expect(ended.next == .ended && ended.hold.number == 1 && ended.uncovered == hotel.euros("270.00") && ended.needsStaff)
        #expect(ended.amount == hotel.euros("300.00"))
        // The guest is late, but comes: the new hold outlives the stay.
        try await hotel.guestPays("R-1")
        try await hotel.sync()
        #expect(try listed(hotel).isEmpty)
    }

    @Test func `says why the guest is asked instead of the bank, and that staff decides when the page was taken back`() async throws {
        let hotel = try await Hotel()
        try await held(hotel, card: "4000056655665556")
        #expect(try only(hotel).next == .guest(at: nine(20), why: .debitCard) && !only(hotel).needsStaff)
        try await hotel.letPass(days: 3)
        try await hotel.sync()
        #expect(try only(hotel).next == .asked)
        _ = try await hotel.ledger.releaseHold(2, of: "R-1", of: Hotel.id, by: "reception")
        let left = try only(hotel)
        #expect(left.hold.number == 1 && left.next == .nothing(why: .pageUnused) && left.needsStaff)
        try await hotel.sync()
        let told = try #require(try hotel.folio("R-1").folio.notice)
        guard case .holdNotRenewed(_, _, .pageUnused, nil) = told else {
            Issue.record("the folio says \(told)")
            return
        }
    }

    @Test func `tells of an end that another page stands in the way of`() async throws {
        let hotel = try await Hotel()
        try await held(hotel, card: "4000056655665556")
        try await hotel.letPass(days: 2, hours: 23)
        _ = try await hotel.ledger.askForPayment(hotel.euros("20.00"), on: "R-1", of: Hotel.id, by: "reception")
        try await hotel.letPass(hours: 1)
        try await hotel.sync()
        let waiting = try only(hotel)
        #expect(waiting.next == .guest(at: hotel.clock.now, why: .debitCard) && waiting.needsStaff)
    }

    @Test func `has an ended hold until another comes in its place, however much else is held`() async throws {
        let hotel = try await Hotel()
        try await held(hotel, nights: 6)
        // In addition to the first, by the guest: it lives until 25 December, some hours too short.
        try await hotel.letPass(days: 1)
        _ = try await hotel.ledger.askForHold(hotel.euros("200.00"), on: "R-1", of: Hotel.id, by: "reception")
        try await hotel.guestPays("R-1", card: "5555555555554444")
        try await hotel.sync()
        #expect(try listed(hotel).map(\.hold.number) == [1, 2])
        try await hotel.charge("R-1", .lodging, "190.00")
        try await hotel.letPass(days: 4)
        #expect(try listed(hotel).map(\.hold.number) == [2], "what is left covers all that is open")
        try await hotel.charge("R-1", .minibar, "15.00")
        let both = try listed(hotel)
        #expect(both.map(\.hold.number) == [1, 2] && both[0].next == .ended && both[0].uncovered == hotel.euros("5.00"))
    }

    @Test(arguments: Learning.allCases)
    func `has a hold that somebody released at Stripe, until another is there, and none that was released here`(
        how: Learning
    ) async throws {
        let hotel = try await Hotel()
        for reference in ["R-1", "R-2"] { try await hotel.book(reference) }
        try await hotel.dashboard("/v1/payment_intents/\(try await hotel.lastIntent())/cancel")
        try await hotel.learn(how, "payment_intent.canceled")
        _ = try await hotel.ledger.releaseHold(1, of: "R-1", of: Hotel.id, by: "reception")
        #expect(try hotel.folio("R-1").folio.notice == nil)
        let ended = try only(hotel)
        #expect(ended.folio.reference == "R-2" && ended.next == .ended && ended.needsStaff && ended.endsAt == hotel.clock.now)
        let view = try hotel.folio("R-2")
        #expect(view.folio.notice == .holdReleasedAtStripe(hotel.euros("300.00")) && view.holds[0].failure == .releasedAtStripe)
        _ = try await hotel.ledger.askForHold(hotel.euros("300.00"), on: "R-2", of: Hotel.id, by: "reception")
        try await hotel.guestPays("R-2")
        try await hotel.sync()
        #expect(try listed(hotel).isEmpty && hotel.folio("R-2").folio.notice == nil)
        try await hotel.expectAgreement()
    }

    @Test func `has a stay whose hold was refused and whose page ran out, until another is asked for`() async throws {
        let hotel = try await Hotel()
        // Saves, and refuses every later use.
        try await hotel.book("R-1", inDays: 30, card: "4000000000000341")
        try await hotel.letPass(days: 29)
        #expect(try await hotel.sync().holdsRefused == 1)
        func words() throws -> String? { try hotel.folio("R-1").folio.noticeSentence(in: .english, zone: .gmt) }
        #expect(try listed(hotel).isEmpty && words()?.contains("Send the guest the page") == true)
        try await hotel.letPass(days: 2)
        try await hotel.sync()
        let missing = try only(hotel)
        #expect(missing.next == .missing && missing.endsAt == nil && missing.needsStaff && missing.amount == hotel.euros("300.00"))
        #expect(missing.tries == 1 && missing.refusal?.isDecline == true && missing.folio.paymentURL == nil)
        #expect(try words()?.contains("Ask the guest for another hold") == true && words()?.contains("the page") == false)
        _ = try await hotel.ledger.askForHold(hotel.euros("300.00"), on: "R-1", of: Hotel.id, by: "reception")
        #expect(try listed(hotel).isEmpty, "the guest is asked")
        try await hotel.guestPays("R-1")
        try await hotel.sync()
        #expect(try listed(hotel).allSatisfy { $0.next != .missing })
        try await hotel.expectAgreement()
    }

    @Test func `has stays whose guests left the page, and none whose page staff took back or whose guest has paid`() async throws {
        let hotel = try await Hotel()
        for reference in ["R-1", "R-2", "R-3"] { try await hotel.book(reference, nights: 5, card: nil) }
        try await hotel.book("R-4", inDays: 30, card: nil)
        #expect(try listed(hotel).isEmpty)
        _ = try await hotel.ledger.releaseHold(1, of: "R-2", of: Hotel.id, by: "reception")
        try await hotel.letPass(days: 2)
        try await hotel.sync()
        #expect(try listed(hotel).map(\.folio.reference) == ["R-1", "R-3", "R-4"])
        #expect(try listed(hotel).allSatisfy { $0.next == .missing && $0.refusal == nil && $0.tries == 0 })
        _ = try await hotel.ledger.askForPayment(hotel.euros("100.00"), on: "R-3", of: Hotel.id, by: "reception")
        try await hotel.guestPays("R-3")
        try await hotel.sync()
        #expect(try listed(hotel).map(\.folio.reference) == ["R-1", "R-4"])
    }

    @Test func `is the same in the API and at the command line, with its words in the caller's language`() async throws {
        let house = try await House(tenants: ["seeblick"])
        let stay: JSON = [
            "reference": "R-1", "guest": ["name": "Anna Weiss", "email": "anna@example.com"], "arrival": "2026-11-18",
            "departure": "2026-11-29", "payment": ["mode": "reserved", "method": "card", "amount": 30000],
        ]
        let booked = try await house.send("POST", "/v1/tenants/seeblick/folios", stay)
        try await house.guestPays(booked, card: "4000056655665556")
        for _ in 1...2 { try await house.sync() }
        let path = "/v1/tenants/seeblick/ending-holds"
        let english = try await house.send("GET", path, headers: [("Accept-Language", "en")])
        let german = try await house.send("GET", path, headers: [("Accept-Language", "de")])
        #expect(english.status == 200 && english.json["data"]?.arrayValue?.count == 1, "\(english.text)")
        let (one, other) = (english.json["data"]?.arrayValue?.first, german.json["data"]?.arrayValue?.first)
        #expect(one?["folio"] == "R-1" && one?["departure"] == "2026-11-29" && one?["hold"] == 1 && one?["chain"] == 1)
        #expect(one?["amount"] == 30000 && one?["next"] == "guest" && one?["obstacle_code"] == "debit_card" && one?["tries"] == 0)
        #expect(one?["obstacle"]?.textValue?.contains("guest's own money") == true, "\(english.text)")
        #expect(other?["obstacle"]?.textValue?.contains("Guthaben des Gastes") == true, "\(german.text)")
        #expect(one?["ends_at"]?.textValue != nil && one?["next_at"]?.textValue != nil && one?["refusal"]?.isNull == true)
        let printed = try await house.succeed("hold", "ending", "seeblick", "--format", "json")
        #expect(printed.trimmingCharacters(in: .newlines) == english.text.trimmingCharacters(in: .newlines))
        let rows = try await house.succeed("hold", "ending", "seeblick", "--format", "csv").split(separator: "\r\n")
        #expect(rows.count == 2 && rows[0].hasPrefix("folio,guest_name,room,departure,hold,chain,amount,ends_at,next,next_at,"), "\(rows)")
        #expect(rows.last?.hasPrefix("R-1,Anna Weiss,,2026-11-29,1,1,300.00,") == true, "\(rows)")
        let people = try await house.succeed("hold", "ending", "seeblick")
        #expect(people.contains("Anna Weiss") && people.contains("guest") && people.contains("300.00 EUR"), "\(people)")
        try await house.succeed("hold", "release", "seeblick", "R-1", "1")
        #expect(try await house.succeed("hold", "ending", "seeblick").contains("No hold ends before its stay is settled."))
    }
}

/// Its end is known from the day it was placed on: nobody waits for Stripe to say so.
@Suite struct `A hold that has ended while Stripe could not be read` {
    @Test func `holds nothing, in the API's shape and at the command line`() async throws {
        let house = try await House(tenants: ["seeblick"])
        try await house.guestPays(try await house.book("R-1"))
        try await house.sync()
        func hold() async throws -> JSON? {
            let shown = try await house.succeed("folio", "show", "seeblick", "R-1", "--format", "json")
            return JSON(parsing: Array(shown.utf8))?["holds"]?[0]
        }
        #expect(try await hold()?["held"] == 30000)
        _ = await house.service.stop()
        try await house.simulator.letPass(seconds: 8 * 86_400)
        let ended = try await hold()
        #expect(ended?["state"] == "expired" && ended?["held"] == 0 && ended?["authorised"] == 30000, "\(String(describing: ended))")
        let people = try await house.succeed("folio", "show", "seeblick", "R-1")
        let amounts = people.split(separator: "\n").filter { $0.contains("expired") }.map { $0.ranges(of: "300.00").count }
        #expect(amounts.max() == 2, "what was asked for and what was authorised: \(people)")
    }
}

/// The folio says that a hold has ended as long as that leaves a gap.
@Suite struct `The notice that a hold has ended` {
    @Test func `stands from that second on, before Stripe has told of it`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        try await hotel.letPass(days: 7, seconds: -1)
        #expect(try hotel.folio("R-1").folio.notice == nil)
        try await hotel.letPass(seconds: 1)
        let told = FolioNotice.holdExpired(hotel.euros("300.00"))
        #expect(try hotel.folio("R-1").folio.notice == told && hotel.folio("R-1").summary.folio.notice == told)
        #expect(try hotel.ledger.folios(FolioFilter(), after: nil, limit: 10, of: Hotel.id).map(\.folio.notice) == [told])
        try await hotel.sync()
        #expect(try hotel.folio("R-1").folio.notice == told)
    }

    @Test func `goes when another hold takes the place of the ended one`() async throws {
        let hotel = try await Hotel()
        // No hold beside one that lives.
        try await hotel.book("R-1", nights: 9, inDays: 30, card: "4000990000000020")
        try await hotel.letPass(days: 29)
        try await hotel.sync()
        for days in [3, 1] {
            try await hotel.letPass(days: days)
            try await hotel.sync()
        }
        // The guest has been asked, and the hold ends first.
        try await hotel.letPass(hours: 19)
        try await hotel.sync()
        #expect(try hotel.folio("R-1").folio.notice == .holdExpired(hotel.euros("300.00")))
        try await hotel.guestPays("R-1", card: "5555555555554444")
        try await hotel.sync()
        let view = try hotel.folio("R-1")
        #expect(view.holds.last?.state == .authorised && view.holds.last?.replaces == 1)
        #expect(view.folio.notice == nil)
    }
}

/// What staff may do about a hold is refused with a sentence, also while the guest has been asked.
@Suite struct `A hold whose guest has a page for a new one` {
    @Test func `is neither renewed nor raised: only one hold may take its place`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", nights: 9, inDays: 30, card: "4000056655665556")
        try await hotel.letPass(days: 29)
        try await hotel.sync()
        try await hotel.letPass(days: 3)
        try await hotel.sync()
        func refusal(_ act: () async throws -> FolioView) async -> (any Refusal)? {
            do {
                _ = try await act()
                return nil
            } catch { return error as? any Refusal }
        }
        let renewed = await refusal { try await hotel.ledger.renewHold(1, of: "R-1", of: Hotel.id, by: "reception") }
        #expect(renewed?.code == "replacement_awaited")
        let raised = await refusal {
            try await hotel.ledger.raiseHold(1, to: hotel.euros("450.00"), of: "R-1", of: Hotel.id, by: "reception")
        }
        #expect(raised?.code == "replacement_awaited")
        #expect(try hotel.ledger.raisePreview(1, of: "R-1", of: Hotel.id).refusal?.code == "replacement_awaited")
        #expect(try hotel.folio("R-1").holds.map(\.state) == [.authorised, .requested])
        try await hotel.expectAgreement()
    }

    @Test func `and one that the bank refused a moment ago says from when on it may be asked again`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", nights: 9, inDays: 30, card: "4000990000000020")
        try await hotel.letPass(days: 29)
        try await hotel.sync()
        try await hotel.letPass(hours: 1)
        func renew() async throws { _ = try await hotel.ledger.renewHold(1, of: "R-1", of: Hotel.id, by: "reception") }
        let first = await #expect(throws: ServiceRefusal.self) { try await renew() }
        #expect(first?.code == "stripe_refused")
        let second = await #expect(throws: HoldRefusal.self) { try await renew() }
        #expect(second?.code == "hold_tried_recently")
        #expect(second?.message.contains("again from 18 Dec 2026 at 10:00.") == true, "\(String(describing: second))")
        #expect(second?.german.message.contains("erst ab dem 18.12.2026 um 10:00 Uhr") == true)
    }
}

/// What a list of holds that end early leaves out when it is asked for a time.
@Suite struct `Holds that end before their stays, asked for by a time` {
    @Test func `come when something happens to them by then, and not before`() async throws {
        let hotel = try await Hotel()
        // Nine in the morning of 17 December in Berlin: a merchant's hold on a Visa lives until three in the morning of the 22nd.
        for (reference, nights) in [("R-1", 9), ("R-2", 2)] { try await hotel.book(reference, nights: nights, inDays: 30) }
        try await hotel.letPass(days: 29)
        try await hotel.sync()
        func ending(by text: String) throws -> [EndingHold] { try hotel.ledger.endingHolds(of: Hotel.id, by: Instant(text)!) }
        #expect(try ending(by: "2026-12-20T01:59:59Z").isEmpty)
        let found = try ending(by: "2026-12-20T08:00:00Z")
        #expect(found.map(\.folio.reference) == ["R-1"] && found.map(\.next) == [.renewal(at: Instant("2026-12-20T08:00:00Z")!)])
        #expect(try hotel.ledger.endingHolds(of: Hotel.id).map(\.folio.reference) == ["R-1"])
    }
}
