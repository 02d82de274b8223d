import Foundation
import TestSupport
import Testing

/// Stripe keys are of no use to whoever has the ledger file alone.
@Suite struct `The key file` {
    private func bytes(_ desk: Desk) -> String {
        ["", "-wal"].map { suffix in
            String(decoding: (try? Data(contentsOf: URL(fileURLWithPath: desk.file + suffix))) ?? Data(), as: UTF8.self)
        }.joined()
    }

    @Test func `keeps Stripe keys out of the ledger, of its backups and of everything printed`() async throws {
        let desk = try await Desk()
        try await desk.book("R-1")
        #expect(!bytes(desk).contains("sk_test_seeblick"))
        try await desk.succeed("backup", desk.folder.file("backup.db"))
        #expect(!dump(desk.folder.file("backup.db")).contains("sk_test_seeblick"))
        let rights = try FileManager.default.attributesOfItem(atPath: desk.file + ".key")[.posixPermissions] as? NSNumber
        #expect(rights?.intValue == 0o600)
        let shown = try await desk.succeed("tenant", "show", "seeblick", "--format", "json")
        #expect(!shown.contains("sk_test"))
    }

    @Test func `is replaced by a command, and the old one opens nothing more`() async throws {
        let desk = try await Desk()
        let key = desk.file + ".key"
        let old = try String(contentsOfFile: key, encoding: .utf8)
        try await desk.succeed("key", "rotate")
        let new = try String(contentsOfFile: key, encoding: .utf8)
        #expect(new != old && new.count == 65)
        try await desk.succeed("sync")
        try Data(old.utf8).write(to: URL(fileURLWithPath: key))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
        try await desk.refuse("sync", saying: "cannot be decrypted with this key file.")
    }

    @Test func `that is missing, damaged or open to others is told`() async throws {
        let desk = try await Desk()
        let key = desk.file + ".key"
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
        try await desk.refuse("sync", saying: "is accessible to users other than its owner.")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
        try await desk.refuse("sync", saying: "There is no key file", environment: ["LEDGER_KEY_FILE": desk.folder.file("none")])
        try Data("no key".utf8).write(to: URL(fileURLWithPath: key))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
        try await desk.refuse("sync", saying: "is not a key file.")
        try FileManager.default.moveItem(atPath: key, toPath: key + ".real")
        try FileManager.default.createSymbolicLink(atPath: key, withDestinationPath: key + ".real")
        try await desk.refuse("sync", saying: "is a symbolic link.")
        try await desk.refuse("key", "rotate", saying: "is a symbolic link.")
        // What needs no Stripe needs no key.
        try await desk.succeed("folio", "list", "seeblick")
    }
}
