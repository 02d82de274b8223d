"""Errors, lists, keys, versions: what every call has in common."""

import concurrent.futures
import functools
import uuid

import stripe
from hotel import URL, Hotel


class Wire(Hotel):
    def test_errors_name_what_is_wrong(self):
        invalid = stripe.InvalidRequestError
        create = self.stripe.payment_intents.create
        self.refused(
            invalid,
            lambda: create({"amount": 500, "currency": "eur", "colour": "red"}),
            code="parameter_unknown",
            param="colour",
        )
        self.refused(invalid, lambda: create({"currency": "eur"}), code="parameter_missing", param="amount")
        self.refused(
            invalid, lambda: create({"amount": "much", "currency": "eur"}), code="parameter_invalid_integer", param="amount"
        )
        self.refused(
            invalid,
            lambda: self.stripe.payment_intents.retrieve("pi_none"),
            code="resource_missing",
            param="intent",
        )
        self.assertTrue(self.http.headers["request-id"].startswith("req_"))

    def test_an_unknown_parameter_inside_another_is_refused_by_its_bracketed_name(self):
        invalid = stripe.InvalidRequestError
        for name, create, body in (
            ("invoice_settings[nope]", self.stripe.customers.create, {"invoice_settings": {"nope": "1"}}),
            ("tax[nope]", self.stripe.customers.create, {"tax": {"nope": "1"}}),
            (
                "amount_details[line_items][0][nope]",
                self.stripe.payment_intents.create,
                {"amount": 500, "currency": "eur", "amount_details": {"line_items": [{"nope": "1"}]}},
            ),
            (
                "payment_method_options[ideal][nope]",
                self.stripe.payment_intents.create,
                {"amount": 500, "currency": "eur", "payment_method_options": {"ideal": {"nope": "1"}}},
            ),
            ("custom_fields[0][nope]", self.stripe.checkout.sessions.create, {"custom_fields": [{"nope": "1"}]}),
            (
                "branding_settings[logo][nope]",
                self.stripe.checkout.sessions.create,
                {"branding_settings": {"logo": {"nope": 1}}},
            ),
        ):
            with self.subTest(name):
                error = self.refused(invalid, functools.partial(create, body), code="parameter_unknown", param=name)
                self.assertEqual(error.message, f"Received unknown parameter: {name}")

    def test_the_account_as_a_restricted_key_sees_it(self):
        account = self.stripe.accounts.retrieve_current()
        key = self.key.replace("sk_", "rk_")
        restricted = stripe.StripeClient(key, base_addresses={"api": URL}, http_client=self.http, max_network_retries=0).v1
        self.order("account", key=key, same_as=self.key)
        self.assertEqual(restricted.accounts.retrieve_current().id, account.id)
        self.order("account", key=key, forbidden=["GET /v1/account"])
        error = self.refused(stripe.PermissionError, restricted.accounts.retrieve_current, type="invalid_request_error")
        self.assertIn(account.id, error.message)
        self.assertIn("Having the 'rak_accounts_kyc_basic_read' permission would allow", error.message)
        self.assertEqual(restricted.balance.retrieve().object, "balance")

    def test_a_wrong_key_is_refused(self):
        with self.assertRaises(stripe.AuthenticationError):
            stripe.StripeClient(
                "wrong", base_addresses=self.stripe._requestor.base_addresses, max_network_retries=0
            ).v1.balance.retrieve()

    def test_lists_are_newest_first_and_turn_pages_both_ways(self):
        made = [self.stripe.customers.create({"name": str(i)}).id for i in range(25)]
        first = self.stripe.customers.list({"limit": 10})
        self.assertEqual([c.id for c in first.data], made[:14:-1])
        self.assertTrue(first.has_more)
        self.assertEqual([c.id for c in self.stripe.customers.list({"limit": 4}).auto_paging_iter()], made[::-1])
        back = self.stripe.customers.list({"limit": 5, "ending_before": made[10]})
        self.assertEqual([c.id for c in back.data], made[15:10:-1], "the page next to the cursor")
        self.assertTrue(back.has_more)
        self.assertFalse(self.stripe.customers.list({"limit": 25}).has_more, "a full last page is the last")
        self.assertEqual(len(self.stripe.customers.list({"limit": 1000}).data), 25)
        invalid = stripe.InvalidRequestError
        self.refused(invalid, lambda: self.stripe.customers.list({"starting_after": "cus_none"}))
        self.refused(invalid, lambda: self.stripe.customers.list({"starting_after": made[0], "ending_before": made[1]}))
        self.refused(invalid, lambda: self.stripe.customers.list({"limit": "many"}))

    def test_a_key_takes_effect_once(self):
        key = {"idempotency_key": str(uuid.uuid4())}
        create = self.stripe.payment_intents.create
        first = create({"amount": 500, "currency": "eur"}, key)
        self.assertNotIn("idempotent-replayed", self.http.headers)
        request = self.http.headers["request-id"]
        again = create({"amount": 500, "currency": "eur"}, key)
        self.assertEqual(again.id, first.id)
        self.assertEqual(self.http.headers["idempotent-replayed"], "true")
        self.assertEqual(self.http.headers["original-request"], request)
        self.assertNotEqual(self.http.headers["request-id"], request)
        self.refused(
            stripe.IdempotencyError, lambda: create({"amount": 501, "currency": "eur"}, key), type="idempotency_error"
        )
        self.refused(stripe.IdempotencyError, lambda: self.stripe.customers.create({}, key))
        self.pass_time(25 * 3600)
        self.assertNotEqual(create({"amount": 500, "currency": "eur"}, key).id, first.id)

    def test_six_at_once_with_one_key_make_one_intent(self):
        key = {"idempotency_key": str(uuid.uuid4())}

        def create(_):
            try:
                return self.stripe.payment_intents.create({"amount": 500, "currency": "eur"}, key).id
            except stripe.APIError as error:  # The SDK has no class of its own for a 409.
                return error.error.code

        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            answers = set(pool.map(create, range(6)))
        made = {intent.id for intent in self.stripe.payment_intents.list().data}
        self.assertEqual(len(made), 1)
        self.assertLessEqual(answers, made | {"idempotency_key_in_use"})

    def test_a_decline_is_kept_under_its_key(self):
        key = {"idempotency_key": str(uuid.uuid4())}
        body = {
            "amount": 500,
            "currency": "eur",
            "payment_method": "pm_card_visa_chargeDeclined",
            "payment_method_types": ["card"],
            "confirm": True,
        }
        first = self.refused(stripe.CardError, lambda: self.stripe.payment_intents.create(body, key))
        again = self.refused(stripe.CardError, lambda: self.stripe.payment_intents.create(body, key))
        self.assertEqual(first.payment_intent.id, again.payment_intent.id)

    def test_references_are_ids_until_they_are_expanded(self):
        intent = self.stripe.payment_intents.retrieve(self.hold().id)
        self.assertIsInstance(intent.latest_charge, str)
        wide = self.stripe.payment_intents.retrieve(intent.id, {"expand": ["latest_charge", "payment_method"]})
        self.assertEqual(wide.latest_charge.id, intent.latest_charge)
        listed = self.stripe.payment_intents.list({"expand": ["data.latest_charge"]}).data[0]
        self.assertEqual(listed.latest_charge.id, intent.latest_charge)
        self.refused(
            stripe.InvalidRequestError, lambda: self.stripe.payment_intents.retrieve(intent.id, {"expand": ["colour"]})
        )
