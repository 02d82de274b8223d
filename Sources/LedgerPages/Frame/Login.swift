import Ledger
import LedgerAccess
import LedgerService
import WebServer

extension Route {
    static let login: [Route] = [
        .open.get("/", .session) { visit in visit.see(visit.home) },
        .open.get("/login") { visit in
            if visit.session != nil { return visit.see(visit.query("back").flatMap { Link(back: $0) } ?? visit.home) }
            return visit.html(visit.loginPage())
        },
        .open.post("/login") { try await $0.logIn() },
        .open.post("/logout", .session) { visit in
            if let secret = visit.secret { try await visit.access.logOut(secret) }
            return visit.see(
                Link("login"), [Cookies.setting(visit.sessionCookie, "", seconds: 0, secure: visit.isSecure)])
        },
        .open.post("/language") { visit in
            let language = visit.field("language").flatMap { Language(rawValue: $0) } ?? .german
            return visit.see(
                visit.field("back").flatMap { Link(back: $0) } ?? Link(),
                [Cookies.setting("language", language.rawValue, seconds: 31_536_000, secure: visit.isSecure)])
        },
    ]
}

extension Visit {
    /// The page where somebody's work begins.
    var home: Link {
        guard let session else { return Link("login") }
        guard let tenant = session.caller.tenant else { return Link("operator") }
        switch session.caller.role {
        case .accounting, .auditor: return Link("t", tenant, "accounting")
        case .operator, .admin, .integration, .reception: return Link("t", tenant, "reception")
        }
    }
}

extension OpenVisit {
    fileprivate func loginPage(refusal: (any Refusal)? = nil) -> HTML {
        let back = field("back") ?? query("back") ?? ""
        // Where typing goes on: after a refusal at the password.
        let focus = refusal != nil ? "password" : cookies["house"] == nil ? "tenant" : "name"
        let lost = refusal == nil && query("lost") != nil
        return layout(
            self(.logIn), section: nil,
            """
            <div class="narrow login"><h1>\(self(.logIn))</h1>
            \(lost ? notice(.info, .sessionLost, .sessionLostHint) : .none)
            \(refusal.map(notice))
            <form method="post" action="\(Link("login"))" class="card stack">
            \(hidden("back", back))
            \(input(
                .house, "tenant", value: cookies["house"] ?? "", hint: .houseHint,
                attributes: "autocomplete=\"organization\" \(HTML.word)\(" autofocus", if: focus == "tenant")"))
            \(input(
                .userName, "name",
                attributes: "autocomplete=\"username\" \(HTML.word) required\(" autofocus", if: focus == "name")"))
            \(input(
                .password, "password", type: "password",
                attributes: "autocomplete=\"current-password\" required\(" autofocus", if: focus == "password")"))
            <button class="primary big">\(self(.logIn))</button>
            </form></div>
            """)
    }

    fileprivate func logIn() async throws -> HTTPResponse {
        let house = field("tenant").flatMap { $0.isEmpty ? nil : $0.lowercased() }
        do {
            let new = try await access.logIn(
                tenant: house, name: field("name") ?? "", password: rawField("password") ?? "",
                from: request.client.place,
                replacing: secret)
            // The house is remembered, so that tomorrow only name and password are asked for.
            let known = house.flatMap { TextRule.tenantID.takes($0) ? $0 : nil } ?? ""
            return see(
                field("back").flatMap { Link(back: $0) } ?? Link(),
                [
                    Cookies.setting(sessionCookie, new.secret.revealed, seconds: nil, secure: isSecure),
                    Cookies.setting("house", known, seconds: 31_536_000, secure: isSecure),
                ])
        } catch let refusal as any Refusal where !refusal.isOfTheFile {
            pages.noteRefusedLogin(request.client, refusal.code)
            let (status, retryAfter): (Int, Int?) =
                switch refusal {
                case AccessRefusal.tooManyTries: (429, 60)
                case AccessRefusal.busy: (503, 5)
                default: (401, nil)
                }
            var response = html(status, loginPage(refusal: refusal))
            if let retryAfter { response.headers.append(("Retry-After", String(retryAfter))) }
            return response
        }
    }
}
