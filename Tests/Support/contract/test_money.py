"""Refunds, fees, the balance."""

import stripe
from hotel import Hotel


class Money(Hotel):
    def paid(self, amount=10000, **more):
        return self.hold(amount, capture_method="automatic", **more)

    def test_a_refund_keeps_the_fee(self):
        intent = self.paid()
        refund = self.stripe.refunds.create({"payment_intent": intent.id, "amount": 2500})
        self.assertEqual((refund.status, refund.amount, refund.payment_intent), ("succeeded", 2500, intent.id))
        movement = self.stripe.balance_transactions.retrieve(refund.balance_transaction)
        self.assertEqual((movement.type, movement.amount, movement.fee, movement.net), ("refund", -2500, 0, -2500))
        types = [event.type for event in self.stripe.events.list({"limit": 100}).data]
        self.assertLess(types.index("charge.refunded"), types.index("refund.created"), "newest first")
        balance = self.stripe.balance.retrieve()
        total = sum(part.amount for part in balance.available + balance.pending if part.currency == "eur")
        self.assertEqual(total, 10000 - 175 - 2500)

    def test_what_cannot_be_refunded(self):
        intent = self.paid()
        refund = self.stripe.refunds.create
        invalid = stripe.InvalidRequestError
        self.refused(invalid, lambda: refund({"payment_intent": intent.id, "amount": 10001}), code=None, param="amount")
        refund({"payment_intent": intent.id})
        self.refused(invalid, lambda: refund({"payment_intent": intent.id}), code="charge_already_refunded")
        self.refused(invalid, lambda: refund({"payment_intent": self.hold().id}), code=None)

    def test_the_fee_of_an_asynchronous_capture_comes_later(self):
        intent = self.hold(capture_method="automatic_async")
        self.assertEqual((intent.status, intent.latest_charge.balance_transaction), ("succeeded", None))
        self.pass_time(3700)
        charge = self.stripe.charges.retrieve(intent.latest_charge.id)
        self.assertTrue(charge.balance_transaction)
        types = [event.type for event in self.stripe.events.list({"limit": 100}).data]
        self.assertIn("charge.updated", types)

    def test_too_little_is_refused(self):
        self.refused(stripe.InvalidRequestError, lambda: self.hold(49), code="amount_too_small")

    def test_a_dispute_takes_the_amount_and_a_fee_of_its_own(self):
        intent = self.paid(card="pm_card_createDispute")
        self.pass_time(60)
        disputes = self.stripe.disputes.list({"payment_intent": intent.id}).data
        self.assertEqual([(d.amount, d.status) for d in disputes], [(10000, "needs_response")])
        movements = self.stripe.balance_transactions.list({"type": "adjustment"}).data
        self.assertEqual([(m.amount, m.reporting_category) for m in movements], [(-10000, "dispute")])
        self.assertGreater(movements[0].fee, 0)

    def test_a_manual_payout_leaves_the_balance(self):
        self.paid(card="pm_card_bypassPending")
        payout = self.stripe.payouts.create({"amount": 5000, "currency": "eur"})
        self.assertEqual((payout.amount, payout.automatic), (5000, False))
        movement = self.stripe.balance_transactions.retrieve(payout.balance_transaction)
        self.assertEqual((movement.type, movement.amount), ("payout", -5000))
