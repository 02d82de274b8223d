import Foundation
import JSON
import Ledger
import LedgerService
import LedgerStore
import TestHotel
import Testing

@testable import LedgerService

extension Hotel {
    /// Somebody moves the balance at Stripe, and no call of ours has to do with it.
    @discardableResult
    fileprivate func move(_ type: String, _ amount: Int, _ more: [String: any Sendable] = [:]) async throws -> String {
        let order = (["type": type, "amount": amount] as [String: any Sendable]).merging(more) { _, new in new }
        let made = try await simulator.order("POST", "/_sim/balance_transactions", order)
        return try #require(made["id"] as? String)
    }

    fileprivate func balance(_ account: Ledger.Account) throws -> Int64 {
        try store.read(of: Hotel.id) { try $0.balance(of: account).minorUnits }
    }

    fileprivate func differences() async throws -> [Difference] { try await ledger.reconcile(Hotel.id).differences }
}

/// Every movement on the balance at Stripe has a place in the books, whoever made it.
@Suite struct `A movement that others made` {
    @Test func `is a fee or a reserve by its type, and the books still equal the balance`() async throws {
        let hotel = try await Hotel()
        for (type, category) in [("stripe_fee", "fee"), ("tax_fee", "tax"), ("stripe_fx_fee", "fee"), ("stripe_fee", "network_cost")] {
            try await hotel.move(type, -100, ["reporting_category": category])
        }
        try await hotel.move("reserve_hold", -5000)
        try await hotel.move("reserve_release", 2000)
        try await hotel.expectAgreement()
        #expect(try hotel.balance(.stripeFees) == 400)
        #expect(try hotel.balance(.stripeReserved) == 3000)
        #expect(try hotel.balance(.stripe) == -3400)
        let rows = try hotel.ledger.statement(Month("2026-11")!, of: Hotel.id).stripe.rows
        #expect(
            rows.map { "\($0.kind.rawValue) \($0.type) \($0.amount.minorUnits)" } == [
                "fee stripe_fee -200", "fee stripe_fx_fee -100", "fee tax_fee -100", "reserve reserve_hold -5000",
                "reserve reserve_release 2000",
            ])
    }

    @Test(arguments: ["topup", "transfer", "climate_order_purchase", "advance", "a_word_of_tomorrow"])
    func `waits in suspense of its type until accounting assigns it, and is then explained`(type: String) async throws {
        let hotel = try await Hotel()
        let id = try await hotel.move(type, -7000, ["fee": 30])
        try await hotel.sync()
        #expect(try hotel.balance(.suspense(type: type)) == 7000)
        #expect(try hotel.balance(.stripeFees) == 30)
        let told = try await hotel.differences()
        #expect(told.map(\.object) == [id])
        #expect(told.first?.ledger == "in suspense:\(type)")
        let assigned = try await hotel.ledger.assignMovement(
            id, to: "external:owner", reason: "the owner's", of: Hotel.id, by: "accounting",
            once: Once<UnexplainedMovement, UnexplainedMovement>.unkeyed)
        #expect(assigned.state == .assigned)
        #expect(try hotel.balance(.suspense(type: type)) == 0)
        #expect(try hotel.balance(.external("owner")) == 7000)
        try await hotel.expectAgreement()
    }

    @Test func `of a shop on the account is in suspense: payment, refund and dispute, and only their fees are ours`() async throws {
        let hotel = try await Hotel()
        let form =
            "amount=5000&currency=eur&payment_method=pm_card_visa&confirm=true&automatic_payment_methods[enabled]=true"
            + "&automatic_payment_methods[allow_redirects]=never"
        let intent = try #require(try await hotel.dashboard("/v1/payment_intents", form)["id"] as? String)
        try await hotel.dashboard("/v1/refunds", "payment_intent=\(intent)&amount=1000")
        try await hotel.book("R-1")
        try await hotel.letPass(seconds: 10)
        try await hotel.sync()
        #expect(try hotel.balance(.suspense(type: "charge")) == -5000)
        #expect(try hotel.balance(.suspense(type: "refund")) == 1000)
        // 1.5 % + 0.25 of 50.00; the hold of R-1 moves nothing.
        #expect(try hotel.balance(.stripeFees) == 100)
        #expect(try hotel.balance(.stripe) == 3900)
        #expect(Set(try await hotel.differences().map(\.ledger)) == ["in suspense:charge", "in suspense:refund"])
        for movement in try hotel.ledger.unexplainedMovements(of: Hotel.id) {
            _ = try await hotel.ledger.assignMovement(
                movement.movement.id, to: "external:shop", reason: "the shop's", of: Hotel.id, by: "accounting",
                once: Once<UnexplainedMovement, UnexplainedMovement>.unkeyed)
        }
        #expect(try hotel.balance(.external("shop")) == -4000)
        try await hotel.expectAgreement()
    }

    @Test func `is named to the cent while what it came from cannot be read, and holds up nothing else`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", hold: "300.00")
        try await hotel.charge("R-1", .lodging, "250.00")
        try await hotel.checkOut("R-1")
        // A refund in the Dashboard, of a payment whose refund Stripe cannot show.
        let intent = try await hotel.lastIntent()
        let refund = try #require(try await hotel.dashboard("/v1/refunds", "payment_intent=\(intent)&amount=1000")["id"] as? String)
        try await hotel.simulator.order("POST", "/_sim/objects/\(refund)", ["unreadable": "odd"])
        try await hotel.move("topup", 7000, ["source": "topup"])
        try await hotel.letPass(seconds: 10)
        // A stay that is held and checked out meanwhile.
        try await hotel.book("R-2", guest: "Bo Berg", hold: "100.00")
        try await hotel.charge("R-2", .lodging, "90.00")
        #expect(try await hotel.checkOut("R-2").view.folio.state == .checkedOut)
        try await hotel.letPass(seconds: 10)
        _ = try? await hotel.sync()
        #expect(try hotel.balance(.suspense(type: "topup")) == -7000)
        let waiting = try hotel.ledger.unexplainedMovements(.waiting, of: Hotel.id)
        #expect(waiting.map(\.movement.amount.minorUnits) == [-1000])
        #expect(waiting.first?.failure != nil)
        #expect(try await hotel.differences().contains { $0.object == waiting.first?.movement.id && $0.ledger == "waits" })
        try await hotel.simulator.order("POST", "/_sim/objects/\(refund)", ["unreadable": NSNull()])
        try await hotel.sync()
        #expect(try hotel.ledger.unexplainedMovements(.waiting, of: Hotel.id).isEmpty)
        #expect(try hotel.folio("R-1").totals.refunded.minorUnits == 1000)
    }

    @Test func `of a refund whose payment was not heard of yet is never in suspense`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        let intent = try await hotel.lastIntent()
        try await hotel.dashboard("/v1/payment_intents/\(intent)/capture", "amount_to_capture=20000")
        try await hotel.dashboard("/v1/refunds", "payment_intent=\(intent)&amount=1000")
        try await hotel.letPass(seconds: 10)
        // The list of movements alone, before any event.
        _ = try await hotel.ledger.bookMovements(of: try hotel.ledger.tenant(Hotel.id))
        #expect(try hotel.ledger.unexplainedMovements(of: Hotel.id).isEmpty)
        let totals = try hotel.folio("R-1").totals
        #expect(totals.captured.minorUnits == 20000 && totals.refunded.minorUnits == 1000)
        try await hotel.expectAgreement()
    }

    @Test func `is booked although the key may not read the disputes that are in the news`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", mode: .direct)
        let charge = try #require(
            try await hotel.atStripe("/v1/payment_intents/\(try await hotel.lastIntent())")["latest_charge"] as? String)
        try await hotel.simulator.order("POST", "/_sim/charges/\(charge)/dispute", ["reason": "fraudulent"])
        let key = "rk_test_narrow"
        try await hotel.simulator.order("POST", "/_sim/account", ["key": key, "same_as": "sk_test_seeblick"])
        try await hotel.simulator.order("POST", "/_sim/account", ["key": key, "forbidden": ["GET /v1/disputes/{dispute}"]])
        try await hotel.ledger.setStripeAccount(of: Hotel.id, secretKey: key, by: "test")
        let fee = try await hotel.move("stripe_fee", -100)
        try await hotel.letPass(seconds: 10)
        try await hotel.sync()
        #expect(try hotel.store.read(of: Hotel.id) { try $0.balanceMovement(fee) } != nil)
        let waiting = try hotel.store.read(of: Hotel.id) { try $0.troubledEvents() }
        #expect(!waiting.isEmpty && waiting.allSatisfy { $0.type.hasPrefix("charge.dispute.") })
    }

    @Test func `is assigned over HTTP and at the command line, by those who may`() async throws {
        let house = try await House(roles: ["admin", "accounting", "reception", "auditor"], tenants: ["seeblick"])
        let made = try await house.simulator.order("POST", "/_sim/balance_transactions", ["type": "topup", "amount": 7000])
        let id = try #require(made["id"] as? String)
        try await house.sync()
        let listed = try await house.send("GET", "/v1/tenants/seeblick/movements", as: "seeblick auditor").json["data"]
        #expect(listed?[0]?["id"]?.textValue == id)
        #expect(listed?[0]?["account"] == "suspense:topup")
        let place = "/v1/tenants/seeblick/movements/\(id)/assignment"
        let wish: JSON = ["account": "bank", "reason": "from our bank"]
        #expect(try await house.send("POST", place, as: "seeblick reception", wish).status == 403)
        #expect(try await house.send("POST", place, as: "seeblick auditor", wish).status == 403)
        let wrong = try await house.send("POST", place, as: "seeblick accounting", ["account": "folio:R-1", "reason": "x"])
        #expect(wrong.status == 422 && wrong.json["code"] == "account_invalid")
        let unknown = try await house.send("POST", "/v1/tenants/seeblick/movements/txn_9/assignment", as: "seeblick accounting", wish)
        #expect(unknown.status == 404 && unknown.json["code"] == "movement_not_found")
        let done = try await house.send("POST", place, as: "seeblick accounting", wish, key: "assign-1")
        #expect(done.status == 200 && done.json["state"] == "assigned" && done.json["account"] == "bank")
        #expect(try await house.send("POST", place, as: "seeblick accounting", wish, key: "assign-1").json == done.json)
        let corrected = try await house.succeed(
            "movement", "assign", "seeblick", id, "external:owner", "--reason", "the owner's", "--format", "json")
        #expect(corrected.contains("external:owner"))
        let kinds = try await house.succeed("journal", "seeblick", "--format", "csv").split(separator: "\r\n").dropFirst()
            .map { String($0.split(separator: ",")[3]) }
        #expect(kinds == ["suspense", "assignment", "assignment_reversed", "assignment"])
        try await house.succeed("verify")
        try await house.succeed("reconcile")
    }
}

