import Foundation
import FoundationNetworking

/// The Stripe simulator as a process of its own, reached over HTTP.
package final class SimulatorProcess: @unchecked Sendable {
    package struct NotStarted: Error { let output: String }
    package struct OrderRefused: Error { let status: Int; let body: String }

    /// `http://127.0.0.1:PORT`.
    package let url: String
    private let process: ChildProcess
    /// Closed with this process, however it ends; the simulator ends with it.
    private let input = Pipe()

    /// The folder with the programs that were built: they lie beside the test bundle, whose path is this process's own.
    package static var products: URL {
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    }

    /// - Parameter clock: Where its clock starts, `2026-11-18T08:00:00Z`. It stands still until it is moved.
    package init(clock: String) async throws {
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
        let now = try await order("GET", "/_sim/clock")["now"] as? Int64 ?? 0
        _ = try await order("POST", "/_sim/clock", ["now": now, "running": false])
    }

    deinit {
        process.terminate()
        process.wait()
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
        return try await answer(to: request)
    }

    /// Posts a form, as Stripe's API takes it.
    package func order(form path: String, _ form: String, key: String = "sk_test_seeblick") async throws -> [String: Any] {
        var request = URLRequest(url: URL(string: url + path)!)
        request.httpMethod = "POST"
        request.setValue("Bearer \(key)", forHTTPHeaderField: "Authorization")
        request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
        request.httpBody = Data(form.utf8)
        return try await answer(to: request)
    }

    private func answer(to request: URLRequest) async throws -> [String: Any] {
        let (data, response) = try await URLSession.shared.data(for: request)
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        guard status < 400 else { throw OrderRefused(status: status, body: String(decoding: data, as: UTF8.self)) }
        return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }
}
