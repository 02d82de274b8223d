/// A program's access token, without the secret, which only the program has.
package struct APIToken: Hashable, Sendable {
    package let number: Int64
    /// The tenant's id; nil for the operator's.
    package let tenant: String?
    package let role: Role
    package let name: String
    package let createdBy: String
    package let createdAt: Instant
    package let expiresAt: Instant?
    /// At most a minute behind.
    package let lastUsedAt: Instant?
    package let revokedAt: Instant?

    package init(
        number: Int64, tenant: String?, role: Role, name: String, createdBy: String, createdAt: Instant, expiresAt: Instant?,
        lastUsedAt: Instant?, revokedAt: Instant?
    ) {
        self.number = number
        self.tenant = tenant
        self.role = role
        self.name = name
        self.createdBy = createdBy
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.lastUsedAt = lastUsedAt
        self.revokedAt = revokedAt
    }

    package func isLive(at now: Instant) -> Bool { revokedAt == nil && expiresAt.map { now < $0 } ?? true }
}
