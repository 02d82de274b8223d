import Foundation
import TestSupport
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

extension HTTPResponse {
    static func text(_ text: String, _ transport: Transport = .normal) -> HTTPResponse {
        HTTPResponse(status: 200, headers: [("Content-Type", "text/plain")], body: Array(text.utf8), transport: transport)
    }
}
