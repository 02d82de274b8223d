import Ledger
internal import LedgerStore
import Stripe

extension LedgerService {
    /// Compares the ledger with Stripe: every hold and payment, refund, dispute, payout, and the balance to the cent. Changes nothing but the
    /// list of what was found at Stripe.
    ///
    /// One object or one list that cannot be read is not compared, and said; everything else is.
    ///
    /// - Parameter progress: Called with the number of intents compared so far.
    /// - Throws: What is of all lists: `ServiceRefusal.stripeUnreachable`, `.stripeKeyRefused` and the like.
    package func reconcile(_ tenantID: String, progress: @Sendable (Int) -> Void = { _ in }) async throws -> Reconciliation {
        try await requireStripe(of: tenantID, reading: true)
        let tenant = try tenant(tenantID)
        let client = try client(for: tenant)
        var result = Reconciliation(ledgerBalance: .zero(tenant.currency))
        let placed = try store.read(of: tenant) { try $0.placedObjects() }
        var strangers = StrangeIntents()
        do { try await compareIntents(client, tenant, placed, &strangers, &result, progress) } catch let failure as StripeFailure {
            strangers.areAll = false
            try await add(notRead: .intents, failure, tenant, &result)
        }
        do { try await comparePages(client, tenant, &result) } catch let failure as StripeFailure {
            try await add(notRead: .pages, failure, tenant, &result)
        }
        do { try await compareRefunds(client, tenant, strangers, placed, &result) } catch let failure as StripeFailure {
            try await add(notRead: .refunds, failure, tenant, &result)
        }
        do { try await compareDisputes(client, tenant, &result) } catch let failure as StripeFailure {
            try await add(notRead: .disputes, failure, tenant, &result)
        }
        do { try await comparePayouts(client, tenant, &result) } catch let failure as StripeFailure {
            try await add(notRead: .payouts, failure, tenant, &result)
        }
        try await compareBalance(client, tenant, &result)
        try reportUnfinished(tenant, &result)
        try reportNeighbours(tenant, &result)
        return result
    }