/// Accounting decides by Stripe's type: once for what waits, or for all that comes.
@Suite struct `Movements of one type` {
    private static let movements = "/v1/tenants/seeblick/movements"
    private static let rules = "/v1/tenants/seeblick/movement-rules"

    /// A shop on the account sells something, and pays a part back.
    private func sell(_ house: House, _ amount: Int = 5000) async throws {
        let paid = try await house.simulator.order(
            form: "/v1/payment_intents",
            "amount=\(amount)&currency=eur&payment_method=pm_card_visa&confirm=true&payment_method_types[]=card&metadata[shop]=hats")
        _ = try await house.simulator.order(form: "/v1/refunds", "payment_intent=\(try #require(paid["id"] as? String))&amount=1000")
        try await house.simulator.letPass(seconds: 10)
    }

    @Test func `are listed in pages over HTTP and at the command line`() async throws {
        let house = try await House(roles: ["admin", "auditor"], tenants: ["seeblick"])
        for number in 1...5 {
            try await house.simulator.order(
                "POST", "/_sim/balance_transactions", ["type": number == 3 ? "advance" : "topup", "amount": number * 100])
        }
        try await house.sync()
        func page(_ query: String) async throws -> (ids: [String], next: String?) {
            let told = try await house.send("GET", "\(Self.movements)?\(query)", as: "seeblick auditor")
            #expect(told.status == 200, "\(told.text)")
            return (told.json["data"]?.arrayValue?.compactMap { $0["id"]?.textValue } ?? [], told.json["next"]?.textValue)
        }
        let all = try await page("")
        #expect(all.ids.count == 5 && all.next == nil)
        let first = try await page("limit=2")
        #expect(first.ids == Array(all.ids[..<2]) && first.next == all.ids[1])
        let rest = try await page("limit=3&after=\(first.next ?? "")")
        #expect(rest.ids == Array(all.ids[2...]) && rest.next == nil)
        let advance = try await page("type=advance").ids
        let topUps = all.ids.filter { $0 != advance.first }
        #expect(advance.count == 1 && topUps.count == 4)
        #expect(try await page("state=waiting").ids.isEmpty)
        let unknown = try await house.send("GET", "\(Self.movements)?after=txn_9", as: "seeblick auditor")
        #expect(unknown.status == 404 && unknown.code == "movement_not_found", "\(unknown.text)")
        for query in ["after=pi_1", "limit=0", "type=To%20p", "state=lost"] {
            let refused = try await house.send("GET", "\(Self.movements)?\(query)", as: "seeblick auditor")
            #expect(refused.status == 400 && refused.code == "parameter_invalid", "\(refused.text)")
        }
        let listed = try await house.verb("movement", "list", "seeblick", "--limit", "2", "--type", "topup")
        #expect(listed.exit == 0 && listed.output.contains("There are more than these 2"), "\(listed.output)\(listed.errors)")
        #expect(listed.output.contains(topUps[1]) && !listed.output.contains(topUps[2]))
    }

