import Ledger
import LedgerService
import LedgerShapes

enum MovementRoutes {
    static let all = [list, assign, assignType, dismiss, rules, addRule, endRule, listUnreadable, dismissUnreadable]

    private static let state = Field.optional(
        "state", .choice(of: UnexplainedMovement.State.self), "Only movements in this state; if omitted, those that need somebody.",
        example: "suspense")
    private static let ofType = Field.optional("type", .text(.balanceType), "Only movements of this type of Stripe's.", example: "charge")
    private static let after = Field.optional(
        "after", InputType<String>.text(matching: "^txn_[A-Za-z0-9_]{1,250}$", length: 5...254, movementID, where: isMovementID),
        "The id to continue from: `next` of the previous answer.", example: "txn_3SYk2h")

    private static let movementID = Phrase("an id such as txn_3SYk2h", "eine Kennung wie txn_3SYk2h")

    private static func isMovementID(_ text: String) -> Bool {
        text.hasPrefix("txn_") && text.utf8.count > 4
            && text.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95 }
    }

    private static let list = Route(
        .get, "/v1/tenants/{tenant}/movements", "listMovements", needs: .seeBooks, "List movements that nothing explains",
        about: "Movements on the balance at Stripe that no payment, refund, fee or payout of these books explained, oldest first.",
        query: [state, ofType, after, Common.limit], answers: [RouteAnswer(200, "A page of the list.", BookShapes.movement.page())],
        refusals: ["movement_not_found"]
    ) { call in
        let limit = Int(call.query[Common.limit])
        let movements = try call.ledger.unexplainedMovements(
            call.query[state], type: call.query[ofType], after: call.query[after], limit: limit + 1, of: call.tenantID)
        return Reply(200, BookShapes.movement.page(), Page(movements, limit: limit) { $0.movement.id })
    }

    private static let account = Field.required(
        "account", .text(.accountName),
        "`\(Account.assignable.map(\.name).joined(separator: "`, `"))`, or `external:` with a name of your own.", example: "external:shop")
    private static let reason = Field.required("reason", .text(.reason), "Why; it is kept permanently.", example: "sold by the shop")

    private static let assign = Route(
        .post, "/v1/tenants/{tenant}/movements/{movement}/assignment", "assignMovement", needs: .assignMovement, "Assign a movement",
        about: "Moves the amount from suspense to an account. Again: corrects the assignment before.",
        body: .object(InputShape([account, reason])),
        answers: [RouteAnswer(200, "The movement.", BookShapes.movement)],
        refusals: ["movement_not_found", "movement_not_assignable", "movement_waiting", "account_invalid"]
    ) { call in
        try await call.ledger.assignMovement(
            call.path["movement"]!, to: call.body[account], reason: call.body[reason], of: call.tenantID, by: call.actor,
            once: call.once { Reply(200, BookShapes.movement, $0) })
    }

    private static let type = Field.required("type", .text(.balanceType), "Stripe's type of the movements.", example: "charge")
    private static let onlyOthers = Field.standard(
        "only_others", .flag, false, written: false,
        "Whether only movements are meant of which it is known that what they came from does not carry these books' id.")

    private static let assignType = Route(
        .post, "/v1/tenants/{tenant}/movements/assignment", "assignMovements", needs: .assignMovement, "Assign all movements of a type",
        about: "Moves the amount of each movement of the type that is in suspense now to an account, by an entry of its own.",
        body: .object(InputShape([type, onlyOthers, account, reason])),
        answers: [RouteAnswer(200, "What was assigned.", BookShapes.assigned)],
        refusals: ["movement_type_not_found", "account_invalid"]
    ) { call in
        try await call.ledger.assignMovements(
            selection(of: call), to: call.body[account], reason: call.body[reason], of: call.tenantID, by: call.actor,
            once: call.once { Reply(200, BookShapes.assigned, $0) })
    }

    private static func selection(of call: Call) -> MovementSelection {
        MovementSelection(type: call.body[type], onlyOthers: call.body[onlyOthers])
    }

    // MARK: - Rules

    private static let rules = Route(
        .get, "/v1/tenants/{tenant}/movement-rules", "listMovementRules", needs: .seeBooks, "List the rules for movements",
        about: "By which rules movements are assigned by themselves, in the order in which they were set; also those that were ended.",
        answers: [RouteAnswer(200, "The rules.", BookShapes.movementRule.page())], refusals: []
    ) { call in
        Reply(200, BookShapes.movementRule.page(), Page(all: try call.ledger.movementRules(of: call.tenantID)))
    }

    private static let addRule = Route(
        .post, "/v1/tenants/{tenant}/movement-rules", "addMovementRule", needs: .assignMovement, "Set a rule for movements",
        about: """
            From now on each movement of the type that comes into suspense is assigned to the account by itself, with the rule's reason. What is in \
            suspense already stays there until it is assigned. For each type at most one rule is in force.
            """,
        body: .object(InputShape([type, onlyOthers, account, reason])),
        answers: [RouteAnswer(201, "The rule.", BookShapes.movementRule)], refusals: ["rule_exists", "account_invalid"]
    ) { call in
        try await call.ledger.addMovementRule(
            selection(of: call), to: call.body[account], reason: call.body[reason], of: call.tenantID, by: call.actor,
            once: call.once { Reply(201, BookShapes.movementRule, $0) })
    }

    private static let endRule = Route(
        .post, "/v1/tenants/{tenant}/movement-rules/{rule}/end", "endMovementRule", needs: .assignMovement, "End a rule for movements",
        about: "What comes from now on stays in suspense. What the rule has assigned stays where it is.",
        answers: [RouteAnswer(200, "The rule.", BookShapes.movementRule)], refusals: ["rule_not_found", "rule_ended"]
    ) { call in
        try await call.ledger.endMovementRule(
            try call.number("rule"), of: call.tenantID, by: call.actor, once: call.once { Reply(200, BookShapes.movementRule, $0) })
    }

    // MARK: - What Stripe cannot show

    private static let dismiss = Route(
        .post, "/v1/tenants/{tenant}/movements/{movement}/dismissal", "dismissMovement", needs: .assignMovement, "Dismiss a movement",
        about:
            "Puts the amount of a waiting movement in suspense although what it came from cannot be read: it may then be assigned, and no "
            + "month waits for it. Each sync still tries to read it; if it is ours after all, it is taken out of suspense.",
        body: .object(InputShape([reason])),
        answers: [RouteAnswer(200, "The movement.", BookShapes.movement)],
        refusals: ["movement_not_found", "movement_not_dismissible"]
    ) { call in
        try await call.ledger.dismissMovement(
            call.path["movement"]!, reason: call.body[reason], of: call.tenantID, by: call.actor,
            once: call.once { Reply(200, BookShapes.movement, $0) })
    }

    private static let unreadableState = Field.optional(
        "state", .choice(of: UnreadableObject.State.self), "Only objects in this state; if omitted, those that wait.", example: "dismissed")

    private static let listUnreadable = Route(
        .get, "/v1/tenants/{tenant}/unreadable", "listUnreadable", needs: .seeBooks, "List what cannot be read",
        about: "Entries of Stripe's lists that could not be read or booked, the longest known first. While one waits, no month is closed.",
        query: [unreadableState], answers: [RouteAnswer(200, "The objects.", BookShapes.unreadable.page())], refusals: []
    ) { call in
        Reply(
            200, BookShapes.unreadable.page(),
            Page(all: try call.ledger.unreadableObjects(call.query[unreadableState], of: call.tenantID)))
    }

    private static let dismissUnreadable = Route(
        .post, "/v1/tenants/{tenant}/unreadable/{object}/dismissal", "dismissUnreadable", needs: .assignMovement,
        "Dismiss what cannot be read",
        about: "Months are closed without it from then on. Each sync still tries to read it, and books what it says.",
        body: .object(InputShape([reason])),
        answers: [RouteAnswer(200, "The object.", BookShapes.unreadable)],
        refusals: ["unreadable_not_found", "unreadable_dismissed"]
    ) { call in
        try await call.ledger.dismissUnreadable(
            call.path["object"]!, reason: call.body[reason], of: call.tenantID, by: call.actor,
            once: call.once { Reply(200, BookShapes.unreadable, $0) })
    }
}
