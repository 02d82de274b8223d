import Ledger
import LedgerStore
import Stripe
import TestSupport

@testable import LedgerService

/// A service on a real file with two tenants, whose clock stands still. Nobody answers where Stripe should be.
final class TwoTenants: Sendable {
    private let folder: TemporaryFolder
    let ledger: LedgerService

    init() async throws {
        folder = try TemporaryFolder()
        let store = try Database(path: folder.file(), clock: { Instant("2026-11-18T08:00:00Z")! })
        let keyRing = KeyRing(keys: [Array(0..<32)])!
        ledger = LedgerService(
            store: store, random: RandomSource(SystemRandomNumberGenerator()), asksFirst: false, keyRing: { keyRing }
        ) { StripeClient(key: $0, baseURL: "http://127.0.0.1:1", transport: CurlTransport()) }
        for id in ["bergblick", "seeblick"] { _ = try await ledger.addTenant(NewTenant(id: id, name: "Hotel \(id)")) }
    }
}
