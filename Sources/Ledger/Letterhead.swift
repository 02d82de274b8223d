/// The issuer on a tenant's documents, in addition to its name.
package struct Letterhead: Hashable, Sendable {
    /// Street and town, one per line.
    package let address: String
    /// The tax number or VAT id as it is printed; may be empty.
    package let taxNumber: String

    package init(address: String, taxNumber: String) {
        self.address = address
        self.taxNumber = taxNumber
    }
}
