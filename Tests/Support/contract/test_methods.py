"""Klarna, Sofort, giropay: off as at Stripe today, on by the account's switch, with their redirects and delays."""

import stripe
from hotel import Hotel


class Methods(Hotel):
    def intent(self, method, **more):
        return self.stripe.payment_intents.create(
            {
                "amount": 5000,
                "currency": "eur",
                "payment_method_types": [method],
                "payment_method_data": {
                    "type": method,
                    "billing_details": {"email": "customer@email.de", "name": "A", "address": {"country": "DE"}},
                    **({"sofort": {"country": "DE"}} if method == "sofort" else {}),
                },
                "confirm": True,
                "return_url": "https://example.com",
                **more,
            }
        )

    def finish(self, intent, outcome="succeed"):
        self.order(f"intents/{intent.id}/authenticate", outcome=outcome)
        return self.stripe.payment_intents.retrieve(intent.id, {"expand": ["latest_charge"]})

    def test_a_method_that_is_off_is_refused(self):
        for method in ("klarna", "sofort", "giropay"):
            with self.subTest(method), self.assertRaises(stripe.StripeError):
                self.intent(method)

    def test_klarna_holds_for_28_days(self):
        self.order("account", key=self.key, methods=["card", "klarna"])
        waiting = self.intent("klarna", capture_method="manual")
        self.assertEqual(waiting.status, "requires_action")
        self.assertTrue(waiting.next_action.redirect_to_url.url)
        held = self.finish(waiting)
        self.assertEqual((held.status, held.amount_capturable), ("requires_capture", 5000))
        self.pass_time(27 * 86400)
        self.assertEqual(self.stripe.payment_intents.retrieve(held.id).status, "requires_capture")
        self.pass_time(86400)
        self.assertEqual(self.stripe.payment_intents.retrieve(held.id).status, "canceled")

    def test_klarna_may_be_denied(self):
        self.order("account", key=self.key, methods=["card", "klarna"])
        self.assertEqual(self.finish(self.intent("klarna"), "fail").status, "requires_payment_method")

    def test_sofort_is_paid_days_later(self):
        self.order("account", key=self.key, methods=["card", "sofort"])
        waiting = self.finish(self.intent("sofort"))
        self.assertEqual((waiting.status, waiting.amount_received), ("processing", 0))
        self.pass_time(15 * 86400)
        self.assertEqual(self.stripe.payment_intents.retrieve(waiting.id).status, "succeeded")

    def test_sofort_and_giropay_cannot_hold(self):
        self.order("account", key=self.key, methods=["card", "sofort", "giropay"])
        for method in ("sofort", "giropay"):
            with self.subTest(method), self.assertRaises(stripe.InvalidRequestError):
                self.intent(method, capture_method="manual")
