"""Cards that refuse, cards that ask for their owner, cards that are saved."""

import stripe
from hotel import Hotel

DECLINES = {
    "pm_card_visa_chargeDeclined": ("card_declined", "generic_decline", "try_again_later"),
    "pm_card_visa_chargeDeclinedInsufficientFunds": ("card_declined", "insufficient_funds", "try_again_later"),
    "pm_card_visa_chargeDeclinedLostCard": ("card_declined", "lost_card", "do_not_try_again"),
    "pm_card_visa_chargeDeclinedStolenCard": ("card_declined", "stolen_card", "do_not_try_again"),
    "pm_card_chargeDeclinedExpiredCard": ("expired_card", "expired_card", "confirm_card_data"),
    "pm_card_chargeDeclinedIncorrectCvc": ("incorrect_cvc", "incorrect_cvc", "confirm_card_data"),
    "pm_card_chargeDeclinedProcessingError": ("processing_error", "processing_error", "try_again_later"),
    "pm_card_visa_chargeDeclinedFraudulent": ("card_declined", "fraudulent", "try_again_later"),
}


class Cards(Hotel):
    def test_a_refused_create_leaves_an_intent_that_only_the_error_names(self):
        for card, (code, decline, advice) in DECLINES.items():
            with self.subTest(card):
                error = self.refused(
                    stripe.CardError,
                    lambda: self.hold(card=card),
                    code=code,
                    decline_code=decline,
                    advice_code=advice,
                )
                self.assertTrue(error.charge)
                intent = self.stripe.payment_intents.retrieve(error.payment_intent.id)
                self.assertEqual((intent.status, intent.payment_method), ("requires_payment_method", None))
                self.assertEqual(intent.last_payment_error.code, code)
                self.assertEqual(self.stripe.payment_intents.cancel(intent.id).status, "canceled")

    def saved(self, card, **issuer):
        """A saved card; the rest is ordered of its issuer."""
        customer = self.stripe.customers.create({"name": "Anna Weiss"})
        method = self.stripe.payment_methods.attach(card, {"customer": customer.id})
        if issuer:
            self.order(f"payment_methods/{method.id}", **issuer)
        return customer.id, method.id

    def off_session(self, customer, method, **more):
        return self.hold(card=method, customer=customer, off_session=True, **more)

    def test_a_saved_card_is_held_off_session_for_four_days_and_eighteen_hours(self):
        intent = self.off_session(*self.saved("pm_card_visa"))
        charge = intent.latest_charge
        life = charge.payment_method_details.card.capture_before - charge.created
        self.assertEqual(life, 4 * 86400 + 18 * 3600)

    def test_a_card_that_asks_for_its_owner_is_refused_off_session(self):
        customer, method = self.saved("pm_card_authenticationRequired")
        error = self.refused(
            stripe.CardError,
            lambda: self.off_session(customer, method),
            code="authentication_required",
            decline_code="authentication_required",
        )
        self.assertEqual(error.payment_intent.status, "requires_payment_method")

    def test_a_card_that_asks_for_its_owner_waits_on_session(self):
        intent = self.hold(card="pm_card_authenticationRequired", return_url="https://example.com")
        self.assertEqual((intent.status, intent.latest_charge), ("requires_action", None))
        self.assertTrue(intent.next_action.type)
        self.refused(
            stripe.InvalidRequestError,
            lambda: self.stripe.payment_intents.capture(intent.id),
            code="payment_intent_unexpected_state",
        )

    def test_a_card_belongs_to_one_customer(self):
        _, method = self.saved("pm_card_visa")
        other = self.stripe.customers.create({})
        self.refused(
            stripe.InvalidRequestError, lambda: self.off_session(other.id, method), code=None, param="payment_method"
        )

    def test_a_detached_card_is_gone_for_good(self):
        customer, method = self.saved("pm_card_visa")
        self.assertIsNone(self.stripe.payment_methods.detach(method).customer)
        self.refused(
            stripe.InvalidRequestError, lambda: self.stripe.payment_methods.attach(method, {"customer": customer})
        )

    def test_a_setup_intent_saves_a_card_for_later(self):
        customer = self.stripe.customers.create({})
        setup = self.stripe.setup_intents.create(
            {
                "customer": customer.id,
                "payment_method": "pm_card_visa",
                "confirm": True,
                "payment_method_types": ["card"],
            }
        )
        self.assertEqual((setup.status, setup.usage), ("succeeded", "off_session"))
        self.assertEqual(len(self.stripe.customers.payment_methods.list(customer.id).data), 1)
        self.refused(
            stripe.InvalidRequestError,
            lambda: self.stripe.setup_intents.cancel(setup.id),
            code="setup_intent_unexpected_state",
        )

    def test_a_limit_counts_all_live_holds_and_what_was_taken(self):
        customer, method = self.saved("pm_card_visa", limit=10000)
        first = self.off_session(customer, method)
        error = self.refused(
            stripe.CardError,
            lambda: self.off_session(customer, method),
            code="card_declined",
            decline_code="insufficient_funds",
            network_decline_code="51",
        )
        self.stripe.payment_intents.cancel(error.payment_intent.id)
        self.stripe.payment_intents.capture(first.id, {"amount_to_capture": 3500})
        self.assertEqual(self.off_session(customer, method).status, "requires_capture")

    def test_a_card_may_refuse_a_second_hold_while_the_first_lives(self):
        customer, method = self.saved("pm_card_mastercard", refuses_second_hold=True)
        first = self.off_session(customer, method)
        self.refused(stripe.CardError, lambda: self.off_session(customer, method), code="card_declined")
        self.stripe.payment_intents.cancel(first.id)
        self.assertEqual(self.off_session(customer, method).status, "requires_capture")

    def test_a_card_may_refuse_from_an_attempt_on(self):
        customer, method = self.saved("pm_card_visa", declines_off_session_from_use=2)
        self.assertEqual(self.off_session(customer, method).status, "requires_capture")
        for _ in range(2):
            self.refused(stripe.CardError, lambda: self.off_session(customer, method), code="card_declined")

    def test_the_advice_is_in_error_intent_and_charge(self):
        for advice in ("do_not_try_again", "try_again_later", "confirm_card_data"):
            with self.subTest(advice):
                customer, method = self.saved(
                    "pm_card_mastercard",
                    physical_card=advice,
                    declines_off_session=True,
                    advice_code=advice,
                    network_advice_code="03",
                    network_decline_code="79",
                )
                codes = {"advice_code": advice, "network_advice_code": "03", "network_decline_code": "79"}
                error = self.refused(stripe.CardError, lambda: self.off_session(customer, method), **codes)
                intent = self.stripe.payment_intents.retrieve(error.payment_intent.id, {"expand": ["latest_charge"]})
                for holder in (intent.last_payment_error, intent.latest_charge.outcome):
                    self.assertEqual({name: holder[name] for name in codes}, codes)

    def test_one_physical_card_has_one_fingerprint(self):
        methods = [self.saved("pm_card_visa")[1] for _ in range(2)]
        prints = {self.stripe.payment_methods.retrieve(method).card.fingerprint for method in methods}
        self.assertEqual((len(set(methods)), len(prints)), (2, 1))
        _, other = self.saved("pm_card_visa", physical_card="another one")
        self.assertNotIn(self.stripe.payment_methods.retrieve(other).card.fingerprint, prints)

    def test_funding_and_country_are_on_method_and_charge(self):
        for card, facts in {
            "pm_card_visa_debit": ("visa", "debit", "US"),
            "pm_card_mastercard_prepaid": ("mastercard", "prepaid", "US"),
            "pm_card_sim_unknownFunding": ("visa", "unknown", "DE"),
            "pm_card_amex": ("amex", "credit", "US"),
        }.items():
            with self.subTest(card):
                customer, method = self.saved(card)
                shown = self.stripe.payment_methods.retrieve(method).card
                held = self.off_session(customer, method).latest_charge.payment_method_details.card
                for place in (shown, held):
                    self.assertEqual((place.brand, place.funding, place.country), facts)
                self.assertEqual(shown.fingerprint, held.fingerprint)
