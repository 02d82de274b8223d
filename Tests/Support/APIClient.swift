import Foundation
import JSON
import Stripe

/// Asks the API as a shop, a desk or accounting does: over HTTP, with a token, and with a key on each POST.
package final class APIClient: Sendable {
    package struct Answer: Sendable {
        package let status: Int
        package let headers: [String: String]
        package let body: [UInt8]

        package var json: JSON { JSON(parsing: body) ?? .null }
        package var code: String? { json["code"]?.textValue }
        package var text: String { String(decoding: body, as: UTF8.self) }
        package func header(_ name: String) -> String? { headers.first { $0.key.lowercased() == name.lowercased() }?.value }
    }

    private let transport = CurlTransport()
    private let timeout: Duration

    /// - Parameter timeout: How long an answer is waited for.
    package init(timeout: Duration = .seconds(30)) { self.timeout = timeout }

    /// - Parameters:
    ///   - token: nil sends none.
    ///   - key: The Idempotency-Key of a POST; a new one when none is given, none when it is empty.
    /// - Throws: `TransportError` when no complete answer comes.
    package func send(
        _ method: String, _ url: String, token: String?, _ body: [UInt8] = [], key: String? = nil, headers: [(String, String)] = []
    ) async throws -> Answer {
        var sent = headers.map { HTTPHeader($0.0, $0.1) }
        if let token { sent.append(HTTPHeader("Authorization", "Bearer \(token)")) }
        if !headers.contains(where: { $0.0 == "Content-Type" }) { sent.append(HTTPHeader("Content-Type", "application/json")) }
        if method == "POST", key != "" { sent.append(HTTPHeader("Idempotency-Key", key ?? UUID().uuidString)) }
        let answer = try await transport.send(
            HTTPRequest(
                method: method, url: url, headers: sent, body: Data(body), timeoutMilliseconds: Int(timeout / .milliseconds(1))))
        return Answer(status: answer.status, headers: answer.headers, body: Array(answer.body))
    }
}
