import Foundation
import LedgerStore

/// Many lines in one request, as the night audit sends them: beside what the store does with as many in each transaction, and what
/// somebody feels of it who adds single lines meanwhile.
struct NightAuditBenchmark {
    let town: Town
    /// Serves the town's file.
    let service: Server
    let token: String
    let time: Duration
    let folder: String

    /// In each request; as many as one may have.
    static let lines = 250
    private static let turns = 6

    func run() async throws { for houses in [1, 4] { try await run(houses: houses) } }

    /// - Parameter houses: So many send at once.
    private func run(houses: Int) async throws {
        let store = try StoreBatches(try town.copy(to: "\(folder)/batches-\(houses).db"), callers: houses)
        let audit = try NightAudit(town, token, Callers(houses, port: service.port), name: "audit-\(houses)")
        _ = try audit.work(until: .now + .seconds(1))
        var (inStore, overHTTP, beside, requests, singles) = (0.0, 0.0, 0.0, [Int](), [Int]())
        for turn in 0..<Self.turns {
            inStore += try await rate { end in try await store.run(until: end) }
            overHTTP += try await rate { end in
                let times = try audit.work(until: end)
                requests += times
                return times.count * Self.lines
            }
            beside += try await rate { end in
                let neighbour = neighbour("neighbour-\(houses)-\(turn)", until: end)
                let lines = try audit.work(until: end).count * Self.lines
                singles += try await neighbour.value
                return lines
            }
        }
        let (each, single) = (Times(requests), Times(singles))
        print("\nDurable lines per second, \(Self.lines) at once for each of \(houses) hotels, \(time / .seconds(1)) s each in turn")
        print(String(format: "store, a transaction for each %d        %8.0f", Self.lines, inStore))
        print(String(format: "service, a POST for each %d             %8.0f  %.2f × the store's", Self.lines, overHTTP, overHTTP / inStore))
        print(String(format: "the same beside a neighbour              %8.0f", beside))
        print(String(format: "an answer took ms: half %.1f  99 %% %.1f", each.quantile(0.5), each.quantile(0.99)))
        print(
            String(
                format: "the neighbour's %d single lines took ms: half %.1f  99 %% %.1f  longest %.1f", single.count, single.quantile(0.5),
                single.quantile(0.99), single.quantile(1)))
    }

    /// One turn's part of the lines per second.
    private func rate(_ add: (ContinuousClock.Instant) async throws -> Int) async throws -> Double {
        let begin = ContinuousClock.now
        let lines = try await add(begin + time / Self.turns)
        return Double(lines) / ((ContinuousClock.now - begin) / .seconds(1)) / Double(Self.turns)
    }

    /// One connection that adds line after line, on a thread of its own.
    private func neighbour(_ name: String, until end: ContinuousClock.Instant) -> Task<[Int], any Error> {
        let (town, token, port) = (town, token, service.port)
        return Task.detached {
            try Reception(town, token, Callers(1, port: port), name: name).work(until: end)
        }
    }
}

/// The town's hotels, each with its stays.
private func byHotel(_ town: Town) -> [[Town.Stay]] {
    Dictionary(grouping: town.stays, by: \.tenant.id).sorted { $0.key < $1.key }.map(\.value)
}

/// Callers that each add many lines in a transaction, to one hotel after the other.
private final class StoreBatches {
    private let hotels: [[Town.Stay]]
    private let database: Database
    private let callers: Int
    private var added = 0

    init(_ town: Town, callers: Int) throws {
        hotels = byHotel(town)
        database = try Database(path: town.file, clock: now)
        self.callers = callers
    }

    /// - Returns: How many lines are durable.
    func run(until end: ContinuousClock.Instant) async throws -> Int {
        let (hotels, database, start, callers) = (hotels, database, added, callers)
        let batches = try await withThrowingTaskGroup(of: Int.self) { group in
            for caller in 0..<callers {
                group.addTask {
                    var batches = 0
                    while ContinuousClock.now < end {
                        let stays = hotels[(start + caller + batches * callers) % hotels.count]
                        try await database.write { transaction in
                            for line in 0..<NightAuditBenchmark.lines {
                                let stay = stays[line % stays.count]
                                try transaction.withBook(of: stay.tenant) { try $0.addDrink(to: stay.folio) }
                            }
                        }
                        batches += 1
                    }
                    return batches
                }
            }
            return try await group.reduce(0, +)
        }
        added += batches
        return batches * NightAuditBenchmark.lines
    }
}

/// The same over HTTP.
private final class NightAudit {
    private let callers: Callers
    private let token: String
    private let name: String
    /// A hotel's id, and what is sent for it.
    private let bodies: [(hotel: String, body: String)]
    private var asked = 0

    /// - Parameter name: Tells its keys from those of others.
    init(_ town: Town, _ token: String, _ callers: Callers, name: String) {
        self.callers = callers
        self.token = token
        self.name = name
        bodies = byHotel(town).map { stays in
            let lines = (0..<NightAuditBenchmark.lines).map { line in
                #"{"folio":"\#(stays[line % stays.count].folio.reference)",\#(Reception.drink)}"#
            }
            return (stays[0].tenant.id, #"{"lines":[\#(lines.joined(separator: ","))]}"#)
        }
    }

    /// - Returns: How long each request took, in microseconds.
    func work(until end: ContinuousClock.Instant) throws -> [Int] {
        try callers.ask(until: { ContinuousClock.now >= end }, request: next) { answer, head in
            guard answer.starts(with: Array("HTTP/1.1 201 ".utf8)) else {
                throw Unusable(what: "Lines were not charged: \(String(decoding: answer[head...], as: UTF8.self))")
            }
        }
    }

    private func next() -> [UInt8] {
        let (hotel, body) = bodies[asked % bodies.count]
        asked += 1
        return Array(
            ("POST /v1/tenants/\(hotel)/lines HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer \(token)\r\n"
                + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\nIdempotency-Key: \(name)-\(asked)\r\n\r\n\(body)")
                .utf8)
    }
}
