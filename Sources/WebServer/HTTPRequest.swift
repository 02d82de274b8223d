/// One request, complete with its body.
package struct HTTPRequest: Sendable {
    /// As it was sent: `GET`, `POST`.
    package let method: String
    /// The path as it was sent, still percent-encoded, without the query.
    package let rawPath: String
    /// The path, percent-decoded. A `%` without two hexadecimal digits stands for itself; bytes that are no UTF-8 become U+FFFD.
    package let path: String
    /// What stands between the path's slashes, each part decoded by itself: an escaped slash stays inside its part.
    ///
    /// `/v1/folios/R%2F4711` is `v1`, `folios`, `R/4711`; `/` has none, and a slash at the end leaves an empty last one.
    package let segments: [String]
    /// The query as it was sent, still percent-encoded, without the question mark; empty when there was none.
    package let query: String
    /// In the order they came; a name that was sent twice is there twice.
    package let headers: [(name: String, value: String)]
    /// Empty before it has been read, and for a request without one.
    package internal(set) var body: [UInt8]
    /// Who asks; see `TrustedProxies`.
    package let client: Client

    /// - Parameter target: Path and query as they stand in the request line: `/v1/charges?limit=3`.
    package init(
        method: String, target: String, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
        client: Client = Client(address: nil)
    ) {
        self.method = method
        let mark = target.utf8.firstIndex(of: UInt8(ascii: "?"))
        rawPath = String(target[..<(mark ?? target.endIndex)])
        path = PercentEncoding.decode(rawPath)
        segments = Self.segments(of: rawPath)
        query = mark.map { String(target[target.utf8.index(after: $0)...]) } ?? ""
        self.headers = headers
        self.body = body
        self.client = client
    }

    private static func segments(of rawPath: String) -> [String] {
        let slash = UInt8(ascii: "/")
        let path = rawPath.utf8.first == slash ? rawPath.utf8.dropFirst() : rawPath.utf8[...]
        guard !path.isEmpty else { return [] }
        return path.split(separator: slash, omittingEmptySubsequences: false).map { PercentEncoding.decode(Substring($0)) }
    }

    /// The query's fields, decoded, in the order sent: nothing is merged or left out. A name without `=` has the value "".
    ///
    /// - Source: WHATWG URL, `application/x-www-form-urlencoded`.
    package var parameters: [(name: String, value: String)] { Self.fields(of: Array(query.utf8)) }

    /// The same of a form, which is written as a query is.
    package static func fields(of form: [UInt8]) -> [(name: String, value: String)] {
        form.split(separator: UInt8(ascii: "&")).map { field in
            let parts = field.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? parts[1] : []
            return (PercentEncoding.decode(parts[0], plusIsSpace: true), PercentEncoding.decode(value, plusIsSpace: true))
        }
    }

    /// The first header of this name, in any case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.utf8.count == name.utf8.count && $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// - Source: RFC 3986, section 2.1.
enum PercentEncoding {
    /// Never fails: what is wrongly encoded stands for itself, and bytes that are no UTF-8 become U+FFFD.
    static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String {
        decode(Array(text.utf8)[...], plusIsSpace: plusIsSpace)
    }

    static func decode(_ bytes: ArraySlice<UInt8>, plusIsSpace: Bool = false) -> String {
        guard bytes.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) else {
            return String(decoding: bytes, as: UTF8.self)
        }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if bytes[index] == UInt8(ascii: "%"), let byte = byte(bytes[(index + 1)...].prefix(2)) {
                decoded.append(byte)
                index += 3
            } else {
                decoded.append(plusIsSpace && bytes[index] == UInt8(ascii: "+") ? UInt8(ascii: " ") : bytes[index])
                index += 1
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    private static func byte(_ digits: ArraySlice<UInt8>) -> UInt8? {
        guard digits.count == 2, let high = digit(digits.first!), let low = digit(digits.last!) else { return nil }
        return high << 4 | low
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
