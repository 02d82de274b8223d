import Ledger
import LedgerService
import LedgerShapes

enum DisputeRoutes {
    static let all = [list, show, writeOff]

    private static let list = Route(
        .get, "/v1/tenants/{tenant}/disputes", "listDisputes", needs: .seeBooks, "List disputes",
        about: "Payments contested by guests' banks, oldest first.",
        answers: [RouteAnswer(200, "The disputes.", BookShapes.dispute.page())], refusals: []
    ) { call in
        Reply(200, BookShapes.dispute.page(), Page(all: try call.ledger.disputes(of: call.tenantID)))
    }

    private static let show = Route(
        .get, "/v1/tenants/{tenant}/disputes/{dispute}", "showDispute", needs: .seeBooks, "Show a dispute",
        about: "A dispute with what is to be done about it and what it brought about in the journal.",
        answers: [RouteAnswer(200, "The dispute.", BookShapes.disputeView)], refusals: ["dispute_not_found"]
    ) { call in
        Reply(200, BookShapes.disputeView, try call.ledger.dispute(call.path["dispute"]!, of: call.tenantID))
    }

    private static let reason = Field.required(
        "reason", .text(.reason), "Why; it is kept permanently.", example: "the guest cannot be reached")

    private static let writeOff = Route(
        .post, "/v1/tenants/{tenant}/disputes/{dispute}/write-off", "writeOffDispute", needs: .writeOff, "Write off a lost dispute",
        about: "Gives up what a lost dispute has left open on its folio, by an entry of its own. If the bank gives the money back after "
            + "all, the write-off is reversed automatically.",
        body: .object(InputShape([reason])),
        answers: [RouteAnswer(200, "The dispute.", BookShapes.dispute)],
        refusals: ["dispute_not_found", "dispute_not_lost", "nothing_to_write_off"]
    ) { call in
        try await call.ledger.writeOffDispute(
            call.path["dispute"]!, reason: call.body[reason], of: call.tenantID, by: call.actor,
            once: call.once { Reply(200, BookShapes.dispute, $0) })
    }
}
