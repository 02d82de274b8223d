/// The process that does the background's work. Instants are the system's time.
package struct Leader: Equatable, Sendable {
    /// Names the process among those that serve the file.
    package let process: String
    /// Grows by one with each change of hands.
    package let term: Int64
    /// From then on another process may take over, unless the lease was renewed.
    package let expiresAt: Instant

    package init(process: String, term: Int64, expiresAt: Instant) {
        self.process = process
        self.term = term
        self.expiresAt = expiresAt
    }
}
