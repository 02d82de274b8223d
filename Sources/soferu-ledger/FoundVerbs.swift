import Console
import Ledger
import LedgerProgram
import LedgerService
import LedgerShapes

/// `found …`: what these books made at Stripe after the backup that they were put back from.
enum FoundVerbs {
    static let all = [list, accept, dismiss]

    private static let object = Parameter.argument("OBJECT", .text(), "Stripe's id, as `found list` shows it: pi_… or cs_….")

    private static let list = Verb(
        "found list", "Lists found objects: made at Stripe after the backup that was restored, and not in these books yet.",
        [Options.tenant], examples: ["found list seeblick"],
        notes: [
            "Its folio takes no money until `reconcile --repair` or `found accept` takes the object in, or `found dismiss` dismisses it."
        ]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let waiting = try context.ledger.waitingFoundObjects(of: invocation[Options.tenant])
        try invocation.show(
            ShapedResult(
                list: StripeWorkShapes.found, waiting,
                people: Table(
                    [
                        Column("id", "What"), Column("folio", "Folio"), Column("state", "State"), Column("amount", "Amount", .money),
                        Column("currency", "Currency", detail: 1), Column("first_seen_at", "Since", .instant, detail: 2),
                        Column("hint", "What to do", fit: .wrapped),
                    ],
                    rows: waiting.map { waiting in
                        let found = waiting.found
                        return [
                            .text(found.id), .of(found.reference, Cell.text), .text(found.state.rawValue), .of(found.money, Cell.money),
                            .text(found.currency), .instant(found.firstSeen),
                            .text(waiting.obstacle?.sentence ?? "`reconcile --repair` takes it in."),
                        ]
                    }, empty: "No found objects.")))
    }

    private static let accept = Verb(
        "found accept", "Takes in a found object although its amount or customer does not match its folio.",
        [Options.tenant, object, Options.reason],
        examples: ["found accept seeblick pi_3SYk2h --reason 'all lines are there; the guest paid too much'"],
        notes: ["If it took more than the folio has open, check-out refunds the difference to the guest."]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        try await context.ledger.acceptFoundObject(
            invocation[object], reason: invocation[Options.reason], of: invocation[Options.tenant], by: context.actor)
        try invocation.show(Record([.init("accepted", "Taken in", .text(invocation[object]))]))
    }

    private static let dismiss = Verb(
        "found dismiss", "Dismisses a found object permanently: its folio continues without it.",
        [Options.tenant, object, Options.reason],
        examples: ["found dismiss seeblick pi_3SYk2h --reason 'the shop wrote our id into its own payment'"],
        notes: ["Nothing changes at Stripe. From then on `reconcile` reports it as made outside this ledger."]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        try await context.ledger.dismissFoundObject(
            invocation[object], reason: invocation[Options.reason], of: invocation[Options.tenant], by: context.actor)
        try invocation.show(Record([.init("dismissed", "Dismissed", .text(invocation[object]))]))
    }
}
