import Ledger
import LedgerService
import LedgerShapes

enum MovementRoutes {
    static let all = [list, assign]

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
        .post, "/v1/tenants/{tenant}/movements/{id}/assignment", "assignMovement", needs: .assignMovement, "Assign a movement",
        about: "Moves the amount from suspense to an account. Again: corrects the assignment before.",
        body: .object(InputShape([account, reason])),
        answers: [RouteAnswer(200, "The movement.", BookShapes.movement)],
        refusals: ["movement_not_found", "movement_not_assignable", "movement_waiting", "account_invalid"]
    ) { call in
        try await call.ledger.assignMovement(
            call.path["id"]!, to: call.body[account], reason: call.body[reason], of: call.tenantID, by: call.actor,
            once: call.once { Reply(200, BookShapes.movement, $0) })
    }
}
