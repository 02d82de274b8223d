import Ledger

/// A hosted page on which a guest pays, reserves or saves a card.
package struct CheckoutSession: StripeObject {
    /// `complete` says that the guest is done, not that money was taken.
    package struct Status: OpenEnum {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let open: Status = "open"
        package static let complete: Status = "complete"
        package static let expired: Status = "expired"
    }

    /// `payment` for a hold, too; `setup` saves a card without a payment.
    package struct Mode: OpenEnum {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let payment: Mode = "payment"
        package static let setup: Mode = "setup"
    }

    /// Says nothing about a hold, which is `complete` and `unpaid`: read the intent.
    package struct PaymentStatus: OpenEnum {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let paid: PaymentStatus = "paid"
        package static let unpaid: PaymentStatus = "unpaid"
        package static let noPaymentRequired: PaymentStatus = "no_payment_required"
    }

    /// `cs_…`, with the mode behind it: `cs_live_…`.
    package let id: String
    /// Only an open session can be paid or closed.
    package let status: Status?
    /// What the page is for.
    package let mode: Mode?
    /// Nil where Stripe does not say.
    package let paymentStatus: PaymentStatus?
    /// The page; only while the session is open.
    package let url: String?
    /// Stripe's integer; nil for a page that only saves a card.
    package let amountTotal: Int64?
    /// ISO 4217 in lower case; nil for a page that only saves a card and names none.
    package let currency: String?
    @Seconds package var created: Instant
    /// When the page closes by itself: at most 24 hours after it was made.
    @OptionalSeconds package var expiresAt: Instant?
    /// `cus_…`; nil where no customer was given or made.
    @Reference package var customer: String?
    /// `nil` until the guest confirms.
    package let paymentIntent: Expandable<PaymentIntent>?
    /// Only for a page that saves a card.
    package let setupIntent: Expandable<SetupIntent>?
    /// The folio's reference, as `client_reference_id` was given.
    package let clientReferenceID: String?
    /// Where the guest goes afterwards, as it was asked for.
    package let successURL: String?
    /// The session's own; the intent has a copy that we write.
    package let metadata: Metadata
    /// Whether real money is meant; no for test objects.
    package let livemode: Bool?

    private enum CodingKeys: String, CodingKey {
        case id, status, mode, url, currency, created, customer, metadata, livemode
        case paymentStatus = "payment_status"
        case amountTotal = "amount_total"
        case expiresAt = "expires_at"
        case paymentIntent = "payment_intent"
        case setupIntent = "setup_intent"
        case clientReferenceID = "client_reference_id"
        case successURL = "success_url"
    }
}
