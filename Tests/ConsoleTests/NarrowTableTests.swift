import Ledger
import Testing

@testable import Console

private func euros(_ minorUnits: Int64) -> Cell { .money(Money(minorUnits: minorUnits, currency: .eur)) }

private let hash = String(repeating: "0123456789abcdef", count: 4)
private let reference = "RES-2026-11-000123456789"
private let mail = "maximiliane.freifrau.von.hohenzollern@verwaltung.example.com"

/// What a hotel really has: long references, large amounts, names and notes in any script.
private let stays = Table(
    [
        Column("reference", "Folio"), Column("guest", "Guest", fit: .shortened), Column("state", "State"),
        Column("charged", "Charged so far", .money), Column("open", "Open", .money), Column("failure", "Why not", fit: .wrapped),
        Column("note", "Note", fit: .wrapped), Column("since", "Since", .instant),
    ],
    rows: [
        [
            .text(reference), .text("Dr. Maximiliane Freifrau von Hohenzollern-Sigmaringen"), .text("awaiting_guest"),
            euros(123_456_789), euros(-500), .missing, .text("Late arrival, needs a cot and a quiet room"),
            .instant(Instant("2026-11-20T08:00:03Z")!),
        ],
        [
            .text("R-1"), .text("山田太郎👩‍👩‍👧👍🏽 e\u{301}e\u{301}e\u{301}"), .text("open"), euros(0), euros(0), .missing,
            .text("山田太郎山田太郎山田太郎 👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽 o\u{308}\u{323}o\u{308}\u{323}"), .missing,
        ],
    ], total: [.text("Total"), .missing, .missing, euros(123_456_789), euros(-500), .missing, .missing, .missing])

private let account = Record([
    .init("reference", "Folio", .text(reference)), .init("email", "E-mail", .text(mail)), .init("hash", "Last hash", .text(hash)),
    .init("charged", "Charged", euros(123_456_789)), .init("limit", "Daily refunds without the password", euros(500)),
    .init("guest", "Guest", .text("山田太郎 👩‍👩‍👧 e\u{301}")), .init("note", "Note", .text("Late arrival, needs a cot and a quiet room")),
])

@Suite struct `Sentences on a narrow terminal` {
    @Test func `break at blanks, and leave addresses and commands whole`() {
        let address = "https://checkout.stripe.com/c/pay/cs_test_a1b2c3"
        #expect(sentences("Send this page: \(address) now.", width: 20) == "Send this page:\n\(address)\nnow.\n")
        #expect(sentences("Run `soferu-ledger sync --tenant a` then.", width: 20) == "Run\n`soferu-ledger sync --tenant a`\nthen.\n")
        #expect(sentences("One two three", width: 9, begin: "x: ", indent: "   ") == "x: One\n   two\n   three\n")
        #expect(sentences("One two three", width: nil, begin: "x: ") == "x: One two three\n")
    }

    @Test func `are those of a refusal, too`() async {
        let told = await run("folio", "open", width: 40)
        let lines = told.error.split(separator: "\n")
        #expect(told.exit == 2 && lines.count > 2 && lines.allSatisfy { $0.count <= 40 }, "\(told.error)")
        #expect(told.error.contains("`sample folio open --help`"), "\(told.error)")
        #expect(await run("folio", "open").error.split(separator: "\n").count == 2, "a pipe has one sentence a line")
    }
}

