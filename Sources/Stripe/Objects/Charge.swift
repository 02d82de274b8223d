import Ledger

/// One attempt to take or hold money.
///
/// A hold is a charge with status `succeeded` and `captured` false: only `captured` and `amountCaptured`
/// tell whether money was taken.
package struct Charge: StripeObject {
    package struct Status: OpenEnum {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let succeeded: Status = "succeeded"
        package static let pending: Status = "pending"
        package static let failed: Status = "failed"
    }

    package let id: String
    package let status: Status
    package let amount: Int64
    package let amountCaptured: Int64
    /// Sum of all refunds. Since API version 2025-03-31 the part of a hold that was let go is not among them.
    package let amountRefunded: Int64
    package let currency: String
    @Flag package var captured: Bool
    /// True only when everything captured was refunded.
    @Flag package var refunded: Bool
    @Flag package var disputed: Bool
    @Seconds package var created: Instant
    /// `nil` while nothing is captured, and for a while after an `automatic_async` capture.
    package let balanceTransaction: Expandable<BalanceTransaction>?
    @Reference package var customer: String?
    @Reference package var paymentIntent: String?
    @Reference package var paymentMethod: String?
    package let paymentMethodDetails: PaymentMethodDetails?
    package let failureCode: String?
    package let failureMessage: String?
    package let metadata: Metadata

    private enum CodingKeys: String, CodingKey {
        case id, status, amount, currency, captured, refunded, disputed, created, customer, metadata
        case amountCaptured = "amount_captured"
        case amountRefunded = "amount_refunded"
        case balanceTransaction = "balance_transaction"
        case paymentIntent = "payment_intent"
        case paymentMethod = "payment_method"
        case paymentMethodDetails = "payment_method_details"
        case failureCode = "failure_code"
        case failureMessage = "failure_message"
    }
}

/// How a charge was paid, and what the method allows while it is only held.
package struct PaymentMethodDetails: Decodable, Sendable, Equatable {
    package let type: PaymentMethod.Kind?
    package let card: Card?

    package struct Card: Decodable, Sendable, Equatable {
        package let brand: String?
        package let last4: String?
        package let expiryMonth: Int?
        package let expiryYear: Int?
        package let country: String?
        package let funding: String?
        package let amountAuthorized: Int64?
        /// The only binding end of a hold; read it again after every change.
        @OptionalSeconds package var captureBefore: Instant?
        package let incrementalAuthorization: Feature?
        package let extendedAuthorization: Feature?
        package let multicapture: Feature?
        package let overcapture: Feature?

        private enum CodingKeys: String, CodingKey {
            case brand, last4, country, funding, multicapture, overcapture
            case expiryMonth = "exp_month"
            case expiryYear = "exp_year"
            case amountAuthorized = "amount_authorized"
            case captureBefore = "capture_before"
            case incrementalAuthorization = "incremental_authorization"
            case extendedAuthorization = "extended_authorization"
        }

        package var canBeIncremented: Bool { incrementalAuthorization?.isGranted == true }
        package var isExtended: Bool { extendedAuthorization?.isGranted == true }
        package var allowsSeveralCaptures: Bool { multicapture?.isGranted == true }
        /// Stripe's integer; more than what is authorized only where overcapture was granted.
        package var maximumAmountCapturable: Int64? { overcapture?.maximumAmountCapturable ?? amountAuthorized }
    }

    /// What an optional card feature came to.
    package struct Feature: Decodable, Sendable, Equatable {
        package struct Status: OpenEnum {
            package let rawValue: String
            package init(rawValue: String) { self.rawValue = rawValue }

            package static let available: Status = "available"
            package static let unavailable: Status = "unavailable"
            package static let enabled: Status = "enabled"
            package static let disabled: Status = "disabled"
        }

        package let status: Status?
        /// For overcapture only.
        package let maximumAmountCapturable: Int64?

        package var isGranted: Bool { status == .available || status == .enabled }

        private enum CodingKeys: String, CodingKey {
            case status
            case maximumAmountCapturable = "maximum_amount_capturable"
        }
    }
}
