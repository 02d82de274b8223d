import Foundation
import WebServer

/// An endpoint of our own: it keeps what it is sent, and answers as it is told.
final class WebhookReceiver: Sendable {
    struct Message: Sendable {
        let signature: String
        let body: [UInt8]

        /// The time it was signed at, as the header tells it.
        var signedAt: Substring { signature.prefix { $0 != "," } }
        var signatures: Int { signature.split(separator: ",").count { $0.hasPrefix("v1=") } }

        private var object: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]) ?? [:] }
        var id: String { object["id"] as? String ?? "" }
        var type: String { object["type"] as? String ?? "" }
    }

    struct TooFew: Error { let types: [String] }

    private let inbox: Inbox
    private let server: WebServer
    var url: String { "http://127.0.0.1:\(server.port)/hooks" }

    /// - Parameter statuses: For the first messages; the others are answered 200.
    init(answering statuses: [Int] = []) throws {
        let inbox = Inbox(statuses)
        self.inbox = inbox
        server = WebServer(WebServer.Configuration()) { request in
            HTTPResponse(status: inbox.add(Message(signature: request.header("Stripe-Signature") ?? "", body: request.body)))
        }
        try server.start()
    }

    var messages: [Message] { inbox.messages }

    /// Waits until so many messages have come, in all.
    func messages(atLeast count: Int) async throws -> [Message] {
        let deadline = ContinuousClock.now + .seconds(30)
        while inbox.messages.count < count {
            guard ContinuousClock.now < deadline else { throw TooFew(types: inbox.messages.map(\.type)) }
            try await Task.sleep(for: .milliseconds(10))
        }
        return inbox.messages
    }

    func stop() async { await server.stop() }
}

private final class Inbox: @unchecked Sendable {
    private let lock = NSLock()
    private var kept: [WebhookReceiver.Message] = []
    private let statuses: [Int]

    init(_ statuses: [Int]) { self.statuses = statuses }

    var messages: [WebhookReceiver.Message] { lock.withLock { kept } }

    /// - Returns: The status to answer with.
    func add(_ message: WebhookReceiver.Message) -> Int {
        lock.withLock {
            kept.append(message)
            return kept.count <= statuses.count ? statuses[kept.count - 1] : 200
        }
    }
}
