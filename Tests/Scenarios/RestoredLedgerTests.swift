import Foundation
import JSON
import TestSupport
import Testing

/// A backup taken before money moved, brought back by the program's own verbs: nothing is taken twice, whoever tries.
@Suite struct `A restored ledger` {
    private let house: House

    init() async throws { house = try await House(tenants: ["seeblick"]) }

    /// What each guest has paid in the end, by Stripe's own lists.
    private func paid() async throws -> [String: Int] {
        var sums: [String: Int] = [:]
        var owners: [String: String] = [:]
        let intents = try await house.simulator.order("GET", "/v1/payment_intents?limit=100")["data"] as? [[String: Any]] ?? []
        for intent in intents {
            let reference = (intent["metadata"] as? [String: String])?["reference"] ?? "?"
            owners[intent["id"] as? String ?? ""] = reference
            sums[reference, default: 0] += intent["amount_received"] as? Int ?? 0
        }
        let refunds = try await house.simulator.order("GET", "/v1/refunds?limit=100")["data"] as? [[String: Any]] ?? []
        for refund in refunds {
            sums[owners[refund["payment_intent"] as? String ?? ""] ?? "?", default: 0] -= refund["amount"] as? Int ?? 0
        }
        return sums.filter { $0.value != 0 }
    }

    private func held() async throws -> Int {
        let intents = try await house.simulator.order("GET", "/v1/payment_intents?limit=100")["data"] as? [[String: Any]] ?? []
        return intents.reduce(0) { $0 + ($1["amount_capturable"] as? Int ?? 0) }
    }

    private func backUp() async throws -> String {
        let copy = house.folder.file("backup.db")
        try await house.succeed("backup", copy)
        return copy
    }

    /// Brings the backup back; nobody serves the file from here on.
    private func restore(_ copy: String) async throws {
        try await house.simulator.letPass(seconds: 60)
        _ = await house.service.stop()
        try await house.succeed("restore", copy, "--replace")
    }

    /// The verb says no in a sentence with a hint, and nothing moves at Stripe.
    private func refuse(_ arguments: String..., saying: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let before = (try await paid(), try await held())
        let run = try await house.run(arguments)
        #expect(run.exit == 1 && run.isOneSentenceWithAHint, "\(arguments): \(run.errors)\(run.output)", sourceLocation: sourceLocation)
        #expect(run.errors.contains(saying), "\(run.errors)", sourceLocation: sourceLocation)
        let after = (try await paid(), try await held())
        #expect(before == after, "something moved at Stripe", sourceLocation: sourceLocation)
    }

