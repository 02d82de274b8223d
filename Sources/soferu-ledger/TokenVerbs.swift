import Console
import Foundation
import Ledger
import LedgerProgram
import LedgerService
import LedgerShapes

/// `token …`: which programs may call the ledger.
enum TokenVerbs {
    static let all = [create, list, revoke]

    private static let tenant = Parameter.optionalArgument("TENANT", .text(), "The tenant's id; leave it out for the role operator.")
    private static let role = Parameter.requiredOption("role", .choice(of: Role.self), "The role; it decides what the token may do.")
    private static let name = Parameter.requiredOption("name", .text("NAME"), "The name under which its actions appear in the journal.")
    private static let days = Parameter.option("days", .wholeNumber(1...3650), "Days until it expires; without it, it never expires.")
    private static let number = Parameter.argument("NUMBER", .wholeNumber(1...Int64.max), "The token's number, as `token list` shows it.")

    private static let create = Verb(
        "token create", "Creates a token for a program, and prints it once.", [tenant, role, name, days],
        examples: [
            "token create seeblick --role integration --name shop", "token create --role operator --name monitoring --days 365",
        ],
        notes: [
            "The program sends it as `Authorization: Bearer …`. Only its hash is stored, so it cannot be shown again. To replace a token "
                + "without downtime, create a new one, switch to it, then revoke the old one with `token revoke`."
        ]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let expires = invocation[days].map { context.clock.now.adding(seconds: $0 * 86_400) }
        let (token, secret) = try await context.access.issueToken(
            name: invocation[name], role: invocation[role], tenant: invocation[tenant], expires: expires, by: context.caller)
        let record =
            Record([
                .init("token", "Token", .text(secret.revealed)), .init("number", "No.", .integer(token.number)),
                .init("tenant", "Tenant", .of(token.tenant, Cell.text)), .init("role", "Role", .text(token.role.rawValue)),
                .init("name", "Name", .text(token.name)), .init("expires_at", "Expires", .of(token.expiresAt, Cell.instant)),
            ])
        try invocation.show(ShapedResult(AccessShapes.newToken, .init(token, secret: secret.revealed), people: record))
        try invocation.remark("Store the token now: it is not shown again.")
    }

    private static let list = Verb(
        "token list", "Lists tokens, including revoked ones; without a tenant, all.", [listed],
        examples: ["token list", "token list seeblick"]
    ) { invocation in
        let context = try await CommandContext.open(invocation, timed: false)
        let tokens = try context.access.tokens(of: invocation[listed], by: context.caller)
        try invocation.show(
            ShapedResult(
                list: AccessShapes.token, tokens,
                people: Table(
                    [
                        Column("number", "No.", .number), Column("tenant", "Tenant"), Column("role", "Role"), Column("name", "Name"),
                        Column("created_by", "By", fit: .shortened, detail: 1), Column("created_at", "Created", .instant, detail: 2),
                        Column("last_used_at", "Last used", .instant, detail: 3), Column("expires_at", "Expires", .instant),
                        Column("revoked_at", "Revoked", .instant),
                    ],
                    rows: tokens.map {
                        [
                            .integer($0.number), .of($0.tenant, Cell.text), .text($0.role.rawValue), .text($0.name), .text($0.createdBy),
                            .instant($0.createdAt), .of($0.lastUsedAt, Cell.instant), .of($0.expiresAt, Cell.instant),
                            .of($0.revokedAt, Cell.instant),
                        ]
                    }, empty: "No tokens yet. `token create` creates one.")))
    }

    private static let listed = Parameter.optionalArgument("TENANT", .text(), "Only this tenant's.")

    private static let revoke = Verb(
        "token revoke", "Revokes a token permanently.", [number], examples: ["token revoke 3"],
        notes: ["A running server refuses it within a second."]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        try await context.access.revokeToken(invocation[number], by: context.caller)
        try invocation.say("Token \(invocation[number]) is revoked.")
    }
}
