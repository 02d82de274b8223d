import CSQLite
import Foundation
import Ledger
import TestSupport

@testable import LedgerStore

/// A ledger file with two tenants that have a bit of everything, and a raw connection for attacks.
final class TwoHotels {
    let folder: TemporaryFolder
    let store: Database
    let seeblick: Tenant
    let bergblick: Tenant
    var file: String { folder.file("ledger.db") }

    static let now = Instant("2026-11-18T10:00:00Z")!

    init() async throws {
        folder = try TemporaryFolder()
        store = try Database(path: folder.file("ledger.db"), clock: { Self.now })
        seeblick = try await Self.open("seeblick", in: store)
        bergblick = try await Self.open("bergblick", in: store)
    }

    private static func open(_ id: String, in store: Database) async throws -> Tenant {
        try await store.write { transaction in
            let tenant = try transaction.addTenant(
                id: id, name: id, currency: .eur, timeZone: TimeZone(identifier: "Europe/Berlin")!, settings: .init(), feeNet: 1900,
                taxes: .germany, booksID: booksID(id))
            try transaction.withBook(of: tenant) { book in
                let day = Day("2026-11-18")!
                for reference in ["R-1", "R-2"] {
                    let folio = try book.addFolio(
                        reference, source: .reservation, guest: .init(name: "A", email: nil), arrival: day, departure: day.adding(days: 2),
                        mode: .reserved, method: .card)
                    for (number, category) in [(Int64(1), Category.lodging), (2, .minibar)] {
                        let line = try LineItem.charge(
                            number: number, category, category.name, quantity: 2, unitAmount: Money(minorUnits: 1000, currency: .eur),
                            taxRate: nil,
                            serviceDate: day, schedule: .germany)
                        try book.add(line, to: folio, by: "test")
                    }
                    let hold = try book.addHold(
                        Money(minorUnits: 5000, currency: .eur), origin: .page, method: .card, to: folio)
                    _ = try book.addPayment(
                        Money(minorUnits: 500, currency: .eur), origin: .page, method: .card, to: folio)
                    if reference == "R-2" {
                        var released = hold
                        released.state = .released
                        try book.save(released, of: folio)
                        _ = try book.issueDocument(for: folio, gross: Money(minorUnits: 4000, currency: .eur), taxes: [])
                        try book.setState(.checkedOut, of: folio)
                    }
                }
                _ = try book.book(
                    BalanceMovement(
                        id: "txn_1", type: "charge", reportingCategory: "charge", amount: Money(minorUnits: 500, currency: .eur),
                        fee: Money(minorUnits: 33, currency: .eur), source: "ch_1", method: .card, created: Instant("2026-10-05T10:00:00Z")!
                    ))
                let october = Statement(
                    tenant: id, tenantName: id, month: Month("2026-10")!, closedAt: nil,
                    platformFee: try PlatformFee(net: PlatformFee.standardNet), stripe: try StripeMonth(rows: [], opening: .zero(.eur)))
                _ = try book.close(october, by: "test")
            }
            return tenant
        }
    }

    /// Runs SQL as somebody with the file and a shell would.
    ///
    /// - Parameter pragmas: Whether the connection is set up as ours are.
    /// - Returns: SQLite's complaint; `nil` when everything was carried out.
    func attack(_ sql: String, pragmas: Bool) -> String? {
        var handle: OpaquePointer?
        guard sqlite3_open_v2(file, &handle, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK else { return "not opened" }
        defer { sqlite3_close_v2(handle) }
        let setting = pragmas ? "ON" : "OFF"
        sqlite3_exec(handle, "PRAGMA foreign_keys = \(setting); PRAGMA recursive_triggers = \(setting)", nil, nil, nil)
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { return String(cString: sqlite3_errmsg(handle)) }
        return nil
    }
}

extension TwoHotels {
    /// How SQLite would answer a query, step by step.
    func plan(of query: String) -> [String] {
        var handle: OpaquePointer?
        sqlite3_open_v2(file, &handle, SQLITE_OPEN_READONLY, nil)
        defer { sqlite3_close_v2(handle) }
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(handle, "EXPLAIN QUERY PLAN \(query)", -1, &statement, nil) == SQLITE_OK else { return [] }
        defer { sqlite3_finalize(statement) }
        var steps: [String] = []
        while sqlite3_step(statement) == SQLITE_ROW { steps.append(String(cString: sqlite3_column_text(statement, 3))) }
        return steps
    }
}
