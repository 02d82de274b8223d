/// What a request decided that Stripe has a say in, named by what is stored.
package struct Decision: Hashable, Sendable {
    /// The tenant's number.
    package let tenant: Int64
    /// The folio's number.
    package let folio: Int64
    /// The call to Stripe that it made; nil where nothing had to be sent, or the check-out makes its calls.
    package let operation: Int64?
    /// The check-out that it began, or whose page it takes back, by its number on the folio.
    package let checkOut: Int64?

    /// Takes the store's numbers from the folio and its tenant.
    package init(on folio: Folio, of tenant: Tenant, operation: Int64? = nil, checkOut: Int64? = nil) {
        self.init(tenant: tenant.number, folio: folio.number, operation: operation, checkOut: checkOut)
    }

    package init(tenant: Int64, folio: Int64, operation: Int64?, checkOut: Int64?) {
        (self.tenant, self.folio, self.operation, self.checkOut) = (tenant, folio, operation, checkOut)
    }
}
