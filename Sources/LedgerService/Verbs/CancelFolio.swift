import Ledger
import LedgerStore

extension LedgerService {
    /// The guest cancels. What was charged is reversed; a fee, when the contract gives one, is a compensation without tax. Paid
    /// money beyond the fee goes back, holds and the saved card are let go.
    ///
    /// - Parameter fee: What the tenant keeps; zero for nothing.
    /// - Throws: `ServiceRefusal` for an unknown or closed folio; `.stripeUnanswered` when Stripe is silent.
    package func cancel(
        _ reference: String, fee: Money, reason: String, of tenantID: String, by actor: String
    ) async throws -> CheckOutResult {
        try await end(
            reference, as: .cancelled, fees: fee.isZero ? [] : [(.cancellation, "Stornogebühr", fee)], reason: reason, of: tenantID,
            by: actor)
    }

    /// The guest did not come, and the room was kept: a fee with tax as for lodging, taken from hold, deposit or saved card.
    ///
    /// - Parameters:
    ///   - fee: The no-show fee.
    ///   - kept: What else was paid ahead and is not given back, as with a rate without refund; no tax.
    /// - Throws: As `cancel`.
    package func recordNoShow(
        _ reference: String, fee: Money, kept: Money? = nil, reason: String, of tenantID: String, by actor: String
    ) async throws -> CheckOutResult {
        var fees: [Fee] = fee.isZero ? [] : [(.noShow, "No-Show-Gebühr", fee)]
        if let kept, !kept.isZero { fees.append((.cancellation, "Einbehaltene Anzahlung", kept)) }
        return try await end(reference, as: .noShow, fees: fees, reason: reason, of: tenantID, by: actor)
    }

    private typealias Fee = (category: Category, description: String, amount: Money)

    private func end(
        _ reference: String, as outcome: Folio.State, fees: [Fee], reason: String, of tenantID: String, by actor: String
    ) async throws -> CheckOutResult {
        guard !reason.allSatisfy(\.isWhitespace) else { throw ServiceRefusal.reasonMissing }
        try await requireStripe(of: tenantID)
        let tenant = try tenant(tenantID)
        return try await close(reference, as: outcome, of: tenant, by: actor) { transaction, folio in
            try transaction.reverseAll(on: folio, reason: reason, by: actor, of: tenant)
            for fee in fees {
                _ = try transaction.charge(
                    .free(category: fee.category, description: fee.description, quantity: 1, unitAmount: fee.amount), on: folio,
                    of: tenant, by: actor)
            }
        } accept: { _ in
        }
    }
}

extension Transaction {
    /// Cancels every charge that still counts.
    fileprivate func reverseAll(on folio: Folio, reason: String, by actor: String, of tenant: Tenant) throws {
        var lines = try lines(of: folio, of: tenant)
        for line in lines where line.kind == .charge {
            do {
                let reversal = try lines.reversal(of: line.number, reason: reason)
                try add(reversal, to: folio, by: actor, of: tenant)
                lines.append(reversal)
            } catch LineRefusal.alreadyReversed, LineRefusal.nothingLeft {
                continue
            }
        }
    }
}
