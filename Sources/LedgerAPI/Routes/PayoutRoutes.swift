import Ledger
import LedgerService
import LedgerShapes

enum PayoutRoutes {
    static let all = [list, show, movements]

    private static let list = Route(
        .get, "/v1/tenants/{tenant}/payouts", "listPayouts", needs: .seeBooks, "List payouts",
        about: "Money that Stripe sends to the tenant's bank, oldest first.",
        answers: [RouteAnswer(200, "The payouts.", BookShapes.payout.page())], refusals: []
    ) { call in
        Reply(200, BookShapes.payout.page(), Page(all: try call.ledger.payouts(of: call.tenantID)))
    }

    private static let show = Route(
        .get, "/v1/tenants/{tenant}/payouts/{payout}", "showPayout", needs: .seeBooks, "Show a payout",
        about:
            "An automatic payout lists what is in it, once Stripe has said so: payments, refunds, fees, disputes and adjustments, which add up "
            + "to it. One made by hand has the balance before and after it instead.", query: [Common.format],
        answers: [RouteAnswer(200, "The payout; as CSV what is in it.", BookShapes.payoutView, csv: true)], refusals: ["payout_not_found"]
    ) { call in
        let view = try call.ledger.payout(call.path["payout"]!, of: call.tenantID)
        guard call.query[Common.format] == .csv else { return Reply(200, BookShapes.payoutView, view) }
        return file(view.items)
    }

    private static let movements = Route(
        .get, "/v1/tenants/{tenant}/statements/{month}/movements", "listBookedMovements", needs: .seeBooks, "List a month's movements",
        about:
            "Every movement on the balance at Stripe that belongs to the month's statement, with its fee, and the payment and the folio that it "
            + "belongs to. Late items are among them.", query: [Common.format],
        answers: [RouteAnswer(200, "The movements, oldest first.", BookShapes.bookedMovement.page(), csv: true)],
        refusals: ["month_not_begun", "month_before_tenant"]
    ) { call in
        let movements = try call.ledger.bookedMovements(try call.month(), of: call.tenantID)
        guard call.query[Common.format] == .csv else { return Reply(200, BookShapes.bookedMovement.page(), Page(all: movements)) }
        return file(movements)
    }

    private static func file(_ movements: [BookedMovement]) -> Reply {
        Reply(
            200,
            .stream(type: Shape<BookedMovement>.fileType) { writer in
                try await writer.write(BookShapes.bookedMovement.fileHeader)
                try await writer.write(BookShapes.bookedMovement.fileLines(movements))
            })
    }
}
