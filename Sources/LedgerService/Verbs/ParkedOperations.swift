import Ledger
internal import LedgerStore
import Stripe

extension LedgerService {
    /// Sends calls again that have no answer, parked ones included, as if they had just been decided, and carries on what waits for them.
    ///
    /// - Parameter number: Only this one; `nil` for all.
    /// - Returns: How many have no outcome this time either.
    /// - Throws: `ServiceRefusal.operationNotOpen` for one that has its outcome or is not there; `.tenantNotFound`; `.stripeUnreachable`
    ///   and the like, then nothing was taken up.
    package func retryOperations(_ number: Int64?, of tenantID: String) async throws -> Int {
        try await requireStripe(of: tenantID)
        let (tenant, taken) = try await store.write(of: tenantID) { book in
            let open = try book.waitingOperations() + book.parkedOperations()
            let taken = open.filter { number == nil || $0.number == number }
            if let number, taken.isEmpty { throw ServiceRefusal.operationNotOpen(number) }
            for operation in taken {
                try book.takeUp(operation)
                if let folio = try operation.folio.flatMap({ try book.folio(number: $0) }) {
                    try book.forgetParkedNotice(of: folio)
                }
            }
            return (book.tenant, taken)
        }
        for operation in taken {
            _ = try await sendAgain(operation, of: tenant)
            try await carryOn(operation, of: tenant)
        }
        return try store.read(of: tenant) { book in
            try taken.count { try book.operation($0.number)?.isOpen == true }
        }
    }

    /// Leaves a parked call for good, after Stripe has shown that it moved nothing, with a reason that is kept.
    ///
    /// What it was for counts as refused: a hold that was asked for is no cover, a payment is not taken, a check-out ends and its folio
    /// can be checked out anew. What Stripe shows of it is taken in first.
    ///
    /// - Throws: `ServiceRefusal.operationNotParked`, `.operationOfNewerProgram`; `.operationTookEffect` when Stripe shows that it did what it was for, and then that
    ///   is booked; `.stripeUnanswered`, `.stripeRefused` when Stripe does not show it; `.reasonMissing`, `.tenantNotFound`.
    package func dismissOperation(_ number: Int64, reason: String, of tenantID: String, by actor: String) async throws {
        try checkReason(reason)
        let tenant = try tenant(tenantID)
        guard let operation = try store.read(of: tenant, { try $0.operation(number) }), operation.state == .parked else {
            throw ServiceRefusal.operationNotParked(number)
        }
        guard OperationKind(rawValue: operation.kind) != nil else { throw ServiceRefusal.operationOfNewerProgram(number) }
        let leftover = try await takeInEffect(of: operation, of: tenant)
        let key = leftover.map(Book.orphanKey)
        let cancelling = try await store.write(of: tenant) { book -> Int64? in
            // Somebody may have had it sent again meanwhile; then what was read says nothing any more.
            guard let now = try book.operation(number), now.state == .parked, now.attempts == operation.attempts else {
                return nil
            }
            try book.leave(now, reason: reason, by: actor)
            guard let leftover, let key, let folio = try now.folio.flatMap({ try book.folio(number: $0) }),
                try !book.isBusy(intent: leftover)
            else { return nil }
            return try book.plan(
                .cancelOrphan, Requests.cancel(leftover, key: key), folio: folio, intent: leftover)
        }
        try await carryOn(operation, of: tenant)
        guard try store.read(of: tenant, { try $0.dismissal(of: operation) }) != nil else {
            let isEnded = try store.read(of: tenant) { try $0.operation(number)?.isOpen } == false
            throw isEnded
                ? ServiceRefusal.operationTookEffect(number, try operation.knownKind().phrase) : .operationNotParked(number)
        }
        if let cancelling { try await dispatch(cancelling, of: tenant) }
    }

    /// What waited for an operation goes on.
    private func carryOn(_ operation: Operation, of tenant: Tenant) async throws {
        let waits = try store.read(of: tenant) { book in
            guard let folio = try operation.folio.flatMap({ try book.folio(number: $0) }) else { return false }
            return try book.activeCheckOut(of: folio)?.state == .running
        }
        if waits, let folio = operation.folio { _ = try await carryOnCheckOuts([folio], of: tenant) }
    }

