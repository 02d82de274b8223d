import Foundation
import Ledger

/// Each connection takes a file handle, and so does each file of the ledger, each call to Stripe and what the system waits with.
enum FileHandles {
    /// With fewer than these the service could not work for a few dozen clients at once. With very few the process ends without a word:
    /// the system's timers take handles as well.
    static let least = 256

    /// Takes as many as the system lets this process have: the usual limit is less than the connections and the ledger's files need.
    ///
    /// - Throws: `TooFewFileHandles`.
    static func raiseLimit() throws {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = max(limit.rlim_cur, min(limit.rlim_max, 65536))
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < least else { return }
        throw TooFewFileHandles(limit: Int(limit.rlim_cur), least: least)
    }
}

/// The system lets this process have too few file handles to serve.
struct TooFewFileHandles: OperatorRefusal {
    let limit: Int
    let least: Int

    var code: String { "too_few_file_handles" }
    var message: String { "The service may have \(limit) files open at once, but needs at least \(least)." }
    var hint: String? { "Raise the hard limit: `ulimit -Hn 2048` before starting, or LimitNOFILE=2048 in systemd." }
}