    private func plan(_ reference: String) async throws -> String {
        let shown = try await house.succeed("check-out", "seeblick", reference, "--format", "json")
        return String(try #require(shown.firstMatch(of: /"plan":{"id":"([0-9a-f]+)"/), "\(shown)").1)
    }

    private func checkOut(_ reference: String) async throws {
        try await house.succeed("check-out", "seeblick", reference, "--execute", try await plan(reference))
    }

    /// At the command line: nobody serves the file.
    private func charge(_ reference: String, _ price: String) async throws {
        try await house.succeed(
            "catalogue", "set", "seeblick", "night", "--description", "Night", "--price", price, "--category", "lodging")
        try await house.succeed("line", "add", "seeblick", reference, "night")
    }

    private func show(_ reference: String) async throws -> String {
        try await house.succeed("folio", "show", "seeblick", reference, "--format", "json")
    }

    @Test func `takes nothing twice: what Stripe has in the end is what was due`() async throws {
        var due: [String: Int] = [:]
        // Held 300.00: the bill is within it, or beyond it.
        for number in 1...5 {
            for (name, bill) in [("A", 25000), ("B", 34330)] {
                try await house.guestPays(try await house.book("\(name)-\(number)"))
                try await house.charge("\(name)-\(number)", bill)
                due["\(name)-\(number)"] = bill
            }
            // Paid 100.00 ahead: more comes on a page, or some of it goes back.
            for (name, bill) in [("C", 18000), ("D", 7000)] {
                try await house.guestPays(try await house.book("\(name)-\(number)", amount: 10000, mode: "direct"))
                try await house.charge("\(name)-\(number)", bill)
                due["\(name)-\(number)"] = bill
            }
        }
        try await house.sync()
        let copy = try await backUp()
        for number in 1...5 {
            let more = try await house.send("POST", "/v1/tenants/seeblick/folios/C-\(number)/payments", ["amount": 8000])
            #expect(more.status == 201, "\(more.text)")
            try await house.guestPays(more)
        }
        try await house.sync()
        for reference in due.keys.sorted() {
            let closed = try await house.checkOut(reference)
            #expect(closed.json["state"] == "checked_out", "\(reference): \(closed.text)")
        }
        #expect(try await paid() == due)
        try await restore(copy)
        for reference in ["A-1", "B-1", "C-1", "D-1"] {
            try await refuse(
                "check-out", "seeblick", reference, "--execute", try await plan(reference), saying: "Stripe has not been read since")
        }
        try await refuse(
            "folio", "open", "seeblick", "N-1", "--guest", "Nora Neu", "--arrival", "2026-11-18", "--departure", "2026-11-20", "--pay",
            "reserved", "--amount", "300.00", saying: "Stripe has not been read since")
        try await refuse("reconcile", "--repair", saying: "Stripe has not been read since")
        #expect(try await house.succeed("tenant", "show", "seeblick").contains("No money is taken before `sync` has run"))
        try await house.succeed("sync")
        #expect(try await house.succeed("tenant", "show", "seeblick").contains("No money is taken on their folios until"))
        #expect(try await show("B-1").contains("\"found_objects\":[{"), "it is shown on the folio")
        for reference in ["B-1", "C-1"] {
            try await refuse(
                "check-out", "seeblick", reference, "--execute", try await plan(reference), saying: "made after the restored backup")
        }
        try await refuse("hold", "ask", "seeblick", "B-2", "--amount", "50.00", saying: "made after the restored backup")
        let repaired = try await house.succeed("reconcile", "--repair")
        #expect(repaired.contains("these books made it after the restored backup"), "\(repaired)")
        #expect(try await paid() == due, "a repair moves no money")
        for reference in due.keys.sorted() { try await checkOut(reference) }
        #expect(try await paid() == due)
        #expect(try await held() == 0)
        try await house.succeed("sync")
        try await house.succeed("reconcile")
        try await house.succeed("verify")
        #expect(!(try await house.succeed("tenant", "show", "seeblick").contains("Notices")))
        let again = try await house.succeed("reconcile", "--repair")
        #expect(again.contains("Nothing had to be repaired."), "\(again)")
    }

    @Test func `withdraws a page that was made after the backup and that nobody has paid on`() async throws {
        try await house.guestPays(try await house.book("R-1"))
        try await house.charge("R-1", 34330)
        try await house.sync()
        let copy = try await backUp()
        let page = try await house.send("POST", "/v1/tenants/seeblick/folios/R-1/payments", ["amount": 4330])
        try await restore(copy)
        try await house.succeed("sync")
        try await refuse("check-out", "seeblick", "R-1", "--execute", try await plan("R-1"), saying: "made after the restored backup")
        try await house.succeed("reconcile", "--repair")
        let session = try #require(page.json["payment_url"]?.textValue?.firstMatch(of: /cs_[A-Za-z0-9_]+/)).0
        #expect(try await house.simulator.order("GET", "/v1/checkout/sessions/\(session)")["status"] as? String == "expired")
        try await checkOut("R-1")
        #expect(try await paid() == ["R-1": 34330])
    }

    /// The refund's payment was made after the backup, and is not taken in yet: that it is not there is no last word.
    @Test func `keeps no "not there" under a key that gave money back after the backup`() async throws {
        try await house.guestPays(try await house.book("R-1", amount: 10700, mode: "direct"))
        try await house.charge("R-1", 15700)
        try await house.sync()
        let copy = try await backUp()
        try await house.guestPays(try await house.send("POST", "/v1/tenants/seeblick/folios/R-1/payments", ["amount": 5000]))
        try await house.guestPays(try await house.book("R-9", amount: 10700, mode: "direct"))
        try await house.sync()
        func giveBack(_ path: String, key: String, _ service: String? = nil) async throws -> House.Answer {
            try await house.send(
                "POST", "/v1/tenants/seeblick/folios/\(path)/refunds", ["amount": 1500, "reason": "noise", "bill": "unchanged"], key: key,
                service: service)
        }
        #expect(try await giveBack("R-1/payments/2", key: "k1").status == 201)
        #expect(try await giveBack("R-9/payments/1", key: "k9").status == 201)
        try await restore(copy)
        try await house.succeed("sync")
        let service = try await house.serve()
        for (path, key) in [("R-1/payments/2", "k1"), ("R-9/payments/1", "k9")] {
            let early = try await giveBack(path, key: key, service.url)
            #expect(early.status == 503 && early.code == "found_object", "\(early.text)")
        }
        try await house.succeed(
            "folio", "open", "seeblick", "R-9", "--guest", "Anna Weiss", "--arrival", "2026-11-18", "--departure", "2026-11-20", "--pay",
            "direct", "--amount", "107.00")
        try await charge("R-9", "107.00")
        try await house.succeed("reconcile", "--repair")
        for (path, key) in [("R-1/payments/2", "k1"), ("R-9/payments/1", "k9")] {
            #expect(try await giveBack(path, key: key, service.url).code == "found_refund")
            let decided = try await house.send(
                "POST", "/v1/tenants/seeblick/folios/\(path.prefix(3))/refunds/1/decision", ["bill": "charge_again"], service: service.url)
            #expect(decided.status == 200, "\(decided.text)")
            let again = try await giveBack(path, key: key, service.url)
            #expect(again.status == 201, "\(again.text)")
        }
        #expect(try await paid() == ["R-1": 15700 - 1500, "R-9": 10700 - 1500])
    }

    /// A shop copies what a page says of itself; then the page is older news than the file.
    @Test func `takes no stranger's payment for one of its own, whatever it has copied from a page made after the backup`() async throws {
        let copy = try await backUp()
        let page = try await house.book("R-1")
        let session = try #require(page.json["payment_url"]?.textValue?.firstMatch(of: /cs_[A-Za-z0-9_]+/)).0
        let says = try await house.simulator.order("GET", "/v1/checkout/sessions/\(session)")["metadata"] as? [String: String] ?? [:]
        let stranger = try await house.simulator.order(
            form: "/v1/payment_intents",
            "amount=30000&currency=eur&payment_method=pm_card_visa&confirm=true&capture_method=manual&payment_method_types[0]=card"
                + says.map { "&metadata[\($0.key)]=\($0.value)" }.joined())
        let id = try #require(stranger["id"] as? String)
        try await restore(copy)
        try await house.succeed("sync")
        try await house.succeed(
            "folio", "open", "seeblick", "R-1", "--guest", "Anna Weiss", "--arrival", "2026-11-18", "--departure", "2026-11-20", "--pay",
            "reserved", "--amount", "300.00")
        let told = try await house.verb("reconcile", "--repair")
        #expect(told.output.contains("made outside this ledger") && told.output.contains("no money has moved"), "\(told.output)")
        let folio = try await show("R-1")
        #expect(!folio.contains(id) && !folio.contains("authorised"), "\(folio)")
        #expect(folio.contains("\"found_objects\":[]"), "\(folio)")
        #expect(try await house.simulator.order("GET", "/v1/payment_intents/\(id)")["status"] as? String == "requires_capture")
        #expect(try await house.simulator.order("GET", "/v1/checkout/sessions/\(session)")["status"] as? String == "expired")
    }

    @Test func `opens a folio again that came after the backup, and takes in what it held before`() async throws {
        let copy = try await backUp()
        try await house.guestPays(try await house.book("R-1"))
        try await house.sync()
        try await restore(copy)
        try await house.succeed("sync")
        let told = try await house.verb("reconcile", "--repair")
        #expect(told.exit == 1 && told.output.contains("open it again"), "\(told.output)")
        let opened = try await house.succeed(
            "folio", "open", "seeblick", "R-1", "--guest", "Anna Weiss", "--arrival", "2026-11-18", "--departure", "2026-11-20", "--pay",
            "reserved", "--amount", "300.00", "--format", "json")
        #expect(!opened.contains("checkout") && opened.contains("\"code\":\"found_object\""), "no second page: \(opened)")
        try await charge("R-1", "343.30")
        try await refuse("check-out", "seeblick", "R-1", "--execute", try await plan("R-1"), saying: "made after the restored backup")
        #expect(try await held() == 30000)
        try await house.succeed("reconcile", "--repair")
        #expect(try await show("R-1").contains("\"state\":\"authorised\""))
        try await checkOut("R-1")
        #expect(try await paid() == ["R-1": 34330], "captured, and the rest from the same guest's card")
        #expect(try await held() == 0)
        try await house.succeed("sync")
        try await house.succeed("reconcile")
    }

    private func holds(_ reference: String) async throws -> [JSON] {
        let folio = try #require(JSON(parsing: Array(try await show(reference).utf8)))
        return folio["holds"]?.arrayValue ?? []
    }

    /// The file is lost while old holds and those in their places are held: the old ones are let go, and nothing is taken of them.
    @Test func `puts holds that took others' places after the backup in their places`() async throws {
        for reference in ["R-1", "R-3"] { try await house.guestPays(try await house.book(reference)) }
        try await house.sync()
        let copy = try await backUp()
        func raise(_ reference: String) async throws {
            let raised = try await house.send("POST", "/v1/tenants/seeblick/folios/\(reference)/holds/1/raise", ["amount": 40000])
            #expect(raised.status == 200 && raised.json["totals"]?["held"]?.intValue == 40000, "\(raised.text)")
        }
        // R-3 lets its old hold go before the file is lost.
        try await raise("R-3")
        try await house.guestPays(try await house.book("R-2"))
        try await house.sync()
        try await house.simulator.order(
            "POST", "/_sim/faults", ["fault": "unavailable", "route": "POST /v1/payment_intents/{id}/cancel", "times": 1000])
        for reference in ["R-1", "R-2"] { try await raise(reference) }
        #expect(try await held() == 40000 + 2 * 70000)
        try await restore(copy)
        try await house.simulator.order("POST", "/_sim/faults", ["clear": true])
        try await house.succeed("sync")
        try await house.succeed(
            "folio", "open", "seeblick", "R-2", "--guest", "Anna Weiss", "--arrival", "2026-11-18", "--departure", "2026-11-20", "--pay",
            "reserved", "--amount", "300.00")
        try await house.succeed("reconcile", "--repair")
        #expect(try await held() == 3 * 40000, "what each raise has put in the old one's place")
        for reference in ["R-1", "R-2"] {
            let holds = try await holds(reference)
            #expect(
                holds.map { $0["chain"]?.intValue } == [1, 1] && holds.map { $0["replaced_by"]?.intValue } == [2, nil], "\(reference)")
            #expect(holds.map { $0["state"]?.textValue } == ["released", "authorised"], "\(reference)")
            #expect(holds.map { $0["held"]?.intValue } == [0, 40000])
        }
        #expect(try await holds("R-3").map { $0["state"]?.textValue } == ["released", "authorised"])
        #expect(!(try await show("R-3").contains("released_at_stripe")), "these books let it go")
        for reference in ["R-1", "R-2", "R-3"] {
            try await charge(reference, "450.00")
            try await checkOut(reference)
        }
        #expect(try await paid() == ["R-1": 45000, "R-2": 45000, "R-3": 45000])
        let intents = try await house.simulator.order("GET", "/v1/payment_intents?limit=100")["data"] as? [[String: Any]] ?? []
        let received = intents.compactMap { $0["amount_received"] as? Int }.filter { $0 > 0 }
        #expect(received.sorted() == [5000, 5000, 5000, 40000, 40000, 40000], "the new hold as a whole, and the rest from the card")
        #expect(try await held() == 0)
        try await house.succeed("sync")
        try await house.succeed("reconcile")
        try await house.succeed("verify")
    }

