import Ledger
import LedgerService
import LedgerShapes

enum LineRoutes {
    static let all = [add, list, reverse, allow, addMany]
    /// Codes of a line that cannot be charged.
    static let refusals = [
        "sku_not_found", "quantity_invalid", "amount_invalid", "tax_rate_missing", "description_missing", "amount_too_large",
        "wrong_currency", "text_too_long", "service_date_outside_stay",
    ]

    private static let add = Route(
        .post, "/v1/tenants/{tenant}/folios/{reference}/lines", "addLine", needs: .charge, "Add a line",
        about: "Charges an item of the price list, or any other service with its price, on an open folio.",
        body: .object(LineInput.shape), answers: [RouteAnswer(201, "The new line and the new totals.", FolioShapes.added)],
        refusals: Routes.folioClosed + refusals
    ) { call in
        let body = call.body
        return try await call.ledger.addLine(to: call.reference, of: call.tenantID, by: call.actor, once: call.once(added(call))) {
            LineInput.line(body, in: $0)
        }
    }

    private static let list = Route(
        .get, "/v1/tenants/{tenant}/folios/{reference}/lines", "listLines", needs: .seeFolios, "List a folio's lines",
        about: "Charges, allowances and reversals, in order.",
        answers: [RouteAnswer(200, "The lines.", FolioShapes.line.page())], refusals: ["folio_not_found"]
    ) { call in
        Reply(200, FolioShapes.line.page(), Page(all: try call.ledger.folio(call.reference, of: call.tenantID).lines))
    }

    private static let reverse = Route(
        .post, "/v1/tenants/{tenant}/folios/{reference}/lines/{number}/reversal", "reverseLine", needs: .charge, "Reverse a line",
        about: "Cancels an earlier line completely (Storno) with a new line; the earlier line is kept.",
        body: .object(InputShape([Common.reason])), answers: [RouteAnswer(201, "The new line and the new totals.", FolioShapes.added)],
        refusals: Routes.folioClosed + ["line_not_found", "line_already_reversed", "line_not_reversible", "reason_missing"]
    ) { call in
        let number = try call.number("number")
        return try await call.ledger.reverse(
            line: number, reason: call.body[Common.reason], of: call.reference, of: call.tenantID, by: call.actor,
            once: call.once(added(call)))
    }

    private static let amount = Field.required("amount", .amount, "The amount by which to lower the line, in minor units.", example: 1000)

    private static let allow = Route(
        .post, "/v1/tenants/{tenant}/folios/{reference}/lines/{number}/allowance", "addAllowance", needs: .charge, "Add an allowance",
        about: "Lowers an earlier line (Nachlass) with a new line, at most by what is left of it.",
        body: .object(InputShape([amount, Common.reason])),
        answers: [RouteAnswer(201, "The new line and the new totals.", FolioShapes.added)],
        refusals: Routes.folioClosed + [
            "line_not_found", "line_already_reversed", "line_not_reversible", "allowance_too_large", "reason_missing", "amount_invalid",
        ]
    ) { call in
        let (number, amount) = (try call.number("number"), try call.money(call.body[amount]))
        return try await call.ledger.allow(
            amount, on: number, reason: call.body[Common.reason], of: call.reference, of: call.tenantID, by: call.actor,
            once: call.once(added(call)))
    }

    private static let lines = Field.required(
        "lines", InputType<InputObject>.object(LineInput.shapeWithFolio).list(1...LedgerService.mostLinesAtOnce),
        "The lines, added in this order. Several may be for one folio.", example: .array([LineInput.shapeWithFolio.example]))

    private static let addMany = Route(
        .post, "/v1/tenants/{tenant}/lines", "addLines", needs: .charge, "Add many lines",
        about: """
            Adds lines to many open folios, as the night audit does. Either all lines are added or none. If a line is invalid, the request is refused \
            with the status and code of the first such line, and `field` says which line it was.
            """,
        body: .object(InputShape([lines])),
        // So many lines, each as long as it may be, in UTF-8.
        bodyBytes: 1 << 20,
        answers: [RouteAnswer(201, "The numbers of the new lines, and the new totals.", FolioShapes.manyAdded)],
        refusals: Routes.folioClosed + refusals
    ) { call in
        let (sent, language) = (call.body[lines], call.language)
        let once = call.once { Reply(201, FolioShapes.manyAdded, InLanguage($0, language)) }
        return try await call.ledger.addLines(of: call.tenantID, by: call.actor, once: once) { currency in
            sent.enumerated().map { index, line in
                let place = FieldPlace.element(index, of: lines.name)
                return NewFolioLine(LineInput.line(line, in: currency), on: line[LineInput.folio], at: Phrase(place, place))
            }
        }
    }

    private static func added(_ call: Call) -> @Sendable (LineAdded) throws -> Reply {
        { Reply(201, FolioShapes.added, InLanguage($0, call.language)) }
    }
}
