/// A refund with its folio.
package struct RefundDetails: Hashable, Sendable {
    /// The folio's.
    package let reference: String
    /// The guest's name.
    package let guest: String
    package let refund: Refund
    package let created: Instant

    package init(reference: String, guest: String, refund: Refund, created: Instant) {
        self.reference = reference
        self.guest = guest
        self.refund = refund
        self.created = created
    }
}
