import Foundation

/// Each connection takes a file handle.
enum FileHandles {
    /// Takes as many as the system lets this process have: the usual limit is less than the connections and the ledger's files need.
    static func raiseLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = min(limit.rlim_max, 65536)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
