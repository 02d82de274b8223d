/// A guest as Stripe knows them; saved cards hang on it.
package struct Customer: StripeObject {
    /// `cus_…`.
    package let id: String
    /// As it was given; nil after a deletion.
    package let name: String?
    /// As it was given; nil after a deletion.
    package let email: String?
    /// Empty after a deletion.
    package let metadata: Metadata
    /// True in the answer of a customer that was deleted; everything else is then empty.
    package let deleted: Bool?
}
