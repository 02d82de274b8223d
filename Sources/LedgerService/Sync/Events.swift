import Foundation
import Ledger
internal import LedgerStore
import Stripe

/// Which of a tenant's events are processed.
package enum EventChoice {
    /// All that are not applied, parked ones included: somebody asked for it.
    case everything
    /// Those that are new, and those whose next attempt is due.
    case due
}

extension LedgerService {
    /// After this many failed attempts, within some hours, an event is parked for the operator.
    static let eventAttempts = 8

    /// Works off the events that were kept: each says only which object to read again. An object is read once for all its events,
    /// and not at all if its content is already known.
    ///
    /// One event's trouble does not block the others: what cannot be booked or read yet is tried again, and parked after `eventAttempts`. While
    /// Stripe answers nothing at all, no attempt counts.
    ///
    /// - Throws: `ServiceRefusal.stripeUnreachable` when Stripe is out of reach; the events stay as they are.
    package func workOffEvents(of tenant: Tenant, _ choice: EventChoice = .everything) async throws {
        if choice == .everything { try await store.write(of: tenant) { try $0.requeueParkedEvents() } }
        let dueBy = choice == .due ? realTime() : nil
        var last: Int64 = 0
        while true {
            let batch = try store.read(of: tenant) { try $0.receivedEvents(after: last, dueBy: dueBy, limit: 200) }
            guard let end = batch.last else { break }
            last = end.number
            var bySubject: [EventSubject: [Ledger.Event]] = [:]
            // In order of arrival, so that one seed takes one course.
            var subjects: [EventSubject] = []
            for event in batch {
                let subject = EventSubject(type: event.type, objectID: event.objectID)
                if bySubject[subject] == nil { subjects.append(subject) }
                bySubject[subject, default: []].append(event)
            }
            // Pages first: what they tell about their intents need not be asked again.
            for wave in Dictionary(grouping: subjects, by: \.wave).sorted(by: { $0.key < $1.key }) {
                try await concurrently(wave.value.map { ($0, bySubject[$0] ?? []) }, atMost: 8) { subject, events in
                    do { try await workOff(subject, events, of: tenant) } catch {
                        // It, or what it belongs to, cannot be read or taken in.
                        try await postpone(events, of: tenant, failure: try await ownTrouble(error, of: tenant))
                    }
                }
            }
        }
    }

    private func workOff(_ subject: EventSubject, _ events: [Ledger.Event], of tenant: Tenant) async throws {
        let client = try client(for: tenant)
        switch subject {
        case .none:
            try await end(events, .ignored, of: tenant)
        case .session(let id):
            guard try store.read(of: tenant, { try $0.mayLearn(fromSession: id, events) }) else {
                return try await end(events, .applied, of: tenant)
            }
            try await apply(client.checkoutSession(id), events, of: tenant) { session, book in
                try book.apply(session, returning: returnAddress)
            }
        case .intent(let id):
            guard try store.read(of: tenant, { try $0.mayLearn(fromIntent: id, events) }) else {
                return try await end(events, .applied, of: tenant)
            }
            let outcome = await client.paymentIntent(id)
            let page = try await page(claimedBy: outcome, of: tenant)
            try await apply(outcome, events, of: tenant) { intent, book in
                try book.apply(intent, behind: page, returning: returnAddress)
            }
        case .refund(let id):
            let outcome = await client.refund(id)
            if case .answer(let refund) = outcome {
                try await learn(refund.paymentIntent, of: tenant)
                try await readEnded(beside: refund, of: tenant)
            }
            try await apply(outcome, events, of: tenant) { refund, book in try book.apply(refund) }
        case .dispute(let id):
            let outcome = await client.dispute(id)
            if case .answer(let dispute) = outcome { try await learn(dispute.paymentIntent, of: tenant) }
            let closed = events.filter { $0.type == "charge.dispute.closed" }.compactMap(\.happened).min()
            try await apply(outcome, events, of: tenant) { dispute, book in try book.apply(dispute, closed: closed) }
        case .customer(let id):
            // Also one without a folio so far: the event of its page may come later.
            guard try store.read(of: tenant, { try !$0.isLost(customer: id) }) else { return try await end(events, .applied, of: tenant) }
            let outcome = await client.customer(id)
            if outcome.isMissing { return try await apply(events, of: tenant) { try $0.applyDeleted(customer: id) } }
            try await apply(outcome, events, of: tenant) { customer, book in
                if customer.deleted == true { try book.applyDeleted(customer: id) }
            }
        case .card(let id):
            guard try store.read(of: tenant, { try !$0.isLost(card: id) }) else { return try await end(events, .applied, of: tenant) }
            // That one is detached counts before it is on a folio, too: the answer that saves it may be on its way.
            let isKnown = try store.read(of: tenant) { try !$0.folios(savedCard: id).isEmpty }
            guard isKnown || events.contains(where: { $0.type == "payment_method.detached" }) else {
                return try await end(events, .ignored, of: tenant)
            }
            let outcome = await client.paymentMethod(id)
            if outcome.isMissing { return try await apply(events, of: tenant) { try $0.applyMissing(card: id) } }
            try await apply(outcome, events, of: tenant) { card, book in try book.apply(card) }
        case .payout(let id):
            try await apply(client.payout(id), events, of: tenant) { payout, book in try book.apply(payout) }
        case .review(let id):
            try await applyTold(client.review(id), events, of: tenant, about: \.paymentIntent) { review, _, book in
                try book.apply(review)
            }
        case .warning(let id):
            try await applyTold(client.earlyFraudWarning(id), events, of: tenant, about: \.paymentIntent) { warning, isCurrent, book in
                try book.apply(warning, isCurrent: isCurrent)
            }
        }
    }

