/// What a caller is here for. A token or a user has exactly one.
package enum Role: String, CaseIterable, Sendable {
    /// Runs the ledger for all tenants. The only role that belongs to none.
    case `operator`
    /// Runs one tenant: its settings, users and tokens, and everything else.
    case admin
    /// The tenant's shop or reservation system.
    case integration
    case reception
    case accounting
    /// Reads everything of the tenant, writes nothing.
    case auditor
}

/// Something that not everybody may do. Each route and each page names the one it needs; `Role.rights` is the only table.
package enum Right: String, CaseIterable, Sendable {
    case seeFolios
    /// Statements, journal, payouts, disputes, open items.
    case seeBooks
    /// The tenant itself, its catalogue, tax rates and methods.
    case seeSettings
    case openFolio
    /// Lines, allowances, reversals.
    case charge
    /// Asks for holds and lets them go.
    case hold
    /// Check-out, cancellation, no-show.
    case checkOut
    case refund
    /// Decide about the bill after a refund: for roles that may lower it, take money or refund it.
    case decideBill
    case closeMonth
    /// Says to which account movements belong that nothing in the books explains, once or by a rule, and dismisses what Stripe cannot show.
    case assignMovement
    /// Gives up what a lost dispute has left open.
    case writeOff
    case changeCatalogue
    /// Settings, tax rates, the Stripe account.
    case changeSettings
    /// The tenant's tokens and users.
    case manageAccess
    /// Who set keys and roles and gave back much.
    case seeAudit
    /// Adds tenants, sees all of them, their health and their fees.
    case runTenants
}

extension Role {
    /// The table of who may do what, the only one.
    package var rights: Set<Right> {
        switch self {
        case .operator: Set(Right.allCases)
        case .admin: Set(Right.allCases).subtracting([.runTenants])
        case .integration: [.seeFolios, .seeSettings, .openFolio, .charge, .hold, .checkOut, .refund, .decideBill]
        case .reception: [.seeFolios, .seeSettings, .openFolio, .charge, .hold, .checkOut, .decideBill]
        case .accounting: [.seeFolios, .seeBooks, .seeSettings, .refund, .decideBill, .closeMonth, .assignMovement, .writeOff]
        case .auditor: [.seeFolios, .seeBooks, .seeSettings, .seeAudit]
        }
    }
}

/// Somebody who has shown who they are: by token or by login.
package struct Caller: Hashable, Sendable {
    /// Stands in the journal as who did it: `token:shop`, `user:anna`.
    package let actor: String
    /// Decides what the caller may do.
    package let role: Role
    /// The tenant's id; nil for an operator.
    package let tenant: String?

    /// - Precondition: A tenant is given, unless the role is `operator`.
    package init(actor: String, role: Role, tenant: String?) {
        precondition((role == .operator) == (tenant == nil), "an operator belongs to no tenant, everybody else to one")
        self.actor = actor
        self.role = role
        self.tenant = tenant
    }

    /// Who acts at the command line: whoever has the ledger file can do everything to it anyway.
    package static func commandLine(actor: String) -> Caller { Caller(actor: actor, role: .operator, tenant: nil) }

    /// `unseen` is for another tenant's data: the caller is told that it does not exist (404), not that it is forbidden (403).
    package enum Answer: Sendable { case allowed, forbidden, unseen }

    /// Whether this caller may do something to a tenant. Data of another tenant does not exist for it.
    ///
    /// - Parameter tenantID: Whose it is; nil for what belongs to all tenants together.
    package func asks(for right: Right, of tenantID: String?) -> Answer {
        if let tenant, let tenantID, tenant != tenantID { return .unseen }
        return role.rights.contains(right) ? .allowed : .forbidden
    }
}
