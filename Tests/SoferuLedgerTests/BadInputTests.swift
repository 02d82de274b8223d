import Foundation
import TestSupport
import Testing

/// Bad input gets one clear sentence that says what to do, exit 1, and loses nothing.
@Suite struct `Bad input` {
    @Test func `that names what is not there`() async throws {
        let desk = try await Desk()
        try await desk.refuse("folio", "list", "seebick", saying: "There is no tenant \"seebick\".")
        try await desk.refuse("folio", "show", "seeblick", "R-9", saying: "has no folio \"R-9\".")
        try await desk.refuse("tenant", "add", "seeblick", "--name", "Again", saying: "There is already a tenant \"seeblick\".")
        try await desk.refuse("tenant", "add", "See Blick", "--name", "Again", saying: "cannot be a tenant's id.")
        try await desk.book("R-1")
        try await desk.refuse("line", "add", "seeblick", "R-1", "bear", saying: "The catalogue has no \"bear\".")
        try await desk.refuse("hold", "release", "seeblick", "R-1", "7", saying: "The folio has no hold 7.")
        try await desk.refuse(
            "payment", "refund", "seeblick", "R-1", "1", "--amount", "1.00", "--reason", "x", saying: "The folio has no payment 1.")
    }

    @Test func `about amounts`() async throws {
        let desk = try await Desk()
        func open(_ amount: String, _ reference: String = "R-1", saying sentence: String) async throws {
            try await desk.refuse(
                "folio", "open", "seeblick", reference, "--guest", "A", "--arrival", "2026-11-18", "--pay", "reserved", "--amount", amount,
                saying: sentence)
        }
        try await open("-5.00", saying: "-5.00")
        // Reserved over nothing, a card is saved.
        try await desk.refuse(
            "folio", "open", "seeblick", "R-1", "--guest", "A", "--pay", "direct", "--amount", "0", saying: "The amount is zero.")
        try await open("99999999999999999999", saying: "too large")
        try await open("1.234", saying: "more decimals than EUR has")
        try await open("0.49", saying: "Stripe takes no payment below €0.50.")
        try await open("1000000.00", saying: "Stripe takes no payment above €999,999.99.")
        try await open("three", saying: "is not an amount")
        try await open("300.00 usd", saying: "in USD cannot be booked in books that are kept in EUR")
        try await desk.refuse(
            "catalogue", "set", "seeblick", "x", "--description", "x", "--price", "-1", "--category", "minibar", saying: "-1")
        // Numbers that could be written and not be read again would take the file from all tenants.
        for amount in ["20000000000000000.00", "92233720368547758.07", "10000000000.00"] {
            try await desk.refuse("tenant", "refund-limit", "seeblick", amount, saying: "The amount is too large.")
            try await desk.refuse("tenant", "add", "other", "--name", "x", "--price", amount, saying: "The amount is too large.")
            try await desk.refuse(
                "catalogue", "set", "seeblick", "x", "--description", "x", "--price", amount, "--category", "minibar",
                saying: "The amount is too large.")
        }
        try await desk.refuse(
            "tenant", "refund-limit", "seeblick", "1000000.00",
            saying: "A limit for refunds must be from zero to €999,999.99.")
        try await desk.refuse(
            "tenant", "add", "other", "--name", "x", "--price", "1000000.00",
            saying: "A monthly price must be from zero to €999,999.99.")
        for id in 1...10 { try await desk.succeed("tenant", "add", "dear-\(id)", "--name", "x", "--price", "999999.99") }
        try await desk.succeed("tenant", "refund-limit", "seeblick", "999999.99")
        try await desk.succeed("statement", "--month", "2026-11")
        try await desk.succeed("verify")
    }

    @Test(arguments: ["whsec_", "whsec_;", "whsec_see-blick", "whsec_see;blick"])
    func `in place of a webhook secret`(secret: String) async throws {
        let desk = try await Desk()
        let file = try desk.folder.write("\(secret)\n".utf8, to: "webhook")
        try await desk.refuse("webhook", "set", "seeblick", "--secret-file", file, saying: "This is not a Stripe key.")
        try Data("sk_test_k;drop\n".utf8).write(to: URL(fileURLWithPath: file))
        try await desk.refuse("tenant", "stripe", "seeblick", "--secret-key-file", file, saying: "This is not a Stripe key.")
    }

