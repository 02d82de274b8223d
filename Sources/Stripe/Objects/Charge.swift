import Ledger

/// One attempt to take or hold money.
///
/// A hold is a charge with status `succeeded` and `captured` false: only `captured` and `amountCaptured`
/// tell whether money was taken.
package struct Charge: StripeObject {
    /// `pending` while the method takes its time, as Sofort does; the others are final.
    package struct Status: OpenEnum {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let succeeded: Status = "succeeded"
        package static let pending: Status = "pending"
        package static let failed: Status = "failed"
    }

    /// `ch_…`, for some methods `py_…`.
    package let id: String
    /// Also `succeeded` for a hold: nothing is taken yet then.
    package let status: Status
    /// Stripe's integer: what was to be taken or held, not what was.
    package let amount: Int64
    /// Stripe's integer: what was taken of it; 0 for a hold. Refunds do not lower it.
    package let amountCaptured: Int64
    /// Sum of all refunds. Since API version 2025-03-31 the part of a hold that was let go is not among them.
    package let amountRefunded: Int64
    /// ISO 4217 in lower case: `eur`.
    package let currency: String
    /// Whether the money was taken; no for a hold.
    @Flag package var captured: Bool
    /// True only when everything captured was refunded.
    @Flag package var refunded: Bool
    /// Whether the guest's bank contests it, or did so once.
    @Flag package var disputed: Bool
    @Seconds package var created: Instant
    /// `nil` while nothing is captured, and for a while after an `automatic_async` capture.
    package let balanceTransaction: Expandable<BalanceTransaction>?
    /// `cus_…`.
    @Reference package var customer: String?
    /// The intent that it is an attempt of, `pi_…`.
    @Reference package var paymentIntent: String?
    /// The card or other method used, `pm_…`.
    @Reference package var paymentMethod: String?
    /// What Stripe and the bank said of the method at this attempt.
    package let paymentMethodDetails: PaymentMethodDetails?
    /// What fraud prevention and the network said; nil where Stripe says nothing.
    package let outcome: Outcome?
    /// Why it failed, as a code: `card_declined`. Nil unless it failed.
    package let failureCode: String?
    /// Stripe's words for it, in English; nil unless it failed.
    package let failureMessage: String?
    /// As on its intent when the charge was made: Stripe copies it once.
    package let metadata: Metadata

    private enum CodingKeys: String, CodingKey {
        case id, status, amount, currency, captured, refunded, disputed, created, customer, metadata, outcome
        case amountCaptured = "amount_captured"
        case amountRefunded = "amount_refunded"
        case balanceTransaction = "balance_transaction"
        case paymentIntent = "payment_intent"
        case paymentMethod = "payment_method"
        case paymentMethodDetails = "payment_method_details"
        case failureCode = "failure_code"
        case failureMessage = "failure_message"
    }

    /// What Stripe's fraud prevention said of it. Money does not wait for it: what is not in its usual form is nil.
    package struct Outcome: Decodable, Sendable, Equatable {
        /// `normal`, `elevated`, `highest`, `not_assessed` or `unknown`; nil where the account's Radar names none.
        package let riskLevel: String?
        /// 0...100; nil without Radar for Fraud Teams.
        package let riskScore: Int64?

        private enum CodingKeys: String, CodingKey {
            case riskLevel = "risk_level"
            case riskScore = "risk_score"
        }

        package init(from decoder: any Decoder) {
            let container = try? decoder.container(keyedBy: CodingKeys.self)
            riskLevel = try? container?.decode(String.self, forKey: .riskLevel)
            riskScore = try? container?.decode(Int64.self, forKey: .riskScore)
        }
    }
}

