/// What can be done after a declined payment.
package enum RetryAdvice: Sendable, Equatable {
    /// The card itself is good: the payer has to confirm the payment, on a page.
    case authenticate
    /// The same card may work later.
    case tryAgainLater
    /// The same card may work once its data are corrected.
    case confirmCardData
    /// This card will not work.
    case useAnotherMethod
}

extension StripeError {
    /// What can be done after a decline; `nil` if this is no decline.
    ///
    /// Issuers penalise repeated attempts, so whatever is not known to pass is answered with another method.
    ///
    /// - Source: docs.stripe.com, "Declines" (advice codes) and "Decline codes" (next steps).
    package var retryAdvice: RetryAdvice? {
        guard isDecline else { return nil }
        switch declineReason {
        case "authentication_required", "authentication_not_handled": return .authenticate
        default: break
        }
        switch adviceCode {
        case .tryAgainLater?: return .tryAgainLater
        case .confirmCardData?: return .confirmCardData
        case .doNotTryAgain?: return .useAnotherMethod
        default: break
        }
        switch declineReason {
        case "processing_error", "issuer_not_available", "try_again_later", "reenter_transaction", "approve_with_id": return .tryAgainLater
        case "incorrect_cvc", "invalid_cvc", "incorrect_number", "invalid_number", "incorrect_zip", "invalid_expiry_month",
            "invalid_expiry_year":
            return .confirmCardData
        default: return .useAnotherMethod
        }
    }

    /// Whether the same card may be tried again without changing anything but the time.
    package var mayTryAgain: Bool { retryAdvice == .tryAgainLater }

    /// The issuer's reason where there is one; codes such as `expired_card` are reasons of their own. `nil` if this is no decline.
    package var declineReason: String? { isDecline ? declineCode ?? code?.rawValue ?? "" : nil }
}
