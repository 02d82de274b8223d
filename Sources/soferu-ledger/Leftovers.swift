import Foundation
import Synchronization

/// Files that a verb makes on its way: SIGTERM, Ctrl-C and a terminal that is closed take them away before they end the process.
final class Leftovers: Sendable {
    private struct State {
        var files: [String] = []
        var sources: [any DispatchSourceSignal] = []
    }

    private let state = Mutex(State())

    private static let signals = [SIGTERM, SIGINT, SIGHUP]

    init() {
        for number in Self.signals {
            state.withLock { $0.sources.append(DispatchSource.handling(number) { self.end(by: number) }) }
        }
    }

    func remember(_ names: [String]) { state.withLock { $0.files += names } }

    /// From here on signals end the process at once, as before.
    func forget() {
        state.withLock { state in
            for source in state.sources { source.cancel() }
            state = State()
        }
        for number in Self.signals { signal(number, SIG_DFL) }
    }

    private func end(by number: Int32) {
        state.withLock { for file in $0.files { unlink(file) } }
        signal(number, SIG_DFL)
        kill(getpid(), number)
    }
}