    @Test func `are assigned at once, each by an entry of its own, over HTTP and at the command line`() async throws {
        let house = try await House(roles: ["admin", "accounting", "reception"], tenants: ["seeblick"])
        for amount in [-1000, -2000, -500] {
            try await house.simulator.order("POST", "/_sim/balance_transactions", ["type": "transfer", "amount": amount])
        }
        try await house.simulator.order("POST", "/_sim/balance_transactions", ["type": "topup", "amount": 700])
        try await house.sync()
        let wish: JSON = ["type": "transfer", "account": "external:shop", "reason": "the shop's"]
        let place = "\(Self.movements)/assignment"
        #expect(try await house.send("POST", place, as: "seeblick reception", wish).status == 403)
        let done = try await house.send("POST", place, as: "seeblick accounting", wish, key: "all")
        #expect(done.status == 200 && done.json["count"] == 3 && done.json["amount"] == -3500, "\(done.text)")
        #expect(try await house.send("POST", place, as: "seeblick accounting", wish, key: "all").json == done.json)
        let none = try await house.send("POST", place, as: "seeblick accounting", wish)
        #expect(none.status == 404 && none.code == "movement_type_not_found", "\(none.text)")
        #expect(try await house.verb("reconcile").exit == 1, "the top-up is still there")
        let run = try await house.verb("movement", "assign", "seeblick", "--type", "topup", "bank", "--reason", "from our bank")
        #expect(run.exit == 0 && run.output.contains("topup"), "\(run.output)\(run.errors)")
        for wrong in [
            ["bank", "--reason", "x"], ["txn_1", "bank", "--type", "topup", "--reason", "x"],
            ["txn_1", "bank", "--only-others", "--reason", "x"],
        ] { #expect(try await house.run(["movement", "assign", "seeblick"] + wrong).exit == 2, "\(wrong)") }
        let kinds = try await house.succeed("journal", "seeblick", "--format", "csv").split(separator: "\r\n").dropFirst()
            .map { String($0.split(separator: ",")[3]) }
        #expect(kinds.filter { $0 == "assignment" }.count == 4)
        for verb in ["reconcile", "verify"] { try await house.succeed(verb) }
    }

    @Test func `of a shop go to its account by rules, so that reconcile finds nothing, until the rules are ended`() async throws {
        let house = try await House(roles: ["admin", "accounting", "auditor"], tenants: ["seeblick"])
        try await sell(house)
        try await house.sync()
        #expect(try await house.verb("reconcile").exit == 1)
        func set(_ type: String, as who: String = "seeblick accounting") async throws -> House.Answer {
            try await house.send(
                "POST", Self.rules, as: who, ["type": .text(type), "only_others": true, "account": "external:shop", "reason": "the shop's"])
        }
        #expect(try await set("charge", as: "seeblick auditor").status == 403)
        let added = try await set("charge")
        #expect(added.status == 201 && added.json["number"] == 1 && added.json["ended_at"] == .null, "\(added.text)")
        let twice = try await set("charge")
        #expect(twice.status == 409 && twice.code == "rule_exists", "\(twice.text)")
        let wrong = try await house.send("POST", Self.rules, ["type": "topup", "account": "folio:R-1", "reason": "x"])
        #expect(wrong.status == 422 && wrong.code == "account_invalid", "\(wrong.text)")
        let verb = try await house.verb("rule", "add", "seeblick", "refund", "external:shop", "--only-others", "--reason", "the shop's")
        #expect(verb.exit == 0 && verb.output.contains("1 movement of this type is in suspense already"), "\(verb.output)\(verb.errors)")
        for type in ["charge", "refund"] {
            try await house.succeed("movement", "assign", "seeblick", "--type", type, "external:shop", "--reason", "before the rule")
        }
        // The hotel's own stay is booked beside the shop's sales as ever.
        try await house.guestPays(try await house.book("R-1"))
        for _ in 0..<2 { try await sell(house) }
        try await house.sync()
        try await house.charge("R-1", 25000)
        #expect(try await house.checkOut("R-1").json["state"] == "checked_out")
        try await house.simulator.letPass(seconds: 10)
        try await house.sync()
        try await house.succeed("reconcile")
        let assigned = try await house.send("GET", "\(Self.movements)?state=assigned&type=charge", as: "seeblick auditor").json["data"]
        #expect(assigned?.arrayValue?.map { $0["rule"] } == [.null, 1, 1])
        #expect(assigned?[1]?["actor"] == "rule:1" && assigned?[1]?["reason"] == "the shop's" && assigned?[1]?["carries_books_id"] == false)
        let ended = try await house.send("POST", "\(Self.rules)/1/end", as: "seeblick accounting")
        #expect(ended.status == 200 && ended.json["ended_by"] != .null, "\(ended.text)")
        let again = try await house.send("POST", "\(Self.rules)/1/end", as: "seeblick accounting")
        #expect(again.status == 409 && again.code == "rule_ended", "\(again.text)")
        #expect(try await house.send("POST", "\(Self.rules)/9/end", as: "seeblick accounting").code == "rule_not_found")
        try await house.succeed("rule", "end", "seeblick", "2")
        try await sell(house)
        try await house.sync()
        #expect(try await house.verb("reconcile").exit == 1)
        let log = try await house.send("GET", "/v1/tenants/seeblick/audit", as: "seeblick auditor").json["data"]?.arrayValue ?? []
        #expect(
            log.compactMap { $0["action"]?.textValue }.filter { $0.hasPrefix("movement_rule") }
                == ["movement_rule_ended", "movement_rule_ended", "movement_rule_set", "movement_rule_set"])
        try await house.succeed("verify")
    }

