import Ledger

/// One payment from the first attempt to its end: for us a hold or a direct payment.
package struct PaymentIntent: StripeObject {
    /// Recorded error texts name `requires_reauthorization` and `expired` too, so a status outside this
    /// list is an ordinary event.
    package struct Status: OpenEnum {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let requiresPaymentMethod: Status = "requires_payment_method"
        package static let requiresConfirmation: Status = "requires_confirmation"
        package static let requiresAction: Status = "requires_action"
        package static let processing: Status = "processing"
        package static let requiresCapture: Status = "requires_capture"
        package static let succeeded: Status = "succeeded"
        package static let canceled: Status = "canceled"
    }

    /// `manual` for a hold. The other two take the money without a further call; `automatic_async` does it in the background, so that the
    /// balance transaction comes later.
    package struct CaptureMethod: OpenEnum {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let automatic: CaptureMethod = "automatic"
        package static let automaticAsync: CaptureMethod = "automatic_async"
        package static let manual: CaptureMethod = "manual"
    }

    /// Stripe's words; some only a caller gives, some only Stripe.
    package struct CancellationReason: OpenEnum {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let duplicate: CancellationReason = "duplicate"
        package static let fraudulent: CancellationReason = "fraudulent"
        package static let requestedByCustomer: CancellationReason = "requested_by_customer"
        package static let abandoned: CancellationReason = "abandoned"
        /// The hold expired. Only Stripe sets this.
        package static let expired: CancellationReason = "expired"
        /// The hold expired, before API version 2025-03-31. Only Stripe sets this.
        package static let automatic: CancellationReason = "automatic"
    }

    /// `pi_…`.
    package let id: String
    /// The one that decides: a session's or a charge's status does not.
    package let status: Status
    /// Stripe's integer: what was asked for. Stays when less is captured.
    package let amount: Int64
    /// More than 0 only while money is held.
    package let amountCapturable: Int64
    /// Captured so far. Refunds do not lower it.
    package let amountReceived: Int64
    /// ISO 4217 in lower case: `eur`.
    package let currency: String
    /// `automatic_async` where nobody asked for another.
    package let captureMethod: CaptureMethod?
    /// Nil unless it is cancelled.
    package let cancellationReason: CancellationReason?
    @Seconds package var created: Instant
    /// Nil unless it is cancelled.
    @OptionalSeconds package var canceledAt: Instant?
    /// `cus_…`.
    @Reference package var customer: String?
    /// The card or other method in use; nil again after a failed attempt.
    package let paymentMethod: Expandable<PaymentMethod>?
    /// Which methods the guest may pay with.
    package let paymentMethodTypes: [PaymentMethod.Kind]?
    /// The latest attempt; `nil` before the first.
    package let latestCharge: Expandable<Charge>?
    /// The latest review of it by the account's people, `prv_…`; nil where nobody asked for any.
    @Reference package var review: String?
    /// Why the latest attempt failed.
    package let lastPaymentError: StripeError?
    /// What the payer still has to do.
    package let nextAction: NextAction?
    /// Where `ledger_books`, `ledger_key` and the others are.
    package let metadata: Metadata
    /// Whether real money is meant; no for test objects.
    @Flag package var livemode: Bool

    private enum CodingKeys: String, CodingKey {
        case id, status, amount, currency, created, customer, review, metadata, livemode
        case amountCapturable = "amount_capturable"
        case amountReceived = "amount_received"
        case captureMethod = "capture_method"
        case cancellationReason = "cancellation_reason"
        case canceledAt = "canceled_at"
        case paymentMethod = "payment_method"
        case paymentMethodTypes = "payment_method_types"
        case latestCharge = "latest_charge"
        case lastPaymentError = "last_payment_error"
        case nextAction = "next_action"
    }
}

/// What the payer still has to do: for us always "open this page", where there is a page.
package struct NextAction: Decodable, Sendable, Equatable {
    /// `redirect_to_url`, `use_stripe_sdk` or another of Stripe's words.
    package let type: String?
    /// Nil for an action that is no page.
    package let redirectToURL: Redirect?

    /// A page of the bank or the method.
    package struct Redirect: Decodable, Sendable, Equatable {
        /// Absolute; the payer opens it in a browser.
        package let url: String?
    }

    private enum CodingKeys: String, CodingKey {
        case type
        case redirectToURL = "redirect_to_url"
    }
}
