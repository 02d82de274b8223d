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

    package struct CaptureMethod: OpenEnum {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let automatic: CaptureMethod = "automatic"
        package static let automaticAsync: CaptureMethod = "automatic_async"
        package static let manual: CaptureMethod = "manual"
    }

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

    package let id: String
    package let status: Status
    /// Stripe's integer: what was asked for. Stays when less is captured.
    package let amount: Int64
    /// More than 0 only while money is held.
    package let amountCapturable: Int64
    /// Captured so far. Refunds do not lower it.
    package let amountReceived: Int64
    package let currency: String
    package let captureMethod: CaptureMethod?
    package let cancellationReason: CancellationReason?
    @Seconds package var created: Instant
    @OptionalSeconds package var canceledAt: Instant?
    @Reference package var customer: String?
    package let paymentMethod: Expandable<PaymentMethod>?
    package let paymentMethodTypes: [PaymentMethod.Kind]?
    /// The latest attempt; `nil` before the first.
    package let latestCharge: Expandable<Charge>?
    /// Why the latest attempt failed.
    package let lastPaymentError: StripeError?
    /// What the payer still has to do.
    package let nextAction: NextAction?
    package let metadata: Metadata
    @Flag package var livemode: Bool

    private enum CodingKeys: String, CodingKey {
        case id, status, amount, currency, created, customer, metadata, livemode
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
    package let type: String?
    package let redirectToURL: Redirect?

    package struct Redirect: Decodable, Sendable, Equatable {
        package let url: String?
    }

    private enum CodingKeys: String, CodingKey {
        case type
        case redirectToURL = "redirect_to_url"
    }
}
