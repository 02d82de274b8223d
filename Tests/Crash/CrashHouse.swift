import Foundation
import JSON
import Stripe
import Synchronization
import TestSupport

/// A hotel on one file, Stripe beside it, and a service that can be killed and is started again at the same address.
final class CrashHouse: AtCommandLine {
    let folder: TemporaryFolder
    /// Where clients and Stripe reach the service, whichever process it is at the moment.
    let url: String
    let simulator: SimulatorProcess
    let token: String
    let operatorToken: String
    /// What webhooks are signed with.
    let webhookSecret: String
    // Ends before the simulator that it is connected to.
    private let running: Mutex<ServiceProcess?>
    // Whether the service hangs is not judged by time: see `withHangDetection`.
    private let client = APIClient(timeout: .seconds(86_400))
    private let moved = Mutex(0)
    /// Answers of the service, its kills and its starts: what moves while it does not hang.
    var steps: Int { moved.withLock { $0 } }
    private let silence = Mutex(0)
    /// The most rounds in which nothing moved.
    var longestSilence: Int { silence.withLock { $0 } }
    func noteSilence(_ rounds: Int) { silence.withLock { $0 = max($0, rounds) } }
    private func move() { moved.withLock { $0 += 1 } }

    static let tenant = "/v1/tenants/seeblick"
    static func path(_ reference: String) -> String { tenant + "/folios/" + reference }

    /// - Parameter folder: Where the ledger lies, if not in a folder of its own.
    init(folder: TemporaryFolder? = nil) async throws {
        self.folder = try folder ?? TemporaryFolder()
        simulator = try await SimulatorProcess()
        let tokens = try await ServiceProcess.addTenants(["seeblick"], roles: ["admin"], folder: self.folder, stripe: simulator.url)
        token = tokens["seeblick admin"]!
        operatorToken = tokens["operator"]!
        let service = try await ServiceProcess(folder: self.folder, stripe: simulator.url)
        url = service.url
        running = Mutex(service)
        webhookSecret = try await simulator.deliver(to: url, of: "seeblick")
        let account: JSON = ["secret_key": "sk_test_seeblick", "webhook_secret": .text(webhookSecret)]
        let stored = try await send("PUT", Self.tenant + "/stripe", account)
        guard stored.status == 200 else { throw Unexpected(answer: stored.text) }
    }

    struct Unexpected: Error { let answer: String }

    /// From now on no file that the service writes may grow beyond so many bytes; nil gives the room back, as does its end.
    func limitFiles(to bytes: Int?) { running.withLock { $0?.limitFiles(to: bytes) } }

    func kill() async {
        let service = running.withLock { $0.take() }
        await service?.kill()
        move()
    }

    /// Holds the service up for good: it is there, and does nothing.
    func suspend() { running.withLock { $0?.suspend() } }

    /// Sends the service a signal.
    func signal(_ number: Int32) { running.withLock { $0?.send(number) } }

    /// Waits until the service has ended by itself.
    ///
    /// - Returns: The exit code, or minus the signal that ended it.
    func ended() async -> Int32? {
        let service = running.withLock { $0.take() }
        return await service?.ended()
    }

    /// Stops the service in peace.
    func stop() async -> Int32? {
        let service = running.withLock { $0.take() }
        return await service?.stop()
    }

    /// - Parameters:
    ///   - arguments: Further ones.
    ///   - errors: Where its log goes instead of a file.
    func start(_ arguments: [String] = [], errors: Int32? = nil) async throws {
        let port = Int(url.split(separator: ":").last!)!
        let next = try await ServiceProcess(folder: folder, stripe: simulator.url, port: port, arguments: arguments, errors: errors)
        running.withLock { $0 = next }
        move()
    }

    /// Bytes in the write-ahead log.
    func logLength() throws -> Int {
        try FileManager.default.attributesOfItem(atPath: folder.file("ledger.db-wal"))[.size] as? Int ?? 0
    }

    /// Sends one request, once.
    func send(_ method: String, _ path: String, _ body: JSON? = nil, key: String? = nil) async throws -> APIClient.Answer {
        let answer = try await client.send(method, url + path, token: token, body?.bytes ?? [], key: key)
        move()
        return answer
    }

    /// Asks the simulator for no more than an answer.
    func simulatorAnswers() async throws { _ = try await client.send("GET", simulator.url + "/_sim/clock", token: nil) }

    /// Runs a verb of the program on the hotel's file.
    func run(_ arguments: [String], in folder: TemporaryFolder? = nil, through wrapper: [String] = []) async throws -> ProgramRun {
        try await ProgramRun(
            arguments, environment: ServiceProcess.environment(folder ?? self.folder, simulator.url),
            // A service that starts where it should refuse would stay. Far beyond what a verb needs on a busy machine.
            through: ["/usr/bin/timeout", "600"] + wrapper)
    }

    /// Opens a stay from today for two nights.
    func book(_ reference: String, mode: String = "reserved", amount: Int = 30000, key: String? = nil) async throws -> APIClient.Answer {
        try await send(
            "POST", Self.tenant + "/folios", JSON.stay(reference, mode: mode, amount: amount), key: key)
    }

    /// Puts something from the minibar on the bill; its description is the key that it is sent with.
    func charge(_ reference: String, _ amount: Int, key: String) async throws -> APIClient.Answer {
        try await send("POST", Self.path(reference) + "/lines", Self.line(amount, key), key: key)
    }

    static func line(_ amount: Int, _ key: String) -> JSON {
        ["category": "minibar", "description": .text(key), "unit_amount": .int(amount)]
    }

    /// What stands on a folio's bill: number by description.
    func lines(of reference: String) async throws -> [String: Int] {
        let answer = try await send("GET", Self.path(reference) + "/lines")
        guard answer.status == 200, let lines = answer.json["data"]?.arrayValue else { throw Unexpected(answer: answer.text) }
        return Dictionary(lines.map { ($0["description"]!.textValue!, $0["number"]!.intValue!) }) { _, second in -second }
    }
}
