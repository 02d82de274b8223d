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

    def test_a_dispute_is_won_or_lost(self):
        for outcome, sums in (("won", [10000, -10000]), ("lost", [-10000])):
            with self.subTest(outcome):
                self.setUp()
                self.paid(card="pm_card_createDispute")
                self.pass_time(60)
                dispute = self.stripe.disputes.list().data[0]
                self.refused(
                    stripe.InvalidRequestError,
                    lambda: self.stripe.refunds.create({"charge": dispute.charge}),
                    code="charge_disputed",
                )
                text = "winning_evidence" if outcome == "won" else "losing_evidence"
                self.stripe.disputes.update(dispute.id, {"evidence": {"uncategorized_text": text}, "submit": True})
                self.pass_time(60)
                self.assertEqual(self.stripe.disputes.retrieve(dispute.id).status, outcome)
                movements = self.stripe.balance_transactions.list({"type": "adjustment"}).data
                self.assertEqual([m.amount for m in movements], sums)
                self.assertEqual(movements[0].fee, 0 if outcome == "won" else movements[0].fee)

    def test_an_inquiry_moves_no_money(self):
        self.paid(card="pm_card_createDisputeInquiry")
        self.pass_time(60)
        self.assertEqual(self.stripe.disputes.list().data[0].status, "warning_needs_response")
        self.assertEqual(self.stripe.balance_transactions.list({"type": "adjustment"}).data, [])

    def test_a_refund_is_pending_or_fails_later(self):
        slow = self.stripe.refunds.create({"payment_intent": self.paid(card="pm_card_pendingRefund").id})
        self.assertEqual(slow.status, "pending")
        lost = self.stripe.refunds.create({"payment_intent": self.paid(card="pm_card_refundFail").id})
        self.pass_time(30 * 86400)
        self.assertEqual(self.stripe.refunds.retrieve(slow.id).status, "succeeded")
        lost = self.stripe.refunds.retrieve(lost.id)
        self.assertEqual(lost.status, "failed")
        back = self.stripe.balance_transactions.retrieve(lost.failure_balance_transaction)
        self.assertEqual((back.type, back.amount), ("refund_failure", 10000))

    def test_automatic_payouts_carry_their_movements(self):
        self.order("account", key=self.key, payouts={"schedule": "daily", "delay_days": 7})
        self.paid()
        self.pass_time(10 * 86400)
        payouts = self.stripe.payouts.list().data
        self.assertEqual([(p.amount, p.automatic) for p in payouts], [(9825, True)])
        carried = self.stripe.balance_transactions.list({"payout": payouts[0].id}).data
        self.assertEqual(sum(m.net for m in carried if m.type != "payout"), 9825)
        types = [event.type for event in self.stripe.events.list({"limit": 100}).data]
        self.assertIn("payout.paid", types)
        self.assertIn("payout.reconciliation_completed", types)

    def test_currencies_without_and_with_three_decimals(self):
        self.assertEqual(self.paid(5000, currency="jpy").amount_received, 5000)
        self.refused(stripe.InvalidRequestError, lambda: self.paid(5001, currency="kwd"))
