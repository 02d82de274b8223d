import Foundation

/// glibc has it since 2.34; its header hides it from Swift.
@_silgen_name("posix_spawn_file_actions_addclosefrom_np")
private func closeFrom(_ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>, _ first: Int32) -> Int32

/// The same is true of this one.
@_silgen_name("prlimit")
private func processLimit(_ pid: pid_t, _ resource: UInt32, _ new: UnsafePointer<rlimit>?, _ old: UnsafeMutablePointer<rlimit>?) -> Int32

/// A program started by a test, with nothing of ours open but its three streams.
///
/// Not Foundation's `Process`: on Linux it crashes now and then when several are started at once, and lets children inherit one
/// another's pipes.
package final class ChildProcess: Sendable {
    package struct NotStarted: Error { let program: String, reason: String }

    private let pid: pid_t

    /// - Parameters:
    ///   - environment: All that the program sees, but for how a sanitizer is to behave (`scripts/check --sanitize`).
    ///   - input, output, errors: Descriptors; they stay the caller's.
    package init(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], input: Int32, output: Int32, errors: Int32
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, descriptor) in [input, output, errors].enumerated() {
            posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
        }
        _ = closeFrom(&actions, 3)
        // Swift's threads block signals, and a child inherits that.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let argv = ([program] + arguments).map { strdup($0) } + [nil]
        let sanitizers = ProcessInfo.processInfo.environment.filter { $0.key.hasSuffix("SAN_OPTIONS") }
        let envp = environment.merging(sanitizers) { $1 }.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (argv + envp).forEach { free($0) } }
        var pid: pid_t = 0
        let failure = posix_spawn(&pid, program, &actions, &attributes, argv, envp)
        guard failure == 0 else { throw NotStarted(program: program, reason: String(cString: strerror(failure))) }
        self.pid = pid
    }

    package func terminate() { Glibc.kill(pid, SIGTERM) }

    package func send(_ signal: Int32) { Glibc.kill(pid, signal) }

    /// Nothing in it gets a last word.
    package func kill() { Glibc.kill(pid, SIGKILL) }

    /// Lets it do nothing any more; it can only be killed. Its threads stop one after the other, so that is waited for.
    package func suspend() {
        Glibc.kill(pid, SIGSTOP)
        var what = siginfo_t()
        while waitid(P_PID, id_t(pid), &what, WSTOPPED | WNOWAIT) == -1, errno == EINTR {}
    }

    /// From now on no file that it writes may grow beyond so many bytes, as on a full disk; nil gives the room back.
    package func limitFiles(to bytes: Int?) { limit(RLIMIT_FSIZE, to: bytes) }

    /// From now on it may have so many file handles; nil gives back what it may have.
    package func limitHandles(to count: Int?) { limit(RLIMIT_NOFILE, to: count) }

    private func limit(_ resource: __rlimit_resource, to most: Int?) {
        var limits = rlimit()
        _ = processLimit(pid, resource.rawValue, nil, &limits)
        limits.rlim_cur = most.map { rlim_t($0) } ?? limits.rlim_max
        _ = processLimit(pid, resource.rawValue, &limits, nil)
    }

    /// Waits for its end; at most once.
    ///
    /// - Returns: The exit code, or minus the signal that ended it.
    @discardableResult package func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : -signal
    }

    /// The same without holding one of the threads that Swift's tasks share.
    package func ended() async -> Int32 {
        await withCheckedContinuation { waiting in Thread.detachNewThread { waiting.resume(returning: self.wait()) } }
    }
}

extension FileHandle {
    /// What a program says first, up to the end of its line, or of its output. Waits without holding one of the threads that Swift's
    /// tasks share.
    package func firstLine() async -> String {
        await withCheckedContinuation { waiting in
            Thread.detachNewThread {
                var text = ""
                while !text.contains("\n") {
                    let more = self.availableData
                    if more.isEmpty { break }
                    text += String(decoding: more, as: UTF8.self)
                }
                waiting.resume(returning: text)
            }
        }
    }
}
