/// Request line and headers, read as strictly as RFC 9112 lets us: whoever stands between client and server must not be able to see
/// another request in the same bytes.
struct RequestHead {
    enum Framing: Equatable { case none, length(Int), chunked }

    private(set) var method = ""
    private(set) var target = ""
    private(set) var headers: [(name: String, value: String)] = []
    private(set) var framing = Framing.none
    /// HTTP/1.0 knows no chunks, and ends its connection after one answer.
    private(set) var isOld = false
    private(set) var keepsConnection = true
    private(set) var expectsContinue = false
    /// Of a target that comes with scheme and host.
    private var authority: String?

    /// - Parameter bytes: From the first byte of the request line to the end of the empty line, each line ending with CR LF.
    /// - Throws: `WebServer.Refusal`.
    init(_ bytes: UnsafeBufferPointer<UInt8>, _ limits: WebServer.Configuration) throws(WebServer.Refusal) {
        var start = 0
        var isFirst = true
        var read = Fields()
        while start < bytes.count {
            var end = start
            while bytes[end] != Byte.lineFeed { end += 1 }
            let line = UnsafeBufferPointer(rebasing: bytes[start..<(end - 1)])
            start = end + 1
            if isFirst { try readRequestLine(line, limits) } else if !line.isEmpty { try readField(line, &read) }
            isFirst = false
        }
        try conclude(read)
        // What the target names is asked for, whatever else is said.
        if let authority {
            headers.removeAll { $0.name.utf8.count == 4 && $0.name.lowercased() == "host" }
            headers.append(("Host", authority))
        }
    }