    @Test func `that carry these books' id are not taken for others', also when what was found is dismissed`() async throws {
        let hotel = try await Hotel()
        _ = try await hotel.ledger.addMovementRule(
            MovementSelection(type: "charge", onlyOthers: true), to: "external:shop", reason: "the shop's", of: Hotel.id, by: "accounting",
            once: Once<MovementRule, MovementRule>.unkeyed)
        let books = try hotel.ledger.tenant(Hotel.id).booksID
        let form = "amount=5000&currency=eur&payment_method=pm_card_visa&confirm=true&payment_method_types[]=card&metadata"
        let own = try #require(try await hotel.dashboard("/v1/payment_intents", "\(form)[ledger_books]=\(books)")["id"] as? String)
        try await hotel.dashboard("/v1/payment_intents", "\(form)[shop]=hats")
        try await hotel.letPass(seconds: 10)
        try await hotel.sync()
        #expect(try hotel.balance(.external("shop")) == -5000)
        #expect(try hotel.ledger.unexplainedMovements(.waiting, of: Hotel.id).map(\.movement.intent) == [own])
        try await hotel.ledger.dismissFoundObject(own, reason: "not ours", of: Hotel.id, by: "operator")
        try await hotel.sync()
        let left = try hotel.ledger.unexplainedMovements(.suspense, of: Hotel.id)
        #expect(left.map(\.movement.intent) == [own] && left.first?.carriesBooks == true)
        #expect(try hotel.balance(.external("shop")) == -5000)
    }

