import Ledger

/// The saving of a card without a payment.
package struct SetupIntent: StripeObject {
    /// `succeeded`: the card is saved. No money is ever held or taken.
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

    /// `seti_…`.
    package let id: String
    /// Decides whether `paymentMethod` may be charged later.
    package let status: Status
    @Seconds package var created: Instant
    /// The customer that the card is attached to, `cus_…`.
    @Reference package var customer: String?
    /// The saved card, once there is one.
    package let paymentMethod: Expandable<PaymentMethod>?
    /// Why the last attempt failed; nil before one did.
    package let lastSetupError: StripeError?
    /// What the guest still has to do, such as 3-D Secure.
    package let nextAction: NextAction?
    /// The page's, which we write to both.
    package let metadata: Metadata

    private enum CodingKeys: String, CodingKey {
        case id, status, created, customer, metadata
        case paymentMethod = "payment_method"
        case lastSetupError = "last_setup_error"
        case nextAction = "next_action"
    }
}
