import Glibc

/// Where a try to log in comes from, as it is counted.
enum ClientAddress {
    /// - Parameter text: An IPv4 or IPv6 address without a port, as the web server knows it.
    /// - Returns: An IPv4 address, also out of an IPv6 address that wraps one; of any other IPv6 address the network (/64), because one
    ///   customer's line has so many addresses. What is neither is one place together.
    static func counted(_ text: String) -> String {
        let text = String(text.prefix { $0 != "%" })
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 { return text }
        var six = in6_addr()
        guard inet_pton(AF_INET6, text, &six) == 1 else { return "unknown" }
        let bytes = withUnsafeBytes(of: &six) { Array($0) }
        if bytes.prefix(10).allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF {
            return bytes[12...].map(String.init).joined(separator: ".")
        }
        let groups = stride(from: 0, to: 8, by: 2).map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16) }
        return groups.joined(separator: ":") + "::/64"
    }
}
