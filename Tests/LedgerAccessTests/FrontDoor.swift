import Foundation
import Ledger
import LedgerStore
import TestSupport
import Testing

@testable import LedgerAccess

/// A ledger with two tenants on a real file, whose clocks move on order.
final class FrontDoor: Sendable {
    let folder: TemporaryFolder
    let clock = SettableClock(Instant("2026-11-18T08:00:00Z")!)
    /// Milliseconds since the machine was started.
    let steady = SettableClock(Instant(milliseconds: 1_000_000))
    let access: LedgerAccess

    static let operatorAtDesk = Caller.commandLine(actor: "cli")
    static let admin = Caller(actor: "user:admin", role: .admin, tenant: "seeblick")
    static let password = "drei Worte reichen"

    init() async throws {
        folder = try TemporaryFolder()
        access = try Self.program(folder.file(), clock, steady)
        try await access.store.write { transaction in
            for id in ["bergblick", "seeblick"] {
                _ = try transaction.addTenant(
                    id: id, name: "Hotel \(id)", currency: .eur, timeZone: TimeZone(identifier: "Europe/Berlin")!,
                    settings: Tenant.Settings(),
                    feeNet: 1900, taxes: .germany, booksID: hexadecimal(SHA256.digest(id.utf8).prefix(16)))
            }
        }
    }

    private static func program(_ file: String, _ clock: SettableClock, _ steady: SettableClock) throws -> LedgerAccess {
        let store = try Database(path: file, clock: { clock.now })
        return LedgerAccess(store: store, random: RandomSource(SystemRandomNumberGenerator()), steady: { steady.now })
    }

    /// Another process on the same file.
    func anotherProgram() throws -> LedgerAccess { try Self.program(folder.file(), clock, steady) }

    /// Both clocks, as in the world.
    func letPass(seconds: Int64) {
        clock.set(clock.now.adding(seconds: seconds))
        steady.set(steady.now.adding(seconds: seconds))
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
