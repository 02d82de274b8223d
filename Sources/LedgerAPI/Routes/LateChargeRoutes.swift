import Ledger
import LedgerService
import LedgerShapes

enum LateChargeRoutes {
    static let all = [charge]

    private static let lines = Field.required(
        "lines", InputType<InputObject>.object(LineInput.shape).list(1...LedgerService.mostLinesAtOnce),
        "What was found. A line without `service_date` is one of the last day of the stay.", example: .array([LineInput.shape.example]))
    private static let way = Field.standard(
        "by", .choice(of: LateCharge.Way.self), .card, written: "card",
        "`card` takes the sum from the stay's saved card; `link` asks the guest to pay on a page, also at each later check-out of it.",
        example: "card")

    private static let charge = Route(
        .post, "/v1/tenants/{tenant}/folios/{reference}/late-charges", "chargeLate", needs: .checkOut, "Charge late",
        about: """
            Charges what was found after the check-out of a stay, such as a minibar that was counted late. It is a folio of its own, with its own \
            document: the answer. The sum is taken from the stay's saved card without the guest, for what the guest agreed to (`late_days` and \
            `late_categories` of `saved_card`). Anything else, such as damage, is refused as `late_charge_by_link_only` and can be asked for by \
            link, for as long as somebody finds something. If the bank refuses the card, or it is not saved any more, the guest gets a link.
            """,
        body: .object(InputShape([lines, way])),
        // So many lines, each as long as it may be, in UTF-8.
        bodyBytes: 1 << 20,
        waitsForStripe: true,
        answers: [
            RouteAnswer(201, "The late charge is paid, or is open with what could not be settled: see `state`.", FolioShapes.folio),
            RouteAnswer(202, "The guest has to pay at `payment_url`, or the payment is processing.", FolioShapes.folio),
        ],
        refusals: Routes.stripe + LineRoutes.refusals + [
            "folio_not_found", "awaiting_guest", "check_out_in_progress", "late_charge_stay_open", "late_charge_stay_called_off",
            "late_charge_of_order", "late_charge_of_late_charge", "late_charge_by_link_only", "late_charge_reference_too_long",
        ]
    ) { call in
        let (sent, reference) = (call.body[lines], call.reference)
        let charged = try await call.ledger.chargeLate(
            on: reference, way: call.body[way], of: call.tenantID, by: call.actor, key: call.key
        ) { currency in
            sent.enumerated().map { index, line in
                let place = FieldPlace.element(index, of: lines.name)
                return NewFolioLine(LineInput.line(line, in: currency), on: reference, at: Phrase(place, place))
            }
        }
        let isPending = charged.view.folio.state == .awaitingGuest || charged.view.folio.state == .closing
        return HoldRoutes.folio(isPending ? 202 : 201, charged.view, call)
    }
}