    /// Its money is there, whatever the guest's consent says by now.
    @Test func `takes in a late charge that is entered as it was, also when the days of the card are over`() async throws {
        try await house.guestPays(try await house.book("R-1"))
        try await house.sync()
        try await house.charge("R-1", 10000)
        #expect(try await house.checkOut("R-1").status == 200)
        let copy = try await backUp()
        let beer: JSON = ["category": "minibar", "description": "Bier", "unit_amount": 420]
        let made = try await house.send("POST", "/v1/tenants/seeblick/folios/R-1/late-charges", ["lines": [beer]])
        #expect(made.status == 201 && made.json["reference"] == "R-1-L1", "\(made.text)")
        try await restore(copy)
        try await house.simulator.letPass(seconds: 20 * 86_400)
        try await house.succeed("sync")
        let told = try await house.verb("reconcile", "--repair")
        let words = told.output.replacing(/\s+/, with: " ")
        #expect(told.exit == 1 && words.contains("late charge \"R-1-L1\""), "\(told.output)")
        try await refuse(
            "folio", "open", "seeblick", "R-1-L1", "--guest", "Anna Weiss", "--arrival", "2026-11-18", "--departure", "2026-11-20",
            "--pay", "direct", "--amount", "4.20", saying: "is a late charge of \"R-1\"")
        // It waits for what was found, so nothing is taken yet.
        let entered = try await house.run([
            "late-charge", "seeblick", "R-1", "--category", "minibar", "--description", "Bier", "--price", "4.20",
        ])
        #expect(!entered.errors.contains("cannot be charged"), "\(entered.errors)")
        #expect(try await show("R-1-L1").contains("\"found_objects\":[{"))
        try await house.succeed("reconcile", "--repair")
        try await checkOut("R-1-L1")
        #expect(try await paid() == ["R-1": 10000, "R-1-L1": 420])
        try await house.succeed("sync")
        try await house.succeed("verify")
    }

