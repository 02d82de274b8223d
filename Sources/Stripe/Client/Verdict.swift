import Foundation
import Ledger

/// What one attempt came to.
///
/// - Source: docs.stripe.com, "Advanced error handling" and "Rate limits"; the rule for repeats is the one of
///   Stripe's own clients: `Stripe-Should-Retry` decides, else connection errors, 409 and 5xx are repeated.
enum Verdict<Answer> {
    case answer(Answer)
    case refused(StripeError)
    case open(Problem)

    struct Problem {
        let reason: StripeUncertainty.Reason
        let mayHaveHappened: Bool
        let isRepeatable: Bool
        var retryAfter: Int?
        var wasReplayed = false
    }

    static func noAnswer(_ error: TransportError, isRepeatable: Bool) -> Verdict {
        .open(Problem(reason: .noAnswer(error), mayHaveHappened: error.mayHaveArrived, isRepeatable: isRepeatable))
    }

    init(_ response: HTTPResponse, _ decode: (StripeAnswer) throws -> Answer) {
        let status = response.status
        let wasReplayed = response.headers["idempotent-replayed"] == "true"
        if (200..<300).contains(status) {
            let answer = StripeAnswer(body: response.body, requestID: response.headers["request-id"], wasReplayed: wasReplayed)
            do {
                self = .answer(try decode(answer))
            } catch {
                // The same key brings the answer again, perhaps whole this time.
                self = .unreadable(status, plainWords(of: error), isRepeatable: true)
            }
            return
        }
        let error = Self.error(in: response)
        let shouldRetry = response.headers["stripe-should-retry"].flatMap(Bool.init)
        let retryAfter = response.headers["retry-after"].flatMap { Int($0) }
        func open(_ reason: StripeUncertainty.Reason, mayHaveHappened: Bool, isRepeatable: Bool) -> Verdict {
            .open(
                Problem(
                    reason: reason, mayHaveHappened: mayHaveHappened, isRepeatable: shouldRetry ?? isRepeatable, retryAfter: retryAfter,
                    wasReplayed: wasReplayed))
        }
        switch (status, error) {
        case (424, _), (500..., _):
            self = open(.serverError(status: status, error), mayHaveHappened: true, isRepeatable: true)
        case (429, .some(let error)) where error.code == .lockTimeout:
            self = open(.locked(error), mayHaveHappened: false, isRepeatable: true)
        case (429, _):
            self = open(.rateLimited(error, retryAfterSeconds: retryAfter), mayHaveHappened: false, isRepeatable: true)
        case (409, .some(let error)):
            self = open(.conflict(error), mayHaveHappened: true, isRepeatable: true)
        case (401, .some(let error)), (403, .some(let error)):
            self = open(.keyRefused(error), mayHaveHappened: false, isRepeatable: false)
        case (400..<500, .some(let error)):
            self = shouldRetry == true ? open(.conflict(error), mayHaveHappened: true, isRepeatable: true) : .refused(error)
        default:
            // A page of some proxy, a redirect, a service that is not Stripe: no proof of a refusal.
            self = .unreadable(status, "no error object", isRepeatable: shouldRetry ?? false)
        }
    }

    private static func unreadable(_ status: Int, _ why: String, isRepeatable: Bool) -> Verdict {
        .open(Problem(reason: .unreadable(status: status, why), mayHaveHappened: true, isRepeatable: isRepeatable))
    }

    private static func error(in response: HTTPResponse) -> StripeError? {
        guard var error = try? JSONDecoder().decode(ErrorBody.self, from: response.body).error else { return nil }
        error.httpStatus = response.status
        error.requestID = response.headers["request-id"]
        return error
    }
}

private struct ErrorBody: Decodable {
    let error: StripeError
}
