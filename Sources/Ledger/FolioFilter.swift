/// Which folios somebody looks for. What is nil does not matter.
package struct FolioFilter: Hashable, Sendable {
    /// From the first day to the last, both included; nil is open on that side.
    package struct Days: Hashable, Sendable {
        package let first: Day?
        package let last: Day?

        package init(first: Day?, last: Day?) {
            self.first = first
            self.last = last
        }
    }

    package var state: Folio.State?
    package var arrival: Days?
    package var departure: Days?
    /// Words that the guest's name, the reference or the room have words beginning with, as in `folios(matching:)`.
    package var text: String?

    package init() {}
}
