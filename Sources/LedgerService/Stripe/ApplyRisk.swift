import Ledger
internal import LedgerStore
import Stripe

extension Book {
    /// Keeps what was said of an intent's latest charge, once the intent is that of a hold or a payment of the folio.
    func noteRisk(_ facts: IntentObservation, _ folio: Folio) throws {
        guard let assessment = facts.assessment, try folioNumber(ofIntent: facts.id) == folio.number else { return }
        try noteRisk(ofIntent: facts.id, on: folio.number) { $0.observe(assessment) }
    }

    /// Takes in how a review stands. One of somebody else's charge is nothing to these books.
    func apply(_ review: Review) throws {
        guard let intent = review.paymentIntent, let folio = try folioNumber(ofIntent: intent) else { return }
        try noteRisk(ofIntent: intent, on: folio) { $0.observe(Risk.Review(review)) }
    }

    /// Takes in a bank's report of fraud, likewise.
    ///
    /// - Parameter isCurrent: Stripe was just asked for it: see `Risk.observe`.
    func apply(_ warning: EarlyFraudWarning, isCurrent: Bool) throws {
        guard let intent = warning.paymentIntent, let folio = try folioNumber(ofIntent: intent) else { return }
        try noteRisk(ofIntent: intent, on: folio) { $0.observe(Risk.FraudWarning(warning), isCurrent: isCurrent) }
    }
}

extension LedgerService {
    /// Reads what events about reviews and warnings may have told that nobody heard. A key that may not read them is no reason to stop: the
    /// events say the same.
    ///
    /// - Parameter since: Warnings that are older are known or were never told; nil for all.
    /// - Throws: `StripeFailure`.
    func readRisks(of tenant: Tenant, since: Instant?) async throws {
        try await ifAllowed { try await readReviews(of: tenant) }
        try await ifAllowed { try await readWarnings(of: tenant, since: since) }
    }

    private func readReviews(of tenant: Tenant) async throws {
        let client = try client(for: tenant)
        for try await page in client.openReviews() {
            try await noteUnreadable(page.unreadable, of: tenant)
            try await store.write(of: tenant) { book in for review in page { try book.apply(review) } }
        }
        for id in try store.read(of: tenant, { try $0.risksUnderWay().reviews }) {
            guard let review = try readable(await client.review(id)) else { continue }
            try await store.write(of: tenant) { try $0.apply(review) }
        }
    }

    private func readWarnings(of tenant: Tenant, since: Instant?) async throws {
        let client = try client(for: tenant)
        for try await page in client.earlyFraudWarnings(since: since) {
            try await noteUnreadable(page.unreadable, of: tenant)
            try await store.write(of: tenant) { book in for warning in page { try book.apply(warning, isCurrent: true) } }
        }
        for id in try store.read(of: tenant, { try $0.risksUnderWay().warnings }) {
            guard let warning = try readable(await client.earlyFraudWarning(id)) else { continue }
            try await store.write(of: tenant) { try $0.apply(warning, isCurrent: true) }
        }
    }

    /// What was said of one intent, for one whose events these books have not heard.
    ///
    /// - Throws: `StripeFailure`.
    func saidOf(_ intent: PaymentIntent, of tenant: Tenant) async throws -> (review: Review?, warnings: [EarlyFraudWarning]) {
        let client = try client(for: tenant)
        return (
            try await ifAllowed { try await review(of: intent, with: client) } ?? nil,
            try await ifAllowed { try await warnings(of: intent, with: client) } ?? []
        )
    }

    private func review(of intent: PaymentIntent, with client: StripeClient) async throws -> Review? {
        guard let id = intent.review else { return nil }
        return try readable(await client.review(id))
    }

    private func warnings(of intent: PaymentIntent, with client: StripeClient) async throws -> [EarlyFraudWarning] {
        var warnings: [EarlyFraudWarning] = []
        for try await page in client.earlyFraudWarnings(paymentIntent: intent.id) { warnings += page }
        return warnings
    }

    /// - Returns: `nil` for one that Stripe does not know or shows in another form: it holds up itself alone.
    private func readable<Object>(_ outcome: StripeOutcome<Object>) throws -> Object? {
        switch outcome {
        case .answer(let object): return object
        case .refused: return nil
        case .unknown(let uncertainty):
            if case .unreadable = uncertainty.reason { return nil }
            throw StripeFailure.unknown(uncertainty)
        }
    }

    /// - Returns: `nil` where the tenant's key may not read it: this right is never required.
    @discardableResult private func ifAllowed<Value>(_ read: () async throws -> Value) async throws -> Value? {
        do { return try await read() } catch StripeFailure.unknown(let uncertainty) where uncertainty.isKeyRefused { return nil }
    }
}

extension Risk.Assessment {
    init(_ charge: Charge) {
        let card = charge.paymentMethodDetails?.card
        self.init(
            charge: charge.id, chargedAt: charge.created, level: charge.outcome?.riskLevel, score: charge.outcome?.riskScore,
            cvc: card?.checks?.cvc, addressLine1: card?.checks?.addressLine1, postalCode: card?.checks?.postalCode,
            country: card?.country, funding: card?.funding?.rawValue)
    }
}

extension Risk.Review {
    fileprivate init(_ review: Review) {
        // Older ones say only that they are closed.
        self.init(
            id: review.id, openedAt: review.created, openedReason: review.openedReason ?? "",
            closedReason: review.open ? nil : review.closedReason ?? "")
    }
}

extension Risk.FraudWarning {
    fileprivate init(_ warning: EarlyFraudWarning) {
        self.init(id: warning.id, warnedAt: warning.created, type: warning.fraudType ?? "", isActionable: warning.actionable)
    }
}
