import Foundation
import TestSupport
import Testing

/// Files that others could read or write.
@Suite struct `The ledger's files` {
    private func rights(_ path: String) throws -> Int {
        (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue ?? 0
    }

    private func open(_ path: String, to rights: Int) throws {
        try FileManager.default.setAttributes([.posixPermissions: rights], ofItemAtPath: path)
    }

    @Test(arguments: [0o644, 0o660, 0o602, 0o606])
    func `are only their owner's from then on, and it is said`(loose: Int) async throws {
        let desk = try await Desk()
        // Whoever has the ledger open keeps a log beside it.
        let service = try await desk.serve()
        let files = ["", "-wal", "-shm"].map { desk.file + $0 }
        for file in files { try open(file, to: loose) }
        let run = try await desk.run(["tenant", "list"])
        #expect(run.exit == 0, "\(run.errors)")
        for file in files {
            #expect(try rights(file) == 0o600, "\(file)")
            #expect(run.errors.contains("\(file) was accessible to other users"), "\(run.errors)")
        }
        #expect(try await desk.run(["tenant", "list"]).errors == "")
        #expect(await service.stop() == 0)
    }

    @Test func `that hold secrets are tightened once they have been used, backups too`() async throws {
        let desk = try await Desk()
        let (key, backup) = (desk.folder.file("key"), desk.folder.file("backup.db"))
        try open(key, to: 0o644)
        let set = try await desk.run(["tenant", "stripe", "seeblick", "--secret-key-file", key])
        #expect(set.exit == 0 && set.errors.contains("\(key) was accessible to other users"), "\(set.errors)")
        #expect(try rights(key) == 0o600)
        try await desk.succeed("backup", backup)
        #expect(try rights(backup) == 0o600)
        try open(backup, to: 0o644)
        let restored = try await desk.run(["restore", backup, "--db", desk.folder.file("rehearsal.db")])
        #expect(restored.exit == 0 && restored.errors.contains("\(backup) was accessible to other users"), "\(restored.errors)")
        #expect(try rights(backup) == 0o600 && rights(desk.folder.file("rehearsal.db")) == 0o600)
    }

    /// Somebody may name another file by mistake.
    @Test func `are not taken for any file that is named`() async throws {
        let desk = try await Desk()
        let other = try desk.folder.write("not a ledger, and more than one word".utf8, to: "notes.txt")
        try open(other, to: 0o644)
        #expect(try await desk.run(["tenant", "list", "--db", other]).exit == 1)
        #expect(try await desk.run(["tenant", "stripe", "seeblick", "--secret-key-file", other]).exit == 1)
        #expect(try rights(other) == 0o644)
    }

    @Test func `in a folder that everybody may write to are warned of`() async throws {
        let desk = try await Desk()
        let folder = URL(fileURLWithPath: desk.file).deletingLastPathComponent().path
        try open(folder, to: 0o777)
        let run = try await desk.run(["tenant", "list"])
        #expect(run.exit == 0 && run.errors.contains("Any user can replace"), "\(run.errors)")
        try open(folder, to: 0o1777)
        #expect(try await desk.run(["tenant", "list"]).errors == "")
    }

    @Test func `are said to be root's, when the service runs as root`() async throws {
        let desk = try await Desk()
        try open(desk.file, to: 0o644)
        let service = try await desk.serve()
        #expect(await service.stop() == 0)
        let log = try String(contentsOfFile: service.log, encoding: .utf8)
        #expect(log.contains("running_as_root") == (geteuid() == 0))
        #expect(log.contains(#""event":"file_open_to_others""#))
        #expect(log.split(separator: "\n").allSatisfy { $0.hasPrefix("{") }, "the log is JSON")
    }

    @Test(arguments: [9, 12])
    func `that cannot be opened for want of file handles are not said to have wrong rights`(handles: Int) async throws {
        let desk = try await Desk()
        let run = try await ProgramRun(
            ["tenant", "list", "--db", desk.file], through: ["/bin/bash", "-c", "ulimit -n \(handles); exec \"$0\" \"$@\""])
        #expect(run.exit == 1 && run.isOneSentenceWithAHint, "\(run.exit) \(run.errors)")
        #expect(
            run.errors.contains("this program has reached its limit of open files") && run.errors.contains("ulimit -n"), "\(run.errors)")
    }
}
