"""The page on which a guest pays, reserves, or saves a card."""

import stripe
from hotel import Hotel


class Checkout(Hotel):
    def page(self, **more):
        return self.stripe.checkout.sessions.create(
            {
                "mode": "payment",
                "success_url": "https://example.com/ok",
                "customer_creation": "always",
                "line_items": [
                    {
                        "quantity": 1,
                        "price_data": {
                            "currency": "eur",
                            "unit_amount": 30000,
                            "product_data": {"name": "Hotel Seeblick, R-1"},
                        },
                    }
                ],
                "payment_method_types": ["card"],
                **more,
            }
        )

    def pay(self, session, card="4242424242424242"):
        return self.order(f"checkout/{session.id}/pay", card=card)

    def test_a_reserved_payment_saves_the_card(self):
        session = self.page(
            payment_intent_data={
                "capture_method": "manual",
                "setup_future_usage": "off_session",
                "metadata": {"folio": "R-1"},
            }
        )
        self.assertEqual((session.status, session.payment_intent), ("open", None))
        self.assertTrue(session.url)
        self.pay(session)
        session = self.stripe.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge"]})
        intent = session.payment_intent
        self.assertEqual((session.status, session.url), ("complete", None))
        self.assertEqual((intent.status, intent.amount_capturable), ("requires_capture", 30000))
        self.assertEqual(intent.metadata["folio"], "R-1")
        self.assertEqual(intent.latest_charge.metadata["folio"], "R-1")
        rest = self.stripe.payment_intents.create(
            {
                "amount": 4330,
                "currency": "eur",
                "customer": intent.customer,
                "payment_method": intent.payment_method,
                "payment_method_types": ["card"],
                "off_session": True,
                "confirm": True,
            }
        )
        self.assertEqual(rest.status, "succeeded")
        types = {event.type for event in self.stripe.events.list({"limit": 100}).data}
        self.assertLessEqual({"checkout.session.completed", "payment_intent.amount_capturable_updated"}, types)

    def test_a_card_is_saved_without_a_payment(self):
        session = self.stripe.checkout.sessions.create(
            {
                "mode": "setup",
                "currency": "eur",
                "success_url": "https://example.com/ok",
                "customer_creation": "always",
                "payment_method_types": ["card"],
            }
        )
        self.pay(session)
        session = self.stripe.checkout.sessions.retrieve(session.id, {"expand": ["setup_intent.payment_method"]})
        self.assertEqual((session.status, session.setup_intent.status), ("complete", "succeeded"))
        self.assertEqual(session.setup_intent.payment_method.card.last4, "4242")
        self.assertTrue(session.customer)

    def test_a_page_is_withdrawn_and_lapses(self):
        session = self.page()
        self.assertEqual(self.stripe.checkout.sessions.expire(session.id).status, "expired")
        self.refused(stripe.InvalidRequestError, lambda: self.stripe.checkout.sessions.expire(session.id))
        other = self.page()
        self.pass_time(86400 + 60)
        self.assertEqual(self.stripe.checkout.sessions.retrieve(other.id).status, "expired")
