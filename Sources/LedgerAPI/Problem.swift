import JSON
import Ledger
import LedgerService
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
    /// Further facts, such as the new plan.
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
            .text("type", "Names the kind of problem; there is nothing behind it.", example: "urn:soferu:ledger:folio_closed") {
                "urn:soferu:ledger:\($0.code)"
            },
            .text("title", "HTTP's name of the status.", example: "Conflict") { ReasonPhrase.of($0.status) },
            .integer("status", "HTTP's status.", example: 409) { Int64($0.status) },
            .text("code", "Stable: programs decide by it.", example: "folio_closed") { $0.code },
            .text("detail", "One sentence for people, in the caller's language.", example: "Folio \"R-4711\" is closed (checked_out).") {
                $0.message
            },
            .optionalText("hint", "What to do.", example: "Put what came later on a folio of its own, for example \"R-4711-L1\".") {
                $0.hint
            },
            .optionalText(
                "field", "Where in the body stands what was refused, when it is one thing in it.", example: "lines[17].quantity"
            ) { $0.field },
            .text("request_id", "Stands in the log of the service.", example: "8f1d3c5b7a9e2f40") { $0.requestID },
        ])

    var json: JSON {
        guard case .object(let members) = Self.shape.json(self) else { return .null }
        return .object(members + facts)
    }

    /// - Returns: 503 for what is not decided or not done yet, 409 for what the state of things forbids for good; 422 for what is well formed
    ///   and still cannot be.
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
        // The state of things forbids it, and callers take that for final.
        "tenant_exists": 409, "reference_taken": 409, "folio_closed": 409, "awaiting_guest": 409, "not_awaiting_guest": 409,
        "payment_processing": 409, "plan_changed": 409, "hold_not_live": 409, "payment_not_succeeded": 409,
        "bill_decided": 409, "page_open": 409,
        "card_saved_already": 409, "line_already_reversed": 409, "month_closed": 409, "month_not_over": 409, "earlier_month_open": 409,
        "stripe_account_missing": 409, "user_exists": 409, "stripe_account_taken": 409, "stripe_account_mismatch": 409,
        "stripe_mode_mismatch": 409, "webhook_secret_known": 409,
        // Whoever sent it has not shown to be Stripe.
        "webhook_refused": 403, "webhook_time_wrong": 403,
    ]

    /// In how many seconds it is worth to ask again, for a 503: later where a person has to act first.
    var retryAfter: Int {
        ["operation_parked", "stripe_key_refused", "key_file_wrong", "check_out_blocked", "found_object", "found_refund"].contains(code)
            ? 60 : 5
    }

    /// What to do, where the domain's own hint is about the command line.
    private static let hints: [String: Phrase] = [
        "tenant_not_found": Phrase("GET /v1/tenants lists them for the operator.", "GET /v1/tenants zeigt sie dem Betreiber."),
        "folio_not_found": Phrase("GET …/folios lists the tenant's folios.", "GET …/folios zeigt die Gästekonten des Mandanten."),
        "sku_not_found": Phrase("GET …/catalogue lists what there is.", "GET …/catalogue zeigt, was es gibt."),
        "hold_not_found": Phrase("GET …/holds lists them with their ids.", "GET …/holds zeigt sie mit ihren Nummern."),
        "payment_not_found": Phrase("GET …/payments lists them with their ids.", "GET …/payments zeigt sie mit ihren Nummern."),
        "check_out_in_progress": Phrase(
            "Repeat the request with the same key in a moment.", "Wiederholen Sie die Anfrage gleich mit demselben Schlüssel."),
        "operation_in_progress": Phrase(
            "It is sent again by itself; repeat the request with the same key.",
            "Sie wird von selbst erneut gesendet; wiederholen Sie die Anfrage mit demselben Schlüssel."),
        "operation_parked": Phrase(
            "The operator of the service has to decide; then repeat the request with the same key.",
            "Der Betreiber des Dienstes muss entscheiden; wiederholen Sie dann die Anfrage mit demselben Schlüssel."),
        "not_awaiting_guest": Phrase("Look at the folio's `state`.", "Sehen Sie sich `state` des Gästekontos an."),
        "awaiting_guest": Phrase("Send the guest to `payment_url`.", "Schicken Sie den Gast zu `payment_url`."),
        "webhook_secret_not_found": Phrase("GET …/webhook-secrets lists them.", "GET …/webhook-secrets zeigt sie."),
        "stripe_account_missing": Phrase("PUT …/stripe stores its keys.", "PUT …/stripe hinterlegt die Schlüssel."),
        "service_date_outside_stay": Phrase(
            "Correct `service_date`, or send `outside_stay` as true: the tax rate is that of this day.",
            "Berichtigen Sie `service_date`, oder senden Sie `outside_stay` als true: Es gilt der Steuersatz dieses Tages."),
        "sync_required": Phrase(
            "The service reads it by itself within minutes; repeat the request with the same key.",
            "Der Dienst liest es innerhalb von Minuten von selbst; wiederholen Sie die Anfrage mit demselben Schlüssel."),
        "check_out_blocked": Phrase(
            "The operator of the service has to act; then repeat the request with the same key.",
            "Der Betreiber des Dienstes muss handeln; wiederholen Sie dann die Anfrage mit demselben Schlüssel."),
        "found_object": Phrase(
            "The operator has it taken in with `reconcile --repair`; until then the folio takes nothing.",
            "Der Betreiber lässt es mit `reconcile --repair` übernehmen; bis dahin wird auf dem Gästekonto nichts eingezogen."),
        "found_refund": Phrase(
            "It may be the one that you ask for: decide first about it with POST …/refunds/{number}/decision.",
            "Vielleicht ist es die gewünschte: Entscheiden Sie zuerst über sie mit POST …/refunds/{number}/decision."),
        "stripe_account_taken": Phrase(
            "Store the key of an account of its own with PUT …/stripe.",
            "Hinterlegen Sie mit PUT …/stripe den Schlüssel eines eigenen Kontos."),
        "stripe_key_refused": Phrase(
            "Store a valid key with PUT …/stripe; then repeat the request with the same key.",
            "Hinterlegen Sie mit PUT …/stripe einen gültigen Schlüssel; wiederholen Sie dann die Anfrage mit demselben Schlüssel."),
        "stripe_unanswered": Phrase(
            "Repeat the request with the same key: it finds out what happened and finishes it.",
            "Wiederholen Sie die Anfrage mit demselben Schlüssel: So klärt sich, was geschehen ist, und sie wird beendet."),
    ]
}
