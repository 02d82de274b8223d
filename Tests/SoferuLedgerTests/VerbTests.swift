import Foundation
import TestSupport
import Testing

/// What the verbs print, to the letter where programs read it.
@Suite struct `Verbs` {
    private static let all = [
        "tenant add", "tenant set", "tenant list", "tenant show", "tenant stripe", "tenant fee-note", "token create", "token list",
        "token revoke", "user add",
        "user list", "user password", "user disable", "catalogue set", "catalogue list", "folio open", "folio show",
        "folio list", "folio cancel", "folio no-show", "line add", "line allowance", "line reverse", "hold ask", "hold release",
        "hold renew", "hold raise", "hold ending",
        "payment ask",
        "payment refund",
        "refund decide",
        "check-out", "document show", "statement", "checklist", "open-items", "payout list", "payout show", "movement booked",
        "dispute list", "dispute show", "dispute write-off", "movement list", "movement assign", "movement dismiss", "rule list",
        "rule add", "rule end",
        "unreadable list", "unreadable dismiss", "journal",
        "verify", "sync", "reconcile", "operation list", "operation retry", "operation dismiss",
        "backup", "restore", "migrate",
    ]

    @Test func `explain themselves with an example`() async throws {
        let desk = try await Desk()
        for verb in Self.all {
            let help = try await desk.run(verb.split(separator: " ").map(String.init) + ["--help"])
            #expect(help.exit == 0, "\(verb): \(help.errors)")
            let example = try #require(help.output.split(separator: "Example", maxSplits: 1).last, "\(verb)")
            #expect(example.contains("soferu-ledger \(verb)"), "\(verb): \(help.output)")
        }
        let help = try await desk.replay(["bookings", "--help"])
        #expect(help.exit == 0 && help.output.contains("ledger-replay bookings bookings.csv --tenant seeblick"), "\(help.output)")
    }

