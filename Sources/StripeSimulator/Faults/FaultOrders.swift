/// A misfortune that can be ordered for a request.
package enum Fault: String, CaseIterable, Sendable {
    /// The connection is cut; nothing happened.
    case cutBeforeEffect = "cut_before_effect"
    /// It happened, and the connection is cut.
    case effectThenNoAnswer = "effect_then_no_answer"
    /// It happened, and the answer takes `delay_milliseconds`; until then the idempotency key is in use.
    case effectThenLateAnswer = "effect_then_late_answer"
    /// The same, seen from the webhooks: they arrive before the answer.
    case webhookBeforeAnswer = "webhook_before_answer"
    case idempotencyKeyInUse = "idempotency_key_in_use"
    /// 429, or the `status` ordered.
    case lockTimeout = "lock_timeout"
    /// 429; with `Retry-After` when `retry_after` is ordered.
    case rateLimit = "rate_limit"
    /// 500, nothing happened; replayed from the key.
    case errorBeforeEffect = "error_before_effect"
    /// 500, it happened; replayed from the key.
    case errorAfterEffect = "error_after_effect"
    /// 503, nothing happened.
    case unavailable
    case truncatedBody = "truncated_body"
    /// It happened, but a proxy answers with HTML.
    case wrongContentType = "wrong_content_type"
    case slowFirstByte = "slow_first_byte"
    /// The number in `field` of the answer is the `value` ordered.
    case oddNumber = "odd_number"

    /// Those that need no more than their name.
    package static let misfortunes = allCases.filter { $0 != .oddNumber }

    /// Whether the endpoint does its work.
    var hasEffect: Bool {
        switch self {
        case .cutBeforeEffect, .idempotencyKeyInUse, .lockTimeout, .rateLimit, .errorBeforeEffect, .unavailable: false
        default: true
        }
    }
}

/// Faults waiting for their requests.
struct FaultOrders {
    struct Order {
        let fault: Fault
        /// Method and path with `{…}` for ids; nil for every `/v1/` request.
        let route: (method: String, segments: [Substring])?
        var times: Int
        /// Requests let pass before the first one is hit.
        var skip: Int
        var delayMilliseconds = 2000
        var retryAfter: Int?
        var status: Int?
        var oddNumber: OddNumber?
    }

    private(set) var orders: [Order] = []

    /// - Parameters:
    ///   - route: As documented: `POST /v1/payment_intents/{id}/capture`; nil or `*` for every request.
    /// - Returns: False for a route that cannot be read.
    mutating func add(
        _ fault: Fault, route: String?, times: Int, skip: Int = 0, delayMilliseconds: Int?, retryAfter: Int?, status: Int?,
        oddNumber: OddNumber? = nil
    ) -> Bool {
        var parsed: (method: String, segments: [Substring])?
        if let route, route != "*" {
            let words = route.split(separator: " ")
            guard words.count == 2 else { return false }
            parsed = (String(words[0]), words[1].split(separator: "/").map { $0.first == "{" ? "{}" : $0 })
        }
        var order = Order(fault: fault, route: parsed, times: times, skip: skip)
        if let delayMilliseconds { order.delayMilliseconds = delayMilliseconds }
        order.retryAfter = retryAfter
        order.status = status
        order.oddNumber = oddNumber
        orders.append(order)
        return true
    }

    mutating func clear() { orders = [] }

    /// - Returns: The first order that fits, one time less.
    mutating func take(for route: Route) -> Order? {
        let segments = route.segments.map { $0.first == "{" ? "{}" : $0 }
        guard
            let position = orders.firstIndex(where: {
                $0.route == nil || ($0.route?.method == route.method && $0.route?.segments == segments)
            })
        else {
            return nil
        }
        if orders[position].skip > 0 {
            orders[position].skip -= 1
            return nil
        }
        let order = orders[position]
        orders[position].times -= 1
        if orders[position].times <= 0 { orders.remove(at: position) }
        return order
    }
}
