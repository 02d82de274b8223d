import Foundation
import JSON
import Ledger
import TestSupport
import Testing

/// Two hotels on one service, reached over HTTP as shop, desk and accounting reach it, with Stripe simulated beside it.
final class House: AtCommandLine {
    let folder: TemporaryFolder
    // Ends before the simulator that it is connected to.
    let service: ServiceProcess
    let simulator: SimulatorProcess
    private let client = APIClient()
    /// By tenant and role; the operator's under "operator".
    let tokens: [String: String]

    static let roles = Role.allCases.filter { $0 != .operator }.map(\.rawValue)

    /// - Parameters:
    ///   - roles: Who gets a token at each hotel; the operator always has one.
    ///   - simulator: Another house's Stripe; `nil` for one of its own.
    init(
        start: String = "2026-11-18T08:00:00Z", roles: [String] = ["admin"], tenants: [String] = ["seeblick", "waldhof"],
        simulator: SimulatorProcess? = nil
    ) async throws {
        folder = try TemporaryFolder()
        if let simulator { self.simulator = simulator } else { self.simulator = try await SimulatorProcess(clock: start) }
        tokens = try await ServiceProcess.addTenants(tenants, roles: roles, folder: folder, stripe: self.simulator.url)
        service = try await ServiceProcess(folder: folder, stripe: self.simulator.url)
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

    /// Opens a stay, 300.00 EUR to be reserved: from today for two nights, or in December, when its card is saved until a hold is due.
    @discardableResult
    func book(
        _ reference: String, at tenant: String = "seeblick", amount: Int = 30000, mode: String = "reserved", isAhead: Bool = false
    ) async throws -> Answer {
        try await send(
            "POST", "/v1/tenants/\(tenant)/folios", as: "\(tenant) admin",
            JSON.stay(reference, mode: mode, amount: amount, isAhead: isAhead))
    }

    func guestPays(_ answer: Answer, at tenant: String = "seeblick", card: String = "4242424242424242") async throws {
        try await simulator.pay(page: answer.json["payment_url"]?.textValue, card: card, of: tenant)
    }

    func sync() async throws { try await succeed("sync") }

    func folio(_ reference: String, at tenant: String = "seeblick") async throws -> JSON {
        try await send("GET", "/v1/tenants/\(tenant)/folios/\(reference)", as: "\(tenant) admin").json
    }

    /// Adds a line of lodging.
    func charge(_ reference: String, _ amount: Int, at tenant: String = "seeblick") async throws {
        let told = try await send(
            "POST", "/v1/tenants/\(tenant)/folios/\(reference)/lines", as: "\(tenant) admin",
            [
                "category": "lodging", "description": "Night", "unit_amount": .int(amount), "quantity": 1, "tax_rate": "7",
                "service_date": "2026-11-18",
            ])
        #expect(told.status == 201, "\(told.text)")
    }

    /// Looks at the plan, and carries it out, also where nothing has been charged.
    func checkOut(_ reference: String, at tenant: String = "seeblick") async throws -> Answer {
        let place = "/v1/tenants/\(tenant)/folios/\(reference)/check-out"
        let plan = try await send("GET", place, as: "\(tenant) admin").json["plan"]?["id"]?.textValue ?? ""
        return try await send("POST", place, as: "\(tenant) admin", ["plan": .text(plan), "nothing_charged": true])
    }
}
