import Foundation

/// Files that a verb makes on its way: SIGTERM, Ctrl-C and a terminal that is closed take them away before they end the process.
final class Leftovers: @unchecked Sendable {
    private let lock = NSLock()
    private var files: [String] = []
    private var sources: [any DispatchSourceSignal] = []

    private static let signals = [SIGTERM, SIGINT, SIGHUP]

    init() {
        sources = Self.signals.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                self.remove()
                signal(number, SIG_DFL)
                kill(getpid(), number)
            }
            source.resume()
            return source
        }
    }

    func remember(_ names: [String]) { lock.withLock { files += names } }

    /// From here on signals end the process at once, as before.
    func forget() {
        lock.withLock {
            for source in sources { source.cancel() }
            (files, sources) = ([], [])
        }
        for number in Self.signals { signal(number, SIG_DFL) }
    }

    private func remove() { lock.withLock { for file in files { unlink(file) } } }
}
