import Ledger
internal import LedgerStore

extension LedgerService {
    /// Payments that guests' banks contest, oldest first.
    ///
    /// - Throws: `TenantNotFound`.
    package func disputes(of tenantID: String) throws -> [DisputeSummary] {
        try store.read(of: tenantID) { try $0.disputes() }
    }

    /// One of them, with what it brought about in the journal.
    ///
    /// - Parameter id: `du_…`.
    /// - Throws: `ServiceRefusal.disputeNotFound`; `TenantNotFound`.
    package func dispute(_ id: String, of tenantID: String) throws -> DisputeView {
        try store.read(of: tenantID) { book in
            let dispute = try book.knownDispute(id)
            return DisputeView(
                dispute: dispute, entries: try book.entries(ofDispute: id), open: try book.toWriteOff(dispute)?.amount, asOf: book.now)
        }
    }

    /// Writes off what a lost dispute has left open on its folio: nobody is asked for it any more. What comes back later takes it back by itself.
    ///
    /// - Parameters:
    ///   - id: `du_…`.
    ///   - reason: Why, in a person's words; it is kept.
    /// - Returns: The dispute as it is now.
    /// - Throws: `ServiceRefusal.disputeNotFound`, `.disputeNotLost`, `.nothingToWriteOff`, `.reasonMissing`; `TenantNotFound`.
    package func writeOffDispute<Answer>(
        _ id: String, reason: String, of tenantID: String, by actor: String,
        once: Once<DisputeSummary, Answer> = Once<DisputeSummary, DisputeSummary>.unkeyed
    ) async throws -> Answer {
        try await perform(once, of: tenantID) { book in
            try checkReason(reason)
            let dispute = try book.knownDispute(id)
            guard dispute.state == "lost" else { throw ServiceRefusal.disputeNotLost(id, state: dispute.state) }
            guard let (folio, amount) = try book.toWriteOff(dispute) else { throw ServiceRefusal.nothingToWriteOff(id) }
            try book.writeOff(amount, of: dispute, on: folio, reason: reason, by: actor)
            return try book.knownDispute(id)
        }
    }
}

/// A dispute as somebody looks at it who has to do something about it.
package struct DisputeView: Sendable {
    /// As Stripe showed it last.
    package let dispute: DisputeSummary
    /// What it brought about in the journal, in order.
    package let entries: [DisputeBooking]
    /// What of it is open on its folio; `nil` for nothing.
    package let open: Money?
    /// The books' time at which it was read.
    package let asOf: Instant

    /// What is to be done now.
    package var step: DisputeStep { dispute.step(at: asOf) }
    /// Whether accounting can write off what is open.
    package var mayBeWrittenOff: Bool { dispute.state == "lost" && open != nil }
}

extension Book {
    fileprivate func knownDispute(_ id: String) throws -> DisputeSummary {
        guard let known = try dispute(id) else { throw ServiceRefusal.disputeNotFound(id) }
        return known
    }

    /// What a dispute has left open: never more than its folio's account shows, for a guest may have paid again, or more than was charged.
    fileprivate func toWriteOff(_ dispute: DisputeSummary) throws -> (folio: Folio, amount: Money)? {
        guard let reference = dispute.folio else { return nil }
        let folio = try knownFolio(reference)
        let amount = min(dispute.atStake, try totals(of: folio).open.minorUnits)
        return amount > 0 ? (folio, Money(minorUnits: amount, currency: tenant.currency)) : nil
    }
}
