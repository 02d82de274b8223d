import JSON
import Ledger
import LedgerService
import LedgerShapes
import WebServer

/// An error as it is answered.
///
/// - Source: RFC 9457, `application/problem+json`.
struct Problem: Sendable {
    let status: Int
    let code: String
    let message: String
    let hint: String?
    let field: String?
    let requestID: String
    /// Further facts, such as the new plan; `schema` describes them.
    var facts: [(key: String, value: JSON)] = []

    init(_ refusal: any Refusal, in language: Language, requestID: String) {
        let words = refusal.words(in: language, hints: Self.hints)
        status = Self.status(of: refusal.code)
        code = refusal.code
        message = words.message
        hint = words.hint
        field = refusal.field
        self.requestID = requestID
    }

    static let shape = Shape<Problem>(
        "Problem", "Why a request was refused.",
        [
            .text("type", "Identifies the kind of problem. It is not an address to open.", example: "urn:soferu:ledger:folio_closed") {
                "urn:soferu:ledger:\($0.code)"
            },
            .text("title", "The HTTP reason phrase.", example: "Conflict") { ReasonPhrase.of($0.status) },
            .integer("status", "The HTTP status.", example: 409) { Int64($0.status) },
            .text("code", "Stable: for programs to decide by.", example: "folio_closed") { $0.code },
            .text("detail", "One sentence for people, in the caller's language.", example: "Folio \"R-4711\" is closed (checked_out).") {
                $0.message
            },
            .optionalText("hint", "What to do.", example: "POST …/late-charges charges what was found after check-out.") {
                $0.hint
            },
            .optionalText(
                "field", "The place of the refused value in the body, if it is a single value.", example: "lines[17].quantity"
            ) { $0.field },
            .text("request_id", "The id of the request in the service's log.", example: "8f1d3c5b7a9e2f40") { $0.requestID },
        ])

    /// Of the shape, and of the further facts that a problem may have.
    static var schema: JSON {
        var schema = shape.schema
        var properties = schema["properties"]!
        properties["plan"] = CheckOutShapes.plan.reference
        properties["plan"]?["description"] = "The new plan, with `plan_changed`."
        properties["payment_url"] = [
            "type": ["string", "null"], "description": "The page on which the guest still has to pay, with `awaiting_guest`.",
        ]
        schema["properties"] = properties
        schema["additionalProperties"] = true
        return schema
    }

    var json: JSON {
        guard case .object(let members) = Self.shape.json(self) else { return .null }
        return .object(members + facts)
    }

    /// - Returns: 503 when nothing is decided or done yet; 409 when the state of the books forbids it permanently; 422 when the request is well
    ///   formed but cannot be carried out.
    static func status(of code: String) -> Int {
        NotYet.codes.contains(code) ? 503 : statuses[code] ?? WireRefusal.statuses[code] ?? (code.hasSuffix("_not_found") ? 404 : 422)
    }

    private static let statuses: [String: Int] = [
        "token_missing": 401, "token_invalid": 401, "forbidden": 403, "not_found": 404, "method_not_allowed": 405,
        "header_duplicate": 400, "content_type_wrong": 415, "body_missing": 400, "body_unwanted": 400,
        "body_malformed": 400,
        "field_unknown": 400, "field_missing": 400, "field_invalid": 400, "parameter_unknown": 400, "parameter_duplicate": 400,
        "parameter_invalid": 400, "idempotency_key_missing": 400, "idempotency_key_invalid": 400, "idempotency_key_reused": 409,
        "too_many_requests": 429, "internal_error": 500,
        // The state of the books forbids it; callers treat that as final.
        "tenant_exists": 409, "reference_taken": 409, "folio_closed": 409, "awaiting_guest": 409, "not_awaiting_guest": 409,
        "payment_processing": 409, "plan_changed": 409, "hold_not_live": 409, "replacement_awaited": 409, "hold_tried_recently": 409,
        "renewal_not_needed": 409, "renewal_too_early": 409, "release_awaited": 409,
        "payment_not_succeeded": 409,
        "bill_decided": 409, "page_open": 409, "page_used": 409, "late_charge_stay_open": 409, "late_charge_stay_called_off": 409,
        "late_charge_of_order": 409, "late_charge_of_late_charge": 409, "late_charge_no_show": 409,
        "late_charge_forgotten": 409, "late_charge_without_hold": 409,
        "card_saved_already": 409, "line_already_reversed": 409, "month_closed": 409, "month_not_over": 409, "earlier_month_open": 409,
        "stripe_account_missing": 409, "user_exists": 409, "stripe_account_taken": 409, "stripe_account_mismatch": 409,
        "stripe_mode_mismatch": 409, "settlement_currency": 409, "movement_not_assignable": 409, "rule_exists": 409, "rule_ended": 409,
        "webhook_secret_known": 409, "movement_not_dismissible": 409, "unreadable_dismissed": 409,
        "price_billed": 409, "contract_billed": 409, "tenant_ended": 409, "keys_removed": 409, "keys_needed": 409,
        "fee_month_not_over": 409, "fee_preview_changed": 409, "nothing_to_bill": 409, "invoice_known": 409, "invoice_of_other": 409,
        "dispute_not_lost": 409, "nothing_to_write_off": 409,
        // It is not proven that Stripe sent it.
        "webhook_refused": 403, "webhook_time_wrong": 403,
    ]

