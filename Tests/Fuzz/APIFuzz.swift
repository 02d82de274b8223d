import Foundation
import JSON
import Ledger
import LedgerAccess
import LedgerService
import LedgerStore
import Stripe
import TestHotel
import TestStore
import TestSupport
import Testing
import struct WebServer.Client
import struct WebServer.HTTPRequest
import struct WebServer.IPAddress

@testable import LedgerAPI

/// Whoever holds a token may send anything, and whoever does not may, too.
@Suite struct `Damaged requests` {
    private static let words =
        Noise.words + [
            "limit", "after", "month", "seeblick", "nowhere", "R-1", "beer", "card", "klarna", "1", "0", "-", "2026-11", "\":", "\",\"",
            "[]",
        ]

    private func ledger(in file: LedgerFile) async throws -> (LedgerService, LedgerAccess, token: String) {
        // Nobody answers at Stripe, and so that no case has to wait for it there is no Stripe account.
        let ledger = LedgerService.over(file.store, random: RandomSource(Noise(seed: 1)))
        _ = try await ledger.addTenant(NewTenant(id: "seeblick", name: "Hotel Seeblick"))
        let access = LedgerAccess(store: file.store, random: RandomSource(Noise(seed: 2)))
        let (_, secret) = try await access.issueToken(name: "shop", role: .operator, tenant: nil, by: .commandLine(actor: "cli"))
        return (ledger, access, secret.revealed)
    }

    /// 500 stands for what nobody thought of.
    @Test(arguments: Noise.seeds)
    func `are answered, and never with "this should not have happened"`(seed: UInt64) async throws {
        let file = try LedgerFile()
        let (ledger, access, token) = try await ledger(in: file)
        let accidents = Accidents()
        let log = RequestLog(clock: { Instant(milliseconds: 0) }) { accidents.note($0) }
        let api = API(ledger: ledger, authenticate: { try access.caller(token: $0) }, log: log, requestsPerSecond: 1_000_000)
        var noise = Noise(seed: seed)
        var answered: [Int: Int] = [:]
        for round in 0..<Noise.rounds {
            let request: HTTPRequest = request(&noise, token: token, key: "k-\(round)")
            guard let answer = await api.answer(request) else { continue }
            answered[answer.status, default: 0] += 1
            #expect(
                answer.status != 500,
                "\(request.method) \(request.rawPath)?\(request.query) \(String(decoding: request.body, as: UTF8.self)): \(accidents.last)")
        }
        // Some come through, or the damage would only ever be seen from outside.
        #expect(answered.keys.contains { $0 < 300 } && answered.keys.contains { $0 >= 400 }, "\(answered)")
        #expect(try ledger.verify().allSatisfy { $0.check.defects.isEmpty })
    }

    private func request(_ noise: inout Noise, token: String, key: String) -> HTTPRequest {
        let route = Routes.all.randomElement(using: &noise)!
        let known = ["tenant": "seeblick", "reference": "R-1", "sku": "beer", "month": "2026-11"]
        let path = route.path.parts.map { part in
            switch part {
            case .word(let word): word
            case .parameter(let name): noise.one(in: 6) ? Form.percentEncoded(noise.text(upTo: 4)) : known[name] ?? "1"
            }
        }
        var target = "/" + path.joined(separator: "/")
        if noise.one(in: 3), let field = route.query.randomElement(using: &noise) {
            target += "?" + String(decoding: noise.damaged([Array("\(field.name)=10".utf8)], words: Self.words), as: UTF8.self)
        }
        var body: [UInt8] = []
        if case .object(let shape) = route.body {
            body = shape.example.bytes
            if !noise.one(in: 4) {
                body = noise.one(in: 2) ? noise.damaged([body], words: Self.words) : mangled(shape.example, &noise).bytes
            }
        }
        var headers = [("Authorization", "Bearer \(token)"), ("Content-Type", "application/json"), ("Idempotency-Key", key)]
        if noise.one(in: 10) { headers.append(("If-None-Match", noise.text(upTo: 4))) }
        if noise.one(in: 10) { headers.append(("Accept-Language", noise.text(upTo: 6))) }
        if noise.one(in: 20) { headers[Int.random(in: 0..<3, using: &noise)].1 = noise.text(upTo: 6) }
        return HTTPRequest(
            method: route.method.rawValue, target: target, headers: headers, body: body,
            client: Client(address: IPAddress("192.0.2.1")))
    }

    /// JSON that is well formed, with values that nobody expects.
    private func mangled(_ json: JSON, _ noise: inout Noise) -> JSON {
        if noise.one(in: 6) {
            return [
                .null, .bool(true), .int(0), .int(-1), .int(.max), .int(.min), .decimal("0.5"), .decimal("1e400"), .text(""),
                .text(noise.text(upTo: 20)), .text(String(repeating: "x", count: 5000)), .text("\0"), .array([]), .object([]),
                .text("9999-12-31"), .text("0001-01-01"), .text("2026-11-18"), .array([json, json]),
            ].randomElement(using: &noise)!
        }
        switch json {
        case .object(let members): return .object(members.map { ($0.key, mangled($0.value, &noise)) })
        case .array(let values): return .array(values.map { mangled($0, &noise) })
        default: return json
        }
    }
}

/// What the log said last.
private final class Accidents: @unchecked Sendable {
    private let lock = NSLock()
    private var line = ""

    var last: String { lock.withLock { line } }
    func note(_ text: String) { lock.withLock { if text.contains("accident") || text.contains("error") { line = text } } }
}
