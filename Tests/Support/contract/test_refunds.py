"""Refunds that do not go through at once, and cards that their network renews."""

import stripe
from hotel import Hotel


class Refunds(Hotel):
    def paid(self, amount=10000, **more):
        return self.hold(amount, capture_method="automatic", **more)

    def available(self):
        return sum(part.amount for part in self.stripe.balance.retrieve().available if part.currency == "eur")

    def waiting(self):
        self.order("account", key=self.key, debit_negative_balances=False)
        refund = self.stripe.refunds.create({"payment_intent": self.paid().id})
        self.assertEqual((refund.status, refund.pending_reason), ("pending", "insufficient_funds"))
        self.assertIsNone(refund.balance_transaction)
        self.assertEqual(self.available(), 0)
        return refund

    def asking(self):
        self.order("account", key=self.key, methods=["card", "klarna"])
        intent = self.stripe.payment_intents.create(
            {
                "amount": 5000,
                "currency": "eur",
                "payment_method_types": ["klarna"],
                "payment_method_data": {
                    "type": "klarna",
                    "billing_details": {"email": "customer@email.de", "address": {"country": "DE"}},
                },
                "capture_method": "automatic",
                "confirm": True,
                "return_url": "https://example.com",
            }
        )
        self.order(f"intents/{intent.id}/authenticate", outcome="succeed")
        refund = self.stripe.refunds.create({"payment_intent": intent.id})
        self.order(f"refunds/{refund.id}", outcome="requires_action")
        return self.stripe.refunds.retrieve(refund.id)

    def test_a_refund_waits_for_money(self):
        refund = self.waiting()
        self.order("balance_transactions", type="topup", amount=12000, source="topup")
        made = self.stripe.refunds.retrieve(refund.id, {"expand": ["balance_transaction"]})
        self.assertEqual((made.status, made.balance_transaction.amount), ("succeeded", -10000))
        self.assertEqual(self.available(), 2000)
        self.assertIn("refund.updated", [event.type for event in self.stripe.events.list({"limit": 100}).data])

    def test_a_refund_that_waits_is_cancelled_at_the_dashboard(self):
        refund = self.waiting()
        self.refused(stripe.InvalidRequestError, lambda: self.stripe.refunds.cancel(refund.id))
        self.order(f"refunds/{refund.id}", outcome="canceled")
        refund = self.stripe.refunds.retrieve(refund.id)
        self.assertEqual((refund.status, refund.failure_reason), ("canceled", "merchant_request"))
        self.assertEqual(self.stripe.charges.retrieve(refund.charge).amount_refunded, 0)
        self.order("balance_transactions", type="topup", amount=12000)
        self.assertEqual(self.stripe.refunds.retrieve(refund.id).status, "canceled")
        self.assertEqual(self.available(), 12000)

    def test_a_refund_whose_payer_must_act_is_cancelled(self):
        refund = self.asking()
        self.assertEqual(refund.status, "requires_action")
        self.assertEqual(refund.next_action.display_details.email_sent.email_sent_to, "customer@email.de")
        canceled = self.stripe.refunds.cancel(refund.id, {"expand": ["failure_balance_transaction"]})
        self.assertEqual((canceled.status, canceled.failure_reason), ("canceled", "merchant_request"))
        self.assertEqual(canceled.failure_balance_transaction.amount, 5000)
        self.refused(stripe.InvalidRequestError, lambda: self.stripe.refunds.cancel(refund.id))

    def test_a_card_that_its_network_renews_keeps_its_id(self):
        customer = self.stripe.customers.create({"email": "guest@example.com"})
        method = self.stripe.payment_methods.attach("pm_card_visa", {"customer": customer.id})
        self.order(f"payment_methods/{method.id}", renew={"last4": "1881", "exp_month": 5, "exp_year": 2041})
        renewed = self.stripe.payment_methods.retrieve(method.id)
        self.assertEqual((renewed.card.last4, renewed.card.exp_month, renewed.card.exp_year), ("1881", 5, 2041))
        self.assertEqual(renewed.customer, customer.id)
        self.assertNotEqual(renewed.card.fingerprint, method.card.fingerprint)
        event = self.stripe.events.list({"type": "payment_method.automatically_updated"}).data[0]
        self.assertEqual(event.data.object["id"], method.id)
        self.assertEqual(event.data.previous_attributes["card"]["last4"], "4242")
        paid = self.stripe.payment_intents.create(
            {
                "amount": 900,
                "currency": "eur",
                "customer": customer.id,
                "payment_method": method.id,
                "payment_method_types": ["card"],
                "off_session": True,
                "confirm": True,
                "expand": ["latest_charge"],
            }
        )
        self.assertEqual(paid.latest_charge.payment_method_details.card.last4, "1881")
