import CNettle
import Foundation
import Ledger

/// Secrets made here: 256 random bits, of which only the SHA-256 is kept.
enum OpaqueSecret {
    /// So that a token that got lost is known as one wherever it turns up: Soferu ledger token.
    static let tokenPrefix = "slt_"

    /// - Returns: `prefix` and 43 characters of base64url.
    static func make(prefix: String = "", from random: RandomSource) -> Secret {
        Secret(prefix + base64url(random.bytes(32)))!
    }

    /// The form in which it is stored: its SHA-256.
    static func digest(_ text: String) -> [UInt8] { SHA256.digest(text.utf8) }

    /// Whether it is worth asking the file.
    static func canBeToken(_ text: String) -> Bool { text.utf8.count == tokenPrefix.utf8.count + 43 && text.hasPrefix(tokenPrefix) }

    /// Takes as long for a wrong text as for the right one of the same length.
    static func areEqual(_ a: String, _ b: String) -> Bool {
        let (a, b) = (Array(a.utf8), Array(b.utf8))
        return a.count == b.count && nettle_memeql_sec(a, b, a.count) != 0
    }

    /// - Source: RFC 4648, section 5, without padding.
    private static func base64url(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
