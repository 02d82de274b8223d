import Ledger

extension Transaction {
    /// - Throws: `TenantNotFound`.
    package func knownTenant(_ id: String) throws -> Tenant {
        guard let tenant = try tenant(id) else { throw TenantNotFound(id: id) }
        return tenant
    }
}

/// In the books of a tenant that is known by its id.
extension Database {
    /// - Throws: `TenantNotFound`; what `body` throws.
    package func read<Output>(of tenantID: String, _ body: (borrowing Book) throws -> Output) throws -> Output {
        try read { try $0.withBook(of: $0.knownTenant(tenantID), body) }
    }

    /// - Throws: As `read`.
    package func write<Output: Sendable>(
        of tenantID: String, _ body: @escaping @Sendable (borrowing Book) throws -> Output
    ) async throws -> Output {
        try await write { try $0.withBook(of: $0.knownTenant(tenantID), body) }
    }
}
