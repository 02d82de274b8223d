import Foundation
import JSON
import TestSupport

/// Two hotels on one service, reached over HTTP as shop, desk and accounting reach it, with Stripe simulated beside it.
final class House: Sendable {
    let folder: TemporaryFolder
    // Ends before the simulator that it is connected to.
    let service: ServiceProcess
    let simulator: SimulatorProcess
    private let client = APIClient()
    /// By tenant and role; the operator's under "operator".
    let tokens: [String: String]

    static let roles = ["admin", "integration", "reception", "accounting", "auditor"]

    /// - Parameter roles: Who gets a token at each hotel; the operator always has one.
    init(start: String = "2026-11-18T08:00:00Z", roles: [String] = ["admin"], tenants: [String] = ["seeblick", "waldhof"]) async throws {
        folder = try TemporaryFolder()
        simulator = try await SimulatorProcess(clock: start)
        tokens = try await ServiceProcess.addTenants(tenants, roles: roles, folder: folder, stripe: simulator.url)
        service = try await ServiceProcess(folder: folder, stripe: simulator.url)
    }

    typealias Answer = APIClient.Answer

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
        let told = try await client.send(
            method, (url ?? service.url) + path, token: who.map { tokens[$0] ?? $0 }, bytes, key: key, headers: headers)
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
        try await simulator.pay(page: answer.json["payment_url"]?.textValue, card: card, of: tenant)
    }
}
