import Ledger
import LedgerStore
import Stripe

/// Something on which the ledger and Stripe disagree, with the way to mend it.
package struct Difference: Hashable, Sendable {
    /// What it is about: an intent, refund, payout, or `balance`.
    package let object: String
    /// The folio's reference, when there is one.
    package let folio: String?
    package let ledger: String
    package let stripe: String
    package let cause: String
    package let repair: String
}

/// What a reconciliation looked at and found.
package struct Reconciliation: Sendable {
    package var intents = 0
    package var refunds = 0
    package var payouts = 0
    /// What the ledger's Stripe clearing account shows, and what Stripe reports as its balance.
    package var ledgerBalance: Money
    package var stripeBalance: Money
    package var differences: [Difference] = []
}

extension LedgerService {
    /// Compares the ledger with Stripe: every hold and payment, refund, payout, and the balance to the cent. Changes nothing.
    ///
    /// - Parameter progress: Called with the number of intents compared so far.
    /// - Throws: `ServiceRefusal.stripeUnreachable` and the like.
    package func reconcile(_ tenantID: String, progress: @Sendable (Int) -> Void = { _ in }) async throws -> Reconciliation {
        try await requireStripe(of: tenantID)
        let tenant = try tenant(tenantID)
        let client = try client(for: tenant)
        var result = Reconciliation(ledgerBalance: .zero(tenant.currency), stripeBalance: .zero(tenant.currency))
        do {
            try await compareIntents(client, tenant, &result, progress)
            try await compareRefunds(client, tenant, &result)
            try await comparePayouts(client, tenant, &result)
        } catch let failure as StripeFailure {
            throw failure.refusal(.readingLists)
        }
        try await compareBalance(client, tenant, &result)
        try reportUnfinished(tenant, &result)
        return result
    }

    private func compareIntents(
        _ client: StripeClient, _ tenant: Tenant, _ result: inout Reconciliation, _ progress: @Sendable (Int) -> Void
    ) async throws {
        var known = try store.read { try $0.intentsOnRecord(of: tenant) }
        for try await page in client.paymentIntents() {
            for intent in page {
                result.intents += 1
                let facts = try IntentFacts(intent, language: "en")
                if let ours = known.removeValue(forKey: intent.id) {
                    if let difference = ours.difference(to: facts, tenant.currency) { result.differences.append(difference) }
                } else if let difference = Self.unknown(intent, facts, Currency(intent.currency) ?? tenant.currency) {
                    result.differences.append(difference)
                }
            }
            progress(result.intents)
        }
        for (intent, ours) in known.sorted(by: { $0.key < $1.key }) {
            result.differences.append(
                Difference(
                    object: intent, folio: ours.folio, ledger: ours.state, stripe: "not there",
                    cause: "the key belongs to another Stripe account, or test and live mode were mixed",
                    repair: "set the account that this payment was made in with `tenant stripe`"))
        }
    }

    /// An intent at Stripe that the ledger does not keep. One that took nothing and is over is no difference.
    private static func unknown(_ intent: PaymentIntent, _ facts: IntentFacts, _ currency: Currency) -> Difference? {
        let moved = facts.received > 0 || facts.capturable > 0
        guard moved || (facts.status != .canceled && intent.metadata[LedgerMetadata.folio] != nil) else { return nil }
        let amount = Money(minorUnits: max(facts.received, facts.capturable), currency: currency)
        return Difference(
            object: intent.id, folio: intent.metadata[LedgerMetadata.reference], ledger: "not there",
            stripe: moved ? "\(intent.status) \(amount)" : "\(intent.status)",
            cause: moved ? "made outside this ledger, or its news has not come yet" : "an attempt was left open",
            repair: moved ? "run `sync`; if it stays, book or refund it at Stripe" : "cancel it at Stripe")
    }

    private func compareRefunds(_ client: StripeClient, _ tenant: Tenant, _ result: inout Reconciliation) async throws {
        var known = try store.read { try $0.refundsOnRecord(of: tenant) }
        for try await page in client.refunds() {
            for refund in page {
                result.refunds += 1
                let state = refund.status?.rawValue ?? "unknown"
                guard let ours = known.removeValue(forKey: refund.id) else {
                    result.differences.append(
                        Difference(
                            object: refund.id, folio: refund.metadata[LedgerMetadata.reference], ledger: "not there",
                            stripe: "\(state) \(refund.amount)", cause: "made outside this ledger, or its news has not come yet",
                            repair: "run `sync`"))
                    continue
                }
                let amount = try StripeAmount(stripe: refund.amount, currency: refund.currency).minorUnits
                let failed = refund.status == .failed || refund.status == .canceled
                if amount != ours.amount || failed != (ours.state == .failed) || (refund.status == .succeeded) != (ours.state == .succeeded)
                {
                    result.differences.append(
                        Difference(
                            object: refund.id, folio: ours.folio, ledger: "\(ours.state.rawValue) \(ours.amount)",
                            stripe: "\(state) \(amount)", cause: "its latest news has not come yet", repair: "run `sync`"))
                }
            }
        }
        for (id, ours) in known.sorted(by: { $0.key < $1.key }) {
            result.differences.append(
                Difference(
                    object: id, folio: ours.folio, ledger: ours.state.rawValue, stripe: "not there",
                    cause: "the key belongs to another Stripe account", repair: "set the right account with `tenant stripe`"))
        }
    }

