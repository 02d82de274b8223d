import Ledger
import Testing

@testable import Stripe

@Suite struct `Writing a request` {
    private func eur(_ cents: Int64) throws -> StripeAmount { try StripeAmount(minorUnits: cents, currency: .eur) }

    /// `name=value` by name, so that a test names what it is about.
    private func fields(_ request: StripeRequest) -> [String: String] {
        Dictionary(
            request.body.split(separator: "&").map { pair in
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
            }, uniquingKeysWith: { first, _ in first + " and again" })
    }

    @Test func `a page for a hold keeps the card, and asks an account for the features that it has`() throws {
        var terms = CheckoutTerms(
            .hold(try eur(30_000), description: "Aufenthalt R-17"), customer: "cus_1", metadata: ["tenant": "seeblick", "folio": "R-17"],
            reference: "R-17", successURL: "https://h.test/?s={CHECKOUT_SESSION_ID}", cancelURL: "https://h.test/no",
            expiresAt: Instant(unixSeconds: 1_780_003_600), language: .german)
        #expect(!StripeRequest.createCheckoutSession(terms).body.contains("request_"))
        terms.features = [.extendedAuthorization, .incrementalAuthorization, .multicapture, .overcapture]
        let request = StripeRequest.createCheckoutSession(terms)
        #expect(request.method == "POST" && request.path == "/v1/checkout/sessions")
        #expect(
            fields(request) == [
                "ui_mode": "hosted_page", "mode": "payment", "customer": "cus_1", "client_reference_id": "R-17",
                "success_url": "https%3A%2F%2Fh.test%2F%3Fs%3D%7BCHECKOUT_SESSION_ID%7D", "cancel_url": "https%3A%2F%2Fh.test%2Fno",
                "expires_at": "1780003600", "locale": "de", "payment_method_types[0]": "card", "metadata[folio]": "R-17",
                "metadata[tenant]": "seeblick", "line_items[0][quantity]": "1", "line_items[0][price_data][currency]": "eur",
                "line_items[0][price_data][unit_amount]": "30000", "line_items[0][price_data][product_data][name]": "Aufenthalt%20R-17",
                "payment_intent_data[capture_method]": "manual", "payment_intent_data[setup_future_usage]": "off_session",
                "payment_intent_data[description]": "Aufenthalt%20R-17", "payment_intent_data[metadata][folio]": "R-17",
                "payment_intent_data[metadata][tenant]": "seeblick",
                "payment_method_options[card][request_extended_authorization]": "if_available",
                "payment_method_options[card][request_incremental_authorization]": "if_available",
                "payment_method_options[card][request_multicapture]": "if_available",
                "payment_method_options[card][request_overcapture]": "if_available",
            ])
        #expect(StripeRequest.createCheckoutSession(terms) == request)
    }

    @Test func `a page for a direct payment takes the money at once, and leaves Klarna unsaved`() throws {
        let terms = CheckoutTerms(
            .charge(try eur(5000), description: "Bestellung"), customer: "cus_1", methods: [.card, .klarna], metadata: [:],
            successURL: "https://s")
        let fields = fields(.createCheckoutSession(terms))
        #expect(fields["payment_intent_data[capture_method]"] == "automatic")
        #expect(fields["payment_method_types[1]"] == "klarna")
        #expect(fields["payment_intent_data[setup_future_usage]"] == nil)
        #expect(fields["payment_method_options[card][setup_future_usage]"] == "off_session")
        #expect(!fields.keys.contains { $0.contains("request_") })
    }

    @Test func `a page shows Link unless it is told not to, whatever it is for`() throws {
        for purpose in [CheckoutTerms.Purpose.hold(try eur(5000), description: "A"), .saveCard(currency: .eur)] {
            var terms = CheckoutTerms(purpose, customer: "cus_1", metadata: [:], successURL: "https://s")
            #expect(fields(.createCheckoutSession(terms))["wallet_options[link][display]"] == nil)
            terms.showsLink = false
            #expect(fields(.createCheckoutSession(terms))["wallet_options[link][display]"] == "never")
        }
    }

    @Test func `a page that saves nothing and knows no customer asks for neither`() throws {
        let terms = CheckoutTerms(
            .charge(try eur(5000), description: "B"), customer: nil, email: "a@b.test", savesMethod: false, methods: [.sofort],
            metadata: [:],
            successURL: "https://s")
        let fields = fields(.createCheckoutSession(terms))
        #expect(fields["customer_email"] == "a%40b.test" && fields["customer"] == nil && fields["customer_creation"] == nil)
        #expect(!fields.keys.contains { $0.contains("setup_future_usage") || $0.hasPrefix("payment_method_options") })
    }

    @Test func `a page that saves the card of somebody unknown makes a customer`() throws {
        let terms = CheckoutTerms(.charge(try eur(5000), description: "B"), customer: nil, metadata: [:], successURL: "https://s")
        #expect(fields(.createCheckoutSession(terms))["customer_creation"] == "always")
    }

    @Test func `a page that saves a card names no amount`() throws {
        let terms = CheckoutTerms(.saveCard(currency: .eur), customer: "cus_1", metadata: ["folio": "R-17"], successURL: "https://s")
        let fields = fields(.createCheckoutSession(terms))
        #expect(fields["mode"] == "setup" && fields["currency"] == "eur" && fields["setup_intent_data[metadata][folio]"] == "R-17")
        #expect(!fields.keys.contains { $0.hasPrefix("line_items") || $0.hasPrefix("payment_intent_data") })
    }

    @Test func `a saved card is held and charged without the guest`() throws {
        let hold = StripeRequest.createOffSessionIntent(
            .hold, try eur(6500), customer: "cus_1", paymentMethod: "pm_1", metadata: ["folio": "R-17"], features: [.overcapture])
        let held = fields(hold)
        #expect(hold.path == "/v1/payment_intents")
        #expect(held["off_session"] == "true" && held["confirm"] == "true" && held["capture_method"] == "manual")
        #expect(held["payment_method_types[0]"] == "card" && held["amount"] == "6500" && held["customer"] == "cus_1")
        #expect(held["payment_method_options[card][request_overcapture]"] == "if_available")
        #expect(held.keys.filter { $0.contains("[request_") }.count == 1)
        let plain = fields(.createOffSessionIntent(.hold, try eur(6500), customer: "cus_1", paymentMethod: "pm_1", metadata: [:]))
        #expect(plain["capture_method"] == "manual" && !plain.keys.contains { $0.hasPrefix("payment_method_options") })
        let charged = fields(
            .createOffSessionIntent(
                .charge, try eur(6500), customer: "cus_1", paymentMethod: "pm_1", metadata: [:], features: [.overcapture]))
        #expect(charged["capture_method"] == "automatic" && !charged.keys.contains { $0.hasPrefix("payment_method_options") })
    }

    @Test func `every other request has its path and its fields`() throws {
        #expect(
            StripeRequest.capture("pi_1", try eur(5000))
                == .post("/v1/payment_intents/pi_1/capture", ["amount_to_capture": 5000]))
        #expect(StripeRequest.increment("pi_1", to: try eur(9000)).body == "amount=9000")
        #expect(StripeRequest.cancelIntent("pi_1").body.isEmpty)
        #expect(StripeRequest.cancelIntent("pi_1", reason: .abandoned).body == "cancellation_reason=abandoned")
        #expect(
            StripeRequest.createRefund(of: "pi_1", try eur(500), metadata: ["a": "b"]).body
                == "payment_intent=pi_1&amount=500&reason=requested_by_customer&metadata[a]=b")
        #expect(StripeRequest.expireSession("cs_1") == .post("/v1/checkout/sessions/cs_1/expire"))
        #expect(StripeRequest.detachPaymentMethod("pm_1").path == "/v1/payment_methods/pm_1/detach")
        #expect(
            StripeRequest.createCustomer(name: "Ü", email: nil, language: .german, metadata: [:]).body
                == "name=%C3%9C&preferred_locales[0]=de")
    }

    /// To expand an object needs the right to read it: a key that lacks it would be refused the money.
    @Test func `no call that moves money expands anything`() throws {
        let calls: [StripeRequest] = [
            .createOffSessionIntent(.charge, try eur(500), customer: "cus_1", paymentMethod: "pm_1", metadata: [:]),
            .createIntent(.hold, try eur(500), confirmWith: "pm_1", metadata: [:]), .confirmIntent("pi_1", with: "pm_1"),
            .capture("pi_1", try eur(500)), .increment("pi_1", to: try eur(500)), .cancelIntent("pi_1"),
            .createRefund(of: "pi_1", try eur(500), metadata: [:]),
            .createCheckoutSession(CheckoutTerms(.saveCard(currency: .eur), customer: nil, metadata: [:], successURL: "https://s")),
        ]
        for call in calls { #expect(call.method == "POST" && call.expandingLess == nil, "\(call.path) \(call.body)") }
    }

    @Test func `what is expanded is shortened from its deepest level, and the other parameters stay`() {
        var request: StripeRequest? = .get(
            "/v1/payment_intents",
            ["limit": 5, "expand": ["data.latest_charge.balance_transaction", "data.payment_method"], "customer": "cus_1"])
        var queries: [String] = []
        while let less = request?.expandingLess {
            queries.append(less.body)
            request = less
        }
        #expect(
            queries == [
                "limit=5&customer=cus_1&expand[0]=data.latest_charge&expand[1]=data.payment_method", "limit=5&customer=cus_1",
            ])
    }

    @Test func `an amount goes out in Stripe's scale`() throws {
        let isk = try StripeAmount(minorUnits: 500, currency: Currency("isk")!)
        #expect(StripeRequest.increment("pi_1", to: isk).body == "amount=50000")
    }

    @Test func `an id cannot reach another route`() {
        #expect(StripeRequest.cancelIntent("../refunds?x").path == "/v1/payment_intents/%2E%2E%2Frefunds%3Fx/cancel")
    }
}
