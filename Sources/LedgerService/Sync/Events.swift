import Foundation
import Ledger
import LedgerStore
import Stripe

extension LedgerService {
    /// Works off the events that were kept: each says only which object to read again. An object is read once for all its events,
    /// and not at all when its news is known already.
    ///
    /// What was parked is tried again each time: an object that could not be booked may be bookable by now.
    package func workOffEvents(of tenant: Tenant) async throws {
        try await store.write { try $0.takeUpParkedEvents(of: tenant) }
        while true {
            let batch = try store.read { try $0.receivedEvents(of: tenant, limit: 200) }
            guard !batch.isEmpty else { return }
            var bySubject: [EventSubject: [StoredEvent]] = [:]
            // In order of arrival, so that one seed takes one course.
            var subjects: [EventSubject] = []
            for event in batch {
                let subject = EventSubject(event)
                if bySubject[subject] == nil { subjects.append(subject) }
                bySubject[subject, default: []].append(event)
            }
            // Pages first: what they tell about their intents need not be asked again.
            for wave in Dictionary(grouping: subjects, by: \.wave).sorted(by: { $0.key < $1.key }) {
                try await concurrently(wave.value.map { ($0, bySubject[$0] ?? []) }, atMost: 8) { subject, events in
                    try await workOff(subject, events, of: tenant)
                }
            }
        }
    }

    private func workOff(_ subject: EventSubject, _ events: [StoredEvent], of tenant: Tenant) async throws {
        let client = try client(for: tenant)
        switch subject {
        case .none:
            try await end(events, .ignored)
        case .session(let id):
            guard try store.read({ try $0.mayLearn(fromSession: id, of: tenant) }) else { return try await end(events, .applied) }
            try await apply(client.checkoutSession(id), events, of: tenant) { session, transaction in
                try transaction.apply(session, of: tenant)
            }
        case .intent(let id):
            guard try store.read({ try $0.mayLearn(fromIntent: id, events, of: tenant) }) else { return try await end(events, .applied) }
            try await apply(client.paymentIntent(id), events, of: tenant) { intent, transaction in
                try transaction.apply(intent, of: tenant)
            }
        case .refund(let id):
            try await apply(client.refund(id), events, of: tenant) { refund, transaction in try transaction.apply(refund, of: tenant) }
        case .dispute(let id):
            try await apply(client.dispute(id), events, of: tenant) { dispute, transaction in
                try transaction.apply(try StoredDispute(dispute), of: tenant)
            }
        case .payout(let id):
            try await apply(client.payout(id), events, of: tenant) { payout, transaction in
                try transaction.save(try StoredPayout(payout, in: tenant), of: tenant)
            }
        }
    }

    /// Applies an object and ends its events in one transaction. An object that Stripe does not know, or that cannot be booked, parks
    /// its events for the operator; Stripe being silent leaves them for the next time.
    private func apply<Object: Sendable>(
        _ outcome: StripeOutcome<Object>, _ events: [StoredEvent], of tenant: Tenant,
        _ body: @escaping @Sendable (Object, borrowing Transaction) throws -> Void
    ) async throws {
        switch outcome {
        case .answer(let object):
            do {
                try await store.write { transaction in
                    try body(object, transaction)
                    for event in events { try transaction.setState(.applied, of: event) }
                }
            } catch let refusal as any Refusal where !(refusal is StoreRefusal) {
                try await end(events, .parked, problem: refusal.message)
            }
        case .refused(let error): try await end(events, .parked, problem: error.message ?? error.type.rawValue)
        case .unknown(let uncertainty): throw ServiceRefusal.stripeUnreachable("\(uncertainty.reason)")
        }
    }

    private func end(_ events: [StoredEvent], _ state: StoredEvent.State, problem: String? = nil) async throws {
        try await store.write { transaction in
            for event in events { try transaction.setState(state, of: event, problem: problem) }
        }
    }
}

/// The object an event is about.
private enum EventSubject: Hashable, Sendable {
    case session(String)
    case intent(String)
    case refund(String)
    case dispute(String)
    case payout(String)
    /// A kind without meaning here.
    case none

    init(_ event: StoredEvent) {
        guard let id = event.objectID else { self = .none; return }
        self =
            switch event.type {
            case _ where event.type.hasPrefix("checkout.session."): .session(id)
            case _ where event.type.hasPrefix("payment_intent."): .intent(id)
            case _ where event.type.hasPrefix("refund."): .refund(id)
            case _ where event.type.hasPrefix("charge.dispute."): .dispute(id)
            case _ where event.type.hasPrefix("payout."): .payout(id)
            default: .none
            }
    }

    /// Which are worked off before which.
    var wave: Int {
        switch self {
        case .session: 0
        case .intent: 1
        case .refund, .dispute, .payout, .none: 2
        }
    }
}

extension Transaction {
    /// Whether reading this page again could tell something new.
    fileprivate func mayLearn(fromSession id: String, of tenant: Tenant) throws -> Bool {
        if let place = try hold(session: id, of: tenant), let folio = try folio(number: place.folio, of: tenant) {
            return try holds(of: folio, of: tenant).first { $0.number == place.number }?.state == .requested
        }
        if let place = try payment(session: id, of: tenant), let folio = try folio(number: place.folio, of: tenant) {
            return try payments(of: folio, of: tenant).first { $0.number == place.number }?.state != .succeeded
        }
        guard let number = try folioSavingCard(session: id, of: tenant), let folio = try folio(number: number, of: tenant) else {
            return true
        }
        return try cardOnFile(of: folio, of: tenant)?.state == .requested
    }

    /// Whether reading this intent again could tell something new: not when its hold or payment is over, nor when the hold stands
    /// just as the events say.
    fileprivate func mayLearn(fromIntent id: String, _ events: [StoredEvent], of tenant: Tenant) throws -> Bool {
        if let known = try hold(intent: id, of: tenant) {
            guard known.state == .authorised else { return !known.state.isFinal }
            return events.contains { $0.type != "payment_intent.amount_capturable_updated" } || events.count > 1
        }
        if let known = try payment(intent: id, of: tenant) { return known.state != .succeeded }
        return true
    }
}

extension Transaction {
    /// Keeps a dispute, and tells it on its folio: there is a date by which the hotel has to answer.
    func apply(_ dispute: StoredDispute, of tenant: Tenant) throws {
        guard try save(dispute, of: tenant), let intent = dispute.intent, let place = try payment(intent: intent, of: tenant),
            let folio = try folio(number: place.folio, of: tenant)
        else { return }
        try setNotice(Notice.disputed(dispute), of: folio, of: tenant)
    }
}

extension StoredDispute {
    init(_ dispute: Dispute) throws {
        let amount = try StripeAmount(stripe: dispute.amount, currency: dispute.currency)
        self.init(
            id: dispute.id, amount: Money(minorUnits: amount.minorUnits, currency: amount.currency), reason: dispute.reason,
            state: dispute.status.rawValue, created: dispute.created, intent: dispute.paymentIntent)
    }
}

extension StoredPayout {
    init(_ payout: Payout, in tenant: Tenant) throws {
        let amount = try StripeAmount(stripe: payout.amount, currency: payout.currency)
        self.init(
            id: payout.id, amount: Money(minorUnits: amount.minorUnits, currency: amount.currency), state: payout.status.rawValue,
            arrivalDate: payout.arrivalDate.day(in: tenant.timeZone), automatic: payout.automatic, created: payout.created)
    }
}