    @Test func `asks for the lines that are missing before it takes in what was charged for them`() async throws {
        try await house.guestPays(try await house.book("R-1"))
        try await house.charge("R-1", 30000)
        try await house.sync()
        let copy = try await backUp()
        try await house.charge("R-1", 4330)
        #expect(try await house.checkOut("R-1").json["state"] == "checked_out")
        try await restore(copy)
        try await house.succeed("sync")
        let told = try await house.verb("reconcile", "--repair")
        #expect(told.exit == 1 && told.output.replacing(/\s+/, with: " ").contains("missing since"), "\(told.output)")
        #expect(try await paid() == ["R-1": 34330])
        try await charge("R-1", "43.30")
        try await house.succeed("reconcile", "--repair")
        try await checkOut("R-1")
        #expect(try await paid() == ["R-1": 34330])
    }

    /// The bill was lowered after the guest had paid, and the bank takes no refund any more: the lines never come to what was taken.
    @Test func `takes in more than is open when somebody accepts it, and owes the rest to the guest`() async throws {
        try await house.guestPays(try await house.book("R-1"))
        try await house.charge("R-1", 21400)
        try await house.sync()
        let copy = try await backUp()
        let more = try await house.send("POST", "/v1/tenants/seeblick/folios/R-1/payments", ["amount": 40000])
        try await house.guestPays(more)
        try await house.sync()
        let intent = try await house.folio("R-1")["payments"]?[0]?["payment_intent"]?.textValue ?? ""
        try await restore(copy)
        try await house.succeed("sync")
        let told = try await house.verb("reconcile", "--repair")
        #expect(told.exit == 1 && told.output.replacing(/\s+/, with: " ").contains("found accept"), "\(told.output)")
        try await refuse("found", "accept", "seeblick", "pi_unknown", "--reason", "x", saying: "waits for a decision")
        try await refuse("found", "accept", "seeblick", intent, "--reason", " ", saying: "needs a reason")
        #expect(try await house.succeed("found", "list", "seeblick").contains(intent))
        try await house.succeed("found", "accept", "seeblick", intent, "--reason", "all lines are there")
        #expect(try await house.succeed("found", "list", "seeblick").contains("No found objects."))
        #expect(try await paid() == ["R-1": 40000], "taking it in moves no money")
        try await checkOut("R-1")
        #expect(try await paid() == ["R-1": 21400])
        #expect(try await held() == 0)
        try await house.succeed("sync")
        try await house.succeed("reconcile")
        try await house.succeed("verify")
    }

