import Synchronization

/// Random numbers for keys and secrets: the one source of chance, passed in.
package final class RandomSource: Sendable {
    private let generator: Mutex<any RandomNumberGenerator>

    package init(_ generator: sending any RandomNumberGenerator) { self.generator = Mutex(generator) }

    /// 32 hexadecimal digits that nobody has used before.
    package func key() -> String { hexadecimal(bytes(16)) }

    /// 16 hexadecimal digits that name a request in the log.
    package func requestID() -> String { hexadecimal(bytes(8)) }

    /// From 0 up to, but not, 1.
    package func fraction() -> Double { generator.withLock { Double($0.next() >> 11) / Double(1 << 53) } }

    /// That many, from the same source as the keys: for passwords' salts, tokens and encryption.
    package func bytes(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        generator.withLock { generator in
            while bytes.count < count { withUnsafeBytes(of: generator.next().littleEndian) { bytes += $0 } }
        }
        return Array(bytes.prefix(count))
    }
}
