import Foundation
import FoundationNetworking

/// The Stripe simulator as a process of its own, reached over HTTP.
package final class SimulatorProcess: @unchecked Sendable {
    package struct NotStarted: Error { let output: String }
    package struct OrderRefused: Error { let status: Int; let body: String }

    /// `http://127.0.0.1:PORT`.
    package let url: String
    private let process: Process
    /// Closed with this process, however it ends.
    private let input = Pipe()

    /// The folder with the programs that were built: they lie beside the test bundle, whose path is this process's own.
    package static var products: URL {
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    }

    /// - Parameter clock: Where its clock starts, `2026-11-18T08:00:00Z`. It stands still until it is moved.
    package init(clock: String) async throws {
        process = Process()
        process.executableURL = Self.products.appendingPathComponent("stripe-simulator")
        process.arguments = ["--listen", "127.0.0.1:0", "--clock", clock, "--end-with-input"]
        process.standardInput = input
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var text = ""
        while !text.contains("\n") {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw NotStarted(output: text) }
            text += String(decoding: more, as: UTF8.self)
        }
        guard let address = text.firstMatch(of: /http:\/\/[0-9.]+:[0-9]+/) else { throw NotStarted(output: text) }
        url = String(address.0)
        let now = try await order("GET", "/_sim/clock")["now"] as? Int64 ?? 0
        _ = try await order("POST", "/_sim/clock", ["now": now, "running": false])
    }

    deinit { stop() }

    package func stop() {
        guard process.isRunning else { return }
        process.terminate()
        process.waitUntilExit()
    }

    /// Gives an order under `/_sim/`, or asks Stripe's API, as anybody could with curl.
    @discardableResult
    package func order(
        _ method: String, _ path: String, _ body: [String: any Sendable]? = nil, key: String = "sk_test_seeblick"
    ) async throws -> [String: Any] {
        var request = URLRequest(url: URL(string: url + path)!)
        request.httpMethod = method
        request.setValue("Bearer \(key)", forHTTPHeaderField: "Authorization")
        if let body {
            request.httpBody = try JSONSerialization.data(withJSONObject: body)
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        }
        let (data, response) = try await URLSession.shared.data(for: request)
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        guard status < 400 else { throw OrderRefused(status: status, body: String(decoding: data, as: UTF8.self)) }
        return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }
}