    /// Applies an object that a key need not be allowed to read: restricted keys have that right apart, and nobody is to be left unwarned
    /// without it. Where it is missing, the snapshots in the events count instead, in the order in which they came.
    ///
    /// - Parameters:
    ///   - intent: Whose hold or payment it is about: it is read first where these books do not know it yet.
    ///   - body: Told whether the object was read, or is a snapshot that may be older than what is known.
    private func applyTold<Object: StripeObject>(
        _ outcome: StripeOutcome<Object>, _ events: [Ledger.Event], of tenant: Tenant, about intent: (Object) -> String?,
        _ body: @escaping @Sendable (Object, _ isCurrent: Bool, borrowing Book) throws -> Void
    ) async throws {
        var news = outcome.map { [$0] }
        var isCurrent = true
        if case .unknown(let uncertainty) = outcome, uncertainty.isKeyRefused {
            let told = events.compactMap { $0.snapshot(as: Object.self) }
            // One that cannot be read must not count as heard.
            if told.count == events.count { (news, isCurrent) = (.answer(told), false) }
        }
        if case .answer(let objects) = news, let about = objects.last.flatMap(intent),
            try store.read(of: tenant, { try $0.folioNumber(ofIntent: about) }) == nil
        {
            try await learn(intent: about, of: tenant)
        }
        let isRead = isCurrent
        try await apply(news, events, of: tenant) { objects, book in
            for object in objects { try body(object, isRead, book) }
        }
    }

    /// An event about a refund or dispute can overtake the payment's own. Then the intent is read first, so that its payment exists.
    ///
    /// - Throws: `StripeFailure.unknown` when Stripe does not tell: what follows must not be taken for somebody else's.
    private func learn(_ intent: String?, of tenant: Tenant) async throws {
        guard let intent, try store.read(of: tenant, { try $0.payment(intent: intent) }) == nil else { return }
        try await learn(intent: intent, of: tenant)
    }

    /// Reads an intent that these books do not know.
    ///
    /// - Throws: `StripeFailure.unknown` when Stripe does not tell.
    private func learn(intent: String, of tenant: Tenant) async throws {
        let outcome = await (try client(for: tenant)).paymentIntent(intent)
        switch outcome {
        case .answer(let known):
            let page = try await page(claimedBy: outcome, of: tenant)
            try await store.write(of: tenant) { try $0.apply(known, behind: page, returning: returnAddress) }
        case .refused: break
        case .unknown(let uncertainty): throw StripeFailure.unknown(uncertainty)
        }
    }

    /// - Throws: `StripeFailure.unknown` when Stripe does not show the page.
    private func page(claimedBy intent: StripeOutcome<PaymentIntent>, of tenant: Tenant) async throws -> CheckoutSession? {
        guard case .answer(let intent) = intent else { return nil }
        do { return try await page(claimedBy: intent, of: tenant) } catch StripeFailure.unknown(let uncertainty) {
            throw StripeFailure.unknown(uncertainty)
        } catch is StripeFailure {
            // It is gone, or of another account: it names no intent.
            return nil
        }
    }

    /// Applies what is known without an object, and ends the events in the same transaction.
    private func apply(
        _ events: [Ledger.Event], of tenant: Tenant, _ body: @escaping @Sendable (borrowing Book) throws -> Void
    ) async throws {
        try await store.write(of: tenant) { book in
            try body(book)
            for event in events { try book.setState(.applied, of: event) }
        }
    }

