import Foundation

extension ServiceProcess {
    /// Adds hotels to a ledger file through the program's own verbs, each with its Stripe account `sk_test_TENANT`.
    ///
    /// - Parameter roles: Who gets a token at each hotel; the operator always has one.
    /// - Returns: The tokens by tenant and role, such as `seeblick admin`; the operator's under "operator".
    package static func addTenants(
        _ tenants: [String], roles: [String], folder: TemporaryFolder, stripe: String
    ) async throws -> [String: String] {
        var tokens: [String: String] = [:]
        func verb(_ arguments: [String]) async throws -> [String: Any] {
            try await ServiceProcess.verb(arguments, folder: folder, stripe: stripe)
        }
        for tenant in tenants {
            _ = try await verb(["tenant", "add", tenant, "--name", "Hotel \(tenant)"])
            let key = try folder.write("sk_test_\(tenant)".utf8, to: "key")
            let webhook = try folder.write("whsec_\(tenant)\(tenant == "waldhof" ? "_" : "")".utf8, to: "webhook")
            _ = try await verb(["tenant", "stripe", tenant, "--secret-key-file", key, "--webhook-secret-file", webhook])
            for role in roles {
                tokens["\(tenant) \(role)"] =
                    try await verb(["token", "create", tenant, "--role", role, "--name", role])["token"] as? String
            }
        }
        tokens["operator"] = try await verb(["token", "create", "--role", "operator", "--name", "operator"])["token"] as? String
        return tokens
    }
}

extension SimulatorProcess {
    /// Moves its clock.
    package func letPass(seconds: Int) async throws { try await order("POST", "/_sim/clock", ["advance_seconds": seconds]) }

    package struct NoSecret: Error {}

    /// Has Stripe tell a service of everything that happens on a hotel's account.
    ///
    /// - Returns: The secret that the webhooks are signed with.
    package func deliver(to service: String, of tenant: String) async throws -> String {
        let endpoint = try await order(
            form: "/v1/webhook_endpoints", "url=\(service)/stripe/webhooks/\(tenant)&enabled_events[]=*", key: "sk_test_\(tenant)")
        guard let secret = endpoint["secret"] as? String else { throw NoSecret() }
        return secret
    }

    /// The guest pays on the page whose address stands in a text; without one there is nothing to pay.
    ///
    /// - Throws: `NoPage` for a text in which none stands.
    package func pay(page url: String?, card: String = "4242424242424242", of tenant: String = "seeblick") async throws {
        guard let url else { return }
        guard let session = url.firstMatch(of: /cs_[A-Za-z0-9_]+/) else { throw NoPage() }
        try await order("POST", "/_sim/checkout/\(session.0)/pay", ["card": card], key: "sk_test_\(tenant)")
    }
}

/// A guest was to pay where nothing can be paid.
package struct NoPage: Error { package init() {} }
