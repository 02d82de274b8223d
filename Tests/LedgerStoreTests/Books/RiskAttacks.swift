/// Attacks on what was said of holds and payments.
extension Piece {
    static func risk(
        _ verb: String = "INSERT", tenant: Int = 1, intent: String = "pi_3", folio: Int = 1, charge: String = "'ch_3'",
        review: String = "'prv_3'", warning: String = "NULL"
    ) -> String {
        """
        \(verb) INTO payment_risk (tenant, payment_intent, folio, charge, charged_at, level, review, review_opened_at, review_opened_reason,
            warning, warned_at, warning_type, warning_is_actionable)
        VALUES (\(tenant), '\(intent)', \(folio), \(charge), \(charge == "NULL" ? "NULL" : "5"), NULL,
            \(review), \(review == "NULL" ? "NULL, NULL" : "5, 'rule'"),
            \(warning), \(warning == "NULL" ? "NULL, NULL, NULL" : "5, 'misc', 1"))
        """
    }
}

extension Attack {
    private static func change(_ what: String, of intent: String) -> String {
        "UPDATE payment_risk SET \(what) WHERE tenant = 1 AND payment_intent = '\(intent)'"
    }

    static let onRisks: [Attack] = [
        Attack("say something of an intent that is nobody's", Piece.risk(intent: "pi_9")),
        Attack("say something of an intent of another folio", Piece.risk(folio: 2)),
        Attack("say something of another tenant's intent", Piece.risk(tenant: 2, folio: 20)),
        Attack("say nothing at all", Piece.risk(charge: "NULL", review: "NULL")),
        Attack("say something twice", Piece.risk("REPLACE", intent: "pi_1")),
        Attack("one review of two payments", Piece.risk("REPLACE", review: "'prv_1'")),
        Attack("one warning of two payments", Piece.risk("REPLACE", warning: "'issfr_1'")),
        Attack(
            "move a review to another payment", first: [Piece.risk()],
            "UPDATE OR REPLACE payment_risk SET review = 'prv_1' WHERE tenant = 1 AND payment_intent = 'pi_3'"),
        Attack(
            "move a warning to another payment", first: [Piece.risk(warning: "'issfr_3'")],
            "UPDATE OR REPLACE payment_risk SET warning = 'issfr_1' WHERE tenant = 1 AND payment_intent = 'pi_3'"),
        Attack("forget what was said", "DELETE FROM payment_risk"),
        Attack("say it of another intent", change("payment_intent = 'pi_3'", of: "pi_1")),
        Attack("say it of another folio", change("folio = 2", of: "pi_1")),
        Attack("a level of no charge", change("level = 'highest'", of: "pi_2")),
        Attack("a score beyond a hundred", change("score = 101", of: "pi_1")),
        Attack("a country that is none", change("country = 'deu'", of: "pi_1")),
        Attack("go back to an earlier charge", change("charge = 'ch_0', charged_at = charged_at - 1, level = 'normal'", of: "pi_1")),
        Attack(
            "forget the charge", first: [Piece.risk()],
            change("charge = NULL, charged_at = NULL", of: "pi_3")),
        Attack("open a review again", change("review_closed_reason = NULL", of: "pi_2")),
        Attack("end a review differently", change("review_closed_reason = 'refunded'", of: "pi_2")),
        Attack("go back to an earlier review", change("review = 'prv_0', review_opened_at = review_opened_at - 1", of: "pi_2")),
        Attack("a review without the reason for it", change("review_opened_reason = NULL", of: "pi_2")),
        Attack("the end of no review", change("review_closed_reason = 'approved'", of: "pi_1")),
        Attack("go back to an earlier warning", change("warning = 'issfr_0', warned_at = warned_at - 1", of: "pi_2")),
        Attack(
            "forget a warning",
            change("warning = NULL, warned_at = NULL, warning_type = NULL, warning_is_actionable = NULL", of: "pi_2")),
        Attack("a warning that says nothing of what can be done", change("warning_is_actionable = NULL", of: "pi_2")),
    ]
}
