import Foundation
import Ledger
internal import LedgerStore
import Stripe

extension Book {
    /// Applies the answer to an operation, by what the operation was for.
    ///
    /// - Throws: `DecodingError` when the answer is not what was asked for.
    func applyAnswer(_ body: Data, to operation: Ledger.Operation, returning: ReturnAddress) throws {
        let decoder = JSONDecoder()
        guard let folio = try operation.folio.flatMap({ try folio(number: $0) }) else { return }
        switch try operation.knownKind() {
        case .holdPage, .paymentPage, .setupPage:
            try attach(try decoder.decode(CheckoutSession.self, from: body), to: operation, folio)
        case .withdrawPage:
            try apply(try decoder.decode(CheckoutSession.self, from: body), returning: returning)
        case .placeHold, .chargeSavedCard, .increment, .capture, .release, .cancelOrphan:
            try apply(try decoder.decode(PaymentIntent.self, from: body), returning: returning)
        case .refund:
            try apply(try decoder.decode(Stripe.Refund.self, from: body))
        case .detachCard:
            try forgotten(operation, folio)
        }
    }

    /// Keeps a page's id on the hold, payment or saved card that it was made for, and shows the page while the guest can use it.
    func attach(_ session: CheckoutSession, to operation: Ledger.Operation, _ folio: Folio) throws {
        var isWaiting = true
        switch try operation.knownKind() {
        case .holdPage:
            if var hold = try holds(of: folio).first(where: { $0.number == operation.subject }) {
                isWaiting = hold.state == .requested
                hold.session = session.id
                try save(hold, of: folio)
            }
        case .paymentPage:
            if var payment = try payments(of: folio).first(where: { $0.number == operation.subject }) {
                isWaiting = payment.state == .requested
                payment.session = session.id
                try save(payment, of: folio)
            }
        case .setupPage:
            try setCardSession(session.id, of: folio)
        default: return
        }
        let isOver = session.status == .complete || session.status == .expired
        if isWaiting, !isOver { try setPage(session.url, of: folio) }
    }

    /// Stripe has let go of a card: a past one, whose number is the operation's subject, or the saved one.
    private func forgotten(_ operation: Ledger.Operation, _ folio: Folio) throws {
        if let past = operation.subject {
            try setDetached(pastCard: past, of: folio)
        } else {
            try setCardState(.removed, of: folio)
        }
    }

    /// Takes in a definite refusal and ends the operation.
    ///
    /// - Returns: The operation that cancels what the refused attempt left open, when there is something.
    func applyRefusal(_ error: StripeError, to operation: Ledger.Operation, returning: ReturnAddress) throws -> Int64? {
        guard let folio = try operation.folio.flatMap({ try folio(number: $0) }) else {
            try finish(operation, .refused, failure: Failure(error))
            return nil
        }
        let kind = try operation.knownKind()
        let why = Failure(error)
        if let intent = error.paymentIntent {
            try apply(intent, returning: returning)
            // The intent may have said already that its attempt is over.
            guard try self.operation(operation.number)?.isOpen == true else {
                return try openOperations(folio: folio).first { $0.idempotencyKey == Self.orphanKey(intent.id) }?.number
            }
        }
        let hold = try holds(of: folio).first { $0.number == operation.subject }
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
            if kind == .detachCard { try forgotten(operation, folio) }
            try finish(operation, .done)
            try settle(operation, nil)
            return nil
        }
        if kind == .cancelOrphan {
            // Nobody waits for it who could see the refusal, and the attempt stays open at Stripe.
            try park(operation, failure: why)
            try setNotice(.operationParked(kind), of: folio)
            return nil
        }
        try fail(kind, operation.subject, why: why, folio)
        if kind == .refund, error.barsRefunds,
            let payment = try refunds(of: folio).first(where: { $0.number == operation.subject })?.payment
        {
            try setRefundRefusal(why, ofPayment: payment, of: folio)
        }
        try finish(operation, .refused, failure: why)
        try settle(operation, why)
        guard kind == .placeHold || kind == .chargeSavedCard, let intent = error.paymentIntent, intent.status != .canceled else {
            return nil
        }
        return try plan(
            .cancelOrphan, Requests.cancel(intent.id, key: Self.orphanKey(intent.id)), folio: folio, intent: intent.id)
    }

    func fail(_ kind: OperationKind, _ subject: Int64?, why: Failure, _ folio: Folio) throws {
        switch kind {
        case .holdPage, .placeHold:
            guard var hold = try holds(of: folio).first(where: { $0.number == subject }), !hold.state.isFinal else { return }
            hold.state = .failed
            hold.failure = why
            try save(hold, of: folio)
            try setNotice(
                kind == .placeHold ? .holdRefused(hold.amount, why: why) : .pageRefused(.hold, why: why), of: folio)
        case .paymentPage, .chargeSavedCard:
            guard var payment = try payments(of: folio).first(where: { $0.number == subject }), payment.state != .succeeded
            else { return }
            payment.state = .failed
            payment.failure = why
            try save(payment, of: folio)
            if kind == .paymentPage { try setNotice(.pageRefused(.payment, why: why), of: folio) }
        case .setupPage:
            try setCardState(.failed, of: folio)
            try setNotice(.pageRefused(.card, why: why), of: folio)
        case .refund:
            guard var refund = try refunds(of: folio).first(where: { $0.number == subject }), refund.state != .failed else {
                return
            }
            try giveUp(refund, of: folio)
            refund.state = .failed
            try save(refund, of: folio)
        case .increment, .capture, .release, .withdrawPage, .cancelOrphan, .detachCard:
            break
        }
    }
}
