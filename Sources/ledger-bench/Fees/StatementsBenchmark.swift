import Foundation
import Ledger
import LedgerStore

/// How long the statements of all tenants take, and one tenant's, over many payments with their charges and fees.
struct StatementsBenchmark {
    var tenants = 1_000
    var payments = 1_000_000
    var times = 5
    var folder = FileManager.default.temporaryDirectory.path

    private static let month = Town.day.month

    func run() async throws {
        let folder = "\(folder)/ledger-bench-statements-\(getpid())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = "\(folder)/ledger.db"
        let foliosEach = max(1, payments / tenants / 10)
        let town = try await Town.build(at: file, tenants: tenants, foliosEach: foliosEach, clock: { Town.day.start(in: .gmt) })
        let database = try Database(path: file, clock: { Self.month.next.firstDay.start(in: .gmt) })
        defer { database.close() }
        let each = payments / town.stays.count
        let filling = try await ContinuousClock().measure { try await pay(each, town, database) }
        print("\(town.stays.count * each) payments of \(tenants) tenants, each with its charge and its fee, written in \(seconds(filling))")

        let hotels = try database.read { try $0.tenants() }
        let all = try measure {
            let count = try database.read { transaction in
                try hotels.reduce(0) { sum, hotel in
                    sum + (try transaction.withBook(of: hotel) { try $0.statement(month: Self.month) }?.stripe.charged ?? 0)
                }
            }
            guard count == town.stays.count * each else { throw WrongCount(found: count, expected: town.stays.count * each) }
        }
        print("the statements of \(tenants) tenants: \(milliseconds(all)) (goal: below 1000 ms)")
        let one = try measure {
            _ = try database.read { try $0.withBook(of: hotels[hotels.count / 2]) { try $0.statement(month: Self.month) } }
        }
        print("one tenant's: \(milliseconds(one))")
    }

    /// The median of some runs.
    private func measure(_ work: () throws -> Void) rethrows -> Duration {
        var found: [Duration] = []
        for _ in 0..<times { found.append(try ContinuousClock().measure(work)) }
        return found.sorted()[times / 2]
    }

    private func pay(_ each: Int, _ town: Town, _ database: Database) async throws {
        for first in stride(from: 0, to: town.stays.count, by: 500) {
            try await database.write { transaction in
                for (number, stay) in town.stays.enumerated().dropFirst(first).prefix(500) {
                    try transaction.withBook(of: stay.tenant) { book in
                        for payment in 0..<each { try book.addPayment("\(number)_\(payment)", to: stay.folio) }
                    }
                }
            }
        }
    }

    private func seconds(_ time: Duration) -> String { String(format: "%.0f s", time / .seconds(1)) }
    private func milliseconds(_ time: Duration) -> String { String(format: "%.1f ms", time / .milliseconds(1)) }
}

/// Statements that do not show each payment measure nothing.
private struct WrongCount: Error {
    let found, expected: Int
}

extension StripeMonth {
    /// How many charges it shows.
    fileprivate var charged: Int { rows.filter { $0.type == "charge" }.reduce(0) { $0 + Int($1.count) } }
}

extension Book {
    /// A payment of 120.00 that has succeeded, and the balance transaction of its charge.
    fileprivate func addPayment(_ number: String, to folio: Folio) throws {
        let intent = "pi_\(number)"
        var payment = try addPayment(Money(minorUnits: 12_000, currency: tenant.currency), origin: .page, method: .card, to: folio)
        (payment.state, payment.received, payment.intent) = (.succeeded, payment.amount, intent)
        let posting = Posting.payment(payment.amount, folio: folio.reference, on: Town.day, intent: intent)!
        try save(payment, entry: try post(posting, folio: folio, by: "stripe"), of: folio)
        _ = try book(
            BalanceMovement(
                id: "txn_\(number)", type: "charge", reportingCategory: "charge", balance: BalanceMovement.payments, amount: payment.amount,
                fee: Money(minorUnits: 205, currency: tenant.currency), source: "ch_\(number)", intent: intent, method: .card,
                created: Town.day.at(hour: 12, in: tenant.timeZone)))
    }
}
