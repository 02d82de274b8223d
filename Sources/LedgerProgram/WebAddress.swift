import Console
import Foundation
import WebServer

/// Where a service is reached: a scheme, a host and perhaps a port, and nothing after them.
package struct WebAddress: Sendable {
    /// Whether the scheme is https.
    package let isSecure: Bool
    /// In small letters; an address of IPv6 with its brackets.
    package let host: String
    /// `nil` when none is named.
    package let port: UInt16?

    /// - Returns: `nil` for anything else than a scheme, a host and perhaps a port.
    package init?(_ text: String) {
        let lower = text.lowercased()
        guard let scheme = ["https://", "http://"].first(where: lower.hasPrefix), text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        var rest = Substring(lower.dropFirst(scheme.count))
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        let ipv6 = rest.first == "[" ? rest.firstIndex(of: "]").map { rest[...$0] } : nil
        let name = ipv6 ?? rest.prefix { $0 != ":" }
        let after = rest.dropFirst(name.count)
        if let ipv6 {
            guard IPAddress(ipv6.dropFirst().dropLast()) != nil else { return nil }
        } else {
            let labels = name.split(separator: ".", omittingEmptySubsequences: false)
            func isSign(_ sign: Character) -> Bool { sign.isLetter || sign.isNumber || sign == "-" || sign == "_" }
            guard labels.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isSign) }) else { return nil }
        }
        guard after.isEmpty || after.first == ":" else { return nil }
        guard after.isEmpty || Self.port(after.dropFirst()).map({ $0 > 0 }) == true else { return nil }
        (isSecure, host, port) = (scheme == "https://", String(name), Self.port(after.dropFirst()))
    }

    /// Without a slash at the end.
    package var text: String { (isSecure ? "https://" : "http://") + host + (port.map { ":\($0)" } ?? "") }

    /// - Returns: nil unless these are the digits of a port, and nothing else.
    package static func port(_ text: some StringProtocol) -> UInt16? { UInt16(text).flatMap { String($0) == text ? $0 : nil } }
}

extension ValueReader where Value == WebAddress {
    /// An address, as `WebAddress` reads it.
    package static func webAddress(example: String) -> Self {
        Self(placeholder: "URL", expected: "http:// or https://, a host, an optional port, and no path", example: example) {
            WebAddress($0)
        }
    }
}
