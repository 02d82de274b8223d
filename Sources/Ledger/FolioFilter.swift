/// Which folios somebody looks for. What is nil does not matter.
package struct FolioFilter: Hashable, Sendable {
    /// From the first day to the last, both included; nil is open on that side.
    package struct Days: Hashable, Sendable {
        /// Nil: from the first day there is.
        package let first: Day?
        /// Nil: to the last day there is.
        package let last: Day?

        package init(first: Day?, last: Day?) {
            self.first = first
            self.last = last
        }
    }

    /// Only folios in this state.
    package var state: Folio.State?
    /// Only folios with an arrival in these days.
    package var arrival: Days?
    /// Only folios with a departure in these days.
    package var departure: Days?
    /// Only reservations, or only orders of the shop.
    package var source: Folio.Source?
    /// What the search finds: beginnings of the words of the guest's name and e-mail address, the reference and the room; or a card's last
    /// four digits, an amount, an id of Stripe's.
    package var text: String?

    package init() {}
}
