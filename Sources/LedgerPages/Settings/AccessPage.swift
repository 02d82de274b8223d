import Ledger
import LedgerAccess
import LedgerService
import WebServer

extension Route {
    /// The tenant's people and programs, and the operator's.
    static let accessRoutes: [Route] =
        access(tenant.below("/settings/users"), .manageAccess) + access(operators.below("/access"), .runTenants)

    private static func access<P: InnerPlace>(_ area: Area<P>, _ right: Right) -> [Route] {
        [
            area.get("", right) { visit in visit.html(try visit.accessPage()) },
            area.post("/add", right) { try await $0.addUser() },
            area.post("/password", right) { visit in
                try await visit.onAccess {
                    try await visit.confirm()
                    try await visit.access.setPassword(
                        of: visit.field("user") ?? "", tenant: visit.house?.id, to: visit.rawField("password") ?? "",
                        isConfirmed: true, by: visit.caller)
                }
            },
            area.post("/disable", right) { visit in
                try await visit.onAccess(done: "disabled") {
                    try await visit.access.disableUser(
                        visit.field("user") ?? "", tenant: visit.house?.id, by: visit.caller)
                }
            },
            area.post("/token", right) { try await $0.issueToken() },
            area.post("/revoke", right) { visit in
                try await visit.onAccess(done: "revoked") {
                    try await visit.access.revokeToken(Int64(visit.field("token") ?? "") ?? 0, by: visit.caller)
                }
            },
        ]
    }
}

extension Visit where P: InnerPlace {
    private func accessLink(_ more: String..., query: [(String, String)] = []) -> Link {
        Link(parts: (house.map { ["t", $0.id, "settings", "users"] } ?? ["operator", "access"]) + more, query: query)
    }

    private var roles: [Role] { house == nil ? [.operator] : Role.allCases.filter { $0 != .operator } }

    func accessPage(refusal: (any Refusal)? = nil, secret: (name: String, secret: String)? = nil) throws -> HTML {
        let users = try access.users(of: house?.id, by: caller).filter { house != nil || $0.tenant == nil }
        let tokens = try access.tokens(of: house?.id, by: caller).filter { house != nil || $0.tenant == nil }
        let fresh: HTML =
            secret.map { made in
                notice(
                    .good, .tokenCreated(made.name),
                    "<p>\(self(.tokenOnce))</p>\(copyField("token-secret", .token, made.secret))"
                )
            } ?? .none
        let above: HTML =
            house.map { crumb(.settings, Link("t", $0.id, "settings")) } ?? crumb(.tenants, Link("operator"))
        let done: Phrase? = query("done").map { done in
            done == "disabled" ? .userDisabled : done == "revoked" ? .tokenRevoked : .saved
        }
        let name: HTML = "\(limits(.accessName)) autocomplete=\"off\" autocapitalize=\"none\""
        return layout(
            self(.users), section: house == nil ? .access : .settings,
            """
            \(pageHead(self(.users), above: above))
            \(refusal.map(notice))\(fresh)\(done.map { notice(.good, $0) })
            \(card("people", .people, """
            \(table(
                .people, empty: .nobodyYet, class: "folded",
                [.text(.userName), .text(.roleHead), .number(.stateHead), .action], users.html(userRow)))
            \(form(accessLink("add"), class: "row wrap", label: self(.addUser), """
            \(input(.userName, "new_user", attributes: name))
            \(roleSelect(.roleHead, "role", .reception))
            \(input(
                .firstPassword, "password", type: "password", hint: .passwordHint,
                attributes: "required autocomplete=\"new-password\""))\
            \(passwordAgain("add"))<button class="primary">\(self(.addUser))</button>
            """))
            """))
            \(card("tokens", .tokens, hint: .tokensHint, """
            \(table(
                .tokens, empty: .noTokens, class: "folded",
                [.text(.name), .text(.roleHead), .number(.lastUsed), .action], tokens.html(tokenRow)))
            \(form(accessLink("token"), class: "row wrap", label: self(.makeToken), """
            \(input(.name, "name", attributes: name))
            \(roleSelect(.tokenRole, "token_role", .integration))\(passwordAgain("token"))\
            <button>\(self(.makeToken))</button>
            """))
            """))
            """)
    }

