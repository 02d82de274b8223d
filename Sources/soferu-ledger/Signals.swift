import Foundation

/// What signals mean to the service: SIGTERM and Ctrl-C stop it, SIGHUP has it open its log and its certificate anew, and those that
/// would end a program which does not know them are ignored.
final class Signals: @unchecked Sendable {
    private let lock = NSLock()
    private var came = false
    private var waiting: CheckedContinuation<Void, Never>?
    private var sources: [any DispatchSourceSignal] = []
    private var renewals: [@Sendable () -> Void] = []

    /// SIGXCPU and SIGXFSZ tell of limits that are errors with a sentence where they are met; SIGPIPE of a client that went away.
    private static let ignored = [
        SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGIO, SIGPWR, SIGXCPU, SIGXFSZ, SIGPIPE,
    ]
    /// Linux' real-time signals; glibc keeps the first two for its threads.
    private static let realTime: ClosedRange<Int32> = 34...64

    /// From here on no signal but SIGQUIT and SIGKILL ends the process by itself.
    static func handled() -> Signals {
        let signals = Signals()
        for number in ignored + Array(realTime) { signal(number, SIG_IGN) }
        signals.sources =
            [SIGTERM, SIGINT].map { signals.source($0) { signals.come() } }
            + [signals.source(SIGHUP) { signals.renew() }]
        return signals
    }

    /// Waits for SIGTERM or Ctrl-C.
    func wait() async {
        await withCheckedContinuation { continuation in
            let isOver = lock.withLock {
                if !came { waiting = continuation }
                return came
            }
            if isOver { continuation.resume() }
        }
    }

    /// - Parameter renewal: Is run with each SIGHUP from here on, after those that were given before.
    func onHangUp(_ renewal: @escaping @Sendable () -> Void) { lock.withLock { renewals.append(renewal) } }

    private func source(_ number: Int32, _ act: @escaping @Sendable () -> Void) -> any DispatchSourceSignal {
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler(handler: act)
        source.resume()
        return source
    }

    private func come() {
        let continuation = lock.withLock {
            came = true
            return waiting.take()
        }
        continuation?.resume()
    }

    private func renew() {
        let all = lock.withLock { renewals }
        all.forEach { $0() }
    }
}
