import Foundation

/// Chance from a seed, and input that it has damaged: the same seed always gives the same.
///
/// - Source: Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014.
package struct Noise: RandomNumberGenerator, Sendable {
    /// Cases per seed, and with FUZZ_ROUNDS as many as one has time for.
    package static let rounds = ProcessInfo.processInfo.environment["FUZZ_ROUNDS"].flatMap { Int($0) } ?? Walk.share(of: 300)
    package static let seeds = UInt64(0)..<16

    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    package mutating func one(in n: Int) -> Bool { Int.random(in: 0..<n, using: &self) == 0 }

    /// One of the samples, changed in up to eight places: bits, bytes, pieces cut out, doubled or taken from another sample, and words
    /// that mean something to whoever reads it.
    package mutating func damaged(_ samples: [[UInt8]], words: [String]) -> [UInt8] {
        var bytes = samples.randomElement(using: &self)!
        for _ in 0..<Int.random(in: 1...8, using: &self) { change(&bytes, samples, words) }
        return bytes
    }

    private mutating func change(_ bytes: inout [UInt8], _ samples: [[UInt8]], _ words: [String]) {
        let place = Int.random(in: 0...bytes.count, using: &self)
        let piece = place..<min(bytes.count, place + Int.random(in: 0...16, using: &self))
        switch Int.random(in: 0..<8, using: &self) {
        case 0: if place < bytes.count { bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &self) }
        case 1: if place < bytes.count { bytes[place] = UInt8.random(in: .min ... .max, using: &self) }
        case 2: bytes.removeSubrange(piece)
        case 3: bytes.insert(contentsOf: Array(bytes[piece]), at: place)
        case 4: bytes.insert(contentsOf: Array(words.randomElement(using: &self)!.utf8), at: place)
        case 5: bytes.replaceSubrange(piece, with: Array(words.randomElement(using: &self)!.utf8))
        case 6:
            let other = samples.randomElement(using: &self)!
            bytes = Array(bytes[..<place]) + other.suffix(Int.random(in: 0...other.count, using: &self))
        default: bytes.insert(contentsOf: (0..<4).map { _ in UInt8.random(in: .min ... .max, using: &self) }, at: place)
        }
    }

    /// A text of letters that are easily mistaken for something else.
    package mutating func text(upTo length: Int, of letters: [String] = Noise.letters) -> String {
        (0..<Int.random(in: 0...length, using: &self)).map { _ in letters.randomElement(using: &self)! }.joined()
    }

    package static let letters = [
        "a", "Z", "7", " ", "&", "=", "+", "%", "%2", "%00", "[", "]", "][", "[]", "/", "?", "#", ",", ";", "\"", "'", "\\", "\n", "\r",
        "\t", "\0", "ä", "e\u{301}", "\u{301}", "山", "👨‍👩‍👧", "\u{FEFF}", "\u{202E}", "-1", "9223372036854775807", "1e999", "null",
    ]

    /// Words that numbers, dates and markers are made of.
    package static let words =
        letters + [
            "{", "}", "{}", "[[[[", ":", "true", "-0", "0.5", "9999-12-31", "0000-00-00", "NA", "\u{D7FF}", "\\ud800", "\\u0000",
            "=1+1", "t=", "v1=", "v0=", "18446744073709551616",
        ]
}
