import Console
import Ledger
import LedgerProgram
import LedgerService
import LedgerShapes

/// `user …`: which people may log in to the pages.
enum UserVerbs {
    static let all = [add, list, password, disable]

    private static let tenant = Parameter.optionalArgument("TENANT", .text(), "The tenant's id; leave it out for the role operator.")
    private static let listed = Parameter.optionalArgument("TENANT", .text(), "Only this tenant's.")
    private static let name = Parameter.argument("NAME", .text(), "The user's name, for example an e-mail address.")
    private static let role = Parameter.requiredOption("role", .choice(of: Role.self), "The role; it decides what the user may do.")

    private static let add = Verb(
        "user add", "Lets a person log in to the pages; reads the password from standard input.", [tenant, name, role],
        examples: ["user add seeblick anna --role reception", "user add otto --role operator < password-file"],
        notes: ["The name appears in the journal and can never be given to another person."]
    ) { invocation in
        let password = try PasswordLine.read("Password of \(invocation[name])", terminal: invocation.terminal)
        let context = try await CommandContext.open(invocation)
        let user = try await context.access.addUser(
            invocation[name], role: invocation[role], tenant: invocation[tenant], password: password, by: context.caller)
        try invocation.say("User \(user.name) can log in\(user.tenant.map { " at tenant \($0)" } ?? "") with role \(user.role.rawValue).")
    }

    private static let list = Verb(
        "user list", "Lists users, including disabled ones; without a tenant, all.", [listed],
        examples: ["user list", "user list seeblick"]
    ) { invocation in
        let context = try await CommandContext.open(invocation, timed: false)
        let users = try context.access.users(of: invocation[listed], by: context.caller)
        try invocation.show(
            ShapedResult(
                list: AccessShapes.user, users,
                people: Table(
                    [
                        Column("tenant", "Tenant"), Column("name", "Name"), Column("role", "Role"),
                        Column("created_by", "By", fit: .shortened, detail: 1),
                        Column("created_at", "Added", .instant, detail: 2), Column("password_changed_at", "Password set", .instant),
                        Column("disabled_at", "Disabled", .instant),
                    ],
                    rows: users.map {
                        [
                            .of($0.tenant, Cell.text), .text($0.name), .text($0.role.rawValue), .text($0.createdBy), .instant($0.createdAt),
                            .instant($0.passwordChangedAt), .of($0.disabledAt, Cell.instant),
                        ]
                    }, empty: "No users yet. `user add` adds one.")))
    }

    private static let password = Verb(
        "user password", "Sets a user's password, read from standard input, and logs the user out everywhere.", [tenant, name],
        examples: ["user password seeblick anna", "user password otto < password-file"]
    ) { invocation in
        let password = try PasswordLine.read("New password of \(invocation[name])", terminal: invocation.terminal)
        let context = try await CommandContext.open(invocation)
        try await context.access.setPassword(of: invocation[name], tenant: invocation[tenant], to: password, by: context.caller)
        try invocation.say("User \(invocation[name]) has a new password, and is logged out everywhere.")
    }

    private static let disable = Verb(
        "user disable", "Disables a user permanently.", [tenant, name],
        examples: ["user disable seeblick anna", "user disable otto"], notes: ["A person who comes back is added under another name."]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        try await context.access.disableUser(invocation[name], tenant: invocation[tenant], by: context.caller)
        try invocation.say("User \(invocation[name]) can no longer log in, and is logged out everywhere.")
    }
}
