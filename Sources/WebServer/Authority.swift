/// The host that a request is for, and its port.
enum Authority {
    /// - Source: RFC 3986, sections 3.2.2 and 3.2.3: a name or an address, and a port.
    static func isValid(_ bytes: [UInt8]) -> Bool {
        if bytes.first == UInt8(ascii: "[") {
            guard let end = bytes.firstIndex(of: UInt8(ascii: "]")) else { return false }
            let address = bytes[1..<end]
            guard address.contains(Byte.colon), !address.contains(UInt8(ascii: "%")), IPAddress(utf8: Array(address)) != nil else {
                return false
            }
            return isEndOrPort(bytes[(end + 1)...])
        }
        let end = bytes.firstIndex(of: Byte.colon) ?? bytes.endIndex
        return end > 0 && isName(bytes[..<end]) && isEndOrPort(bytes[end...])
    }

    private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if bytes[index] == UInt8(ascii: "%") {
                guard index + 2 < bytes.endIndex, Byte.hexadecimal(bytes[index + 1]) != nil, Byte.hexadecimal(bytes[index + 2]) != nil
                else { return false }
                index += 3
            } else {
                guard isNameByte(bytes[index]) else { return false }
                index += 1
            }
        }
        return true
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        Byte.isDigit(byte) || Byte.isLetter(byte) || "-._~!$&'()*+,;=".utf8.contains(byte)
    }

    /// An empty port is the usual one.
    private static func isEndOrPort(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let colon = bytes.first else { return true }
        let digits = bytes.dropFirst().drop { $0 == Byte.zero }
        return colon == Byte.colon && bytes.dropFirst().allSatisfy(Byte.isDigit) && digits.count <= 5
            && digits.reduce(0) { $0 * 10 + Int($1 - Byte.zero) } <= 65_535
    }
}
