import Foundation
import Stripe

/// The Stripe simulator as a process of its own, reached over HTTP.
package final class SimulatorProcess: @unchecked Sendable {
    package struct NotStarted: Error { let output: String }
    package struct OrderRefused: Error { let status: Int; let body: String }

    /// `http://127.0.0.1:PORT`.
    package let url: String
    private let process: ChildProcess
    /// Waits as long as it takes: a busy machine is slow, and the simulator either answers or is gone.
    private static let transport = CurlTransport()
    private static let timeout = 600_000
    /// Closed with this process, however it ends; the simulator ends with it.
    private let input = Pipe()

    /// The folder with the programs that were built: they lie beside the test bundle, whose path is this process's own.
    package static var products: URL {
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    }

    /// - Parameter clock: Where its clock starts. It stands still until it is moved.
    package init(clock: String = SettableClock.start) async throws {
        let output = Pipe()
        let nowhere = FileHandle.nullDevice
        process = try ChildProcess(
            Self.products.appendingPathComponent("stripe-simulator").path,
            ["--listen", "127.0.0.1:0", "--clock", clock, "--end-with-input"], input: input.fileHandleForReading.fileDescriptor,
            output: output.fileHandleForWriting.fileDescriptor, errors: nowhere.fileDescriptor)
        try output.fileHandleForWriting.close()
        let text = await output.fileHandleForReading.firstLine()
        guard let address = text.firstMatch(of: /http:\/\/[0-9.]+:[0-9]+/) else { throw NotStarted(output: text) }
        url = String(address.0)
        // It has run since the start of the process, which can be seconds on a busy machine.
        let start = Int64(try Date(clock, strategy: .iso8601).timeIntervalSince1970)
        _ = try await order("POST", "/_sim/clock", ["now": start, "running": false])
    }

    deinit {
        // It has nothing to finish, and whoever waits here holds a thread that all tests share.
        process.kill()
        process.wait()
    }

    /// Gives an order under `/_sim/`, or asks Stripe's API, as anybody could with curl.
    @discardableResult
    package func order(
        _ method: String, _ path: String, _ body: [String: any Sendable]? = nil, key: String = "sk_test_seeblick"
    ) async throws -> [String: Any] {
        guard let body else { return try await send(method, path, key: key) }
        return try await send(method, path, type: "application/json", try JSONSerialization.data(withJSONObject: body), key: key)
    }

    /// Posts a form, as Stripe's API takes it.
    @discardableResult
    package func order(form path: String, _ form: String, key: String = "sk_test_seeblick") async throws -> [String: Any] {
        try await send("POST", path, type: "application/x-www-form-urlencoded", Data(form.utf8), key: key)
    }

    private func send(
        _ method: String, _ path: String, type: String? = nil, _ body: Data = Data(), key: String
    ) async throws -> [String: Any] {
        var headers = [HTTPHeader("Authorization", "Bearer \(key)")]
        if let type { headers.append(HTTPHeader("Content-Type", type)) }
        let answer = try await Self.transport.send(
            HTTPRequest(method: method, url: url + path, headers: headers, body: body, timeoutMilliseconds: Self.timeout))
        guard answer.status < 400 else { throw OrderRefused(status: answer.status, body: String(decoding: answer.body, as: UTF8.self)) }
        return try JSONSerialization.jsonObject(with: answer.body) as? [String: Any] ?? [:]
    }
}
