import Ledger

/// Who looks at the pages.
package struct PageSession: Sendable {
    package let caller: Caller
    /// The name that was logged in with.
    package let name: String
    /// Stands in each form; a form without it is somebody else's.
    package let csrf: String

    package init(caller: Caller, name: String, csrf: String) {
        self.caller = caller
        self.name = name
        self.csrf = csrf
    }
}

/// How people come in and go out: passwords and sessions are the service layer's business.
package struct Doors: Sendable {
    /// Somebody who logs in: a tenant's id, or nil for an operator; and where the attempt comes from.
    package struct Attempt: Sendable {
        package let tenant: String?
        package let name: String
        package let password: String
        package let address: String
    }

    /// - Returns: The session's secret for the cookie.
    /// - Throws: A `Refusal` for a wrong name or password, or too many attempts.
    package let logIn: @Sendable (Attempt) async throws -> String
    package let session: @Sendable (_ secret: String) async throws -> PageSession?
    package let logOut: @Sendable (_ secret: String) async throws -> Void

    package init(
        logIn: @escaping @Sendable (Attempt) async throws -> String,
        session: @escaping @Sendable (String) async throws -> PageSession?,
        logOut: @escaping @Sendable (String) async throws -> Void
    ) {
        self.logIn = logIn
        self.session = session
        self.logOut = logOut
    }
}
