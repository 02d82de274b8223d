/// One request, complete with its body.
package struct HTTPRequest: Sendable {
    package let method: String
    /// The path, percent-decoded, without the query. Bytes that are no UTF-8 become U+FFFD.
    package let path: String
    /// The query as it was sent, without the question mark.
    package let query: String
    /// In the order they came; a name that was sent twice is there twice.
    package let headers: [(name: String, value: String)]
    package let body: [UInt8]

    /// The first header of this name, in any case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// One answer.
package struct HTTPResponse: Sendable {
    /// How the answer travels. Everything but `normal` is for a server that misbehaves on purpose.
    package enum Transport: Sendable, Equatable {
        case normal
        /// The connection is closed without an answer.
        case cut
        /// The connection breaks after so many bytes of the body.
        case truncated(afterBytes: Int)
        case delayed(milliseconds: Int)
    }

    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    package var transport: Transport

    package init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = [], transport: Transport = .normal) {
        self.status = status
        self.headers = headers
        self.body = body
        self.transport = transport
    }
}