    private func comparePayouts(_ client: StripeClient, _ tenant: Tenant, _ result: inout Reconciliation) async throws {
        let known = Dictionary(uniqueKeysWithValues: try store.read { try $0.payouts(of: tenant) }.map { ($0.id, $0) })
        for try await page in client.payouts() {
            for payout in page {
                result.payouts += 1
                let theirs = try StoredPayout(payout, in: tenant)
                if known[payout.id]?.state != theirs.state {
                    result.differences.append(
                        Difference(
                            object: payout.id, folio: nil, ledger: known[payout.id]?.state ?? "not there",
                            stripe: "\(theirs.state) \(theirs.amount)", cause: "its latest news has not come yet", repair: "run `sync`"))
                }
            }
        }
    }

    private func compareBalance(_ client: StripeClient, _ tenant: Tenant, _ result: inout Reconciliation) async throws {
        let balance = try await client.balance().orThrow(.readingBalance)
        let units = try StripeAmount(stripe: balance.total(tenant.currency.code), currency: tenant.currency.code).minorUnits
        result.stripeBalance = Money(minorUnits: units, currency: tenant.currency)
        result.ledgerBalance = try store.read { try $0.balance(of: .stripe, of: tenant) }
        if result.stripeBalance != result.ledgerBalance {
            result.differences.append(
                Difference(
                    object: "balance", folio: nil, ledger: "\(result.ledgerBalance)", stripe: "\(result.stripeBalance)",
                    cause: "a movement is missing here, or a payment there", repair: "run `sync`; the other differences name the rest"))
            for movement in try store.read({ try $0.movementsWithoutPosting(of: tenant) }) {
                result.differences.append(
                    Difference(
                        object: movement.id, folio: nil, ledger: "not booked", stripe: "\(movement.type) \(movement.amount)",
                        cause: "a movement of a kind that this ledger does not book", repair: "book it by hand in the accounts"))
            }
        }
        for other in Set((balance.available + balance.pending).map(\.currency)).subtracting([tenant.currency.code]).sorted() {
            let amount = balance.total(other)
            guard amount != 0, let theirs = try? StripeAmount(stripe: amount, currency: other) else { continue }
            result.differences.append(
                Difference(
                    object: "balance \(other)", folio: nil, ledger: "not kept", stripe: "\(theirs.money)",
                    cause: "the account also holds a currency that these books are not kept in",
                    repair: "have Stripe convert it, and book it by hand"))
        }
    }

    /// What is under way is no difference yet, but it must not be forgotten.
    private func reportUnfinished(_ tenant: Tenant, _ result: inout Reconciliation) throws {
        let (waiting, parked) = try store.read { (try $0.waitingOperations(of: tenant), try $0.parkedOperations(of: tenant)) }
        for event in try store.read({ try $0.troubledEvents(of: tenant) }) {
            result.differences.append(
                Difference(
                    object: event.objectID ?? event.type, folio: nil, ledger: "event \(event.type) not applied", stripe: "told",
                    cause: event.problem ?? "unknown", repair: "run `sync`, which tries it again; if it stays, look at it at Stripe"))
        }
        for folio in try store.read({ transaction in
            try transaction.foliosWithRunningCheckOut(of: tenant).compactMap { try transaction.folio(number: $0, of: tenant) }
        }) {
            result.differences.append(
                Difference(
                    object: "check-out", folio: folio.reference, ledger: folio.state.rawValue, stripe: "not answered",
                    cause: "its steps are not all carried out", repair: "run `sync`"))
        }
        for operation in waiting + parked {
            result.differences.append(
                Difference(
                    object: "operation \(operation.number)", folio: nil,
                    ledger: "\(operation.state.rawValue): \(operation.words.english)",
                    stripe: "not answered", cause: operation.problem ?? "never sent",
                    repair: operation.state == .parked
                        ? "`operations retry` sends it again, `operations dismiss` leaves it" : "run `sync`"))
        }
    }
}

extension IntentOnRecord {
    /// Compares what is kept here with what Stripe says now.
    fileprivate func difference(to facts: IntentFacts, _ currency: Currency) -> Difference? {
        let agrees =
            switch facts.status {
            case .succeeded: taken == facts.received && (state == "captured" || state == "succeeded")
            case .requiresCapture: state == "authorised" && held == facts.capturable
            case .canceled: taken == 0 && ["released", "expired", "failed"].contains(state)
            case .processing: state == "processing"
            case .waiting: taken == 0 && state != "authorised"
            case .unknown: true
            }
        guard !agrees else { return nil }
        let theirs = Money(minorUnits: max(facts.received, facts.capturable), currency: currency)
        let ours = Money(minorUnits: max(taken, held), currency: currency)
        return Difference(
            object: facts.id, folio: folio, ledger: "\(state) \(ours)", stripe: "\(facts.status) \(theirs)",
            cause: "its latest news has not come yet, or it was changed on Stripe's pages", repair: "run `sync`")
    }
}
