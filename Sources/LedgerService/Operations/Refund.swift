import Ledger
internal import LedgerStore
import Stripe

extension OperationRules {
    /// Gives money of a payment back.
    static let refund = OperationRules(
        subject: .refund, evidence: .refundByKey,
        isReached: { book, operation, folio in
            try book.refunds(of: folio).first { $0.number == operation.subject }?.stripeID != nil
        },
        apply: { book, _, _, answer, _ in try book.apply(try object(Stripe.Refund.self, in: answer)) },
        fail: { book, operation, _, folio in
            guard var refund = try book.refunds(of: folio).first(where: { $0.number == operation.subject }), refund.state != .failed else {
                return
            }
            try book.releaseRefund(refund, of: folio)
            refund.state = .failed
            try book.save(refund, of: folio)
        },
        // What Stripe refuses for good it refuses for the whole payment.
        learn: { book, operation, error, folio in
            guard error.barsRefunds,
                let payment = try book.refunds(of: folio).first(where: { $0.number == operation.subject })?.payment
            else { return }
            try book.setRefundRefusal(Failure(error), ofPayment: payment, of: folio)
        })
}
