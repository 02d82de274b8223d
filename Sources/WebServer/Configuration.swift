extension WebServer {
    package struct Configuration: Sendable {
        /// An IPv4 address.
        package var host = "127.0.0.1"
        /// 0 takes any free port; `WebServer.port` tells which.
        package var port: UInt16 = 0
        /// Threads that read and write. Asynchronous handlers run on Swift's own.
        package var threads = 2
        /// Further connections are closed as soon as they are opened.
        package var connections = 1024
        /// A connection on which nothing moves for so long is closed, a handler at work not counted.
        package var idleSeconds = 60
        /// A larger body is answered with 413.
        package var bodyBytes = 1 << 20
        /// Memory for one connection's request line and headers. What does not fit is answered with 414 or 431.
        package var headerBytes = 32 << 10
        /// Those whose word about the client counts.
        package var trustedProxies = TrustedProxies()
        /// HTTPS instead of HTTP.
        package var certificate: Certificate?

        package init() {}
    }

    /// What a client checks, and the key that belongs to it. Both in PEM.
    package struct Certificate: Sendable {
        /// The server's certificate, followed by those between it and the root.
        package let chain: String
        package let key: String

        package init(chain: String, key: String) {
            self.chain = chain
            self.key = key
        }
    }

    /// Why the server did not start.
    package struct NotStarted: Error {
        /// The system's words, such as "Address already in use".
        package let reason: String
    }
}
