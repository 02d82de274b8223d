import Foundation

extension WebServer {
    /// Address, bounds and answers of one server, fixed when it is made; only the certificate can be renewed.
    package struct Configuration: Sendable {
        /// An IPv4 address.
        package var host = "127.0.0.1"
        /// 0 takes any free port; `WebServer.port` tells which.
        package var port: UInt16 = 0
        /// Threads that read and write. Asynchronous handlers run on Swift's own.
        package var threads = 2
        /// When so many are open, whoever comes takes the place of one that waits; see `Door`.
        package var connections = 1024
        /// So many connections one address may have, and so many requests at work. Of a trusted proxy, each client's requests count.
        package var connectionsPerAddress = 256
        /// A connection on which nothing moves for so long is closed, a handler at work not counted; so is one whose client takes less
        /// than 64 KiB of an answer in that time. 0: never.
        package var idleSeconds = 60
        /// So long a head may take from its first byte, or from the connection's start, the handshake of TLS included.
        package var headSeconds = 10
        /// So long a body may take.
        package var bodySeconds = 30
        /// A larger body is answered with 413, where `onHead` says nothing else.
        package var bodyBytes = 1 << 20
        /// A longer request line is answered with 414.
        package var targetBytes = 8 << 10
        /// A query of more parameters is answered with 414.
        package var parameters = 100
        /// Headers that take more are answered with 431.
        package var headerBytes = 32 << 10
        /// More headers than these are answered with 431.
        package var headers = 100
        /// Those whose word about the client counts.
        package var trustedProxies = TrustedProxies()
        /// HTTPS instead of HTTP.
        package var certificate: Certificate?
        /// Looks at a request whose body has not been read. On the thread that reads: it only computes.
        package var onHead: @Sendable (HTTPRequest) -> OnHead = { _ in .read() }
        /// The answer to what is refused before any handler sees it; the request is there once its head was read.
        package var refuse: @Sendable (Refusal, HTTPRequest?) -> HTTPResponse = { refusal, _ in refusal.response }
        /// Told when the process has no more file handles, and when it has again.
        package var onHandles: @Sendable (_ areLeft: Bool) -> Void = { _ in }

        package init() {}
    }

    /// What becomes of a request, once its head is there.
    package enum OnHead: Sendable {
        /// Answered at once, on the thread that read it, however much the others have to do.
        case answer(HTTPResponse)
        /// Goes to the handler with its body.
        ///
        /// - Parameters:
        ///   - upTo: The most bytes of the body; nil for the configuration's.
        ///   - isVital: Whether it is let in when the places for all others are taken.
        case read(upTo: Int? = nil, isVital: Bool = false)
    }

    /// What a client checks, and the key that belongs to it. Both in PEM.
    package struct Certificate: Sendable {
        /// The server's certificate, followed by those between it and the root.
        package let chain: String
        /// The private key, in PEM; never logged.
        package let key: String

        package init(chain: String, key: String) {
            self.chain = chain
            self.key = key
        }
    }

    /// Why the server did not start.
    package struct NotStarted: Error {
        /// What an operator would have to look at.
        package enum Cause: Sendable {
            case address, certificate
            /// The process, or the machine, has no more of them.
            case fileHandles
            case other
        }

        /// Decides what the program advises.
        package let cause: Cause
        /// The system's words, such as "Address already in use".
        package let reason: String

        init(_ cause: Cause, reason: String) { (self.cause, self.reason) = (cause, reason) }

        /// - Parameters:
        ///   - cause: What it is when it is not the file handles.
        ///   - systemError: `errno` of the call that failed.
        init(_ cause: Cause, systemError: Int32) {
            self.init([EMFILE, ENFILE].contains(systemError) ? .fileHandles : cause, reason: String(cString: strerror(systemError)))
        }
    }
}
