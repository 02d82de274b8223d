import Ledger
internal import LedgerStore
import Stripe

extension LedgerService {
    /// Compares the ledger with Stripe: every hold and payment, refund, dispute, payout, and the balance to the cent. Changes nothing but the
    /// list of what was found at Stripe.
    ///
    /// - Parameter progress: Called with the number of intents compared so far.
    /// - Throws: `ServiceRefusal.stripeUnreachable` and the like.
    package func reconcile(_ tenantID: String, progress: @Sendable (Int) -> Void = { _ in }) async throws -> Reconciliation {
        try await requireStripe(of: tenantID, reading: true)
        let tenant = try tenant(tenantID)
        let client = try client(for: tenant)
        var result = Reconciliation(ledgerBalance: .zero(tenant.currency), stripeBalance: .zero(tenant.currency))
        let placed = try store.read(of: tenant) { try $0.placedObjects() }
        do {
            let strangers = try await compareIntents(client, tenant, placed, &result, progress)
            try await comparePages(client, tenant, &result)
            try await compareRefunds(client, tenant, strangers, placed, &result)
            try await compareDisputes(client, tenant, &result)
            try await comparePayouts(client, tenant, &result)
        } catch let failure as StripeFailure {
            throw failure.refusal(.readingLists)
        }
        try await compareBalance(client, tenant, &result)
        try reportUnfinished(tenant, &result)
        try reportNeighbours(tenant, &result)
        return result
    }

    /// - Parameter placed: What others did and that has its place in these books.
    /// - Returns: Why refunds of these intents cannot be taken in, by the intents' ids: they were made outside this ledger, or were found and do
    ///   not fit.
    private func compareIntents(
        _ client: StripeClient, _ tenant: Tenant, _ placed: Set<String>, _ result: inout Reconciliation, _ progress: @Sendable (Int) -> Void
    ) async throws -> [String: StrangeIntent] {
        var known = try store.read(of: tenant) { try $0.intentSummaries() }
        var strangers: [String: StrangeIntent] = [:]
        for try await page in client.paymentIntents() {
            result.add(page.unreadable)
            for intent in page {
                result.intents += 1
                if let ours = known.removeValue(forKey: intent.id) {
                    if let facts = try facts(of: intent, &result), let difference = ours.difference(to: facts, tenant.currency) {
                        result.differences.append(difference)
                    }
                    continue
                }
                let origin = try await origin(of: intent, tenant)
                switch origin {
                case .stranger, .otherBooks: strangers[intent.id] = .foreign
                case .found(.some): strangers[intent.id] = .stuck
                case .found(nil), .ours: break
                }
                if origin.isForeign, intent.amountCapturable == 0, placed.contains(intent.id) { continue }
                guard let facts = try facts(of: intent, &result) else { continue }
                if let difference = Self.unknown(intent, facts, origin, Currency(intent.currency) ?? tenant.currency) {
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
                    mending: .byHand("Connect the account that this payment was made in with `tenant stripe`.")))
        }
        return strangers
    }

    /// What an intent says; one whose amounts the ledger cannot hold is not compared, and said.
    private func facts(of intent: PaymentIntent, _ result: inout Reconciliation) throws -> IntentObservation? {
        do { return try IntentObservation(intent) } catch let error as StripeAmountError {
            result.add(notCompared: intent.id, why: error.message)
            return nil
        }
    }

