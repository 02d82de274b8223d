import JSON

/// What an account has of Stripe's fraud prevention.
enum Radar: String, Sendable, CaseIterable {
    /// Switched off: an outcome names no level.
    case none
    /// As every account has it: levels, and no scores.
    case standard
    /// Radar for Fraud Teams: scores, and charges of elevated risk are put in review.
    case fraudTeams = "fraud_teams"
}

/// How risky fraud prevention finds a charge.
struct ChargeRisk: Equatable, Sendable {
    /// One of `levels`; nil where an outcome names none.
    var level: String?
    /// 0...100; nil where an outcome has none.
    var score: Int?

    static let levels = ["normal", "elevated", "highest", "not_assessed", "unknown"]

    /// An example of each level's scores.
    static func score(of level: String?) -> Int? {
        switch level {
        case "normal": 20
        case "elevated": 70
        case "highest": 90
        default: nil
        }
    }

    /// Added to an outcome. What it does not say is absent there, and not null.
    var members: [(key: String, value: JSON)] {
        [("risk_level", level.map(JSON.text)), ("risk_score", score.map(JSON.int))].compactMap { name, value in value.map { (name, $0) } }
    }
}

extension Account {
    /// - Returns: What was ordered for charges from now on, or what the card is made to be; only as much as the account's Radar says.
    func risk(of method: PaymentMethod) -> ChargeRisk {
        guard settings.radar != .none else { return ChargeRisk() }
        guard let card = method.card else { return ChargeRisk(level: "not_assessed") }
        let found = settings.risk ?? ChargeRisk(level: card.isBlocked ? "highest" : card.riskLevel)
        guard settings.radar == .fraudTeams else { return ChargeRisk(level: found.level) }
        return ChargeRisk(level: found.level, score: found.score ?? ChargeRisk.score(of: found.level))
    }

    /// What test cards and the account's rules bring about once a charge is made.
    func assess(_ charge: Charge) {
        guard settings.radar == .fraudTeams, charge.risk.level == "elevated" else { return }
        charges.update(charge.id) {
            $0.outcome["type"] = "manual_review"
            $0.outcome["reason"] = "elevated_risk_level"
            $0.outcome["seller_message"] = "Stripe evaluated this payment as having elevated risk."
        }
    }
}
