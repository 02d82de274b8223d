"""Movements that no call of ours made, and what the balance shows of them."""

import functools

import stripe
from hotel import Hotel


class Movements(Hotel):
    def paid(self, amount=10000, **more):
        return self.hold(amount, capture_method="automatic", **more)

    def move(self, type, amount, **more):
        """Orders a movement; returns it as the API shows it."""
        id = self.order("balance_transactions", type=type, amount=amount, **more)["id"]
        return self.stripe.balance_transactions.retrieve(id)

    def balances(self, currency="eur"):
        """What the payments balance holds, and what its transactions add up to."""
        balance = self.stripe.balance.retrieve()
        held = sum(part.amount for part in balance.available + balance.pending if part.currency == currency)
        listed = self.stripe.balance_transactions.list({"limit": 100, "currency": currency})
        moved = [m.net for m in listed.auto_paging_iter() if m.balance_type == "payments"]
        return held, sum(moved)

    def test_each_type_has_its_category_and_changes_the_balance(self):
        self.paid()
        categories = {
            "stripe_fee": "fee",
            "stripe_fx_fee": "fee",
            "tax_fee": "tax",
            "reserve_transaction": "connect_reserved_funds",
            "payout_minimum_balance_hold": "payout_minimum_balance_hold",
            "payout_minimum_balance_release": "payout_minimum_balance_release",
            "topup": "topup",
            "transfer": "transfer",
            "advance": "advance",
            "advance_funding": "advance_funding",
            "anticipation_repayment": "anticipation_repayment",
            "climate_order_purchase": "climate_order_purchase",
            "contribution": "contribution",
            "adjustment": "other_adjustment",
        }
        for type, category in categories.items():
            with self.subTest(type):
                moved = self.move(type, -120, fee=5, description="by order")
                self.assertEqual((moved.type, moved.reporting_category), (type, category))
                self.assertEqual((moved.amount, moved.fee, moved.net), (-120, 5, -125))
                self.assertEqual([m.id for m in self.stripe.balance_transactions.list({"type": type}).data], [moved.id])
        self.assertEqual(self.balances(), (9825 - 14 * 125, 9825 - 14 * 125))
        cost = self.move("stripe_fee", -9, reporting_category="network_cost")
        self.assertEqual(cost.reporting_category, "network_cost")

    def test_a_type_that_stripe_does_not_have_yet(self):
        moved = self.move("quantum_fee", -300)
        self.assertEqual((moved.type, moved.reporting_category), ("quantum_fee", "quantum_fee"))
        self.assertEqual(self.balances(), (-300, -300))
        # The judge objects to the new word, and to nothing else.
        self.assertTrue(all("'quantum_fee'" in problem for problem in self.http.problems), self.http.problems)
        self.http.problems.clear()

    def test_a_reserve_is_in_another_balance(self):
        self.paid()
        held = self.move("reserve_hold", -4000)
        self.assertEqual((held.balance_type, held.reporting_category), ("payments", "risk_reserved_funds"))
        both = self.stripe.balance_transactions.list({"type": "reserve_hold"}).data
        self.assertEqual([(m.balance_type, m.net) for m in both], [("risk_reserved", 4000), ("payments", -4000)])
        self.assertEqual(self.balances(), (5825, 5825))
        self.move("reserve_release", 4000)
        self.assertEqual(self.balances(), (9825, 9825))

    def test_a_charge_of_others_has_no_intent(self):
        moved = self.move("charge", 5000, fee=100, source="charge")
        charge = self.stripe.charges.retrieve(moved.source)
        self.assertEqual((charge.payment_intent, charge.amount_captured), (None, 5000))
        self.assertEqual(charge.balance_transaction, moved.id)
        listed = self.stripe.balance_transactions.list({"source": charge.id, "expand": ["data.source"]}).data
        self.assertEqual([m.source.id for m in listed], [charge.id])
        refund = self.stripe.refunds.create({"charge": charge.id, "amount": 1000})
        self.assertIsNone(refund.payment_intent)
        self.assertEqual(self.balances(), (3900, 3900))

    def test_top_ups_and_transfers_can_be_read(self):
        topup = self.move("topup", 9000, source="topup")
        self.assertEqual(self.stripe.topups.retrieve(topup.source).amount, 9000)
        transfer = self.move("transfer", -700, source="transfer")
        self.assertEqual(self.stripe.transfers.retrieve(transfer.source).balance_transaction, transfer.id)

    def test_a_source_that_cannot_be_read(self):
        for how, kind in ((404, stripe.InvalidRequestError), (403, stripe.PermissionError), (500, stripe.APIError)):
            with self.subTest(how):
                moved = self.move("charge", 100, source="charge", unreadable=how)
                self.refused(kind, functools.partial(self.stripe.charges.retrieve, moved.source))
                listed = self.stripe.balance_transactions.list({"source": moved.source, "expand": ["data.source"]}).data
                self.assertEqual([m.source for m in listed], [moved.source])
        gone = self.move("adjustment", 100, source="ch_gone")
        self.refused(
            stripe.InvalidRequestError,
            lambda: self.stripe.charges.retrieve("ch_gone"),
            code="resource_missing",
            param="charge",
        )
        self.assertEqual([m.id for m in self.stripe.balance_transactions.list({"source": "ch_gone"}).data], [gone.id])

    def test_movements_of_a_source_and_of_a_payout(self):
        self.order("account", key=self.key, payouts={"schedule": "daily", "delay_days": 1})
        first, second = self.paid(), self.paid(5000)
        of_first = self.stripe.balance_transactions.list({"source": first.latest_charge.id}).data
        self.assertEqual([(m.type, m.amount) for m in of_first], [("charge", 10000)])
        self.refused(
            stripe.InvalidRequestError,
            lambda: self.stripe.balance_transactions.list({"source": "ch_none"}),
            code="resource_missing",
            param="source",
        )
        self.pass_time(3 * 86400)
        payout = self.stripe.payouts.list().data[0]
        late = self.paid(700)
        carried = self.stripe.balance_transactions.list({"payout": payout.id}).data
        self.assertEqual(
            {m.source for m in carried},
            {payout.id, first.latest_charge.id, second.latest_charge.id},
            "the payout's own is one of them",
        )
        self.assertNotIn(late.latest_charge.id, {m.source for m in carried})
        fees = self.stripe.balance_transactions.list({"payout": payout.id, "type": "charge", "limit": 1})
        self.assertEqual((len(fees.data), fees.has_more), (1, True))
        both = self.stripe.balance_transactions.list({"payout": payout.id, "source": first.latest_charge.id}).data
        self.assertEqual([m.id for m in both], [m.id for m in of_first])

    def test_a_balance_transaction_is_expanded_where_it_is(self):
        self.order("account", key=self.key, transaction_delay=86400)
        paid = self.paid()
        wide = {"expand": ["latest_charge.balance_transaction"]}
        read = self.stripe.payment_intents.retrieve(paid.id, wide)
        self.assertEqual((read.status, read.latest_charge.balance_transaction), ("succeeded", None))
        self.assertEqual(self.stripe.balance_transactions.list().data, [])
        self.pass_time(86400)
        read = self.stripe.payment_intents.retrieve(paid.id, wide)
        self.assertEqual(read.latest_charge.balance_transaction.fee, 175)
        self.assertGreaterEqual(read.latest_charge.balance_transaction.created, paid.created + 86400)
        listed = self.stripe.payment_intents.list({"expand": ["data.latest_charge.balance_transaction"]}).data
        self.assertEqual(listed[0].latest_charge.balance_transaction.net, 9825)
        self.assertIn("charge.updated", [event.type for event in self.stripe.events.list({"limit": 100}).data])
        refund = self.stripe.refunds.create({"payment_intent": paid.id, "expand": ["balance_transaction"]})
        self.assertEqual(refund.balance_transaction.amount, -10000)
        read = self.stripe.refunds.retrieve(refund.id, {"expand": ["charge.balance_transaction"]})
        self.assertEqual(read.charge.balance_transaction.amount, 10000)

    def test_the_balance_of_a_fresh_account(self):
        balance = self.stripe.balance.retrieve()
        self.assertEqual([(part.currency, part.amount) for part in balance.available], [("eur", 0)])
        self.assertEqual([(part.currency, part.amount) for part in balance.pending], [("eur", 0)])

    def test_an_account_with_two_balances(self):
        self.order("account", key=self.key, currencies=["usd"])
        self.assertEqual({part.currency for part in self.stripe.balance.retrieve().available}, {"eur", "usd"})

        def transaction(currency):
            wide = ["latest_charge.balance_transaction"]
            return self.paid(currency=currency, expand=wide).latest_charge.balance_transaction

        dollars, pounds = transaction("usd"), transaction("gbp")
        self.assertEqual((dollars.currency, dollars.amount, dollars.exchange_rate), ("usd", 10000, None))
        self.assertEqual((pounds.currency, pounds.amount, pounds.exchange_rate), ("eur", 11700, 1.17))
        self.assertEqual(self.balances("usd"), (dollars.net, dollars.net))
        self.assertEqual(self.balances("eur"), (pounds.net, pounds.net))

    def test_an_instant_payout_has_a_fee(self):
        self.paid(card="pm_card_bypassPending")
        payout = self.stripe.payouts.create(
            {"amount": 5000, "currency": "eur", "method": "instant", "expand": ["balance_transaction"]}
        )
        moved = payout.balance_transaction
        self.assertEqual((moved.amount, moved.fee, moved.net), (-5000, 50, -5050))
        self.assertEqual(self.balances(), (4775, 4775))

    def test_money_of_a_bypassing_card_is_available_at_once(self):
        token = {"type": "card", "card": {"token": "tok_bypassPending"}}
        for method in ({"payment_method": "pm_card_bypassPending"}, {"payment_method_data": token}):
            with self.subTest(method):
                intent = self.stripe.payment_intents.create(
                    {
                        "amount": 10000,
                        "currency": "eur",
                        "payment_method_types": ["card"],
                        "confirm": True,
                        "capture_method": "automatic",
                        "expand": ["latest_charge.balance_transaction"],
                        **method,
                    }
                )
                moved = intent.latest_charge.balance_transaction
                self.assertEqual((moved.available_on, moved.status), (moved.created, "available"))
        self.assertEqual(self.stripe.payouts.create({"amount": 19000, "currency": "eur"}).amount, 19000)
