import Console
import Ledger
import LedgerProgram
import LedgerService
import LedgerShapes

/// `movement …`: what moved on the balance at Stripe and nothing in the books explains.
enum MovementVerbs {
    static let all = [list, assign, dismiss]

    static let account = Parameter.argument(
        "ACCOUNT", .text(), "\(Account.assignable.map(\.name).joined(separator: ", ")), or external:NAME with a name of your own.")
    static let onlyOthers = Parameter.flag(
        "only-others", "Only movements of which it is known that what they came from does not carry these books' id.")

    private static let movement = Parameter.optionalArgument(
        "MOVEMENT", .text(), "Stripe's id, as `movement list` shows it: txn_…; not with --type.")
    private static let dismissed = Parameter.argument("MOVEMENT", .text(), "Stripe's id, as `movement list` shows it: txn_….")
    private static let state = Parameter.option(
        "state", .choice(of: UnexplainedMovement.State.self), "Only movements in this state.")
    private static let ofType = Parameter.option("type", .text("TYPE", .balanceType), "Only movements of this type of Stripe's.")
    private static let allOfType = Parameter.option(
        "type", .text("TYPE", .balanceType), "Assigns everything of this type of Stripe's that is in suspense, instead of one movement.")
    private static let limit = Parameter.option(
        "limit", .wholeNumber(1...1_000_000), default: "1000", "The maximum number of movements to list.")

    private static let list = Verb(
        "movement list", "Lists movements on the balance at Stripe that nothing in these books explained, oldest first.",
        [Options.tenant, state, ofType, limit],
        examples: ["movement list seeblick", "movement list seeblick --state assigned --type charge"],
        notes: [
            "Without --state: those that wait until Stripe shows what they came from, and those in suspense, which `movement assign` assigns.",
            "Of one that waits, why its origin could not be read is said; `movement dismiss` puts it in suspense nevertheless.",
        ]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let most = Int(invocation[limit])
        let found = try context.ledger.unexplainedMovements(
            invocation[state], type: invocation[ofType], limit: most + 1, of: invocation[Options.tenant])
        let movements = Array(found.prefix(most))
        try invocation.show(list(movements, next: found.count > most ? movements.last?.movement.id : nil))
        if found.count > most {
            try invocation.remark("There are more than these \(most): set a higher --limit, or filter with --state or --type.")
        }
    }

    private static let assign = Verb(
        "movement assign", "Assigns the amount of a movement in suspense to an account, or that of all movements of a type.",
        [Options.tenant, movement, account, allOfType, onlyOthers, Options.reason],
        examples: [
            "movement assign seeblick txn_3SYk2h external:shop --reason 'sold by the shop'",
            "movement assign seeblick --type charge external:shop --reason 'sold by the shop'",
        ],
        notes: [
            "Again, it corrects the assignment of one movement: that is reversed. Both stay in the journal.",
            "With --type each movement has an entry of its own. `rule add` does the same with all that come from then on.",
        ]
    ) { invocation in
        switch (invocation[movement], invocation[allOfType]) {
        case (let id?, nil):
            guard !invocation[onlyOthers] else { throw invocation.misuse("--only-others goes with --type.") }
            let context = try await CommandContext.open(invocation)
            let assigned = try await context.ledger.assignMovement(
                id, to: invocation[account], reason: invocation[Options.reason], of: invocation[Options.tenant], by: context.actor)
            try invocation.show(list([assigned]))
        case (nil, let type?):
            let context = try await CommandContext.open(invocation)
            let assigned = try await context.ledger.assignMovements(
                MovementSelection(type: type, onlyOthers: invocation[onlyOthers]), to: invocation[account],
                reason: invocation[Options.reason], of: invocation[Options.tenant], by: context.actor)
            try invocation.show(
                ShapedResult(
                    BookShapes.assigned, assigned,
                    people: Record([
                        .init("type", "Type", .text(assigned.selection.type)), .init("account", "Account", .text(assigned.account)),
                        .init("count", "Assigned", .integer(assigned.count)), .init("amount", "Amount", .money(assigned.amount)),
                        .init("reason", "Why", .text(assigned.reason)),
                    ])))
        default: throw invocation.misuse("Give either MOVEMENT or --type.")
        }
    }

    private static let dismiss = Verb(
        "movement dismiss", "Puts a movement in suspense although what it came from cannot be read.",
        [Options.tenant, dismissed, Options.reason],
        examples: ["movement dismiss seeblick txn_3SYk2h --reason 'Stripe cannot show the charge; seen in the Dashboard'"],
        notes: [
            "It can then be assigned, and no month waits for it. Each sync still tries to read it; if it is ours after all, it is taken out of "
                + "suspense again."
        ]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let known = try await context.ledger.dismissMovement(
            invocation[dismissed], reason: invocation[Options.reason], of: invocation[Options.tenant], by: context.actor)
        try invocation.show(list([known]))
    }

    private static func list(_ movements: [UnexplainedMovement], next: String? = nil) -> ShapedResult {
        ShapedResult(
            list: BookShapes.movement, movements, next: next,
            people: Table(
                [
                    Column("id", "What"), Column("created", "Since", .instant, detail: 2), Column("type", "Type", fit: .shortened),
                    Column("amount", "Amount", .money),
                    Column("state", "State"), Column("account", "Account", detail: 1), Column("why", "Why", fit: .wrapped),
                ],
                rows: movements.map { known in
                    [
                        .text(known.movement.id), .instant(known.movement.created), .text(known.movement.type),
                        .money(known.movement.amount), .text(known.state.rawValue), .of(known.account, Cell.text),
                        .of(known.assignment?.phrase.english ?? known.dismissal?.reason ?? known.failure?.technical, Cell.text),
                    ]
                }, empty: "No such movements."))
    }
}
