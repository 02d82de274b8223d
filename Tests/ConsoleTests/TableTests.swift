import Ledger
import Testing

@testable import Console

private func euros(_ minorUnits: Int64) -> Cell { .money(Money(minorUnits: minorUnits, currency: .eur)) }

private let folios = Table(
    [
        Column("reference", "Reference"), Column("guest", "Guest", fit: .shortened), Column("note", "Note", fit: .wrapped),
        Column("lines", "Lines", .number), Column("open_amount", "Open", .money), Column("arrival", "Arrival", .date),
    ],
    rows: [
        [
            .text("R-4711"), .text("Jürgen Müßiggänger"), .text("Late arrival, needs a cot"), .integer(7), euros(34330),
            .day(Day("2026-11-20")!),
        ],
        [.text("R-4712"), .text("山田太郎"), .text(""), .integer(12), euros(-500), .missing],
    ],
    total: [.text("Total"), .missing, .missing, .integer(19), euros(33830), .missing])

@Suite struct `Tables for people` {
    @Test func `amounts and numbers stand right, and wide letters count twice`() {
        #expect(
            folios.text(width: nil) == """
                Reference  Guest               Note                       Lines        Open  Arrival
                ---------  ------------------  -------------------------  -----  ----------  ----------
                R-4711     Jürgen Müßiggänger  Late arrival, needs a cot      7  343.30 EUR  2026-11-20
                R-4712     山田太郎                                          12   -5.00 EUR  -
                ---------  ------------------  -------------------------  -----  ----------  ----------
                Total                                                        19  338.30 EUR

                """)
    }

    @Test func `on a narrow terminal texts give way, by wrapping or by an ellipsis`() {
        #expect(
            folios.text(width: 69) == """
                                                                     Open
                Reference  Guest           Note             Lines     EUR  Arrival
                ---------  --------------  ---------------  -----  ------  ----------
                R-4711     Jürgen Müßigg…  Late arrival,        7  343.30  2026-11-20
                                           needs a cot
                R-4712     山田太郎                            12   -5.00  -
                ---------  --------------  ---------------  -----  ------  ----------
                Total                                          19  338.30

                """)
    }

    @Test func `on a terminal too narrow for the columns each row becomes a list, whole`() {
        #expect(
            folios.text(width: 40).hasPrefix(
                """
                Reference  R-4711
                Guest      Jürgen Müßiggänger
                Note       Late arrival, needs a cot
                Lines      7
                Open       343.30 EUR
                Arrival    2026-11-20

                Reference  R-4712

                """))
    }

    @Test(arguments: 60...100)
    func `no line is wider than the terminal`(width: Int) {
        for line in folios.text(width: width).split(separator: "\n") { #expect(displayWidth(String(line)) <= width) }
    }

    @Test func `an empty table says so`() {
        #expect(Table([Column("a", "A")], rows: [], empty: "No folios are open.").text(width: 80) == "No folios are open.\n")
    }

    @Test func `hashes are shown by their beginning`() {
        let table = Table([Column("hash", "Hash", .hash)], rows: [[.hash("0123456789abcdef0123")]])
        #expect(table.text(width: nil) == "Hash\n-------------\n0123456789ab…\n")
        #expect(table.csv() == "hash\r\n0123456789abcdef0123\r\n")
    }

    @Test func `a guest's name cannot steer the terminal`() {
        let table = Table([Column("guest", "Guest")], rows: [[.text("Eve\u{1B}[31m\nR-1  paid\u{202E}")]])
        #expect(table.text(width: nil).split(separator: "\n")[2] == "Eve\u{FFFD}[31m R-1  paid\u{FFFD}")
    }

    @Test(arguments: [
        ("Müller", 6), ("Mu\u{308}ller", 6), ("山田", 4), ("ｶﾅ", 2), ("👍🏽", 2), ("👩‍👩‍👧", 2), ("🇩🇪", 2), ("❤️", 2), ("❤", 1), ("…", 1), ("", 0),
    ])
    func `letters take the room that terminals give them`(text: String, width: Int) {
        #expect(displayWidth(text) == width)
    }

    @Test(arguments: [
        ("abc def", 3, ["abc", "def"]), ("abcdefgh", 3, ["abc", "def", "gh"]), ("a bcdefgh i", 4, ["a", "bcde", "fgh", "i"]), ("", 5, [""]),
    ])
    func `texts break at blanks, long words anywhere`(text: String, width: Int, lines: [String]) {
        #expect(wrapped(text, to: width) == lines)
    }

    @Test func `shortening never cuts a wide letter in half`() {
        #expect(shortened("山田太郎", to: 8) == "山田太郎")
        #expect(shortened("山田太郎", to: 7) == "山田太…")
        #expect(shortened("山田太郎", to: 6) == "山田…")
    }
}