    @Test func `list tenants in three formats`() async throws {
        let desk = try await Desk()
        #expect(
            try await desk.succeed("tenant", "list") == """
                Id        Name            Currency  Time zone
                --------  --------------  --------  -------------
                seeblick  Hotel Seeblick  eur       Europe/Berlin

                """)
        let json = try await desk.succeed("tenant", "list", "--format", "json")
        #expect(
            json.hasPrefix(#"{"data":[{"id":"seeblick","name":"Hotel Seeblick","currency":"eur","time_zone":"Europe/Berlin","#)
                && json.hasSuffix("],\"next\":null}\n"), "\(json)")
        let csv = try await desk.succeed("tenant", "list", "--format", "csv").split(separator: "\r\n")
        #expect(csv.count == 2 && csv[0].hasPrefix("id,name,currency,time_zone,"), "\(csv)")
        #expect(csv.last?.hasPrefix("seeblick,Hotel Seeblick,eur,Europe/Berlin,") == true, "\(csv)")
    }

    @Test func `show the price list in three formats`() async throws {
        let desk = try await Desk()
        #expect(
            try await desk.succeed("catalogue", "list", "seeblick") == """
                Item  Description     Price  Category  Tax %
                ----  -----------  --------  --------  -----
                beer  Bier 0,33 l  3.50 EUR  minibar   -

                """)
        #expect(
            try await desk.succeed("catalogue", "list", "seeblick", "--format", "json") == """
                {"data":[{"sku":"beer","description":"Bier 0,33 l","price":350,"currency":"eur","category":"minibar","tax_rate":null}],"next":null}

                """)
        #expect(
            try await desk.succeed("catalogue", "list", "seeblick", "--format", "csv")
                == "sku,description,price,currency,category,tax_rate\r\nbeer,\"Bier 0,33 l\",3.50,eur,minibar,\r\n")
    }

    @Test func `state a month for a spreadsheet: the platform fee, and Stripe's fees by method`() async throws {
        let desk = try await Desk()
        try await desk.book("S-1", pay: "direct", amount: "68.80")
        #expect(
            try await desk.succeed("statement", "--month", "2026-11", "--format", "csv").split(separator: "\r\n") == [
                "tenant,month,supplier,item,type,method,count,net,tax,gross,fee,late,closed,currency,calendar,day,note",
                "seeblick,2026-11,operator,platform_fee,,,,19.00,3.61,22.61,,,false,eur,tenant,,",
                "seeblick,2026-11,stripe,opening_balance,,,,,,0.00,,,false,eur,tenant,,",
                "seeblick,2026-11,stripe,charge,charge,card,1,,,68.80,1.28,0,false,eur,tenant,,",
                "seeblick,2026-11,stripe,total_fees,,,,,,,1.28,,false,eur,tenant,,",
                "seeblick,2026-11,stripe,closing_balance,,,,,,67.52,,,false,eur,tenant,,",
                "seeblick,2026-11,stripe,charge,charge,card,1,,,68.80,1.28,,false,eur,utc,,",
                "seeblick,2026-11,stripe,total_fees_utc,,,,,,,1.28,,false,eur,utc,,",
            ])
    }

    @Test func `show a check-out's plan as one object, and carry out just that plan`() async throws {
        let desk = try await Desk()
        try await desk.book("R-1", amount: "5.00")
        try await desk.succeed("line", "add", "seeblick", "R-1", "beer", "--quantity", "2")
        let shown = try await desk.json("check-out", "seeblick", "R-1")
        let plan = try #require(shown["plan"] as? [String: Any])
        #expect(plan["due"] as? Int == 700)
        let steps = try #require(plan["steps"] as? [[String: Any]])
        #expect(steps.map { $0["do"] as? String } == ["capture", "charge_saved_card"])
        #expect(steps.map { $0["amount"] as? Int } == [500, 200])
        #expect((plan["warnings"] as? [Any])?.isEmpty == true)

        let done = try await desk.json("check-out", "seeblick", "R-1", "--execute", try #require(plan["id"] as? String))
        #expect(done["state"] as? String == "checked_out")
        #expect((done["document"] as? [String: Any])?["number"] as? String == "2026-000001")
        #expect((done["steps"] as? [[String: Any]])?.map { $0["state"] as? String } == ["done", "done"])
        #expect(Desk.totals(done)["captured"] == 700 && Desk.totals(done)["open"] == 0)
    }

    @Test func `make no ledger where they only look`() async throws {
        let desk = try await Desk()
        let nowhere = desk.folder.file("nowhere.db")
        for verb in [["folio", "list", "seeblick"], ["verify"], ["migrate"], ["backup", desk.folder.file("b")], ["sync"]] {
            let result = try await desk.run(verb + ["--db", nowhere])
            #expect(result.exit == 1 && result.errors.contains("There is no ledger file"), "\(verb): \(result.errors)")
            #expect(!FileManager.default.fileExists(atPath: nowhere), "\(verb)")
        }
    }

    @Test func `copy the ledger once, and never over another file`() async throws {
        let desk = try await Desk()
        let copy = desk.folder.file("copy.db")
        try await desk.succeed("backup", copy)
        #expect(dump(copy, without: ["restoration"]) == dump(desk.file, without: ["restoration"]))
        #expect(ask(copy, "SELECT read_at IS NULL FROM restoration") == ["1"] && ask(desk.file, "SELECT 1 FROM restoration").isEmpty)
        try await desk.refuse("backup", copy, saying: "already exists.")
    }

    @Test func `give every tenant its turn when another's cannot be served`() async throws {
        let desk = try await Desk()
        // In order of their names this one comes first.
        try await desk.succeed("tenant", "add", "adler", "--name", "Gasthof Adler")
        for verb in ["sync", "reconcile"] {
            let result = try await desk.run([verb, "--format", "csv"])
            #expect(result.exit == 1 && result.errors.contains("Tenant \"adler\" has no Stripe account yet."), "\(result.errors)")
            #expect(result.output.contains("adler,") && result.output.contains("seeblick,0,0,"), "\(verb): \(result.output)")
        }
    }

    @Test func `mend what the ledger missed, and leave what is a stranger's`() async throws {
        let desk = try await Desk()
        try await desk.book("R-1")
        let intents = try await desk.simulator.order("GET", "/v1/payment_intents?limit=1")["data"] as? [[String: Any]]
        let intent = try #require(intents?.first?["id"] as? String)
        _ = try await desk.simulator.order(form: "/v1/payment_intents/\(intent)/capture", "", key: "sk_test_seeblick")
        let parted = try await desk.run(["reconcile"])
        #expect(parted.exit == 1 && parted.output.contains("authorised 300.00 EUR") && parted.errors.contains("reconcile --repair"))
        let mended = try await desk.json("reconcile", "--repair")
        #expect(mended["differences"] as? Int == 0)
        let names = (mended["mended"] as? [[String: Any]])?.compactMap { $0["object"] as? String } ?? []
        // The payment, and the movement that brought its fee.
        #expect(names.count == 2 && names.contains(intent) && names.contains { $0.hasPrefix("txn_") }, "\(names)")
        try await desk.succeed("reconcile")
        try await desk.succeed("verify")
        let journal = try await desk.succeed("journal", "seeblick", "--format", "csv")
        #expect(journal.contains(intent))
        _ = try await desk.simulator.order(
            form: "/v1/payment_intents",
            "amount=4200&currency=eur&payment_method=pm_card_visa&confirm=true&payment_method_types[0]=card", key: "sk_test_seeblick")
        let left = try await desk.run(["reconcile", "--repair"])
        #expect(left.exit == 1 && left.errors.contains("The table says what to do by hand for each difference."), "\(left.errors)")
        #expect(left.output.contains("made outside this ledger"))
    }

    @Test func `decide about calls that have no outcome, and about no others`() async throws {
        let desk = try await Desk()
        #expect(try await desk.succeed("operation", "list", "seeblick").contains("Stripe has answered all operations."))
        #expect(try await desk.succeed("operation", "retry", "seeblick").contains("0"))
        try await desk.refuse(
            "operation", "retry", "seeblick", "--operation", "17", saying: "No operation 17 waits for an answer.")
        try await desk.refuse(
            "operation", "dismiss", "seeblick", "17", "--reason", "x", saying: "No operation 17 waits for a decision.")
        try await desk.book("R-1")
        try await desk.succeed("line", "add", "seeblick", "R-1", "beer")
        let fault = ["route": "POST /v1/payment_intents/{id}/capture", "fault": "unavailable", "times": 1000] as [String: any Sendable]
        try await desk.simulator.order("POST", "/_sim/faults", fault)
        let plan = try await desk.plan("R-1")
        #expect(try await desk.run(["check-out", "seeblick", "R-1", "--execute", plan]).exit == 1)
        // Days of vain tries later.
        try await desk.simulator.letPass(seconds: 80 * 3600)
        try change(desk.file, "UPDATE operation SET attempts = 7 WHERE state = 'waiting'")
        try await desk.succeed("sync")
        #expect(try await desk.succeed("operation", "list", "seeblick").contains("parked"))
        let listed = try await desk.succeed("operation", "list", "seeblick", "--format", "json")
        let number = try #require(listed.firstMatch(of: /"number":(\d+)/)).1
        let again = try await desk.run(["operation", "retry", "seeblick"])
        #expect(again.exit == 1 && again.errors.contains("Stripe has still not answered 1 operation."))
        try change(desk.file, "UPDATE operation SET attempts = 7 WHERE state = 'waiting'")
        try await desk.succeed("sync")
        try await desk.succeed("operation", "dismiss", "seeblick", String(number), "--reason", "agreed with the guest")
        #expect(try await desk.succeed("folio", "show", "seeblick", "R-1").contains("agreed with the guest"))
        try await desk.simulator.order("POST", "/_sim/faults", ["clear": true])
        try await desk.succeed("check-out", "seeblick", "R-1", "--execute", try await desk.plan("R-1"))
        try await desk.succeed("sync")
        try await desk.succeed("reconcile")
    }

    @Test func `say from where to where a file was brought`() async throws {
        let desk = try await Desk()
        #expect(try await desk.succeed("migrate").contains("is up to date"))
        // SQLite, like many a backup tool, takes an empty file for a database without tables.
        let empty = desk.folder.file("empty.db")
        #expect(FileManager.default.createFile(atPath: empty, contents: nil))
        let told = try await desk.succeed("migrate", "--db", empty)
        #expect(told.contains("was migrated from 0 to "), "\(told)")
        #expect(try await desk.succeed("migrate", "--db", empty).contains("is up to date"))
    }

    @Test func `ask nobody for the time where time does not matter`() async throws {
        let desk = try await Desk()
        let listener = try Listener()
        let nobody = ["STRIPE_URL": listener.url]
        for verb in [["tenant", "list"], ["catalogue", "list", "seeblick"], ["journal", "seeblick"], ["verify"], ["migrate"]] {
            let result = try await desk.run(verb, environment: nobody)
            #expect(result.exit == 0, "\(verb): \(result.errors)")
            #expect(!listener.wasCalled(), "\(verb) asked for the time")
        }
    }

    @Test func `find a page that expired while nobody looked for longer than Stripe keeps events`() async throws {
        let desk = try await Desk()
        try await desk.book("R-1")
        try await desk.succeed("hold", "release", "seeblick", "R-1", "1")
        try await desk.succeed(
            "folio", "open", "seeblick", "S-1", "--guest", "Anna Weiss", "--pay", "direct", "--amount", "68.80")
        #expect(try await desk.succeed("folio", "show", "seeblick", "S-1").contains("requested"))
        try await desk.simulator.letPass(seconds: 60 * 86_400)
        try await desk.succeed("sync")
        let shown = try await desk.succeed("folio", "show", "seeblick", "S-1")
        #expect(!shown.contains("requested") && shown.contains("The page was not used."), "\(shown)")
    }

    @Test func `name every damage to the books`() async throws {
        let desk = try await Desk()
        try await desk.book("R-1")
        try await desk.succeed("line", "add", "seeblick", "R-1", "beer")
        try change(
            desk.file, "DROP TRIGGER account_moved; UPDATE account SET debits = debits + 5, credits = credits + 7 WHERE name = 'folio:R-1'")
        let result = try await desk.run(["verify"])
        #expect(result.exit == 1 && result.errors.contains("The books of tenant \"seeblick\" are damaged"), "\(result.errors)")
        #expect(result.output.contains("account folio:R-1 shows a balance of"), "\(result.output)")
        #expect(result.output.contains("; debits are"), "\(result.output)")
    }

    @Test func `say when the result could not be written`() async throws {
        let desk = try await Desk()
        let result = try await desk.run(["tenant", "list"], output: "/dev/full")
        #expect(result.exit == 1 && result.errors.contains("The result could not be written: No space left on device."), "\(result.errors)")
    }
}
