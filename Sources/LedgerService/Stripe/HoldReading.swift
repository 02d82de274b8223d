import Ledger
internal import LedgerStore
import Stripe

// Others may take from a hold while nobody here looks: it is read before money is taken out of it, so that together no more is taken than
// was shown. What is left is the moment between the reading and the call, because Stripe takes no condition with a capture.

extension LedgerService {
    /// Reads the intents of a folio's live holds and takes in what became of them.
    ///
    /// One that Stripe does not show is left to the step that needs it.
    ///
    /// - Throws: `ServiceRefusal.stripeUnanswered`.
    func readHolds(of reference: String, of tenant: Tenant) async throws {
        let intents = try store.read { transaction in
            try transaction.holds(of: try transaction.openFolio(reference, of: tenant), of: tenant).filter { $0.state == .authorised }
                .compactMap(\.intent)
        }
        let client = try client(for: tenant)
        for id in intents {
            let outcome = await client.paymentIntent(id)
            if case .refused = outcome { continue }
            let intent = try outcome.orThrow(.readingPayment)
            try await store.write { _ = try $0.apply(intent, of: tenant, returning: returnAddress) }
        }
    }

    /// Reads the hold that an operation is about to take from or to raise. The operation is not sent when news of the hold has ended it, or
    /// when more would be taken with it than is still owed.
    ///
    /// - Returns: What came of the operation; `nil` when it may be sent.
    func readHold(before operation: Operation, what: Phrase, of tenant: Tenant, with client: StripeClient) async throws -> Dispatched? {
        switch await client.paymentIntent(operation.pathID) {
        case .answer(let intent):
            try await store.write { transaction in
                _ = try transaction.apply(intent, of: tenant, returning: returnAddress)
                guard try transaction.operation(operation.number, of: tenant)?.state == .waiting else { return }
                // While the hold lives, the call has done nothing of what it was for.
                try transaction.giveUpIfOvertaken(operation, of: tenant)
            }
            let now = try store.read { try $0.operation(operation.number, of: tenant) }
            switch now?.state {
            case .done: return .done
            case .refused: return .refused(what: what, why: now?.failure ?? .outdated(Self.overtaken))
            case .parked: return .parked(what: what)
            case .waiting, nil: return nil
            }
        case .refused: return nil
        case .unknown(let uncertainty):
            return try await putOff(operation, uncertainty.trouble, why: Failure(uncertainty), of: tenant)
        }
    }

    /// What a step is refused with when others took what it was for.
    static let overtaken = "plan_changed"
}

extension Transaction {
    /// Ends a call that was never carried out, and whose step would take more than is owed by now.
    fileprivate func giveUpIfOvertaken(_ operation: Operation, of tenant: Tenant) throws {
        guard let folio = try operation.folio.flatMap({ try folio(number: $0, of: tenant) }),
            let active = try activeCheckOut(of: folio, of: tenant),
            let step = active.steps.first(where: { $0.operation == operation.number }), step.state == .waiting,
            try movesTooMuch(active, folio, tenant)
        else { return }
        let why = Failure.outdated(LedgerService.overtaken)
        try finish(operation, .refused, failure: why)
        try planAnew(from: step, of: active, folio, tenant)
    }

    /// Whether the steps that still wait move more than is owed by now, because others took or gave back meanwhile.
    func movesTooMuch(_ active: CheckOut, _ folio: Folio, _ tenant: Tenant) throws -> Bool {
        let waiting = active.steps.filter { $0.state == .waiting }.map(\.step.moves).clampedSum
        guard waiting != 0 else { return false }
        let owed = try CheckOutPlan(try checkOutFacts(of: folio, of: tenant)).due.clampedSubtracting(awaited(by: active, folio, tenant))
        return waiting > 0 ? waiting > owed : waiting < min(0, owed)
    }

    /// What the guest is asked for on pages of this check-out, and has not paid yet.
    private func awaited(by active: CheckOut, _ folio: Folio, _ tenant: Tenant) throws -> Int64 {
        let asked = Set(active.steps.filter { $0.state == .awaitingGuest }.compactMap(\.payment))
        return try payments(of: folio, of: tenant).filter { $0.state == .requested && asked.contains($0.number) }
            .map(\.amount.minorUnits).clampedSum
    }

    /// Puts in the place of all steps that wait what is left to do by now, as far as that is no more than was shown. Where it is, the
    /// check-out ends unfinished, and the folio is open again with its new plan.
    func planAnew(from step: CheckOut.Step, of active: CheckOut, _ folio: Folio, _ tenant: Tenant) throws {
        let shown = active.steps.filter { $0.state == .waiting }.map(\.step.moves).clampedSum
        try setState(.refused, failure: .outdated(LedgerService.overtaken), of: step, active, of: folio, of: tenant)
        let plan = try CheckOutPlan(try checkOutFacts(of: folio, of: tenant))
        let moves = plan.steps.map(\.moves).clampedSum
        let isWithin = shown > 0 ? (0...shown).contains(moves) && plan.due >= 0 : (shown...0).contains(moves) && plan.due <= 0
        let mayGoOn = try isWithin && awaited(by: active, folio, tenant) == 0
        try replaceWaitingSteps(of: active, by: mayGoOn ? plan.steps : [], of: folio, of: tenant)
    }
}
