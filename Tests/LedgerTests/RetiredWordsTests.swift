import Foundation
import Testing

/// One word for one thing: a word that was retired does not come back. See the glossary in ARCHITECTURE.md.
@Suite struct `Words that were retired` {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardizedFileURL
    private static let list = root.appending(path: "Tests/Support/retired-words.txt")

    private static func words() throws -> [(old: Substring, new: Substring)] {
        try String(contentsOf: list, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
            let pair = $0.split(separator: " ")
            return (pair[0], pair[1])
        }
    }

    /// Letters, digits and underscores; what else stands between them ends a word.
    private static func words(of text: String) -> Set<Substring> {
        Set(text.split { !($0.isLetter || $0.isNumber || $0 == "_") })
    }

    @Test func `stand nowhere in code, tests and schema`() throws {
        let retired = try Self.words()
        #expect(retired.count > 50)
        for folder in ["Sources", "Tests", "Migrations"] {
            let files = try #require(FileManager.default.enumerator(at: Self.root.appending(path: folder), includingPropertiesForKeys: nil))
            for case let file as URL in files where ["swift", "sql", "c", "h", "py", "js", "css"].contains(file.pathExtension) {
                let found = Self.words(of: try String(contentsOf: file, encoding: .utf8))
                for (old, new) in retired where found.contains(old) {
                    Issue.record("\(file.lastPathComponent) says \(old): the word is \(new)")
                }
            }
        }
    }

    @Test func `are looked for as whole words`() {
        let found = Self.words(of: "let tax_rate = taxRate(\"hold_expired\") // expires.")
        #expect(found.isSuperset(of: ["tax_rate", "taxRate", "hold_expired", "expires"]) && !found.contains("expired"))
    }
}
