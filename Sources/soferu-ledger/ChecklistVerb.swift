import Console
import Ledger
import LedgerProgram
import LedgerService
import LedgerShapes

/// `checklist`: what the closing of a month looks at.
enum ChecklistVerb {
    private static let month = Parameter.requiredOption("month", .month, "The month.")

    static let verb = Verb(
        "checklist", "Shows what must be in order before a month is closed, and what it can be closed over with a reason.",
        [Options.tenant, month], examples: ["checklist seeblick --month 2026-10"],
        notes: ["`statement --close` closes it; with --reason over what does not keep it open."]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let checklist = try context.ledger.closingChecklist(invocation[month], of: invocation[Options.tenant])
        try invocation.show(
            ShapedResult(
                BookShapes.checklist, checklist, file: BookShapes.check, checklist.checks,
                people: Table(
                    [Column("check", "Check", fit: .wrapped), Column("state", "State"), Column("detail", "What", fit: .wrapped)],
                    rows: checklist.checks.map { check in
                        [
                            .text(check.kind.title.english),
                            .text(check.isInOrder ? "in order" : check.isBlocking ? "keeps the month open" : "needs a reason"),
                            check.isInOrder ? .missing : .text(check.phrase.english),
                        ]
                    })))
    }
}
