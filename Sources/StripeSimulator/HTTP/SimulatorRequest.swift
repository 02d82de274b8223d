/// One HTTP request as the server read it.
package struct SimulatorRequest: Sendable {
    /// In capitals: `GET`, `POST`, `DELETE`.
    package var method: String
    /// Percent-decoded, without the query: `/v1/payment_intents/pi_1/capture`.
    package var path: String
    /// As it stood behind the `?`, still encoded; empty when there was none.
    package var query: String
    /// In the order received. Names are compared without regard to case.
    package var headers: [(name: String, value: String)]
    /// Whole, as it came.
    package var body: [UInt8]

    package init(method: String, path: String, query: String = "", headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }

    /// - Returns: The first header of that name.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.count == name.count && $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// One HTTP answer, and how the server is to send it.
package struct SimulatorResponse: Sendable {
    /// What happens to the answer on its way: networks misbehave on order, see `Fault`.
    package enum Transport: Hashable, Sendable {
        case normal
        /// Close the connection without sending a byte.
        case cutConnection
        /// Announce the whole length, send that many bytes of the body, then close.
        case truncatedBody(afterBytes: Int)
        /// Wait before the first byte.
        case delayed(milliseconds: Int)
    }

    /// Three digits; for the API those that Stripe answers with.
    package var status: Int
    /// `Content-Length`, `Date` and `Connection` are the server's to add.
    package var headers: [(name: String, value: String)]
    /// JSON for the API and orders, HTML for the hosted page.
    package var body: [UInt8]
    /// An order may spoil it; the account has done its part all the same.
    package var transport: Transport

    package init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = [], transport: Transport = .normal) {
        self.status = status
        self.headers = headers
        self.body = body
        self.transport = transport
    }
}

/// One webhook message to POST now; its outcome is told with `Simulator.delivered`.
package struct WebhookDelivery: Sendable {
    /// By it `Simulator.delivered` knows which message was sent.
    package let id: UInt64
    /// The endpoint's, as it was given.
    package let url: String
    /// `Stripe-Signature`, `Content-Type` and `User-Agent`.
    package let headers: [(name: String, value: String)]
    /// The event as JSON, byte for byte as it is signed.
    package let body: [UInt8]
}