@Suite struct `Tables for programs` {
    @Test func `JSON is a page of a list, with stable keys and amounts in minor units with their currency`() {
        #expect(
            folios.json() == """
                {"data":[{"reference":"R-4711","guest":"Jürgen Müßiggänger","note":"Late arrival, needs a cot","lines":7,"open_amount":34330,\
                "arrival":"2026-11-20","currency":"eur"},\
                {"reference":"R-4712","guest":"山田太郎","note":"","lines":12,"open_amount":-500,"arrival":null,"currency":"eur"}],\
                "next":null}

                """)
        #expect(Table([Column("a", "A")], rows: []).json() == #"{"data":[],"next":null}"# + "\n")
    }

    @Test func `JSON escapes what it must`() {
        let table = Table([Column("a", "A")], rows: [[.text("\"\\\n\u{01}ü")]])
        #expect(table.json() == #"{"data":[{"a":"\"\\\n\u0001ü"}],"next":null}"# + "\n")
    }

    @Test func `CSV is RFC 4180, amounts have a decimal point`() {
        #expect(
            folios.csv() == "reference,guest,note,lines,open_amount,arrival,currency\r\n"
                + "R-4711,Jürgen Müßiggänger,\"Late arrival, needs a cot\",7,343.30,2026-11-20,eur\r\n"
                + "R-4712,山田太郎,,12,-5.00,,eur\r\n")
    }

    @Test func `a table without rows is a header in CSV`() {
        #expect(Table([Column("a", "A"), Column("b", "B")], rows: []).csv() == "a,b\r\n")
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+49 30 1", "'+49 30 1"), ("-x", "'-x"), ("@a", "'@a"), ("a=b", "a=b"), ("=\"a\"", "\"'=\"\"a\"\"\""),
    ])
    func `a text that a spreadsheet would run as a formula is disarmed`(text: String, field: String) {
        #expect(Cell.text(text).csv == field)
    }

    @Test func `a negative amount or number is left as it is`() {
        #expect(euros(-1900).csv == "-19.00")
        #expect(Cell.integer(-3).csv == "-3")
    }

    @Test func `amounts in other currencies keep their own decimals`() throws {
        let yen = Cell.money(Money(minorUnits: 1200, currency: try #require(Currency("jpy"))))
        #expect(yen.csv == "1200")
        #expect(yen.shown == "1200 JPY")
    }
}

@Suite struct `Records and reports` {
    private let record = Record([
        .init("reference", "Reference", .text("R-4711")), .init("charged", "Charged", euros(34330)), .init("held", "Held", euros(0)),
        .init("closed_at", "Closed at", .missing),
    ])

    @Test func `a record is a list of names and values`() {
        #expect(record.text(width: 80) == "Reference  R-4711\nCharged    343.30 EUR\nHeld         0.00 EUR\nClosed at  -\n")
        #expect(record.json() == #"{"reference":"R-4711","charged":34330,"held":0,"closed_at":null,"currency":"eur"}"# + "\n")
        #expect(record.csv() == "reference,charged,held,closed_at,currency\r\nR-4711,343.30,0.00,,eur\r\n")
    }

    @Test func `a report adds its lists`() {
        let report = Report(record, [.init("lines", "Lines", Table([Column("n", "No.", .number)], rows: [[.integer(1)], [.integer(2)]]))])
        #expect(report.text(width: 80).hasSuffix("Closed at  -\n\nLines\nNo.\n---\n  1\n  2\n"))
        #expect(report.json().hasSuffix(#""closed_at":null,"currency":"eur","lines":[{"n":1},{"n":2}]}"# + "\n"))
        #expect(report.csv() == "n\r\n1\r\n2\r\n")
    }

    @Test func `a report within a report is an object within an object`() {
        let steps = Table([Column("do", "Step")], rows: [[.text("capture")]])
        let plan = Report(Record([.init("id", "Plan", .text("0f3a")), .init("due", "Due", euros(500))]), [.init("steps", "Steps", steps)])
        let report = Report(
            record, [.init("plan", "What will happen", plan), .init("lines", "Lines", Table([Column("n", "No.")], rows: []))])
        #expect(
            report.json().hasSuffix(
                #""currency":"eur","plan":{"id":"0f3a","due":500,"currency":"eur","steps":[{"do":"capture"}]},"lines":[]}"# + "\n"))
        #expect(
            report.text(width: 80).contains("\n\nWhat will happen\nPlan  0f3a\nDue   5.00 EUR\n\nSteps\nStep\n-------\ncapture\n\nLines\n"))
        #expect(report.csv() == "do\r\ncapture\r\n")
    }

    @Test func `sentences leave standard output to the data`() async {
        #expect(await run("folio", "list", "a").output == "Tenant\n------\na\nOne tenant.\n")
        let csv = await run("folio", "list", "a", "--format", "csv")
        #expect(csv.output == "tenant\r\na\r\n")
        #expect(csv.error == "One tenant.\n")
    }
}
