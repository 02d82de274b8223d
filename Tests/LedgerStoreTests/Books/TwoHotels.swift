import Ledger
import TestStore

@testable import LedgerStore

/// Two tenants that have a bit of everything, in a ledger file that can be attacked.
final class TwoHotels {
    private let file: LedgerFile
    let seeblick: Tenant
    let bergblick: Tenant
    var store: Database { file.store }

    init() async throws {
        file = try LedgerFile()
        seeblick = try await Self.open("seeblick", in: file)
        bergblick = try await Self.open("bergblick", in: file)
    }

    private static func open(_ id: String, in file: LedgerFile) async throws -> Tenant {
        let tenant = try await file.tenant(id)
        try await file.store.write(of: tenant) { book in
            let day = Day("2026-11-18")!
            for reference in ["R-1", "R-2"] {
                let folio = try book.addFolio(
                    reference, source: .reservation, guest: .init(name: "A", email: nil), arrival: day, departure: day.adding(days: 2),
                    mode: .reserved, method: .card)
                for (number, category) in [(Int64(1), Category.lodging), (2, .minibar)] {
                    let line = try LineItem.charge(
                        number: number, LineTerms(category, category.name, tenant.money(1000)), quantity: 2, taxRate: nil,
                        serviceDate: day, schedule: .germany)
                    try book.add(line, to: folio, by: "test")
                }
                let hold = try book.addHold(tenant.money(5000), origin: .page, method: .card, to: folio)
                _ = try book.addPayment(tenant.money(500), origin: .page, method: .card, to: folio)
                if reference == "R-2" {
                    var released = hold
                    released.state = .released
                    try book.save(released, of: folio)
                    _ = try book.issueDocument(for: folio, gross: tenant.money(4000), taxes: [])
                    try book.setState(.checkedOut, of: folio)
                }
            }
            _ = try book.book(.of("txn_1", "charge", 500, fee: 33, method: .card, on: "2026-10-05"))
            let october = Statement(
                tenant: id, tenantName: tenant.name, month: Month("2026-10")!, closedAt: nil,
                platformFee: try PlatformFee(net: PlatformFee.standardNet, tax: tenant.money(361), taxCase: .domestic),
                stripe: try StripeMonth(rows: [], opening: .zero(.eur)))
            _ = try book.close(october)
        }
        return tenant
    }

    /// Runs SQL as somebody with the file and a shell would.
    func attack(_ sql: String) throws { try RawConnection(file.path).run(sql) }

    /// How SQLite would answer a query, step by step.
    func plan(of query: String) throws -> [String] {
        try RawConnection(file.path).rows("EXPLAIN QUERY PLAN \(query)").map { String($0.split(separator: "|", maxSplits: 3)[3]) }
    }
}
