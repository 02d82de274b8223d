import Ledger
internal import LedgerStore
import Stripe

extension LedgerService {
    /// Sends calls again that have no answer, parked ones included, as if they had just been decided, and carries on what waits for them.
    ///
    /// - Parameter number: Only this one; `nil` for all.
    /// - Returns: How many have no outcome this time either.
    /// - Throws: `ServiceRefusal.operationNotOpen` for one that has its outcome or is not there, `.stripeUnreachable`
    ///   and the like, then nothing was taken up.
    package func retryOperations(_ number: Int64?, of tenantID: String) async throws -> Int {
        try await requireStripe(of: tenantID)
        let (tenant, taken) = try await store.write(of: tenantID) { book in
            let open = try book.waitingOperations() + book.parkedOperations()
            let taken = open.filter { number == nil || $0.number == number }
            if let number, taken.isEmpty { throw ServiceRefusal.operationNotOpen(number) }
            for operation in taken {
                try book.requeue(operation)
                if let folio = try operation.folio.flatMap({ try book.folio(number: $0) }) {
                    try book.forgetNoticeOfCalls(of: folio)
                }
            }
            return (book.tenant, taken)
        }
        for operation in taken {
            do { _ = try await dispatch(operation.number, of: tenant) } catch ServiceRefusal.stripeKeyRefused where number == nil {
                // The key may lack the right to this one thing.
                continue
            }
            try await carryOn(operation, of: tenant)
        }
        return try store.read(of: tenant) { book in
            try taken.count { try book.operation($0.number)?.isOpen == true }
        }
    }

    /// Dismisses a parked operation permanently, after Stripe has shown that it had no effect, with a reason that is recorded.
    ///
    /// The operation then counts as refused: a requested hold covers nothing, a payment is not taken, a check-out ends and its folio can be
    /// checked out again. What Stripe shows about it is taken in first.
    ///
    /// - Throws: `ServiceRefusal.operationNotParked`, `.operationOfNewerProgram`; `.operationTookEffect` when Stripe shows that it did what it was for, and then that
    ///   is booked; `.stripeUnanswered`, `.stripeRefused` when Stripe does not show it; `.reasonMissing`; `TenantNotFound`.
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
            // Somebody may have had it sent again in the meantime; then what was read says nothing any more.
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
}

extension Book {
    /// Leaves a parked call, with all that follows for its folio.
    fileprivate func leave(_ operation: Operation, reason: String, by actor: String) throws {
        try end(
            operation, .dismissed(reason: reason, by: actor),
            then: { book in
                guard let folio = try book.folio(of: operation) else { return }
                let why = Failure.dismissed(reason, by: actor)
                try operation.rules().fail(book, operation, why, folio)
                if let active = try book.activeCheckOut(of: folio),
                    let step = active.steps.first(where: { $0.operation == operation.number }), step.state == .waiting
                {
                    try book.setState(.refused, failure: why, of: step, active, of: folio)
                    // Nothing replaces it automatically: people decide again about what is still due.
                    try book.replaceWaitingSteps(of: active, by: [], of: folio)
                    if let active = try book.activeCheckOut(of: folio) { try book.end(active, folio) }
                }
                try book.setNotice(.operationDismissed(try operation.knownKind(), why: why, at: book.now), of: folio)
            })
    }
}
