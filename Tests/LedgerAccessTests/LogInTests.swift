import Foundation
import Ledger
import LedgerStore
import TestSupport
import Testing

@testable import LedgerAccess

@Suite struct `Logging in` {
    @Test func `takes tenant, name and password, capital letters in the name or not`() async throws {
        let door = try await FrontDoor()
        try await door.add()
        try await door.add("otto", role: .operator, tenant: nil)
        let anna = try await door.logIn("Anna")
        #expect(anna.session.caller == Caller(actor: "user:anna", role: .reception, tenant: "seeblick"))
        #expect(anna.session.tenant == "seeblick" && anna.session.accepts(csrf: anna.session.csrf))
        #expect(!anna.session.accepts(csrf: "") && !anna.session.accepts(csrf: String(anna.session.csrf.dropLast()) + "!"))
        let otto = try await door.logIn("otto", tenant: nil)
        #expect(otto.session.caller == Caller(actor: "operator:otto", role: .operator, tenant: nil))
        #expect(!"\(otto)".contains(otto.secret.revealed))
    }

    @Test func `says the same of an unknown tenant, an unknown user, a wrong password and a disabled user`() async throws {
        let door = try await FrontDoor()
        try await door.add()
        try await door.add("gone")
        try await door.add("otto", role: .operator, tenant: nil)
        try await door.access.disableUser("gone", tenant: "seeblick", by: FrontDoor.admin)
        let tries: [(name: String, tenant: String?, password: String)] = [
            ("anna", "seeblick", "drei worte reichen"), ("nobody", "seeblick", FrontDoor.password), ("anna", "nowhere", FrontDoor.password),
            ("gone", "seeblick", FrontDoor.password), ("anna", nil, FrontDoor.password), ("otto", "seeblick", FrontDoor.password),
            // An unknown tenant must not open the operator's door.
            ("otto", "nowhere", FrontDoor.password), ("otto", "", FrontDoor.password), ("anna", "seeblick", ""),
            ("anna", "seeblick", String(repeating: "x", count: 10_000)), ("anna", "seeblick", FrontDoor.password + "\0"),
        ]
        for (number, one) in tries.enumerated() {
            await #expect(throws: AccessRefusal.loginFailed, "\(one)") {
                try await door.logIn(one.name, tenant: one.tenant, password: one.password, from: "192.0.2.\(number)")
            }
        }
    }

    /// Counted, not timed: the hash is all that takes time, and everybody is worth one, with the cost of everybody else's.
    @Test(arguments: [("anna", "seeblick"), ("nobody", "seeblick"), ("anna", "nowhere"), ("gone", "seeblick")])
    func `hashes one password, whoever is there`(name: String, tenant: String) async throws {
        let door = try await FrontDoor()
        try await door.add()
        try await door.add("gone")
        try await door.access.disableUser("gone", tenant: "seeblick", by: FrontDoor.admin)
        let before = door.access.passwords.worked
        await #expect(throws: AccessRefusal.loginFailed) { try await door.logIn(name, tenant: tenant, password: "wrong password") }
        #expect(door.access.passwords.worked == before + 1)
    }

    @Test func `keeps passwords as yescrypt with a salt of their own`() async throws {
        let door = try await FrontDoor()
        try await door.add()
        try await door.add("bert")
        #expect(!door.bytes().contains(FrontDoor.password))
        let hashes = try door.access.store.read { transaction in
            try transaction.users().compactMap { try transaction.passwordHash(of: $0) }
        }
        #expect(hashes.count == 2 && Set(hashes).count == 2 && hashes.allSatisfy { $0.hasPrefix("$y$j9T$") })
    }

    @Test func `knows one password from two keyboards`() async throws {
        let door = try await FrontDoor()
        _ = try await door.access.addUser(
            "anna", role: .reception, tenant: "seeblick", password: "Glu\u{308}hwein 2026", by: FrontDoor.operatorAtDesk)
        _ = try await door.logIn(password: "Gl\u{FC}hwein 2026")
    }

    @Test(arguments: [
        ("neunneun9", AccessRefusal.passwordTooShort), ("zehnzehn10", nil), (String(repeating: "x", count: 128), nil),
        (String(repeating: "x", count: 129), .passwordTooLong), (String(repeating: "🔑", count: 128), .passwordTooLong),
        (String(repeating: "🔑", count: 127), nil), ("zehn\u{0}zehn10", .passwordUnusable), ("zehnzehn10\n", .passwordUnusable),
        ("anna.weiss", .passwordIsName), ("Anna.Weiss", .passwordIsName), ("", .passwordTooShort),
    ])
    func `wants passwords of 10 to 128 characters`(password: String, refusal: AccessRefusal?) throws {
        do {
            _ = try PasswordRule.checked(password, of: "anna.weiss")
            #expect(refusal == nil)
        } catch { #expect(error == refusal) }
    }

    @Test func `ends the session that the browser had before`() async throws {
        let door = try await FrontDoor()
        try await door.add()
        let first = try await door.logIn()
        let second = try await door.logIn(replacing: first.secret.revealed)
        #expect(first.secret != second.secret && first.session.csrf != second.session.csrf)
        #expect(try await door.access.session(first.secret.revealed) == nil)
        #expect(try await door.access.session(second.secret.revealed) != nil)
    }

    @Test func `lets no more wait for the hash than there is room`() async throws {
        let hasher = PasswordHasher(random: RandomSource(SystemRandomNumberGenerator()), room: 2)
        let results = await withTaskGroup(of: AccessRefusal?.self) { group in
            for number in 0..<40 {
                let place = WaitingPlace(kind: .unknown, name: "\(number)")
                group.addTask {
                    do { return try await hasher.verify("wrong password", against: nil, at: place) ? .loginFailed : nil } catch {
                        return error as? AccessRefusal
                    }
                }
            }
            return await group.reduce(into: [AccessRefusal?]()) { $0.append($1) }
        }
        #expect(results.contains(nil) && results.contains(.busy))
        #expect(results.allSatisfy { $0 == nil || $0 == .busy })
        #expect(try await !hasher.verify("wrong password", against: nil, at: .init(kind: .unknown, name: "last")))
    }
}

