import Ledger

/// The saving of a card without a payment.
package struct SetupIntent: StripeObject {
    package struct Status: OpenEnum {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let requiresPaymentMethod: Status = "requires_payment_method"
        package static let requiresConfirmation: Status = "requires_confirmation"
        package static let requiresAction: Status = "requires_action"
        package static let processing: Status = "processing"
        package static let succeeded: Status = "succeeded"
        package static let canceled: Status = "canceled"
    }

    package let id: String
    package let status: Status
    @Seconds package var created: Instant
    @Reference package var customer: String?
    /// The saved card, once there is one.
    package let paymentMethod: Expandable<PaymentMethod>?
    package let lastSetupError: StripeError?
    package let nextAction: NextAction?
    package let metadata: Metadata

    private enum CodingKeys: String, CodingKey {
        case id, status, created, customer, metadata
        case paymentMethod = "payment_method"
        case lastSetupError = "last_setup_error"
        case nextAction = "next_action"
    }
}
