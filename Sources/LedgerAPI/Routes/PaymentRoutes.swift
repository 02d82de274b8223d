import Ledger
import LedgerService
import LedgerShapes

enum PaymentRoutes {
    static let all = [take, list, refund, refunds, decide]

    private static let amount = Field.required("amount", .amount, "The amount, in minor units.", example: 3000)

    private static let list = Route(
        .get, "/v1/tenants/{tenant}/folios/{reference}/payments", "listPayments", needs: .seeFolios, "List a folio's payments",
        about: "Payments that were taken or are being taken.",
        answers: [RouteAnswer(200, "The payments.", FolioShapes.payment.page())], refusals: ["folio_not_found"]
    ) { call in
        let payments = try call.ledger.folio(call.reference, of: call.tenantID).payments
        return Reply(200, FolioShapes.payment.page(), Page(all: payments.map { InLanguage($0, call.language) }))
    }

    private static let take = Route(
        .post, "/v1/tenants/{tenant}/folios/{reference}/payments", "askForPayment", needs: .checkOut, "Ask for a payment",
        about: "Creates a payment page on which the guest pays an amount now, before check-out. Check-out takes the payment into account.",
        body: .object(InputShape([amount, Common.otherMethod])), waitsForStripe: true,
        answers: [RouteAnswer(201, "The folio with the new payment.", FolioShapes.folio)],
        refusals: Routes.folioClosed + Routes.stripe + [
            "amount_invalid", "page_open", "page_used", "method_unknown", "method_ended", "method_not_active",
        ]
    ) { call in
        let amount = try call.money(call.body[amount])
        let method = call.body[Common.otherMethod].map { PaymentMethod(rawValue: $0) }
        let view = try await call.ledger.askForPayment(
            amount, with: method, on: call.reference, of: call.tenantID, by: call.actor, key: call.key)
        return HoldRoutes.folio(201, view, call)
    }

    private static let refund = Route(
        .post, "/v1/tenants/{tenant}/folios/{reference}/payments/{id}/refunds", "refundPayment", needs: .refund, "Refund a payment",
        about: """
            Refunds all or part of a payment, also after check-out. On an open folio `bill` is required. `lowered`: allowances of the same amount are \
            added together with the refund, all or none; they stay if Stripe refuses the refund. `unchanged`: the amount is set aside, and no \
            check-out charges it again until somebody decides. On a folio that is not open the bill cannot change any more. Each key makes \
            a new refund, even if the bodies are equal.
            """,
        body: .object(InputShape([amount, Common.reason, bill, line])),
        waitsForStripe: true, answers: [RouteAnswer(201, "The folio with the refund.", FolioShapes.folio)],
        refusals: Routes.stripe + lowering + [
            "folio_not_found", "check_out_in_progress", "payment_not_found", "payment_not_succeeded", "payment_not_refundable",
            "refund_too_large", "found_refund",
            "bill_missing", "bill_fixed",
        ]
    ) { call in
        let (id, amount) = (try call.number("id"), try call.money(call.body[amount]))
        let view = try await call.ledger.refund(
            payment: id, amount: amount, reason: call.body[Common.reason], bill: call.body[bill], line: call.body[line],
            of: call.reference, of: call.tenantID, by: call.actor, key: call.key)
        return HoldRoutes.folio(201, view, call)
    }

    private static let bill = Field.optional(
        "bill", .choice(of: Refund.BillChoice.self),
        "Whether the refund lowers the bill; required on an open folio. `lowered` adds an allowance, `unchanged` leaves the decision for later.",
        example: "lowered")

    private static let line = Field.optional(
        "line", .whole(1...1_000_000),
        "With `lowered`: the line to lower. If omitted, the line with the largest remaining amount, then the next.", example: 1)

    /// Codes of a bill that cannot be lowered so.
    private static let lowering = [
        "amount_invalid", "reason_missing", "line_unwanted", "line_not_found", "line_already_reversed", "line_not_reversible",
        "allowance_too_large",
    ]

    private static let refunds = Route(
        .get, "/v1/tenants/{tenant}/folios/{reference}/refunds", "listRefunds", needs: .seeFolios, "List a folio's refunds",
        about: "All refunds of the folio, including those made in Stripe's Dashboard, with the decision about the bill.",
        answers: [RouteAnswer(200, "The refunds.", FolioShapes.refund.page())], refusals: ["folio_not_found"]
    ) { call in
        let refunds = try call.ledger.folio(call.reference, of: call.tenantID).refunds
        return Reply(200, FolioShapes.refund.page(), Page(all: refunds.map { InLanguage($0, call.language) }))
    }

    private static let decision = Field.required(
        "bill", .choice(of: Refund.BillDecision.self),
        "`lowered`: the bill is lowered now by the refunded amount. `charge_again`: the next plan charges the amount again.",
        example: "lowered")

    private static let decide = Route(
        .post, "/v1/tenants/{tenant}/folios/{reference}/refunds/{id}/decision", "decideBill", needs: .decideBill,
        "Decide about the bill after a refund",
        about: """
            For a refund whose `bill` is `unchanged`, on an open folio: the bill is lowered by the refunded amount, or the amount is charged again. An \
            amount that is charged again appears in the next plan and is not taken before. The decision is final.
            """,
        body: .object(InputShape([decision, line])), answers: [RouteAnswer(200, "The updated folio.", FolioShapes.folio)],
        refusals: Routes.folioClosed + lowering + ["refund_not_found", "nothing_to_decide", "bill_decided"]
    ) { call in
        let id = try call.number("id")
        return try await call.ledger.decideBill(
            ofRefund: id, call.body[decision], line: call.body[line], of: call.reference, of: call.tenantID, by: call.actor,
            once: call.once { HoldRoutes.folio(200, $0, call) })
    }
}