    @Test func `that is too long, or in two lines`() async throws {
        let desk = try await Desk()
        func long(_ count: Int, _ text: String = "x") -> String { String(repeating: text, count: count) }
        func open(_ reference: String, _ language: String = "de", saying sentence: String) async throws {
            try await desk.refuse(
                "folio", "open", "seeblick", reference, "--guest", "A", "--arrival", "2026-11-18", "--pay", "reserved", "--amount",
                "300.00",
                "--language", language, saying: sentence)
        }
        try await open(long(65), saying: "A folio needs a reference of 1 to 64 characters")
        try await open(long(20, "👨‍👩‍👧‍👦"), saying: "A folio needs a reference of 1 to 64 characters")
        try await open("R-1\nR-2", saying: "on one line")
        try await open("R-1", "deu", saying: "\"deu\" is not a language.")
        try await desk.refuse("tenant", "add", "other", "--name", long(201), saying: "The tenant's name is too long.")
        func item(_ sku: String, _ description: String, saying sentence: String) async throws {
            try await desk.refuse(
                "catalogue", "set", "seeblick", sku, "--description", description, "--price", "1.00", "--category", "minibar",
                saying: sentence)
        }
        try await item(long(65), "x", saying: "The item's name is too long.")
        try await item("x", long(201), saying: "The description is too long.")
        try await item("a\nb", "x", saying: "The item's name must be on one line.")
        try await item(" ", "x", saying: "The item's name must be on one line.")
        try await item("x", "a\u{1B}b", saying: "The description must be on one line.")
        try await desk.refuse("tenant", "add", "other", "--name", "a\nb", saying: "The tenant's name must be on one line.")
        try await desk.book("R-1")
        try await desk.refuse("folio", "cancel", "seeblick", "R-1", "--reason", "a\nb", saying: "The reason must be on one line.")
        let before = dump(desk.file)
        for actor in [long(5_000), long(101), "a\nb", " "] {
            let result = try await desk.run(["folio", "cancel", "seeblick", "R-1", "--reason", "x"], environment: ["LEDGER_ACTOR": actor])
            #expect(result.exit == 2 && result.errors.contains("a text of 1 to 100 characters on one line"), "\(result.errors.prefix(300))")
        }
        #expect(dump(desk.file) == before)
    }

    @Test func `about dates and methods`() async throws {
        let desk = try await Desk()
        func open(_ arguments: String..., saying sentence: String) async throws {
            let before = dump(desk.file)
            let result = try await desk.run(["folio", "open", "seeblick", "R-1", "--guest", "A", "--amount", "300.00"] + arguments)
            #expect(result.exit == 1 && result.errors.contains(sentence), "\(result.errors)")
            #expect(dump(desk.file) == before)
        }
        let stay = ["--arrival", "2026-11-18", "--departure", "2026-11-20"]
        try await open(
            "--arrival", stay[1], "--departure", "2026-11-17", "--pay", "reserved", saying: "The departure is before the arrival.")
        try await open("--arrival", "2026-11-01", "--departure", "2026-11-03", "--pay", "reserved", saying: "The stay ended on 3 Nov 2026.")
        try await open("--arrival", stay[1], "--pay", "reserved", "--method", "giropay", saying: "Money cannot be reserved with Giropay.")
        try await open("--arrival", stay[1], "--pay", "reserved", "--method", "sofort", saying: "Money cannot be reserved with Sofort.")
        try await open(
            "--arrival", stay[1], "--pay", "direct", "--method", "giropay", saying: "Stripe discontinued Giropay on 30 Jun 2024.")
        try await open("--arrival", stay[1], "--pay", "direct", "--method", "sofort", saying: "Stripe discontinued Sofort on 31 Mar 2025.")
        try await open("--arrival", stay[1], "--pay", "direct", "--method", "cash", saying: "\"cash\" is not a payment method.")
        try await open(
            "--arrival", "2027-05-01", "--pay", "reserved", "--method", "klarna", saying: "Klarna reserves money for at most 28 days")
        try await open("--pay", "reserved", saying: "A shop order is paid at once.")
        try await open("--arrival", stay[1], "--pay", "reserved", "--email", "anna", saying: "\"anna\" is not an e-mail address.")
    }