    /// Applies an object and ends its events in one transaction. If Stripe does not know the object, its events are parked for the operator if
    /// the books know it, and dropped otherwise. If it cannot be booked, it is tried again later.
    ///
    /// - Throws: `StripeFailure.unknown` when Stripe does not show it.
    private func apply<Object: Sendable>(
        _ outcome: StripeOutcome<Object>, _ events: [Ledger.Event], of tenant: Tenant,
        _ body: @escaping @Sendable (Object, borrowing Book) throws -> Void
    ) async throws {
        switch outcome {
        case .answer(let object):
            do {
                try await store.write(of: tenant) { book in
                    try body(object, book)
                    for event in events { try book.setState(.applied, of: event) }
                }
            } catch let error where Self.isOfTheFile(error) || error is CancellationError {
                throw error
            } catch {
                try await postpone(events, of: tenant, failure: Failure(unusable: error))
            }
        case .refused(let error):
            if error.code == .resourceMissing, try await drop(events, of: tenant) { return }
            try await end(events, .parked, of: tenant, failure: Failure(error))
        case .unknown(let uncertainty): throw StripeFailure.unknown(uncertainty)
        }
    }

    /// Lets go of events about one object that Stripe does not know, when these books do not know it either.
    ///
    /// - Returns: Whether they were.
    private func drop(_ events: [Ledger.Event], of tenant: Tenant) async throws -> Bool {
        try await store.write(of: tenant) { book in
            guard let object = events.first?.objectID, try !book.knowsObject(object) else { return false }
            for event in events {
                try book.countDropped(.unknownObject, example: event.id)
                try book.setState(.ignored, of: event)
            }
            return true
        }
    }

    /// Whether the ledger's file is in trouble, and not what was to be written into it.
    static func isOfTheFile(_ error: any Error) -> Bool {
        if let error = error as? StoreError { return error.constraint == nil }
        return error is StoreRefusal
    }

    /// Counts a failed attempt: they are tried again later, and left to the operator after many attempts.
    private func postpone(_ events: [Ledger.Event], of tenant: Tenant, failure: Failure) async throws {
        let now = realTime()
        try await store.write(of: tenant) { book in
            for event in events {
                let attempts = event.attempts + 1
                if attempts >= Self.eventAttempts {
                    try book.setState(.parked, of: event, failure: failure)
                } else {
                    let next = now.adding(seconds: Backoff.event.seconds(after: attempts))
                    try book.noteAttempt(event, failure: failure, nextAttemptAt: next)
                }
            }
        }
    }

    private func end(_ events: [Ledger.Event], _ state: Ledger.Event.State, of tenant: Tenant, failure: Failure? = nil) async throws {
        try await store.write(of: tenant) { book in
            for event in events { try book.setState(state, of: event, failure: failure) }
        }
    }
}

/// The object an event is about.
enum EventSubject: Hashable, Sendable {
    case session(String)
    case intent(String)
    case refund(String)
    case dispute(String)
    case payout(String)
    case customer(String)
    /// A saved card.
    case card(String)
    case review(String)
    /// A bank's report of fraud.
    case warning(String)
    /// A kind without meaning here.
    case none

    init(type: String, objectID: String?) {
        guard let id = objectID else { self = .none; return }
        self =
            switch type {
            case _ where type.hasPrefix("checkout.session."): .session(id)
            case _ where type.hasPrefix("payment_intent."): .intent(id)
            case _ where type.hasPrefix("refund."): .refund(id)
            case _ where type.hasPrefix("charge.dispute."): .dispute(id)
            case _ where type.hasPrefix("payout."): .payout(id)
            case "customer.deleted": .customer(id)
            case _ where type.hasPrefix("review."): .review(id)
            case _ where type.hasPrefix("radar.early_fraud_warning."): .warning(id)
            case _ where type.hasPrefix("payment_method.") && type != "payment_method.attached": .card(id)
            default: .none
            }
    }

    var kind: StripeKind? {
        switch self {
        case .session: .session
        case .intent: .intent
        case .refund: .refund
        case .dispute: .dispute
        case .payout: .payout
        case .customer: .customer
        case .card: .card
        case .review: .review
        case .warning: .warning
        case .none: nil
        }
    }

    /// The order of processing.
    var wave: Int {
        switch self {
        case .session: 0
        case .intent: 1
        // A customer who is deleted takes the cards along.
        case .refund, .dispute, .payout, .customer, .review, .warning, .none: 2
        case .card: 3
        }
    }
}

extension Book {
    /// Whether reading this page again could tell something new.
    fileprivate func mayLearn(fromSession id: String, _ events: [Ledger.Event]) throws -> Bool {
        if let place = try hold(session: id), let folio = try folio(number: place.folio) {
            return try holds(of: folio).first { $0.number == place.number }?.state == .requested
        }
        if let place = try payment(session: id), let folio = try folio(number: place.folio) {
            return try payments(of: folio).first { $0.number == place.number }?.state != .succeeded
        }
        guard let number = try folioSavingCard(session: id), let folio = try folio(number: number) else {
            return !events.allSatisfy(\.isSurelyForeign)
        }
        return try cardOnFile(of: folio)?.state == .requested
    }