    /// What is decided late lies in the month that is open, and moves nothing in the one that is closed.
    @Test(arguments: [true, false])
    func `of a closed month are posted in the open one, and its statement stays`(byRule: Bool) async throws {
        let hotel = try await Hotel(start: "2026-10-30T08:00:00Z")
        let (october, november) = (Month("2026-10")!, Month("2026-11")!)
        if !byRule { try await hotel.move("topup", 7000) }
        try await hotel.letPass(days: 3)
        try await hotel.sync()
        let closed: Statement = try await hotel.ledger.closeMonth(
            october, of: Hotel.id, reason: byRule ? nil : "from our bank", by: "accounting")
        if byRule {
            _ = try await hotel.ledger.addMovementRule(
                MovementSelection(type: "topup"), to: "bank", reason: "from our bank", of: Hotel.id, by: "accounting",
                once: Once<MovementRule, MovementRule>.unkeyed)
            // Stripe tells of it only now.
            let day = Instant("2026-10-31T10:00:00Z")!
            try await hotel.move("topup", 7000, ["created": Int(day.unixSeconds)])
            try await hotel.sync()
        } else {
            _ = try await hotel.ledger.assignMovements(
                MovementSelection(type: "topup"), to: "bank", reason: "from our bank", of: Hotel.id, by: "accounting",
                once: Once<AssignedMovements, AssignedMovements>.unkeyed)
        }
        #expect(try hotel.balance(.bank) == -7000)
        #expect(try hotel.ledger.statement(october, of: Hotel.id) == closed)
        func kinds(_ month: Month, _ date: JournalDate) throws -> [String] {
            var kinds: [String] = []
            try hotel.ledger.eachEntry(of: Hotel.id, in: month, by: date) { entry, _ in kinds.append(entry.kind) }
            return kinds
        }
        #expect(try kinds(october, .occurredOn) == ["suspense", "assignment"])
        #expect(try kinds(october, .postedAt) == [])
        #expect(try kinds(november, .postedAt) == ["suspense", "assignment"])
        try await hotel.expectAgreement()
    }
}

