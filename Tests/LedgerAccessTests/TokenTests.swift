import Foundation
import Ledger
import LedgerStore
import TestSupport
import Testing

@testable import LedgerAccess

@Suite struct `A token` {
    @Test func `says who calls, and for whom`() async throws {
        let door = try await FrontDoor()
        let (token, secret) = try await door.shopToken()
        #expect(secret.wholeMatch(of: /slt_[A-Za-z0-9_-]{43}/) != nil)
        #expect(try door.access.caller(token: secret) == Caller(actor: "token:shop", role: .integration, tenant: "seeblick"))
        #expect(token.createdBy == "user:admin" && token.tenant == "seeblick" && token.lastUsedAt == nil)
        let mine = try await door.access.issueToken(name: "Monitor", role: .operator, tenant: nil, by: FrontDoor.operatorAtDesk)
        #expect(
            try door.access.caller(token: mine.secret.revealed)
                == Caller(actor: "operator-token:monitor", role: .operator, tenant: nil))
    }

    @Test func `is kept as a hash, and shown by nothing`() async throws {
        let door = try await FrontDoor()
        let (token, secret) = try await door.shopToken()
        #expect(!door.bytes().contains(secret))
        #expect(!door.bytes().contains(String(secret.dropFirst(4))))
        let kept = try door.access.store.read { try $0.token(digest: SHA256.digest(secret.utf8)) }
        #expect(kept == token)
        let issued = try await door.access.issueToken(name: "x", role: .auditor, tenant: "seeblick", by: FrontDoor.admin)
        #expect(!"\(issued)".contains("slt_"))
    }

    @Test(arguments: [
        "", "slt_", "slt_" + String(repeating: "A", count: 43), "slt_" + String(repeating: "ä", count: 43),
        String(repeating: "x", count: 100_000), "slt_' OR 1=1 --",
    ])
    func `that nobody issued opens nothing`(text: String) async throws {
        let door = try await FrontDoor()
        _ = try await door.shopToken()
        #expect(try door.access.caller(token: text) == nil)
    }

    @Test func `with one letter changed opens nothing`() async throws {
        let door = try await FrontDoor()
        let (_, secret) = try await door.shopToken()
        #expect(try door.access.caller(token: secret) != nil)
        let last = secret.last == "A" ? "E" : "A"
        #expect(try door.access.caller(token: secret.dropLast() + last) == nil)
        #expect(try door.access.caller(token: secret.uppercased()) == nil)
        #expect(try door.access.caller(token: secret + " ") == nil)
    }

    @Test func `is refused from its revocation on, and in other processes within a second`() async throws {
        let door = try await FrontDoor()
        let other = try door.anotherProgram()
        let (token, secret) = try await door.shopToken()
        #expect(try door.access.caller(token: secret) != nil && other.caller(token: secret) != nil)
        try await door.access.revokeToken(token.number, by: FrontDoor.admin)
        #expect(try door.access.caller(token: secret) == nil)
        // The other one may believe it for a second, and no longer.
        door.steady.set(door.steady.now.adding(seconds: 1))
        #expect(try other.caller(token: secret) == nil)
        try await door.access.revokeToken(token.number, by: FrontDoor.admin)
        #expect(try door.access.tokens(of: "seeblick", by: FrontDoor.admin).map(\.revokedAt) == [door.clock.now])
    }

    @Test func `expires`() async throws {
        let door = try await FrontDoor()
        let (_, secret) = try await door.shopToken(expires: door.clock.now.adding(seconds: 3600))
        door.letPass(seconds: 3599)
        #expect(try door.access.caller(token: secret) != nil)
        door.letPass(seconds: 1)
        #expect(try door.access.caller(token: secret) == nil)
    }

    @Test func `that has expired is never issued`() async throws {
        let door = try await FrontDoor()
        await #expect(throws: AccessRefusal.expiryPassed) { try await door.shopToken(expires: door.clock.now) }
    }

    @Test func `costs no look into the file for a second`() async throws {
        let door = try await FrontDoor()
        let (_, secret) = try await door.shopToken()
        #expect(try door.access.caller(token: secret) != nil)
        try await eventually { try door.access.tokens(of: "seeblick", by: FrontDoor.admin)[0].lastUsedAt != nil }
        door.access.store.close()
        for _ in 0..<10_000 { #expect(try door.access.caller(token: secret) != nil) }
        // With the file gone there is nothing to believe in but what was seen a second ago.
        door.steady.set(door.steady.now.adding(seconds: 1))
        #expect(throws: StoreRefusal.self) { try door.access.caller(token: secret) }
        #expect(throws: StoreRefusal.self) { try door.access.caller(token: secret) }
    }

    @Test func `is written down as used once a minute, beside the request's way`() async throws {
        let door = try await FrontDoor()
        let (token, secret) = try await door.shopToken()
        func used() throws -> Instant? { try door.access.store.read { try $0.token(token.number)?.lastUsedAt } }
        let first = door.clock.now
        #expect(try door.access.caller(token: secret) != nil)
        try await eventually { try used() == first }
        door.letPass(seconds: 59)
        for _ in 0..<100 { #expect(try door.access.caller(token: secret) != nil) }
        try await Task.sleep(for: .milliseconds(50))
        #expect(try used() == first)
        door.letPass(seconds: 1)
        #expect(try door.access.caller(token: secret) != nil)
        try await eventually { try used() == first.adding(seconds: 60) }
    }

    @Test func `asked for by many at once looks into the file once, and answers all`() async throws {
        let door = try await FrontDoor()
        let (_, secret) = try await door.shopToken()
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<200 { group.addTask { (try? door.access.caller(token: secret)) ?? nil != nil } }
            for await known in group { #expect(known) }
        }
    }

    @Test func `has a name that no other live one of its tenant has`() async throws {
        let door = try await FrontDoor()
        let (token, _) = try await door.shopToken()
        await #expect(throws: AccessRefusal.tokenNameTaken("shop")) { try await door.shopToken() }
        _ = try await door.access.issueToken(name: "shop", role: .operator, tenant: nil, by: FrontDoor.operatorAtDesk)
        try await door.access.revokeToken(token.number, by: FrontDoor.admin)
        _ = try await door.shopToken()
        for name in ["", "two words", "-x", "ä", String(repeating: "a", count: 65), "shop\n"] {
            await #expect(throws: AccessRefusal.nameInvalid(name)) {
                try await door.access.issueToken(name: name, role: .auditor, tenant: "seeblick", by: FrontDoor.admin)
            }
        }
    }
}

