/// A person's way in, without the password.
package struct AppUser: Hashable, Sendable {
    /// Counts from 1 over all tenants.
    package let number: Int64
    /// The tenant's id; nil for the operator's people.
    package let tenant: String?
    /// As `TextRule.accessName`; unique, also among disabled users. The journal names the person by it: `user:anna`.
    package let name: String
    /// Decides through `Role.rights` what the person may do.
    package let role: Role
    /// The actor: `user:anna`, or who is named at the command line.
    package let createdBy: String
    /// By the books' clock.
    package let createdAt: Instant
    /// When the person was added, until the password is set again.
    package let passwordChangedAt: Instant
    /// Disabled for good: a person who comes back gets a new user. Nil for one who may log in.
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
