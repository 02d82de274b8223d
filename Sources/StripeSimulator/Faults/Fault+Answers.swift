import JSON

extension StripeError {
    static let internalError = StripeError(
        status: 500, type: "api_error", message: "An unknown error occurred. Please contact support if it persists.", shouldRetry: false)

    static func keyInUse(_ key: String) -> StripeError {
        StripeError(
            status: 409, type: "idempotency_error",
            message:
                "There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and "
                + "the other "
                + "request is still going through): \(key). Please try again later.", code: "idempotency_key_in_use", isKept: false)
    }

    static func lockTimeout(status: Int) -> StripeError {
        StripeError(
            status: status,
            message:
                "This object cannot be accessed right now because another API request or Stripe process is currently accessing it. If "
                + "you see this "
                + "error intermittently, retry the request. If you see this error frequently and are making multiple concurrent requests "
                + "to a single "
                + "object, make your requests serially or at a lower rate.", code: "lock_timeout", isKept: false)
    }

    static let rateLimit = StripeError(
        status: 429, message: "Request rate limit exceeded. You can learn more about rate limits here https://stripe.com/docs/rate-limits.",
        code: "rate_limit", isKept: false, headers: [("Stripe-Rate-Limited-Reason", "global-rate")])
}

extension FaultOrders.Order {
    /// What the network or a proxy does to a finished answer.
    func spoil(_ response: inout SimulatorResponse) {
        switch fault {
        case .cutBeforeEffect, .effectThenNoAnswer: response.transport = .cutConnection
        case .effectThenLateAnswer, .webhookBeforeAnswer, .slowFirstByte: response.transport = .delayed(milliseconds: delayMilliseconds)
        case .truncatedBody: response.transport = .truncatedBody(afterBytes: response.body.count / 2)
        case .wrongContentType:
            response.headers.removeAll { $0.name == "Content-Type" }
            response.headers.append(("Content-Type", "text/html"))
            response.body = Array("<html><body><h1>502 Bad Gateway</h1></body></html>".utf8)
        case .oddNumber:
            if let oddNumber, let json = JSON(parsing: response.body) { response.body = oddNumber.put(into: json).bytes }
        default: break
        }
    }
}

/// Requests of the running second.
struct RecentRequests {
    private var second = 0
    private var count = 0

    /// Counts one more.
    mutating func exceed(_ limit: Int, second: Int) -> Bool {
        if second != self.second { (self.second, count) = (second, 0) }
        count += 1
        return count > limit
    }
}
