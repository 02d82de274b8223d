import Testing

@testable import Console

@Suite struct `The man page` {
    private let page = ManPage(program: Sample.program).text

    @Test func `has everything that help says about a verb`() {
        #expect(
            page.contains(
                #"""
                .SS folio open
                Opens a folio and asks the guest for the payment.
                .P
                .na
                \%sample\ folio\ open
                \%TENANT
                \%REFERENCE
                \%\-\-guest\ NAME
                \%[\-\-arrival\ YYYY\-MM\-DD]
                \%[\-\-pay\ reserved|direct]
                \%[\-\-amount\ AMOUNT]
                \%[\-\-quantity\ N]
                \%[\-\-tag\ WORD]\ ...
                \%[\-\-quiet]
                \%[options]
                .ad
                .TP
                \fBTENANT\fP
                The tenant's id.

                """#), "\(page)")
        #expect(
            page.contains(
                #"""
                .TP
                \fB\-\-tag WORD\fP
                A word to find it by. (may be repeated)
                .TP
                \fB\-\-quiet\fP
                Sends no mail to the guest.
                .P
                With \fB\-\-pay reserved\fP nothing is taken before check-out.
                .P
                Example:
                .P
                .nf
                    sample folio open seeblick R\-4711 \-\-guest \(aqAnna Wei\[u00DF]\(aq \-\-arrival 2026\-11\-20 \-\-amount 300.00
                .fi

                """#), "\(page)")
    }

    @Test func `has its sections in the order of other man pages, and no date`() {
        let titles = page.split(separator: "\n").filter { $0.hasPrefix(".SH") }
        #expect(
            titles == [
                ".SH NAME", ".SH SYNOPSIS", ".SH DESCRIPTION", ".SH VERBS", ".SH OPTIONS", ".SH \"ENVIRONMENT\"", ".SH \"FILES\"",
                ".SH \"EXIT STATUS\"",
            ])
        #expect(page.hasPrefix(".TH \"SAMPLE\" 1 \"\" \"sample 1.2.3\"\n.SH NAME\nsample \\-\nA ledger for hotels.\n"))
        #expect(page.contains(".TP\n\\fBLEDGER_DB\\fP\nThe same as \\-\\-db. The ledger file.\n"))
        #expect(page.contains(".SH \"FILES\"\n.TP\n\\fBledger.db\\fP\nThe ledger file. \\-\\-db names another.\n"))
    }

    @Test func `is printed instead of a verb`() async {
        let result = await run("--man")
        #expect(result.exit == 0 && result.output == page)
    }

    @Test(arguments: [
        (".TH is no request here", "\\&.TH is no request here"), ("'tis", "\\&'tis"), ("a\\b", "a\\eb"),
        ("see --db, not -", "see \\-\\-db, not \\-"), ("a check-out", "a check-out"), ("run `x --y`.", "run \\fBx \\-\\-y\\fP."),
        ("\"ü\"…", "\\(dq\\[u00FC]\\(dq..."), ("👍", "\\[u1F44D]"),
    ])
    func `what would be an instruction to roff is a text`(text: String, roff: String) {
        #expect(Roff.text(text) == roff)
    }

    @Test func `a request cannot begin a line that the text was wrapped to`() {
        let lines = Roff.text(String(repeating: "word ", count: 16) + ".so /etc/passwd 'and more'").split(separator: "\n")
        #expect(lines.count == 2 && lines[1] == "\\&.so /etc/passwd 'and more'", "\(lines)")
        #expect(Roff.text("").isEmpty)
    }

    @Test func `is plain ASCII`() { #expect(page.utf8.allSatisfy { $0 < 0x80 }) }
}