    /// The caller repeats, with its key, what it got an answer to before the backup was brought back.
    @Test func `gives nothing back a second time before somebody has decided about the first`() async throws {
        try await house.guestPays(try await house.book("R-1", amount: 10700, mode: "direct"))
        try await house.charge("R-1", 10700)
        try await house.sync()
        let copy = try await backUp()
        func giveBack(_ service: String? = nil) async throws -> House.Answer {
            try await house.send(
                "POST", "/v1/tenants/seeblick/folios/R-1/payments/1/refunds", ["amount": 2000, "reason": "noise", "bill": "lowered"],
                key: "back", service: service)
        }
        #expect(try await giveBack().status == 201)
        try await restore(copy)
        try await house.succeed("sync")
        let service = try await house.serve()
        let again = try await giveBack(service.url)
        #expect(again.status == 503 && again.code == "found_refund" && again.json["hint"]?.textValue?.isEmpty == false, "\(again.text)")
        #expect(try await paid() == ["R-1": 8700])
        let decided = try await house.send(
            "POST", "/v1/tenants/seeblick/folios/R-1/refunds/1/decision", ["bill": "lowered"], service: service.url)
        #expect(decided.status == 200 && decided.json["totals"]?["open"] == 0, "\(decided.text)")
        #expect(try await paid() == ["R-1": 8700])
    }

