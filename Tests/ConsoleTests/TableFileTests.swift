import CSV
import Foundation
import Testing

@testable import Console

@Suite struct `Table files` {
    @Test func `are read from disk, and a missing one is told`() throws {
        let path = NSTemporaryDirectory() + "console-\(UUID().uuidString).csv"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try "a,b\n".appending(String(repeating: "1,2\n", count: 50_000)).write(toFile: path, atomically: true, encoding: .utf8)
        var table = try TableReader(file: path, columns: [TableColumn("b")], allowsMore: true)
        var count = 0
        while let row = try table.next() { count += Int(row["b"])! }
        #expect(count == 100_000)
        #expect(throws: FileRefusal.notFound("/nowhere.csv")) { try TableReader(file: "/nowhere.csv", columns: []) }
        #expect(throws: FileRefusal.directory("/tmp")) { try TableReader(file: "/tmp", columns: []) }
    }
}
