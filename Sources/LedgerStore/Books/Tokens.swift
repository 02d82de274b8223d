import Ledger

extension APIToken {
    static let columns: StaticString = """
        t.number, tenant.id AS tenant, t.role, t.name, t.created_by, t.created_at, t.expires_at, t.last_used_at, t.revoked_at
        """
    enum Column: Int, ColumnNames { case number, tenant, role, name, createdBy, createdAt, expiresAt, lastUsedAt, revokedAt }

    static let tables: StaticString = "api_token t LEFT JOIN tenant ON tenant.number = t.tenant"

    init(from row: borrowing Row) throws {
        self.init(
            number: try row.int64(Column.number), tenant: try row.optionalString(Column.tenant), role: try row.value(Column.role),
            name: try row.string(Column.name), createdBy: try row.string(Column.createdBy), createdAt: try row.instant(Column.createdAt),
            expiresAt: try row.optionalInstant(Column.expiresAt), lastUsedAt: try row.optionalInstant(Column.lastUsedAt),
            revokedAt: try row.optionalInstant(Column.revokedAt))
    }
}

extension Transaction {
    /// - Parameter digest: SHA-256 of the secret.
    package func token(digest: [UInt8]) throws -> APIToken? {
        try one("SELECT \(raw: APIToken.columns) FROM \(raw: APIToken.tables) WHERE t.digest = \(digest)") { try APIToken(from: $0) }
    }

    /// A revoked one, too.
    package func token(_ number: Int64) throws -> APIToken? {
        try one("SELECT \(raw: APIToken.columns) FROM \(raw: APIToken.tables) WHERE t.number = \(number)") { try APIToken(from: $0) }
    }

    /// All tokens ever issued, revoked ones too, in their order.
    package func tokens() throws -> [APIToken] {
        try all("SELECT \(raw: APIToken.columns) FROM \(raw: APIToken.tables) ORDER BY t.number") { try APIToken(from: $0) }
    }

    /// Revoked ones too, in their order.
    package func tokens(of tenant: Tenant) throws -> [APIToken] {
        try all(
            """
            SELECT \(raw: APIToken.columns) FROM api_token t JOIN tenant ON tenant.number = t.tenant
            WHERE t.tenant = \(tenant.number) ORDER BY t.number
            """
        ) { try APIToken(from: $0) }
    }

    /// Whether a token that is not revoked has this name.
    ///
    /// - Parameter tenant: nil for the operator's.
    package func hasLiveToken(named name: String, of tenant: Tenant?) throws -> Bool {
        try one(
            """
            SELECT 1 FROM api_token WHERE coalesce(tenant, 0) = \(tenant?.number ?? 0) AND name = \(name) AND revoked_at IS NULL
            """
        ) { _ in true } ?? false
    }

    /// - Parameters:
    ///   - tenant: nil for role `operator`, and only for it.
    ///   - digest: SHA-256 of the secret.
    /// - Returns: Its number.
    /// - Throws: `StoreError` when the name is taken by a live token.
    package func addToken(
        _ name: String, role: Role, of tenant: Tenant?, digest: [UInt8], expires: Instant?, by actor: String
    ) throws -> Int64 {
        try one(
            """
            INSERT INTO api_token (tenant, role, name, digest, created_by, created_at, expires_at)
            VALUES (\(tenant?.number), \(role), \(name), \(digest), \(actor), \(now), \(expires)) RETURNING number
            """
        ) { try $0.int64(0) }!
    }

    /// Revoking is final; doing it again changes nothing.
    package func revokeToken(_ number: Int64) throws {
        try run("UPDATE api_token SET revoked_at = \(now) WHERE number = \(number) AND revoked_at IS NULL")
    }

    /// Keeps when a token was last seen; never sets it back.
    package func tokenUsed(_ number: Int64) throws {
        try run("UPDATE api_token SET last_used_at = \(now) WHERE number = \(number) AND coalesce(last_used_at, 0) < \(now)")
    }
}
