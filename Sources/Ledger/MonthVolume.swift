/// What one month moved through Stripe.
package struct MonthVolume: Hashable, Sendable {
    /// In the tenant's time zone, as its statement.
    package let month: Month
    /// Charges, gross.
    package let volume: Money
    /// Everything that Stripe kept, as `StripeMonth.fees` counts it.
    package let fees: Money

    package init(month: Month, volume: Money, fees: Money) {
        self.month = month
        self.volume = volume
        self.fees = fees
    }
}
