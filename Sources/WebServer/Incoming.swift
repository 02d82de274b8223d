/// What a client has sent and nobody has dealt with. Several requests may lie here, the last of them in part.
struct Incoming {
    private var bytes: [UInt8] = []
    /// So many of them have been dealt with.
    private var consumed = 0
    private var scanner = HeadScanner()

    var isEmpty: Bool { consumed == bytes.count }

    mutating func append(_ more: UnsafeMutableRawBufferPointer.SubSequence) { bytes.append(contentsOf: more) }

    /// What comes next is a head.
    mutating func beginHead() { scanner = HeadScanner(from: consumed) }

    /// - Returns: nil while the head is not whole.
    mutating func takeHead(_ limits: WebServer.Configuration) throws(WebServer.Refusal) -> RequestHead? {
        guard let end = try scanner.end(in: bytes, limits) else { return nil }
        let start = scanner.start
        let head = try bytes.withUnsafeBufferPointer { bytes throws(WebServer.Refusal) in
            try RequestHead(UnsafeBufferPointer(rebasing: bytes[start..<end]), limits)
        }
        consumed = end
        return head
    }

    /// Gives the body what belongs to it.
    mutating func pass(to body: inout RequestBody?) throws(WebServer.Refusal) { consumed += try body?.take(bytes[consumed...]) ?? 0 }

    /// What can be said of a request whose head is not whole, or not well formed: the answer is written for whoever sent it.
    func sketch(from peer: IPAddress?) -> HTTPRequest? {
        guard scanner.start < bytes.count else { return nil }
        guard let (method, target, headers) = RequestHead.sketch(of: bytes[max(consumed, scanner.start)...]) else { return nil }
        return HTTPRequest(method: method, target: target, headers: headers, client: Client(address: peer))
    }

    /// Moves what is left to the front, once that costs no more than reading it did.
    mutating func compact() {
        guard consumed > 0 else { return }
        if consumed == bytes.count {
            bytes.removeAll(keepingCapacity: consumed <= 4 << 10)
        } else if consumed >= bytes.count / 2 {
            bytes.removeFirst(consumed)
        } else {
            return
        }
        scanner.move(by: -consumed)
        consumed = 0
    }
}
