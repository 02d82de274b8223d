/// Other books whose objects were seen on a tenant's account.
package struct ForeignBooks: Hashable, Sendable {
    package let booksID: String
    /// The first object of theirs that was seen.
    package let object: String
    package let firstSeen: Instant

    package init(booksID: String, object: String, firstSeen: Instant) {
        self.booksID = booksID
        self.object = object
        self.firstSeen = firstSeen
    }
}
