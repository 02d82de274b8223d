import Foundation

/// One HTTP request, complete with its host: a transport adds nothing but what HTTP itself needs.
package struct HTTPRequest: Sendable, Equatable {
    /// In capitals: `GET`, `POST`, `DELETE`.
    package var method: String
    /// Absolute, already percent-encoded.
    package var url: String
    /// In the order they are sent. Names and values are free of line breaks.
    package var headers: [HTTPHeader]
    /// Empty for none.
    package var body: Data
    /// From the first byte of the connection to the last byte of the answer.
    package var timeoutMilliseconds: Int

    package init(method: String, url: String, headers: [HTTPHeader] = [], body: Data = Data(), timeoutMilliseconds: Int = 30_000) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeoutMilliseconds = timeoutMilliseconds
    }
}

/// A name and a value. Printed or dumped, `Authorization` keeps its value to itself.
package struct HTTPHeader: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    /// As it is sent; HTTP reads it in any case.
    package let name: String
    /// Free of line breaks; may be a secret.
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    package var description: String { "\(name): \(name.lowercased() == "authorization" ? "[secret]" : value)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// A complete answer: a body that was cut short is a `TransportError`, never a shorter body.
package struct HTTPResponse: Sendable, Equatable {
    /// Three digits; a redirect's too.
    package let status: Int
    /// By lower-case name.
    package let headers: [String: String]
    /// Whole, as it came.
    package let body: Data

    /// - Parameter headers: Names in any case.
    package init(status: Int, headers: [String: String] = [:], body: Data = Data()) {
        let headers = Dictionary(headers.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: { _, last in last })
        self.init(status: status, lowercaseHeaders: headers, body: body)
    }

    init(status: Int, lowercaseHeaders: [String: String], body: Data) {
        self.status = status
        headers = lowercaseHeaders
        self.body = body
    }
}

/// Why there is no answer. It holds neither the request nor its headers, so it can be logged.
package enum TransportError: Error, Equatable, CustomStringConvertible {
    /// Nobody was reached: name unknown, connection refused, no TLS. The request did not leave.
    case notReached(String)
    /// No complete answer within the request's time. The request may have arrived.
    case timedOut
    /// The connection broke or the answer makes no sense. The request may have arrived.
    case interrupted(String)
    /// The caller's task was cancelled. The request may have arrived.
    case cancelled

    /// Whether the other side may have seen the request, and acted on it.
    package var mayHaveArrived: Bool {
        if case .notReached = self { false } else { true }
    }

    package var description: String {
        switch self {
        case .notReached(let why): "not reached: \(why)"
        case .timedOut: "timed out"
        case .interrupted(let why): "interrupted: \(why)"
        case .cancelled: "cancelled"
        }
    }
}

/// The way to the other side, and the only thing about it that tests replace.
///
/// Redirects are not followed, cookies not kept, nothing is cached.
package protocol Transport: Sendable {
    /// Sends the request once; or again, byte for byte, if a connection kept from earlier turns out to be dead
    /// before a byte of the answer came. What must not happen twice therefore carries an idempotency key.
    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse
}
