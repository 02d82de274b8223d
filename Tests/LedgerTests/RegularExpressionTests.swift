import Foundation
import Testing

/// Swift compiles a regular expression literal each time that it is evaluated: some 80 µs, a fifth of what a request may take.
@Suite struct `A regular expression` {
    /// What runs for a request.
    private static let modules = [
        "JSON", "Ledger", "LedgerAccess", "LedgerAPI", "LedgerPages", "LedgerService", "LedgerStore", "Stripe", "WebServer",
    ]

    /// It looks at texts that have the beginning of a secret in them, and at no others.
    private static let seldom = "Secret+Stripe.swift"

    @Test func `is evaluated nowhere in what runs for a request`() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources").standardizedFileURL
        let literal = /(?:of: |in: |with: |replacing\(|contains\(|matches\()\/[^ ]|Regex|NSRegularExpression/
        var count = 0
        for module in Self.modules {
            let files = try #require(FileManager.default.enumerator(at: sources.appending(path: module), includingPropertiesForKeys: nil))
            for case let file as URL in files where file.pathExtension == "swift" {
                let text = try String(contentsOf: file, encoding: .utf8)
                if file.lastPathComponent != Self.seldom, let found = text.firstMatch(of: literal) {
                    Issue.record("\(module)/\(file.lastPathComponent) has \(found.0)")
                }
                count += 1
            }
        }
        #expect(count > 200)
    }
}
