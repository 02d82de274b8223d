import Foundation
import Ledger
import Testing

@testable import LedgerStore

@Suite struct `Reading and writing` {
    let folder = try! TemporaryFolder()

    @Test func `what a write returned from is there for the next read, and after opening the file again`() async throws {
        let database = try folder.open()
        try await database.write { try $0.write("breakfast") }
        #expect(try database.read { try $0.texts() } == ["breakfast"])
        database.close()
        let again = try folder.open()
        #expect(try again.read { try $0.texts() } == ["breakfast"])
    }

    @Test func `the released migrations make a ledger`() throws {
        let database = try folder.open(migrations: Migration.released)
        let applied = try database.read { try $0.all("SELECT number FROM migration ORDER BY number") { try $0.int(0) } }
        #expect(applied == Array(1...Migration.released.count))
    }
}
