import Console
import Foundation
import Testing

@Suite struct `A folder that appears as a whole` {
    private let parent = FileManager.default.temporaryDirectory.appendingPathComponent("whole-\(UUID().uuidString)").path
    private let files: [(name: String, bytes: [UInt8])] = [("a.csv", Array("one\r\n".utf8)), ("a.json", [])]

    init() throws { try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true) }

    private func names(_ folder: String = "") throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: "\(parent)/\(folder)"))
    }

    @Test func `has its files to the byte, and is not written twice`() throws {
        defer { try? FileManager.default.removeItem(atPath: parent) }
        #expect(try WholeFolder.write(files, as: "run-1", in: parent))
        #expect(try names() == ["run-1"] && names("run-1") == ["a.csv", "a.json"])
        #expect(FileManager.default.contents(atPath: "\(parent)/run-1/a.csv") == Data("one\r\n".utf8))
        #expect(try !WholeFolder.write(files, as: "run-1", in: parent))
        #expect(try names() == ["run-1"])
    }

    @Test func `is not put in the place of other content`() throws {
        defer { try? FileManager.default.removeItem(atPath: parent) }
        _ = try WholeFolder.write(files, as: "run-1", in: parent)
        let path = "\(parent)/run-1"
        for other: [(name: String, bytes: [UInt8])] in [[files[0]], files + [("more", [])], [("a.csv", [1]), files[1]]] {
            #expect(throws: FolderRefusal.otherContent(path)) { try WholeFolder.write(other, as: "run-1", in: parent) }
        }
        #expect(FileManager.default.contents(atPath: "\(path)/a.csv") == Data("one\r\n".utf8))
        try Data().write(to: URL(fileURLWithPath: "\(parent)/run-2"))
        #expect(throws: FolderRefusal.otherContent("\(parent)/run-2")) { try WholeFolder.write(files, as: "run-2", in: parent) }
    }

    @Test func `needs the folder in which it appears`() {
        defer { try? FileManager.default.removeItem(atPath: parent) }
        #expect(throws: FolderRefusal.notThere("\(parent)/nowhere")) {
            try WholeFolder.write(files, as: "run-1", in: "\(parent)/nowhere")
        }
    }

    @Test func `takes away what a killed process left, and leaves what another one writes`() throws {
        defer { try? FileManager.default.removeItem(atPath: parent) }
        // No process has that number; process 1 always runs.
        for process in ["999999999", "1"] {
            try FileManager.default.createDirectory(atPath: "\(parent)/.run-1.part-\(process)", withIntermediateDirectories: true)
        }
        #expect(try WholeFolder.write(files, as: "run-1", in: parent))
        #expect(try names() == ["run-1", ".run-1.part-1"])
    }
}