    /// An intent at Stripe that is not in the ledger. One that took nothing and is over is not a difference.
    private static func unknown(
        _ intent: PaymentIntent, _ facts: IntentObservation, _ origin: IntentOrigin, _ currency: Currency
    ) -> Difference? {
        let moved = facts.received > 0 || facts.capturable > 0
        guard moved || (facts.status != .canceled && !origin.isForeign) else { return nil }
        let amount = Money(minorUnits: max(facts.received, facts.capturable), currency: currency)
        let (cause, mending): (String, Mending) =
            switch origin {
            case .stranger:
                (
                    "made outside this ledger",
                    .byHand("Nothing to do yet: a sync brings its movement, which accounting assigns to an account.")
                )
            case .otherBooks(_, let neighbour?):
                ("made by tenant \"\(neighbour)\" of this ledger", .byHand("Nothing to do: it is in that tenant's books."))
            case .otherBooks(let id, nil):
                (
                    "made by another ledger on this account",
                    .byHand(
                        "Nothing to do for it; give each ledger its own Stripe account."
                            + (TenantNotice.gettingBack(id).map { " \($0.english)" } ?? ""))
                )
            case .found(let obstacle): (Self.foundCause, obstacle.map { .byHand($0.sentence) } ?? .takeIn(intent.id))
            case .ours(isAbandoned: true) where !moved: ("an attempt was left open", .cancelIntent(intent.id))
            case .ours: ("its event has not arrived yet", .readIntent(intent.id))
            }
        return Difference(
            object: intent.id, folio: origin.isForeign ? nil : intent.metadata[LedgerMetadata.reference], ledger: "not there",
            stripe: moved ? "\(intent.status) \(amount)" : "\(intent.status)", cause: cause, mending: mending)
    }

    private static let foundCause = "these books made it after the restored backup"

    /// Pages that these books made after the backup, and that a guest may still use.
    private func comparePages(_ client: StripeClient, _ tenant: Tenant, _ result: inout Reconciliation) async throws {
        try await readYoungPages(client, of: tenant) { _ in }
        for found in try store.read(of: tenant, { try $0.waitingFoundObjects() }) where found.kind == .session {
            let obstacle = try store.read(of: tenant) { try $0.obstacle(to: found) }
            result.differences.append(
                Difference(
                    object: found.id, folio: found.reference, ledger: "not there", stripe: found.status, cause: Self.foundCause,
                    mending: obstacle.map { .byHand($0.sentence) } ?? .takeIn(found.id)))
        }
    }

    /// - Parameters:
    ///   - strangers: See `compareIntents`.
    ///   - placed: See `compareIntents`.
    private func compareRefunds(
        _ client: StripeClient, _ tenant: Tenant, _ strangers: [String: StrangeIntent], _ placed: Set<String>,
        _ result: inout Reconciliation
    ) async throws {
        var known = try store.read(of: tenant) { try $0.refundSummaries() }
        for try await page in client.refunds() {
            result.add(page.unreadable)
            for refund in page where !refund.isOfFailedPayment {
                result.refunds += 1
                let state = refund.status?.rawValue ?? "unknown"
                guard let ours = known.removeValue(forKey: refund.id) else {
                    let stranger = refund.paymentIntent.map { strangers[$0] } ?? .foreign
                    // In suspense is a stranger's in its place. One of ours is not: it belongs to its payment.
                    if stranger == .foreign, placed.contains(refund.id) { continue }
                    let (cause, mending): (String, Mending) =
                        switch stranger {
                        case .foreign:
                            (
                                "it refunds a payment made outside this ledger",
                                .byHand("Nothing to do yet: a sync brings its movement, which accounting assigns to an account.")
                            )
                        case .stuck: ("it refunds a found payment", .byHand("It is taken in with its payment."))
                        case nil: ("made at Stripe, or its event has not arrived yet", .readRefund(refund.id))
                        }
                    result.differences.append(
                        Difference(
                            object: refund.id, folio: nil, ledger: "not there", stripe: "\(state) \(refund.amount)", cause: cause,
                            mending: mending))
                    continue
                }
                let amount = try StripeAmount(stripe: refund.amount, currency: refund.currency).minorUnits
                let failed = refund.status == .failed || refund.status == .canceled
                if amount != ours.amount || failed != (ours.state == .failed) || (refund.status == .succeeded) != (ours.state == .succeeded)
                {
                    result.differences.append(
                        Difference(
                            object: refund.id, folio: ours.folio, ledger: "\(ours.state.rawValue) \(ours.amount)",
                            stripe: "\(state) \(amount)", cause: "its latest event has not arrived yet", mending: .readRefund(refund.id)))
                }
            }
        }
        for (id, ours) in known.sorted(by: { $0.key < $1.key }) {
            result.differences.append(
                Difference(
                    object: id, folio: ours.folio, ledger: ours.state.rawValue, stripe: "not there",
                    cause: "the key belongs to another Stripe account",
                    mending: .byHand("Connect the account that it was made in with `tenant stripe`.")))
        }
    }