    /// - Parameters:
    ///   - placed: What others did and that has its place in these books.
    ///   - strangers: Gets those whose refunds cannot be taken in.
    /// - Throws: `StripeFailure` when the list cannot be read to its end.
    private func compareIntents(
        _ client: StripeClient, _ tenant: Tenant, _ placed: Set<String>, _ strangers: inout StrangeIntents, _ result: inout Reconciliation,
        _ progress: @Sendable (Int) -> Void
    ) async throws {
        var known = try store.read(of: tenant) { try $0.intentSummaries() }
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
                let origin: IntentOrigin
                do { origin = try await self.origin(of: intent, tenant) } catch {
                    // Whose it is, only its page could tell.
                    result.add(notCompared: intent.id, why: try await whyNotRead(error, .pages, tenant))
                    strangers[intent.id] = .unread
                    continue
                }
                switch origin {
                case .stranger, .otherBooks: strangers[intent.id] = .foreign
                case .found(.some): strangers[intent.id] = .stuck
                case .found(nil), .ours: break
                }
                if origin.isForeign, intent.isPlaced(placed) { continue }
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
            case .stranger where facts.received == 0:
                ("made outside this ledger", .nothing("Nothing to do: no money has moved."))
            case .stranger: ("made outside this ledger", Self.byItsMovement)
            case .otherBooks(_, let neighbour?):
                ("made by tenant \"\(neighbour)\" of this ledger", .nothing("Nothing to do: it is in that tenant's books."))
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
            stripe: moved ? "\(intent.status) \(amount)\(Self.refunded(of: intent))" : "\(intent.status)", cause: cause, mending: mending)
    }

    /// What is found counts less what was refunded of it.
    private static func refunded(of intent: PaymentIntent) -> String {
        guard let refunded = intent.latestCharge?.object?.amountRefunded, refunded > 0 else { return "" }
        return ", \(StripeAmount.shown(refunded, intent.currency)) refunded"
    }

    private static let byItsMovement = Mending.byHand("Run `sync`: it brings its movement, which accounting assigns to an account.")

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
    /// - Throws: `StripeFailure` when the list cannot be read to its end.
    private func compareRefunds(
        _ client: StripeClient, _ tenant: Tenant, _ strangers: StrangeIntents, _ placed: Set<String>, _ result: inout Reconciliation
    ) async throws {
        var known = try store.read(of: tenant) { try $0.refundSummaries() }
        for try await page in client.refunds() {
            result.add(page.unreadable)
            for refund in page where !refund.isOfFailedPayment {
                result.refunds += 1
                do {
                    let difference =
                        if let ours = known.removeValue(forKey: refund.id) {
                            try ours.difference(to: refund, tenant.currency)
                        } else { try unknown(refund, tenant, strangers, placed) }
                    if let difference { result.differences.append(difference) }
                } catch {
                    result.add(notCompared: refund.id, why: try await whyNotRead(error, .refunds, tenant))
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

    /// A refund at Stripe that is not in the ledger. A stranger's that has its place, or has moved no money, is not a difference.
    private func unknown(
        _ refund: Stripe.Refund, _ tenant: Tenant, _ strangers: StrangeIntents, _ placed: Set<String>
    ) throws -> Difference? {
        let stranger = refund.paymentIntent.map { strangers[$0] } ?? .foreign
        // In suspense is a stranger's in its place. One of ours is not: it belongs to its payment.
        if stranger == .foreign, refund.balanceTransaction == nil || refund.isPlaced(placed) { return nil }
        if stranger == nil, !strangers.areAll, let intent = refund.paymentIntent,
            try store.read(of: tenant, { try $0.payment(intent: intent) }) == nil
        {
            // Whose its payment is, the rest of the list would have told; that it was not read is said.
            return nil
        }
        let (cause, mending): (String, Mending) =
            switch stranger {
            case .foreign: ("it refunds a payment made outside this ledger", Self.byItsMovement)
            case .stuck: ("it refunds a found payment", .byHand("It is taken in with its payment."))
            case .unread: ("it refunds a payment that could not be compared", .byHand("It is compared with its payment."))
            case nil: ("made at Stripe, or its event has not arrived yet", .readRefund(refund.id))
            }
        return Difference(
            object: refund.id, folio: nil, ledger: "not there", stripe: "\(refund.stateWord) \(refund.shownAmount)", cause: cause,
            mending: mending)
    }

    private func compareDisputes(_ client: StripeClient, _ tenant: Tenant, _ result: inout Reconciliation) async throws {
        let known = Dictionary(uniqueKeysWithValues: try store.read(of: tenant) { try $0.disputes() }.map { ($0.id, $0) })
        for try await page in client.disputes() {
            result.add(page.unreadable)
            for dispute in page where dispute.currency == tenant.currency.code {
                result.disputes += 1
                let theirs: Ledger.Dispute
                do { theirs = try Ledger.Dispute(dispute) } catch {
                    result.add(notCompared: dispute.id, why: try await whyNotRead(error, .disputes, tenant))
                    continue
                }
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
                let theirs: Ledger.Payout
                do { theirs = try Ledger.Payout(payout) } catch {
                    result.add(notCompared: payout.id, why: try await whyNotRead(error, .payouts, tenant))
                    continue
                }
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

extension RefundSummary {
    /// Compares what is kept here with what Stripe says now.
    fileprivate func difference(to refund: Stripe.Refund, _ currency: Currency) throws -> Difference? {
        let theirs = try StripeAmount(stripe: refund.amount, currency: refund.currency)
        let failed = refund.status == .failed || refund.status == .canceled
        let agrees =
            theirs.minorUnits == amount && failed == (state == .failed) && (refund.status == .succeeded) == (state == .succeeded)
        guard !agrees else { return nil }
        return Difference(
            object: refund.id, folio: folio, ledger: "\(state.rawValue) \(Money(minorUnits: amount, currency: currency))",
            stripe: "\(refund.stateWord) \(theirs.money)", cause: "its latest event has not arrived yet", mending: .readRefund(refund.id))
    }
}

extension Stripe.Refund {
    fileprivate var stateWord: String { status?.rawValue ?? "unknown" }

    fileprivate var shownAmount: String { StripeAmount.shown(amount, currency) }

    /// Whether what it moved has its place in these books: in suspense, assigned, or kept as what moved in another currency.
    fileprivate func isPlaced(_ placed: Set<String>) -> Bool {
        placed.contains(id) || balanceTransaction.map { placed.contains($0.id) } == true
    }
}

extension PaymentIntent {
    /// As for a refund.
    fileprivate func isPlaced(_ placed: Set<String>) -> Bool {
        placed.contains(id) || latestCharge?.object?.balanceTransaction.map { placed.contains($0.id) } == true
    }
}

/// Why refunds of payments that the ledger does not keep cannot be taken in, by the intents' ids.
private struct StrangeIntents {
    enum Kind {
        /// Made outside this ledger; found, and does not fit; or nobody knows, because its page could not be read.
        case foreign, stuck, unread
    }

    private var kinds: [String: Kind] = [:]
    /// Whether Stripe's list was read to its end.
    var areAll = true

    subscript(intent: String) -> Kind? {
        get { kinds[intent] }
        set { kinds[intent] = newValue }
    }
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
