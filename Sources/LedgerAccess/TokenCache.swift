import Ledger
import Synchronization

/// Tokens seen a moment ago, so that a request costs no look into the file.
///
/// Each entry is believed for a second; then one request looks again, and so a token that another process revoked, or that has
/// expired, is good for a second more and no longer. Only tokens that exist are kept, so strangers cannot fill it.
final class TokenCache: Sendable {
    struct Found {
        let caller: Caller
        /// The token whose use is to be written down now, if it is time to.
        let use: Int64?
    }

    static let believedFor: Int64 = 1000
    static let useKeptEvery: Int64 = 60_000

    private struct Entry {
        let number: Int64
        let caller: Caller
        var checkedAt: Int64
        var useKeptAt: Int64?
    }

    /// By the SHA-256 of the token.
    private let entries = Mutex<[[UInt8]: Entry]>([:])
    private let steady: Clock

    init(steady: @escaping Clock) { self.steady = steady }

    /// - Returns: nil when the file must be asked. Of many requests at once one is told so; the others go by what was known.
    func find(_ digest: [UInt8]) -> Found? {
        let now = steady().milliseconds
        return entries.withLock { entries in
            guard var entry = entries[digest] else { return nil }
            guard now - entry.checkedAt < Self.believedFor else {
                entry.checkedAt = now
                entries[digest] = entry
                return nil
            }
            let use = useDue(&entry, now)
            if use != nil { entries[digest] = entry }
            return Found(caller: entry.caller, use: use)
        }
    }

    func keep(_ token: APIToken, _ digest: [UInt8]) -> Found {
        let now = steady().milliseconds
        return entries.withLock { entries in
            let known = entries[digest]
            var entry = Entry(number: token.number, caller: known?.caller ?? Caller(token), checkedAt: now, useKeptAt: known?.useKeptAt)
            let use = useDue(&entry, now)
            entries[digest] = entry
            return Found(caller: entry.caller, use: use)
        }
    }

    func forget(_ digest: [UInt8]) { entries.withLock { $0[digest] = nil } }

    func forget(_ number: Int64) { entries.withLock { entries in entries = entries.filter { $0.value.number != number } } }

    private func useDue(_ entry: inout Entry, _ now: Int64) -> Int64? {
        if let kept = entry.useKeptAt, now - kept < Self.useKeptEvery { return nil }
        entry.useKeptAt = now
        return entry.number
    }
}
