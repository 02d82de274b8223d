import Ledger
internal import LedgerStore

/// How a stay or an order ends without a check-out.
package enum FolioClosure: Sendable {
    /// The guest cancels. The fee, zero for none, is a compensation and carries no tax.
    case cancellation(fee: Money)
    /// The guest did not come, and the room was kept: the fee is taxed like lodging.
    ///
    /// - Parameter kept: The part of the prepayment that is kept as well, as with a non-refundable rate; not taxed.
    case noShow(fee: Money, kept: Money? = nil)

    var outcome: Folio.State {
        switch self {
        case .cancellation: .cancelled
        case .noShow: .noShow
        }
    }

    /// In the guest's language, because they appear on the document. Other lines are worded by the person who adds them.
    fileprivate func fees(in language: Language) -> [NewLine] {
        let all: [(Category, Phrase, Money?)] =
            switch self {
            case .cancellation(let fee): [(.cancellation, Phrase("Cancellation fee", "Stornogebühr"), fee)]
            case .noShow(let fee, let kept):
                [
                    (.noShow, Phrase("No-show fee", "No-Show-Gebühr"), fee),
                    (.cancellation, Phrase("Prepayment kept", "Einbehaltene Anzahlung"), kept),
                ]
            }
        return all.compactMap { category, description, amount in
            guard let amount, !amount.isZero else { return nil }
            return .free(category: category, description: description.text(in: language), quantity: 1, unitAmount: amount)
        }
    }
}

extension LedgerService {
    /// What ending the folio so would do to the money, as things stand now. Changes nothing.
    ///
    /// - Returns: The folio as it is, and the plan for what it will owe then.
    /// - Throws: `ServiceRefusal.folioClosed` and the like; `LateChargeRefusal` for a late charge; `LineRefusal`, `MoneyError` for the fee;
    ///   `.reasonMissing`.
    package func closurePreview(
        _ closure: FolioClosure, reason: String, of reference: String, of tenantID: String
    ) throws -> CheckOutPreview {
        try checkReason(reason)
        return try store.read(of: tenantID) { book in
            let folio = try book.openFolio(reference)
            let new = try book.lines(closure, reason: reason, on: folio)
            return CheckOutPreview(
                view: try book.view(of: folio),
                plan: try CheckOutPlan(try book.checkOutInput(of: folio, with: new, isCalledOff: true)))
        }
    }

    /// The guest cancels. Charges are reversed; a fee, if the contract allows one, is compensation and not taxed. Money beyond the fee is
    /// refunded, holds are released and the saved card is detached.
    ///
    /// - Parameters:
    ///   - fee: What the tenant keeps; zero for nothing.
    ///   - plan: The id of the plan that `closurePreview` showed; `nil` if none was shown.
    ///   - isConfirmed: Whether the person has typed the password again for this.
    /// - Throws: `ServiceRefusal` for an unknown or closed folio; `.planChanged` when anything changed since, and nothing is taken then;
    ///   `.stripeUnanswered` when Stripe is silent.
    package func cancel(
        _ reference: String, fee: Money, reason: String, plan: String? = nil, of tenantID: String, isConfirmed: Bool = false,
        by actor: String, key: IdempotencyKey? = nil
    ) async throws -> CheckOutResult {
        try await end(
            reference, .cancellation(fee: fee), reason: reason, plan: plan, of: tenantID, isConfirmed: isConfirmed, by: actor, key: key)
    }

    /// The guest did not come, and the room was kept: a fee with tax as for lodging, taken from hold, deposit or saved card.
    ///
    /// - Parameters:
    ///   - fee: The no-show fee.
    ///   - kept: The part of the prepayment that is kept as well, as with a non-refundable rate; not taxed.
    ///   - plan, isConfirmed: As in `cancel`.
    /// - Throws: As `cancel`.
    package func recordNoShow(
        _ reference: String, fee: Money, kept: Money? = nil, reason: String, plan: String? = nil, of tenantID: String,
        isConfirmed: Bool = false,
        by actor: String, key: IdempotencyKey? = nil
    ) async throws -> CheckOutResult {
        try await end(
            reference, .noShow(fee: fee, kept: kept), reason: reason, plan: plan, of: tenantID, isConfirmed: isConfirmed, by: actor,
            key: key)
    }

    private func end(
        _ reference: String, _ closure: FolioClosure, reason: String, plan planID: String?, of tenantID: String, isConfirmed: Bool,
        by actor: String, key: IdempotencyKey?
    ) async throws -> CheckOutResult {
        try checkReason(reason)
        return try await close(
            reference, as: closure.outcome, shown: planID, mayBeEmpty: true, of: tenantID, isConfirmed: isConfirmed, by: actor, key: key
        ) { book, folio in
            try book.lines(closure, reason: reason, on: folio)
        }
    }
}

extension Book {
    /// What ends the folio's account: every charge that still counts is reversed, and the fees are charged. Writes nothing.
    ///
    /// - Throws: `LateChargeRefusal` for what no late charge can end as; `LineRefusal`, `MoneyError`.
    fileprivate func lines(_ closure: FolioClosure, reason: String, on folio: Folio) throws -> [LineItem] {
        if folio.stay != nil {
            guard closure.outcome == .cancelled else { throw LateChargeRefusal.noShow(folio.reference) }
            guard closure.fees(in: folio.guest.spoken).isEmpty else { throw LateChargeRefusal.fee(folio.reference) }
        }
        let known = try lines(of: folio)
        var all = known
        for line in known where line.kind == .charge {
            do {
                all.append(try all.reversal(of: line.number, reason: reason))
            } catch LineRefusal.alreadyReversed, LineRefusal.nothingLeft {
                continue
            }
        }
        var prices = LinePrices(of: tenant)
        for fee in closure.fees(in: folio.guest.spoken) { all.append(try prices.line(fee, number: all.nextNumber, in: self)) }
        return Array(all.dropFirst(known.count))
    }
}
