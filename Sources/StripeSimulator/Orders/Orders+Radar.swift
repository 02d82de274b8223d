import JSON

/// What banks, fraud prevention and the Dashboard's people say of charges.
extension Orders {
    /// Ends a charge's time for refunds, or gives it back; or sets what fraud prevention said of it.
    func instructCharge(_ id: String, _ body: JSON) throws -> JSON {
        try only(["refundable", "risk"], in: body)
        guard body["refundable"]?.boolValue != nil || (body["refundable"] == nil && body["risk"] != nil) else {
            throw Refused(message: "refundable must be true or false; risk is {\"level\": \"elevated\", \"score\": 70}.")
        }
        let account = try owner(id) { $0.charges[id] != nil }
        let risk = try body["risk"].map { try Self.readRisk($0) ?? ChargeRisk() }
        account.charges.update(id) {
            if let isRefundable = body["refundable"]?.boolValue { $0.isPastRefunds = !isRefundable }
            if let risk { $0.risk = risk }
        }
        return account.object(id) ?? .null
    }

    /// - Returns: nil for null.
    static func readRisk(_ order: JSON) throws -> ChargeRisk? {
        if order.isNull { return nil }
        guard order.members?.allSatisfy({ ["level", "score"].contains($0.key) }) == true else {
            throw Refused(message: "risk is {\"level\": \"elevated\", \"score\": 70}, or null.")
        }
        let (level, score) = (order["level"]?.textValue, order["score"]?.intValue)
        guard level.map(ChargeRisk.levels.contains) ?? true, order["level"]?.isNull != false || level != nil else {
            throw Refused(message: "level must be one of \(ChargeRisk.levels.joined(separator: ", ")), or null.")
        }
        guard score.map((0...100).contains) ?? (order["score"]?.isNull != false) else {
            throw Refused(message: "score must be a whole number up to 100, or null.")
        }
        return ChargeRisk(level: level, score: score)
    }

    /// Puts a charge in review.
    func openReview(_ charge: String, _ body: JSON) throws -> JSON {
        try only(["reason"], in: body)
        let reason = try word(body["reason"], "reason", of: Review.openedReasons) ?? "manual"
        let account = try owner(charge) { $0.charges[charge] != nil }
        guard let id = account.openReview(of: charge, reason: reason) else { throw Refused(message: "This charge is in review already.") }
        return account.object(id) ?? .null
    }

    /// Ends a review. Approving it is Stripe's API, too.
    func closeReview(_ id: String, _ body: JSON) throws -> JSON {
        try only(["closed_reason"], in: body)
        let reason = try word(body["closed_reason"], "closed_reason", of: Review.closedReasons) ?? "approved"
        let account = try owner(id) { $0.reviews[id] != nil }
        guard account.reviews[id]?.isOpen == true else { throw Refused(message: "This review is closed already.") }
        account.closeReview(id, as: reason)
        return account.object(id) ?? .null
    }

    /// The charge's issuer reports it as fraud.
    func warnOfFraud(_ charge: String, _ body: JSON) throws -> JSON {
        try only(["fraud_type"], in: body)
        let type = try word(body["fraud_type"], "fraud_type", of: EarlyFraudWarning.fraudTypes) ?? "misc"
        let account = try owner(charge) { $0.charges[charge] != nil }
        return account.warnOfFraud(charge, fraudType: type).flatMap { account.object($0) } ?? .null
    }

    private func word(_ value: JSON?, _ name: String, of known: [String]) throws -> String? {
        guard let value else { return nil }
        guard let word = value.textValue, known.contains(word) else {
            throw Refused(message: "\(name) must be one of \(known.joined(separator: ", ")).")
        }
        return word
    }
}