    /// As much as can be told of a head that is refused: the request line up to a bound, and the plain headers that came whole.
    ///
    /// - Returns: nil when it does not begin with a method and a path.
    static func sketch(of bytes: ArraySlice<UInt8>) -> (method: String, target: String, headers: [(name: String, value: String)])? {
        let lines = bytes.prefix(48 << 10).split(separator: Byte.lineFeed, maxSplits: 100, omittingEmptySubsequences: false)
        guard let line = lines.first else { return nil }
        let words = line.prefix(1024).split(separator: Byte.space, maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count > 1, (1...32).contains(words[0].count), words[0].allSatisfy(Byte.isToken), words[1].first == Byte.slash else {
            return nil
        }
        let target = words[1].prefix { (0x21...0x7E).contains($0) && $0 != Byte.question }
        var headers: [(name: String, value: String)] = []
        for line in lines.dropFirst().dropLast() where line.count <= mostForeignBytes && line.allSatisfy({ $0 < 0x80 }) {
            guard line.last == Byte.carriageReturn else { continue }
            let field = line.dropLast().withUnsafeBufferPointer { line -> (name: String, value: String)? in
                guard let (colon, value) = try? Self.field(in: line) else { return nil }
                return (String(decoding: line[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self))
            }
            if let field { headers.append(field) }
        }
        return (String(decoding: words[0], as: UTF8.self), String(decoding: target, as: UTF8.self), headers)
    }

    /// The most bytes of a header that is not all ASCII.
    private static let mostForeignBytes = 1024

    /// What the headers say about the request itself.
    private struct Fields {
        var hosts = 0
        var lengths: [Int] = []
        var codings: [[String]] = []
    }

    /// - Source: RFC 9112, section 3.
    private mutating func readRequestLine(
        _ line: UnsafeBufferPointer<UInt8>, _ limits: WebServer.Configuration
    ) throws(WebServer.Refusal) {
        guard let first = line.firstIndex(of: Byte.space), let last = line.lastIndex(of: Byte.space), first < last else {
            throw .malformed(.requestLine)
        }
        let (method, target, version) = (line[..<first], line[(first + 1)..<last], line[(last + 1)...])
        guard !method.isEmpty, method.count <= 32, method.allSatisfy(Byte.isToken), !target.isEmpty,
            target.allSatisfy({ (0x21...0x7E).contains($0) && $0 != Byte.hash })
        else { throw .malformed(.requestLine) }
        guard version.count == 8, version.starts(with: "HTTP/".utf8), Byte.isDigit(version[last + 6]), version[last + 7] == Byte.dot,
            Byte.isDigit(version[last + 8])
        else { throw .malformed(.requestLine) }
        guard version[last + 6] == Byte.one else { throw .versionUnknown }
        isOld = version[last + 8] == Byte.zero
        guard line.count <= limits.targetBytes else { throw .targetTooLong(most: limits.targetBytes) }
        self.method = String(decoding: method, as: UTF8.self)
        (self.target, authority) = try Self.origin(of: target, method: self.method)
        let parameters = target.drop { $0 != Byte.question }.count { $0 == Byte.ampersand } + 1
        guard parameters <= limits.parameters else { throw .tooManyParameters(most: limits.parameters) }
    }

    /// The path of a target, which may come with scheme and host.
    ///
    /// - Source: RFC 9112, section 3.2.
    private static func origin(
        of target: Slice<UnsafeBufferPointer<UInt8>>, method: String
    ) throws(WebServer.Refusal) -> (path: String, authority: String?) {
        if target.first == Byte.slash { return (String(decoding: target, as: UTF8.self), nil) }
        if target.elementsEqual("*".utf8), method == "OPTIONS" { return ("*", nil) }
        let text = String(decoding: target, as: UTF8.self)
        for scheme in ["http://", "https://"] where text.lowercased().hasPrefix(scheme) {
            let rest = text.utf8.dropFirst(scheme.utf8.count)
            let path = rest.drop { $0 != Byte.slash && $0 != Byte.question }
            let host = rest[..<path.startIndex]
            guard !host.isEmpty, Authority.isValid(Array(host)) else { break }
            return ((path.first == Byte.slash ? "" : "/") + String(Substring(path)), String(Substring(host)))
        }
        throw .malformed(.requestLine)
    }

    /// - Source: RFC 9112, section 5.
    private mutating func readField(_ line: UnsafeBufferPointer<UInt8>, _ read: inout Fields) throws(WebServer.Refusal) {
        let (colon, value) = try Self.field(in: line)
        // Swift compares texts in normal form, and one of many combining marks takes time with the square of its length.
        guard value.count <= Self.mostForeignBytes || value.allSatisfy({ $0 < 0x80 }) else {
            throw .headTooLarge(most: Self.mostForeignBytes)
        }
        let (name, text) = (String(decoding: line[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self))
        headers.append((name, text))
        switch name.lowercased() {
        case "host":
            guard value.isEmpty || Authority.isValid(Array(value)) else { throw .malformed(.host) }
            read.hosts += 1
        case "content-length":
            guard !value.isEmpty, value.allSatisfy(Byte.isDigit) else { throw .malformed(.length) }
            let digits = value.drop { $0 == Byte.zero }
            // So many that no number holds them are still a number.
            read.lengths.append(digits.isEmpty ? 0 : digits.count <= 18 ? Int(String(decoding: digits, as: UTF8.self)) ?? .max : .max)
        case "transfer-encoding": read.codings.append(Self.list(value))
        case "connection": if Self.list(value).contains("close") { keepsConnection = false }
        case "expect":
            guard text.utf8.count <= 20, text.lowercased() == "100-continue" else { throw .expectationUnknown }
            expectsContinue = true
        default: break
        }
    }

    /// A line of the head or of a trailer: where the name ends, and the value without blanks around it.
    static func field(
        in line: UnsafeBufferPointer<UInt8>
    ) throws(WebServer.Refusal) -> (colon: Int, value: Slice<UnsafeBufferPointer<UInt8>>) {
        guard let first = line.first else { throw .malformed(.fieldName) }
        guard !Byte.isBlank(first) else { throw .malformed(.folded) }
        guard let colon = line.firstIndex(of: Byte.colon), colon > 0, line[..<colon].allSatisfy(Byte.isToken) else {
            throw .malformed(.fieldName)
        }
        var value = line[(colon + 1)...]
        while let byte = value.first, Byte.isBlank(byte) { value.removeFirst() }
        while let byte = value.last, Byte.isBlank(byte) { value.removeLast() }
        guard value.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == Byte.tab }) else { throw .malformed(.fieldValue) }
        return (colon, value)
    }

    /// The elements of a list, in small letters; empty ones count for nothing. Read byte by byte: to Swift, the sign of the kelvin is a K.
    ///
    /// - Source: RFC 9110, section 5.6.1.
    private static func list(_ value: Slice<UnsafeBufferPointer<UInt8>>) -> [String] {
        value.split(separator: UInt8(ascii: ",")).compactMap { element in
            var element = element
            while let byte = element.first, Byte.isBlank(byte) { element.removeFirst() }
            while let byte = element.last, Byte.isBlank(byte) { element.removeLast() }
            return element.isEmpty ? nil : String(decoding: element.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
        }
    }

    /// - Source: RFC 9112, sections 3.2 and 6.3.
    private mutating func conclude(_ read: Fields) throws(WebServer.Refusal) {
        guard read.hosts == 1 || isOld && read.hosts == 0 else { throw .malformed(.host) }
        if isOld { (keepsConnection, expectsContinue) = (false, false) }
        guard read.lengths.count <= 1 else { throw .malformed(.twoLengths) }
        guard let codings = read.codings.first else {
            if let length = read.lengths.first { framing = .length(length) }
            return
        }
        guard read.lengths.isEmpty else { throw .malformed(.lengthAndCoding) }
        guard read.codings.count == 1, !isOld else { throw .malformed(.transferCoding) }
        guard codings.last == "chunked", codings.count(where: { $0 == "chunked" }) == 1 else { throw .malformed(.transferCoding) }
        guard codings.count == 1 else { throw .transferCodingUnknown }
        framing = .chunked
    }
}

/// Finds the end of a head in bytes that come piece by piece, and refuses what is too much of it before it is whole.
struct HeadScanner {
    private var first: Int
    private var looked: Int
    private var lineStart: Int
    private var lines = 0
    /// Where the headers begin, once the request line is whole.
    private var headers = 0
    /// An empty line before the request line is passed over.
    ///
    /// - Source: RFC 9112, section 2.2.
    private(set) var start: Int

    init(from first: Int = 0) { (self.first, looked, lineStart, start) = (first, first, first, first) }

    /// The bytes lie elsewhere now.
    mutating func move(by distance: Int) {
        first += distance
        looked += distance
        lineStart += distance
        headers += distance
        start += distance
    }

    /// - Returns: Where the head ends; nil while it has not.
    mutating func end(in bytes: [UInt8], _ limits: WebServer.Configuration) throws(WebServer.Refusal) -> Int? {
        while looked < bytes.count {
            guard let end = bytes[looked...].firstIndex(of: Byte.lineFeed) else {
                looked = bytes.count
                break
            }
            looked = end + 1
            guard end > lineStart, bytes[end - 1] == Byte.carriageReturn else { throw .malformed(.lineEnd) }
            let isEmpty = end - 1 == lineStart
            if isEmpty, lines > 0 { return end + 1 }
            if isEmpty {
                guard start == first else { throw .malformed(.requestLine) }
                start = end + 1
            } else {
                if lines == 0, end - 1 - lineStart > limits.targetBytes { throw .targetTooLong(most: limits.targetBytes) }
                lines += 1
                if lines == 1 { headers = end + 1 }
                if lines - 1 > limits.headers { throw .tooManyHeaders(most: limits.headers) }
            }
            lineStart = end + 1
            if lines > 0, lineStart - headers > limits.headerBytes { throw .headTooLarge(most: limits.headerBytes) }
        }
        if lines == 0, bytes.count - start > limits.targetBytes + 2 { throw .targetTooLong(most: limits.targetBytes) }
        if lines > 0, bytes.count - headers > limits.headerBytes { throw .headTooLarge(most: limits.headerBytes) }
        return nil
    }
}

enum Byte {
    static let (tab, lineFeed, carriageReturn, space) = (UInt8(9), UInt8(10), UInt8(13), UInt8(32))
    static let (zero, one, dot, slash, colon) = (UInt8(0x30), UInt8(0x31), UInt8(0x2E), UInt8(0x2F), UInt8(0x3A))
    static let (question, ampersand, semicolon, hash) = (UInt8(0x3F), UInt8(0x26), UInt8(0x3B), UInt8(0x23))

    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }
    /// - Source: RFC 9110, section 5.6.2.
    static func isToken(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) || "!#$%&'*+-.^_`|~".utf8.contains(byte) }

    static func hexadecimal(_ byte: UInt8) -> Int? {
        switch byte {
        case 0x30...0x39: Int(byte - 0x30)
        case 0x41...0x46: Int(byte - 0x41 + 10)
        case 0x61...0x66: Int(byte - 0x61 + 10)
        default: nil
        }
    }
}
