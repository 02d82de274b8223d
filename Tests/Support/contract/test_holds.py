"""Holds: placed, captured in part, released, expired."""

import stripe
from hotel import Hotel


class Holds(Hotel):
    def test_a_hold_is_not_money(self):
        intent = self.hold()
        self.assertEqual((intent.status, intent.amount_capturable, intent.amount_received), ("requires_capture", 6500, 0))
        charge = intent.latest_charge
        self.assertEqual((charge.status, charge.paid, charge.captured), ("succeeded", True, False))
        self.assertEqual((charge.amount_captured, charge.balance_transaction), (0, None))
        card = charge.payment_method_details.card
        self.assertEqual((card.amount_authorized, card.capture_before), (6500, charge.created + 7 * 86400))
        self.assertEqual(card.extended_authorization.status, "disabled")
        for feature in (card.incremental_authorization, card.multicapture, card.overcapture):
            self.assertEqual(feature.status, "unavailable")

    def test_a_part_is_captured_and_the_rest_let_go_without_a_refund(self):
        intent = self.stripe.payment_intents.capture(
            self.hold().id, {"amount_to_capture": 5000, "expand": ["latest_charge.balance_transaction"]}
        )
        self.assertEqual((intent.status, intent.amount), ("succeeded", 6500))
        self.assertEqual((intent.amount_received, intent.amount_capturable), (5000, 0))
        charge = intent.latest_charge
        self.assertEqual((charge.amount_captured, charge.amount_refunded, charge.refunded), (5000, 0, False))
        self.assertEqual(len(self.stripe.refunds.list().data), 0)
        movements = self.stripe.balance_transactions.list().data
        self.assertEqual([(m.type, m.reporting_category, m.amount) for m in movements], [("charge", "charge", 5000)])
        self.assertEqual(movements[0].fee, 100)  # 1.5 % + 0.25
        self.assertEqual(movements[0].net, 4900)
        self.assertEqual([d.type for d in movements[0].fee_details], ["stripe_fee"])

    def test_what_cannot_be_captured(self):
        capture = self.stripe.payment_intents.capture
        held = self.hold()
        invalid = stripe.InvalidRequestError
        error = self.refused(invalid, lambda: capture(held.id, {"amount_to_capture": 6501}), code="amount_too_large")
        self.assertEqual(error.payment_intent.id, held.id)
        self.refused(invalid, lambda: capture(held.id, {"amount_to_capture": 0}), code="parameter_invalid_integer")
        capture(held.id)
        again = self.refused(invalid, lambda: capture(held.id), code="payment_intent_unexpected_state")
        self.assertEqual(again.payment_intent.status, "succeeded")
        idle = self.stripe.payment_intents.create({"amount": 500, "currency": "eur"})
        self.refused(invalid, lambda: capture(idle.id), code="payment_intent_unexpected_state")

    def test_a_released_hold_stays_uncaptured(self):
        intent = self.stripe.payment_intents.cancel(self.hold().id, {"expand": ["latest_charge"]})
        self.assertEqual((intent.status, intent.cancellation_reason, intent.amount_capturable), ("canceled", None, 0))
        self.assertEqual((intent.latest_charge.captured, intent.latest_charge.amount_refunded), (False, 0))
        self.assertEqual(len(self.stripe.refunds.list().data), 0)
        self.refused(
            stripe.InvalidRequestError,
            lambda: self.stripe.payment_intents.cancel(intent.id),
            code="payment_intent_unexpected_state",
        )

    def test_a_hold_lapses_by_itself(self):
        held = self.hold()
        self.pass_time(7 * 86400 + 60)
        intent = self.stripe.payment_intents.retrieve(held.id)
        self.assertEqual((intent.status, intent.cancellation_reason), ("canceled", "expired"))
        types = [event.type for event in self.stripe.events.list({"limit": 100}).data]
        self.assertIn("charge.expired", types)
        self.assertIn("payment_intent.canceled", types)
        self.assertNotIn("charge.refunded", types)
        self.refused(
            stripe.InvalidRequestError,
            lambda: self.stripe.payment_intents.capture(held.id),
            code="payment_intent_unexpected_state",
        )

    def test_the_amount_changes_only_before_it_is_held(self):
        idle = self.stripe.payment_intents.create({"amount": 500, "currency": "eur"})
        self.assertEqual(self.stripe.payment_intents.update(idle.id, {"amount": 600}).amount, 600)
        held = self.hold()
        self.refused(stripe.InvalidRequestError, lambda: self.stripe.payment_intents.update(held.id, {"amount": 7000}))
        renamed = self.stripe.payment_intents.update(held.id, {"metadata": {"folio": "R-1"}})
        self.assertEqual(renamed.metadata["folio"], "R-1")

    def test_an_ordinary_account_may_not_raise_a_hold(self):
        held = self.hold()
        self.refused(
            stripe.InvalidRequestError,
            lambda: self.stripe.payment_intents.increment_authorization(held.id, {"amount": 7000}),
            code=None,
        )

    def test_an_account_with_the_feature_raises_a_hold_to_a_new_total(self):
        self.order("account", key=self.key, features=["incremental_authorization"])
        held = self.hold(
            card="pm_card_debit_incrementalAuthAuthorized",
            payment_method_options={"card": {"request_incremental_authorization": "if_available"}},
        )
        raised = self.stripe.payment_intents.increment_authorization(held.id, {"amount": 9000})
        self.assertEqual((raised.amount, raised.amount_capturable), (9000, 9000))
        self.refused(
            stripe.InvalidRequestError,
            lambda: self.stripe.payment_intents.increment_authorization(held.id, {"amount": 9000}),
        )

    def test_brands_have_lives_of_their_own(self):
        for card, days in {"visa": 4.75, "mastercard": 7, "amex": 7, "discover": 7}.items():
            with self.subTest(card):
                customer = self.stripe.customers.create({})
                method = self.stripe.payment_methods.attach(f"pm_card_{card}", {"customer": customer.id})
                for off_session, life in ((False, 7), (True, days)):
                    held = self.hold(card=method.id, customer=customer.id, off_session=off_session).latest_charge
                    shown = held.payment_method_details.card
                    self.assertEqual((shown.brand, shown.capture_before - held.created), (card, life * 86400))

    def test_a_hold_is_extended_only_where_the_account_has_the_switch(self):
        wish = {"card": {"request_extended_authorization": "if_available"}}
        for features, status, lives in (
            ([], "disabled", {"visa": 7, "mastercard": 7, "amex": 7, "discover": 7}),
            (["extended_authorization"], "enabled", {"visa": 29.75, "mastercard": 30, "amex": 30, "discover": 30}),
        ):
            self.order("account", key=self.key, features=features)
            for card, days in lives.items():
                with self.subTest(card, features=features):
                    held = self.hold(card=f"pm_card_{card}", payment_method_options=wish).latest_charge
                    shown = held.payment_method_details.card
                    self.assertEqual(shown.extended_authorization.status, status)
                    self.assertEqual(shown.capture_before - held.created, days * 86400)