    private func compareDisputes(_ client: StripeClient, _ tenant: Tenant, _ result: inout Reconciliation) async throws {
        let known = Dictionary(uniqueKeysWithValues: try store.read(of: tenant) { try $0.disputes() }.map { ($0.id, $0) })
        for try await page in client.disputes() {
            result.add(page.unreadable)
            for dispute in page where dispute.currency == tenant.currency.code {
                result.disputes += 1
                let theirs = try Ledger.Dispute(dispute)
                let ours = known[dispute.id]
                // One about somebody else's payment is nothing to these books.
                let isOurs =
                    try theirs.intent.map { intent in try store.read(of: tenant) { try $0.payment(intent: intent) != nil } } ?? false
                guard isOurs, ours?.state != theirs.state else { continue }
                result.differences.append(
                    Difference(
                        object: dispute.id, folio: ours?.folio, ledger: ours?.state ?? "not there",
                        stripe: "\(theirs.state) \(theirs.amount)", cause: "its latest event has not arrived yet",
                        mending: .readDispute(dispute.id)))
            }
        }
    }

    private func comparePayouts(_ client: StripeClient, _ tenant: Tenant, _ result: inout Reconciliation) async throws {
        let known = Dictionary(uniqueKeysWithValues: try store.read(of: tenant) { try $0.payouts() }.map { ($0.id, $0) })
        for try await page in client.payouts() {
            result.add(page.unreadable)
            for payout in page where payout.currency == tenant.currency.code {
                result.payouts += 1
                let theirs = try Ledger.Payout(payout)
                if known[payout.id]?.state != theirs.state {
                    result.differences.append(
                        Difference(
                            object: payout.id, folio: nil, ledger: known[payout.id]?.state ?? "not there",
                            stripe: "\(theirs.state) \(theirs.amount)", cause: "its latest event has not arrived yet",
                            mending: .readPayout(payout.id)))
                }
            }
        }
    }

    /// Who else is at work on the account.
    private func reportNeighbours(_ tenant: Tenant, _ result: inout Reconciliation) throws {
        for notice in try store.read(of: tenant, { try $0.tenantNotices() }) where notice.isOfNeighbours {
            result.differences.append(
                Difference(
                    object: notice.object, folio: nil, ledger: "not there", stripe: "there", cause: notice.cause(in: .english),
                    mending: .byHand(notice.advice(in: .english))))
        }
    }

    /// Work in progress is not a difference yet, but must not be forgotten.
    private func reportUnfinished(_ tenant: Tenant, _ result: inout Reconciliation) throws {
        let (waiting, parked) = try store.read(of: tenant) { (try $0.waitingOperations(), try $0.parkedOperations()) }
        for event in try store.read(of: tenant, { try $0.troubledEvents() }) {
            result.differences.append(
                Difference(
                    object: event.objectID ?? event.type, folio: nil, ledger: "event \(event.type) not applied", stripe: "told",
                    cause: event.failure?.technical ?? "unknown", mending: .retryEvent(event.id)))
        }
        for folio in try store.read(
            of: tenant,
            { book in
                try book.foliosWithRunningCheckOut().compactMap { try book.folio(number: $0) }
            })
        {
            result.differences.append(
                Difference(
                    object: "check-out", folio: folio.reference, ledger: folio.state.rawValue, stripe: "not answered",
                    cause: "not all of its steps are done", mending: .carryOn(folio: folio.number)))
        }
        for operation in waiting + parked {
            result.differences.append(
                Difference(
                    object: "operation \(operation.number)", folio: nil,
                    ledger: "\(operation.state.rawValue): \(operation.words.english)",
                    stripe: "not answered", cause: operation.failure?.technical ?? "never sent",
                    mending: operation.state == .parked
                        ? .byHand("`operation retry` sends it again, `operation dismiss` dismisses it.") : .sendAgain(operation.number)))
        }
    }
}