    private func roleSelect(_ label: Phrase, _ name: String, _ selected: Role) -> HTML {
        select(
            label, name, roles.map { ($0.rawValue, self($0.phrase.capitalised)) }, selected: selected.rawValue)
    }

    private func userRow(_ user: AppUser) -> HTML {
        let isOut = user.disabledAt != nil
        let isMe = user.name == session?.user.name && user.tenant == session?.tenant
        let actions: HTML =
            isOut
            ? .none
            : """
            <details class="more"><summary>\(self(.change)) <span class="hidden">\(user.name)</span></summary>
            \(form(accessLink("password"), class: "inline", """
            \(hidden("user", user.name))\
            <div class="field"><label for="p-\(user.name)">\(self(.newPassword))</label>\
            <input id="p-\(user.name)" name="password" type="password" required autocomplete="new-password"></div>\
            \(passwordAgain("of-\(user.name)"))\
            <button aria-label="\(self(.newPassword)): \(user.name)">\(self(.save))</button>
            """))
            \(isMe ? .none : form(
                accessLink("disable"), smallButton(.disableUser, "user", user.name, of: user.name)))</details>
            """
        return """
            <tr><th scope="row">\(user.name)</th><td class="second">\(self(user.role.phrase.capitalised))</td>\
            <td class="n">\(isOut ? badge(.info, self(.disabled)) : badge(.good, self(.active)))</td>\
            <td class="act">\(actions)</td></tr>
            """
    }

    private func tokenRow(_ token: APIToken) -> HTML {
        let isOver = token.revokedAt != nil
        let revoke: HTML =
            isOver
            ? badge(.info, self(.revoked))
            : form(
                accessLink("revoke"),
                smallButton(.revoke, "token", String(token.number), of: token.name)
            )
        return """
            <tr><th scope="row">\(token.name)</th><td class="second">\(self(token.role.phrase.capitalised))</td>\
            <td class="n">\(token.lastUsedAt.map { instant($0) } ?? self(.never))</td>\
            <td class="act">\(revoke)</td></tr>
            """
    }

    func onAccess(done: String = "saved", _ act: () async throws -> Void) async throws -> HTTPResponse {
        do {
            try await act()
            return see(accessLink(query: [("done", done)]))
        } catch let refusal as any Refusal where refusal.isForThePage {
            return html(409, try accessPage(refusal: refusal))
        }
    }

    fileprivate func addUser() async throws -> HTTPResponse {
        try await onAccess {
            guard let role = field("role").flatMap({ Role(rawValue: $0) }), roles.contains(role) else {
                throw AccessRefusal.notAllowed(caller.role)
            }
            try await confirm()
            _ = try await access.addUser(
                field("new_user") ?? "", role: role, tenant: house?.id, password: rawField("password") ?? "",
                isConfirmed: true,
                by: caller)
        }
    }

    /// The one page that is the answer to a form itself: the token's secret is shown once, and is in no address.
    fileprivate func issueToken() async throws -> HTTPResponse {
        do {
            guard let role = field("token_role").flatMap({ Role(rawValue: $0) }), roles.contains(role) else {
                throw AccessRefusal.notAllowed(caller.role)
            }
            try await confirm()
            let made = try await access.issueToken(
                name: field("name") ?? "", role: role, tenant: house?.id, isConfirmed: true, by: caller)
            // Stored here, because the answer shows the secret and is stored nowhere.
            if let key { try await ledger.noteDone(key) }
            return html(try accepted.accessPage(secret: (made.token.name, made.secret.revealed)))
        } catch let refusal as any Refusal where refusal.isForThePage {
            return html(409, try accessPage(refusal: refusal))
        }
    }
}
