/// Who asks. Behind proxies that are trusted, the one whom they name.
package struct Client: Hashable, Sendable {
    /// nil when nobody knows it.
    package let address: IPAddress?
    /// Whether its own connection is encrypted; nil when nobody says so, because a proxy that is not trusted, or says nothing of it, may
    /// stand between.
    package let isSecure: Bool?

    package init(address: IPAddress?, isSecure: Bool? = nil) {
        self.address = address
        self.isSecure = isSecure
    }

    /// Where its tries, connections and requests are counted.
    package var place: String { address?.place ?? "unknown" }
}

/// The proxies before this server whose word about the client counts. Anybody else can write what they like into these headers.
///
/// - Source: RFC 7239 on `Forwarded`. `X-Forwarded-For` and `X-Forwarded-Proto` are as nginx, Caddy and HAProxy write them.
package struct TrustedProxies: Hashable, Sendable {
    private let networks: [IPNetwork]

    package init(_ networks: [IPNetwork] = []) { self.networks = networks }

    /// No header about the client counts then.
    package var isEmpty: Bool { networks.isEmpty }
    /// Whether the address may speak for others.
    package func contains(_ address: IPAddress) -> Bool { networks.contains { $0.contains(address) } }

    /// Who asks: the last hop that no trusted proxy is, read from the end of what the proxies wrote.
    ///
    /// A hop without a readable address ends the search at the proxy that wrote it. So does a second header that names somebody else:
    /// a proxy that writes the one may pass on the other as a stranger sent it.
    /// - Parameters:
    ///   - peer: Whom the connection comes from.
    ///   - isEncrypted: Whether that connection is.
    package func client(peer: IPAddress?, isEncrypted: Bool, headers: [(name: String, value: String)]) -> Client {
        guard let peer, contains(peer) else {
            return Client(address: peer, isSecure: isEncrypted ? true : networks.isEmpty ? nil : false)
        }
        let (standard, usual) = (Self.list("forwarded", in: headers), Self.list("x-forwarded-for", in: headers))
        let schemes = Self.list("x-forwarded-proto", in: headers)?.split(on: ",").map { Hop.isSecure($0) } ?? []
        let byStandard = standard.map { client(behind: peer, Hop.forwarded($0)) }
        guard let hops = usual?.split(on: ",").map({ Hop(node: $0) }) else {
            return byStandard ?? Client(address: peer, isSecure: schemes.last ?? nil)
        }
        // The n-th from the end belong together; a proxy that overwrites the scheme leaves one for all.
        let described = hops.enumerated().map { index, hop in
            Hop(address: hop.address, isSecure: schemes.isEmpty ? nil : schemes[max(0, schemes.count - hops.count + index)])
        }
        let byUsage = client(behind: peer, described)
        guard let byStandard else { return byUsage }
        let isAgreed = byStandard.address == byUsage.address
        return Client(address: isAgreed ? byUsage.address : peer, isSecure: byUsage.isSecure ?? byStandard.isSecure)
    }

    /// All lines of a header as one; nil when there is none.
    private static func list(_ name: String, in headers: [(name: String, value: String)]) -> [UInt8]? {
        let lines = headers.filter { $0.name.utf8.count == name.utf8.count && $0.name.lowercased() == name }
        return lines.isEmpty ? nil : Array(lines.map(\.value.utf8).joined(separator: ",".utf8))
    }

    /// - Parameter hops: In the order they were written; the last by the peer itself.
    private func client(behind peer: IPAddress, _ hops: [Hop]) -> Client {
        var (last, isSecure) = (peer, hops.last?.isSecure)
        for hop in hops.reversed() {
            guard let address = hop.address else { break }
            (last, isSecure) = (address, hop.isSecure)
            guard contains(address) else { break }
        }
        return Client(address: last, isSecure: isSecure ?? nil)
    }
}

/// What one proxy wrote of the one before it. Read byte by byte: to a program that counts characters, a comma with an accent is none.
private struct Hop {
    /// nil for `unknown`, a name instead of an address, and what cannot be read.
    let address: IPAddress?
    let isSecure: Bool?

