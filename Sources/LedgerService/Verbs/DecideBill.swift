import Ledger
internal import LedgerStore

extension LedgerService {
    /// Decides about a bill that a refund left unchanged: the bill is lowered now by the refunded amount, or the amount is charged again. An
    /// amount that is charged again is part of the next plan, and is not taken before. The bill is lowered at most by what is set aside: a
    /// refund beyond that returned an overpayment.
    ///
    /// - Parameters:
    ///   - number: The refund's number on the folio.
    ///   - line: The line that is lowered; `nil` chooses, see `allowances(of:reason:on:)`.
    /// - Throws: `ServiceRefusal.refundNotFound`, `.nothingToDecide`, `.billDecided`, `.lineUnwanted`, and those of a folio that is not open;
    ///   `LineRefusal` when less than the refund is left of the bill.
    package func decideBill<Answer>(
        ofRefund number: Int64, _ decision: Refund.BillDecision, line: Int64? = nil, of reference: String, of tenantID: String,
        by actor: String, once: Once<FolioView, Answer> = Once<FolioView, FolioView>.unkeyed
    ) async throws -> Answer {
        guard line == nil || decision == .lowered else { throw ServiceRefusal.lineUnwanted }
        return try await perform(once, of: tenantID) { book in
            let folio = try book.openFolio(reference)
            guard let refund = try book.refunds(of: folio).first(where: { $0.number == number }) else {
                throw ServiceRefusal.refundNotFound(number)
            }
            guard let bill = refund.bill, refund.state != .failed else { throw ServiceRefusal.nothingToDecide(number) }
            guard bill == .unchanged else { throw ServiceRefusal.billDecided(number, bill) }
            switch decision {
            case .lowered:
                // Shown on the line of the bill; for a refund made at Stripe nobody gave a reason.
                let reason = refund.reason(in: folio.guest.spoken)
                let setAside = try book.totals(of: folio).setAside
                let amount = setAside.minorUnits < refund.amount.minorUnits ? setAside : refund.amount
                guard amount.isPositive else { throw ServiceRefusal.nothingToDecide(number) }
                let lowered = try book.lower(folio, by: amount, reason: reason, on: line, by: actor)
                try book.decide(.lowered, line: lowered, of: refund, by: actor, of: folio)
            case .chargeAgain:
                try book.decide(.chargeAgain, of: refund, by: actor, of: folio)
            }
            return try book.view(of: folio)
        }
    }
}
