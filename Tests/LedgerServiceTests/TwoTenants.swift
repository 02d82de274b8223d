import LedgerService
import TestHotel
import TestStore

/// The service over a ledger file with two tenants. Nobody answers where Stripe should be.
final class TwoTenants: Sendable {
    private let file: LedgerFile
    let ledger: LedgerService

    init() async throws {
        file = try LedgerFile()
        ledger = .over(file.store)
        for id in ["bergblick", "seeblick"] { _ = try await ledger.addTenant(NewTenant(id: id, name: "Hotel \(id)")) }
    }
}
