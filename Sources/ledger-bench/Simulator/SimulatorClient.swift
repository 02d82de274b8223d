import Foundation
import Stripe

/// Asks over HTTP with the ledger's own transport.
struct SimulatorClient: Sendable {
    let port: UInt16
    private let transport = CurlTransport()

    init(port: UInt16) { self.port = port }

    func ask(_ question: SimulatorQuestion) async throws -> (status: Int, body: Data) {
        let query = question.query.isEmpty ? "" : "?" + question.query
        let answer = try await transport.send(
            HTTPRequest(
                method: question.method, url: "http://127.0.0.1:\(port)\(question.path)\(query)",
                headers: [HTTPHeader("Authorization", "Bearer \(SimulatorQuestion.key)")], body: Data(question.body.utf8)))
        return (answer.status, answer.body)
    }
}
