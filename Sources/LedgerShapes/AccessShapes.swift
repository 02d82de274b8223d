import Ledger

/// Who has access: tokens of programs and people with a password, never a secret or a hash.
package enum AccessShapes {
    package static let token = Shape<APIToken>(
        "Token", "An API token. Its secret is shown once, when it is created.", tokenProperties { $0 })

    /// A token that was just created, the only time that its secret is shown.
    package static let newToken = Shape<NewToken>(
        "NewToken", "A token with its secret.",
        [.text("token", "What the program sends as `Authorization: Bearer …`.", example: "slt_…") { $0.secret }]
            + tokenProperties { $0.token })

    /// The secret is here and nowhere else: the file keeps only its digest.
    package struct NewToken: Sendable {
        let token: APIToken
        let secret: String

        package init(_ token: APIToken, secret: String) {
            self.token = token
            self.secret = secret
        }
    }

    private static func tokenProperties<Model>(_ token: @escaping @Sendable (Model) -> APIToken) -> [Property<Model>] {
        [
            .integer("number", "Consecutive over all tenants.", example: 3) { token($0).number },
            .optionalText("tenant", "The tenant's id; null for the operator's.", example: "seeblick") { token($0).tenant },
            .choice("role", "Decides what the token may do.", of: Role.allCases.map(\.rawValue), example: "integration") {
                token($0).role.rawValue
            },
            .text("name", "Appears in the journal as `token:shop`.", example: "shop") { token($0).name },
            .text("created_by", "Who created it.", example: "cli") { token($0).createdBy },
            .instant("created_at", "When it was created.", example: "2026-11-18T08:00:00Z") { token($0).createdAt },
            .optionalInstant("last_used_at", "When it was last used, at most a minute behind.") { token($0).lastUsedAt },
            .optionalInstant("expires_at", "When it expires; null if it does not.") { token($0).expiresAt },
            .optionalInstant("revoked_at", "When it was revoked.") { token($0).revokedAt },
        ]
    }

    package static let user = Shape<AppUser>(
        "User", "A person who can log in to the pages.",
        [
            .optionalText("tenant", "The tenant's id; null for the operator's people.", example: "seeblick") { $0.tenant },
            .text("name", "Appears in the journal as `user:anna`.", example: "anna") { $0.name },
            .choice("role", "Decides what the user may do.", of: Role.allCases.map(\.rawValue), example: "reception") { $0.role.rawValue },
            .text("created_by", "Who added the user.", example: "cli") { $0.createdBy },
            .instant("created_at", "When the user was added.", example: "2026-11-18T08:00:00Z") { $0.createdAt },
            .instant("password_changed_at", "When the password was last set.", example: "2026-11-18T08:00:00Z") { $0.passwordChangedAt },
            .optionalInstant("disabled_at", "When the user was disabled.") { $0.disabledAt },
        ])
}
