import Ledger

extension AppUser {
    static let columns: StaticString = """
        u.number, tenant.id AS tenant, u.name, u.role, u.created_by, u.created_at, u.password_changed_at, u.disabled_at
        """
    enum Column: Int, ColumnNames { case number, tenant, name, role, createdBy, createdAt, passwordChangedAt, disabledAt }

    static let tables: StaticString = "app_user u LEFT JOIN tenant ON tenant.number = u.tenant"

    init(from row: borrowing Row) throws {
        self.init(
            number: try row.int64(Column.number), tenant: try row.optionalString(Column.tenant), name: try row.string(Column.name),
            role: try row.value(Column.role), createdBy: try row.string(Column.createdBy), createdAt: try row.instant(Column.createdAt),
            passwordChangedAt: try row.instant(Column.passwordChangedAt), disabledAt: try row.optionalInstant(Column.disabledAt))
    }
}

extension Transaction {
    /// - Parameter tenant: nil for the operator's.
    package func user(_ name: String, of tenant: Tenant?) throws -> AppUser? {
        try one(
            """
            SELECT \(raw: AppUser.columns) FROM \(raw: AppUser.tables)
            WHERE coalesce(u.tenant, 0) = \(tenant?.number ?? 0) AND u.name = \(name)
            """
        ) { try AppUser(from: $0) }
    }

    /// A disabled one, too.
    package func user(_ number: Int64) throws -> AppUser? {
        try one("SELECT \(raw: AppUser.columns) FROM \(raw: AppUser.tables) WHERE u.number = \(number)") { try AppUser(from: $0) }
    }

    /// All users ever added, disabled ones too: the operator's first, then by tenant.
    package func users() throws -> [AppUser] {
        try all("SELECT \(raw: AppUser.columns) FROM \(raw: AppUser.tables) ORDER BY tenant.id, u.name") { try AppUser(from: $0) }
    }

    /// Disabled ones too, by name.
    package func users(of tenant: Tenant) throws -> [AppUser] {
        try all(
            """
            SELECT \(raw: AppUser.columns) FROM app_user u JOIN tenant ON tenant.number = u.tenant
            WHERE coalesce(u.tenant, 0) = \(tenant.number) ORDER BY u.name
            """
        ) { try AppUser(from: $0) }
    }

    /// yescrypt's text, `$y$…`; `nil` where there is no such user.
    package func passwordHash(of user: AppUser) throws -> String? {
        try one("SELECT password_hash FROM app_user WHERE number = \(user.number)") { try $0.string(0) }
    }

    /// - Parameters:
    ///   - tenant: nil for role `operator`, and only for it.
    ///   - hash: yescrypt's text.
    /// - Returns: The number.
    /// - Throws: `StoreError` when the name is taken.
    package func addUser(_ name: String, role: Role, of tenant: Tenant?, passwordHash hash: String, by actor: String) throws -> Int64 {
        try one(
            """
            INSERT INTO app_user (tenant, name, role, password_hash, created_by, created_at, password_changed_at)
            VALUES (\(tenant?.number), \(name), \(role), \(hash), \(actor), \(now), \(now)) RETURNING number
            """
        ) { try $0.int64(0) }!
    }

    /// - Throws: `StoreError` when the user is disabled.
    package func setPasswordHash(_ hash: String, of user: AppUser) throws {
        // A clock that was set back is no reason to keep the old password.
        try run(
            """
            UPDATE app_user SET password_hash = \(hash), password_changed_at = max(password_changed_at, \(now))
            WHERE number = \(user.number)
            """)
    }

    /// For good; again changes nothing.
    package func disableUser(_ user: AppUser) throws {
        try run("UPDATE app_user SET disabled_at = \(now) WHERE number = \(user.number) AND disabled_at IS NULL")
    }
}
