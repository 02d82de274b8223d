import StripeSimulator
import WebServer

/// Serves a simulator on a free port of the loopback, as the program `stripe-simulator` does.
final class SimulatorServer {
    private let server: WebServer
    var port: UInt16 { server.port }

    init(_ simulator: Simulator) throws {
        server = WebServer(WebServer.Configuration()) { request in
            let answer = simulator.respond(
                to: SimulatorRequest(
                    method: request.method, path: request.path, query: request.query, headers: request.headers, body: request.body))
            return HTTPResponse(status: answer.status, headers: answer.headers, body: answer.body)
        }
        try server.start()
    }

    func stop() async { await server.stop() }
}
