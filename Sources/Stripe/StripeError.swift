import Foundation

/// Stripe's reason for a no: the error object of an answer, or the `last_payment_error` of an intent.
///
/// - Source: docs.stripe.com, "Errors". Only `type` is guaranteed.
package struct StripeError: Decodable, Sendable, Equatable {
    /// Tells what to do: an unknown word counts as none of these.
    package struct Kind: OpenEnum {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        /// Something is wrong at Stripe; usually with a 5xx.
        package static let api: Kind = "api_error"
        /// The payment was declined.
        package static let card: Kind = "card_error"
        /// A key came again with other parameters.
        package static let idempotency: Kind = "idempotency_error"
        /// The call was wrong, or does not fit the object's state.
        package static let invalidRequest: Kind = "invalid_request_error"
    }

    /// Codes that something here depends on; the list at Stripe is far longer.
    package struct Code: OpenEnum {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let capabilityNotActive: Code = "capability_not_active"
        package static let paymentMethodUnactivated: Code = "payment_method_unactivated"
        package static let amountTooSmall: Code = "amount_too_small"
        package static let amountTooLarge: Code = "amount_too_large"
        package static let authenticationRequired: Code = "authentication_required"
        package static let cardDeclined: Code = "card_declined"
        package static let chargeAlreadyCaptured: Code = "charge_already_captured"
        package static let chargeAlreadyRefunded: Code = "charge_already_refunded"
        package static let chargeDisputed: Code = "charge_disputed"
        package static let chargeExpiredForCapture: Code = "charge_expired_for_capture"
        /// The hold was over before the capture came.
        package static let captureAuthorizationExpired: Code = "capture_charge_authorization_expired"
        package static let emailInvalid: Code = "email_invalid"
        package static let expiredCard: Code = "expired_card"
        package static let idempotencyKeyInUse: Code = "idempotency_key_in_use"
        package static let incorrectCVC: Code = "incorrect_cvc"
        package static let lockTimeout: Code = "lock_timeout"
        package static let paymentIntentUnexpectedState: Code = "payment_intent_unexpected_state"
        package static let setupIntentUnexpectedState: Code = "setup_intent_unexpected_state"
        package static let processingError: Code = "processing_error"
        package static let rateLimit: Code = "rate_limit"
        package static let resourceMissing: Code = "resource_missing"
    }

    /// What the issuer says about another try; a new word counts as no advice.
    ///
    /// - Source: docs.stripe.com, "Declines", and the enum of `charge.outcome.advice_code`.
    package struct AdviceCode: OpenEnum {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        /// The same card may pass later.
        package static let tryAgainLater: AdviceCode = "try_again_later"
        /// This card must not be tried again, for nothing: networks fine whoever does.
        package static let doNotTryAgain: AdviceCode = "do_not_try_again"
        /// The card's data are wrong or old; the guest has to give them anew.
        package static let confirmCardData: AdviceCode = "confirm_card_data"
    }

    /// The only member that Stripe promises.
    package let type: Kind
    /// Nil for some refusals, which then have words alone.
    package let code: Code?
    /// The issuer's reason, with `card_declined` and some others.
    package let declineCode: String?
    /// Nil where the issuer gave no advice.
    package let adviceCode: AdviceCode?
    /// Stripe's own words, in English and for developers; keys and client secrets are taken out.
    package let message: String?
    /// The parameter it is about.
    package let param: String?
    /// The charge that failed, `ch_…`; nil where the error names none.
    package let chargeID: String?
    /// The method that failed, `pm_…`; nil where the error names none.
    package let paymentMethodID: String?
    /// `nil` for the error kept inside an intent.
    package internal(set) var httpStatus: Int?
    /// What Stripe's support asks for.
    package internal(set) var requestID: String?
    private let intent: Box<PaymentIntent>?
    private let setup: Box<SetupIntent>?
    private let intentID: String?

    /// The intent that the refused call was about, or that a refused creation left open: it is named here
    /// and nowhere else, and has to be cancelled.
    package var paymentIntent: PaymentIntent? { intent?.value }
    /// Also there when the intent itself could not be read.
    package var paymentIntentID: String? { intentID }
    /// The setup intent that the error is about; nil where there is none, or where it could not be read.
    package var setupIntent: SetupIntent? { setup?.value }

    /// The payment failed, as opposed to: the call was wrong. A new attempt is a new operation.
    package var isDecline: Bool { type == .card }
    /// The same key was used with other parameters: a defect of the caller.
    package var isIdempotencyMismatch: Bool { type == .idempotency }

    /// Stripe does not take the e-mail address.
    package var isAboutEmail: Bool { code == .emailInvalid || (type == .invalidRequest && param == "customer_email") }

    /// The account does not take the method that the call asks for: it is not activated there, or does not fit. Usually without a code.
    ///
    /// - Source: docs.stripe.com/error-codes; the words are "The payment method type provided: klarna is invalid. Please ensure the provided
    ///   type is activated in your dashboard …", with `param: payment_method_types`, sometimes with its index.
    package var isAboutMethod: Bool {
        code == .paymentMethodUnactivated || code == .capabilityNotActive
            || (type == .invalidRequest && param.map { $0 == "payment_method_types" || $0.hasPrefix("payment_method_types[") } == true)
    }

    private enum CodingKeys: String, CodingKey {
        case type, code, message, param, charge
        case declineCode = "decline_code"
        case adviceCode = "advice_code"
        case paymentIntent = "payment_intent"
        case paymentMethod = "payment_method"
        case setupIntent = "setup_intent"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        type = try container.decode(Kind.self, forKey: .type)
        code = try container.decodeIfPresent(Code.self, forKey: .code)
        declineCode = try container.decodeIfPresent(String.self, forKey: .declineCode)
        adviceCode = try container.decodeIfPresent(AdviceCode.self, forKey: .adviceCode)
        message = try container.decodeIfPresent(String.self, forKey: .message).map(redacted)
        param = try container.decodeIfPresent(String.self, forKey: .param)
        // An error must never get lost over an object inside it, so what cannot be read there is left out.
        chargeID = (try? container.decode(Reference.self, forKey: .charge))?.wrappedValue
        paymentMethodID = (try? container.decode(Reference.self, forKey: .paymentMethod))?.wrappedValue
        intentID = (try? container.decode(Reference.self, forKey: .paymentIntent))?.wrappedValue
        intent = (try? container.decode(PaymentIntent.self, forKey: .paymentIntent)).map(Box.object)
        setup = (try? container.decode(SetupIntent.self, forKey: .setupIntent)).map(Box.object)
    }
}

extension StripeError: CustomStringConvertible {
    /// For the operator's log.
    package var description: String {
        let facts = [
            httpStatus.map { "HTTP \($0)" }, type.rawValue, code?.rawValue, declineCode, param.map { "param \($0)" }, requestID,
        ]
        return facts.compactMap { $0 }.joined(separator: " ") + (message.map { ": \($0)" } ?? "")
    }
}

/// An intent holds its last error, and an error holds its intent.
private indirect enum Box<Value: Sendable & Equatable>: Sendable, Equatable {
    case object(Value)

    var value: Value {
        switch self {
        case .object(let value): value
        }
    }
}
