import Console
import Ledger
import LedgerProgram
import LedgerService
import LedgerShapes

/// `dispute …`: what guests' banks contest.
enum DisputeVerbs {
    static let all = [list, show, writeOff]

    private static let dispute = Parameter.argument("DISPUTE", .text(), "Stripe's id, as `dispute list` shows it: du_….")

    private static let list = Verb(
        "dispute list", "Lists payments that guests' banks contest, oldest first.", [Options.tenant],
        examples: ["dispute list seeblick", "dispute list seeblick --format csv"]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        try invocation.show(list(try context.ledger.disputes(of: invocation[Options.tenant])))
    }

    private static let show = Verb(
        "dispute show", "Shows a dispute, what is to be done about it, and what it brought about in the journal.",
        [Options.tenant, dispute],
        examples: ["dispute show seeblick du_1SYk2h"]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let tenant = try context.ledger.tenant(invocation[Options.tenant])
        let view = try context.ledger.dispute(invocation[dispute], of: tenant.id)
        let known = view.dispute
        try invocation.show(
            ShapedResult(
                BookShapes.disputeView, view, file: BookShapes.dispute, [known],
                people: Record(
                    [
                        .init("dispute", "Dispute", .text(known.id)), .init("folio", "Folio", .of(known.folio, Cell.text)),
                        .init("guest", "Guest", .of(known.guest, Cell.text)), .init("amount", "Contested", .money(known.amount)),
                        .init("reason", "Reason", .text(known.reason)), .init("status", "State", .text(known.state)),
                        .init("evidence_due_at", "Evidence by", .of(known.evidenceDue, Cell.instant)),
                        .init("withdrawn", "Withdrawn", .money(known.withdrawn)),
                        .init("written_off", "Written off", .money(known.writtenOff)),
                        .init("open", "Open", .of(view.open, Cell.money)),
                        .init("next_step", "What to do", .text(view.step.phrase.english)),
                    ]
                        + view.entries.map { entry in
                            .init(
                                "entry_\(entry.number)", "\(entry.occurredOn)",
                                .text("\(entry.kind.rawValue) \(entry.amount)\(entry.reason.map { ": \($0)" } ?? "")"))
                        })))
    }

    private static let writeOff = Verb(
        "dispute write-off", "Gives up what a lost dispute has left open.", [Options.tenant, dispute, Options.reason],
        examples: ["dispute write-off seeblick du_1SYk2h --reason 'the guest cannot be reached'"],
        notes: ["If the bank gives the money back after all, the write-off is reversed automatically. Both stay in the journal."]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let written = try await context.ledger.writeOffDispute(
            invocation[dispute], reason: invocation[Options.reason], of: invocation[Options.tenant], by: context.actor)
        try invocation.show(list([written]))
    }

    private static func list(_ disputes: [DisputeSummary]) -> ShapedResult {
        ShapedResult(
            list: BookShapes.dispute, disputes,
            people: Table(
                [
                    Column("id", "Dispute"), Column("folio", "Folio"), Column("amount", "Contested", .money), Column("status", "State"),
                    Column("evidence_due_at", "Evidence by", .instant), Column("withdrawn", "Withdrawn", .money),
                    Column("written_off", "Written off", .money, detail: 1),
                ],
                rows: disputes.map { dispute in
                    [
                        .text(dispute.id), .of(dispute.folio, Cell.text), .money(dispute.amount), .text(dispute.state),
                        .of(dispute.evidenceDue, Cell.instant), .money(dispute.withdrawn), .money(dispute.writtenOff),
                    ]
                }, empty: "No disputes."))
    }
}