@Suite struct `Failed tries` {
    private func fail(_ door: FrontDoor, _ name: String = "anna", times: Int, from address: String) async throws {
        for _ in 0..<times {
            await #expect(throws: AccessRefusal.loginFailed) { try await door.logIn(name, password: "wrong password", from: address) }
        }
    }

    @Test func `are forgotten when an admin sets a new password`() async throws {
        let door = try await FrontDoor()
        try await door.add()
        try await fail(door, times: 5, from: "198.51.100.7")
        await #expect(throws: AccessRefusal.tooManyTries) { try await door.logIn(from: "198.51.100.7") }
        try await door.access.setPassword(of: "Anna", tenant: "seeblick", to: "another password", by: FrontDoor.admin)
        _ = try await door.logIn(password: "another password", from: "198.51.100.7")
    }

    @Test func `lock a login where they come from, for a quarter of an hour`() async throws {
        let door = try await FrontDoor()
        try await door.add()
        try await fail(door, times: 5, from: "198.51.100.7")
        await #expect(throws: AccessRefusal.tooManyTries) { try await door.logIn(from: "198.51.100.7") }
        door.letPass(seconds: 15 * 60 - 1)
        await #expect(throws: AccessRefusal.tooManyTries) { try await door.logIn(from: "198.51.100.7") }
        door.letPass(seconds: 1)
        _ = try await door.logIn(from: "198.51.100.7")
    }

    @Test func `from elsewhere never lock a user out`() async throws {
        let door = try await FrontDoor()
        try await door.add()
        for network in 0..<20 {
            try await fail(door, times: 5, from: "198.51.100.\(network)")
            await #expect(throws: AccessRefusal.tooManyTries) {
                try await door.logIn(password: "wrong password", from: "198.51.100.\(network)")
            }
        }
        _ = try await door.logIn(from: "192.0.2.1")
    }

    @Test func `of one user keep no colleague at the same desk out`() async throws {
        let door = try await FrontDoor()
        try await door.add()
        try await door.add("bert")
        try await fail(door, times: 5, from: "192.0.2.1")
        _ = try await door.logIn("bert", from: "192.0.2.1")
    }

    @Test func `are forgotten with a success, that user's and nobody else's`() async throws {
        let door = try await FrontDoor()
        try await door.add()
        try await door.add("bert")
        try await fail(door, "bert", times: 4, from: "192.0.2.1")
        for _ in 0..<3 {
            try await fail(door, times: 4, from: "192.0.2.1")
            _ = try await door.logIn(from: "192.0.2.1")
        }
        try await fail(door, "bert", times: 1, from: "192.0.2.1")
        await #expect(throws: AccessRefusal.tooManyTries) { try await door.logIn("bert", from: "192.0.2.1") }
    }

    @Test func `are locked just so for a user who is not there`() async throws {
        let door = try await FrontDoor()
        try await fail(door, "nobody", times: 5, from: "192.0.2.1")
        await #expect(throws: AccessRefusal.tooManyTries) { try await door.logIn("nobody", from: "192.0.2.1") }
    }

    @Test func `of one address at many users come to an end`() async throws {
        let door = try await FrontDoor()
        try await door.add()
        for number in 0..<50 { try await fail(door, "user\(number)", times: 1, from: "198.51.100.7") }
        await #expect(throws: AccessRefusal.tooManyTries) { try await door.logIn(from: "198.51.100.7") }
        _ = try await door.logIn(from: "192.0.2.1")
    }

    @Test func `sent all at once are five and no more`() async throws {
        let door = try await FrontDoor()
        try await door.add()
        let answers = await withTaskGroup(of: AccessRefusal?.self) { group in
            for _ in 0..<60 {
                group.addTask {
                    do {
                        _ = try await door.logIn(password: "wrong password")
                        return nil
                    } catch { return error as? AccessRefusal }
                }
            }
            return await group.reduce(into: [AccessRefusal?]()) { $0.append($1) }
        }
        #expect(answers.count { $0 == .loginFailed } == 5)
        #expect(answers.count { $0 == .tooManyTries } == 55)
    }

    @Test func `are kept without the name that was typed, and not for long`() async throws {
        let door = try await FrontDoor()
        try await fail(door, "my secret password", times: 1, from: "192.0.2.1")
        #expect(!door.bytes().contains("my secret"))
        door.letPass(seconds: 16 * 60)
        try await fail(door, times: 1, from: "192.0.2.1")
        #expect(try door.access.store.read { try $0.one("SELECT count(*) FROM login_failure") { try $0.int(0) } } == 1)
    }
}

