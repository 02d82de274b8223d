import Foundation
import TestSupport
import Testing

/// What an operator does on a bad day, with the programs as they are shipped.
@Suite struct `Backup and restore` {
    private func heads(_ output: String) -> [String] {
        output.matches(of: /"tenant":"([a-z]+)","entries":([0-9]+),"last_hash":"([0-9a-f]{64})"/).map { "\($0.1) \($0.2) \($0.3)" }
    }

    @Test func `take a file that begins as a ledger, and no device, pipe or folder`() async throws {
        let desk = try await Desk()
        let (pipe, notes) = (desk.folder.file("pipe"), desk.folder.file("notes.txt"))
        #expect(mkfifo(pipe, 0o600) == 0)
        try Data(repeating: 0x20, count: 4096).write(to: URL(fileURLWithPath: notes))
        let target = desk.folder.file("restored.db")
        for (source, sentence) in [
            ("/dev/zero", "/dev/zero is not a regular file"), (pipe, "\(pipe) is not a regular file"),
            (desk.folder.path, "is not a regular file"),
            (notes, "is not a ledger file"),
        ] {
            let run = try await ProgramRun(
                ["restore", source, "--db", target],
                through: ["/bin/bash", "-c", "ulimit -f 4096; exec timeout 60 \"$0\" \"$@\""])
            #expect(run.exit == 1 && run.errors.contains(sentence), "\(source): \(run.exit) \(run.errors)")
        }
        let left = try FileManager.default.contentsOfDirectory(atPath: desk.folder.path)
        #expect(!left.contains { $0.hasPrefix("restored.db") }, "\(left)")
    }

