import Foundation
import Testing

@testable import Console

@Suite struct `Secret files` {
    private func read(_ bytes: [UInt8]) throws -> String {
        let path = NSTemporaryDirectory() + "console-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        do { return try SecretFile.read(path) } catch { return error.code }
    }

    @Test func `white space around a secret is not part of it`() throws {
        #expect(try read(Array("  sk_test_1\r\n\n".utf8)) == "sk_test_1")
    }

    @Test func `a file that cannot hold a secret is refused`() throws {
        #expect(try read([]) == "file_empty")
        #expect(try read(Array(" \n".utf8)) == "file_empty")
        #expect(try read([0xFF, 0xFE]) == "file_content_unusable")
        #expect(try read(Array("sk_test_1\nsk_test_2\n".utf8)) == "file_content_unusable")
        #expect(try read([UInt8](repeating: 65, count: 100_000)) == "file_content_unusable")
        #expect(throws: FileRefusal.notFound("/nowhere")) { try SecretFile.read("/nowhere") }
        #expect(throws: FileRefusal.directory("/tmp")) { try SecretFile.read("/tmp") }
    }
}
