/// A guest as Stripe knows them; saved cards hang on it.
package struct Customer: StripeObject {
    package let id: String
    package let name: String?
    package let email: String?
    package let metadata: Metadata
    /// True in the answer of a customer that was deleted; everything else is then empty.
    package let deleted: Bool?
}
