"""Link and the phones' wallets, behind a page."""

from urllib.error import HTTPError

from hotel import Hotel


class Wallets(Hotel):
    def page(self, **more):
        return self.stripe.checkout.sessions.create(
            {
                "mode": "payment",
                "success_url": "https://example.com/ok",
                "line_items": [
                    {
                        "quantity": 1,
                        "price_data": {"currency": "eur", "unit_amount": 30000, "product_data": {"name": "Stay"}},
                    }
                ],
                **more,
            }
        )

    def pay(self, session, **how):
        """Pays on the page; returns the intent with its method and its charge."""
        intent = self.order(f"checkout/{session.id}/pay", **how)["payment_intent"]
        return self.stripe.payment_intents.retrieve(intent, {"expand": ["latest_charge", "payment_method"]})

    def refuses(self, session, **how):
        with self.assertRaises(HTTPError) as caught:
            self.order(f"checkout/{session.id}/pay", **how)
        self.assertEqual(caught.exception.code, 400)
        caught.exception.close()

    def test_a_phone_pays_with_a_card(self):
        for wallet in ("apple_pay", "google_pay"):
            with self.subTest(wallet):
                paid = self.pay(self.page(), wallet=wallet)
                self.assertEqual((paid.status, paid.payment_method.type), ("succeeded", "card"))
                self.assertEqual(paid.payment_method.card.wallet.type, wallet)
                self.assertEqual(paid.latest_charge.payment_method_details.card.wallet.type, wallet)
                self.assertTrue(paid.latest_charge.payment_method_details.card.wallet.dynamic_last4)

    def test_link_is_a_method_of_its_own(self):
        self.order("account", key=self.key, methods=["card", "link"])
        paid = self.pay(self.page(), method="link", email="a@b.de")
        self.assertEqual((paid.status, paid.payment_method.type), ("succeeded", "link"))
        self.assertEqual(paid.payment_method.link.email, "a@b.de")
        details = paid.latest_charge.payment_method_details
        self.assertEqual((details.type, details.link.country), ("link", "DE"))
        self.pass_time(60)
        self.assertEqual(len(self.stripe.balance_transactions.list({"type": "payment"}).data), 1)

    def test_link_is_the_wallet_of_a_card_where_a_page_takes_cards_only(self):
        paid = self.pay(self.page(payment_method_types=["card"]), method="link")
        self.assertEqual((paid.payment_method.type, paid.payment_method.card.wallet.type), ("card", "link"))

    def test_link_holds_and_is_charged_later(self):
        self.order("account", key=self.key, methods=["card", "link"])
        data = {"capture_method": "manual", "setup_future_usage": "off_session"}
        held = self.pay(self.page(payment_intent_data=data), method="link")
        self.assertEqual((held.status, held.amount_capturable), ("requires_capture", 30000))
        later = self.stripe.payment_intents.create(
            {
                "amount": 900,
                "currency": "eur",
                "customer": held.customer,
                "payment_method": held.payment_method.id,
                "payment_method_types": ["link"],
                "off_session": True,
                "confirm": True,
            }
        )
        self.assertEqual(later.status, "succeeded")

    def test_a_session_may_show_no_link(self):
        self.order("account", key=self.key, methods=["card", "link"])
        for more in ({}, {"payment_method_types": ["card"]}):
            with self.subTest(more):
                session = self.page(wallet_options={"link": {"display": "never"}}, **more)
                self.assertEqual(session.wallet_options.link.display, "never")
                self.refuses(session, method="link")
                self.refuses(session, wallet="link")
                self.assertEqual(self.pay(session, wallet="apple_pay").status, "succeeded")
