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
    /// When the bank withdrew the money; `nil` where Stripe does not say, and for an inquiry.
    package let opened: Instant?
    /// When it was won or lost; `nil` where Stripe does not say, and before.
    package let decided: Instant?

    package init(
        id: String, amount: Money, reason: String, state: String, created: Instant, intent: String?, evidenceDue: Instant? = nil,
        opened: Instant? = nil, decided: Instant? = nil
    ) {
        self.id = id
        self.evidenceDue = evidenceDue
        self.amount = amount
        self.reason = reason
        self.state = state
        self.created = created
        self.intent = intent
        self.opened = opened
        self.decided = decided
    }
}

/// A dispute with the folio it is about, and what it moved there.
package struct DisputeSummary: Hashable, Sendable {
    /// Stripe's: `du_…`.
    package let id: String
    /// The folio's reference; `nil` while its payment is not in these books.
    package let folio: String?
    /// The guest's name; `nil` likewise.
    package let guest: String?
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
    /// What the bank has withdrawn and not given back, as it is booked.
    package let withdrawn: Money
    /// What of that accounting has written off.
    package let writtenOff: Money

    package init(
        id: String, folio: String?, guest: String? = nil, payment: Int64?, amount: Money, reason: String, state: String, created: Instant,
        evidenceDue: Instant? = nil, withdrawn: Money? = nil, writtenOff: Money? = nil
    ) {
        self.id = id
        self.guest = guest
        self.evidenceDue = evidenceDue
        self.folio = folio
        self.payment = payment
        self.amount = amount
        self.reason = reason
        self.state = state
        self.created = created
        self.withdrawn = withdrawn ?? .zero(amount.currency)
        self.writtenOff = writtenOff ?? .zero(amount.currency)
    }

    /// What of it is neither given back nor written off, in minor units.
    package var atStake: Int64 { max(0, withdrawn.minorUnits.clampedSubtracting(writtenOff.minorUnits)) }
}

/// One entry of the journal that a dispute has brought about.
package struct DisputeBooking: Hashable, Sendable {
    /// The number of the journal entry.
    package let number: Int64
    /// What happened.
    package let kind: EntryKind
    /// Always positive.
    package let amount: Money
    /// The day on which the bank moved it, or it was written off.
    package let occurredOn: Day
    /// Why it was written off; `nil` for what the bank moved.
    package let reason: String?
    /// Who wrote it off; `nil` likewise.
    package let actor: String?

    package init(number: Int64, kind: EntryKind, amount: Money, occurredOn: Day, reason: String?, actor: String?) {
        self.number = number
        self.kind = kind
        self.amount = amount
        self.occurredOn = occurredOn
        self.reason = reason
        self.actor = actor
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
