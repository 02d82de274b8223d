import Foundation
import JSON
import Stripe
import TestSupport

/// Two hotels on one service, reached over HTTP as shop, desk and accounting reach it, with Stripe simulated beside it.
final class House: Sendable {
    let folder: TemporaryFolder
    // Ends before the simulator that it is connected to.
    let service: ServiceProcess
    let simulator: SimulatorProcess
    private let transport = CurlTransport()
    /// By tenant and role; the operator's under "operator".
    let tokens: [String: String]

    static let roles = ["admin", "integration", "reception", "accounting", "auditor"]

    /// - Parameter roles: Who gets a token at each hotel; the operator always has one.
    init(start: String = "2026-11-18T08:00:00Z", roles: [String] = ["admin"], tenants: [String] = ["seeblick", "waldhof"]) async throws {
        folder = try TemporaryFolder()
        simulator = try await SimulatorProcess(clock: start)
        var tokens: [String: String] = [:]
        let (folder, stripe) = (folder, simulator.url)
        func verb(_ arguments: [String]) async throws -> [String: Any] {
            try await ServiceProcess.verb(arguments, folder: folder, stripe: stripe)
        }
        for tenant in tenants {
            _ = try await verb(["tenant", "add", tenant, "--name", "Hotel \(tenant)"])
            for (file, secret) in [("key", "sk_test_\(tenant)"), ("webhook", "whsec_\(tenant)")] {
                try Data(secret.utf8).write(to: URL(fileURLWithPath: folder.file(file)))
            }
            _ = try await verb([
                "tenant", "stripe", tenant, "--secret-key-file", folder.file("key"), "--webhook-secret-file", folder.file("webhook"),
            ])
            for role in roles {
                tokens["\(tenant) \(role)"] =
                    try await verb(["token", "create", tenant, "--role", role, "--name", role])["token"] as? String
            }
        }
        tokens["operator"] = try await verb(["token", "create", "--role", "operator", "--name", "operator"])["token"] as? String
        self.tokens = tokens
        service = try await ServiceProcess(folder: folder, stripe: stripe)
    }

    struct Answer: Sendable {
        let status: Int
        let headers: [String: String]
        let body: [UInt8]

        var json: JSON { JSON(parsing: body) ?? .null }
        var code: String? { json["code"]?.textValue }
        var text: String { String(decoding: body, as: UTF8.self) }
        func header(_ name: String) -> String? { headers.first { $0.key.lowercased() == name.lowercased() }?.value }
    }

    /// - Parameters:
    ///   - who: A tenant and role, such as `seeblick admin`; nil sends no token.
    ///   - key: The Idempotency-Key of a POST; a new one when none is given.
    func send(
        _ method: String, _ path: String, as who: String? = "seeblick admin", _ body: JSON? = nil, key: String? = nil,
        headers: [(String, String)] = [], service url: String? = nil
    ) async throws -> Answer {
        try await send(method, path, as: who, bytes: body?.bytes ?? [], key: key, headers: headers, service: url)
    }

    /// - Parameter url: Another process than the house's own.
    func send(
        _ method: String, _ path: String, as who: String?, bytes: [UInt8], key: String? = nil, headers: [(String, String)] = [],
        service url: String? = nil
    ) async throws -> Answer {
        var sent = headers.map { HTTPHeader($0.0, $0.1) }
        if let who { sent.append(HTTPHeader("Authorization", "Bearer \(tokens[who] ?? who)")) }
        if !headers.contains(where: { $0.0 == "Content-Type" }) { sent.append(HTTPHeader("Content-Type", "application/json")) }
        if method == "POST", key != "" { sent.append(HTTPHeader("Idempotency-Key", key ?? UUID().uuidString)) }
        let answer = try await transport.send(
            HTTPRequest(method: method, url: (url ?? service.url) + path, headers: sent, body: Data(bytes)))
        let told = Answer(status: answer.status, headers: answer.headers, body: Array(answer.body))
        expectDescribed(told, method, path)
        return told
    }

    /// Opens a stay from today for two nights, 300.00 EUR to be reserved.
    @discardableResult
    func book(_ reference: String, at tenant: String = "seeblick", amount: Int = 30000, mode: String = "reserved") async throws -> Answer {
        try await send(
            "POST", "/v1/tenants/\(tenant)/folios", as: "\(tenant) admin",
            [
                "reference": .text(reference), "guest": ["name": "Anna Weiss", "email": "anna@example.com"], "arrival": "2026-11-18",
                "departure": "2026-11-20", "payment": ["mode": .text(mode), "method": "card", "amount": .int(amount)],
            ])
    }

    func guestPays(_ answer: Answer, at tenant: String = "seeblick", card: String = "4242424242424242") async throws {
        let url = answer.json["payment_url"]?.textValue ?? ""
        guard let session = url.firstMatch(of: /cs_[A-Za-z0-9_]+/) else { return }
        try await simulator.order("POST", "/_sim/checkout/\(session.0)/pay", ["card": card], key: "sk_test_\(tenant)")
    }
}