    /// One key, one outcome, also where the file has lost the request: what it made at Stripe says which request it was.
    @Test(arguments: ["lowered", "unchanged"])
    func `answers the key of a refund that it forgot with that refund, and another key with another refund`(bill: String) async throws {
        try await house.guestPays(try await house.book("R-1", amount: 10700, mode: "direct"))
        try await house.charge("R-1", 10700)
        try await house.sync()
        let copy = try await backUp()
        func giveBack(_ key: String, _ amount: Int = 2000, _ service: String? = nil) async throws -> House.Answer {
            try await house.send(
                "POST", "/v1/tenants/seeblick/folios/R-1/payments/1/refunds",
                ["amount": .int(amount), "reason": "noise", "bill": .text(bill)], key: key, service: service)
        }
        #expect(try await giveBack("back").status == 201)
        try await restore(copy)
        try await house.succeed("sync")
        let service = try await house.serve()
        for key in ["back", "other"] {
            let early = try await giveBack(key, 2000, service.url)
            #expect(early.status == 503 && early.code == "found_refund", "\(key): \(early.text)")
        }
        let decided = try await house.send(
            "POST", "/v1/tenants/seeblick/folios/R-1/refunds/1/decision", ["bill": bill == "lowered" ? "lowered" : "charge_again"],
            service: service.url)
        #expect(decided.status == 200, "\(decided.text)")
        let changed = try await giveBack("back", 2100, service.url)
        #expect(changed.status == 409 && changed.code == "idempotency_key_reused", "\(changed.text)")
        for _ in 1...2 {
            let again = try await giveBack("back", 2000, service.url)
            #expect(again.status == 201 && again.json["refunds"]?.arrayValue?.count == 1, "\(again.text)")
        }
        #expect(try await paid() == ["R-1": 8700])
        let more = try await giveBack("other", 2000, service.url)
        #expect(more.status == 201 && more.json["refunds"]?.arrayValue?.count == 2, "\(more.text)")
        #expect(try await paid() == ["R-1": 6700])
    }

    /// On a closed folio nobody decides anything: the refund that is found goes with the key at once.
    @Test func `answers the key of a refund after check-out with that refund`() async throws {
        try await house.guestPays(try await house.book("R-1"))
        try await house.sync()
        try await house.charge("R-1", 10700)
        #expect(try await house.checkOut("R-1").json["state"] == "checked_out")
        try await house.sync()
        let copy = try await backUp()
        func giveBack(_ key: String, _ service: String? = nil) async throws -> House.Answer {
            try await house.send(
                "POST", "/v1/tenants/seeblick/folios/R-1/payments/1/refunds", ["amount": 2000, "reason": "noise"], key: key,
                service: service)
        }
        #expect(try await giveBack("back").status == 201)
        try await restore(copy)
        try await house.succeed("sync")
        let service = try await house.serve()
        let again = try await giveBack("back", service.url)
        #expect(again.status == 201 && again.json["refunds"]?.arrayValue?.count == 1, "\(again.text)")
        #expect(try await paid() == ["R-1": 8700])
        #expect(try await giveBack("other", service.url).status == 201)
        #expect(try await paid() == ["R-1": 6700])
    }

    /// A page and a hold that a program asked for, and that the guest used, both after the backup.
    @Test(arguments: ["payments", "holds"])
    func `asks no guest twice for what a key asked for before the restore`(route: String) async throws {
        try await house.guestPays(try await house.book("R-1"))
        try await house.charge("R-1", 34330)
        try await house.sync()
        let copy = try await backUp()
        func ask(_ key: String, _ service: String? = nil) async throws -> House.Answer {
            try await house.send("POST", "/v1/tenants/seeblick/folios/R-1/\(route)", ["amount": 4330], key: key, service: service)
        }
        let first = try await ask("more")
        try await house.guestPays(first)
        try await house.sync()
        let (sum, kept) = (try await paid(), try await held())
        try await restore(copy)
        try await house.succeed("sync")
        let service = try await house.serve()
        let early = try await ask("more", service.url)
        #expect(early.status == 503 && early.code == "found_object", "\(early.text)")
        try await house.succeed("found", "accept", "seeblick", try await foundObject(service), "--reason", "the same guest")
        for _ in 1...2 {
            let again = try await ask("more", service.url)
            #expect(again.status == 201 && again.json["payment_url"]?.textValue == nil, "no second page: \(again.text)")
            #expect(again.json["found_objects"]?.arrayValue?.isEmpty != false)
        }
        #expect(try await paid() == sum)
        #expect(try await held() == kept)
        let more = try await ask("other", service.url)
        #expect(more.status == 201 && more.json["payment_url"]?.textValue != nil, "\(more.text)")
    }

    private func foundObject(_ service: ServiceProcess) async throws -> String {
        let shown = try await house.send("GET", "/v1/tenants/seeblick/folios/R-1", service: service.url).json
        return try #require(shown["found_objects"]?[0]?["id"]?.textValue, "\(shown)")
    }

    /// The backup lies between two steps of a check-out: the charge that follows was made, and the file does not know it.
    @Test func `carries on a check-out without doing a step again`() async throws {
        try await house.guestPays(try await house.book("R-1"))
        try await house.charge("R-1", 34330)
        try await house.sync()
        try await house.simulator.order(
            "POST", "/_sim/faults", ["route": "POST /v1/payment_intents/{id}/capture", "fault": "cut_before_effect", "times": 20])
        let stuck = try await house.checkOut("R-1")
        #expect(stuck.status == 503 || stuck.status == 202, "\(stuck.text)")
        let copy = try await backUp()
        try await house.simulator.order("POST", "/_sim/faults", ["clear": true])
        try await house.sync()
        #expect(try await paid() == ["R-1": 34330])
        try await restore(copy)
        try await house.succeed("sync")
        try await house.succeed("reconcile", "--repair")
        #expect(try await paid() == ["R-1": 34330])
        #expect(try await show("R-1").contains("\"state\":\"checked_out\""))
    }