    @Test func `about lines`() async throws {
        let desk = try await Desk()
        try await desk.book("R-1")
        try await desk.succeed("line", "add", "seeblick", "R-1", "beer", "--quantity", "2")
        try await desk.refuse(
            "line", "allowance", "seeblick", "R-1", "1", "--amount", "7.01", "--reason", "x", saying: "more than the €7.00 left of line 1.")
        try await desk.refuse(
            "line", "allowance", "seeblick", "R-1", "9", "--amount", "1.00", "--reason", "x", saying: "The folio has no line 9.")
        try await desk.succeed("line", "reverse", "seeblick", "R-1", "1", "--reason", "entered twice")
        try await desk.refuse("line", "reverse", "seeblick", "R-1", "1", "--reason", "x", saying: "Line 1 has already been reversed.")
        try await desk.refuse("line", "reverse", "seeblick", "R-1", "2", "--reason", "x", saying: "Line 2 is itself a reversal.")
        try await desk.succeed("check-out", "seeblick", "R-1", "--nothing-charged", "--execute", try await desk.plan("R-1"))
        try await desk.refuse("line", "add", "seeblick", "R-1", "beer", saying: "Folio \"R-1\" is closed (checked out).")
        try await desk.refuse("check-out", "seeblick", "R-1", saying: "Folio \"R-1\" is closed (checked out).")
    }

    @Test func `twice, or too late`() async throws {
        let desk = try await Desk()
        try await desk.book("R-1")
        try await desk.refuse(
            "folio", "open", "seeblick", "R-1", "--guest", "B", "--pay", "direct", "--amount", "1.00",
            saying: "There is already a folio \"R-1\".")
        let stale = try await desk.plan("R-1")
        try await desk.succeed("line", "add", "seeblick", "R-1", "beer")
        try await desk.refuse(
            "check-out", "seeblick", "R-1", "--execute", stale, saying: "Something changed since the plan was shown, so no money was taken."
        )
        try await desk.refuse("statement", "--month", "2026-12", saying: "December 2026 has not begun.")
        try await desk.refuse("statement", "--month", "2026-11", "--close", saying: "November 2026 is not over.")
        try await desk.refuse(
            "statement", "--month", "2026-10", "--tenant", "seeblick", saying: "The tenant did not exist yet in October 2026.")
    }

    @Test func `while Stripe cannot be reached`() async throws {
        let desk = try await Desk()
        try await desk.book("R-1")
        let plan = try await desk.plan("R-1")
        let nobody = ["STRIPE_URL": "http://127.0.0.1:9", "LEDGER_SIMULATED_CLOCK": "0"]
        let sentence = "Stripe cannot be reached, so nothing was changed."
        try await desk.refuse(
            "folio", "open", "seeblick", "R-2", "--guest", "B", "--pay", "direct", "--amount", "1.00", saying: sentence, environment: nobody
        )
        try await desk.refuse("check-out", "seeblick", "R-1", "--execute", plan, saying: sentence, environment: nobody)
        try await desk.refuse("folio", "cancel", "seeblick", "R-1", "--reason", "x", saying: sentence, environment: nobody)
        try await desk.refuse("folio", "no-show", "seeblick", "R-1", "--fee", "1.00", saying: sentence, environment: nobody)
        try await desk.refuse("hold", "release", "seeblick", "R-1", "1", saying: sentence, environment: nobody)
        try await desk.refuse("sync", saying: sentence, environment: nobody)
        try await desk.refuse("reconcile", saying: sentence, environment: nobody)
        // What needs no Stripe works without it.
        #expect(try await desk.run(["folio", "show", "seeblick", "R-1"], environment: nobody).exit == 0)
        #expect(try await desk.run(["line", "add", "seeblick", "R-1", "beer"], environment: nobody).exit == 0)
        #expect(try await desk.run(["verify"], environment: nobody).exit == 0)
    }

