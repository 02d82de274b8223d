import JSON

extension Account {
    static let earlyFraudWarningRoutes: [Route] = [
        Route("GET /v1/radar/early_fraud_warnings") { account, call in
            let filters = ["charge", "payment_intent"].compactMap { call.parameters.text($0) }
            return try account.list(
                account.earlyFraudWarnings, call, noun: "early_fraud_warning", keys: filters.first.map { [$0] },
                where: { warning in filters.allSatisfy { $0 == warning.charge || $0 == warning.paymentIntent } }, render: \.json)
        },
        Route("GET /v1/radar/early_fraud_warnings/{early_fraud_warning}") { account, call in
            guard let warning = account.earlyFraudWarnings[call.id] else {
                throw StripeError.noSuch("early_fraud_warning", call.id, param: "early_fraud_warning")
            }
            return warning.json
        },
    ]

    /// Between the payment with a test card and its issuer's warning.
    static let fraudWarningDelaySeconds = 3

    /// - Parameter fraudType: One of `EarlyFraudWarning.fraudTypes`.
    /// - Returns: The warning's id; nil for a charge that is not there.
    @discardableResult func warnOfFraud(_ chargeID: String, fraudType: String) -> String? {
        guard let charge = charges[chargeID] else { return nil }
        let warning = EarlyFraudWarning(
            id: mint("issfr_1"), created: now, charge: chargeID, paymentIntent: charge.paymentIntent, fraudType: fraudType,
            isActionable: charge.mayBeWarnedOf)
        earlyFraudWarnings.append(warning, keys: [chargeID, charge.paymentIntent])
        emit("radar.early_fraud_warning.created", warning.json)
        return warning.id
    }

    /// A dispute or a full refund leaves nothing to be done about a warning; a refund that fails brings it back.
    func updateWarnings(of chargeID: String) {
        guard let charge = charges[chargeID] else { return }
        for warning in earlyFraudWarnings.all(under: chargeID) where warning.isActionable != charge.mayBeWarnedOf {
            earlyFraudWarnings.update(warning.id) { $0.isActionable = charge.mayBeWarnedOf }
            emit(
                "radar.early_fraud_warning.updated", earlyFraudWarnings[warning.id]?.json ?? .null,
                previous: .object([("actionable", .bool(warning.isActionable))]))
        }
    }
}

extension Charge {
    fileprivate var mayBeWarnedOf: Bool { !isDisputed && !isRefunded }
}
