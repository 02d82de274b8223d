import Ledger
internal import LedgerStore
import Stripe

extension Book {
    /// Takes back a payment that failed after it had succeeded: the guest owes it again, on the day on which Stripe took the money out of the
    /// balance.
    ///
    /// The movement alone says so; the intent may say succeeded for good. Asked when the movement is known, and when the payment is: either
    /// can be heard of first. A movement whose payment never succeeded only ends what the balance had shown before.
    func takeBackFailed(intent: String) throws {
        guard let place = try payment(intent: intent), place.state == .succeeded, let folio = try folio(number: place.folio),
            var payment = try payments(of: folio).first(where: { $0.number == place.number }),
            let movement = try chargeFailures(ofIntent: intent).first(where: { $0.takesBack(payment) })
        else { return }
        let gone = payment.fail(.notPaid)
        let day = movement.created.day(in: tenant.timeZone)
        let entry = try Posting.paymentFailed(gone, folio: folio.reference, on: day, intent: intent)
            .map { try post($0, folio: folio, by: "stripe") }
        try save(payment, failureEntry: entry, of: folio)
        try setNotice(.paymentFailed(gone, payment.method, why: payment.failure, onClosed: folio.state.isClosed), of: folio)
    }
}
