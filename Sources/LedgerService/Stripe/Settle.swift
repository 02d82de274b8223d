import Ledger
internal import LedgerStore
import Stripe

extension Book {
    /// Notes on the check-out step behind an operation what came of it; a refusal puts other steps in the place of those that wait.
    ///
    /// - Parameter refusal: `nil` when the operation was answered.
    func settle(_ operation: Operation, _ refusal: Failure?) throws {
        guard let number = operation.folio, let folio = try folio(number: number),
            let active = try activeCheckOut(of: folio),
            let step = active.steps.first(where: { $0.operation == operation.number }), step.state == .waiting
        else { return }
        if let refusal { return try refuse(step, why: refusal, active, folio) }
        switch step.step {
        case .paymentPage, .chargeSavedCard:
            // Of a page, too, the news can come before the answer: it has been paid on already, or is over.
            let payment = try payments(of: folio).first { $0.number == step.payment }
            switch payment?.state {
            case .succeeded: try setState(.done, of: step, active, of: folio)
            case .failed: try refuse(step, why: payment?.failure ?? .notPaid, active, folio)
            default: try setState(.awaitingGuest, of: step, active, of: folio)
            }
        case .capture(let number, let amount):
            try setState(.done, of: step, active, of: folio)
            // Somebody else captured it for good, and less than this step was to take: the rest is taken elsewhere.
            guard let hold = try holds(of: folio).first(where: { $0.number == number }), hold.state == .captured,
                hold.captured.minorUnits < amount
            else { return }
            let following = active.steps.filter { $0.position > step.position && $0.state == .waiting }.map(\.step)
            let instead = CheckOutPlan.afterShortfall(
                amount - hold.captured.minorUnits, following: following, savedCard: folio.savedCard != nil,
                minimum: StripeLimits.minimum(in: tenant.currency))
            if instead != following { try replaceWaitingSteps(of: active, by: instead, of: folio) }
        case .increment, .release, .refund:
            try setState(.done, of: step, active, of: folio)
        }
    }

    /// News of an object can come before the answer to the call that moved it, or in place of an answer that never comes. An operation
    /// whose aim has been reached is done, and need not be sent again.
    func finishReached(of folio: Folio) throws {
        for operation in try openOperations(folio: folio) where try hasReached(operation, folio) {
            try finish(operation, .done)
            try forgetParkedNotice(of: folio)
            try settle(operation, nil)
        }
    }

    private func hasReached(_ operation: Operation, _ folio: Folio) throws -> Bool {
        func hold() throws -> Hold? { try holds(of: folio).first { $0.number == operation.subject } }
        func payment() throws -> Payment? { try payments(of: folio).first { $0.number == operation.subject } }
        switch try operation.knownKind() {
        case .capture: return try hold()?.state == .captured
        case .release: return try hold()?.isLetGo == true
        // Also what others have ended since.
        case .placeHold:
            return try hold().map { $0.intent != nil && [.authorised, .captured, .released, .expired].contains($0.state) } ?? false
        case .chargeSavedCard: return try payment()?.state == .succeeded
        case .refund: return try refunds(of: folio).first { $0.number == operation.subject }?.stripeID != nil
        // A page is there when it is known, or when something came of the intent behind it.
        case .holdPage: return try hold().map { $0.session != nil || ($0.intent != nil && $0.state != .requested) } ?? false
        case .paymentPage: return try payment().map { $0.session != nil || ($0.intent != nil && $0.state != .requested) } ?? false
        case .setupPage: return try cardOnFile(of: folio).map { $0.session != nil || $0.state == .saved } ?? false
        case .withdrawPage, .increment, .cancelOrphan, .detachCard: return false
        }
    }

    /// A payment that a check-out waits for has moved: the step is done, or others take its place. The check-out runs on from there.
    func review(_ payment: Payment, of folio: Folio) throws {
        guard let active = try activeCheckOut(of: folio),
            let step = active.steps.first(where: { $0.state == .awaitingGuest && $0.payment == payment.number })
        else { return }
        switch payment.state {
        case .succeeded: try setState(.done, of: step, active, of: folio)
        case .failed: try refuse(step, why: payment.failure ?? .notPaid, active, folio)
        case .requested, .processing: return
        }
        try setState(.running, of: active, of: folio)
        try setState(.closing, of: folio)
    }

    /// Notes that a step is refused, and puts other steps in the place of those that wait.
    func refuse(_ step: CheckOut.Step, why: Failure, _ active: CheckOut, _ folio: Folio) throws {
        try setState(.refused, failure: why, of: step, active, of: folio)
        let following = active.steps.filter { $0.position > step.position && $0.state == .waiting }.map(\.step)
        let cardRefused = active.steps.contains {
            if case .chargeSavedCard = $0.step { $0.state == .refused || $0.position == step.position } else { false }
        }
        if case .paymentPage(let amount) = step.step, try namesDeletedCustomer(step.operation) {
            // The guest was deleted at Stripe: the link is made once more, for a new customer.
            return try replaceWaitingSteps(of: active, by: [.paymentPage(amount: amount)] + following, of: folio)
        }
        // A payment that a refund of this check-out was refused for is not asked again.
        let refused = active.steps.filter { $0.state == .refused || $0.position == step.position }.compactMap(\.step.payment)
        let instead = CheckOutPlan.afterRefusal(
            of: step.step, following: following, savedCard: folio.savedCard != nil && !cardRefused,
            minimum: StripeLimits.minimum(in: tenant.currency),
            payments: try payments(of: folio).filter { !refused.contains($0.number) })
        if instead != following { try replaceWaitingSteps(of: active, by: instead, of: folio) }
    }

    private func namesDeletedCustomer(_ number: Int64?) throws -> Bool {
        guard let named = try number.flatMap({ try operation($0) })?.parameter("customer") else { return false }
        return try isLost(customer: named)
    }
}
