import Foundation
import Testing

/// The documents beside the code, as people read them in an editor.
@Suite struct `The documents of the repository` {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardizedFileURL

    /// A row of a table and a line of code stay as they are.
    @Test func `wrap at 120 columns`() throws {
        let files = try FileManager.default.contentsOfDirectory(at: Self.root, includingPropertiesForKeys: nil).filter {
            $0.pathExtension == "md"
        }
        #expect(files.count >= 6)
        for file in files {
            var isCode = false
            for (index, line) in try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
                .enumerated()
            {
                let text = line.drop(while: \.isWhitespace)
                if text.hasPrefix("```") { isCode.toggle() }
                if line.count > 120, !isCode, !text.hasPrefix("|") {
                    Issue.record("\(file.lastPathComponent):\(index + 1) has \(line.count)")
                }
            }
        }
    }
}
