import Ledger
import LedgerService
import LedgerShapes

enum HoldRoutes {
    static let all = [ask, list, release, renew, raise, ending]

    private static let amount = Field.required(
        "amount", .amountOrNothing, "The amount to hold, in minor units; 0 asks the guest to save a card, and for no hold.", example: 30000)

    private static let ask = Route(
        .post, "/v1/tenants/{tenant}/folios/{reference}/holds", "askForHold", needs: .hold, "Ask for a hold",
        about:
            "Creates a payment page on which the guest authorises an amount: after an unused page, after a refusal, or when the stay needs more cover.",
        body: .object(InputShape([amount, Common.otherMethod])), waitsForStripe: true,
        answers: [RouteAnswer(201, "The folio with the new hold.", FolioShapes.folio)],
        refusals: Routes.folioClosed + Routes.stripe + [
            "reserved_only_for_reservations", "late_charge_without_hold", "method_cannot_hold", "method_unknown", "method_ended",
            "method_not_active", "amount_invalid", "page_open", "page_used", "tenant_ended", "card_saved_already",
        ]
    ) { call in
        let amount = try call.money(call.body[amount])
        let method = call.body[Common.otherMethod].map { PaymentMethod(rawValue: $0) }
        let view = try await call.ledger.askForHold(
            amount, with: method, on: call.reference, of: call.tenantID, by: call.actor, key: call.key)
        return folio(201, view, call)
    }

    private static let list = Route(
        .get, "/v1/tenants/{tenant}/folios/{reference}/holds", "listHolds", needs: .seeFolios, "List a folio's holds",
        about: "All holds of the folio with their states.",
        answers: [RouteAnswer(200, "The holds.", FolioShapes.hold.page())], refusals: ["folio_not_found"]
    ) { call in
        let holds = try call.ledger.folio(call.reference, of: call.tenantID).holdStatuses
        return Reply(200, FolioShapes.hold.page(), Page(all: holds.map { InLanguage($0, call.language) }))
    }

    private static let release = Route(
        .post, "/v1/tenants/{tenant}/folios/{reference}/holds/{id}/release", "releaseHold", needs: .hold, "Release a hold",
        about: "The bank releases the money; nothing is taken.",
        waitsForStripe: true, answers: [RouteAnswer(200, "The folio without the hold.", FolioShapes.folio)],
        refusals: Routes.folioClosed + Routes.stripe + ["hold_not_found", "hold_not_live"]
    ) { call in
        let id = try call.number("id")
        return folio(200, try await call.ledger.releaseHold(id, of: call.reference, of: call.tenantID, by: call.actor, key: call.key), call)
    }

    private static let renew = Route(
        .post, "/v1/tenants/{tenant}/folios/{reference}/holds/{id}/renew", "renewHold", needs: .hold, "Renew a hold",
        about: """
            Places a new hold over the same amount on the saved card; as soon as the bank agrees, it takes the old one's place, which is then \
            released. This happens by itself in good time before a hold ends; if the bank refuses, the old hold stays until its end. \
            A hold that lives until its stay is settled, or about as long as a new one could, is not renewed.
            """,
        waitsForStripe: true, answers: [RouteAnswer(200, "The folio with both holds.", FolioShapes.folio)],
        refusals: Routes.folioClosed + Routes.stripe + [
            "hold_not_found", "hold_not_live", "replacement_awaited", "release_awaited", "hold_not_renewable",
            "renewal_not_needed", "renewal_too_early", "hold_tried_recently",
        ]
    ) { call in
        let id = try call.number("id")
        return folio(200, try await call.ledger.renewHold(id, of: call.reference, of: call.tenantID, by: call.actor, key: call.key), call)
    }

    private static let total = Field.required(
        "amount", .amount, "The total that the hold should have, in minor units; not what to add.", example: 50000)

    private static let raise = Route(
        .post, "/v1/tenants/{tenant}/folios/{reference}/holds/{id}/raise", "raiseHold", needs: .hold, "Raise a hold",
        about: """
            Raises what is held without the guest, up to the ceiling that the guest has consented to: the bank raises the hold itself where it \
            can; else a new hold over the total takes its place; where the bank refuses that, or the old one may live longer before the stay \
            is settled, a second hold adds what is missing. Where that is refused, too, the folio has a page for the guest (`payment_url`). \
            A card that a bank has refused for anything is not asked for a raise for a day.
            """,
        body: .object(InputShape([total])), waitsForStripe: true,
        answers: [RouteAnswer(200, "The folio with the raised cover.", FolioShapes.folio)],
        refusals: Routes.folioClosed + Routes.stripe + [
            "hold_not_found", "hold_not_live", "replacement_awaited", "release_awaited", "hold_not_renewable",
            "hold_tried_recently", "amount_invalid", "raise_too_small", "above_ceiling", "tenant_ended",
        ]
    ) { call in
        let (id, total) = (try call.number("id"), try call.money(call.body[total]))
        return folio(
            200, try await call.ledger.raiseHold(id, to: total, of: call.reference, of: call.tenantID, by: call.actor, key: call.key), call)
    }

    private static let ending = Route(
        .get, "/v1/tenants/{tenant}/ending-holds", "listEndingHolds", needs: .seeFolios, "List holds that end too early",
        about: """
            Holds of open folios that end before their stay is settled (its departure and the tenant's days of grace), and those that have ended \
            without another in their place: what happens by itself and when, what the bank said, and what is not covered now. The one that ends \
            first comes first.
            """,
        answers: [RouteAnswer(200, "The holds.", HoldShapes.ending.page())], refusals: []
    ) { call in
        let ending = try call.ledger.endingHolds(of: call.tenantID)
        return Reply(200, HoldShapes.ending.page(), Page(all: ending.map { InLanguage($0, call.language) }))
    }

    static func folio(_ status: Int, _ view: FolioView, _ call: Call) -> Reply {
        Reply(status, FolioShapes.folio, InLanguage(view, call.language))
    }
}