/// What Stripe cannot show is dismissed by accounting.
@Suite struct `What Stripe cannot show` {
    @Test func `is dismissed over HTTP and at the command line, by those who may`() async throws {
        let house = try await House(roles: ["admin", "accounting", "reception", "auditor"], tenants: ["seeblick"])
        // Whatever is listed last is odd: that is the fee.
        try await house.simulator.order(
            "POST", "/_sim/faults",
            ["route": "GET /v1/balance_transactions", "fault": "odd_number", "field": "data.0.amount", "value": "null", "times": 1000])
        let made = try await house.simulator.order(
            "POST", "/_sim/balance_transactions", ["type": "charge", "amount": 5000, "source": "charge", "unreadable": 500])
        let movement = try #require(made["id"] as? String)
        let fee = try await house.simulator.order("POST", "/_sim/balance_transactions", ["type": "stripe_fee", "amount": -100])
        let object = try #require(fee["id"] as? String)
        try await house.simulator.order("POST", "/_sim/objects/\(object)", ["unreadable": 500])
        try await house.sync()
        let reason: JSON = ["reason": "seen in the Dashboard"]
        for (list, id, code) in [
            ("movements", movement, "movement_not_dismissible"), ("unreadable", object, "unreadable_dismissed"),
        ] {
            let listed = try await house.send("GET", "/v1/tenants/seeblick/\(list)", as: "seeblick auditor").json["data"]
            #expect(listed?[0]?["id"]?.textValue == id && listed?[0]?["state"] == "waiting", "\(list)")
            let place = "/v1/tenants/seeblick/\(list)/\(id)/dismissal"
            for role in ["reception", "auditor"] {
                #expect(try await house.send("POST", place, as: "seeblick \(role)", reason).status == 403)
            }
            let blank = try await house.send("POST", place, as: "seeblick accounting", ["reason": ""])
            #expect(blank.status == 400 || blank.status == 422, "\(blank.text)")
            let done = try await house.send("POST", place, as: "seeblick accounting", reason, key: "dismiss-\(list)")
            #expect(done.status == 200 && done.json["dismissal_reason"] == "seen in the Dashboard", "\(done.text)")
            #expect(done.json["dismissed_by"]?.textValue?.hasPrefix("token:") == true, "\(done.text)")
            #expect(try await house.send("POST", place, as: "seeblick accounting", reason, key: "dismiss-\(list)").json == done.json)
            let again = try await house.send("POST", place, as: "seeblick accounting", reason)
            #expect(again.status == 409 && again.code == code && again.json["hint"]?.textValue != nil, "\(again.text)")
        }
        let unknown = try await house.send("POST", "/v1/tenants/seeblick/unreadable/txn_9/dismissal", as: "seeblick accounting", reason)
        #expect(unknown.status == 404 && unknown.code == "unreadable_not_found")
        let shown = try await house.succeed("unreadable", "list", "seeblick", "--state", "dismissed", "--format", "csv")
        #expect(shown.contains("\(object),dismissed,") && shown.contains("seen in the Dashboard"), "\(shown)")
        #expect(try await house.succeed("unreadable", "list", "seeblick").contains("No such objects."))
        for verb in [["movement", "dismiss", "seeblick", movement], ["unreadable", "dismiss", "seeblick", object]] {
            let told = try await house.run(verb + ["--reason", "again"])
            #expect(told.exit == 1 && told.isOneSentenceWithAHint, "\(told.errors)")
        }
        try await house.succeed("verify")
    }
}

