import Ledger

/// A hosted page on which a guest pays, reserves or saves a card.
package struct CheckoutSession: StripeObject {
    package struct Status: OpenEnum {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let open: Status = "open"
        package static let complete: Status = "complete"
        package static let expired: Status = "expired"
    }

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

    package let id: String
    package let status: Status?
    package let mode: Mode?
    package let paymentStatus: PaymentStatus?
    /// The page; only while the session is open.
    package let url: String?
    package let amountTotal: Int64?
    package let currency: String?
    @Seconds package var created: Instant
    @OptionalSeconds package var expiresAt: Instant?
    @Reference package var customer: String?
    /// `nil` until the guest confirms.
    package let paymentIntent: Expandable<PaymentIntent>?
    package let setupIntent: Expandable<SetupIntent>?
    package let clientReferenceID: String?
    /// Where the guest goes afterwards, as it was asked for.
    package let successURL: String?
    package let metadata: Metadata
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
