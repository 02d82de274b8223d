/// A refund with its folio.
package struct RefundDetails: Hashable, Sendable {
    /// The folio's.
    package let reference: String
    /// The guest's name.
    package let guest: String
    /// As the books know it now.
    package let refund: Refund
    /// When it was requested, or seen at Stripe; by the books' clock.
    package let created: Instant

    package init(reference: String, guest: String, refund: Refund, created: Instant) {
        self.reference = reference
        self.guest = guest
        self.refund = refund
        self.created = created
    }
}
