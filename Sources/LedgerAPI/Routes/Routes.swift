import Ledger

/// Everything the API can do, in the order of its description.
enum Routes {
    static let all: [Route] =
        TenantRoutes.all + CatalogueRoutes.all + FolioRoutes.all + LineRoutes.all + HoldRoutes.all + PaymentRoutes.all
        + CheckOutRoutes.all + LateChargeRoutes.all + StatementRoutes.all + JournalRoutes.all + PayoutRoutes.all + DisputeRoutes.all
        + MovementRoutes.all + WebhookRoutes.all + FeeRoutes.all + AccessRoutes.all + StripeWorkRoutes.all

    /// Codes that every verb can end with that asks Stripe for something.
    static let stripe = [
        "stripe_account_missing", "stripe_key_refused", "stripe_unreachable", "stripe_unanswered", "stripe_refused",
        "operation_in_progress", "operation_parked", "key_file_wrong", "sync_required", "found_object", "stripe_account_taken",
        "check_out_blocked",
    ]
    /// Codes of a folio that does not take changes.
    static let folioClosed = ["folio_not_found", "folio_closed", "awaiting_guest", "check_out_in_progress"]
}

/// Parameters that several routes take.
enum Common {
    static let limit = Field.standard("limit", .whole(1...200), 50, written: 50, "The maximum number of elements to return.")
    static let format = Field.standard(
        "format", .choice(of: Format.self), .json, written: "json", "The format of the answer.", example: "json")
    static let reason = Field.required("reason", .text(.reason), "The reason; it is recorded.", example: "entered twice")
    static let otherMethod = Field.optional(
        "method", .text(.paymentMethod),
        "How the guest is asked to pay: card, klarna, or another that the tenant still has. If omitted, by the folio's method, or by card where "
            + "that has ended or Stripe has refused it for this folio. Where the guest has an open page for another method, that page is withdrawn.",
        example: "card")

    enum Format: String, CaseIterable, Sendable { case json, csv }
}
