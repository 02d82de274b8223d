import Testing

@testable import Console

@Suite struct `Help` {
    @Test func `a verb's help says everything that is needed to use it`() async {
        let result = await run("folio", "open", "--help")
        #expect(
            result.output == """
                Opens a folio and asks the guest for the payment.

                Usage: sample folio open TENANT REFERENCE --guest NAME [--arrival YYYY-MM-DD]
                         [--pay reserved|direct] [--amount AMOUNT] [--quantity N] [--tag WORD] …
                         [--quiet] [options]

                Arguments
                  TENANT     The tenant's id.
                  REFERENCE  The folio's number.

                Options
                  --guest NAME             The guest's name. (required)
                  --arrival YYYY-MM-DD     The day the guest arrives.
                  --pay reserved|direct    How the guest pays. (default: reserved)
                  --amount AMOUNT          What is held or paid.
                  --quantity N             How many. (default: 1)
                  --tag WORD               A word to find it by. (may be repeated)
                  --quiet                  Sends no mail to the guest.
                  --db FILE                The ledger file. (environment: LEDGER_DB, default:
                                           ledger.db)
                  --format table|json|csv  How results are printed: json and csv are for
                                           programs; a table fits the terminal, and is as wide
                                           as it needs to be in a file or pipe. (default: table)
                  --help                   Prints this help.

                With `--pay reserved` nothing is taken before check-out.

                Exit codes
                  0  Done.
                  1  Refused or failed; the reason and a hint are on stderr.
                  2  The command line was not understood.

                Example
                  sample folio open seeblick R-4711 --guest 'Anna Weiß' --arrival 2026-11-20 --amount 300.00

                """)
        #expect(result.exit == 0)
    }

    @Test func `the program's help lists all verbs`() async {
        #expect(
            await run("--help").output == """
                A ledger for hotels.

                Usage: sample VERB …

                Verbs
                  folio open  Opens a folio and asks the guest for the payment.
                  folio list  Lists folios.
                  check-out   Takes what is due.
                  user add    Adds a user.

                Options of every verb
                  --db FILE                The ledger file. (environment: LEDGER_DB, default:
                                           ledger.db)
                  --format table|json|csv  How results are printed: json and csv are for
                                           programs; a table fits the terminal, and is as wide
                                           as it needs to be in a file or pipe. (default: table)
                  --help                   Prints this help.

                Instead of a verb
                  --completions bash|zsh|fish
                                              Prints a script with which the shell completes
                                              verbs and options.
                  --man                       Prints the man page.
                  --version                   Prints the version.

                Type `sample VERB --help` for the usage and examples of a verb.

                """)
    }

    @Test func `a group's help lists its verbs`() async {
        let text = await run("folio", "--help").output
        #expect(text.contains("Usage: sample folio …\n\nVerbs\n  folio open  Opens"))
        #expect(!text.contains("check-out   Takes"))
    }

    @Test(arguments: [["help", "folio", "open"], ["folio", "open", "-h"], ["folio", "open", "--wrong", "--help"]])
    func `there are several ways to ask, and a mistake beside it does not matter`(words: [String]) async {
        let screen = Screen()
        #expect(await Sample.program.run(words, environment: [:], terminal: screen.terminal()) == 0)
        #expect(screen.output.hasPrefix("Opens a folio"))
    }

    @Test func `help that stands behind two dashes is an argument`() async {
        #expect(await run("folio", "list", "--", "--help").output.contains("--help\n"))
    }

    @Test func `the version is one line`() async {
        #expect(await run("--version").output == "sample 1.2.3\n")
    }

    @Test func `help fits a narrow terminal`() async {
        for line in await run("folio", "open", "--help", width: 50).output.split(separator: "\n") where !line.contains("R-4711") {
            #expect(displayWidth(String(line)) <= 50, "\(line)")
        }
    }
}

@Suite struct `Exits` {
    @Test func `a refusal is told with its hint and exits with 1`() async {
        let result = await run("check-out", "seeblick", "--format", "json")
        #expect(result.exit == 1)
        #expect(result.output == "")
        #expect(result.error == "error: The plan has changed.\n  hint: Look at the new one.\n")
    }

    @Test func `any other error is one sentence for the operator and exits with 1`() async {
        let result = await run("check-out", "burning")
        #expect(result.exit == 1)
        #expect(result.error.hasPrefix("error: This should not have happened: "))
        #expect(result.error.split(separator: "\n").count == 1)
    }

    @Test func `what a stranger typed cannot steer the terminal`() async {
        let result = await run("\u{1B}[2Jfoo\nbar")
        #expect(result.error.hasPrefix("error: There is no verb \"\u{FFFD}[2Jfoo bar\"."))
    }

    @Test func `an amount below zero, or with too many decimals, is refused`() async {
        func told(_ amount: String) async -> String { await run("folio", "open", "t", "r", "--guest", "A", "--amount", amount).error }
        #expect(
            await told("-5")
                == "error: The amount -5.00 EUR is below zero.\n  hint: Give it without the minus sign; the verb decides the direction.\n"
        )
        #expect(await told("0.00") == "error: The amount is zero.\n  hint: Give an amount above zero.\n")
        #expect(await told("1.234").hasPrefix("error: \"1.234\" has more decimals than EUR has (2).\n"))
        #expect(await told("92233720368547758.08").hasPrefix("error: The amount is too large.\n"))
        #expect(await told("1,00.00").hasPrefix("error: \"1,00.00\" is not an amount.\n"))
    }
}
