import CMicroHTTPD
import Foundation

/// One request being read, and its answer on the way back. libmicrohttpd's thread owns it while the connection runs, the handler's
/// task while it is suspended; the answer is handed over under a lock.
final class Exchange: @unchecked Sendable {
    private let target: String
    private var method = ""
    private var headers: [(name: String, value: String)] = []
    private var body: [UInt8] = []
    private var client = Client(address: nil)
    private let bodyLimit: Int
    private var dropped = 0
    private let lock = NSLock()
    private var response: HTTPResponse?

    private(set) var hasHeaders = false
    /// The status of a request that is refused by its headers alone: its body is not read.
    private(set) var refusal: Int?
    /// Whether the request has reached a handler.
    var isBeingAnswered = false

    init(target: String, bodyLimit: Int) {
        self.target = target
        self.bodyLimit = bodyLimit
    }

    var request: HTTPRequest {
        HTTPRequest(method: method, target: target, headers: headers, body: body, client: client)
    }

    func readHeaders(of connection: Connection, method: String, _ configuration: WebServer.Configuration) {
        self.method = method
        hasHeaders = true
        MHD_get_connection_values_n(connection.pointer, .HEADER_KIND, collectHeader, Unmanaged.passUnretained(self).toOpaque())
        client = configuration.trustedProxies.client(
            peer: ledger_mhd_client_address(connection.pointer).flatMap { IPAddress($0) }, isEncrypted: configuration.certificate != nil,
            headers: headers)
        var lengths = headers.filter { $0.name.lowercased() == "content-length" }.map(\.value)
        let isChunked = headers.contains { $0.name.lowercased() == "transfer-encoding" }
        guard let length = lengths.popLast() else { return }
        // Whoever stands between could see another end of the body, and take its rest for a request. libmicrohttpd lets it pass.
        // Source: RFC 9112, section 6.3.
        if isChunked || lengths.contains(where: { $0 != length }) { return refusal = 400 }
        let count = Int(length) ?? .max
        if count > bodyLimit, count > readInVain || headers.contains(where: { $0.name.lowercased() == "expect" }) { refusal = 413 }
    }

    fileprivate func add(header name: String, _ value: String) { headers.append((name, value)) }

    var isTooLarge: Bool { dropped > 0 }

    /// So much is read and dropped of a body that is too large, so that its sender gets to read the 413.
    private var readInVain: Int { 4 * bodyLimit }

    /// - Returns: Whether to go on reading.
    func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard dropped == 0, body.count + bytes.count <= bodyLimit else {
            body = []
            dropped += bytes.count
            return dropped <= readInVain
        }
        body.append(contentsOf: bytes)
        return true
    }

    func finish(with response: HTTPResponse) { lock.withLock { self.response = response } }

    func takeResponse() -> HTTPResponse? {
        lock.withLock {
            defer { response = nil }
            return response
        }
    }

    /// Queues an answer. libmicrohttpd's thread.
    ///
    /// - Parameter closing: Whether the connection ends with it; it does anyway when the server is about to end.
    func send(_ response: HTTPResponse, on connection: Connection, of server: WebServer, closing: Bool = false) -> MHD_Result {
        guard let made = response.made(for: connection, life: server.life) else { return .NO }
        defer { MHD_destroy_response(made) }
        for header in response.headers { MHD_add_response_header(made, header.name, header.value) }
        // libmicrohttpd sends the last chunk of a stream even to HEAD, where it would be taken for the next answer.
        let isHeadOfStream = if case .stream = response.body { method == "HEAD" } else { false }
        if closing || isHeadOfStream || server.life.isEnding { MHD_add_response_header(made, "Connection", "close") }
        return MHD_queue_response(connection.pointer, UInt32(response.status), made)
    }
}

private let collectHeader: MHD_KeyValueIteratorN = { exchange, _, name, nameCount, value, valueCount in
    func text(_ bytes: UnsafePointer<CChar>?, _ count: Int) -> String {
        bytes.map { String(decoding: UnsafeRawBufferPointer(start: $0, count: count), as: UTF8.self) } ?? ""
    }
    Unmanaged<Exchange>.fromOpaque(exchange!).takeUnretainedValue().add(header: text(name, nameCount), text(value, valueCount))
    return .YES
}
