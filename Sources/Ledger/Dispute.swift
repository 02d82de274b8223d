/// A payment that the guest's bank contests.
package struct Dispute: Hashable, Sendable {
    /// Stripe's: `du_…`.
    package let id: String
    /// What is contested.
    package let amount: Money
    /// As Stripe names it: `fraudulent`.
    package let reason: String
    /// As Stripe names it: `needs_response`.
    package let state: String
    package let created: Instant
    /// The payment intent contested.
    package let intent: String?
    /// Until when evidence can be submitted; `nil` where the bank takes none.
    package let evidenceDue: Instant?

    package init(
        id: String, amount: Money, reason: String, state: String, created: Instant, intent: String?, evidenceDue: Instant? = nil
    ) {
        self.id = id
        self.evidenceDue = evidenceDue
        self.amount = amount
        self.reason = reason
        self.state = state
        self.created = created
        self.intent = intent
    }
}

/// A dispute with the folio it is about.
package struct DisputeSummary: Hashable, Sendable {
    /// Stripe's: `du_…`.
    package let id: String
    /// The folio's reference; `nil` while its payment is not in these books.
    package let folio: String?
    /// The payment's number on the folio.
    package let payment: Int64?
    /// What is contested: usually the whole charge, but it can differ (Stripe's `amount`).
    package let amount: Money
    /// Stripe's `reason`: `fraudulent`.
    package let reason: String
    /// Stripe's `status`: `needs_response`.
    package let state: String
    /// When Stripe made it (`created`).
    package let created: Instant
    /// Until when evidence can be submitted; `nil` where the bank takes none.
    package let evidenceDue: Instant?

    package init(
        id: String, folio: String?, payment: Int64?, amount: Money, reason: String, state: String, created: Instant,
        evidenceDue: Instant? = nil
    ) {
        self.id = id
        self.evidenceDue = evidenceDue
        self.folio = folio
        self.payment = payment
        self.amount = amount
        self.reason = reason
        self.state = state
        self.created = created
    }
}

/// A payment that the guest's bank contests, with the folio it belongs to where that is known.
package struct DisputeDetails: Hashable, Sendable {
    /// The folio's; `nil` while its payment is not in these books.
    package let reference: String?
    /// The guest's name.
    package let guest: String?
    /// As Stripe showed it last; its `intent` is not read.
    package let dispute: Dispute

    package init(reference: String?, guest: String?, dispute: Dispute) {
        self.reference = reference
        self.guest = guest
        self.dispute = dispute
    }
}
