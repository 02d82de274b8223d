"""A hotel's first stay through a client that was generated from the description: only its functions and its models speak to the service."""

import datetime
import json
import os
import subprocess
import time
import unittest
import urllib.parse
import urllib.request
import uuid
from http import HTTPStatus

from ledger_client import AuthenticatedClient, models
from ledger_client.api.catalogue import set_catalogue_item
from ledger_client.api.folios import add_line, check_out, list_lines, open_folio, preview_check_out, show_document, show_folio
from ledger_client.api.statements import show_statement
from ledger_client.api.stripe import connect_stripe
from ledger_client.api.tenants import add_tenant
from ledger_client.api.webhook_secrets import set_webhook_secret

URL, STRIPE_URL = os.environ["LEDGER_URL"], os.environ["STRIPE_URL"]
ARRIVAL, DEPARTURE = datetime.date(2026, 11, 18), datetime.date(2026, 11, 20)
TENANT, KEY = "waldhof", "sk_test_waldhof"


def key():
    return str(uuid.uuid4())


class Stay(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.client = AuthenticatedClient(URL, os.environ["LEDGER_TOKEN"], raise_on_unexpected_status=True, timeout=30)
        tenant = cls.answer(add_tenant, 201, body=models.AddTenantBody(id=TENANT, name="Waldhof"), idempotency_key=key())
        assert (tenant.currency, tenant.time_zone) == ("eur", "Europe/Berlin")
        cls.answer(connect_stripe, 200, TENANT, body=models.ConnectStripeBody(secret_key=KEY))
        endpoint = cls.at_stripe(
            "/v1/webhook_endpoints", urllib.parse.urlencode({"url": f"{URL}/stripe/webhooks/{TENANT}", "enabled_events[]": "*"}))
        cls.answer(set_webhook_secret, 200, TENANT, "default", body=models.SetWebhookSecretBody(secret=endpoint["secret"]))
        beer = models.SetCatalogueItemBody(description="Beer, 0.33 l", price=350, category="minibar", tax_rate="19")
        cls.answer(set_catalogue_item, 200, TENANT, "minibar-beer", body=beer)

    @classmethod
    def answer(cls, route, status, *place, **request):
        """What the route answers, as its model: with the expected status."""
        response = route.sync_detailed(*place, client=cls.client, **request)
        if response.status_code != HTTPStatus(status):
            raise AssertionError(f"{response.status_code}: {response.content.decode()}")
        return response.parsed

    @staticmethod
    def at_stripe(path, body):
        """What the guest and the account's owner do at the simulated Stripe, which is no route of ours."""
        request = urllib.request.Request(STRIPE_URL + path, data=body.encode(), headers={"Authorization": f"Bearer {KEY}"})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def open_folio(self, reference, amount):
        body = models.OpenFolioBody(
            reference=reference, guest=models.OpenFolioBodyGuest(name="Anna Weiss", email="anna@example.com"), arrival=ARRIVAL,
            departure=DEPARTURE, payment=models.OpenFolioBodyPayment(mode=models.OpenFolioBodyPaymentMode.RESERVED, amount=amount))
        return self.twice(open_folio, 201, TENANT, body=body)

    def open_held_folio(self, reference, amount):
        """A folio whose guest has used the payment page: Stripe's webhook says that the card is held."""
        session = self.open_folio(reference, amount).payment_url.rsplit("/", 1)[1]
        self.at_stripe(f"/_sim/checkout/{session}/pay", json.dumps({"card": "4242424242424242"}))
        for _ in range(200):
            folio = self.answer(show_folio, 200, TENANT, reference)
            if folio.holds[0].state == models.HoldState.AUTHORISED:
                return folio
            time.sleep(0.1)
        self.fail(f"the hold is still {folio.holds[0].state}")

    def twice(self, route, status, *place, **request):
        """Sends it, and the same again with the same key: the answer is the same to the byte, and says that it was stored."""
        once = key()
        first, again = (route.sync_detailed(*place, client=self.client, idempotency_key=once, **request) for _ in range(2))
        self.assertEqual(first.status_code, status, first.content)
        self.assertEqual((again.status_code, again.content, again.parsed), (first.status_code, first.content, first.parsed))
        self.assertEqual([answer.headers.get("Idempotent-Replayed") for answer in (first, again)], [None, "true"])
        return first.parsed

    def add_beer(self, reference, quantity):
        line = models.AddLinePriceListLine(item="minibar-beer", quantity=quantity)
        return self.twice(add_line, 201, TENANT, reference, body=line)

    def totals(self, totals, **amounts):
        """Compares all of them; what is not named is 0."""
        names = (
            "charged", "held", "captured", "refunded", "processing", "withdrawn", "written_off", "open", "set_aside", "uncovered",
            "open_credit")
        self.assertEqual(totals.to_dict(), dict.fromkeys(names, 0) | amounts)

    def refused(self, status, code, route, *place, **request):
        problem = self.answer(route, status, *place, **request)
        self.assertIsInstance(problem, models.Problem)
        self.assertEqual((problem.code, problem.status, problem.type_), (code, status, f"urn:soferu:ledger:{code}"))
        self.assertTrue(problem.detail and problem.request_id)
        return problem

    def test_a_stay_from_the_booking_to_the_months_statement(self):
        held = self.open_held_folio("R-4711", 30000)
        self.assertEqual((held.state, held.guest.name, held.arrival), (models.FolioState.OPEN, "Anna Weiss", ARRIVAL))
        self.assertEqual((held.holds[0].amount, held.holds[0].held, held.holds[0].card_last4), (30000, 30000, "4242"))
        self.totals(held.totals, held=30000)

        beer = self.add_beer("R-4711", 2)
        self.assertEqual((beer.line.unit_amount, beer.line.gross, beer.line.tax_rate), (350, 700, "19"))
        self.totals(beer.totals, charged=700, held=30000, open=700)
        nights = models.AddLineFreeLine(category="lodging", description="Two nights", unit_amount=12100, quantity=2)
        room = self.twice(add_line, 201, TENANT, "R-4711", body=nights)
        self.assertEqual((room.line.gross, room.line.tax_rate, room.line.item, room.warnings), (24200, "7", None, []))
        self.totals(room.totals, charged=24900, held=30000, open=24900)
        self.assertEqual(self.answer(list_lines, 200, TENANT, "R-4711").data, [beer.line, room.line])

        preview = self.answer(preview_check_out, 200, TENANT, "R-4711")
        taxes = [("19", 700, 588, 112), ("7", 24200, 22617, 1583)]
        self.assertEqual(sorted((tax.rate, tax.gross, tax.net, tax.tax) for tax in preview.taxes), taxes)
        self.assertEqual((preview.plan.due, preview.plan.rest, preview.plan.warnings), (24900, 0, []))
        self.assertEqual([(step.do, step.hold, step.amount) for step in preview.plan.steps], [(models.PlannedStepDo.CAPTURE, 1, 24900)])

        done = self.twice(check_out, 200, TENANT, "R-4711", body=models.CheckOutBody(plan=preview.plan.id))
        self.assertEqual((done.state, done.payment_url, done.warnings), (models.CheckOutResultState.CHECKED_OUT, None, []))
        self.assertEqual([(step.do, step.amount, step.state, step.failure_code) for step in done.steps], [("capture", 24900, "done", None)])
        self.totals(done.totals, charged=24900, captured=24900)

        document = self.answer(show_document, 200, TENANT, "R-4711")
        self.assertEqual(document, done.document)
        self.assertEqual((document.gross, sum(tax.net + tax.tax for tax in document.taxes)), (24900, 24900))
        self.assertEqual(sorted((tax.rate, tax.gross, tax.net, tax.tax) for tax in document.taxes), taxes)
        self.assertEqual(document.issued_at.date(), ARRIVAL)

        # The service reads Stripe's fees every five minutes; the operator at once.
        subprocess.run([os.environ["LEDGER"], "sync", "--tenant", TENANT], check=True, capture_output=True)
        statement = self.answer(show_statement, 200, TENANT, "2026-11")
        self.assertEqual((statement.platform_fee_net, statement.platform_fee_tax, statement.platform_fee_gross), (1900, 361, 2261))
        self.assertEqual((statement.opening_balance, statement.closing_balance, statement.closed_at), (0, 24900 - 399, None))
        payments = [
            (row.supplier, row.method, row.count, row.gross, row.fee, row.calendar) for row in statement.rows if row.item == "charge"]
        # By the tenant's month, and by Stripe's own.
        self.assertEqual(payments, [("stripe", "card", 1, 24900, 399, calendar) for calendar in ("tenant", "utc")])

    def test_what_cannot_be_is_a_problem_with_a_code(self):
        self.open_folio("R-4712", 30000)
        wine = models.AddLinePriceListLine(item="minibar-wine")
        problem = self.refused(404, "sku_not_found", add_line, TENANT, "R-4712", body=wine, idempotency_key=key())
        self.assertIn("minibar-wine", problem.detail)
        self.refused(404, "folio_not_found", show_folio, TENANT, "R-1")

    def test_a_folio_that_is_known_already_is_not_sent_again(self):
        self.open_folio("R-4715", 30000)
        known = show_folio.sync_detailed(TENANT, "R-4715", client=self.client).headers["ETag"]
        self.assertIsNone(self.answer(show_folio, 304, TENANT, "R-4715", if_none_match=known))
        self.add_beer("R-4715", 1)
        self.totals(self.answer(show_folio, 200, TENANT, "R-4715", if_none_match=known).totals, charged=350, open=350, uncovered=350)

    def test_a_key_is_for_one_request(self):
        self.open_folio("R-4713", 30000)
        one, two = (models.AddLinePriceListLine(item="minibar-beer", quantity=quantity) for quantity in (1, 2))
        once = key()
        self.answer(add_line, 201, TENANT, "R-4713", body=one, idempotency_key=once)
        self.refused(409, "idempotency_key_reused", add_line, TENANT, "R-4713", body=two, idempotency_key=once)
        self.totals(self.answer(show_folio, 200, TENANT, "R-4713").totals, charged=350, open=350, uncovered=350)

    def test_an_outdated_plan_takes_nothing_and_the_problem_brings_the_new_one(self):
        self.open_held_folio("R-4714", 30000)
        self.add_beer("R-4714", 1)
        outdated = self.answer(preview_check_out, 200, TENANT, "R-4714").plan
        self.add_beer("R-4714", 1)
        problem = self.refused(
            409, "plan_changed", check_out, TENANT, "R-4714", body=models.CheckOutBody(plan=outdated.id), idempotency_key=key())
        self.assertEqual((problem.plan.due, [step.amount for step in problem.plan.steps]), (700, [700]))
        self.assertEqual(problem.plan, self.answer(preview_check_out, 200, TENANT, "R-4714").plan)
        self.totals(self.answer(show_folio, 200, TENANT, "R-4714").totals, charged=700, held=30000, open=700)
