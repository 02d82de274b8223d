import Ledger

/// What a hosted page asks of the guest.
package struct CheckoutTerms: Sendable, Equatable {
    /// Decides the session's mode, and whether its intent is captured by hand.
    package enum Purpose: Sendable, Equatable {
        /// Reserve the amount; it is captured or released later.
        case hold(StripeAmount, description: String)
        /// Take the amount at once.
        case charge(StripeAmount, description: String)
        /// Save the card for payments without the guest; nothing is reserved. The currency decides which methods are shown.
        case saveCard(currency: Currency)
    }

    /// One purpose a page.
    package var purpose: Purpose
    /// `cus_…`; without one, saving a method makes a customer on the page.
    package var customer: String?
    /// For a page without a customer.
    package var email: String?
    /// Whether the method used is kept for later payments without the guest. Saving a card always keeps it.
    package var savesMethod: Bool
    /// At least one: what is not named would be chosen in the account's dashboard.
    package var methods: [PaymentMethod.Kind]
    /// Goes to the session and to the intent, which do not share theirs.
    package var metadata: [String: String]
    /// Our reference, at most 200 characters.
    package var reference: String?
    /// May hold `{CHECKOUT_SESSION_ID}`.
    package var successURL: String
    /// Where the guest goes back without paying; without it the page shows no way back.
    package var cancelURL: String?
    /// 30 minutes to 24 hours ahead; Stripe's default is 24 hours.
    package var expiresAt: Instant?
    /// Shown above the button: what the guest consents to. At most 1,200 characters.
    package var consent: String?
    /// What to ask for when a card is held. Only what the account has: for anything else it is refused.
    package var features: [CardFeature] = []
    /// Whether the guest may pay with Link, as a method of its own or with the card that lies in it. Checkout shows it unless told not to.
    package var showsLink = true
    /// `nil`: the browser's language.
    package var language: PayerLanguage?

    package init(
        _ purpose: Purpose, customer: String?, email: String? = nil, savesMethod: Bool = true, methods: [PaymentMethod.Kind] = [.card],
        metadata: [String: String], reference: String? = nil, successURL: String, cancelURL: String? = nil, expiresAt: Instant? = nil,
        language: PayerLanguage? = nil
    ) {
        self.purpose = purpose
        self.customer = customer
        self.email = email
        self.savesMethod = savesMethod
        self.methods = methods
        self.metadata = metadata
        self.reference = reference
        self.successURL = successURL
        self.cancelURL = cancelURL
        self.expiresAt = expiresAt
        self.language = language
    }
}

extension StripeRequest {
    /// Answers `CheckoutSession` with the page's `url`.
    ///
    /// The metadata are written twice because Stripe copies them neither way, and the intent is only made when
    /// the guest confirms.
    package static func createCheckoutSession(_ terms: CheckoutTerms) -> StripeRequest {
        var form: Form = [
            "ui_mode": "hosted_page",
            "customer": terms.customer.map(FormValue.string),
            "customer_creation": terms.customer == nil && terms.savesMethod ? "always" : nil,
            "customer_email": terms.customer == nil ? terms.email.map(FormValue.string) : nil,
            "client_reference_id": terms.reference.map(FormValue.string),
            "success_url": .string(terms.successURL),
            "cancel_url": terms.cancelURL.map(FormValue.string),
            "expires_at": terms.expiresAt.map { .integer($0.unixSeconds) },
            "locale": terms.language.map { .string($0.rawValue) },
            "payment_method_types": .list(terms.methods.map { .string($0.rawValue) }),
            "wallet_options": terms.showsLink ? nil : ["link": ["display": "never"]],
            "custom_text": terms.consent.map { ["submit": ["message": .string($0)]] },
            "metadata": .form(Form(sorted: terms.metadata)),
        ]
        switch terms.purpose {
        case .hold(let amount, let description):
            form.appendPayment(of: amount, description, capture: .manual, terms)
        case .charge(let amount, let description):
            form.appendPayment(of: amount, description, capture: .automatic, terms)
        case .saveCard(let currency):
            form.append("mode", "setup")
            form.append("currency", .string(currency.code))
            form.append("setup_intent_data", ["metadata": .form(Form(sorted: terms.metadata))])
        }
        return .post("/v1/checkout/sessions", form)
    }

    /// The same page without the guest's e-mail address; `nil` when it has none.
    package var withoutEmail: StripeRequest? {
        let parameters = body.split(separator: "&")
        let kept = parameters.filter { !$0.hasPrefix("customer_email=") }
        return kept.count < parameters.count ? StripeRequest(method: method, path: path, body: kept.joined(separator: "&")) : nil
    }

    /// Closes a page that nobody has paid on yet. Answers `CheckoutSession`; if the guest was faster, this is
    /// refused and the session has to be read again.
    package static func expireSession(_ id: String) -> StripeRequest {
        .post(path("checkout/sessions", id, "expire"))
    }
}

extension Form {
    fileprivate mutating func appendPayment(
        of amount: StripeAmount, _ description: String, capture: PaymentIntent.CaptureMethod, _ terms: CheckoutTerms
    ) {
        append("mode", "payment")
        append(
            "line_items",
            [
                [
                    "quantity": 1,
                    "price_data": [
                        "currency": .string(amount.currency.code),
                        "unit_amount": .integer(amount.integer),
                        "product_data": ["name": .string(description)],
                    ],
                ]
            ])
        // Klarna refuses to be saved on a hosted page, so beside another method only the card is asked to be.
        let savesIntent = terms.savesMethod && terms.methods == [.card]
        append(
            "payment_intent_data",
            [
                "capture_method": .string(capture.rawValue),
                "setup_future_usage": savesIntent ? "off_session" : nil,
                "description": .string(description),
                "metadata": .form(Form(sorted: terms.metadata)),
            ])
        guard terms.methods.contains(.card) else { return }
        var card = CardFeature.form(capture == .manual ? terms.features : [])
        if terms.savesMethod, !savesIntent { card.append("setup_future_usage", "off_session") }
        append("payment_method_options", ["card": .form(card)])
    }
}