    /// In how many seconds to try again after a 503: later when a person has to act first.
    var retryAfter: Int {
        [
            "operation_parked", "stripe_key_refused", "stripe_read_forbidden", "key_file_wrong", "check_out_blocked", "found_object",
            "found_refund",
            "month_not_synced", "month_unsettled", "clearing_differs",
        ].contains(code)
            ? 60 : 5
    }

    /// What to do, where the domain's own hint is about the command line.
    private static let hints: [String: Phrase] = [
        "tenant_not_found": Phrase("GET /v1/tenants lists them for the operator.", "GET /v1/tenants zeigt sie dem Betreiber."),
        "folio_not_found": Phrase("GET …/folios lists the tenant's folios.", "GET …/folios zeigt die Gästekonten des Mandanten."),
        "folio_closed": Phrase(
            "POST …/late-charges charges what was found after check-out; anything else needs a new folio.",
            "POST …/late-charges belastet, was nach dem Check-out auffiel; alles andere braucht ein neues Gästekonto."),
        "late_charge_by_link_only": Phrase(
            "Send `by` as link, under another key: the guest then pays on a page.",
            "Senden Sie `by` als link, unter einem anderen Schlüssel: Der Gast zahlt dann auf einer Seite."),
        "sku_not_found": Phrase("GET …/catalogue lists the items.", "GET …/catalogue zeigt, was es gibt."),
        "movement_not_found": Phrase("GET …/movements lists them.", "GET …/movements zeigt sie."),
        "movement_type_not_found": Phrase("GET …/movements lists what is in suspense.", "GET …/movements zeigt, was ungeklärt ist."),
        "rule_not_found": Phrase("GET …/movement-rules lists them.", "GET …/movement-rules zeigt sie."),
        "rule_exists": Phrase(
            "End it first with POST …/movement-rules/{rule}/end.", "Beenden Sie sie zuerst mit POST …/movement-rules/{rule}/end."),
        "rule_ended": Phrase("GET …/movement-rules lists them.", "GET …/movement-rules zeigt sie."),
        "unreadable_not_found": Phrase(
            "GET …/unreadable lists those that wait; what has been read since is gone from it.",
            "GET …/unreadable zeigt, was wartet; was inzwischen gelesen wurde, steht nicht mehr darin."),
        "unreadable_dismissed": Phrase(
            "GET …/unreadable with `state` dismissed says by whom, and why.",
            "GET …/unreadable mit `state` dismissed zeigt, von wem und warum."),
        "payout_not_found": Phrase("GET …/payouts lists them.", "GET …/payouts zeigt sie."),
        "dispute_not_found": Phrase("GET …/disputes lists them.", "GET …/disputes zeigt sie."),
        "hold_not_found": Phrase("GET …/holds lists them with their ids.", "GET …/holds zeigt sie mit ihren Nummern."),
        "payment_not_found": Phrase("GET …/payments lists them with their ids.", "GET …/payments zeigt sie mit ihren Nummern."),
        "check_out_in_progress": Phrase(
            "Repeat the request with the same key in a moment.", "Wiederholen Sie die Anfrage gleich mit demselben Schlüssel."),
        "operation_in_progress": Phrase(
            "It is sent again automatically; repeat the request with the same key.",
            "Sie wird von selbst erneut gesendet; wiederholen Sie die Anfrage mit demselben Schlüssel."),
        "operation_parked": Phrase(
            "The operator of the service has to decide; then repeat the request with the same key.",
            "Der Betreiber des Dienstes muss entscheiden; wiederholen Sie dann die Anfrage mit demselben Schlüssel."),
        "not_awaiting_guest": Phrase("Look at the folio's `state`.", "Sehen Sie sich `state` des Gästekontos an."),
        "awaiting_guest": Phrase("Send the guest to `payment_url`.", "Schicken Sie den Gast zu `payment_url`."),
        "webhook_secret_not_found": Phrase("GET …/webhook-secrets lists them.", "GET …/webhook-secrets zeigt sie."),
        "stripe_account_missing": Phrase("PUT …/stripe stores its keys.", "PUT …/stripe hinterlegt die Schlüssel."),
        "service_date_outside_stay": Phrase(
            "Correct `service_date`, or send `outside_stay` as true: the tax rate of that day applies.",
            "Berichtigen Sie `service_date`, oder senden Sie `outside_stay` als true: Es gilt der Steuersatz dieses Tages."),
        "nothing_charged": Phrase(
            "Charge what is missing. If nothing is to be charged, send `nothing_charged` as true, under another key.",
            "Buchen Sie, was fehlt. Soll nichts gebucht werden, senden Sie `nothing_charged` als true, unter einem anderen Schlüssel."),
        "sync_required": Phrase(
            "The service reads Stripe automatically within minutes; repeat the request with the same key.",
            "Der Dienst liest es innerhalb von Minuten von selbst; wiederholen Sie die Anfrage mit demselben Schlüssel."),
        "check_out_blocked": Phrase(
            "The operator of the service has to act; then repeat the request with the same key.",
            "Der Betreiber des Dienstes muss handeln; wiederholen Sie dann die Anfrage mit demselben Schlüssel."),
        "found_object": Phrase(
            "The operator takes it in with `reconcile --repair`; until then no money is taken on the folio.",
            "Der Betreiber lässt es mit `reconcile --repair` übernehmen; bis dahin wird auf dem Gästekonto nichts eingezogen."),
        "found_refund": Phrase(
            "It may be the same refund: decide about it first with POST …/refunds/{number}/decision.",
            "Vielleicht ist es die gewünschte: Entscheiden Sie zuerst über sie mit POST …/refunds/{number}/decision."),
        "month_not_synced": Phrase(
            "The service reads Stripe automatically, within minutes after the month has ended in UTC, too; repeat the request with the same "
                + "key.",
            "Der Dienst fragt Stripe von selbst ab, innerhalb von Minuten, sobald der Monat auch in UTC zu Ende ist; wiederholen Sie die "
                + "Anfrage mit demselben Schlüssel."),
        "stripe_account_taken": Phrase(
            "Store the key of another account with PUT …/stripe.",
            "Hinterlegen Sie mit PUT …/stripe den Schlüssel eines eigenen Kontos."),
        "stripe_key_refused": Phrase(
            "Store a valid key with PUT …/stripe; then repeat the request with the same key.",
            "Hinterlegen Sie mit PUT …/stripe einen gültigen Schlüssel; wiederholen Sie dann die Anfrage mit demselben Schlüssel."),
        "stripe_read_forbidden": Phrase(
            "Give the key this permission at Stripe; then repeat the request with the same key.",
            "Geben Sie dem Schlüssel bei Stripe diese Berechtigung; wiederholen Sie dann die Anfrage mit demselben Schlüssel."),
        "stripe_unanswered": Phrase(
            "Repeat the request with the same key: this finds out what happened and finishes it.",
            "Wiederholen Sie die Anfrage mit demselben Schlüssel: So klärt sich, was geschehen ist, und sie wird beendet."),
    ]
}
