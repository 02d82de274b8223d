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

        /// Nil when neither is given. Between a later and an earlier day lies nothing.
        package init?(from first: Day?, to last: Day?) {
            guard first != nil || last != nil else { return nil }
            self.init(first: first, last: last)
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
    /// What the search finds: each word begins one of the guest's name or e-mail address, the reference or the room, or is a card's last four
    /// digits, an amount on the folio or what it has open, or an id of Stripe's.
    package var text: String?

    package init() {}
}
