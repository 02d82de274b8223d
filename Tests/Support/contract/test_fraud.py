"""What fraud prevention and issuers say: outcomes, checks, reviews, early fraud warnings."""

import stripe
from hotel import Hotel


class Fraud(Hotel):
    def paid(self, **more):
        return self.hold(capture_method="automatic", **more)

    def types(self):
        """Of the events, oldest first."""
        return [event.type for event in self.stripe.events.list({"limit": 100}).data][::-1]

    def test_an_outcome_has_what_the_account_has(self):
        for radar, level, score in (("none", None, None), ("standard", "normal", None), ("fraud_teams", "normal", 20)):
            with self.subTest(radar):
                self.order("account", radar=radar)
                outcome = self.hold().latest_charge.outcome
                found = getattr(outcome, "risk_level", None), getattr(outcome, "risk_score", None)
                self.assertEqual(found, (level, score))
                self.assertEqual(hasattr(outcome, "risk_level"), level is not None, "absent, and not null")

    def test_cards_for_tests_have_their_risk_and_checks(self):
        for card, level, checks in (
            ("pm_card_riskLevelElevated", "elevated", {}),
            ("pm_card_riskLevelHighest", "highest", {}),
            ("pm_card_cvcCheckFail", "normal", {"cvc_check": "fail"}),
            ("pm_card_avsFail", "normal", {"address_line1_check": "fail", "address_postal_code_check": "fail"}),
            ("pm_card_avsZipFailElevatedRisk", "elevated", {"address_postal_code_check": "fail"}),
        ):
            with self.subTest(card):
                charge = self.hold(card=card).latest_charge
                self.assertEqual(charge.outcome.risk_level, level)
                shown = charge.payment_method_details.card.checks
                names = ("address_line1_check", "address_postal_code_check", "cvc_check")
                self.assertEqual({name: getattr(shown, name) for name in names if getattr(shown, name)}, checks)

    def test_a_review_is_listed_while_it_is_open(self):
        self.order("account", radar="fraud_teams")
        intent = self.hold(card="pm_card_riskLevelElevated")
        self.assertEqual(intent.latest_charge.outcome.type, "manual_review")
        reviews = self.stripe.reviews.list().data
        self.assertEqual([(r.payment_intent, r.open, r.opened_reason) for r in reviews], [(intent.id, True, "rule")])
        expanded = self.stripe.reviews.retrieve(reviews[0].id, {"expand": ["charge", "payment_intent"]})
        self.assertEqual(expanded.charge.review, reviews[0].id)
        approved = self.stripe.reviews.approve(reviews[0].id)
        self.assertEqual((approved.open, approved.closed_reason, approved.reason), (False, "approved", "approved"))
        self.assertEqual(self.stripe.reviews.list().data, [])
        self.assertEqual([t for t in self.types() if t.startswith("review.")], ["review.opened", "review.closed"])
        self.refused(stripe.InvalidRequestError, lambda: self.stripe.reviews.approve(reviews[0].id))
        self.refused(
            stripe.InvalidRequestError, lambda: self.stripe.reviews.retrieve("prv_none"), code="resource_missing"
        )

    def test_a_warning_can_be_acted_on_until_the_whole_is_refunded(self):
        intent = self.paid(card="pm_card_createIssuerFraudRecord")
        self.pass_time(60)
        warnings = self.stripe.radar.early_fraud_warnings
        found = warnings.list({"payment_intent": intent.id}).data
        self.assertEqual([(w.charge, w.actionable) for w in found], [(intent.latest_charge.id, True)])
        self.stripe.refunds.create({"payment_intent": intent.id, "amount": 100})
        self.assertTrue(warnings.retrieve(found[0].id).actionable)
        self.stripe.refunds.create({"payment_intent": intent.id})
        self.assertFalse(warnings.retrieve(found[0].id, {"expand": ["charge"]}).actionable)
        kinds = [t for t in self.types() if t.startswith("radar.")]
        self.assertEqual(kinds, ["radar.early_fraud_warning.created", "radar.early_fraud_warning.updated"])

    def test_a_warning_ends_with_a_dispute(self):
        charge = self.paid().latest_charge.id
        warning = self.order(f"charges/{charge}/early_fraud_warning", fraud_type="made_with_stolen_card")
        self.order(f"charges/{charge}/dispute")
        shown = self.stripe.radar.early_fraud_warnings.retrieve(warning["id"])
        self.assertEqual((shown.actionable, shown.fraud_type), (False, "made_with_stolen_card"))