    /// Nothing is decided while something that was found waits, so the answer is nobody's last: the same key is good once it is taken in.
    @Test func `answers 503 while something found waits, and the same key with its outcome afterwards`() async throws {
        try await house.guestPays(try await house.book("R-1"))
        try await house.charge("R-1", 34330)
        try await house.sync()
        let copy = try await backUp()
        #expect(try await house.checkOut("R-1").json["state"] == "checked_out")
        try await restore(copy)
        try await house.succeed("sync")
        let service = try await house.serve()
        let place = "/v1/tenants/seeblick/folios/R-1"
        let shown = try await house.send("GET", place, service: service.url).json
        #expect(shown["found_objects"]?[0]?["amount"] == 4330 && shown["found_objects"]?[0]?["state"] == "captured", "\(shown)")
        #expect(shown["warnings"]?.arrayValue?.contains { $0["code"] == "found_object" } == true, "\(shown)")
        let asked: [(String, JSON)] = [
            ("/holds", ["amount": 5000]), ("/payments", ["amount": 5000]), ("/cancellation", ["fee": 1000, "reason": "x"]),
        ]
        for (route, body) in asked {
            let told = try await house.send("POST", place + route, body, service: service.url)
            #expect(told.status == 503 && told.code == "found_object", "\(route): \(told.text)")
        }
        func out(_ plan: String) async throws -> House.Answer {
            try await house.send("POST", place + "/check-out", ["plan": .text(plan)], key: "one", service: service.url)
        }
        let early = try await house.send("GET", place + "/check-out", service: service.url).json["plan"]?["id"]?.textValue ?? ""
        for _ in 1...2 {
            let told = try await out(early)
            #expect(told.status == 503 && told.code == "found_object", "\(told.text)")
        }
        #expect(try await paid() == ["R-1": 34330])
        try await house.succeed("reconcile", "--repair")
        let told = try await out(early)
        #expect(told.status == 409 && told.code == "plan_changed", "what is due is something else now: \(told.text)")
        let plan = try await house.send("GET", place + "/check-out", service: service.url).json["plan"]?["id"]?.textValue ?? ""
        let done = try await house.send("POST", place + "/check-out", ["plan": .text(plan)], service: service.url)
        #expect(done.status == 200 && done.json["state"] == "checked_out", "\(done.text)")
        #expect(try await paid() == ["R-1": 34330])
    }

    /// The card was saved before the backup; the hold on it came with its day, after the backup.
    @Test func `places no hold again that was placed after the backup`() async throws {
        try await house.guestPays(try await house.book("R-1", isAhead: true))
        try await house.sync()
        let copy = try await backUp()
        try await house.simulator.letPass(seconds: 22 * 86_400)
        try await house.sync()
        #expect(try await held() == 30000)
        try await restore(copy)
        try await house.succeed("sync")
        #expect(try await held() == 30000)
        try await house.succeed("reconcile", "--repair")
        try await house.succeed("sync")
        #expect(try await held() == 30000)
        #expect(try await show("R-1").matches(of: /"state":"authorised"/).count == 1)
        try await charge("R-1", "250.00")
        try await checkOut("R-1")
        #expect(try await paid() == ["R-1": 25000])
        #expect(try await held() == 0)
    }

    /// What was found was given back in part, and contested, before it is taken in.
    @Test func `takes in a payment with what became of it since`() async throws {
        try await house.guestPays(try await house.book("R-1"))
        try await house.charge("R-1", 34330)
        try await house.sync()
        let copy = try await backUp()
        #expect(try await house.checkOut("R-1").json["state"] == "checked_out")
        let payment = try await house.folio("R-1")["payments"]?[1]?["payment_intent"]?.textValue ?? ""
        let intent = try await house.simulator.order("GET", "/v1/payment_intents/\(payment)")
        _ = try await house.simulator.order(form: "/v1/refunds", "payment_intent=\(payment)&amount=1000")
        try await house.simulator.order("POST", "/_sim/charges/\(intent["latest_charge"] ?? "")/dispute", ["reason": "fraudulent"])
        try await restore(copy)
        try await house.succeed("sync")
        #expect(!(try await house.succeed("journal", "seeblick", "--format", "json").contains("\"kind\":\"dispute\"")))
        try await house.succeed("reconcile", "--repair")
        let journal = try await house.succeed("journal", "seeblick", "--format", "json")
        for (kind, count) in [("payment", 2), ("refund", 1), ("dispute", 1)] {
            #expect(journal.matches(of: try Regex("\"kind\":\"\(kind)\"")).count == count, "\(kind)")
        }
        try await house.succeed("reconcile")
        try await house.succeed("verify")
    }