    @Test func `in place of a ledger file`() async throws {
        let desk = try await Desk()
        let other = desk.folder.file("other")
        func refused(_ bytes: [UInt8]?, saying sentence: String) async throws {
            try? FileManager.default.removeItem(atPath: other)
            if let bytes { try Data(bytes).write(to: URL(fileURLWithPath: other)) }
            let result = try await desk.run(["tenant", "list", "--db", other])
            #expect(result.exit == 1 && result.errors.contains(sentence), "\(result.errors)")
            #expect((try? Data(contentsOf: URL(fileURLWithPath: other))).map { Array($0) } == bytes, "the file was changed")
        }
        try await refused(nil, saying: "There is no ledger file")
        try await refused(
            Array("PK\u{3}\u{4} an archive, perhaps, but no ledger; long enough to be read as a page".utf8), saying: "is not a ledger file")
        var damaged = Array(try Data(contentsOf: URL(fileURLWithPath: desk.file)))
        for offset in stride(from: 4096, to: damaged.count, by: 1) { damaged[offset] = 0x5A }
        try await refused(damaged, saying: "is damaged")
    }

    @Test func `on a full disk`() async throws {
        let desk = try await Desk()
        try await desk.book("R-1")
        let before = dump(desk.file)
        // No file may grow beyond so many blocks of 1024 bytes.
        let full = try await desk.run(
            ["line", "add", "seeblick", "R-1", "beer"], through: ["/bin/bash", "-c", "ulimit -f 1; exec \"$0\" \"$@\""])
        #expect(full.exit == 1 && full.errors.contains("is full; nothing was written."), "\(full.errors)")
        #expect(dump(desk.file) == before)
        try await desk.succeed("line", "add", "seeblick", "R-1", "beer")
        try await desk.succeed("verify")
    }

    @Test func `in a file of bookings`() async throws {
        let desk = try await Desk()
        let header =
            "booking,hotel,arrival,lead_time_days,weekend_nights,week_nights,adults,children,babies,meal,country,market_segment,"
            + "customer_type,deposit_type,adr,parking_spaces,special_requests,booking_changes,status,status_date"
        let good = "1,Resort Hotel,2026-12-01,2,0,1,1,0,0,BB,PRT,Direct,Transient,No Deposit,75,0,0,0,Check-Out,2026-12-02"
        func refused(_ lines: [String], saying sentence: String) async throws {
            let file = try desk.folder.write(lines.joined(separator: "\n").utf8, to: "bookings.csv")
            try await desk.refuseReplay("bookings", file, "--tenant", "seeblick", saying: sentence)
        }
        try await refused([header.replacing("adr", with: "price"), good], saying: "adr")
        try await refused(
            [header, good, good.replacing("1,Resort", with: "2,Resort").replacing("2026-12-01", with: "2026-13-01")], saying: "Line 3")
        try await refused([header, good, "2,Resort Hotel,2026-12-01"], saying: "3")
        try await refused([header, good.replacing(",75,", with: ",-75,")], saying: "\"-75\" cannot be read as adr.")
        try await refused([header, good.replacing("Check-Out", with: "Gone")], saying: "\"Gone\" cannot be read as status.")
        try await refused([header, good, good], saying: "Booking R-1 is on line 2 and again on line 3.")
        try await desk.refuseReplay("bookings", desk.folder.file("none.csv"), "--tenant", "seeblick", saying: "none.csv")
    }

    @Test func `of a booking in a year that the simulator's clock does not have`() async throws {
        let desk = try await Desk()
        let file = desk.folder.file("bookings.csv")
        let text = """
            booking,hotel,arrival,lead_time_days,weekend_nights,week_nights,adults,children,babies,meal,country,market_segment,\
            customer_type,deposit_type,adr,parking_spaces,special_requests,booking_changes,status,status_date
            9001,Resort Hotel,9999-12-29,2,0,2,2,0,0,BB,DEU,Direct,Transient,No Deposit,118.50,1,2,0,Check-Out,9999-12-31

            """
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        let run = try await desk.replay(["bookings", file, "--tenant", "seeblick"])
        #expect(run.exit == 1 && run.isOneSentenceWithAHint, "\(run.exit) \(run.errors)")
        #expect(
            run.errors.contains("the simulated Stripe's clock only covers 1970 to November 2286") && !run.errors.contains("{"),
            "\(run.errors)")
    }
}
