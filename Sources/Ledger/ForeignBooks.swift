/// Other books whose objects were seen on a tenant's account.
package struct ForeignBooks: Hashable, Sendable {
    /// The value of `ledger_books` in the metadata of their objects.
    package let booksID: String
    /// The first object of theirs that was seen.
    package let object: String
    /// By the books' clock.
    package let firstSeen: Instant

    package init(booksID: String, object: String, firstSeen: Instant) {
        self.booksID = booksID
        self.object = object
        self.firstSeen = firstSeen
    }
}
