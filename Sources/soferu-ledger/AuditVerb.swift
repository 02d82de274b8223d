import Console
import Ledger
import LedgerProgram
import LedgerService

/// `audit list`: who set keys and roles and gave back much.
enum AuditVerb {
    private static let tenant = Parameter.optionalArgument("TENANT", .text(), "The tenant's id; none for what is the operator's own.")
    private static let limit = Parameter.option("limit", .wholeNumber(1...100_000), default: "100", "At most so many.")

    static let verb = Verb(
        "audit list", "Lists who set keys and roles, and who gave back more than the day's limit; newest first.", [tenant, limit],
        examples: ["audit list seeblick", "audit list --limit 20"], notes: ["Lines are never changed or removed."]
    ) { invocation in
        let world = try await World.open(invocation, timed: false)
        let entries = try world.ledger.auditEntries(of: invocation[tenant], limit: Int(invocation[limit]), by: world.caller)
        try invocation.show(
            Table(
                [
                    Column("number", "No.", .number), Column("recorded_at", "When", .instant), Column("actor", "Who"),
                    Column("action", "What"), Column("subject", "Which", fit: .shortened), Column("amount", "Amount", .money),
                    Column("confirmed", "Password asked"),
                ],
                rows: entries.map {
                    [
                        .integer($0.number), .instant($0.recordedAt), .text($0.actor), .text($0.word), .text($0.subject),
                        .of($0.amount, Cell.money), .flag($0.isConfirmed),
                    ]
                }, empty: "Nothing yet."))
    }
}
