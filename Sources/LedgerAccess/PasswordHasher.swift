import CCrypt
import CNettle
import Foundation
import Ledger

/// yescrypt on a thread of its own: a password costs 20 milliseconds and 16 MiB, which many logins at once must not multiply. The queue
/// for it is bounded.
///
/// - Source: crypt(5), "yescrypt". Cost 5 is libxcrypt's and Debian's own: N = 4096, r = 32.
final class PasswordHasher: Sendable {
    private let bench: Bench
    private let random: RandomSource

    private static let prefix = "$y$"
    private static let cost: UInt = 5
    /// The setting that is hashed for an unknown user, so that it costs as much as a known one. Its salt is all zeros, which no user has.
    private static let nobody = setting(salt: [UInt8](repeating: 0, count: 16))

    /// - Parameter room: How many places of a kind may wait; one more is refused.
    init(random: RandomSource, room: Int = 32) {
        self.random = random
        bench = Bench(room: room)
    }

    deinit { bench.close() }

    /// How many passwords were hashed so far: what a login costs can be counted, where a clock would only guess.
    var worked: Int { bench.worked }

    /// Whether somebody who comes now would wait, and not be refused.
    func hasRoom(at place: WaitingPlace) -> Bool { bench.hasRoom(at: place) }

    /// - Parameters:
    ///   - password: Kept to `PasswordRule`.
    ///   - place: Whose turn it takes.
    /// - Returns: The hash as it is stored.
    /// - Throws: `AccessRefusal.busy`.
    func hash(_ password: String, at place: WaitingPlace) async throws -> String {
        guard let hash = try await bench.hash(password, Self.setting(salt: random.bytes(16)), at: place) else {
            preconditionFailure("libcrypt refuses a password that the rule lets pass")
        }
        return hash
    }

    /// Takes as long when there is no hash, and for a wrong password as for the right one.
    ///
    /// - Throws: `AccessRefusal.busy`.
    func verify(_ password: String, against hash: String?, at place: WaitingPlace) async throws -> Bool {
        let found = try await bench.hash(password, hash ?? Self.nobody, at: place)
        return OpaqueSecret.areEqual(found ?? "", hash ?? "") && hash != nil
    }

    private static func setting(salt: [UInt8]) -> String {
        var output = [CChar](repeating: 0, count: Int(CRYPT_GENSALT_OUTPUT_SIZE))
        let made = salt.withUnsafeBufferPointer { salt in
            salt.withMemoryRebound(to: CChar.self) {
                crypt_gensalt_rn(prefix, cost, $0.baseAddress, Int32($0.count), &output, Int32(output.count))
            }
        }
        precondition(made != nil, "libcrypt knows no yescrypt")
        return String(decoding: output.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// The thread and what waits for it. Its condition, which is its lock, guards all that changes; the thread sleeps on it, which no
/// `Mutex` lets it do.
private final class Bench: @unchecked Sendable {
    private struct Job {
        let password: String
        let setting: String
        let waiting: CheckedContinuation<String?, any Error>
    }

    private let lock = NSCondition()
    private var turns: Turns<Job>
    private var running = false
    private var closing = false
    private var done = 0

    /// A whole hotel may change its shift behind one address, and five wrong passwords of one login are let through.
    init(room: Int) { turns = Turns(room: room, roomAtPlace: 8) }

    func hasRoom(at place: WaitingPlace) -> Bool { lock.withLock { turns.hasRoom(at: place) } }

    func hash(_ password: String, _ setting: String, at place: WaitingPlace) async throws -> String? {
        try await withCheckedThrowingContinuation { waiting in
            let refused = lock.withLock {
                let job = Job(password: password, setting: setting, waiting: waiting)
                guard !closing, turns.add(job, at: place) else { return true }
                if running {
                    lock.signal()
                } else {
                    running = true
                    // Only who logs people in has the thread.
                    Thread.detachNewThread { [self] in loop() }
                }
                return false
            }
            if refused { waiting.resume(throwing: AccessRefusal.busy) }
        }
    }

    var worked: Int { lock.withLock { done } }

    func close() {
        lock.withLock {
            closing = true
            lock.signal()
        }
    }

    private func loop() {
        let size = MemoryLayout<crypt_data>.size
        let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
        defer { memory.deallocate() }
        while let job = next() {
            memset(memory, 0, size)
            // Here, and on no thread that others need.
            let password = PasswordRule.normalised(job.password)
            // A text that cannot be a password is not hashed.
            let hash =
                PasswordRule.canBeOne(password)
                ? crypt_rn(password, job.setting, memory, Int32(size)).map { String(cString: $0) } : nil
            // The password must not stay in memory for longer than it is needed.
            explicit_bzero(memory, size)
            lock.withLock { done += 1 }
            job.waiting.resume(returning: hash)
        }
    }

    private func next() -> Job? {
        lock.withLock {
            while turns.isEmpty, !closing { lock.wait() }
            return turns.next()
        }
    }
}