    /// Whether reading this intent again could tell something new: not when its hold or payment is over, nor when the hold stands
    /// just as the events say, nor when it was surely not made here.
    fileprivate func mayLearn(fromIntent id: String, _ events: [Ledger.Event]) throws -> Bool {
        if let known = try hold(intent: id) {
            switch known.state {
            case .requested: return true
            case .authorised, .replaced:
                let ours = try liveAmounts(intent: id)
                return events.contains { event in
                    guard event.type == "payment_intent.amount_capturable_updated", let ours, let told = event.amounts else { return true }
                    func units(_ integer: Int64) -> Int64? {
                        // What is no amount tells nothing: the object itself does.
                        try? StripeAmount(stripe: integer, currency: told.currency).minorUnits
                    }
                    return units(told.received) != ours.captured || units(told.capturable) != ours.authorised - ours.captured
                }
            case .captured: return false
            // What was concluded here without Stripe's word; see `Hold.observe`.
            case .released, .expired, .failed: return events.contains { $0.type != "payment_intent.canceled" }
            }
        }
        if let known = try payment(intent: id) { return known.state != .succeeded }
        return !events.allSatisfy(\.isSurelyForeign)
    }
}

extension Book {
    /// Keeps a dispute, and tells it on its folio: there is a date by which the hotel has to answer.
    ///
    /// One about somebody else's payment is nothing to these books, whatever currency it is in.
    ///
    /// - Parameter closed: When an event says that it ended; `nil` where none does.
    /// - Throws: `StripeAmountError` for an amount that the ledger cannot hold.
    func apply(_ theirs: Stripe.Dispute, closed: Instant? = nil) throws {
        guard let intent = theirs.paymentIntent, let place = try payment(intent: intent),
            let folio = try folio(number: place.folio)
        else { return }
        let dispute = try Ledger.Dispute(theirs, closed: closed)
        try settleMovements(source: dispute.id)
        guard try save(dispute) else { return }
        try forgetContested(ofPayment: place.number, of: folio)
        let notice: FolioNotice =
            switch dispute.state {
            case "won": .disputeWon(dispute.amount)
            case "lost": .disputeLost(dispute.amount)
            case "warning_closed", "prevented": .disputeClosed(dispute.amount)
            case "under_review", "warning_under_review": .disputeAnswered(dispute.amount)
            case let state where state.hasPrefix("warning_"): .inquiry(dispute.amount, why: dispute.reason)
            default: .disputed(dispute.amount, why: dispute.reason)
            }
        try setNotice(notice, of: folio)
    }
}

extension Book {
    /// Keeps a payout; one in a currency that these books are not kept in is not theirs.
    ///
    /// - Throws: `StripeAmountError` for an amount that the ledger cannot hold.
    func apply(_ payout: Stripe.Payout) throws {
        guard payout.currency == tenant.currency.code else { return }
        try save(try Ledger.Payout(payout))
    }
}

extension Ledger.Dispute {
    /// - Parameter closed: When an event says that it ended. What moved the money says it too, and losing moves none.
    init(_ dispute: Stripe.Dispute, closed: Instant? = nil) throws {
        let amount = try StripeAmount(stripe: dispute.amount, currency: dispute.currency)
        func moved(_ category: BalanceTransaction.ReportingCategory) -> Instant? {
            dispute.balanceTransactions.filter { $0.reportingCategory == category }.map(\.created).min()
        }
        self.init(
            id: dispute.id, amount: Money(minorUnits: amount.minorUnits, currency: amount.currency), reason: dispute.reason ?? "general",
            state: dispute.status.rawValue, created: dispute.created, intent: dispute.paymentIntent,
            // 1970-01-01 where the bank takes no answer.
            evidenceDue: dispute.evidenceDetails?.dueBy.flatMap { $0.unixSeconds > 0 ? $0 : nil }, opened: moved(.dispute),
            decided: dispute.status == .won ? moved(.disputeReversal) ?? closed : closed)
    }
}

extension Ledger.Payout {
    init(_ payout: Stripe.Payout) throws {
        let amount = try StripeAmount(stripe: payout.amount, currency: payout.currency)
        self.init(
            id: payout.id, amount: Money(minorUnits: amount.minorUnits, currency: amount.currency), state: payout.status.rawValue,
            // A calendar day, written as its midnight in UTC: west of Greenwich clocks show the day before then.
            arrivalDate: payout.arrivalDate.day(in: .gmt), automatic: payout.automatic, created: payout.created,
            reconciliation: payout.reconciliationStatus?.rawValue)
    }
}
