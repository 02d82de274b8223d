import Foundation
import LedgerStore

/// Durable lines per second over HTTP, beside what the store does for as many callers in the same run; and what many requests do to the
/// service's memory.
struct HTTPBenchmark {
    var time = Duration.seconds(12)
    var connections = 64
    /// So many requests, those of the comparison among them, have been answered before memory is read for the last time.
    var requests = 1_000_000
    var folder = FileManager.default.temporaryDirectory.path

    /// Store and service take turns, so that a busy moment of the machine meets both.
    private static let turns = 6

    func run() async throws {
        let folder = "\(folder)/ledger-bench-\(getpid())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let town = try await Town.build(at: "\(folder)/town.db", tenants: 100, foliosEach: 100)
        let store = try StoreCallers(try town.copy(to: "\(folder)/store.db"), callers: connections)
        let program = Program(file: town.file)
        let token = try program.token()
        let service = try program.serve(log: "\(folder)/service.log")
        defer { service.stop() }
        let reception = try Reception(town, token, Callers(connections, port: service.port))

        var (inStore, overHTTP, worked, times) = (0.0, 0.0, 0.0, [Int]())
        _ = try reception.work(until: .now + .seconds(1))
        let start = service.memory
        for _ in 0..<Self.turns {
            var begin = ContinuousClock.now
            let lines = try await store.run(for: time / Self.turns)
            inStore += Double(lines) / ((ContinuousClock.now - begin) / .seconds(1)) / Double(Self.turns)
            worked -= service.processorSeconds
            begin = .now
            let turn = try reception.work(until: begin + time / Self.turns)
            overHTTP += Double(turn.count) / ((ContinuousClock.now - begin) / .seconds(1)) / Double(Self.turns)
            worked += service.processorSeconds
            times += turn
        }
        let quantiles = Times(times)
        print("Durable lines per second for \(connections) callers, \(time / .seconds(1)) s each in turn")
        print(String(format: "store, in one process                    %8.0f", inStore))
        print(String(format: "service, a POST for each line            %8.0f  %.2f × the store's", overHTTP, overHTTP / inStore))
        print(String(format: "the service works %.0f µs of processor time for each", worked * 1_000_000 / Double(quantiles.count)))
        print(
            String(
                format: "an answer took ms: half %.1f  99 %% %.1f  99.9 %% %.1f  longest %.1f", quantiles.quantile(0.5),
                quantiles.quantile(0.99), quantiles.quantile(0.999), quantiles.quantile(1)))
        print("\nThe service's memory in MiB: resident, and its own part without pages of files")
        report(reception.answered, start, "at the start")
        for part in [requests / 10, requests / 2, requests] where reception.answered < part {
            _ = try reception.work(upTo: part)
            report(reception.answered, service.memory, "requests answered")
        }
        // Last: the connections above would be closed as idle meanwhile.
        try await NightAuditBenchmark(town: town, service: service, token: token, time: time, folder: folder).run()
    }

    private func report(_ requests: Int, _ memory: (resident: Int, own: Int), _ what: String) {
        print(
            String(
                format: "%9d %@  %7.1f  %7.1f", requests, what.padding(toLength: 18, withPad: " ", startingAt: 0), mebi(memory.resident),
                mebi(memory.own)))
    }

    private func mebi(_ bytes: Int) -> Double { Double(bytes) / Double(1 << 20) }
}

/// What reception does all day, over HTTP: one drink on a folio, each with a key of its own.
final class Reception {
    /// The members of the line, without the braces.
    static let drink =
        #""category":"minibar","description":"Minibar: beer","quantity":2,"unit_amount":350,"#
        + #""tax_rate":"\#(Town.taxRate)","service_date":"\#(Town.day)""#
    private(set) var answered = 0
    private var asked = 0
    private let town: Town
    private let callers: Callers
    private let head: String
    private let body: String

    /// - Parameter name: Tells its keys from those of others.
    init(_ town: Town, _ token: String, _ callers: Callers, name: String = "bench") {
        self.town = town
        self.callers = callers
        body = "{\(Self.drink)}"
        head =
            "Host: 127.0.0.1\r\nAuthorization: Bearer \(token)\r\nContent-Type: application/json\r\nContent-Length: "
            + "\(body.utf8.count)\r\nIdempotency-Key: \(name)-"
    }

    func work(until end: ContinuousClock.Instant) throws -> [Int] { try work { ContinuousClock.now >= end } }

    func work(upTo requests: Int) throws -> [Int] { try work { [self] in answered + callers.count > requests } }

    private func work(until isOver: () -> Bool) throws -> [Int] {
        try callers.ask(until: isOver, request: next) { answer, head in
            guard answer.starts(with: Array("HTTP/1.1 201 ".utf8)) else {
                throw Unusable(what: "A line was not charged: \(String(decoding: answer[head...], as: UTF8.self))")
            }
            answered += 1
        }
    }

    private func next() -> [UInt8] {
        let stay = town.stays[asked % town.stays.count]
        asked += 1
        return Array(
            "POST /v1/tenants/\(stay.tenant.id)/folios/\(stay.folio.reference)/lines HTTP/1.1\r\n\(head)\(asked)\r\n\r\n\(body)".utf8)
    }
}
