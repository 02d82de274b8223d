import Foundation
import Ledger
import LedgerStore

/// How long a month's fee run takes, from the contracts to the rows as they are read back for the file: by tenants, and after a year.
struct FeesBenchmark {
    var tenants = [500, 2_000]
    var months = 12
    var folder = FileManager.default.temporaryDirectory.path

    func run() async throws {
        print("fee runs, in one transaction with its sync: preview, run, and the rows read back")
        var last: [Int: Duration] = [:]
        for count in tenants {
            let (first, final) = try await measure(count)
            last[count] = final
            let growth = String(format: "%.2f", final / first)
            print(
                "\(count) tenants: month 1 \(milliseconds(first)), month \(months) \(milliseconds(final)), \(growth) times as long (goal: at most 1.2)"
            )
        }
        guard let few = tenants.min(), let many = tenants.max(), few < many, let short = last[few], let long = last[many] else { return }
        let growth = String(format: "%.2f", long / short)
        print("\(many) against \(few) tenants: \(growth) times as long (goal: at most 4.8 for 2000 against 500)")
    }

    /// - Returns: How long the first and the last month took.
    private func measure(_ count: Int) async throws -> (first: Duration, last: Duration) {
        let folder = "\(folder)/ledger-bench-fees-\(getpid())-\(count)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let start = Month("2026-01")!
        let database = try Database(path: "\(folder)/ledger.db", clock: { start.firstDay.start(in: .gmt) })
        defer { database.close() }
        let hotels = try await add(count, from: start.firstDay, to: database)
        var (month, first, last): (Month, Duration?, Duration) = (start, nil, .zero)
        for _ in 0..<months {
            try await move(hotels, in: month, database)
            let billed = month
            let time = try await ContinuousClock().measure {
                let number = try await database.write { try $0.bill(billed) }
                let rows = try database.read { try $0.feeRun(number)?.rows.count }
                guard rows == count else { throw WrongRun(found: rows ?? 0, expected: count) }
            }
            (first, last) = (first ?? time, time)
            month = month.next
        }
        return (first ?? last, last)
    }

    private func add(_ count: Int, from day: Day, to database: Database) async throws -> [Tenant] {
        try await database.write { transaction in
            try (0..<count).map { hotel in
                var contract = ContractStart()
                // Every tenth is abroad, and every hundredth blocked.
                (contract.from, contract.country) = (day, hotel % 100 == 99 ? "FR" : hotel % 10 == 9 ? "JP" : "DE")
                return try transaction.addTenant(
                    id: "hotel-\(hotel)", name: "Hotel \(hotel)", currency: .eur, timeZone: TimeZone(identifier: "Europe/Berlin")!,
                    settings: Tenant.Settings(), contract: contract, taxes: .germany, booksID: String(format: "%032x", hotel))
            }
        }
    }

    /// Each hotel has something on its balance in the month.
    private func move(_ hotels: [Tenant], in month: Month, _ database: Database) async throws {
        try await database.write { transaction in
            for hotel in hotels {
                try transaction.withBook(of: hotel) { book in
                    _ = try book.book(
                        BalanceMovement(
                            id: "txn_\(month)", type: "stripe_fee", reportingCategory: "fee", balance: BalanceMovement.payments,
                            amount: Money(minorUnits: -200, currency: .eur), fee: .zero(.eur), source: nil, intent: nil, method: nil,
                            created: month.lastDay.at(hour: 12, in: hotel.timeZone)))
                }
            }
        }
    }

    private func milliseconds(_ time: Duration) -> String { String(format: "%.0f ms", time / .milliseconds(1)) }
}

/// A run that does not have a row for each hotel measures nothing.
private struct WrongRun: Error {
    let found, expected: Int
}

extension Transaction {
    fileprivate func bill(_ month: Month) throws -> Int64 {
        let preview = try FeePreview(
            of: month, after: try lastFeeRun(of: month), contracts: try contracts(), billed: try billedFees(of: month), isOver: true,
            moved: try tenantsWithMovement(in: month))
        return try addFeeRun(month, preview.rows, hash: preview.hash, by: "bench")
    }
}
