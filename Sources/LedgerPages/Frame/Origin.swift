import Foundation
import WebServer

/// Where a page is from, as browsers say it: scheme, host and port.
struct Origin: Equatable {
    private let scheme: String
    private let host: String
    private let port: Int

    /// - Parameter text: An address; its path does not count.
    init?(_ text: String) {
        guard text.utf8.count <= 512, text.utf8.allSatisfy({ $0 < 0x80 }), let url = URL(string: text),
            let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme), let host = url.host(),
            !host.isEmpty
        else { return nil }
        (self.scheme, self.host) = (scheme, host.lowercased().trimmingCharacters(in: ["[", "]"]))
        port = url.port ?? (scheme == "https" ? 443 : 80)
    }

    /// Whether it is that of this server. One without a public address is reached on its own machine, by whichever of
    /// its names; from elsewhere only with browsers that say themselves where a form is from.
    func isSame(as publicURL: String) -> Bool {
        guard let own = Origin(publicURL) else { return false }
        return self == own || scheme == own.scheme && port == own.port && isOwnMachine && own.isOwnMachine
    }

    private var isOwnMachine: Bool { host == "localhost" || host == "0.0.0.0" || IPAddress(host)?.isLoopback == true }
}
