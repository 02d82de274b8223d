import Foundation

/// Waits for SIGTERM or Ctrl-C.
final class Signals: @unchecked Sendable {
    private let lock = NSLock()
    private var came = false
    private var waiting: CheckedContinuation<Void, Never>?
    private var sources: [any DispatchSourceSignal] = []

    /// From here on the two signals no longer end the process by themselves.
    static func stopping() -> Signals {
        let signals = Signals()
        signals.sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { signals.come() }
            source.resume()
            return source
        }
        return signals
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOver = lock.withLock {
                if !came { waiting = continuation }
                return came
            }
            if isOver { continuation.resume() }
        }
    }

    private func come() {
        let continuation = lock.withLock {
            came = true
            return waiting.take()
        }
        continuation?.resume()
    }
}
