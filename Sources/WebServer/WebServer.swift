import CMicroHTTPD
import Foundation

/// An HTTP/1.1 server: libmicrohttpd reads and writes, a handler answers. It knows no money.
///
/// A server that was started stays alive until it is stopped.
package final class WebServer: Sendable {
    /// Answers in a task, its connection suspended meanwhile, so that few threads serve many connections.
    ///
    /// Many run at once and may wait as long as they like, if they suspend: one that blocks its thread takes it from all the others.
    package typealias Handler = @Sendable (HTTPRequest) async -> HTTPResponse
    /// Answers at once, on the thread that read the request.
    package typealias ImmediateHandler = @Sendable (HTTPRequest) -> HTTPResponse

    private enum Answering {
        case inTask(Handler)
        case atOnce(ImmediateHandler)
    }

    let configuration: Configuration
    let life = Life()
    private let answering: Answering

    package convenience init(_ configuration: Configuration, handler: @escaping Handler) {
        self.init(configuration, answering: .inTask(handler))
    }

    /// For handlers that only compute: no task, no suspended connection. One that waits holds up every connection of its thread.
    ///
    /// Not a second initializer: a trailing closure without `await` would choose it unasked.
    package static func answeringAtOnce(_ configuration: Configuration, handler: @escaping ImmediateHandler) -> WebServer {
        WebServer(configuration, answering: .atOnce(handler))
    }

    private init(_ configuration: Configuration, answering: Answering) {
        self.configuration = configuration
        self.answering = answering
    }

    /// The port that is listened on; 0 before the start.
    package var port: UInt16 { life.port }

    /// - Throws: `NotStarted`.
    package func start() throws {
        try life.begin { try startDaemon(for: self) }
    }

    /// Takes no new connections, lets what runs be answered to its last byte, and stops.
    ///
    /// - Parameter grace: After so long, handlers that still run are cancelled and waited for, and clients get two more seconds to read.
    package func stop(grace: Duration = .seconds(10)) async {
        guard let daemon = life.beginEnding() else { return }
        let listener = MHD_quiesce_daemon(daemon.pointer)
        // libmicrohttpd keeps the socket until it stops: refuse newcomers at once.
        if listener >= 0 { shutdown(listener, Int32(SHUT_RDWR)) }
        let deadline = ContinuousClock.now + grace
        while life.hasOpenAnswers, ContinuousClock.now < deadline { await pause() }
        // libmicrohttpd ends the whole process when it is stopped while a connection is suspended: every task has to be over, and none
        // may begin for those who go on asking.
        while !life.seal() {
            life.cancelTasks()
            await pause()
        }
        let lastMoment = max(deadline, ContinuousClock.now + .seconds(2))
        while life.hasOpenAnswers, ContinuousClock.now < lastMoment { await pause() }
        MHD_stop_daemon(daemon.pointer)
        if listener >= 0 { close(listener) }
        life.end()
        Unmanaged.passUnretained(self).release()  // As retained by `startDaemon`.
    }

    private func pause() async {
        // A caller that was cancelled must not spin here.
        await Task.detached { try? await Task.sleep(for: .milliseconds(5)) }.value
    }

    /// Has the handler answer a complete request. libmicrohttpd's thread.
    func answer(_ exchange: Exchange, on connection: Connection) -> MHD_Result {
        life.answerBegins()
        exchange.isBeingAnswered = true
        switch answering {
        case .atOnce(let handler):
            let response = handler(exchange.request)
            guard case .delayed = response.transport else { return exchange.send(response, on: connection, of: self) }
            finishInTask(exchange, on: connection) { response }
        case .inTask(let handler):
            finishInTask(exchange, on: connection) { await handler(exchange.request) }
        }
        return .YES
    }

    private func finishInTask(_ exchange: Exchange, on connection: Connection, _ respond: @escaping @Sendable () async -> HTTPResponse) {
        MHD_suspend_connection(connection.pointer)
        let runs = life.run {
            let response = await respond()
            if case .delayed(let milliseconds) = response.transport { try? await Task.sleep(for: .milliseconds(milliseconds)) }
            exchange.finish(with: response)
            // libmicrohttpd now asks for the exchange again, on its own thread.
            MHD_resume_connection(connection.pointer)
        }
        if !runs {
            exchange.finish(with: HTTPResponse(status: 503))
            MHD_resume_connection(connection.pointer)
        }
    }
}
