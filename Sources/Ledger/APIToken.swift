/// A program's access token, without the secret, which only the program has.
package struct APIToken: Hashable, Sendable {
    /// Counts from 1 over all tenants. It names the token where it is revoked.
    package let number: Int64
    /// The tenant's id; nil for the operator's.
    package let tenant: String?
    /// Decides through `Role.rights` what the program may do.
    package let role: Role
    /// As `TextRule.accessName`. The journal names the token by it: `token:shop`.
    package let name: String
    /// The actor: `user:anna`, `token:shop`, or who is named at the command line.
    package let createdBy: String
    /// By the books' clock.
    package let createdAt: Instant
    /// From then on it is refused; nil for one without an end.
    package let expiresAt: Instant?
    /// At most a minute behind.
    package let lastUsedAt: Instant?
    /// Revoked for good: it cannot be made valid again. Nil while it is not revoked.
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

    /// Whether it lets its holder in: not revoked, and not expired at that instant.
    package func isLive(at now: Instant) -> Bool { revokedAt == nil && expiresAt.map { now < $0 } ?? true }
}
