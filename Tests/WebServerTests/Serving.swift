import Foundation
import WebServer

/// Starts a server on a free port, lends it, and stops it. The body may block: it has a thread of its own.
func serving<Result: Sendable>(
    _ configuration: WebServer.Configuration = WebServer.Configuration(), _ handler: @escaping WebServer.Handler,
    during body: @escaping @Sendable (WebServer) throws -> Result
) async throws -> Result {
    let server = WebServer(configuration, handler: handler)
    try server.start()
    do {
        let result = try await onThread { try body(server) }
        await server.stop()
        return result
    } catch {
        await server.stop()
        throw error
    }
}

/// Runs what blocks on a thread of its own, so that the tasks of the server keep theirs.
func onThread<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Swift.Result { try work() }) }
    }
}

extension HTTPResponse {
    static func text(_ text: String, _ transport: Transport = .normal) -> HTTPResponse {
        HTTPResponse(status: 200, headers: [("Content-Type", "text/plain")], body: Array(text.utf8), transport: transport)
    }
}
