import Console
import Ledger
import LedgerProgram
import LedgerService

/// `statement`: one month's fees (Monatsabrechnung).
enum StatementVerb {
    private static let month = Parameter.requiredOption("month", .month, "The month.")
    private static let close = Parameter.flag("close", "Closes the month permanently.")
    private static let why = Parameter.option(
        "reason", .text("REASON", .reason),
        "With --close, why it is closed over what is not in order (see `checklist`); it is kept and printed on the statement.")

    static let verb = Verb(
        "statement",
        "Shows a month: the platform fee, and the fees that Stripe withheld. They have different suppliers and are never added up.",
        [month, Options.onlyTenant, close, why],
        examples: ["statement --month 2026-10", "statement --month 2026-10 --tenant seeblick --close"],
        notes: [
            "A closed month never changes. Items that become known later appear in the next month, marked as late.",
            "A month is closed only when Stripe was read after its end, nothing of it waits, and the clearing account equals Stripe's balance. "
                + "What else is not in order is closed over with --reason. Without --tenant each month that can be "
                + "closed is closed; the others are named with the reason, and the verb exits with 1.",
        ]
    ) { invocation in
        guard invocation[why] == nil || invocation[close] else { throw invocation.misuse("--reason goes with --close.") }
        let context = try await CommandContext.open(invocation)
        let statements: [Statement]
        var left: [MonthClosing.Left] = []
        if let id = invocation[Options.onlyTenant] {
            let one = try context.ledger.statement(invocation[month], of: id)
            let isToClose = invocation[close] && one.closedAt == nil
            statements = [
                isToClose
                    ? try await context.ledger.closeMonth(invocation[month], of: id, reason: invocation[why], by: context.actor) : one
            ]
        } else if invocation[close] {
            let closing: MonthClosing = try await context.ledger.closeMonths(
                invocation[month], reason: invocation[why], by: context.actor)
            (statements, left) = (closing.statements, closing.left)
        } else {
            statements = try context.ledger.statements(invocation[month])
        }
        try invocation.show(
            StatementPresentation(statements: statements, month: invocation[month], isOne: invocation[Options.onlyTenant] != nil))
        guard !left.isEmpty else { return }
        if left.count > 1 {
            try invocation.remark("Left open:")
            for one in left {
                try invocation.say("\(one.tenant): \(one.refusal.message)\(one.refusal.hint.map { " \($0)" } ?? "")")
            }
        }
        throw MonthsLeftOpen(month: invocation[month], left: left)
    }
}

/// Some tenants' months could not be closed.
private struct MonthsLeftOpen: OperatorRefusal {
    let month: Month
    /// At least one.
    let left: [MonthClosing.Left]

    var code: String { left.count == 1 ? left[0].refusal.code : "months_left_open" }
    var message: String {
        let tenants = left.map(\.tenant).joined(separator: ", ")
        let why = left.count == 1 ? ": \(left[0].refusal.message)" : "."
        return "\(month.text(in: .english)) stays open for \(tenants)\(why)"
    }
    var hint: String? {
        left.count == 1 ? left[0].refusal.hint : "The list says why; what could be closed is closed. Run it again when that is settled."
    }
}
