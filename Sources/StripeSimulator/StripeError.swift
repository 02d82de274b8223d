import JSON

/// An error as Stripe answers it.
struct StripeError: Error {
    var status = 400
    var type = "invalid_request_error"
    var message: String
    var code: String?
    var param: String?
    var declineCode: String?
    var adviceCode: String?
    var networkAdviceCode: String?
    var networkDeclineCode: String?
    var charge: String?
    /// The whole intent, rendered.
    var paymentIntent: JSON?
    var paymentMethod: JSON?
    var setupIntent: JSON?
    /// Whether the answer is kept under the idempotency key: it is once an endpoint began its work.
    var isKept = true
    /// Sent as `Stripe-Should-Retry` when known.
    var shouldRetry: Bool?
    var headers: [(name: String, value: String)] = []

    /// A parameter refused before the endpoint began.
    static func invalid(_ message: String, code: String? = nil, param: String? = nil) -> StripeError {
        StripeError(message: message, code: code, param: param, isKept: false)
    }

    static func missing(_ param: String) -> StripeError {
        .invalid("Missing required param: \(param).", code: "parameter_missing", param: param)
    }

    static func empty(_ param: String) -> StripeError {
        .invalid(
            "You passed an empty string for '\(param)'. We assume empty values are an attempt to unset a parameter; however '\(param)' "
                + "cannot be unset. You should remove '\(param)' from your request or supply a non-empty value.",
            code: "parameter_invalid_empty", param: param)
    }

    /// - Parameter noun: As Stripe names the object in the sentence: `payment_intent`, `PaymentMethod`.
    static func noSuch(_ noun: String, _ id: String, param: String, status: Int = 404) -> StripeError {
        StripeError(status: status, message: "No such \(noun): '\(id)'", code: "resource_missing", param: param)
    }

    func json(requestLogURL: String) -> JSON {
        var members: [(key: String, value: JSON)] = []
        func add(_ key: String, _ value: JSON) { if !value.isNull { members.append((key, value)) } }
        add("advice_code", JSON(adviceCode))
        add("charge", JSON(charge))
        add("code", JSON(code))
        add("decline_code", JSON(declineCode))
        add("doc_url", JSON(code.map { "https://stripe.com/docs/error-codes/" + $0.replacing("_", with: "-") }))
        add("message", .text(message))
        add("network_advice_code", JSON(networkAdviceCode))
        add("network_decline_code", JSON(networkDeclineCode))
        add("param", JSON(param))
        add("payment_intent", paymentIntent ?? .null)
        add("payment_method", paymentMethod ?? .null)
        add("request_log_url", .text(requestLogURL))
        add("setup_intent", setupIntent ?? .null)
        add("type", .text(type))
        return .object([("error", .object(members))])
    }
}

extension StripeError {
    /// A decline, 402.
    ///
    /// - Parameters:
    ///   - method: Shown in the error; nil for a hold that is not raised.
    ///   - charge: The attempt that failed, where there is one.
    ///   - reachesNetwork: False when Stripe or the payer said no before an issuer was asked: then the network has said nothing.
    init(_ decline: Decline, of method: PaymentMethod?, charge: String? = nil, reachesNetwork: Bool = true) {
        self.init(message: decline.message, code: decline.code, param: decline.param)
        status = 402
        let isCard = (method?.type ?? "card") == "card"
        type = isCard ? "card_error" : "invalid_request_error"
        declineCode = decline.declineCode.isEmpty ? nil : decline.declineCode
        adviceCode = decline.adviceCode
        if isCard, reachesNetwork { (networkAdviceCode, networkDeclineCode) = (decline.networkAdviceCode, decline.networkCode) }
        self.charge = charge
        paymentMethod = method?.json
    }
}
