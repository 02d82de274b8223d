import Ledger
internal import LedgerStore
import Stripe

// Others may capture a hold at Stripe. So it is read before a capture, so that in total no more is taken than was shown. What remains is the
// moment between reading and capturing, because a capture at Stripe cannot be made conditional.

extension LedgerService {
    /// Reads the intents of a folio's live holds and takes in what happened to them.
    ///
    /// One that Stripe does not show is left to the step that needs it.
    ///
    /// - Throws: `ServiceRefusal.stripeUnanswered`.
    func readHolds(of reference: String, of tenant: Tenant) async throws {
        let intents = try store.read(of: tenant) { book in
            try book.holds(of: try book.openFolio(reference)).filter { $0.state == .authorised }
                .compactMap(\.intent)
        }
        let client = try client(for: tenant)
        for id in intents {
            let outcome = await client.paymentIntent(id)
            if case .refused = outcome { continue }
            let intent = try outcome.orThrow(.readingPayment)
            try await store.write(of: tenant) { _ = try $0.apply(intent, returning: returnAddress) }
        }
    }

    /// Reads the hold that an operation is about to take from or to raise. The operation is not sent when news of the hold has ended it, or
    /// when more would be taken with it than is still owed.
    ///
    /// - Returns: The outcome of the operation; `nil` when it may be sent.
    func readHold(before operation: Operation, what: Phrase, of tenant: Tenant, with client: StripeClient) async throws -> Dispatched? {
        switch await client.paymentIntent(operation.pathID) {
        case .answer(let intent):
            try await store.write(of: tenant) { book in
                _ = try book.apply(intent, returning: returnAddress)
                guard try book.operation(operation.number)?.state == .waiting else { return }
                // A hold that is raised already is raised by this call, whose answer was lost, or by somebody else; either way it is done.
                if case .intentInPath(let shows) = try operation.rules().evidence, shows(intent, operation) {
                    return _ = try book.end(operation, .done)
                }
                // Otherwise the call has done nothing of what it was for while the hold lives.
                try book.giveUpIfOvertaken(operation)
            }
            let now = try store.read(of: tenant) { try $0.operation(operation.number) }
            switch now?.state {
            case .done: return .done
            case .refused: return .refused(what: what, why: now?.failure ?? .outdated(Self.overtaken))
            case .parked: return .parked(what: what)
            case .waiting, nil: return nil
            }
        case .refused: return nil
        case .unknown(let uncertainty):
            return try await reschedule(operation, uncertainty.pendingReason, why: Failure(uncertainty), of: tenant)
        }
    }

    /// What a step is refused with when others took what it was for.
    static let overtaken = "plan_changed"
}

extension Book {
    /// Ends a call that was never executed, and whose step would take more than is owed now.
    fileprivate func giveUpIfOvertaken(_ operation: Operation) throws {
        guard let folio = try folio(of: operation), let active = try activeCheckOut(of: folio),
            let step = active.steps.first(where: { $0.operation == operation.number }), step.state == .waiting,
            try movesTooMuch(active, folio)
        else { return }
        let why = Failure.outdated(LedgerService.overtaken)
        try end(operation, .refused(why), then: { try $0.planAnew(from: step, of: active, folio) })
    }

    /// Whether the waiting steps move more than is owed now, because others captured or refunded in the meantime.
    func movesTooMuch(_ active: CheckOut, _ folio: Folio) throws -> Bool {
        let waiting = active.steps.filter { $0.state == .waiting }.map(\.step.moves).clampedSum
        guard waiting != 0 else { return false }
        let owed = try CheckOutPlan(try checkOutInput(of: folio)).due.clampedSubtracting(awaited(by: active, folio))
        return waiting > 0 ? waiting > owed : waiting < min(0, owed)
    }

    /// What the guest is asked for on pages of this check-out, and has not paid yet.
    private func awaited(by active: CheckOut, _ folio: Folio) throws -> Int64 {
        let asked = Set(active.steps.filter { $0.state == .awaitingGuest }.compactMap(\.payment))
        return try payments(of: folio).filter { $0.state == .requested && asked.contains($0.number) }
            .map(\.amount.minorUnits).clampedSum
    }

    /// Replaces all waiting steps by what is left to do now, if that is not more than was shown. If it is more, the check-out ends incomplete,
    /// and the folio is open again with a new plan.
    func planAnew(from step: CheckOut.Step, of active: CheckOut, _ folio: Folio) throws {
        let shown = active.steps.filter { $0.state == .waiting }.map(\.step.moves).clampedSum
        try setState(.refused, failure: .outdated(LedgerService.overtaken), of: step, active, of: folio)
        let plan = try CheckOutPlan(try checkOutInput(of: folio))
        let moves = plan.steps.map(\.moves).clampedSum
        let isWithin = shown > 0 ? (0...shown).contains(moves) && plan.due >= 0 : (shown...0).contains(moves) && plan.due <= 0
        let mayGoOn = try isWithin && awaited(by: active, folio) == 0
        try replaceWaitingSteps(of: active, by: mayGoOn ? plan.steps : [], of: folio)
    }
}
