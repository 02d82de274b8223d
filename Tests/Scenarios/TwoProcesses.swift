import Foundation
import JSON
import Ledger
import TestSupport
import Testing

@testable import LedgerStore

/// A house whose ledger file is served by two processes, as behind a load balancer.
struct TwoProcesses: Sendable {
    let house: House
    let second: ServiceProcess
    /// The ledger's file, only to be looked at.
    private let file: Database

    init(tenants: [String] = ["seeblick"]) async throws {
        house = try await House(tenants: tenants)
        second = try await house.serve()
        file = try Database(path: house.folder.file("ledger.db"), clock: { Instant(milliseconds: 0) })
    }

    /// - Parameter process: 0 or 1.
    func send(
        _ method: String, _ path: String, at tenant: String = "seeblick", _ body: JSON? = nil, key: String? = nil, process: Int = 0
    ) async throws -> House.Answer {
        try await house.send(
            method, "/v1/tenants/\(tenant)\(path)", as: "\(tenant) admin", body, key: key,
            service: process == 0 ? house.service.url : second.url)
    }

    /// Has Stripe deliver its webhooks for a hotel.
    func hearFromStripe(_ tenant: String) async throws {
        let secret = try await house.simulator.deliver(to: house.service.url, of: tenant)
        let stored = try await send(
            "PUT", "/stripe", at: tenant, ["secret_key": .text("sk_test_\(tenant)"), "webhook_secret": .text(secret)])
        #expect(stored.status == 200, "\(stored.text)")
    }

    /// Has Stripe's news read, and what waits sent again.
    func sync() async throws { try await house.succeed("sync") }

    func order(_ path: String, _ body: [String: any Sendable]) async throws {
        try await house.simulator.order("POST", "/_sim/\(path)", body)
    }

    func fault(_ fault: String, on route: String, times: Int = 10_000) async throws {
        try await order("faults", ["route": route, "fault": fault, "times": times, "delay_milliseconds": 300])
    }

    func endFaults() async throws { try await order("faults", ["clear": true]) }

    /// The answers that are kept for repeated requests, by status.
    func keptAnswers() throws -> [Int] {
        try file.read { try $0.all("SELECT status FROM idempotency_record WHERE status IS NOT NULL") { try $0.int(0) } }
    }

    func parked() throws -> [Int64] {
        try file.read { try $0.all("SELECT number FROM operation WHERE state = 'parked'") { try $0.int64(0) } }
    }

    /// Changes the file behind the service's back.
    func change(_ sql: SQL) async throws { try await file.write { try $0.run(sql) } }

    /// The books are whole and agree with Stripe's.
    func expectAgreement(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        try await order("clock", ["advance_seconds": 10])
        try await sync()
        for verb in ["verify", "reconcile"] {
            let run = try await house.verb(verb)
            #expect(run.exit == 0, "\(verb): \(run.output)\(run.errors)", sourceLocation: sourceLocation)
        }
    }

    // MARK: - Guests and their folios

    /// A stay for which the guest has reserved 300.00, or paid an amount.
    func stay(_ reference: String, at tenant: String = "seeblick", paid: Int? = nil, card: String = "4242424242424242") async throws {
        let opened = try await house.book(reference, at: tenant, amount: paid ?? 30000, mode: paid == nil ? "reserved" : "direct")
        #expect(opened.status == 201, "\(opened.text)")
        try await house.guestPays(opened, at: tenant, card: card)
    }

    func charge(_ amount: Int, on reference: String, at tenant: String = "seeblick") async throws {
        let line: JSON = ["category": "lodging", "description": "Nights", "unit_amount": .int(amount)]
        #expect(try await send("POST", "/folios/\(reference)/lines", at: tenant, line).status == 201)
    }

    func plan(_ reference: String, at tenant: String = "seeblick") async throws -> JSON {
        try await send("GET", "/folios/\(reference)/check-out", at: tenant).json["plan"]?["id"] ?? .null
    }
}

/// What stands at Stripe for one folio, by Stripe's own lists.
struct AtStripe {
    let sessions: [(id: String, status: String)]
    let intents: [(status: String, received: Int)]
    let refunds: [Int]

    /// - Parameter simulator: Asked with the tenant's key.
    static func lists(_ simulator: SimulatorProcess, of tenant: String) async throws -> [String: AtStripe] {
        func all(_ path: String) async throws -> [(folio: String, object: [String: Any])] {
            var found: [[String: Any]] = []
            while true {
                let after = (found.last?["id"] as? String).map { "&starting_after=\($0)" } ?? ""
                let page = try await simulator.order("GET", "\(path)?limit=100\(after)", key: "sk_test_\(tenant)")
                found += page["data"] as? [[String: Any]] ?? []
                guard page["has_more"] as? Bool == true else { break }
            }
            return found.map { (($0["metadata"] as? [String: String])?["reference"] ?? "", $0) }
        }
        let (sessions, intents) = (try await all("/v1/checkout/sessions"), try await all("/v1/payment_intents"))
        let refunds = try await all("/v1/refunds")
        let folios = Set((sessions + intents + refunds).map(\.folio))
        return Dictionary(
            uniqueKeysWithValues: folios.map { folio in
                func own(_ all: [(folio: String, object: [String: Any])]) -> [[String: Any]] {
                    all.filter { $0.folio == folio }.map(\.object)
                }
                return (
                    folio,
                    AtStripe(
                        sessions: own(sessions).map { ($0["id"] as? String ?? "", $0["status"] as? String ?? "") },
                        intents: own(intents).map { ($0["status"] as? String ?? "", $0["amount_received"] as? Int ?? 0) },
                        refunds: own(refunds).filter { $0["status"] as? String != "failed" }.map { $0["amount"] as? Int ?? 0 })
                )
            })
    }

    var taken: [Int] { intents.map(\.received).filter { $0 > 0 }.sorted() }
    var openPages: [String] { sessions.filter { $0.status == "open" }.map(\.id) }
}
