import Ledger
import LedgerService
import LedgerShapes

enum StatementRoutes {
    static let all = [show, openItems, openItemsOfDay, checklist, close, ofAll, closeAll, setFeeNote]

    private static let refusals = ["month_not_begun", "month_before_tenant"]

    private static let show = Route(
        .get, "/v1/tenants/{tenant}/statements/{month}", "showStatement", needs: .seeBooks, "Show a month's statement",
        about: "The platform fee, and separately what Stripe withheld: as closed, or current if the month is open.", query: [Common.format],
        answers: [RouteAnswer(200, "The statement.", BookShapes.statement, csv: true)], refusals: refusals
    ) { call in
        let statement = try call.ledger.statement(try call.month(), of: call.tenantID)
        if call.query[Common.format] == .csv { return csv([statement]) }
        return Reply(200, BookShapes.statement, statement)
    }

    private static let openItems = Route(
        .get, "/v1/tenants/{tenant}/statements/{month}/open-items", "listOpenItems", needs: .seeBooks, "List what is still open",
        about: "What of this month and of those before is still to be settled: folios that are closed and do not balance, open credits "
            + "among them, and guests who still have to pay. Each is listed until it is settled.", query: [Common.format],
        answers: [RouteAnswer(200, "The open items.", BookShapes.openItem.page(), csv: true)], refusals: refusals
    ) { call in
        answer(try call.ledger.openItems(try call.month(), of: call.tenantID), call)
    }

    private static let asOf = Field.optional("as_of", .day, "The day at whose end it was open; if omitted, today.", example: "2026-12-10")

    private static let openItemsOfDay = Route(
        .get, "/v1/tenants/{tenant}/open-items", "listOpenItemsOfDay", needs: .seeBooks, "List what was open on a day",
        about: "The accounts of guests as they stood at the end of a day: folios that were closed by then and did not balance, orders and "
            + "late charges that were not closed, and guests who should have left or had a link to pay. What a bank withdrew in a dispute is open "
            + "from the day on which it did.",
        query: [asOf, Common.format],
        answers: [RouteAnswer(200, "The open items.", BookShapes.openItem.page(), csv: true)], refusals: ["day_not_begun"]
    ) { call in
        answer(try call.ledger.openItems(asOf: call.query[asOf], of: call.tenantID), call)
    }

    private static func answer(_ items: [OpenItem], _ call: Call) -> Reply {
        guard call.query[Common.format] == .csv else { return Reply(200, BookShapes.openItem.page(), Page(all: items)) }
        return Reply(
            200,
            .stream(type: Shape<OpenItem>.fileType) { writer in
                try await writer.write(BookShapes.openItem.fileHeader)
                try await writer.write(BookShapes.openItem.fileLines(items))
            })
    }

    private static let checklist = Route(
        .get, "/v1/tenants/{tenant}/statements/{month}/checklist", "showClosingChecklist", needs: .seeBooks, "Show what closing looks at",
        about: "What must be in order before the month is closed, and what it can be closed over with a reason.",
        answers: [RouteAnswer(200, "The checklist.", BookShapes.checklist)], refusals: refusals
    ) { call in
        Reply(200, BookShapes.checklist, try call.ledger.closingChecklist(try call.month(), of: call.tenantID))
    }

    private static let reason = Field.optional(
        "reason", .text(.reason),
        "Why the month is closed over what is not in order; it is kept and printed on the statement. Not needed where all is in order.",
        example: "the guest pays by bank transfer")

    private static let close = Route(
        .post, "/v1/tenants/{tenant}/statements/{month}", "closeMonth", needs: .closeMonth, "Close a month",
        about: "Closes a month permanently. Items that become known later appear in the next open month. "
            + "Refused until Stripe was read after the month's end, nothing of the month waits, and the clearing account equals Stripe's balance. "
            + "Anything else that is not in order is closed over with a reason.",
        body: .object(InputShape([reason])),
        answers: [RouteAnswer(200, "The statement as it was closed.", BookShapes.statement)],
        refusals: refusals + [
            "month_not_over", "month_closed", "earlier_month_open", "month_not_synced", "month_unsettled", "clearing_differs",
            "closing_reason_missing",
        ]
    ) { call in
        let month = try call.month()
        return try await call.ledger.closeMonth(
            month, of: call.tenantID, reason: call.body[reason], by: call.actor, once: call.once { Reply(200, BookShapes.statement, $0) })
    }

    private static let ofAll = Route(
        .get, "/v1/statements/{month}", "listStatements", needs: .runTenants, "List all tenants' statements",
        about: "The statements of all tenants, by tenant.", query: [Common.format],
        answers: [RouteAnswer(200, "The statements.", BookShapes.statement.page(), csv: true)], refusals: ["month_not_begun"]
    ) { call in
        let statements = try call.ledger.statements(try call.month())
        if call.query[Common.format] == .csv { return csv(statements) }
        return Reply(200, BookShapes.statement.page(), Page(all: statements))
    }

    private static let closeAll = Route(
        .post, "/v1/statements/{month}", "closeMonths", needs: .runTenants, "Close a month for all tenants",
        about: "Closes the month of each tenant whose month can be closed, and says of the others why it stays open. The reason is kept "
            + "for each that is closed over something.",
        body: .object(InputShape([reason])),
        answers: [RouteAnswer(200, "What was closed, and what was not.", BookShapes.closing)], refusals: ["month_not_begun"]
    ) { call in
        let month = try call.month()
        return try await call.ledger.closeMonths(
            month, reason: call.body[reason], by: call.actor,
            once: call.once { Reply(200, BookShapes.closing, ShownClosing($0, in: call.language)) })
    }

    private static let treatment = Field.required(
        "treatment", .choice(of: StripeFeeTreatment.self),
        "`reverse_charge`: the tenant owes the tax itself (§ 13b UStG). `exempt`: § 4 no. 8 UStG. The tenant's adviser decides.",
        example: "reverse_charge")
    private static let words = Field.optional(
        "words", .text(.reason), "What the statement prints; if omitted, the usual words.", example: "Stripe-Gebühren: § 13b UStG")

    private static let setFeeNote = Route(
        .put, "/v1/tenants/{tenant}/stripe-fee-notes/{month}", "setStripeFeeNote", needs: .changeSettings,
        "Say how Stripe's fees are taxed", about: "Holds from this month on. A closed month keeps what its statement said.",
        body: .object(InputShape([treatment, words])), answers: [RouteAnswer(204, "It is kept.", nil)], refusals: ["month_closed"]
    ) { call in
        let note = StripeFeeNote(from: try call.month(), treatment: call.body[treatment], words: call.body[words])
        try await call.ledger.setStripeFeeNote(note, of: call.tenantID, by: call.actor)
        return Reply(204, .nothing)
    }

    /// Written tenant by tenant, as the caller reads.
    private static func csv(_ statements: [Statement]) -> Reply {
        Reply(
            200,
            .stream(type: Shape<StatementRow>.fileType) { writer in
                try await writer.write(BookShapes.statementRow.fileHeader)
                for statement in statements {
                    try await writer.write(BookShapes.statementRow.fileLines(StatementRow.all(of: statement)))
                }
            })
    }
}
