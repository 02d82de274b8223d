import Console
import Ledger
import LedgerProgram
import LedgerService
import LedgerShapes

/// `rule …`: to which account movements are assigned by themselves.
enum RuleVerbs {
    static let all = [list, add, end]

    private static let type = Parameter.argument("TYPE", .text("TYPE", .balanceType), "Stripe's type of the movements, such as charge.")
    private static let rule = Parameter.argument("RULE", .wholeNumber(1...Int64.max), "The rule's number, as `rule list` shows it.")

    private static let list = Verb(
        "rule list", "Lists the rules by which movements in suspense are assigned by themselves; also those that were ended.",
        [Options.tenant], examples: ["rule list seeblick"]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        try invocation.show(list(try context.ledger.movementRules(of: invocation[Options.tenant])))
    }

    private static let add = Verb(
        "rule add", "Assigns movements of a type to an account by itself, from now on.",
        [Options.tenant, type, MovementVerbs.account, MovementVerbs.onlyOthers, Options.reason],
        examples: ["rule add seeblick charge external:shop --only-others --reason 'sold by the shop'"],
        notes: [
            "What is in suspense already stays there: `movement assign --type` assigns it. For each type at most one rule is in force.",
            "What turns out to be ours later is taken out of the account again, as after any other assignment.",
        ]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let tenant = invocation[Options.tenant]
        let added = try await context.ledger.addMovementRule(
            MovementSelection(type: invocation[type], onlyOthers: invocation[MovementVerbs.onlyOthers]),
            to: invocation[MovementVerbs.account], reason: invocation[Options.reason], of: tenant, by: context.actor)
        try invocation.show(list([added]))
        guard let left = try context.ledger.suspenseTotals(of: tenant).first(where: { $0.type == added.selection.type }) else { return }
        try invocation.remark(
            "\(left.count) \(left.count == 1 ? "movement" : "movements") of this type \(left.count == 1 ? "is" : "are") in suspense already: "
                + "`movement assign --type \(left.type)` assigns what came before the rule.")
    }

    private static let end = Verb(
        "rule end", "Ends a rule: what comes from now on stays in suspense.", [Options.tenant, rule], examples: ["rule end seeblick 1"],
        notes: ["What the rule has assigned stays where it is."]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let ended = try await context.ledger.endMovementRule(invocation[rule], of: invocation[Options.tenant], by: context.actor)
        try invocation.show(list([ended]))
    }

    private static func list(_ rules: [MovementRule]) -> ShapedResult {
        ShapedResult(
            list: BookShapes.movementRule, rules,
            people: Table(
                [
                    Column("number", "No.", .number), Column("type", "Type", fit: .shortened), Column("only_others", "Only others'"),
                    Column("account", "Account"), Column("reason", "Why", fit: .wrapped), Column("actor", "Set by", detail: 1),
                    Column("created_at", "Since", .instant, detail: 2), Column("ended_at", "Ended", .instant),
                ],
                rows: rules.map {
                    [
                        .integer($0.number), .text($0.selection.type), .flag($0.selection.onlyOthers), .text($0.account), .text($0.reason),
                        .text($0.actor), .instant($0.created), .of($0.end?.at, Cell.instant),
                    ]
                }, empty: "No rules yet. `rule add` sets one."))
    }
}
