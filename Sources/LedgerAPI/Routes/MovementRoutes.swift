import Ledger
import LedgerService
import LedgerShapes

enum MovementRoutes {
    static let all = [list, assign, dismiss, listUnreadable, dismissUnreadable]

    private static let state = Field.optional(
        "state", .choice(of: UnexplainedMovement.State.self), "Only movements in this state; if omitted, those that need somebody.",
        example: "suspense")

    private static let list = Route(
        .get, "/v1/tenants/{tenant}/movements", "listMovements", needs: .seeBooks, "List movements that nothing explains",
        about: "Movements on the balance at Stripe that no payment, refund, fee or payout of these books explained, oldest first.",
        query: [state], answers: [RouteAnswer(200, "The movements.", BookShapes.movement.page())], refusals: []
    ) { call in
        Reply(200, BookShapes.movement.page(), Page(all: try call.ledger.unexplainedMovements(call.query[state], of: call.tenantID)))
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
