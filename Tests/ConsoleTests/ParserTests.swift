import Testing

@testable import Console

@Suite struct `Reading the command line` {
    @Test func `arguments and options become values, in any order`() async {
        let result = await run(
            "folio", "open", "--guest", "Anna Weiß", "seeblick", "--arrival=2026-11-20", "--amount", "300,5", "--tag", "a", "--quiet",
            "R-4711", "--tag=b", "--pay", "direct", "--quantity", "2")
        #expect(
            result.output == "seeblick | R-4711 | Anna Weiß | 2026-11-20 | direct | 300.50 EUR | 2 | [\"a\", \"b\"] | true | ledger.db\n")
        #expect(result.exit == 0)
        #expect(result.error == "")
    }

    @Test func `an optional argument gets what the required ones leave over, wherever it stands`() async {
        #expect(await run("user", "add", "seeblick", "anna").output == "seeblick | anna\n")
        #expect(await run("user", "add", "anna").output == "- | anna\n")
        let none = await run("user", "add")
        #expect(none.exit == 2 && none.error.contains("NAME is missing."))
        let surplus = await run("user", "add", "a", "b", "c")
        #expect(surplus.exit == 2 && surplus.error.contains("\"c\" is one argument too many"))
    }

    @Test func `what is left out has its default`() async {
        let result = await run("folio", "open", "seeblick", "R-1", "--guest", "A")
        #expect(result.output == "seeblick | R-1 | A | - | reserved | - | 1 | [] | false | ledger.db\n")
    }

    @Test func `the environment stands in for an option, the command line wins, an empty variable counts as none`() async {
        func database(_ words: String..., environment: [String: String]) async -> String {
            let screen = Screen()
            _ = await Sample.program.run(
                ["folio", "open", "t", "r", "--guest", "A"] + words, environment: environment, terminal: screen.terminal())
            return String(screen.output.split(separator: " ").last ?? "").trimmingCharacters(in: .newlines)
        }
        #expect(await database(environment: ["LEDGER_DB": "a.db"]) == "a.db")
        #expect(await database("--db", "b.db", environment: ["LEDGER_DB": "a.db"]) == "b.db")
        #expect(await database(environment: ["LEDGER_DB": ""]) == "ledger.db")
    }

    @Test func `two dashes end the options`() async {
        let result = await run("folio", "open", "--guest", "A", "--", "--db", "--quiet")
        #expect(result.output.hasPrefix("--db | --quiet | A |"))
    }

    @Test func `options of every verb may stand before it`() async {
        let result = await run("--db", "x.db", "folio", "open", "t", "r", "--guest", "A")
        #expect(result.output.hasSuffix("| x.db\n"))
    }

    @Test func `a negative number is an argument, not an option`() async {
        #expect(await run("folio", "list", "-5").output.contains("-5"))
    }

    /// Every sentence tells what to type next; all exit with 2 and print nothing on standard output.
    @Test(arguments: [
        (
            [],
            """
            error: A verb is missing.
              hint: Type `sample --help` for the list of verbs.

            """
        ),
        (
            ["--"],
            """
            error: A verb is missing.
              hint: Type `sample --help` for the list of verbs.

            """
        ),
        (
            ["foilo", "open", "x"],
            """
            error: There is no verb "foilo". Did you mean "folio open"?
              hint: Type `sample --help` for the list of verbs.

            """
        ),
        (
            ["checkout"],
            """
            error: There is no verb "checkout". Did you mean "check-out"?
              hint: Type `sample --help` for the list of verbs.

            """
        ),
        (
            ["folio", "lsit", "seeblick"],
            """
            error: There is no verb "folio lsit". Did you mean "folio list"?
              hint: Type `sample --help` for the list of verbs.

            """
        ),
        (
            ["weather"],
            """
            error: There is no verb "weather".
              hint: Type `sample --help` for the list of verbs.

            """
        ),
        (
            ["folio"],
            """
            error: "folio" needs one more word: open or list.
              hint: Type `sample folio --help` for its usage.

            """
        ),
        (
            ["folio", "list", "t", "--fromat", "json"],
            """
            error: There is no option --fromat here. Did you mean "--format"?
              hint: Type `sample folio list --help` for its usage.

            """
        ),
        (
            ["folio", "list", "t", "-x"],
            """
            error: There is no option -x here.
              hint: Type `sample folio list --help` for its usage.

            """
        ),
        (
            ["folio", "open", "t", "--guest", "A"],
            """
            error: REFERENCE is missing.
              hint: REFERENCE is: The folio's number. Type `sample folio open --help` for its usage.

            """
        ),
        (
            ["folio", "open", "t", "r"],
            """
            error: --guest is missing.
              hint: Add `--guest NAME`: The guest's name. Type `sample folio open --help` for its usage.

            """
        ),
        (
            ["folio", "open", "t", "r", "--guest"],
            """
            error: --guest needs a value after it.
              hint: Write `--guest NAME`, or `--guest=NAME` if it begins with dashes. Type `sample folio open --help` for its usage.

            """
        ),
        (
            ["folio", "open", "t", "r", "--guest", "--quiet"],
            """
            error: --guest needs a value after it.
              hint: Write `--guest NAME`, or `--guest=NAME` if it begins with dashes. Type `sample folio open --help` for its usage.

            """
        ),
        (
            ["folio", "open", "t", "r", "--guest", "Anna", "Weiß"],
            """
            error: "Weiß" is one argument too many: 2 are expected here.
              hint: Put quotes around a text that contains spaces. Type `sample folio open --help` for its usage.

            """
        ),
        (
            ["folio", "open", "t", "r", "--guest", "A", "--quiet=yes"],
            """
            error: --quiet takes no value.
              hint: Type `sample folio open --help` for its usage.

            """
        ),
        (
            ["folio", "open", "t", "r", "--guest", "A", "--guest", "B"],
            """
            error: --guest was given twice.
              hint: Give it only once. Type `sample folio open --help` for its usage.

            """
        ),
        (
            ["folio", "open", "t", "r", "--guest", "A", "--arrival", "2026-02-30"],
            """
            error: --arrival needs a day of the calendar, not "2026-02-30".
              hint: Write it like 2026-11-20. Type `sample folio open --help` for its usage.

            """
        ),
        (
            ["folio", "open", "t", "r", "--guest", "A", "--pay", "cash"],
            """
            error: --pay needs reserved or direct, not "cash".
              hint: Type `sample folio open --help` for its usage.

            """
        ),
        (
            ["folio", "open", "t", "r", "--guest", "A", "--quantity", "0"],
            """
            error: --quantity needs a whole number from 1 to 100, not "0".
              hint: Type `sample folio open --help` for its usage.

            """
        ),
        (
            ["folio", "open", "t", "r", "--guest", "A", "--quantity", "99999999999999999999"],
            """
            error: --quantity needs a whole number from 1 to 100, not "99999999999999999999".
              hint: Type `sample folio open --help` for its usage.

            """
        ),
        (
            ["folio", "open", "t", "r", "--guest", "A", "--format", "xml"],
            """
            error: --format needs table, json or csv, not "xml".
              hint: Type `sample folio open --help` for its usage.

            """
        ),
        (
            ["folio", "list", ""],
            """
            error: TENANT needs a text, not "".
              hint: Type `sample folio list --help` for its usage.

            """
        ),
    ])
    func `wrong usage is told in one sentence, with what to type next`(words: [String], told: String) async {
        let screen = Screen()
        let exit = await Sample.program.run(words, environment: [:], terminal: screen.terminal())
        #expect(screen.errors.joined() == told)
        #expect(screen.output == "")
        #expect(exit == 2)
    }

    @Test func `a bad value of a variable is told by the variable's name`() throws {
        let format = Parameter.option("pace", .wholeNumber(1...9), default: "1", environment: "SAMPLE_PACE", "How fast.")
        let verb = Verb("go", "Goes.", [format], examples: ["go"]) { _ in }
        var parser = Parser(
            Program(name: "sample", summary: "", version: "1", shared: [], verbs: [verb]), ["go"], ["SAMPLE_PACE": "fast"])
        let error = #expect(throws: UsageError.self) { _ = try parser.parse() }
        #expect(error?.message == "SAMPLE_PACE needs a whole number from 1 to 9, not \"fast\".")
    }

    @Test(arguments: [([], "1", true), ([], "0", false), ([], "", false), (["--fast"], "0", true), ([], nil, false)])
    func `the environment stands in for a flag, too`(words: [String], variable: String?, isSet: Bool) async throws {
        let fast = Parameter.flag("fast", environment: "SAMPLE_FAST", "Goes fast.")
        let verb = Verb("go", "Goes.", [fast], examples: ["go"]) { _ in }
        let program = Program(name: "sample", summary: "", version: "1", shared: [], verbs: [verb])
        var parser = Parser(program, ["go"] + words, variable.map { ["SAMPLE_FAST": $0] } ?? [:])
        guard case .run(_, let values) = try parser.parse() else { throw CancellationError() }
        #expect(values[fast] == isSet)
        var wrong = Parser(program, ["go"], ["SAMPLE_FAST": "yes"])
        let error = #expect(throws: UsageError.self) { _ = try wrong.parse() }
        #expect(error?.message == "SAMPLE_FAST needs 1 or 0, not \"yes\".")
        let screen = Screen()
        #expect(await program.run(["go", "--help"], environment: [:], terminal: screen.terminal()) == 0)
        #expect(screen.output.contains("(environment: SAMPLE_FAST=1)"), "\(screen.output)")
    }

    @Test(arguments: [
        ("abc", "abc", 0), ("abc", "acb", 1), ("folio", "foilo", 1), ("list", "lst", 1), ("", "abc", 3), ("kitten", "sitting", 3),
    ])
    func `the edit distance counts slips`(a: String, b: String, distance: Int) {
        #expect(editDistance(a, b) == distance)
        #expect(editDistance(b, a) == distance)
    }
}
