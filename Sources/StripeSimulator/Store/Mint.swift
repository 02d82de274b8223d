import Ledger

/// Makes ids and secrets. One seed gives the same ones in the same order.
struct Mint: Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    ///
    /// - Source: Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    /// - Returns: `prefix` and that many letters and digits.
    mutating func id(_ prefix: String, length: Int = 24) -> String {
        var bytes = Array(prefix.utf8)
        bytes.reserveCapacity(bytes.count + length)
        var word: UInt64 = 0
        for position in 0..<length {
            if position % 10 == 0 { word = next() }
            bytes.append(Self.alphabet[Int(word % 62)])
            word /= 62
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// - Returns: The account a key opens: the same one under the same seed, whatever came before.
    static func accountID(key: String, seed: UInt64) -> String {
        let digest = SHA256.digest("\(seed):\(key)".utf8)
        return "acct_1" + String(decoding: digest.prefix(15).map { alphabet[Int($0) % 62] }, as: UTF8.self)
    }

    /// - Returns: 16 letters and digits that tell one card number from another without giving it away.
    static func fingerprint(_ number: String) -> String {
        String(decoding: SHA256.digest("card:\(number)".utf8).prefix(16).map { alphabet[Int($0) % 62] }, as: UTF8.self)
    }
}
