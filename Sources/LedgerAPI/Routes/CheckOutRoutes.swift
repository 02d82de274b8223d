import Ledger
import LedgerService
import LedgerShapes

enum CheckOutRoutes {
    static let all = [preview, checkOut, withdraw, document, cancel, noShow]

    private static let preview = Route(
        .get, "/v1/tenants/{tenant}/folios/{reference}/check-out", "previewCheckOut", needs: .seeFolios, "Preview a check-out",
        about: "Shows the current totals, taxes and plan. Changes nothing.",
        answers: [RouteAnswer(200, "The plan.", CheckOutShapes.preview)], refusals: Routes.folioClosed
    ) { call in
        Reply(200, CheckOutShapes.preview, try call.ledger.checkOutPreview(call.reference, of: call.tenantID))
    }

    private static let plan = Field.required(
        "plan",
        .text(
            matching: "^[0-9a-f]{16}$", length: 16...16,
            Phrase("the id of a plan: 16 hexadecimal digits", "die Nummer eines Plans: 16 hexadezimale Ziffern")
        ) {
            $0.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
        }, "The id of the plan from the preview.", example: "0f3a9c1e5b7d2846")

    private static let nothingCharged = Field.standard(
        "nothing_charged", .flag, false, written: false,
        "True closes a folio without lines, or with lines that cancel out; otherwise that is refused as `nothing_charged`. No document is issued then."
    )

    private static let checkOut = Route(
        .post, "/v1/tenants/{tenant}/folios/{reference}/check-out", "checkOut", needs: .checkOut, "Check out",
        about: """
            Executes the plan from the preview: takes the amount due, releases the rest of the holds, closes the folio and issues the document. If \
            anything has changed since the preview, no money is taken and the problem `plan_changed` contains the new plan.
            """,
        body: .object(InputShape([plan, nothingCharged])),
        waitsForStripe: true,
        answers: [
            RouteAnswer(200, "The check-out is done, or ended with an amount still open: see `state`.", CheckOutShapes.result),
            RouteAnswer(202, "The guest still has to pay at `payment_url`, or the payment is processing.", CheckOutShapes.result),
        ], refusals: Routes.folioClosed + Routes.stripe + ["plan_changed", "nothing_charged"]
    ) { call in
        let result = try await call.ledger.checkOut(
            call.reference, plan: call.body[plan], nothingCharged: call.body[nothingCharged], of: call.tenantID, by: call.actor,
            key: call.key)
        return ended(result, call)
    }

    private static let withdraw = Route(
        .post, "/v1/tenants/{tenant}/folios/{reference}/check-out/withdrawal", "withdrawCheckOut", needs: .checkOut,
        "Withdraw the payment page of a check-out",
        about: """
            Withdraws the payment page that the check-out waits for and reopens the folio with the amount due. If the guest paid first, the payment \
            is booked and the folio is closed: see `state`.
            """,
        waitsForStripe: true,
        answers: [
            RouteAnswer(200, "The folio is open again, or closed because the guest paid first: see `state`.", CheckOutShapes.result),
            RouteAnswer(202, "The guest paid first, and the payment is processing.", CheckOutShapes.result),
        ], refusals: ["folio_not_found", "not_awaiting_guest", "payment_processing", "check_out_in_progress"] + Routes.stripe
    ) { call in
        ended(try await call.ledger.withdrawCheckOut(call.reference, of: call.tenantID, by: call.actor, key: call.key), call)
    }

    private static let document = Route(
        .get, "/v1/tenants/{tenant}/folios/{reference}/document", "showDocument", needs: .seeFolios, "Show the document",
        about: "The document that was issued when the folio was closed.",
        answers: [RouteAnswer(200, "The document.", FolioShapes.document)], refusals: ["folio_not_found", "document_not_found"]
    ) { call in
        Reply(200, FolioShapes.document, try call.ledger.document(of: call.reference, of: call.tenantID))
    }

    private static let fee = Field.standard(
        "fee", .amountOrNothing, 0, written: 0, "The fee that the tenant keeps, gross, in minor units.", example: 5000)

    private static let cancel = Route(
        .post, "/v1/tenants/{tenant}/folios/{reference}/cancellation", "cancelFolio", needs: .checkOut, "Cancel a folio",
        about:
            "The guest cancels: charges are reversed, money beyond the fee is refunded, holds are released and the card is detached. The fee is not taxed.",
        body: .object(InputShape([fee, Common.reason])), waitsForStripe: true, answers: answers,
        refusals: refusals + ["late_charge_without_fee"]
    ) { call in
        let fee = try call.money(call.body[fee])
        let result = try await call.ledger.cancel(
            call.reference, fee: fee, reason: call.body[Common.reason], of: call.tenantID, by: call.actor, key: call.key)
        return ended(result, call)
    }

    private static let noShow = Route(
        .post, "/v1/tenants/{tenant}/folios/{reference}/no-show", "recordNoShow", needs: .checkOut, "Record a no-show",
        about: "The guest did not come and the room was kept: a fee is taken and taxed like lodging, and the rest is released.",
        body: .object(InputShape([fee, Common.reason])), waitsForStripe: true, answers: answers,
        refusals: refusals + ["late_charge_no_show"]
    ) { call in
        let fee = try call.money(call.body[fee])
        let result = try await call.ledger.recordNoShow(
            call.reference, fee: fee, reason: call.body[Common.reason], of: call.tenantID, by: call.actor, key: call.key)
        return ended(result, call)
    }

    private static let answers = [
        RouteAnswer(
            200, "The folio is closed, or stays open with an amount that could not be settled: see `state`.", CheckOutShapes.result),
        RouteAnswer(202, "The guest still has to pay at `payment_url`, or the payment is processing.", CheckOutShapes.result),
    ]
    private static let refusals =
        Routes.folioClosed + Routes.stripe + ["reason_missing", "amount_invalid", "tax_rate_missing", "amount_too_large"]

    private static func ended(_ result: CheckOutResult, _ call: Call) -> Reply {
        let ended = CheckOutShapes.ShownCheckOut(result, in: call.language)
        return Reply(ended.status, CheckOutShapes.result, ended)
    }
}
