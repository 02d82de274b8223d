import Console
import Ledger
import LedgerProgram
import LedgerService
import LedgerShapes

/// `unreadable …`: what one of Stripe's lists could not show.
enum UnreadableVerbs {
    static let all = [list, dismiss]

    private static let object = Parameter.argument("OBJECT", .text(), "As `unreadable list` shows it: Stripe's id, or unnamed_….")
    private static let state = Parameter.option("state", .choice(of: UnreadableObject.State.self), "Only objects in this state.")

    private static let list = Verb(
        "unreadable list", "Lists entries of Stripe's lists that could not be read or booked.",
        [Options.tenant, state], examples: ["unreadable list seeblick", "unreadable list seeblick --state dismissed"],
        notes: ["Without --state: those that wait. Each sync tries them again. No month is closed until each is read or dismissed."]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        try invocation.show(list(try context.ledger.unreadableObjects(invocation[state], of: invocation[Options.tenant])))
    }

    private static let dismiss = Verb(
        "unreadable dismiss", "Lets months be closed without an object that cannot be read.",
        [Options.tenant, object, Options.reason],
        examples: ["unreadable dismiss seeblick txn_3SYk2h --reason 'compared in the Dashboard: 0.00'"],
        notes: [
            "Compare it in Stripe's Dashboard first. Each sync still tries to read it. `reconcile` still shows the difference in money that it "
                + "makes."
        ]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let dismissed = try await context.ledger.dismissUnreadable(
            invocation[object], reason: invocation[Options.reason], of: invocation[Options.tenant], by: context.actor)
        try invocation.show(list([dismissed]))
    }

    private static func list(_ objects: [UnreadableObject]) -> ShapedResult {
        ShapedResult(
            list: BookShapes.unreadable, objects,
            people: Table(
                [
                    Column("id", "What"), Column("first_seen_at", "Since", .instant), Column("state", "State"),
                    Column("why", "Why", fit: .wrapped),
                ],
                rows: objects.map { object in
                    [
                        .text(object.id), .instant(object.firstSeen), .text(object.state.rawValue),
                        .of(object.dismissal?.reason ?? object.failure?.technical, Cell.text),
                    ]
                }, empty: "No such objects."))
    }
}
