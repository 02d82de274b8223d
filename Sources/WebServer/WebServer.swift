import Foundation
import Synchronization

/// An HTTP/1.1 server: a few threads read and write, a handler answers. It knows no money.
///
/// A server that was started stays alive until it is stopped.
package final class WebServer: Sendable {
    /// Answers in a task, while the threads serve others.
    ///
    /// Many run at once and may wait as long as they like, if they suspend: one that blocks its thread takes it from all the others.
    package typealias Handler = @Sendable (HTTPRequest) async -> HTTPResponse
    /// Answers at once, on the thread that read the request.
    package typealias ImmediateHandler = @Sendable (HTTPRequest) -> HTTPResponse

    enum Answering {
        case inTask(Handler)
        case atOnce(ImmediateHandler)
    }

    let configuration: Configuration
    let answering: Answering
    let work = Work()
    let door: Door

    private struct State {
        var loops: [Loop] = []
        var next = 0
        var port: UInt16 = 0
        var credentials: Credentials?
        var hasHandles = true
    }

    private let state = Mutex(State())

    /// Listens to nothing before `start`.
    package convenience init(_ configuration: Configuration, handler: @escaping Handler) {
        self.init(configuration, answering: .inTask(handler))
    }

    /// For handlers that only compute: no task. One that waits holds up every connection of its thread.
    ///
    /// Not a second initializer: a trailing closure without `await` would choose it unasked.
    package static func answeringAtOnce(_ configuration: Configuration, handler: @escaping ImmediateHandler) -> WebServer {
        WebServer(configuration, answering: .atOnce(handler))
    }

    private init(_ configuration: Configuration, answering: Answering) {
        self.configuration = configuration
        self.answering = answering
        door = Door(configuration)
    }

    /// The port that is listened on; 0 before the start.
    package var port: UInt16 { state.withLock { $0.port } }

    /// - Throws: `NotStarted`.
    package func start() throws {
        let loops = try state.withLock { state in
            guard state.loops.isEmpty, !work.isEnding else { throw NotStarted(.other, reason: "A server starts once.") }
            state.credentials = try configuration.certificate.map { try Credentials($0) }
            let listener = try Listener(configuration.host, configuration.port)
            state.port = listener.port
            state.loops = try (0..<max(1, configuration.threads)).map { try Loop(self, $0 == 0 ? listener : nil) }
            return state.loops
        }
        // Their threads keep them, and they keep the server.
        for loop in loops { loop.start() }
    }

    /// Uses another certificate for the connections that come from now on.
    ///
    /// - Throws: `NotStarted` when it is of no use; then the old one stays.
    package func renew(_ certificate: Certificate) throws(NotStarted) {
        let credentials = try Credentials(certificate)
        state.withLock { $0.credentials = credentials }
    }

    /// Takes no new connections, lets what runs be answered to its last byte, and stops.
    ///
    /// - Parameter grace: After so long, handlers that still run are cancelled and waited for, and clients get two more seconds to read.
    package func stop(grace: Duration = .seconds(10)) async {
        guard work.beginEnding() else { return }
        let loops = state.withLock { $0.loops }
        loops.forEach { $0.post(.stopListening) }
        let deadline = ContinuousClock.now + grace
        while work.hasOpenAnswers, ContinuousClock.now < deadline { await pause() }
        // No task may outlive the server, and none may begin for those who go on asking.
        while !work.seal() {
            work.cancelTasks()
            await pause()
        }
        let lastMoment = max(deadline, ContinuousClock.now + .seconds(2))
        while work.hasOpenAnswers, ContinuousClock.now < lastMoment { await pause() }
        loops.forEach { $0.post(.end) }
        while !loops.allSatisfy(\.hasEnded) { await pause() }
        state.withLock { $0.loops = [] }
    }

    private func pause() async {
        // A caller that was cancelled must not spin here.
        await Task.detached { try? await Task.sleep(for: .milliseconds(5)) }.value
    }

    // MARK: For the loops

    /// Whether whoever connects from there speaks for others.
    func isProxy(_ peer: IPAddress?) -> Bool { peer.map(configuration.trustedProxies.contains) ?? false }

    var credentials: Credentials? { state.withLock { $0.credentials } }

    /// Whose turn it is to take a connection.
    func nextLoop() -> Loop {
        state.withLock { state in
            state.next = (state.next + 1) % state.loops.count
            return state.loops[state.next]
        }
    }

    /// Says once that no file handles are left, and once that there are.
    func handlesAreLeft(_ areLeft: Bool) {
        let isNews = state.withLock { state in
            defer { state.hasHandles = areLeft }
            return state.hasHandles != areLeft
        }
        if isNews { configuration.onHandles(areLeft) }
    }
}
