import Ledger
import LedgerService

enum PaymentRoutes {
    static let all = [take, list, refund]

    private static let amount = Field.required("amount", .amount, "Minor units.", example: 3000)

    private static let list = Route(
        .get, "/v1/tenants/{tenant}/folios/{reference}/payments", "listPayments", needs: .seeFolios, "List a folio's payments",
        about: "Money taken, and money being taken.",
        answers: [RouteAnswer(200, "The payments.", FolioShapes.payment.page())], refusals: ["folio_not_found"]
    ) { call in
        let payments = try call.ledger.folio(call.reference, of: call.tenantID).payments
        return Reply(200, FolioShapes.payment.page(), Page(all: payments.map { InLanguage($0, call.language) }))
    }

    private static let take = Route(
        .post, "/v1/tenants/{tenant}/folios/{reference}/payments", "askForPayment", needs: .checkOut, "Ask for a payment",
        about: "Makes a page on which the guest pays an amount now, before check-out. Check-out takes it into account.",
        body: .object(InputShape([amount])), answers: [RouteAnswer(201, "The folio with the new payment.", FolioShapes.folio)],
        refusals: Routes.folioClosed + Routes.stripe + ["amount_invalid", "page_open"]
    ) { call in
        let amount = try call.money(call.body[amount])
        return try await call.once(HoldRoutes.folio(201, call)) {
            try await $0.askForPayment(amount, on: call.reference, of: call.tenantID, by: call.actor)
        }
    }

    private static let refund = Route(
        .post, "/v1/tenants/{tenant}/folios/{reference}/payments/{id}/refunds", "refundPayment", needs: .refund, "Give money back",
        about:
            """
            Gives back a part of a payment or all of it, also after check-out. It moves money only: what the guest owes is lowered by an \
            allowance. Each key is a refund of its own, also with an equal body.
            """,
        body: .object(InputShape([amount, Common.reason])), answers: [RouteAnswer(201, "The folio with the refund.", FolioShapes.folio)],
        refusals: Routes.stripe + [
            "folio_not_found", "check_out_in_progress", "payment_not_found", "payment_not_taken", "refund_too_large", "amount_invalid",
            "reason_missing",
        ]
    ) { call in
        let (id, amount) = (try call.number("id"), try call.money(call.body[amount]))
        return try await call.once(HoldRoutes.folio(201, call)) {
            try await $0.refund(
                payment: id, amount: amount, reason: call.body[Common.reason], of: call.reference, of: call.tenantID, by: call.actor)
        }
    }
}
