import CMicroHTTPD
import Foundation

/// One request being read and its answer being sent. libmicrohttpd's thread owns it while the connection runs, the handler's task
/// while it is suspended; the answer is handed over under a lock.
final class Exchange: @unchecked Sendable {
    private let method: String
    private let path: String
    private var query = ""
    private var headers: [(name: String, value: String)] = []
    private var body: [UInt8] = []
    private let bodyLimit: Int
    private var dropped = 0
    private let lock = NSLock()
    private var response: HTTPResponse?

    init(_ connection: OpaquePointer, method: UnsafePointer<CChar>, url: UnsafePointer<CChar>, bodyLimit: Int) {
        self.method = String(cString: method)
        // Decoded already by libmicrohttpd.
        path = String(cString: url)
        self.bodyLimit = bodyLimit
        let me = Unmanaged.passUnretained(self).toOpaque()
        MHD_get_connection_values_n(connection, .HEADER_KIND, collectHeader, me)
        MHD_get_connection_values_n(connection, .GET_ARGUMENT_KIND, collectArgument, me)
    }

    var request: HTTPRequest { HTTPRequest(method: method, path: path, query: query, headers: headers, body: body) }

    var isTooLarge: Bool { dropped > 0 }

    fileprivate func add(header name: String, _ value: String) { headers.append((name, value)) }

    /// libmicrohttpd hands over the query's fields decoded; they are written again in the one form that everybody can read.
    fileprivate func add(argument name: String, _ value: String?) {
        if !query.isEmpty { query += "&" }
        query += Self.encoded(name)
        if let value { query += "=" + Self.encoded(value) }
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    /// - Source: RFC 3986, section 2.3.
    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

    /// - Returns: Whether to go on reading. What is too large is read and dropped for a while, so that the client sees the 413.
    func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard dropped == 0, body.count + bytes.count <= bodyLimit else {
            body = []
            dropped += bytes.count
            return dropped <= 4 * bodyLimit
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

    func send(_ response: HTTPResponse, on connection: OpaquePointer, closing: Bool) -> MHD_Result {
        let made: OpaquePointer?
        switch response.transport {
        case .cut: return .NO
        case .truncated(let count): made = Self.breaking(after: Array(response.body.prefix(count)), of: response.body.count)
        case .normal, .delayed:
            made = response.body.withUnsafeBytes {
                MHD_create_response_from_buffer($0.count, UnsafeMutableRawPointer(mutating: $0.baseAddress), .RESPMEM_MUST_COPY)
            }
        }
        guard let made else { return .NO }
        defer { MHD_destroy_response(made) }
        for header in response.headers { MHD_add_response_header(made, header.name, header.value) }
        if closing { MHD_add_response_header(made, "Connection", "close") }
        return MHD_queue_response(connection, UInt32(response.status), made)
    }

    /// A response that announces `total` bytes and breaks off after the given ones.
    private static func breaking(after bytes: [UInt8], of total: Int) -> OpaquePointer? {
        final class Rest {
            let bytes: [UInt8]
            init(_ bytes: [UInt8]) { self.bytes = bytes }
        }
        return MHD_create_response_from_callback(
            UInt64(max(total, bytes.count + 1)), 4096,
            { context, position, buffer, size in
                let bytes = Unmanaged<Rest>.fromOpaque(context!).takeUnretainedValue().bytes
                let start = Int(position)
                guard start < bytes.count else { return -2 }  // MHD_CONTENT_READER_END_WITH_ERROR
                let count = min(size, bytes.count - start)
                bytes.withUnsafeBytes { _ = memcpy(buffer!, $0.baseAddress! + start, count) }
                return count
            }, Unmanaged.passRetained(Rest(bytes)).toOpaque(), { Unmanaged<Rest>.fromOpaque($0!).release() })
    }
}

private func text(_ bytes: UnsafePointer<CChar>?, _ count: Int) -> String? {
    bytes.map { String(decoding: UnsafeRawBufferPointer(start: $0, count: count), as: UTF8.self) }
}

private let collectHeader: MHD_KeyValueIteratorN = { context, _, name, nameCount, value, valueCount in
    Unmanaged<Exchange>.fromOpaque(context!).takeUnretainedValue()
        .add(header: text(name, nameCount) ?? "", text(value, valueCount) ?? "")
    return .YES
}

private let collectArgument: MHD_KeyValueIteratorN = { context, _, name, nameCount, value, valueCount in
    Unmanaged<Exchange>.fromOpaque(context!).takeUnretainedValue().add(argument: text(name, nameCount) ?? "", text(value, valueCount))
    return .YES
}
