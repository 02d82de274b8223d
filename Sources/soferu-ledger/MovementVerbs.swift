import Console
import Ledger
import LedgerProgram
import LedgerService
import LedgerShapes

/// `movement …`: what moved on the balance at Stripe and nothing in the books explains.
enum MovementVerbs {
    static let all = [list, assign, dismiss]

    private static let movement = Parameter.argument("MOVEMENT", .text(), "Stripe's id, as `movement list` shows it: txn_….")
    private static let account = Parameter.argument(
        "ACCOUNT", .text(), "\(Account.assignable.map(\.name).joined(separator: ", ")), or external:NAME with a name of your own.")
    private static let state = Parameter.option(
        "state", .choice(of: UnexplainedMovement.State.self), "Only movements in this state.")

    private static let list = Verb(
        "movement list", "Lists movements on the balance at Stripe that nothing in these books explained.",
        [Options.tenant, state], examples: ["movement list seeblick", "movement list seeblick --state assigned"],
        notes: [
            "Without --state: those that wait until Stripe shows what they came from, and those in suspense, which `movement assign` assigns.",
            "Of one that waits, why its origin could not be read is said; `movement dismiss` puts it in suspense nevertheless.",
        ]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let movements = try context.ledger.unexplainedMovements(
            invocation[state], of: invocation[Options.tenant])
        try invocation.show(list(movements))
    }

    private static let assign = Verb(
        "movement assign", "Assigns the amount of a movement in suspense to an account.",
        [Options.tenant, movement, account, Options.reason],
        examples: ["movement assign seeblick txn_3SYk2h external:shop --reason 'sold by the shop'"],
        notes: ["Again, it corrects the assignment before: that is reversed. Both stay in the journal."]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let assigned = try await context.ledger.assignMovement(
            invocation[movement], to: invocation[account], reason: invocation[Options.reason], of: invocation[Options.tenant],
            by: context.actor)
        try invocation.show(list([assigned]))
    }

    private static let dismiss = Verb(
        "movement dismiss", "Puts a movement in suspense although what it came from cannot be read.",
        [Options.tenant, movement, Options.reason],
        examples: ["movement dismiss seeblick txn_3SYk2h --reason 'Stripe cannot show the charge; seen in the Dashboard'"],
        notes: [
            "It can then be assigned, and no month waits for it. Each sync still tries to read it; if it is ours after all, it is taken out of "
                + "suspense again."
        ]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let dismissed = try await context.ledger.dismissMovement(
            invocation[movement], reason: invocation[Options.reason], of: invocation[Options.tenant], by: context.actor)
        try invocation.show(list([dismissed]))
    }

    private static func list(_ movements: [UnexplainedMovement]) -> ShapedResult {
        ShapedResult(
            list: BookShapes.movement, movements,
            people: Table(
                [
                    Column("id", "What"), Column("created", "Since", .instant), Column("type", "Type"), Column("amount", "Amount", .money),
                    Column("state", "State"), Column("account", "Account"), Column("why", "Why", fit: .wrapped),
                ],
                rows: movements.map { known in
                    [
                        .text(known.movement.id), .instant(known.movement.created), .text(known.movement.type),
                        .money(known.movement.amount), .text(known.state.rawValue), .of(known.account, Cell.text),
                        .of(known.assignment?.reason ?? known.dismissal?.reason ?? known.failure?.technical, Cell.text),
                    ]
                }, empty: "No such movements."))
    }
}
