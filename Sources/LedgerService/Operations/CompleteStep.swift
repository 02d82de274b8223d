import Ledger
internal import LedgerStore
import Stripe

extension Book {
    /// Notes on the check-out step behind an operation what came of it; a refusal puts other steps in the place of those that wait.
    ///
    /// - Parameter refusal: `nil` when the operation was answered.
    func completeStep(of operation: Operation, _ refusal: Failure?) throws {
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
            let instead = try CheckOutPlan.afterShortfall(
                amount - hold.captured.minorUnits, following: following, savedCard: usableCard(of: folio) != nil,
                minimum: StripeLimits.minimum(in: tenant.currency))
            if instead != following { try replaceWaitingSteps(of: active, by: instead, of: folio) }
        case .increment, .release, .refund:
            try setState(.done, of: step, active, of: folio)
        }
    }

    /// A payment that a check-out waits for has moved: the step is done, or others take its place. The check-out runs on from there.
    func paymentChanged(_ payment: Payment, of folio: Folio) throws {
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
        if folio.stay != nil, case .chargeSavedCard(let amount) = step.step {
            try setNotice(.lateChargeByLink(Money(minorUnits: amount, currency: tenant.currency), .refused, why: why), of: folio)
        }
        let following = active.steps.filter { $0.position > step.position && $0.state == .waiting }.map(\.step)
        let cardRefused = active.steps.contains {
            if case .chargeSavedCard = $0.step { $0.state == .refused || $0.position == step.position } else { false }
        }
        if case .paymentPage(let amount) = step.step, try namesDeletedCustomer(step.operation) {
            // The guest was deleted at Stripe: the link is made once more, for a new customer.
            return try replaceWaitingSteps(of: active, by: [.paymentPage(amount: amount)] + following, of: folio)
        }
        if case .paymentPage(let amount) = step.step, case .methodNotActive(let method) = why, method != .card {
            // The link is made once more, and asks for a card now.
            return try replaceWaitingSteps(of: active, by: [.paymentPage(amount: amount)] + following, of: folio)
        }
        // A payment that a refund of this check-out was refused for is not asked again.
        let refused = active.steps.filter { $0.state == .refused || $0.position == step.position }.compactMap(\.step.payment)
        let instead = try CheckOutPlan.afterRefusal(
            of: step.step, following: following, savedCard: usableCard(of: folio) != nil && !cardRefused,
            minimum: StripeLimits.minimum(in: tenant.currency),
            payments: payments(of: folio).filter { !refused.contains($0.number) })
        if instead != following { try replaceWaitingSteps(of: active, by: instead, of: folio) }
    }

    private func namesDeletedCustomer(_ number: Int64?) throws -> Bool {
        guard let named = try number.flatMap({ try operation($0) })?.parameter("customer") else { return false }
        return try isLost(customer: named)
    }
}
