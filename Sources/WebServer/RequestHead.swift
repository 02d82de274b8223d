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
    }

    /// The most bytes of a header that is not all ASCII.
    private static let mostForeignBytes = 1024

    /// What the headers say about the request itself.
    private struct Fields {
        var hosts = 0
        var lengths: [Int] = []
        var codings: [String] = []
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
        self.target = try Self.origin(of: target, method: self.method)
        let parameters = target.drop { $0 != Byte.question }.count { $0 == Byte.ampersand } + 1
        guard parameters <= limits.parameters else { throw .tooManyParameters(most: limits.parameters) }
    }

    /// The path of a target, which may come with scheme and host.
    ///
    /// - Source: RFC 9112, section 3.2.
    private static func origin(of target: Slice<UnsafeBufferPointer<UInt8>>, method: String) throws(WebServer.Refusal) -> String {
        if target.first == Byte.slash { return String(decoding: target, as: UTF8.self) }
        if target.elementsEqual("*".utf8), method == "OPTIONS" { return "*" }
        let text = String(decoding: target, as: UTF8.self)
        for scheme in ["http://", "https://"] where text.lowercased().hasPrefix(scheme) {
            let rest = text.utf8.dropFirst(scheme.utf8.count)
            let path = rest.drop { $0 != Byte.slash && $0 != Byte.question }
            let host = rest[..<path.startIndex]
            guard !host.isEmpty, host.allSatisfy(Byte.isHost) else { break }
            return path.first == Byte.slash ? String(Substring(path)) : "/" + String(Substring(path))
        }
        throw .malformed(.requestLine)
    }

    /// - Source: RFC 9112, section 5.
    private mutating func readField(_ line: UnsafeBufferPointer<UInt8>, _ read: inout Fields) throws(WebServer.Refusal) {
        guard line[0] != Byte.space, line[0] != Byte.tab else { throw .malformed(.folded) }
        guard let colon = line.firstIndex(of: Byte.colon), colon > 0, line[..<colon].allSatisfy(Byte.isToken) else {
            throw .malformed(.fieldName)
        }
        var value = line[(colon + 1)...]
        while let byte = value.first, Byte.isBlank(byte) { value.removeFirst() }
        while let byte = value.last, Byte.isBlank(byte) { value.removeLast() }
        guard value.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == Byte.tab }) else { throw .malformed(.fieldValue) }
        // Swift compares texts in normal form, and one of many combining marks takes time with the square of its length.
        guard value.count <= Self.mostForeignBytes || value.allSatisfy({ $0 < 0x80 }) else {
            throw .headTooLarge(most: Self.mostForeignBytes)
        }
        let (name, text) = (String(decoding: line[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self))
        headers.append((name, text))
        switch name.lowercased() {
        case "host":
            guard value.allSatisfy(Byte.isHost) else { throw .malformed(.host) }
            read.hosts += 1
        case "content-length":
            guard !value.isEmpty, value.count <= 18, value.allSatisfy(Byte.isDigit), let length = Int(text) else {
                // So many that no number holds them are still a number.
                guard !value.isEmpty, value.allSatisfy(Byte.isDigit) else { throw .malformed(.length) }
                read.lengths.append(.max)
                return
            }
            read.lengths.append(length)
        case "transfer-encoding": read.codings.append(text)
        case "connection":
            let options = text.utf8.count <= 200 ? text.lowercased().split(separator: ",").map { $0.trimming(" ") } : []
            if options.contains("close") { keepsConnection = false }
        case "expect":
            guard text.utf8.count <= 20, text.lowercased() == "100-continue" else { throw .expectationUnknown }
            expectsContinue = true
        default: break
        }
    }

    /// - Source: RFC 9112, sections 3.2 and 6.3.
    private mutating func conclude(_ read: Fields) throws(WebServer.Refusal) {
        guard read.hosts == 1 || isOld && read.hosts == 0 else { throw .malformed(.host) }
        if isOld { (keepsConnection, expectsContinue) = (false, false) }
        guard read.lengths.count <= 1 else { throw .malformed(.twoLengths) }
        guard let coding = read.codings.first else {
            if let length = read.lengths.first { framing = .length(length) }
            return
        }
        guard read.lengths.isEmpty else { throw .malformed(.lengthAndCoding) }
        // To Swift, the sign of the kelvin is a K.
        guard read.codings.count == 1, !isOld, coding.utf8.count <= 200, coding.utf8.allSatisfy({ $0 < 0x80 }) else {
            throw .malformed(.transferCoding)
        }
        let codings = coding.lowercased().split(separator: ",", omittingEmptySubsequences: false).map { $0.trimming(" ") }
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
    /// - Source: RFC 3986, section 3.2.2: names, addresses and a port.
    static func isHost(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) || "-._~%!$&'()*+,;=:[]".utf8.contains(byte) }

    static func hexadecimal(_ byte: UInt8) -> Int? {
        switch byte {
        case 0x30...0x39: Int(byte - 0x30)
        case 0x41...0x46: Int(byte - 0x41 + 10)
        case 0x61...0x66: Int(byte - 0x61 + 10)
        default: nil
        }
    }
}

extension Substring {
    fileprivate func trimming(_ character: Character) -> Substring {
        var rest = drop { $0 == character }
        while rest.last == character { rest.removeLast() }
        return rest
    }
}
