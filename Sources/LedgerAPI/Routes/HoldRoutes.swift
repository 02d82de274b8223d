import Ledger
import LedgerService

enum HoldRoutes {
    static let all = [ask, list, release]

    private static let amount = Field.required("amount", .amount, "What is to be held, in minor units.", example: 30000)

    private static let ask = Route(
        .post, "/v1/tenants/{tenant}/folios/{reference}/holds", "askForHold", needs: .hold, "Ask for a hold",
        about:
            "Makes a page on which the guest reserves an amount: after a page that nobody used, a refusal, or when the stay needs more cover.",
        body: .object(InputShape([amount])), answers: [RouteAnswer(201, "The folio with the new hold.", FolioShapes.folio)],
        refusals: Routes.folioClosed + Routes.stripe + [
            "reserved_only_for_reservations", "method_cannot_hold", "amount_invalid", "page_open", "card_saved_already",
        ]
    ) { call in
        let amount = try call.money(call.body[amount])
        return try await call.once(folio(201, call)) {
            try await $0.askForHold(amount, on: call.reference, of: call.tenantID, by: call.actor)
        }
    }

    private static let list = Route(
        .get, "/v1/tenants/{tenant}/folios/{reference}/holds", "listHolds", needs: .seeFolios, "List a folio's holds",
        about: "Money reserved, with what became of it.",
        answers: [RouteAnswer(200, "The holds.", FolioShapes.hold.page())], refusals: ["folio_not_found"]
    ) { call in
        let holds = try call.ledger.folio(call.reference, of: call.tenantID).heldHolds
        return Reply(200, FolioShapes.hold.page(), Page(all: holds.map { InLanguage($0, call.language) }))
    }

    private static let release = Route(
        .post, "/v1/tenants/{tenant}/folios/{reference}/holds/{id}/release", "releaseHold", needs: .hold, "Let a hold go",
        about: "The bank lets go of the money; nothing is taken.",
        answers: [RouteAnswer(200, "The folio without the hold.", FolioShapes.folio)],
        refusals: Routes.folioClosed + Routes.stripe + ["hold_not_found", "hold_not_live"]
    ) { call in
        let id = try call.number("id")
        return try await call.once(folio(200, call)) {
            try await $0.releaseHold(id, of: call.reference, of: call.tenantID, by: call.actor)
        }
    }

    static func folio(_ status: Int, _ call: Call) -> @Sendable (FolioView) throws -> Reply {
        { view in Reply(status, FolioShapes.folio, FolioInLanguage(view: view, language: call.language)) }
    }
}
