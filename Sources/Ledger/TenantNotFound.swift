/// There is no tenant with this id, or the caller is not to know of it.
package struct TenantNotFound: Refusal, Equatable {
    /// As it was asked for.
    package let id: String

    package init(id: String) { self.id = id }

    package var code: String { "tenant_not_found" }
    package var message: String { "There is no tenant \"\(id)\"." }
    package var hint: String? { "`soferu-ledger tenant list` shows them; `tenant add` adds one." }
    package var german: RefusalWords { RefusalWords("Es gibt keinen Mandanten „\(id)“.", hint: nil) }
}