@Suite struct `Who may let others in` {
    @Test func `an admin makes no operator, and knows of no other tenant`() async throws {
        let door = try await FrontDoor()
        let (access, admin) = (door.access, FrontDoor.admin)
        await #expect(throws: AccessRefusal.operatorHasNoTenant) {
            try await access.issueToken(name: "x", role: .operator, tenant: "seeblick", by: admin)
        }
        await #expect(throws: AccessRefusal.notAllowed(.admin)) {
            try await access.issueToken(name: "x", role: .operator, tenant: nil, by: admin)
        }
        await #expect(throws: AccessRefusal.notAllowed(.admin)) {
            try await access.addUser("x", role: .operator, tenant: nil, password: FrontDoor.password, by: admin)
        }
        await #expect(throws: AccessRefusal.operatorHasNoTenant) {
            try await access.addUser("x", role: .operator, tenant: "seeblick", password: FrontDoor.password, by: admin)
        }
        await #expect { try await access.issueToken(name: "x", role: .admin, tenant: "bergblick", by: admin) } throws: {
            $0 as? TenantNotFound == TenantNotFound(id: "bergblick")
        }
        #expect(throws: AccessRefusal.notAllowed(.admin)) { try access.tokens(of: nil, by: admin) }
        #expect(throws: AccessRefusal.notAllowed(.admin)) { try access.users(of: nil, by: admin) }

        let theirs = try await access.issueToken(name: "x", role: .admin, tenant: "bergblick", by: FrontDoor.operatorAtDesk)
        let mine = try await access.issueToken(name: "x", role: .operator, tenant: nil, by: FrontDoor.operatorAtDesk)
        for token in [theirs.token, mine.token] {
            await #expect(throws: AccessRefusal.tokenNotFound(token.number)) {
                try await access.revokeToken(token.number, by: admin)
            }
        }
        #expect(try access.tokens(of: "seeblick", by: admin) == [])
    }

    @Test(arguments: [Role.integration, .reception, .accounting, .auditor])
    func `nobody else lets anybody in`(role: Role) async throws {
        let door = try await FrontDoor()
        let (token, _) = try await door.shopToken()
        try await door.add()
        let caller = Caller(actor: "user:x", role: role, tenant: "seeblick")
        let refused = AccessRefusal.notAllowed(role)
        await #expect(throws: refused) { try await door.access.issueToken(name: "x", role: role, tenant: "seeblick", by: caller) }
        await #expect(throws: refused) { try await door.access.revokeToken(token.number, by: caller) }
        await #expect(throws: refused) {
            try await door.access.addUser("x", role: role, tenant: "seeblick", password: FrontDoor.password, by: caller)
        }
        await #expect(throws: refused) {
            try await door.access.setPassword(of: "anna", tenant: "seeblick", to: FrontDoor.password, by: caller)
        }
        await #expect(throws: refused) { try await door.access.disableUser("anna", tenant: "seeblick", by: caller) }
    }

    @Test func `every other role needs a tenant`() async throws {
        let door = try await FrontDoor()
        for role in Role.allCases where role != .operator {
            await #expect(throws: AccessRefusal.roleNeedsTenant(role)) {
                try await door.access.issueToken(name: "x", role: role, tenant: nil, by: FrontDoor.operatorAtDesk)
            }
        }
    }
}
