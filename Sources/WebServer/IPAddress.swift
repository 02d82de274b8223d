import Glibc

/// An IPv4 or IPv6 address. An IPv6 address that wraps an IPv4 address is that one.
package struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    /// 4 or 16.
    let bytes: [UInt8]

    /// - Parameter text: As it is written, without a port; the zone of a link-local address (`%eth0`) is left away.
    package init?(_ text: some StringProtocol) {
        self.init(utf8: Array(text.utf8.prefix(64)))
    }

    /// The same, as it came over the line.
    init?(utf8 text: [UInt8]) {
        let plain = text.prefix { $0 != UInt8(ascii: "%") }
        guard (2...45).contains(plain.count), plain.allSatisfy({ (33...126).contains($0) }) else { return nil }
        let written = String(decoding: plain, as: UTF8.self)
        var (four, six) = (in_addr(), in6_addr())
        if inet_pton(AF_INET, written, &four) == 1 {
            self.init(bytes: withUnsafeBytes(of: &four) { Array($0) })
        } else if inet_pton(AF_INET6, written, &six) == 1 {
            self.init(bytes: withUnsafeBytes(of: &six) { Array($0) })
        } else {
            return nil
        }
    }

    /// - Parameter address: A socket's; nil when it is of another family.
    package init?(_ address: UnsafePointer<sockaddr>) {
        let memory = UnsafeRawPointer(address)
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            var four = memory.loadUnaligned(as: sockaddr_in.self).sin_addr
            self.init(bytes: withUnsafeBytes(of: &four) { Array($0) })
        case AF_INET6:
            var six = memory.loadUnaligned(as: sockaddr_in6.self).sin6_addr
            self.init(bytes: withUnsafeBytes(of: &six) { Array($0) })
        default: return nil
        }
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes.count == 16 && bytes.starts(with: Self.wrapping) ? Array(bytes[12...]) : bytes
    }

    /// What an IPv6 address begins with that wraps an IPv4 address.
    static let wrapping = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]

    package var description: String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { text in
            let family = bytes.count == 4 ? AF_INET : AF_INET6
            return inet_ntop(family, bytes, text.baseAddress!, socklen_t(text.count)).map { String(cString: $0) } ?? ""
        }
    }

    /// - Source: RFC 6890.
    package var isLoopback: Bool { bytes.count == 4 ? bytes[0] == 127 : bytes == [UInt8](repeating: 0, count: 15) + [1] }

    /// What counts as one place: an IPv4 address; of IPv6 the network (/64), because one customer's line has so many addresses.
    package var place: String {
        guard bytes.count == 16 else { return description }
        let groups = stride(from: 0, to: 8, by: 2).map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16) }
        return groups.joined(separator: ":") + "::/64"
    }
}

/// Addresses that begin with the same bits: `10.0.0.0/8`, `fd00::/8`; without a slash one address.
package struct IPNetwork: Hashable, Sendable {
    private let start: IPAddress
    private let bits: Int

    /// - Returns: nil for what is none, and for `/0`: that would be everybody.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let start = IPAddress(parts[0]), !parts[0].contains("%") else { return nil }
        // What is written as IPv6 and wraps an IPv4 address counts the bits of both.
        let wrapped = start.bytes.count == 4 && parts[0].contains(":") ? 8 * IPAddress.wrapping.count : 0
        let width = 8 * start.bytes.count
        var bits = width
        if parts.count == 2 {
            guard parts[1].utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(parts[1]) else { return nil }
            bits = number - wrapped
        }
        guard (1...width).contains(bits) else { return nil }
        (self.start, self.bits) = (start, bits)
    }

    /// False for an address of the other family.
    package func contains(_ address: IPAddress) -> Bool {
        guard address.bytes.count == start.bytes.count else { return false }
        let whole = bits / 8
        guard address.bytes.prefix(whole) == start.bytes.prefix(whole) else { return false }
        let rest = bits % 8
        return rest == 0 || (address.bytes[whole] ^ start.bytes[whole]) >> UInt8(8 - rest) == 0
    }
}
