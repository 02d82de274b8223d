"""Networks and Stripe misbehave on order; an effect happens once all the same."""

import uuid

import stripe
from hotel import Hotel

ROUTE = "POST /v1/payment_intents"


class Faults(Hotel):
    def setUp(self):
        super().setUp()
        self.addCleanup(self.order, "faults", clear=True)

    def create(self, key):
        return self.stripe.payment_intents.create({"amount": 500, "currency": "eur"}, {"idempotency_key": key})

    def made(self):
        return len(self.stripe.payment_intents.list({"limit": 100}).data)

    def fail(self, fault, error, made, again=True, **more):
        """The first try fails so; a second one with the same key gets through, and one intent exists."""
        self.order("faults", route=ROUTE, fault=fault, times=1, **more)
        key = str(uuid.uuid4())
        before = self.made()
        with self.assertRaises(error):
            self.create(key)
        self.assertEqual(self.made() - before, made, fault)
        if again:
            self.create(key)
            self.assertEqual(self.made() - before, 1, fault)
        else:
            with self.assertRaises(error):
                self.create(key)

    def test_the_connection_is_cut_before_and_after_the_effect(self):
        self.fail("cut_before_effect", stripe.APIConnectionError, made=0)
        self.fail("effect_then_no_answer", stripe.APIConnectionError, made=1)

    def test_a_500_is_replayed_from_its_key(self):
        self.fail("error_before_effect", stripe.APIError, made=0, again=False)
        self.fail("error_after_effect", stripe.APIError, made=1, again=False)

    def test_what_passes_by_itself(self):
        self.fail("unavailable", stripe.APIError, made=0)
        self.fail("lock_timeout", stripe.RateLimitError, made=0)
        self.fail("rate_limit", stripe.RateLimitError, made=0, retry_after=1)
        self.fail("idempotency_key_in_use", stripe.APIError, made=0)

    def test_an_answer_is_cut_short_or_no_json(self):
        for fault in ("truncated_body", "wrong_content_type"):
            self.order("faults", route=ROUTE, fault=fault, times=1)
            key = str(uuid.uuid4())
            before = self.made()
            with self.assertRaises(Exception):
                self.create(key)
            self.create(key)
            self.assertEqual(self.made() - before, 1, fault)
