import Foundation
import Synchronization

/// What signals mean to the service: SIGTERM and Ctrl-C stop it, SIGHUP has it open its log and its certificate anew, and those that
/// would end a program which does not know them are ignored.
final class Signals: Sendable {
    private struct State {
        var came = false
        var waiting: CheckedContinuation<Void, Never>?
        var sources: [any DispatchSourceSignal] = []
        var renewals: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())

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
        for number in [SIGTERM, SIGINT] { signals.handle(number) { signals.come() } }
        signals.handle(SIGHUP) { signals.renew() }
        return signals
    }

    /// Waits for SIGTERM or Ctrl-C.
    func wait() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if !state.came { state.waiting = continuation }
                return state.came
            }
            if isOver { continuation.resume() }
        }
    }

    /// - Parameter renewal: Is run with each SIGHUP from here on, after those that were given before.
    func onHangUp(_ renewal: @escaping @Sendable () -> Void) { state.withLock { $0.renewals.append(renewal) } }

    private func handle(_ number: Int32, _ act: @escaping @Sendable () -> Void) {
        state.withLock { $0.sources.append(DispatchSource.handling(number, act)) }
    }

    private func come() {
        let continuation = state.withLock { state in
            state.came = true
            return state.waiting.take()
        }
        continuation?.resume()
    }

    private func renew() {
        let all = state.withLock { $0.renewals }
        all.forEach { $0() }
    }
}

extension DispatchSource {
    /// From here on the signal runs `act`, and does nothing else.
    static func handling(_ number: Int32, _ act: @escaping @Sendable () -> Void) -> sending any DispatchSourceSignal {
        signal(number, SIG_IGN)
        let source = makeSignalSource(signal: number, queue: .global())
        source.setEventHandler(handler: act)
        source.resume()
        return source
    }
}
