import Foundation
import Testing

@testable import Stripe

@Suite struct `A refusal of Stripe` {
    private struct Body: Decodable { let error: StripeError }

    private func error(_ inner: String) throws -> StripeError { try Recorded.decode(#"{"error":{\#(inner)}}"#, as: Body.self).error }

    private func decline(_ code: String, _ declineCode: String? = nil, advice: String? = nil) throws -> StripeError {
        let decline = declineCode.map { #","decline_code":"\#($0)""# } ?? ""
        let advice = advice.map { #","advice_code":"\#($0)""# } ?? ""
        return try error(#""type":"card_error","code":"\#(code)"\#(decline)\#(advice)"#)
    }

    @Test func `brings the intent that was left open`() throws {
        let error = try Recorded.decode(Recorded.decline, as: Body.self).error
        #expect(error.isDecline && error.code == .cardDeclined && error.declineCode == "insufficient_funds" && error.chargeID == "ch_9")
        #expect(error.adviceCode == .tryAgainLater)
        #expect(error.paymentIntentID == "pi_9" && error.paymentIntent?.status == .requiresPaymentMethod)
        #expect(error.paymentIntent?.lastPaymentError?.paymentMethodID == "pm_1")
        #expect(error.setupIntent == nil)
    }

    @Test func `is not lost over an intent inside it that cannot be read`() throws {
        let error = try error(#""type":"invalid_request_error","payment_intent":{"id":"pi_9","status":7},"setup_intent":"x""#)
        #expect(error.paymentIntentID == "pi_9" && error.paymentIntent == nil && error.setupIntent == nil && !error.isDecline)
    }

    @Test func `may hold nothing but its type`() throws {
        let error = try error(#""type":"weather_error""#)
        #expect(error.type == "weather_error" && error.code == nil && "\(error)" == "weather_error")
        #expect(error.declineReason == nil && error.retryAdvice == nil && !error.mayTryAgain)
    }

    @Test func `describes itself to the operator without secrets`() throws {
        var error = try error(#""type":"invalid_request_error","code":"x","param":"amount","message":"Key sk_live_abc, pi_1_secret_abc""#)
        error.httpStatus = 400
        error.requestID = "req_1"
        #expect("\(error)" == "HTTP 400 invalid_request_error x param amount req_1: Key sk_live_[secret], pi_1_secret_[secret]")
    }

    @Test(arguments: [
        ("card_declined", "insufficient_funds" as String?, "try_again_later" as String?, RetryAdvice.tryAgainLater),
        ("card_declined", "lost_card", "do_not_try_again", .useAnotherMethod), ("card_declined", "generic_decline", nil, .useAnotherMethod),
        ("expired_card", "expired_card", "confirm_card_data", .confirmCardData), ("incorrect_cvc", "incorrect_cvc", nil, .confirmCardData),
        ("processing_error", "processing_error", nil, .tryAgainLater),
        ("authentication_required", "authentication_required", "try_again_later", .authenticate),
        ("card_declined", "issuer_not_available", "do_not_try_again", .useAnotherMethod), ("brand_new_code", nil, nil, .useAnotherMethod),
    ])
    func `says what can be done`(code: String, declineCode: String?, advice: String?, expected: RetryAdvice) throws {
        #expect(try decline(code, declineCode, advice: advice).retryAdvice == expected)
        #expect(try decline(code, declineCode, advice: advice).mayTryAgain == (expected == .tryAgainLater))
    }

    @Test func `takes an advice that it does not know for none`() throws {
        #expect(try decline("card_declined", "lost_card", advice: "do_not_try_again").adviceCode == .doNotTryAgain)
        let unknown = try decline("card_declined", "generic_decline", advice: "ask_again_at_full_moon")
        #expect(unknown.adviceCode == "ask_again_at_full_moon" && unknown.retryAdvice == .useAnotherMethod)
        #expect(try decline("card_declined", "generic_decline").adviceCode == nil)
    }

    @Test func `names the issuer's reason, or the code that is one`() throws {
        #expect(try decline("card_declined", "insufficient_funds").declineReason == "insufficient_funds")
        #expect(try decline("incorrect_cvc").declineReason == "incorrect_cvc")
        #expect(try error(#""type":"invalid_request_error","code":"resource_missing""#).declineReason == nil)
    }

    @Test func `takes every language but German for English`() {
        #expect(PayerLanguage(tag: "de-AT") == .german && PayerLanguage(tag: "fr") == .english && PayerLanguage(tag: "DE") == .german)
    }
}
