import Foundation
import Ledger
import LedgerStore
import TestSupport

/// A ledger file in a folder of its own, with the released schema and a clock that stands until it is moved.
package final class LedgerFile: Sendable {
    package let folder: TemporaryFolder
    package let clock: SettableClock
    package let store: Database

    package init(clock: SettableClock = SettableClock()) throws {
        folder = try TemporaryFolder()
        self.clock = clock
        store = try Database(path: folder.file(), clock: clock.clock)
    }

    package var path: String { folder.file() }

    /// The same file as another process has it, with connections of its own.
    package func openedAgain() throws -> Database { try Database(path: path, clock: clock.clock) }

    package func tenant(_ id: String = "seehotel", currency: Currency = .eur, feeNet: Int64 = 1900) async throws -> Tenant {
        try await store.write { try $0.addHotel(id, currency: currency, feeNet: feeNet) }
    }
}

extension Transaction {
    /// Adds a tenant in Berlin, with German taxes and a German contract over whole months. Its books have the same id in every run.
    package func addHotel(_ id: String, currency: Currency = .eur, feeNet: Int64 = 1900) throws -> Tenant {
        var contract = ContractStart()
        (contract.net, contract.country) = (Money(minorUnits: feeNet, currency: .eur), "DE")
        return try addTenant(
            id: id, name: "Hotel \(id)", currency: currency, timeZone: TimeZone(identifier: "Europe/Berlin")!, settings: Tenant.Settings(),
            contract: contract, taxes: .germany, booksID: booksID(id))
    }
}

/// An id of books that is a hotel's own, and the same in every run.
package func booksID(_ hotel: String) -> String { String(hexadecimal(SHA256.digest(Array(hotel.utf8))).prefix(32)) }