@Suite struct `Tables on a narrow terminal` {
    @Test func `break titles first, at their blanks`() {
        let table = Table(
            [
                Column("tenant", "Tenant"), Column("refunds", "Refunds decided by people", .number),
                Column("balance", "Balance at Stripe", .money),
            ], rows: [[.text("seeblick"), .integer(7), euros(123_456_789)]])
        #expect(
            table.text(width: 39) == """
                                Refunds
                             decided by      Balance at
                Tenant           people          Stripe
                --------  -------------  --------------
                seeblick              7  1234567.89 EUR

                """)
    }

    @Test func `then leave out columns without any value, name a currency once, shrink texts, and put times below days`() {
        #expect(
            stays.text(width: 112) == """
                                                                         Charged so   Open
                Folio                     Guest          State              far EUR    EUR  Note                      Since
                ------------------------  -------------  --------------  ----------  -----  ------------------------  ----------
                RES-2026-11-000123456789  Dr. Maximili…  awaiting_guest  1234567.89  -5.00  Late arrival, needs a     2026-11-20
                                                                                            cot and a quiet room      08:00:03Z
                R-1                       山田太郎👩‍👩‍👧👍🏽…  open                  0.00   0.00  山田太郎山田太郎山田太郎  -
                                                                                            👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽 ọ̈ọ̈
                ------------------------  -------------  --------------  ----------  -----  ------------------------  ----------
                Total                                                    1234567.89  -5.00

                """)
    }

    @Test func `leave out details before rows become lists, the lowest first, and name them`() {
        let list = Table(
            [
                Column("reference", "Folio"), Column("guest", "Guest", fit: .shortened), Column("arrival", "Arrival", .date, detail: 3),
                Column("charged", "Charged", .money, detail: 1), Column("refunded", "Refunded", .money, detail: 2),
                Column("open", "Open", .money),
            ],
            rows: [
                [.text("R-4711"), .text("Anna Weiss"), .day(Day("2026-11-20")!), euros(34330), euros(1000), euros(4330)],
                [.text("R-4712"), .text("Zoe"), .day(Day("2026-11-21")!), euros(100), euros(0), euros(100)],
            ])
        #expect(!list.text(width: nil).contains("Left out") && !list.text(width: 80).contains("Left out"))
        #expect(
            list.text(width: 45) == """
                                              Refunded   Open
                Folio   Guest     Arrival          EUR    EUR
                ------  --------  ----------  --------  -----
                R-4711  Anna We…  2026-11-20     10.00  43.30
                R-4712  Zoe       2026-11-21      0.00   1.00
                Left out here: Charged.

                """)
        #expect(list.text(width: 35).hasSuffix("Left out here: Charged, Refunded.\n"))
        #expect(list.text(width: 23).hasSuffix("Left out here: Arrival,\nCharged, Refunded.\n"))
        #expect(list.text(width: 22).contains("Folio     R-4711") && !list.text(width: 22).contains("Left out"), "lists are whole")
    }

    @Test func `of eighty columns show what does not fit as lists, whole, and the total below`() {
        #expect(
            stays.text(width: 80) == """
                Folio           RES-2026-11-000123456789
                Guest           Dr. Maximiliane Freifrau von Hohenzollern-Sigmaringen
                State           awaiting_guest
                Charged so far  1234567.89 EUR
                Open                 -5.00 EUR
                Note            Late arrival, needs a cot and a quiet room
                Since           2026-11-20T08:00:03Z

                Folio           R-1
                Guest           山田太郎👩‍👩‍👧👍🏽 ééé
                State           open
                Charged so far  0.00 EUR
                Open            0.00 EUR
                Note            山田太郎山田太郎山田太郎 👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽 ọ̈ọ̈
                Since           -

                Folio           Total
                Charged so far  1234567.89 EUR
                Open                 -5.00 EUR

                """)
    }

    @Test func `of forty columns put values that are too long below their names`() {
        #expect(
            account.text(width: 40) == """
                Folio      RES-2026-11-000123456789
                E-mail
                  maximiliane.freifrau.von.hohenzollern@
                  verwaltung.example.com
                Last hash
                  0123456789abcdef0123456789abcdef012345
                  6789abcdef0123456789abcdef
                Charged    1234567.89 EUR
                Daily refunds without the password
                  5.00 EUR
                Guest      山田太郎 👩‍👩‍👧 é
                Note       Late arrival, needs a cot and
                           a quiet room

                """)
    }

    @Test(arguments: 20...140)
    func `have no line that is wider`(width: Int) {
        let report = Report(account, [.init("stays", "Stays that were opened in November and not closed yet", stays)])
        for line in report.text(width: width).split(separator: "\n") {
            #expect(displayWidth(String(line)) <= width, "\(line)")
        }
        let none = Table([Column("a", "A")], rows: [], empty: "Stripe has answered all operations.")
        for line in none.text(width: width).split(separator: "\n") { #expect(displayWidth(String(line)) <= width) }
    }

    @Test(arguments: 26...140)
    func `never cut references, states and amounts`(width: Int) {
        let text = stays.text(width: width)
        for cell in [reference, "awaiting_guest", "1234567.89", "-5.00", "R-1"] {
            #expect(text.split(whereSeparator: { $0 == " " || $0 == "\n" }).contains(Substring(cell)), "\(cell) in \(text)")
        }
        if width >= 66 { #expect(account.text(width: width).contains(hash) && account.text(width: width).contains(mail)) }
    }

    @Test func `are as wide as they need to be in a pipe`() {
        let lines = stays.text(width: nil).split(separator: "\n")
        #expect(lines.count == 6)
        for title in ["Guest  ", "Charged so far", "Why not"] { #expect(lines[0].contains(title)) }
        for cell in ["von Hohenzollern-Sigmaringen", "1234567.89 EUR", "a cot and a quiet room", "2026-11-20T08:00:03Z"] {
            #expect(lines[2].contains(cell))
        }
        #expect(account.text(width: nil).split(separator: "\n").count == 7)
    }
}