/// Books are kept in the currency in which Stripe settles.
@Suite struct `A settlement currency` {
    @Test func `that the books are not kept in is refused when the key is set, and the old key stays`() async throws {
        let hotel = try await Hotel()
        try await hotel.simulator.order("POST", "/_sim/account", ["currency": "usd"], key: "sk_test_other")
        let refusal = await #expect(throws: ServiceRefusal.self) {
            try await hotel.ledger.setStripeAccount(of: Hotel.id, secretKey: "sk_test_other", by: "test")
        }
        #expect(refusal?.code == "settlement_currency")
        #expect(refusal?.message == "This Stripe account settles in USD, and the tenant's books are kept in EUR.")
        try await hotel.book("R-1")
        #expect(try hotel.folio("R-1").totals.held.minorUnits == 30000)
    }

    @Test func `that changes at Stripe is told with what to do, and 0.00 is never shown without a word`() async throws {
        let hotel = try await Hotel()
        try await hotel.simulator.order("POST", "/_sim/account", ["currency": "usd", "currencies": ["usd"]])
        try await hotel.book("R-1", card: nil, mode: .direct)
        try await hotel.guestPays("R-1")
        try await hotel.letPass(seconds: 10)
        try await hotel.sync()
        let notices = try hotel.ledger.tenantView(Hotel.id).notices.map(\.code)
        #expect(notices == ["settlement_currency"])
        let told = try await hotel.differences()
        #expect(told.contains { $0.object == "balance usd" && $0.cause == "Stripe settles payments of these books in usd" })
        let month = try hotel.ledger.monthView(of: Hotel.id)
        #expect(month.otherCurrencies.map(\.code) == ["usd"])
        #expect(month.otherCurrencies.first?.hasOurs == true)
    }
}