@Suite struct `Turns at the password hash` {
    typealias Queue = Turns<String>
    private func place(_ kind: WaitingPlace.Kind, _ name: String) -> WaitingPlace { WaitingPlace(kind: kind, name: name) }

    @Test func `are one for each place, however many wait there`() {
        var turns = Queue(room: 4, roomAtPlace: 3)
        let taken = (0..<5).map { turns.add("crowd \($0)", at: place(.unknown, "crowd")) }
        #expect(taken == [true, true, true, false, false])
        _ = turns.add("anna", at: place(.unknown, "desk"))
        let course = (0..<5).map { _ in turns.next() }
        #expect(course == ["crowd 0", "anna", "crowd 1", "crowd 2", nil])
        #expect(turns.isEmpty)
    }

    @Test func `of those who are known are not taken by a crowd from everywhere`() {
        var turns = Queue(room: 4, roomAtPlace: 8)
        let crowd = (0..<100).map { turns.add("crowd", at: place(.unknown, "\($0)")) }
        let failing = (0..<100).map { turns.add("failing", at: place(.failing, "\($0)")) }
        #expect(crowd.count { $0 } == 4 && failing.count { $0 } == 4)
        let known = (0..<4).map { turns.add("anna", at: place(.known, "\($0)")) }
        #expect(known == [true, true, true, true])
        let course = (0..<8).map { _ in turns.next() ?? "" }
        #expect(course.count { $0 == "anna" } == 4, "\(course)")
        #expect(course.count { $0 == "failing" } == 1, "\(course)")
        #expect(turns.hasRoom(at: place(.known, "new")) && turns.hasRoom(at: place(.unknown, "new")))
    }

    @Test func `that nobody takes are everybody's`() {
        var turns = Queue(room: 9, roomAtPlace: 8)
        for number in 0..<9 { _ = turns.add("\(number)", at: place(.failing, "\(number)")) }
        let course = (0..<10).compactMap { _ in turns.next() }
        #expect(course.joined() == "012345678")
    }
}

@Suite struct `Where a try to log in waits` {
    private func busy(_ door: FrontDoor, _ password: String = "wrong password", from place: String, replacing old: String? = nil) async
        -> AccessRefusal?
    {
        do {
            _ = try await door.logIn(password: password, from: place, replacing: old)
            return nil
        } catch { return error as? AccessRefusal }
    }

    /// Hundreds from everywhere at once are mostly refused; who logged in before from the same address, or shows the session, is not.
    @Test func `is kept for those who have been here before`() async throws {
        let door = try await FrontDoor()
        try await door.add()
        let old = try await door.logIn(from: "192.0.2.1").secret.revealed
        try await door.access.logOut(old)
        let outcomes = await withTaskGroup(of: (String, AccessRefusal?).self) { group in
            for number in 0..<400 { group.addTask { ("crowd", await busy(door, from: "198.51.\(number % 100).\(number / 100)")) } }
            for _ in 0..<4 {
                group.addTask { ("address", await busy(door, FrontDoor.password, from: "192.0.2.1")) }
                group.addTask { ("session", await busy(door, FrontDoor.password, from: "203.0.113.9", replacing: old)) }
            }
            return await group.reduce(into: [(String, AccessRefusal?)]()) { $0.append($1) }
        }
        #expect(outcomes.filter { $0.0 != "crowd" }.allSatisfy { $0.1 == nil }, "\(outcomes.filter { $0.0 != "crowd" })")
        #expect(outcomes.contains { $0.1 == .busy })
    }

    @Test func `is forgotten after a month`() async throws {
        let door = try await FrontDoor()
        try await door.add()
        _ = try await door.logIn(from: "192.0.2.1")
        #expect(try door.access.store.read { try $0.isKnown("192.0.2.1") })
        door.letPass(seconds: 31 * 86_400)
        _ = try await door.logIn(from: "192.0.2.2")
        #expect(try door.access.store.read { try !$0.isKnown("192.0.2.1") && $0.isKnown("192.0.2.2") })
    }
}
