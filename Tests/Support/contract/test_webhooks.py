"""Webhooks: signed so that Stripe's own library accepts them, and delivered over HTTP."""

import http.server
import threading
import time

import stripe
from hotel import Hotel


class Webhooks(Hotel):
    def setUp(self):
        super().setUp()
        self.received = received = []

        class Receiver(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                received.append((self.rfile.read(int(self.headers["Content-Length"])), self.headers["Stripe-Signature"]))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def tearDown(self):
        self.server.shutdown()
        self.server.server_close()
        super().tearDown()

    def wait_for(self, type):
        for _ in range(200):
            for body, signature in list(self.received):
                if f'"type":"{type}"' in body.decode().replace(": ", ":"):
                    return body, signature
            time.sleep(0.05)
        self.fail(f"no {type} was delivered")

    def test_a_delivery_is_signed(self):
        endpoint = self.stripe.webhook_endpoints.create(
            {"url": f"http://127.0.0.1:{self.server.server_port}/hook", "enabled_events": ["*"]}
        )
        self.assertTrue(endpoint.secret.startswith("whsec_"))
        self.assertIsNone(getattr(self.stripe.webhook_endpoints.retrieve(endpoint.id), "secret", None))
        held = self.hold()
        body, signature = self.wait_for("payment_intent.amount_capturable_updated")
        event = stripe.Webhook.construct_event(body, signature, endpoint.secret, tolerance=None)
        self.assertEqual(event.data.object.id, held.id)
        with self.assertRaises(stripe.SignatureVerificationError):
            stripe.Webhook.construct_event(body + b" ", signature, endpoint.secret, tolerance=None)

    def test_only_what_was_asked_for_is_delivered(self):
        self.stripe.webhook_endpoints.create(
            {
                "url": f"http://127.0.0.1:{self.server.server_port}/hook",
                "enabled_events": ["payment_intent.canceled"],
            }
        )
        self.stripe.payment_intents.cancel(self.hold().id)
        self.wait_for("payment_intent.canceled")
        self.assertEqual(len(self.received), 1)
