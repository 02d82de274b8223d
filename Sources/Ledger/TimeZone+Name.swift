import Foundation

extension TimeZone {
    /// - Parameter name: IANA's, such as Europe/Berlin.
    /// - Returns: `nil` for what `TextRule.timeZone` does not take, and for a name that nobody knows.
    package init?(named name: String) {
        guard TextRule.timeZone.takes(name) else { return nil }
        self.init(identifier: name)
    }
}
