import Foundation

/// One deadline for everything that has to end before the process may.
enum StopLimit {
    /// What runs may go on for so long; then it is called off.
    static let grace = Duration.seconds(20)
    /// What cannot even be called off - a disk that does not answer - keeps the process no longer than this.
    private static let utmost = 30.0

    /// From now on the process ends by itself, whatever happens. The file bears that as it bears a power cut.
    ///
    /// - Parameter last: Runs before, and must not wait for anything.
    static func begin(_ last: @escaping @Sendable () -> Void) {
        // A thread: those of Swift's tasks and of Dispatch may be what hangs.
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: utmost)
            last()
            _exit(1)
        }
    }
}