/// How a charge was paid, and what the method allows while it is only held.
package struct PaymentMethodDetails: Decodable, Sendable, Equatable {
    /// Which method was used.
    package let type: PaymentMethod.Kind?
    /// Nil unless a card was used.
    package let card: Card?

    /// The card at this attempt, with what its issuer granted.
    package struct Card: Decodable, Sendable, Equatable {
        /// The network: `visa`, `mastercard`, `amex`, `unknown`.
        package let brand: String?
        /// The last four digits of its number.
        package let last4: String?
        /// 1...12.
        package let expiryMonth: Int?
        /// Four digits.
        package let expiryYear: Int?
        /// Of the issuer, ISO 3166 in capitals: `DE`.
        package let country: String?
        /// Nil where Stripe does not say.
        package let funding: CardFunding?
        /// Stripe's word for the number, the same under each `pm_…` of one physical card within an account.
        package let fingerprint: String?
        /// What the bank said of what was entered; nil where Stripe says nothing.
        package let checks: Checks?
        /// Stripe's integer: what the bank agreed to hold.
        package let amountAuthorized: Int64?
        /// The only binding end of a hold; read it again after every change.
        @OptionalSeconds package var captureBefore: Instant?
        /// Whether the hold may be raised; asked for by `request_incremental_authorization`.
        package let incrementalAuthorization: Feature?
        /// Whether the hold lasts longer than usual: `captureBefore` says until when.
        package let extendedAuthorization: Feature?
        /// Whether it may be captured in parts.
        package let multicapture: Feature?
        /// Whether more may be captured than is held, and how much.
        package let overcapture: Feature?

        private enum CodingKeys: String, CodingKey {
            case brand, last4, country, funding, fingerprint, checks, multicapture, overcapture
            case expiryMonth = "exp_month"
            case expiryYear = "exp_year"
            case amountAuthorized = "amount_authorized"
            case captureBefore = "capture_before"
            case incrementalAuthorization = "incremental_authorization"
            case extendedAuthorization = "extended_authorization"
        }

        /// Whether the hold may be raised: `incremental_authorization` is `available`.
        package var canBeIncremented: Bool { incrementalAuthorization?.isGranted == true }
        /// Whether it lasts longer than usual: `extended_authorization` is `enabled`.
        package var isExtended: Bool { extendedAuthorization?.isGranted == true }
        /// Whether a capture may keep the rest held: `multicapture` is `available`.
        package var allowsSeveralCaptures: Bool { multicapture?.isGranted == true }
        /// Stripe's integer; more than what is authorized only where overcapture was granted.
        package var maximumAmountCapturable: Int64? { overcapture?.maximumAmountCapturable ?? amountAuthorized }
    }

    /// What the bank said of what was entered with the card: `pass`, `fail`, `unavailable` or `unchecked`; nil for what was not entered.
    /// Money does not wait for it: what is not in its usual form is nil.
    package struct Checks: Decodable, Sendable, Equatable {
        /// Of street and number together.
        package let addressLine1: String?
        /// Of the postal code alone.
        package let postalCode: String?
        /// Of the three or four digits that are printed on the card alone.
        package let cvc: String?

        private enum CodingKeys: String, CodingKey {
            case addressLine1 = "address_line1_check"
            case postalCode = "address_postal_code_check"
            case cvc = "cvc_check"
        }

        package init(from decoder: any Decoder) {
            let container = try? decoder.container(keyedBy: CodingKeys.self)
            addressLine1 = try? container?.decode(String.self, forKey: .addressLine1)
            postalCode = try? container?.decode(String.self, forKey: .postalCode)
            cvc = try? container?.decode(String.self, forKey: .cvc)
        }
    }

    /// What an optional card feature came to.
    package struct Feature: Decodable, Sendable, Equatable {
        /// `available` or `unavailable`; for an extended authorisation `enabled` or `disabled`.
        package struct Status: OpenEnum {
            package let rawValue: String
            package init(rawValue: String) { self.rawValue = rawValue }

            package static let available: Status = "available"
            package static let unavailable: Status = "unavailable"
            package static let enabled: Status = "enabled"
            package static let disabled: Status = "disabled"
        }

        /// Nil where the charge does not mention it.
        package let status: Status?
        /// For overcapture only.
        package let maximumAmountCapturable: Int64?

        /// One of Stripe's two words for yes.
        package var isGranted: Bool { status == .available || status == .enabled }

        private enum CodingKeys: String, CodingKey {
            case status
            case maximumAmountCapturable = "maximum_amount_capturable"
        }
    }
}
