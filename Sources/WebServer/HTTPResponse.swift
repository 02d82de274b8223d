/// What a request is answered with: a status, headers, and a body that is there or is still to be written.
package struct HTTPResponse: Sendable {
    /// Known as a whole, or written while it is sent.
    package enum Body: Sendable {
        case bytes([UInt8])
        /// Sent in chunks while it is written. When the closure throws, the connection breaks, so that nobody takes a part for the whole.
        /// It is not run for HEAD, and cancelled when the client goes away.
        case stream(@Sendable (BodyWriter) async throws -> Void)
    }

    /// How the answer travels. Everything but `normal` is for a server that misbehaves on purpose.
    package enum Transport: Sendable, Equatable {
        case normal
        /// The connection is closed without an answer.
        case cut
        /// The connection breaks after so many bytes of the body. A stream is not truncated.
        case truncated(afterBytes: Int)
        /// So long passes before the first byte.
        case delayed(milliseconds: Int)
    }

    /// Three digits; a final one, not 1xx.
    package var status: Int
    /// `Content-Length`, `Date` and `Connection` are the server's to add. A header that HTTP does not allow, such as one with a line
    /// break in it, is left out.
    package var headers: [(name: String, value: String)]
    /// Left out for HEAD.
    package var body: Body
    /// Anything but `normal` breaks the promise of HTTP on purpose.
    package var transport: Transport

    package init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = [], transport: Transport = .normal) {
        self.init(status: status, headers: headers, body: .bytes(body), transport: transport)
    }

    package init(status: Int, headers: [(name: String, value: String)] = [], body: Body, transport: Transport = .normal) {
        self.status = status
        self.headers = headers
        self.body = body
        self.transport = transport
    }

    /// The header that says which methods there are. What answers GET answers HEAD too: the server leaves out the body.
    package static func allow(_ methods: some Sequence<String>) -> (name: String, value: String) {
        ("Allow", methods.flatMap { $0 == "GET" ? ["GET", "HEAD"] : [$0] }.joined(separator: ", "))
    }
}
