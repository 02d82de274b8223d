import Foundation
import Ledger
import LedgerStore
import TestStore
import TestSupport

@testable import LedgerAccess

/// A ledger file with two tenants and who may come in there; the clocks move on order.
final class FrontDoor: Sendable {
    private let file: LedgerFile
    /// Milliseconds since the machine was started.
    let steady = SettableClock(Instant(milliseconds: 1_000_000))
    let access: LedgerAccess
    var folder: TemporaryFolder { file.folder }
    var clock: SettableClock { file.clock }

    static let operatorAtDesk = Caller.commandLine(actor: "cli")
    static let admin = Caller(actor: "user:admin", role: .admin, tenant: "seeblick")
    static let password = "drei Worte reichen"

    init() async throws {
        file = try LedgerFile()
        access = Self.program(file.store, steady)
        for id in ["bergblick", "seeblick"] { _ = try await file.tenant(id) }
    }

    private static func program(_ store: Database, _ steady: SettableClock) -> LedgerAccess {
        LedgerAccess(store: store, random: RandomSource(SystemRandomNumberGenerator()), steady: steady.clock)
    }

    /// Another process on the same file.
    func anotherProgram() throws -> LedgerAccess { Self.program(try file.openedAgain(), steady) }

    /// Both clocks, as in the world.
    func letPass(seconds: Int64) {
        clock.advance(seconds: seconds)
        steady.advance(seconds: seconds)
    }

    func shopToken(expires: Instant? = nil) async throws -> (token: APIToken, secret: String) {
        let (token, secret) = try await access.issueToken(
            name: "shop", role: .integration, tenant: "seeblick", expires: expires, by: Self.admin)
        return (token, secret.revealed)
    }

    @discardableResult
    func add(_ name: String = "anna", role: Role = .reception, tenant: String? = "seeblick") async throws -> AppUser {
        try await access.addUser(name, role: role, tenant: tenant, password: Self.password, by: Self.operatorAtDesk)
    }

    func logIn(
        _ name: String = "anna", tenant: String? = "seeblick", password: String = FrontDoor.password, from place: String = "192.0.2.1",
        replacing old: String? = nil
    ) async throws -> NewSession {
        try await access.logIn(tenant: tenant, name: name, password: password, from: place, replacing: old)
    }

    /// Every byte that is on the disk.
    func bytes() -> String {
        ["", "-wal"].map { suffix in
            String(decoding: (try? Data(contentsOf: URL(fileURLWithPath: folder.file() + suffix))) ?? Data(), as: Unicode.ASCII.self)
        }.joined()
    }
}
