import Console
import Ledger
import LedgerProgram
import LedgerService

/// `statement`: one month's fees (Monatsabrechnung).
enum StatementVerb {
    private static let month = Parameter.requiredOption("month", .month, "The month.")
    private static let close = Parameter.flag("close", "Closes the month permanently.")

    static let verb = Verb(
        "statement",
        "Shows a month: the platform fee, and the fees that Stripe withheld. They have different suppliers and are never added up.",
        [month, Options.onlyTenant, close], examples: ["statement --month 2026-10", "statement --month 2026-10 --tenant seeblick --close"],
        notes: ["A closed month never changes. Items that become known later appear in the next month, marked as late."]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        var statements: [Statement]
        if let only = invocation[Options.onlyTenant] {
            statements = [try context.ledger.statement(invocation[month], of: only)]
        } else {
            statements = try context.ledger.statements(invocation[month])
        }
        if invocation[close] {
            for index in statements.indices where statements[index].closedAt == nil {
                statements[index] = try await context.ledger.closeMonth(
                    invocation[month], of: statements[index].tenant, by: context.actor)
            }
        }
        try invocation.show(StatementPresentation(statements: statements, month: invocation[month]))
    }
}
