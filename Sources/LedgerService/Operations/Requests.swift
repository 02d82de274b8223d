import Ledger
internal import LedgerStore
import Stripe

/// The calls this ledger makes, from the domain's values. Each carries its key in the metadata of what it creates.
enum Requests {
    /// What a page asks the guest for.
    enum Page {
        case hold(Hold)
        case payment(Payment)
        /// Save the card now; a hold may be placed with it later.
        case card

        /// Whether a hold comes of it, now or later. Such a page shows no Link: a hold by Link is not renewed.
        var reserves: Bool {
            switch self {
            case .hold, .card: true
            case .payment: false
            }
        }
    }

    /// - Parameters:
    ///   - replaced: The intent of the hold whose place the page's hold takes.
    ///   - consent: What the guest of a stay agrees to with a card, as the books keep it.
    fileprivate static func page(
        _ page: Page, replacing replaced: String?, of folio: Folio, _ tenant: Tenant, savesOtherCard: Bool, consent: String?,
        returning: ReturnAddress, key: String, for asked: IdempotencyKey?
    ) throws -> KeyedRequest {
        let language = PayerLanguage(tag: folio.guest.language)
        let description = "\(tenant.name), \(folio.reference)"
        var metadata = metadata(folio, tenant, key, for: asked)
        let purpose: CheckoutTerms.Purpose
        let method: Ledger.PaymentMethod
        switch page {
        case .hold(let hold):
            metadata[LedgerMetadata.hold] = String(hold.number)
            metadata[LedgerMetadata.replaces] = replaced
            method = hold.method
            purpose = .hold(try amount(hold.amount), description: description)
        case .payment(let payment):
            metadata[LedgerMetadata.payment] = String(payment.number)
            method = payment.method
            purpose = .charge(try amount(payment.amount), description: description)
        case .card:
            method = .card
            purpose = .saveCard(currency: tenant.currency)
        }
        var terms = CheckoutTerms(
            purpose, customer: folio.customer, email: folio.guest.email.flatMap(EmailAddress.init)?.withASCIIDomain,
            savesMethod: folio.source == .reservation && (method == folio.method || savesOtherCard),
            methods: [Stripe.PaymentMethod.Kind(rawValue: method.rawValue)], metadata: metadata, reference: folio.reference,
            successURL: returning.success(of: page), cancelURL: returning.cancel, language: language)
        if folio.source == .reservation, method == .card, folio.method == .card || savesOtherCard { terms.consent = consent }
        terms.features = features(tenant)
        terms.showsLink = !page.reserves
        return KeyedRequest(key: key, request: .createCheckoutSession(terms))
    }

    static func expire(session: String, key: String) -> KeyedRequest {
        KeyedRequest(key: key, request: .expireSession(session))
    }

    /// A hold or a payment on the saved card, without the guest.
    ///
    /// - Parameter replaced: The intent of the hold whose place a hold takes.
    static func offSession(
        _ taking: StripeRequest.Taking, _ money: Money, subject: (name: String, number: Int64), replacing replaced: String? = nil,
        card: Folio.SavedCard, of folio: Folio, _ tenant: Tenant, key: String
    ) throws -> KeyedRequest {
        var metadata = metadata(folio, tenant, key)
        metadata[subject.name] = String(subject.number)
        metadata[LedgerMetadata.replaces] = replaced
        return KeyedRequest(
            key: key,
            request: .createOffSessionIntent(
                taking, try amount(money), customer: folio.customer ?? "", paymentMethod: card.paymentMethod,
                description: "\(tenant.name), \(folio.reference)", metadata: metadata, features: features(tenant)))
    }

    private static func features(_ tenant: Tenant) -> [Stripe.CardFeature] {
        tenant.settings.cardFeatures.inOrder.map { feature in
            switch feature {
            case .extendedAuthorization: .extendedAuthorization
            case .incrementalAuthorization: .incrementalAuthorization
            case .multicapture: .multicapture
            case .overcapture: .overcapture
            }
        }
    }

    static func capture(_ intent: String, _ money: Money, key: String) throws -> KeyedRequest {
        KeyedRequest(key: key, request: .capture(intent, try amount(money)))
    }

    static func increment(_ intent: String, to total: Money, key: String) throws -> KeyedRequest {
        KeyedRequest(key: key, request: .increment(intent, to: try amount(total)))
    }

    static func cancel(_ intent: String, key: String) -> KeyedRequest {
        KeyedRequest(key: key, request: .cancelIntent(intent))
    }

    static func refund(
        _ refund: Ledger.Refund, of intent: String, folio: Folio, _ tenant: Tenant, key: String, for asked: IdempotencyKey? = nil
    ) throws -> KeyedRequest {
        var metadata = metadata(folio, tenant, key, for: asked)
        metadata[LedgerMetadata.refund] = String(refund.number)
        return KeyedRequest(key: key, request: .createRefund(of: intent, try amount(refund.amount), metadata: metadata))
    }

    static func forget(card: String, key: String) -> KeyedRequest {
        KeyedRequest(key: key, request: .detachPaymentMethod(card))
    }

    /// - Parameter asked: The request that asked for just this, when there is one.
    private static func metadata(_ folio: Folio, _ tenant: Tenant, _ key: String, for asked: IdempotencyKey? = nil) -> [String: String] {
        var metadata = [
            LedgerMetadata.books: tenant.booksID, LedgerMetadata.folio: String(folio.number), LedgerMetadata.reference: folio.reference,
            LedgerMetadata.key: key,
        ]
        metadata[LedgerMetadata.request] = asked.map { RequestTrace($0, of: tenant).text }
        return metadata
    }

    private static func amount(_ money: Money) throws -> StripeAmount {
        try StripeAmount(minorUnits: money.minorUnits, currency: money.currency)
    }
}

extension Book {
    /// The call that makes a page. A card of a stay is saved on it with the words that the folio keeps.
    ///
    /// - Parameters:
    ///   - savesOtherCard: Whether the guest consents on it to later charges of a card that the folio did not name.
    ///   - asked: The request that asked for just this, when there is one.
    func page(
        _ page: Requests.Page, of folio: Folio, savesOtherCard: Bool = false, returning: ReturnAddress, key: String,
        for asked: IdempotencyKey? = nil
    ) throws -> KeyedRequest {
        var replaced: String?
        if case .hold(let hold) = page, let old = hold.replaces { replaced = try holds(of: folio).first { $0.number == old }?.intent }
        return try Requests.page(
            page, replacing: replaced, of: folio, tenant, savesOtherCard: savesOtherCard, consent: cardOnFile(of: folio)?.consent,
            returning: returning, key: key, for: asked)
    }
}
