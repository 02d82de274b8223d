import Console
import Ledger
import LedgerProgram
import LedgerService
import LedgerShapes

/// `audit list`: who set keys and roles and gave back much.
enum AuditVerb {
    private static let tenant = Parameter.optionalArgument(
        "TENANT", .text(), "The tenant's id; leave it out for the operator's own entries.")
    private static let limit = Parameter.option(
        "limit", .wholeNumber(1...100_000), default: "100", "The maximum number of entries to list.")

    static let verb = Verb(
        "audit list", "Lists who changed keys, roles and rules for movements, and who refunded more than the daily limit; newest first.",
        [tenant, limit],
        examples: ["audit list seeblick", "audit list --limit 20"], notes: ["Entries are never changed or deleted."]
    ) { invocation in
        let context = try await CommandContext.open(invocation, timed: false)
        let entries = try context.ledger.auditEntries(of: invocation[tenant], limit: Int(invocation[limit]), by: context.caller)
        try invocation.show(
            ShapedResult(
                list: TenantShapes.auditEntry, entries,
                people: Table(
                    [
                        Column("number", "No.", .number), Column("recorded_at", "When", .instant), Column("actor", "Who"),
                        Column("action", "What"), Column("subject", "Which", fit: .shortened), Column("amount", "Amount", .money),
                        Column("confirmed", "Password confirmed"),
                    ],
                    rows: entries.map {
                        [
                            .integer($0.number), .instant($0.recordedAt), .text($0.actor), .text($0.word), .text($0.subject),
                            .of($0.amount, Cell.money), .flag($0.isConfirmed),
                        ]
                    }, empty: "Nothing yet.")))
    }
}
