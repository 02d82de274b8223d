import Foundation
import Ledger
internal import LedgerStore
import Stripe

extension Transaction {
    /// Applies the answer to an operation, by what the operation was for.
    ///
    /// - Throws: `DecodingError` when the answer is not what was asked for.
    func applyAnswer(_ body: Data, to operation: Ledger.Operation, of tenant: Tenant, returning: ReturnAddress) throws {
        let decoder = JSONDecoder()
        guard let folio = try operation.folio.flatMap({ try folio(number: $0, of: tenant) }) else { return }
        switch try operation.knownKind() {
        case .holdPage, .paymentPage, .setupPage:
            try attach(try decoder.decode(CheckoutSession.self, from: body), to: operation, folio, tenant)
        case .withdrawPage:
            try apply(try decoder.decode(CheckoutSession.self, from: body), of: tenant, returning: returning)
        case .placeHold, .chargeSavedCard, .increment, .capture, .release, .cancelOrphan:
            try apply(try decoder.decode(PaymentIntent.self, from: body), of: tenant, returning: returning)
        case .refund:
            try apply(try decoder.decode(Stripe.Refund.self, from: body), of: tenant)
        case .detachCard:
            try forgotten(operation, folio, tenant)
        }
    }

    /// Keeps a page's id on the hold, payment or saved card that it was made for, and shows the page while the guest can use it.
    func attach(_ session: CheckoutSession, to operation: Ledger.Operation, _ folio: Folio, _ tenant: Tenant) throws {
        var isWaiting = true
        switch try operation.knownKind() {
        case .holdPage:
            if var hold = try holds(of: folio, of: tenant).first(where: { $0.number == operation.subject }) {
                isWaiting = hold.state == .requested
                hold.session = session.id
                try save(hold, of: folio, of: tenant)
            }
        case .paymentPage:
            if var payment = try payments(of: folio, of: tenant).first(where: { $0.number == operation.subject }) {
                isWaiting = payment.state == .requested
                payment.session = session.id
                try save(payment, of: folio, of: tenant)
            }
        case .setupPage:
            try setCardSession(session.id, of: folio, of: tenant)
        default: return
        }
        let isOver = session.status == .complete || session.status == .expired
        if isWaiting, !isOver { try setPage(session.url, of: folio, of: tenant) }
    }

    /// Stripe has let go of a card: a past one, whose number is the operation's subject, or the saved one.
    private func forgotten(_ operation: Ledger.Operation, _ folio: Folio, _ tenant: Tenant) throws {
        if let past = operation.subject {
            try setDetached(pastCard: past, of: folio, of: tenant)
        } else {
            try setCardState(.removed, of: folio, of: tenant)
        }
    }

    /// Takes in a definite refusal and ends the operation.
    ///
    /// - Returns: The operation that cancels what the refused attempt left open, when there is something.
    func applyRefusal(
        _ error: StripeError, to operation: Ledger.Operation, of tenant: Tenant, returning: ReturnAddress
    ) throws -> Int64? {
        guard let folio = try operation.folio.flatMap({ try folio(number: $0, of: tenant) }) else {
            try finish(operation, .refused, failure: Failure(error))
            return nil
        }
        let kind = try operation.knownKind()
        let why = Failure(error)
        if let intent = error.paymentIntent {
            try apply(intent, of: tenant, returning: returning)
            // The intent may have said already that its attempt is over.
            guard try self.operation(operation.number, of: tenant)?.isOpen == true else {
                return try openOperations(of: tenant, folio: folio).first { $0.idempotencyKey == Self.orphanKey(intent.id) }?.number
            }
        }
        let hold = try holds(of: folio, of: tenant).first { $0.number == operation.subject }
        // The refusal may say that what we wanted has happened already.
        let reached =
            switch kind {
            case .capture: hold?.state == .captured
            case .release: hold?.isLetGo == true
            case .cancelOrphan: error.paymentIntent.map { $0.status == .canceled || $0.status == .succeeded } ?? false
            case .detachCard: true
            default: false
            }
        if reached {
            if kind == .detachCard { try forgotten(operation, folio, tenant) }
            try finish(operation, .done)
            try settle(operation, nil, of: tenant)
            return nil
        }
        if kind == .cancelOrphan {
            // Nobody waits for it who could see the refusal, and the attempt stays open at Stripe.
            try park(operation, failure: why)
            try setNotice(.operationParked(kind), of: folio, of: tenant)
            return nil
        }
        try fail(kind, operation.subject, why: why, folio, tenant)
        if kind == .refund, error.barsRefunds,
            let payment = try refunds(of: folio, of: tenant).first(where: { $0.number == operation.subject })?.payment
        {
            try setRefundRefusal(why, ofPayment: payment, of: folio, of: tenant)
        }
        try finish(operation, .refused, failure: why)
        try settle(operation, why, of: tenant)
        guard kind == .placeHold || kind == .chargeSavedCard, let intent = error.paymentIntent, intent.status != .canceled else {
            return nil
        }
        return try plan(
            .cancelOrphan, Requests.cancel(intent.id, key: Self.orphanKey(intent.id)), folio: folio, intent: intent.id, of: tenant)
    }

    func fail(_ kind: OperationKind, _ subject: Int64?, why: Failure, _ folio: Folio, _ tenant: Tenant) throws {
        switch kind {
        case .holdPage, .placeHold:
            guard var hold = try holds(of: folio, of: tenant).first(where: { $0.number == subject }), !hold.state.isFinal else { return }
            hold.state = .failed
            hold.failure = why
            try save(hold, of: folio, of: tenant)
            try setNotice(
                kind == .placeHold ? .holdRefused(hold.amount, why: why) : .pageRefused(.hold, why: why), of: folio, of: tenant)
        case .paymentPage, .chargeSavedCard:
            guard var payment = try payments(of: folio, of: tenant).first(where: { $0.number == subject }), payment.state != .succeeded
            else { return }
            payment.state = .failed
            payment.failure = why
            try save(payment, of: folio, of: tenant)
            if kind == .paymentPage { try setNotice(.pageRefused(.payment, why: why), of: folio, of: tenant) }
        case .setupPage:
            try setCardState(.failed, of: folio, of: tenant)
            try setNotice(.pageRefused(.card, why: why), of: folio, of: tenant)
        case .refund:
            guard var refund = try refunds(of: folio, of: tenant).first(where: { $0.number == subject }), refund.state != .failed else {
                return
            }
            try giveUp(refund, of: folio, of: tenant)
            refund.state = .failed
            try save(refund, of: folio, of: tenant)
        case .increment, .capture, .release, .withdrawPage, .cancelOrphan, .detachCard:
            break
        }
    }
}
