/// A person's way in, without the password.
package struct AppUser: Hashable, Sendable {
    package let number: Int64
    /// The tenant's id; nil for the operator's people.
    package let tenant: String?
    package let name: String
    package let role: Role
    package let createdBy: String
    package let createdAt: Instant
    package let passwordChangedAt: Instant
    package let disabledAt: Instant?

    package init(
        number: Int64, tenant: String?, name: String, role: Role, createdBy: String, createdAt: Instant, passwordChangedAt: Instant,
        disabledAt: Instant?
    ) {
        self.number = number
        self.tenant = tenant
        self.name = name
        self.role = role
        self.createdBy = createdBy
        self.createdAt = createdAt
        self.passwordChangedAt = passwordChangedAt
        self.disabledAt = disabledAt
    }
}
