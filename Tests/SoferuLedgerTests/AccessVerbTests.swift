import Foundation
import TestSupport
import Testing

@Suite struct `Letting programs and people in` {
    @Test func `prints a token once and never again`() async throws {
        let desk = try await Desk()
        let made = try await desk.json("token", "create", "seeblick", "--role", "integration", "--name", "shop", "--days", "30")
        let secret = try #require(made["token"] as? String)
        #expect(secret.wholeMatch(of: /slt_[A-Za-z0-9_-]{43}/) != nil)
        #expect(made["number"] as? Int == 1 && made["tenant"] as? String == "seeblick" && made["role"] as? String == "integration")
        #expect(made["expires_at"] as? String == "2026-12-18T08:00:00Z")
        try await desk.succeed("token", "create", "--role", "operator", "--name", "monitoring")
        let shown = try await desk.succeed("token", "list") + desk.succeed("token", "list", "seeblick", "--format", "json")
        #expect(shown.contains("shop") && shown.contains("monitoring") && !shown.contains("slt_"))
        #expect(try await desk.succeed("token", "list", "seeblick", "--format", "csv").split(separator: "\r\n").count == 2)
        try await desk.succeed("token", "revoke", "1")
        #expect(
            try await desk.succeed("token", "list", "seeblick", "--format", "csv").contains(
                "1,seeblick,integration,shop,cli,2026-11-18T08:00:00Z,,2026-12-18T08:00:00Z,2026-11-18T08:00:00Z"))
    }

    @Test func `refuses what cannot be`() async throws {
        let desk = try await Desk()
        try await desk.refuse("token", "create", "nowhere", "--role", "admin", "--name", "x", saying: "There is no tenant")
        try await desk.refuse("token", "create", "--role", "admin", "--name", "x", saying: "The role admin belongs to a tenant.")
        try await desk.refuse(
            "token", "create", "seeblick", "--role", "operator", "--name", "x", saying: "The role operator does not belong to a tenant.")
        try await desk.refuse("token", "create", "seeblick", "--role", "admin", "--name", "a b", saying: "\"a b\" is not a valid name.")
        try await desk.refuse("token", "revoke", "7", saying: "There is no token 7.")
        try await desk.refuse("user", "disable", "seeblick", "nobody", saying: "There is no user \"nobody\".")
        try await desk.refuse("user", "add", "seeblick", "anna", "--role", "reception", saying: "There is no password on standard input.")
        let wrong = try await desk.run(["token", "create", "seeblick", "--role", "boss", "--name", "x"])
        #expect(wrong.exit == 2 && wrong.errors.contains("operator, admin, integration"), "\(wrong.errors)")
    }

    @Test func `reads passwords from standard input, one line of any kind`() async throws {
        let desk = try await Desk()
        func user(_ words: String..., password: String) async throws -> ProgramRun {
            try await desk.run(["user"] + words, input: password)
        }
        let added = try await user("add", "seeblick", "Anna", "--role", "reception", password: "drei Wörter reichen\n")
        #expect(added.exit == 0, "\(added.errors)")
        #expect(added.output == "User anna can log in at tenant seeblick with role reception.\n")
        let mine = try await user("add", "otto", "--role", "operator", password: "ohne Zeilenende")
        #expect(mine.exit == 0 && mine.output == "User otto can log in with role operator.\n", "\(mine.errors)")
        let short = try await user("add", "seeblick", "bert", "--role", "reception", password: "kurz\n")
        #expect(short.exit == 1 && short.errors.contains("fewer than 10 characters"), "\(short.errors)")
        let again = try await user("add", "seeblick", "anna", "--role", "admin", password: "drei Wörter reichen\n")
        #expect(again.exit == 1 && again.errors.contains("A user \"anna\" exists or existed"), "\(again.errors)")
        #expect(
            try await desk.succeed("user", "list", "--format", "csv").split(separator: "\r\n") == [
                "tenant,name,role,created_by,created_at,password_changed_at,disabled_at",
                ",otto,operator,cli,2026-11-18T08:00:00Z,2026-11-18T08:00:00Z,",
                "seeblick,anna,reception,cli,2026-11-18T08:00:00Z,2026-11-18T08:00:00Z,",
            ])
        #expect(try await user("password", "seeblick", "anna", password: "vier neue Wörter hier\r\n").exit == 0)
        try await desk.succeed("user", "disable", "seeblick", "anna")
        let gone = try await user("password", "seeblick", "anna", password: "vier neue Wörter hier\n")
        #expect(gone.exit == 1 && gone.errors.contains("User \"anna\" has been disabled."), "\(gone.errors)")
        #expect(try await desk.succeed("user", "list", "seeblick", "--format", "csv").contains(",2026-11-18T08:00:00Z\r\n"))
        try await desk.succeed("verify")
    }
}