extension IntentSummary {
    /// Compares what is kept here with what Stripe says now.
    fileprivate func difference(to facts: IntentObservation, _ currency: Currency) -> Difference? {
        // On a page the guest may try again; an intent without a page is never completed.
        let isLeftOpen = facts.status == .waiting && isOffSession && ["released", "expired", "failed"].contains(state)
        let agrees =
            switch facts.status {
            // One that ended without a capture was released. What failed later may say succeeded for good: the movement takes it back.
            case .succeeded:
                taken == facts.received
                    && (failedLater || ["captured", "succeeded"].contains(state) || taken == 0 && state == "released")
            case .requiresCapture: state == "authorised" && held == facts.capturable && taken == facts.received
            case .canceled: (taken == 0 || failedLater) && ["released", "expired", "failed"].contains(state)
            case .processing: state == "processing"
            case .waiting: (taken == 0 || failedLater) && state != "authorised" && !isLeftOpen
            case .unknown: true
            }
        guard !agrees else { return nil }
        let theirs = Money(minorUnits: max(facts.received, facts.capturable), currency: currency)
        let ours = Money(minorUnits: max(taken, held), currency: currency)
        func sums(_ taken: Int64, of amount: Money) -> String {
            taken > 0 && taken < amount.minorUnits ? "\(amount), \(Money(minorUnits: taken, currency: currency)) taken" : "\(amount)"
        }
        return Difference(
            object: facts.id, folio: folio, ledger: "\(state) \(sums(taken, of: ours))",
            stripe: "\(facts.status.rawValue) \(sums(facts.received, of: theirs))",
            cause: isLeftOpen
                ? "an attempt was left open" : "its latest event has not arrived yet, or it was changed in Stripe's Dashboard",
            mending: isLeftOpen ? .cancelIntent(facts.id) : .readIntent(facts.id))
    }
}

/// Whose an intent is that the ledger does not keep.
private enum IntentOrigin {
    /// A call of this ledger's made it; whether that was without a page, and has its outcome: then nobody will finish it.
    case ours(isAbandoned: Bool)
    /// What stands against taking it in.
    case found(FoundObject.Obstacle?)
    /// Whose books these are: their id, and the tenant of this file that keeps them.
    case otherBooks(String, neighbour: String?)
    case stranger

    var isForeign: Bool {
        switch self {
        case .otherBooks, .stranger: true
        case .ours, .found: false
        }
    }
}

/// A payment that the ledger does not keep, and whose refunds it cannot take in.
private enum StrangeIntent {
    case foreign, stuck
}

extension LedgerService {
    /// Keeps what was found, and that other books are at work.
    fileprivate func origin(of intent: PaymentIntent, _ tenant: Tenant) async throws -> IntentOrigin {
        // A page of ours may name it, and the news of that may not have come yet.
        if let page = try await page(claimedBy: intent, of: tenant), page.paymentIntent?.id == intent.id {
            return .ours(isAbandoned: false)
        }
        switch try store.read(of: tenant, { try $0.owner(of: intent) }) {
        case .ours(let place):
            return .ours(isAbandoned: try store.read(of: tenant) { try $0.isAbandoned(intent, on: place.folio) })
        case .found:
            return .found(
                try await store.write(of: tenant) { book in
                    try book.noteFound(intent)
                    return try book.obstacle(to: FoundObject(intent, now: book.now))
                })
        case .foreign:
            guard let books = intent.metadata[LedgerMetadata.books], books != tenant.booksID else { return .stranger }
            try await store.write(of: tenant) { try $0.noteForeign(intent.metadata, object: intent.id) }
            return .otherBooks(books, neighbour: try store.read { try $0.tenant(booksID: books) })
        }
    }
}

extension Book {
    /// A page's intent is tried again by the guest; any other is over with its call.
    fileprivate func isAbandoned(_ intent: PaymentIntent, on folio: Folio) throws -> Bool {
        guard let key = intent.metadata[LedgerMetadata.key], let operation = try operation(key: key, of: folio) else {
            return false
        }
        return operation.knownRules?.makesIntent == true && !operation.isOpen
    }
}
