import Foundation
import Ledger
import LedgerStore
import TestSupport
import Testing

@testable import LedgerAccess

@Suite struct `A session` {
    private let hour: Int64 = 3600

    private func begin() async throws -> (FrontDoor, String) {
        let door = try await FrontDoor()
        try await door.add()
        return (door, try await door.logIn().secret.revealed)
    }

    @Test func `knows who logged in, and is kept as a hash`() async throws {
        let (door, secret) = try await begin()
        let session = try #require(try await door.access.session(secret))
        #expect(session.caller == Caller(actor: "user:anna", role: .reception, tenant: "seeblick"))
        #expect(session.replacement == nil)
        #expect(!door.bytes().contains(secret))
        for wrong in ["", "x", secret + "x", String(secret.dropLast())] { #expect(try await door.access.session(wrong) == nil) }
    }

    @Test func `ends with its log-out, for good`() async throws {
        let (door, secret) = try await begin()
        try await door.access.logOut(secret)
        #expect(try await door.access.session(secret) == nil)
        try await door.access.logOut(secret)
        try await door.access.logOut("never was")
    }

    @Test func `ends after twelve hours without a request`() async throws {
        let (door, secret) = try await begin()
        door.letPass(seconds: 12 * hour - 1)
        let session = try #require(try await door.access.session(secret))
        let next = session.replacement?.revealed ?? secret
        door.letPass(seconds: 12 * hour - 1)
        #expect(try await door.access.session(next) != nil)
        let (other, idle) = try await begin()
        other.letPass(seconds: 12 * hour)
        #expect(try await other.access.session(idle) == nil)
    }

    @Test func `ends after seven days, however busy`() async throws {
        var (door, secret) = try await begin()
        for _ in 0..<(7 * 24 - 1) {
            door.letPass(seconds: hour)
            secret = try #require(try await door.access.session(secret)).replacement?.revealed ?? secret
        }
        door.letPass(seconds: hour - 1)
        secret = try #require(try await door.access.session(secret)).replacement?.revealed ?? secret
        door.letPass(seconds: 1)
        #expect(try await door.access.session(secret) == nil)
    }

    @Test func `changes its secret every hour; the old one is good for requests under way`() async throws {
        let (door, old) = try await begin()
        let first = try #require(try await door.access.session(old))
        door.letPass(seconds: hour)
        let rotated = try #require(try await door.access.session(old))
        let new = try #require(rotated.replacement).revealed
        #expect(new != old && rotated.csrf == first.csrf)
        // Under way beside it.
        let beside = try #require(try await door.access.session(old))
        #expect(beside.replacement == nil)
        #expect(try await door.access.session(new) != nil)
        door.letPass(seconds: 59)
        #expect(try await door.access.session(old) != nil)
        door.letPass(seconds: 1)
        #expect(try await door.access.session(old) == nil)
        #expect(try await door.access.session(new) != nil)
    }

    @Test func `survives that the answer with its new secret got lost`() async throws {
        let (door, old) = try await begin()
        _ = try await door.access.session(old)
        door.letPass(seconds: hour)
        let lost = try #require(try await door.access.session(old)?.replacement).revealed
        door.letPass(seconds: 600)
        let new = try #require(try await door.access.session(old)?.replacement).revealed
        #expect(try await door.access.session(new) != nil)
        #expect(try await door.access.session(lost) == nil)
        door.letPass(seconds: 60)
        #expect(try await door.access.session(old) == nil)
        #expect(try await door.access.session(new) != nil)
    }

    @Test func `asked for by many requests at once changes its secret once`() async throws {
        let (door, secret) = try await begin()
        door.letPass(seconds: hour)
        let answers = try await withThrowingTaskGroup(of: Session?.self) { group in
            for _ in 0..<20 { group.addTask { try await door.access.session(secret) } }
            return try await group.reduce(into: [Session?]()) { $0.append($1) }
        }
        #expect(answers.allSatisfy { $0 != nil })
        #expect(answers.compactMap { $0?.replacement }.count == 1)
    }

    @Test func `writes at most once a minute`() async throws {
        let (door, secret) = try await begin()
        _ = try await door.access.session(secret)
        let before = dump(door.folder.file())
        door.letPass(seconds: 59)
        for _ in 0..<20 { #expect(try await door.access.session(secret) != nil) }
        #expect(dump(door.folder.file()) == before)
        door.letPass(seconds: 1)
        _ = try await door.access.session(secret)
        #expect(dump(door.folder.file()) != before)
    }

    @Test func `ends when its user is disabled or gets a password from an admin`() async throws {
        let (door, secret) = try await begin()
        try await door.access.setPassword(of: "anna", tenant: "seeblick", to: "another password", by: FrontDoor.admin)
        #expect(try await door.access.session(secret) == nil)
        await #expect(throws: AccessRefusal.loginFailed) { try await door.logIn() }
        let again = try await door.logIn(password: "another password")
        try await door.access.disableUser("anna", tenant: "seeblick", by: FrontDoor.admin)
        #expect(try await door.access.session(again.secret.revealed) == nil)
        await #expect(throws: AccessRefusal.loginFailed) { try await door.logIn(password: "another password") }
        await #expect(throws: AccessRefusal.userDisabled("anna")) {
            try await door.access.setPassword(of: "anna", tenant: "seeblick", to: FrontDoor.password, by: FrontDoor.admin)
        }
        await #expect(throws: AccessRefusal.userExists("anna")) { try await door.add() }
    }

    @Test func `is no reason to refuse a new password when the clock was set back`() async throws {
        let (door, secret) = try await begin()
        door.clock.set(door.clock.now.adding(seconds: -3600))
        try await door.access.setPassword(of: "anna", tenant: "seeblick", to: "another password", by: FrontDoor.admin)
        #expect(try await door.access.session(secret) == nil)
        _ = try await door.logIn(password: "another password")
    }

    @Test func `changes its own password with the current one, and ends the others`() async throws {
        let (door, secret) = try await begin()
        let elsewhere = try await door.logIn().secret.revealed
        func change(from current: String, to new: String) async throws {
            try await door.access.changePassword(session: secret, from: current, to: new, at: "192.0.2.1")
        }
        await #expect(throws: AccessRefusal.loginFailed) { try await change(from: "wrong password", to: "another password") }
        await #expect(throws: AccessRefusal.passwordTooShort) { try await change(from: FrontDoor.password, to: "short") }
        try await change(from: FrontDoor.password, to: "another password")
        #expect(try await door.access.session(secret) != nil)
        #expect(try await door.access.session(elsewhere) == nil)
        _ = try await door.logIn(password: "another password")
        try await door.access.logOut(secret)
        await #expect(throws: AccessRefusal.notLoggedIn) { try await change(from: "another password", to: FrontDoor.password) }
    }

    @Test func `is forgotten a month after its week`() async throws {
        let (door, _) = try await begin()
        door.letPass(seconds: 37 * 86_400 + 1)
        _ = try await door.logIn()
        #expect(try door.access.store.read { try $0.one("SELECT count(*) FROM web_session") { try $0.int(0) } } == 1)
    }
}