    init(address: IPAddress?, isSecure: Bool?) {
        self.address = address
        self.isSecure = isSecure
    }

    /// - Parameter node: An address, with or without a port, of IPv6 with or without brackets.
    init(node: [UInt8]) {
        let node = node.trimmed
        func isPort(_ text: ArraySlice<UInt8>) -> Bool { (1...5).contains(text.count) && text.allSatisfy { (48...57).contains($0) } }
        let colon = node.lastIndex(of: UInt8(ascii: ":"))
        if node.first == UInt8(ascii: "["), let end = node.firstIndex(of: UInt8(ascii: "]")) {
            let rest = node[(end + 1)...]
            let isWhole = rest.isEmpty || (rest.first == UInt8(ascii: ":") && isPort(rest.dropFirst()))
            self.init(address: isWhole ? IPAddress(utf8: Array(node[1..<end])) : nil, isSecure: nil)
        } else if let colon, node.firstIndex(of: UInt8(ascii: ":")) == colon, isPort(node[(colon + 1)...]) {
            self.init(address: IPAddress(utf8: Array(node[..<colon])), isSecure: nil)
        } else {
            self.init(address: IPAddress(utf8: node), isSecure: nil)
        }
    }

    static func isSecure(_ scheme: [UInt8]) -> Bool? {
        switch String(decoding: scheme.trimmed.prefix(6), as: UTF8.self).lowercased() {
        case "https": true
        case "http": false
        default: nil
        }
    }

    /// The elements of a `Forwarded` header. When one cannot be read, all of them are one hop without an address: where a quotation mark is
    /// missing, nobody knows who wrote what.
    ///
    /// - Source: RFC 7239, section 4; RFC 9110, section 5.6.4, for quoted texts.
    static func forwarded(_ text: [UInt8]) -> [Hop] {
        guard let elements = text.elements() else { return [Hop(address: nil, isSecure: nil)] }
        return elements.map { pairs in
            let nodes = pairs.filter { $0.name == "for" }
            let schemes = pairs.filter { $0.name == "proto" }
            return Hop(
                address: nodes.count == 1 ? Hop(node: nodes[0].value).address : nil,
                isSecure: schemes.count == 1 ? isSecure(schemes[0].value) : nil)
        }
    }
}

extension [UInt8] {
    fileprivate var trimmed: [UInt8] {
        func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        guard let first = firstIndex(where: { !isBlank($0) }), let last = lastIndex(where: { !isBlank($0) }) else { return [] }
        return Array(self[first...last])
    }

    fileprivate func split(on separator: Unicode.Scalar) -> [[UInt8]] {
        split(separator: UInt8(ascii: separator), omittingEmptySubsequences: false).map { Array($0) }
    }

    /// `name=value` pairs by `;`, in elements by `,`; nil where a quoted text begins or ends in the wrong place.
    fileprivate func elements() -> [[(name: String, value: [UInt8])]]? {
        var elements: [[(name: String, value: [UInt8])]] = [[]]
        var (name, value, index): ([UInt8], [UInt8]?, Int) = ([], nil, 0)
        func take() {
            if let value { elements[elements.count - 1].append((String(decoding: name.trimmed, as: UTF8.self).lowercased(), value)) }
            (name, value) = ([], nil)
        }
        while index < count {
            switch self[index] {
            case UInt8(ascii: ","):
                take()
                elements.append([])
            case UInt8(ascii: ";"): take()
            case UInt8(ascii: "=") where value == nil: value = []
            case UInt8(ascii: "\""):
                guard value?.isEmpty == true else { return nil }
                index += 1
                while index < count, self[index] != UInt8(ascii: "\"") {
                    if self[index] == UInt8(ascii: "\\") { index += 1 }
                    if index < count { value?.append(self[index]) }
                    index += 1
                }
                guard index < count else { return nil }
            case let byte:
                if value == nil { name.append(byte) } else { value?.append(byte) }
            }
            index += 1
        }
        take()
        return elements
    }
}