    /// The backup lies between a link that was made and its answer; by the time it is brought back, Stripe has forgotten the key.
    @Test func `takes in a payment with what fraud prevention and its bank said of it`() async throws {
        try await house.guestPays(try await house.book("R-1", amount: 10700, mode: "direct"))
        try await house.charge("R-1", 15700)
        try await house.sync()
        let copy = try await backUp()
        let page = try await house.send("POST", "/v1/tenants/seeblick/folios/R-1/payments", ["amount": 5000])
        try await house.guestPays(page, card: "4000000000009235")
        let intents = try await house.simulator.order("GET", "/v1/payment_intents?limit=1")["data"] as? [[String: Any]]
        let charge = try #require(intents?.first?["latest_charge"] as? String)
        try await house.simulator.order("POST", "/_sim/charges/\(charge)/review", [:])
        try await house.simulator.order("POST", "/_sim/charges/\(charge)/early_fraud_warning", [:])
        try await house.sync()
        try await restore(copy)
        // The events come again, before their payment is in the books.
        try await house.succeed("sync")
        #expect(try await !show("R-1").contains("\"code\":\"fraud_warning\""))
        try await house.succeed("reconcile", "--repair")
        let shown = try await show("R-1")
        #expect(shown.contains("\"level\":\"elevated\"") && shown.contains("\"review\":{\"id\":\"prv_"), "\(shown)")
        #expect(shown.contains("\"fraud_warning\":{\"id\":\"issfr_") && shown.contains("\"code\":\"fraud_warning\""), "\(shown)")
    }

    @Test func `makes no second page for a link that had no answer at the backup and that the guest has paid`() async throws {
        _ = try await house.book("R-1", mode: "direct")
        try await house.charge("R-1", 34330)
        try await house.simulator.order(
            "POST", "/_sim/faults", ["route": "POST /v1/checkout/sessions", "fault": "effect_then_no_answer", "times": 100])
        let stuck = try await house.checkOut("R-1")
        #expect(stuck.status == 503, "\(stuck.text)")
        let copy = try await backUp()
        func pages() async throws -> [[String: Any]] {
            try await house.simulator.order("GET", "/v1/checkout/sessions?limit=100")["data"] as? [[String: Any]] ?? []
        }
        let made = try await pages()
        let link = try #require(made.first(where: { $0["status"] as? String == "open" })?["url"] as? String)
        try await house.simulator.pay(page: link, card: "4242424242424242", of: "seeblick")
        try await house.simulator.letPass(seconds: 25 * 3600)
        try await restore(copy)
        try await house.simulator.order("POST", "/_sim/faults", ["clear": true])
        try await house.succeed("sync")
        #expect(try await pages().count == made.count)
        #expect(try await paid() == ["R-1": 34330])
        #expect(try await show("R-1").contains("\"state\":\"checked_out\""))
        try await house.succeed("reconcile")
        try await house.succeed("verify")
    }

    @Test func `is read by the service itself, which answers 503 until then`() async throws {
        try await house.guestPays(try await house.book("R-1"))
        try await house.charge("R-1", 25000)
        try await house.sync()
        let copy = try await backUp()
        try await restore(copy)
        // Stripe is away when the service starts.
        try await house.simulator.order("POST", "/_sim/faults", ["route": "GET /v1/events", "fault": "unavailable", "times": 10_000])
        let service = try await house.serve()
        let place = "/v1/tenants/seeblick/folios/R-1/check-out"
        let plan = try await house.send("GET", place, service: service.url).json["plan"]?["id"]?.textValue ?? ""
        let told = try await house.send("POST", place, ["plan": .text(plan)], key: "one", service: service.url)
        #expect(told.status == 503 && told.code == "sync_required", "\(told.text)")
        #expect(try await held() == 30000)
        try await house.simulator.order("POST", "/_sim/faults", ["clear": true])
        try await house.sync()
        let done = try await house.send("POST", place, ["plan": .text(plan)], key: "one", service: service.url)
        #expect(done.status == 200, "the same key is good again: \(done.text)")
        #expect(try await paid() == ["R-1": 25000])
    }
}