    @Test(.timeLimit(.minutes(5)), arguments: [SIGTERM, SIGINT])
    func `leave nothing behind when they are told to stop`(signal: Int32) async throws {
        let desk = try await Desk()
        let copy = desk.folder.file("backup.db")
        try await desk.succeed("backup", copy)
        // A hole: it begins as a ledger, and takes long to read.
        try #require(truncate(copy, 4 << 30) == 0)
        let process = try ChildProcess(
            ProgramRun.program, ["restore", copy, "--db", desk.folder.file("restored.db")], environment: [:],
            input: FileHandle.nullDevice.fileDescriptor, output: FileHandle.nullDevice.fileDescriptor,
            errors: FileHandle.nullDevice.fileDescriptor)
        func partial() throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: desk.folder.path).filter { $0.hasPrefix("restored.db") }
        }
        while try partial().isEmpty { try await Task.sleep(for: .milliseconds(1)) }
        try await Task.sleep(for: .milliseconds(50))
        process.send(signal)
        #expect(await process.ended() == -signal)
        #expect(try partial() == [])
    }

    @Test func `show the same last hash before and after, and the books go on`() async throws {
        let desk = try await Desk()
        try await desk.book("R-1")
        try await desk.succeed("line", "add", "seeblick", "R-1", "beer")
        let copy = desk.folder.file("backup.db")
        let before = heads(try await desk.succeed("backup", copy, "--format", "json"))
        #expect(before.count == 1 && before[0].hasPrefix("seeblick 1 "), "\(before)")
        // After the backup something happens that will be gone, and then the disk dies.
        try await desk.succeed("line", "add", "seeblick", "R-1", "beer")
        try await desk.refuse("restore", copy, saying: "There is already a ledger at")
        try Data(repeating: 0x5A, count: 4096).write(to: URL(fileURLWithPath: desk.file))
        let told = try await desk.run(["restore", copy, "--replace", "--format", "json"])
        #expect(told.exit == 0, "\(told.errors)")
        #expect(heads(told.output) == before)
        #expect(told.errors.contains("The previous ledger is now \(desk.file).replaced-"), "\(told.errors)")
        #expect(!told.errors.contains("cannot be opened"), "\(told.errors)")
        #expect(try await desk.succeed("verify", "--format", "json").contains(String(before[0].split(separator: " ")[2])))
        try await desk.succeed("sync")
        try await desk.succeed("line", "add", "seeblick", "R-1", "beer", "--quantity", "2")
        let plan = try await desk.plan("R-1")
        try await desk.succeed("check-out", "seeblick", "R-1", "--execute", plan)
        try await desk.succeed("verify")
        try await desk.succeed("sync")
        try await desk.succeed("reconcile")
    }

    @Test func `of a time before money was taken: sync brings it, and nothing is taken twice`() async throws {
        let desk = try await Desk()
        try await desk.book("R-1")
        try await desk.succeed("line", "add", "seeblick", "R-1", "beer", "--quantity", "3")
        let copy = desk.folder.file("backup.db")
        try await desk.succeed("backup", copy)
        try await desk.succeed("check-out", "seeblick", "R-1", "--execute", try await desk.plan("R-1"))
        try await desk.succeed("restore", copy, "--replace")
        try await desk.succeed("sync")
        let folio = try await desk.json("folio", "show", "seeblick", "R-1")
        #expect(Desk.totals(folio)["captured"] == 1050 && Desk.totals(folio)["open"] == 0, "\(folio)")
        try await desk.succeed("check-out", "seeblick", "R-1", "--execute", try await desk.plan("R-1"))
        try await desk.succeed("sync")
        try await desk.succeed("reconcile")
        try await desk.succeed("verify")
        let stripe = try await desk.simulator.order("GET", "/_sim/ledger")
        #expect("\(stripe)".contains("1050"), "\(stripe)")
    }

    @Test func `of a ledger that another process writes to`() async throws {
        let desk = try await Desk()
        try await desk.book("R-1")
        let writing = Task {
            var added = 0
            while !Task.isCancelled {
                try await desk.succeed("line", "add", "seeblick", "R-1", "beer")
                added += 1
            }
            return added
        }
        for number in 0..<5 {
            let (copy, restored) = (desk.folder.file("backup-\(number).db"), desk.folder.file("restored-\(number).db"))
            let before = heads(try await desk.succeed("backup", copy, "--format", "json"))
            let after = heads(try await desk.succeed("restore", copy, "--db", restored, "--format", "json"))
            #expect(before.count == 1 && before == after)
            try await desk.succeed("verify", "--db", restored)
        }
        writing.cancel()
        #expect(try await writing.value > 0)
        try await desk.succeed("verify")
    }

    @Test func `is refused while a process has the ledger open`() async throws {
        let desk = try await Desk()
        let copy = desk.folder.file("backup.db")
        try await desk.succeed("backup", copy)
        let held = try await HeldOpen(desk.file)
        try await desk.refuse("restore", copy, "--replace", saying: "Another program has \(desk.file) open.")
        await held.close()
        try await desk.succeed("restore", copy, "--replace")
    }

    @Test func `say so when the key file is not the one of the backup`() async throws {
        let desk = try await Desk()
        let copy = desk.folder.file("backup.db")
        try await desk.succeed("backup", copy)
        let keys = try Data(contentsOf: URL(fileURLWithPath: desk.file + ".key"))
        try await desk.succeed("key", "rotate")
        let warned = try await desk.succeed("restore", copy, "--replace")
        #expect(warned.contains("The Stripe keys of seeblick cannot be decrypted with the key file"), "\(warned)")
        try keys.write(to: URL(fileURLWithPath: desk.file + ".key"))
        let whole = try await desk.succeed("restore", copy, "--replace")
        #expect(!whole.contains("cannot be opened"), "\(whole)")
        try await desk.succeed("sync")
    }

    /// What was sealed under a lost key file is gone, webhook secrets too; nothing of it stands in the way of new ones.
    @Test func `go on after the key file was lost, once the keys are set again`() async throws {
        let desk = try await Desk()
        let webhook = try desk.folder.write("whsec_desk_secret\n".utf8, to: "webhook")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: webhook)
        func setKeys() async throws {
            try await desk.succeed(
                "tenant", "stripe", "seeblick", "--secret-key-file", desk.folder.file("key"), "--webhook-secret-file", webhook)
        }
        try await setKeys()
        try FileManager.default.removeItem(atPath: desk.file + ".key")
        #expect(try await desk.run(["sync"]).exit == 1)
        try await setKeys()
        try await desk.succeed("sync")
        try await desk.succeed("key", "rotate")
        try await desk.succeed("sync")
    }

    @Test func `refuse a backup that was cut short or forged`() async throws {
        let desk = try await Desk()
        try await desk.book("R-1")
        try await desk.succeed("line", "add", "seeblick", "R-1", "beer")
        let (copy, place) = (desk.folder.file("backup.db"), desk.folder.file("place.db"))
        try await desk.succeed("backup", copy)
        let whole = try Data(contentsOf: URL(fileURLWithPath: copy))
        func refused(saying sentence: String) async throws {
            let result = try await desk.run(["restore", copy, "--db", place])
            #expect(result.exit == 1 && result.errors.contains(sentence), "\(result.errors)")
            #expect(!FileManager.default.fileExists(atPath: place))
        }
        try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: copy))
        try await refused(saying: "is damaged.")
        try whole.write(to: URL(fileURLWithPath: copy))
        try change(
            copy, "DROP TRIGGER account_moved; UPDATE account SET debits = debits + 5, credits = credits + 5 WHERE name = 'folio:R-1'")
        try await refused(saying: "the books of tenant \"seeblick\" are damaged")
    }
}

/// Has a ledger open, as a running service does.
private final class HeldOpen {
    private let process: ChildProcess
    private let input = Pipe()

    init(_ file: String) async throws {
        // Any program that reads: the lock is SQLite's own.
        let output = Pipe()
        process = try ChildProcess(
            "/usr/bin/python3",
            [
                "-c",
                "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT 1 FROM tenant').fetchall(); print('open', flush=True); sys.stdin.read()",
                file,
            ], input: input.fileHandleForReading.fileDescriptor, output: output.fileHandleForWriting.fileDescriptor,
            errors: FileHandle.nullDevice.fileDescriptor)
        try output.fileHandleForWriting.close()
        _ = await output.fileHandleForReading.firstLine()
    }

    func close() async {
        try? input.fileHandleForWriting.close()
        _ = await process.ended()
    }
}
