import Foundation
import TestSupport
import Testing

/// The process that bills a month is killed before each of its writes, syncs and renames, those of the ledger's file among them.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/cc"), "there is no C compiler"))
struct `A fee run that is killed` {
    /// Compiled for the test: see Tests/Support/killed_at.c.
    private static func killer(in folder: TemporaryFolder) async throws -> String {
        let source = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Support/killed_at.c").standardizedFileURL.path
        let library = folder.file("killed_at.so")
        let made = try await ProgramRun(
            program: "/usr/bin/cc", ["-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"],
            environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"])
        #expect(made.exit == 0, "\(made.errors)")
        return library
    }

    @Test func `bills no tenant twice, forgets none, and leaves no part of a folder`() async throws {
        let desk = try await FeeDesk()
        let library = try await Self.killer(in: desk.folder)
        let hash = try await desk.hash(of: "2026-11")
        let files = FileManager.default
        // What was there before, for each death anew.
        let kept = try files.contentsOfDirectory(atPath: desk.folder.path).filter { $0.hasPrefix("ledger.db") }
        let before = desk.folder.file("before")
        try files.createDirectory(atPath: before, withIntermediateDirectories: true)
        for name in kept { try files.copyItem(atPath: desk.folder.file(name), toPath: "\(before)/\(name)") }
        func bill(_ exports: String, killedAt step: Int? = nil) async throws -> ProgramRun {
            try await desk.run(
                ["fees", "run", "--month", "2026-11", "--preview", hash, "--into", exports],
                environment: step.map { ["LD_PRELOAD": library, "KILLED_AT": String($0)] } ?? [:])
        }
        var (deaths, midway, expected): (Int, Int, Data?) = (0, 0, nil)
        for step in 1... {
            for name in try files.contentsOfDirectory(atPath: desk.folder.path) where name.hasPrefix("ledger.db") {
                try files.removeItem(atPath: desk.folder.file(name))
            }
            for name in kept { try files.copyItem(atPath: "\(before)/\(name)", toPath: desk.folder.file(name)) }
            let exports = desk.folder.file("exports-\(step)")
            try files.createDirectory(atPath: exports, withIntermediateDirectories: true)
            let first = try await bill(exports, killedAt: step)
            let name = "2026-11-run-1"
            func bytes() throws -> [String: Data] {
                let path = "\(exports)/\(name)"
                return Dictionary(
                    uniqueKeysWithValues: try files.contentsOfDirectory(atPath: path).map { ($0, files.contents(atPath: "\(path)/\($0)")!) }
                )
            }
            if first.exit != 0 {
                #expect(first.exit == -SIGKILL, "\(step): \(first.errors)")
                deaths += 1
                let left = try files.contentsOfDirectory(atPath: exports)
                if left.contains(where: { $0.hasPrefix(".") }) { midway += 1 }
                // Whole or not at all, also before anybody repeats it.
                let early = left.contains(name) ? try bytes() : nil
                let again = try await bill(exports)
                #expect(again.exit == 0, "\(step): \(again.errors)")
                #expect(try early == nil || early == bytes(), "\(step)")
            }
            #expect(try files.contentsOfDirectory(atPath: exports) == [name], "\(step)")
            let made = try bytes()
            #expect(made.count == 2)
            // The instant of the decision is in the JSON alone.
            let csv = try #require(made["fees-\(name).csv"])
            #expect(expected == nil || expected == csv, "\(step)")
            expected = csv
            let rows = String(decoding: csv, as: UTF8.self).split(separator: "\r\n").dropFirst().map { $0.split(separator: ",")[1] }
            #expect(rows == ["a", "b", "c", "d", "e", "f"], "\(step)")
            let listed = try await desk.succeed("fees", "list", "--month", "2026-11", "--format", "csv").split(separator: "\r\n")
            #expect(listed.count == 7, "\(step): \(listed)")
            if first.exit == 0 { break }
        }
        #expect(deaths > 10 && midway > 2, "\(deaths) deaths, \(midway) of them while the folder was written")
        try await desk.succeed("verify")
    }
}