    /// Reads at Stripe what a parked call did, and takes that in; when it reached its aim, or Stripe refused it, it is ended by that.
    ///
    /// - Returns: An intent that it made and that has taken nothing: nobody will finish it.
    /// - Throws: `ServiceRefusal.stripeUnanswered`, `.stripeRefused` when Stripe does not show it.
    func takeInEffect(of operation: Operation, of tenant: Tenant) async throws -> String? {
        let client = try client(for: tenant)
        let since = operation.createdAt.adding(seconds: -60)
        do {
            switch try operation.knownKind() {
            case .placeHold, .chargeSavedCard:
                for try await page in client.paymentIntents(since: since) {
                    guard let intent = page.last(where: { operation.isMaker(of: $0.metadata, tenant) }) else { continue }
                    let status = try IntentFacts(intent).status
                    try await store.write(of: tenant) { book in
                        _ = try book.apply(intent, returning: returnAddress)
                        if status == .processing { try book.end(operation) }
                    }
                    return status == .waiting ? intent.id : nil
                }
            case .refund:
                for try await page in client.refunds(since: since) {
                    guard let refund = page.last(where: { operation.isMaker(of: $0.metadata, tenant) && operation.hasAsked(for: $0) })
                    else { continue }
                    try await store.write(of: tenant) { try $0.apply(refund) }
                }
            case .capture, .release, .increment, .cancelOrphan:
                let outcome = await client.paymentIntent(operation.pathID)
                // Cancelling takes nothing from anybody: what is not there need not be cancelled.
                if operation.kind == OperationKind.cancelOrphan.rawValue, case .refused(let error) = outcome, error.code == .resourceMissing
                {
                    return nil
                }
                let intent = try outcome.orThrow(.readingPayment)
                try await store.write(of: tenant) { book in
                    _ = try book.apply(intent, returning: returnAddress)
                    // What was read before may have shown it already: only the amount tells.
                    let isRaised = operation.raisesTo.map { intent.amount >= $0 } ?? false
                    let isCancelled = operation.kind == OperationKind.cancelOrphan.rawValue && intent.status == .canceled
                    if isRaised || isCancelled { try book.end(operation) }
                }
            case .withdrawPage:
                let session = try await client.checkoutSession(operation.pathID).orThrow(.readingPage)
                try await store.write(of: tenant) { book in
                    try book.apply(session, returning: returnAddress)
                    if session.status != .open { try book.end(operation) }
                }
            case .holdPage, .paymentPage, .setupPage, .detachCard:
                // They move no money: a page that no guest was sent to expires by itself.
                break
            }
        } catch let failure as StripeFailure {
            throw failure.refusal(.readingPayment)
        }
        return nil
    }
}

extension Operation {
    /// The object that a call acts on: `pi_1` in `/v1/payment_intents/pi_1/capture`.
    var pathID: String { String(path.split(separator: "/").dropLast().last ?? "") }

    /// The amount that an increment raises its hold to, as Stripe counts it.
    var raisesTo: Int64? {
        guard kind == OperationKind.increment.rawValue else { return nil }
        return parameter("amount").flatMap { Int64($0) }
    }
}

extension Book {
    /// News has shown that a call reached its aim.
    fileprivate func end(_ operation: Operation) throws {
        guard try self.operation(operation.number)?.isOpen == true else { return }
        try finish(operation, .done)
        try settle(operation, nil)
    }

    /// Leaves a parked call, with all that follows for its folio.
    fileprivate func leave(_ operation: Operation, reason: String, by actor: String) throws {
        try dismiss(operation, reason: reason, by: actor)
        guard let folio = try operation.folio.flatMap({ try folio(number: $0) }) else { return }
        let kind = try operation.knownKind()
        let why = Failure.dismissed(reason, by: actor)
        try fail(kind, operation.subject, why: why, folio)
        if let active = try activeCheckOut(of: folio),
            let step = active.steps.first(where: { $0.operation == operation.number }), step.state == .waiting
        {
            try setState(.refused, failure: why, of: step, active, of: folio)
            // Nothing takes its place by itself: what is still due is decided anew, by people who see it.
            try replaceWaitingSteps(of: active, by: [], of: folio)
            if let active = try activeCheckOut(of: folio) { try end(active, folio) }
        }
        try setNotice(.operationDismissed(kind, why: why, at: now), of: folio)
    }
}
