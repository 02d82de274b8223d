/// Takes a request's body out of the bytes of its connection, up to a limit.
struct RequestBody {
    private enum Place { case size, extensions, sizeEnd, data(Int), dataEnd(Int), trailer, over }

    private(set) var bytes: [UInt8] = []
    private let limit: Int
    private let isChunked: Bool
    private var place: Place
    private var size = 0
    private var digits = 0
    private var extra = 0
    private var trailerLine: [UInt8] = []
    /// Inside a quoted text of an extension, and after a backslash in it.
    private var isQuoted = false
    private var isEscaped = false
    /// Extensions and trailers are of no use to us; so many of them are passed over.
    private static let mostExtra = 4 << 10

    /// - Throws: `WebServer.Refusal.bodyTooLarge`.
    init(_ framing: RequestHead.Framing, limit: Int) throws(WebServer.Refusal) {
        self.limit = limit
        switch framing {
        case .none: (isChunked, place) = (false, .over)
        case .length(let length):
            guard length <= limit else { throw .bodyTooLarge(most: limit) }
            (isChunked, place) = (false, length == 0 ? .over : .data(length))
            // Not all of it yet: announcing costs nothing.
            bytes.reserveCapacity(min(length, 4 << 10))
        case .chunked: (isChunked, place) = (true, .size)
        }
    }

    var isComplete: Bool { if case .over = place { true } else { false } }

    /// - Returns: How many of the bytes belong to this body.
    mutating func take(_ input: ArraySlice<UInt8>) throws(WebServer.Refusal) -> Int {
        var index = input.startIndex
        while index < input.endIndex, !isComplete {
            if case .data(let left) = place {
                let count = min(left, input.endIndex - index)
                guard bytes.count + count <= limit else { throw .bodyTooLarge(most: limit) }
                bytes.append(contentsOf: input[index..<(index + count)])
                index += count
                if count < left { place = .data(left - count) } else { place = isChunked ? .dataEnd(0) : .over }
                continue
            }
            try take(framing: input[index])
            index += 1
        }
        return index - input.startIndex
    }

    /// - Source: RFC 9112, section 7.1.
    private mutating func take(framing byte: UInt8) throws(WebServer.Refusal) {
        switch place {
        case .size:
            if let digit = Byte.hexadecimal(byte) {
                digits += 1
                guard digits <= 8 else { throw .malformed(.chunk) }
                size = size << 4 | digit
                return
            }
            guard digits > 0 else { throw .malformed(.chunk) }
            switch byte {
            case Byte.carriageReturn: place = .sizeEnd
            case Byte.semicolon: place = .extensions
            default: throw .malformed(.chunk)
            }
        case .extensions:
            try pass()
            if byte == Byte.carriageReturn, !isQuoted { return place = .sizeEnd }
            guard isAllowedInExtension(byte) else { throw .malformed(.chunk) }
        case .sizeEnd:
            guard byte == Byte.lineFeed else { throw .malformed(.chunk) }
            guard size <= limit - bytes.count else { throw .bodyTooLarge(most: limit) }
            place = size == 0 ? .trailer : .data(size)
            (size, digits) = (0, 0)
        case .dataEnd(let seen):
            guard byte == (seen == 0 ? Byte.carriageReturn : Byte.lineFeed) else { throw .malformed(.chunk) }
            place = seen == 0 ? .dataEnd(1) : .size
        case .trailer:
            try pass()
            guard byte == Byte.lineFeed else { return trailerLine.append(byte) }
            guard trailerLine.popLast() == Byte.carriageReturn, !trailerLine.contains(Byte.carriageReturn) else {
                throw .malformed(.lineEnd)
            }
            if trailerLine.isEmpty { place = .over } else { try checkTrailer() }
            trailerLine = []
        case .data, .over: break
        }
    }

    /// - Source: RFC 9112, section 7.1.1; RFC 9110, section 5.6.4, for quoted texts.
    private mutating func isAllowedInExtension(_ byte: UInt8) -> Bool {
        let isText = byte >= 0x20 && byte != 0x7F || byte == Byte.tab
        guard isQuoted else {
            if byte == UInt8(ascii: "\"") { isQuoted = true }
            return Byte.isToken(byte) || Byte.isBlank(byte) || ";=\"".utf8.contains(byte)
        }
        if isEscaped {
            isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
            isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
            isQuoted = false
        }
        return isText
    }

    /// A line of the trailer is a field as those of the head are, and says nothing about the request itself.
    ///
    /// - Source: RFC 9110, section 6.5.1.
    private func checkTrailer() throws(WebServer.Refusal) {
        let name = try trailerLine.withUnsafeBufferPointer { line throws(WebServer.Refusal) in
            let colon = try RequestHead.field(in: line).colon
            return String(decoding: line[..<colon], as: UTF8.self).lowercased()
        }
        guard !Self.neverInTrailers.contains(name) else { throw .malformed(.trailer) }
    }

    private static let neverInTrailers: Set<String> = [
        "content-length", "transfer-encoding", "trailer", "te", "host", "connection", "expect", "content-encoding", "content-type",
        "authorization", "cookie",
    ]

    private mutating func pass() throws(WebServer.Refusal) {
        extra += 1
        guard extra <= Self.mostExtra else { throw .headTooLarge(most: Self.mostExtra) }
    }
}
