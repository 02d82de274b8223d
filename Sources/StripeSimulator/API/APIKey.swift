import Foundation

/// The secret key of a request.
enum APIKey {
    /// From `Authorization: Bearer …`, or the user name of `Basic …`.
    static func read(_ request: SimulatorRequest) -> String? {
        guard let header = request.header("Authorization") else { return nil }
        if header.hasPrefix("Bearer ") { return header.dropFirst(7).trimmingCharacters(in: .whitespaces) }
        guard header.hasPrefix("Basic "), let data = Data(base64Encoded: String(header.dropFirst(6))) else { return nil }
        return String(decoding: data, as: UTF8.self).split(separator: ":", omittingEmptySubsequences: false).first.map(String.init)
    }

    /// A secret or restricted key of either mode, long enough to be one.
    static func isWellFormed(_ key: String) -> Bool {
        key.count > 8 && ["sk_test_", "rk_test_", "sk_live_", "rk_live_"].contains { key.hasPrefix($0) }
    }

    static func isLive(_ key: String) -> Bool { key.hasPrefix("sk_live_") || key.hasPrefix("rk_live_") }

    /// A restricted key: some of its rights may be missing.
    static func isRestricted(_ key: String) -> Bool { key.hasPrefix("rk_") }

    /// As Stripe shows a key in an error: `sk_live_****abcd`.
    static func masked(_ key: String) -> String {
        guard key.count > 12 else { return String(repeating: "*", count: key.count) }
        return key.prefix(8) + String(repeating: "*", count: key.count - 12) + key.suffix(4)
    }
}
