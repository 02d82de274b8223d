"""An account of its own for each test, reached with Stripe's SDK, every answer judged on its way."""

import json
import os
import unittest
import urllib.request
import uuid

import stripe
from judge import judge

URL = os.environ["STRIPE_URL"]


class JudgingClient(stripe.RequestsClient):
    """Sends as the SDK does, and keeps what is wrong with the answers."""

    def __init__(self):
        super().__init__()
        self.problems = []
        self.headers = {}

    def request_with_retries(self, method, url, headers, post_data=None, max_network_retries=None, *, _usage=None):
        body, status, answered = super().request_with_retries(
            method, url, headers, post_data, max_network_retries, _usage=_usage
        )
        text = body.decode() if isinstance(body, bytes) else body
        answer = json.loads(text)
        found = judge_error(answer) if "error" in answer else judge(answer)
        self.problems += [f"{method.upper()} {url.removeprefix(URL)}: {problem}" for problem in found]
        self.headers = {name.lower(): value for name, value in answered.items()}
        return body, status, answered


def judge_error(answer):
    error = answer["error"]
    problems = [] if "type" in error and "message" in error else ["error without type or message"]
    for name in ("payment_intent", "setup_intent", "payment_method"):
        if isinstance(error.get(name), dict):
            problems += judge(error[name], f"error.{name}")
    return problems


class Hotel(unittest.TestCase):
    """Base of all contract tests."""

    def setUp(self):
        self.key = f"sk_test_{uuid.uuid4().hex}"
        self.http = JudgingClient()
        self.stripe = stripe.StripeClient(
            self.key, base_addresses={"api": URL}, http_client=self.http, max_network_retries=0
        ).v1

    def tearDown(self):
        self.assertEqual(self.http.problems, [], "\n".join(sorted(set(self.http.problems))[:20]))

    # What people do that no API can: time passes, a guest uses a page.

    def order(self, path, **body):
        request = urllib.request.Request(
            f"{URL}/_sim/{path}",
            data=json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def pass_time(self, seconds):
        self.order("clock", advance_seconds=seconds)

    def hold(self, amount=6500, card="pm_card_visa", **more):
        return self.stripe.payment_intents.create(
            {
                "amount": amount,
                "currency": "eur",
                "payment_method": card,
                "payment_method_types": ["card"],
                "confirm": True,
                "capture_method": "manual",
                "expand": ["latest_charge"],
                **more,
            }
        )

    def refused(self, kind, call, **facts):
        """The call is refused with these facts in the error."""
        with self.assertRaises(kind) as caught:
            call()
        error = caught.exception.error
        for name, fact in facts.items():
            self.assertEqual(getattr(error, name, None), fact, f"{name}: {error}")
        return error
