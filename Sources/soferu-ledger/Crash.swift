import Foundation

/// What a crash leaves behind: its signal, and nothing of what stood in memory. Guests' data and keys do.
enum Crash {
    private static let signals = [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGSYS, SIGTRAP]

    /// Takes the place of Swift's own handlers, which print registers and the memory that they point to, and switches the system's core
    /// dumps off.
    static func keepsMemoryToItself() {
        // SIGQUIT is one of theirs, too.
        for number in signals + [SIGQUIT] { signal(number, SIG_DFL) }
        // 1 and not 0: a dump that is piped to a program knows no limit but this one, which Linux takes for "none".
        // Source: core(5) and do_coredump() in Linux' fs/coredump.c.
        var none = rlimit(rlim_cur: 1, rlim_max: 1)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    }

    /// Has a crash leave one line in the log.
    static func isTold(in descriptor: Int32) {
        lines = signals.map { number in
            (number, Array(#"{"level":"error","event":"crashed","signal":\#(number)}"#.utf8) + [UInt8(ascii: "\n")])
        }
        log = descriptor
        var action = sigaction()
        // Nothing that allocates or locks may run in here.
        action.__sigaction_handler.sa_handler = { number in
            var waiting = pollfd(fd: Crash.log, events: Int16(POLLOUT), revents: 0)
            // A pipe that nobody reads must not keep the process from its end.
            if poll(&waiting, 1, 0) == 1 {
                for line in Crash.lines where line.signal == number {
                    line.text.withUnsafeBytes { _ = write(Crash.log, $0.baseAddress, $0.count) }
                }
            }
            signal(number, SIG_DFL)
            raise(number)
        }
        action.sa_flags = Int32(bitPattern: UInt32(SA_NODEFER)) | Int32(bitPattern: UInt32(SA_RESETHAND))
        for number in signals { sigaction(number, &action, nil) }
    }

    private nonisolated(unsafe) static var lines: [(signal: Int32, text: [UInt8])] = []
    private nonisolated(unsafe) static var log: Int32 = STDERR_FILENO
}
