/// What a request was answered.
package struct RequestAnswer: Hashable, Sendable {
    /// 200...499.
    package let status: Int
    /// The bytes as they were sent: JSON.
    package let body: [UInt8]

    package init(status: Int, body: [UInt8]) {
        self.status = status
        self.body = body
    }
}
