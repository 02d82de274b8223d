import Ledger
import LedgerService
import LedgerShapes

/// Who has access. Users and tokens are added on the pages and at the command line, where the password is asked for again.
enum AccessRoutes {
    static let all = [users, tokens]

    private static let users = Route(
        .get, "/v1/tenants/{tenant}/users", "listUsers", needs: .manageAccess, "List the users",
        about: "Everybody who can log in to the pages, or could: disabled users are listed, too.",
        answers: [RouteAnswer(200, "The users.", AccessShapes.user.page())], refusals: []
    ) { call in
        Reply(200, AccessShapes.user.page(), Page(all: try call.ledger.users(of: call.tenantID, by: call.caller!)))
    }

    private static let tokens = Route(
        .get, "/v1/tenants/{tenant}/tokens", "listTokens", needs: .manageAccess, "List the tokens",
        about: "All tokens of programs, revoked ones too. Their secrets are shown once, when they are created.",
        answers: [RouteAnswer(200, "The tokens.", AccessShapes.token.page())], refusals: []
    ) { call in
        Reply(200, AccessShapes.token.page(), Page(all: try call.ledger.tokens(of: call.tenantID, by: call.caller!)))
    }
}
