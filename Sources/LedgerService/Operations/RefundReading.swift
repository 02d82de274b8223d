import Ledger
internal import LedgerStore
import Stripe

// Others may refund a payment at Stripe. So its refunds are read before a check-out refunds more of it, so that in total no more is
// refunded than was shown. What remains is the moment between reading and refunding, as with holds.

extension LedgerService {
    /// Reads what has gone back from a folio's payments and takes it in.
    ///
    /// - Throws: `ServiceRefusal.stripeUnanswered`.
    func readRefunds(of reference: String, of tenant: Tenant) async throws {
        let intents = try store.read(of: tenant) { book in
            try book.payments(of: try book.openFolio(reference))
                .filter { $0.state == .succeeded && $0.refundable > 0 }.compactMap(\.intent)
        }
        for intent in intents {
            let refunds: [Stripe.Refund]
            do { refunds = try await listed(of: intent, of: tenant) } catch StripeFailure.refused { continue } catch is StripeFailure {
                throw ServiceRefusal.stripeUnanswered(what: .readingRefund)
            }
            for refund in refunds.endedFirst {
                do { try await store.write(of: tenant) { try $0.apply(refund) } } catch ServiceRefusal.refundTooLarge { continue }
            }
        }
    }

    /// Takes in what Stripe says about a refund, and, where its payment has no room for it, first which others have failed.
    ///
    /// - Throws: `ServiceRefusal.refundTooLarge` while one of ours is on its way to the same money; `StripeFailure`.
    func takeIn(_ refund: Stripe.Refund, of tenant: Tenant) async throws {
        try await readEnded(beside: refund, of: tenant)
        try await store.write(of: tenant) { try $0.apply(refund) }
    }

    /// Refunds of one payment may be heard of in any order: one that failed gives its room to another. Where that is missing, those that have
    /// failed are read.
    ///
    /// - Throws: `StripeFailure`.
    func readEnded(beside refund: Stripe.Refund, of tenant: Tenant) async throws {
        guard let intent = refund.paymentIntent, try store.read(of: tenant, { try $0.lacksRoom(for: refund) }) else { return }
        for other in try await listed(of: intent, of: tenant) where other.isOver {
            try await store.write(of: tenant) { try $0.apply(other) }
        }
    }

    /// Reads the refunds of the payment that a check-out step is about to refund. The call is not sent if it already took effect, or if others
    /// have refunded something of this payment in the meantime: the waiting steps are then planned again.
    ///
    /// - Returns: The outcome of the operation; `nil` if it may be sent, and for a refund that a person requested.
    func readRefunds(
        before operation: Operation, what: Phrase, of tenant: Tenant, with client: StripeClient
    ) async throws -> Dispatched? {
        guard let intent = try store.read(of: tenant, { try $0.intentGivenBack(by: operation) }) else { return nil }
        let refunds: [Stripe.Refund]
        do {
            refunds = try await listed(of: intent, of: tenant)
        } catch StripeFailure.refused {
            return nil
        } catch StripeFailure.unknown(let uncertainty) {
            return try await reschedule(operation, .silence, why: Failure(uncertainty), of: tenant)
        }
        try await store.write(of: tenant) { book in
            guard try book.operation(operation.number)?.state == .waiting else { return }
            try book.takeIn(refunds, before: operation)
        }
        let now = try store.read(of: tenant) { try $0.operation(operation.number) }
        return now?.state == .waiting ? nil : now?.outcome
    }

    /// Every refund of an intent.
    private func listed(of intent: String, of tenant: Tenant) async throws -> [Stripe.Refund] {
        var refunds: [Stripe.Refund] = []
        for try await page in try client(for: tenant).refunds(paymentIntent: intent) { refunds += page }
        return refunds
    }
}

extension Book {
    /// The intent that the waiting step of an operation refunds.
    ///
    /// - Returns: `nil` for an operation that no running check-out waits for.
    fileprivate func intentGivenBack(by operation: Operation) throws -> String? {
        guard let (folio, _, step) = try waitingStep(of: operation), case .refund(let number, _) = step.step else { return nil }
        return try payments(of: folio).first { $0.number == number }?.intent
    }

    private func waitingStep(of operation: Operation) throws -> (folio: Folio, active: CheckOut, step: CheckOut.Step)? {
        guard let folio = try operation.folio.flatMap({ try folio(number: $0) }),
            let active = try activeCheckOut(of: folio),
            let step = active.steps.first(where: { $0.operation == operation.number && $0.state == .waiting })
        else { return nil }
        return (folio, active, step)
    }

    /// Takes in the refunds at Stripe. If others made a refund that was not known here, the operation's own refund is given up for it, and the
    /// check-out is planned again.
    fileprivate func takeIn(_ refunds: [Stripe.Refund], before operation: Operation) throws {
        if let own = refunds.last(where: { operation.isMaker(of: $0.metadata, tenant) && operation.hasAsked(for: $0) }) {
            return try apply(own)
        }
        // What failed gives its room to others.
        for refund in refunds where refund.isOver { try apply(refund) }
        let new = try refunds.filter { try !$0.isOver && !$0.isOfFailedPayment && refund(stripeID: $0.id) == nil }
        guard !new.isEmpty, let (folio, active, step) = try waitingStep(of: operation) else { return }
        let why = Failure.outdated(LedgerService.overtaken)
        try end(
            operation, .refused(why), with: { try OperationRules.refund.fail($0, operation, why, folio) },
            then: { book in
                for refund in new { try book.apply(refund) }
                try book.planAnew(from: step, of: active, folio)
            })
    }
}

extension [Stripe.Refund] {
    /// Those that failed or were canceled before the others, for which they make room.
    var endedFirst: [Stripe.Refund] { filter(\.isOver) + filter { !$0.isOver } }
}
