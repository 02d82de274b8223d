import Foundation
import TestSupport
import Testing

@Suite(.serialized) struct `A ledger that may only be read` {
    /// Nothing is read-only for root: then the program runs as nobody.
    private static let asSomebodyElse =
        geteuid() == 0 ? ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : []

    /// Somebody else may not be allowed to get at the program, as in a home folder.
    private static func isPossible() async -> Bool {
        guard asSomebodyElse.first.map({ access($0, X_OK) == 0 }) ?? true else { return false }
        return (try? await ProgramRun(["--help"], environment: [:], through: asSomebodyElse))?.exit == 0
    }

    @Test(
        .enabled("the program can be run by somebody without rights") { await isPossible() },
        arguments: [
            (0o444, 0o755, false), (0o444, 0o777, false), (0o644, 0o555, false), (0o666, 0o555, false), (0o444, 0o755, true),
            (0o444, 0o777, true),
        ])
    func `is refused in one sentence that names it, and stays as it is`(file: Int, folder: Int, afterACrash: Bool) async throws {
        let house = try await CrashHouse()
        #expect(try await house.book("R-1").status == 201)
        if afterACrash { await house.kill() } else { #expect(await house.stop() == 0) }
        let copy = try LedgerCopy(of: house.folder)
        for name in try copy.contents().keys { chmod(copy.folder.file(name), mode_t(file)) }
        chmod(copy.folder.path, mode_t(folder))
        defer { chmod(copy.folder.path, 0o755) }
        let before = try copy.contents()
        for arguments in [
            ["serve", "--listen", "127.0.0.1:0"], ["verify"], ["folio", "show", "seeblick", "R-1"], ["sync"],
            ["catalogue", "set", "seeblick", "beer", "--description", "Bier", "--price", "3.50", "--category", "minibar"],
        ] {
            let run = try await house.run(arguments, in: copy.folder, through: Self.asSomebodyElse)
            #expect(run.exit == 1 && run.isOneSentenceWithAHint, "\(arguments): \(run.errors)")
            #expect(run.errors.contains("\(copy.file) cannot be written."), "\(run.errors)")
            #expect(run.errors.contains("write permission for the file and its folder"), "\(run.errors)")
            let after = try copy.contents()
            #expect(after == before, "\(arguments) left \(after.keys.sorted())")
        }
    }

    @Test(.enabled(if: SmallDisk.isPossible, "a small disk can be mounted"))
    func `by its disk is refused in one sentence that names it`() async throws {
        let disk = try SmallDisk()
        let house = try await CrashHouse(folder: disk.folder)
        #expect(try await house.book("R-1").status == 201)
        #expect(await house.stop() == 0)
        try disk.makeReadOnly()
        for arguments in [["serve", "--listen", "127.0.0.1:0"], ["verify"], ["sync"]] {
            let run = try await house.run(arguments)
            #expect(run.exit == 1 && run.isOneSentenceWithAHint, "\(arguments): \(run.errors)")
            #expect(run.errors.contains("\(disk.folder.file()) cannot be written."), "\(run.errors)")
        }
    }
}
