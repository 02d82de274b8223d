/// Money on its way from the balance at Stripe to the tenant's bank.
package struct Payout: Hashable, Sendable {
    /// Stripe's: `po_…`.
    package let id: String
    /// What the bank gets; Stripe's `amount`.
    package let amount: Money
    /// As Stripe names it: `paid`.
    package let state: String
    /// When the bank has it.
    package let arrivalDate: Day
    /// Whether Stripe's schedule made it.
    package let automatic: Bool
    package let created: Instant

    package init(id: String, amount: Money, state: String, arrivalDate: Day, automatic: Bool, created: Instant) {
        self.id = id
        self.amount = amount
        self.state = state
        self.arrivalDate = arrivalDate
        self.automatic = automatic
        self.created = created
    }
}
