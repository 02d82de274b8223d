import Foundation
import Ledger
import TestStore
import Testing

@testable import LedgerStore

@Suite struct `Fee runs in the file` {
    private let books = try! LedgerFile(clock: .noon)

    /// Bills a month to all tenants whose contract has a day in it.
    private func bill(_ month: Month) async throws -> Int64 {
        try await books.store.write { transaction in
            let (after, billed) = (try transaction.lastFeeRun(of: month), try transaction.billedFees(of: month))
            let rows = try transaction.contracts().filter { billed[$0.tenant] == nil }.compactMap { try $0.feeRow(of: month) }
            return try transaction.addFeeRun(month, rows, hash: FeeRun.hash(month, after: after, rows), by: "olaf")
        }
    }

    private func month() throws -> Month {
        try books.store.read { $0.now.day(in: TimeZone.gmt).month }
    }

    @Test func `come back as they were decided, and know the invoices that came back`() async throws {
        let (a, b) = (try await books.tenant("a"), try await books.tenant("b", feeNet: 2100))
        let month = try month()
        let number = try await bill(month)
        try await books.store.write { try $0.addFeeInvoice("RE-7", of: b, run: number, by: "olaf") }
        // An invoice has one recipient, and a wrong number is replaced by a reason only.
        await #expect(throws: StoreError.self) {
            try await books.store.write { try $0.addFeeInvoice("RE-7", of: a, run: number, by: "olaf") }
        }
        await #expect(throws: StoreError.self) {
            try await books.store.write { try $0.addFeeInvoice("RE-8", of: b, run: number, by: "olaf") }
        }
        try await books.store.write { try $0.addFeeInvoice("RE-8", of: b, run: number, replacing: "a typing error", by: "olaf") }
        try await books.store.write { try $0.addFeeInvoice("RE-7", of: b, run: number, replacing: "it was right", by: "olaf") }
        let run = try #require(try books.store.read { try $0.feeRun(number) })
        #expect(run.number == 1 && run.month == month && run.rows.map(\.tenant) == ["a", "b"] && run.actor == "olaf")
        #expect(run.rows.map { $0.amounts?.gross.minorUnits } == [2261, 2499] && run.invoices == ["b": "RE-7"])
        #expect(run.hash == FeeRun.hash(month, after: 0, run.rows) && !run.isCorrection)
        #expect(try books.store.read { try $0.feeRun(of: month, hash: run.hash) } == run)
        #expect(try books.store.read { try $0.feeRuns(of: month.next) } == [])
        let statement = try books.store.read(of: a) { try $0.statement(month: month) }
        #expect(statement?.platformFee.gross.minorUnits == 2261 && statement?.platformFee.taxCase == .domestic)
        for error in [try await bill(month, again: a), try await bill(month, again: b)] { #expect(error?.constraint != nil) }
    }

    /// Tries to bill a tenant once more.
    private func bill(_ month: Month, again tenant: Tenant) async throws -> StoreError? {
        do {
            _ = try await books.store.write { transaction in
                let rows = [try transaction.withBook(of: tenant) { try $0.contract().feeRow(of: month)! }]
                return try transaction.addFeeRun(month, rows, hash: FeeRun.hash(month, after: 1, rows), by: "olaf")
            }
            return nil
        } catch let error as StoreError { return error }
    }

    @Test func `take a row back once, and bill it again at another price`() async throws {
        let tenant = try await books.tenant("a")
        let month = try month()
        _ = try await bill(month)
        let billed = try #require(try books.store.read { try $0.billedFees(of: month)["a"] })
        #expect(billed.run == 1)
        await #expect(throws: StoreError.self) {
            try await books.store.write(of: tenant) { try $0.setPrice(ContractPrice(from: month, net: tenant.money(2000))) }
        }
        let row = try billed.row.takenBack(from: 1)
        _ = try await books.store.write {
            try $0.addFeeRun(month, [row], hash: FeeRun.hash(month, after: 1, [row]), reason: "the price was wrong", by: "olaf")
        }
        #expect(try books.store.read { try $0.billedFees(of: month) }.isEmpty)
        try await books.store.write(of: tenant) { try $0.setPrice(ContractPrice(from: month, net: tenant.money(2000))) }
        #expect(try await bill(month) == 3)
        #expect(try books.store.read(of: tenant) { try $0.statement(month: month) }?.platformFee.net.minorUnits == 2000)
        #expect(try books.store.read { try $0.feeRunDefects() } == [])
        #expect(try books.store.read(of: tenant) { try $0.verify().defects } == [])
    }

    @Test func `know which months of a contract nobody was billed for`() async throws {
        let (a, b) = (try await books.tenant("a"), try await books.tenant("b"))
        let month = try month()
        _ = try await bill(month)
        _ = try await bill(month.next)
        func unbilled(_ month: Month) throws -> [String: [Month]] { try books.store.read { try $0.unbilledMonths(before: month) } }
        #expect(try unbilled(month).isEmpty && unbilled(month.next).isEmpty && unbilled(month.next.next).isEmpty)
        let row = try #require(try books.store.read { try $0.billedFees(of: month)["a"] }).row.takenBack(from: 1)
        _ = try await books.store.write {
            try $0.addFeeRun(month, [row], hash: FeeRun.hash(month, after: 1, [row]), reason: "x", by: "olaf")
        }
        #expect(try unbilled(month.next.next) == ["a": [month]])
        let later = [month.next.next, month.next.next.next]
        #expect(try unbilled(month.next.next.next.next) == ["a": [month] + later, "b": later])
        // After a contract's end nothing is missing.
        for tenant in [a, b] { try await books.store.write(of: tenant) { try $0.setContractEnd(month.next.lastDay) } }
        #expect(try unbilled(month.next.next.next.next) == ["a": [month]])
    }

    @Test func `know who moved something`() async throws {
        let (a, _) = (try await books.tenant("a"), try await books.tenant("b"))
        try await books.store.write(of: a) { _ = try $0.book(.of("txn_1", "charge", 500, on: "2025-11-05")) }
        #expect(try books.store.read { try $0.tenantsWithMovement(in: Month("2025-11")!) } == ["a"])
        #expect(try books.store.read { try $0.tenantsWithMovement(in: Month("2025-12")!) } == [])
    }
}

@Suite struct `Verifying forged fees` {
    private static let second = """
        INSERT INTO fee_run (number, month, rows, hash, actor, created_at) SELECT 2, month, rows, hash, actor, created_at FROM fee_run
        """
    private static func copy(net: String = "net") -> String {
        """
        INSERT INTO fee_row (run, position, tenant, month, terms, recipient, first_day, last_day, proration, price, origin, tax_case, net, rate, tax)
        SELECT 2, 1, tenant, month, terms, recipient, first_day, last_day, proration, price, origin, tax_case, \(net), rate, tax FROM fee_row
        """
    }

    @Test(arguments: [
        "UPDATE fee_row SET net = net + 1", "UPDATE fee_row SET recipient = 'somebody'", "UPDATE fee_row SET tax_case = 'third_country'",
        "UPDATE fee_row SET last_day = '2025-10-30'", "DELETE FROM fee_row", "UPDATE fee_run SET hash = '00112233445566778899aabbccddeeff'",
        "UPDATE fee_run SET number = 2", "UPDATE fee_row SET vat_id = 'DE1'",
    ])
    func `a run that is not as it was decided is named`(_ forgery: String) async throws {
        let forge = try await BookForge()
        try forge.connection.run(forgery)
        let defects = try forge.open().read { try $0.feeRunDefects() }
        #expect(defects.first?.problem.hasPrefix("fees: ") == true && defects.first?.problem.contains("run 1") == true, "\(defects)")
    }

    @Test func `a month that is billed twice, or at another price, is named`() async throws {
        let twice = try await BookForge().defects(of: "mine", after: Self.second, Self.copy())
        #expect(twice.map(\.problem) == ["fees: 2025-10 is billed 2 times"])
        let dear = try await BookForge().defects(of: "mine", after: "UPDATE contract_price SET net = 2000 WHERE tenant = 1")
        #expect(dear.map(\.problem) == ["fees: 2025-10 is billed at a price that the contract does not have"])
    }

    @Test func `a correction that is not the opposite of its row is named`() async throws {
        let defects = try await BookForge().defects(
            of: "mine", after: Self.second, Self.copy(net: "1 - net"), "UPDATE fee_row SET corrects = 1, tax = -tax WHERE run = 2")
        #expect(defects.map(\.problem) == ["fees: run 2 takes back what run 1 does not have"])
    }

    @Test(arguments: [
        "DELETE FROM contract WHERE tenant = 1", "DELETE FROM contract_price WHERE tenant = 1",
        "DELETE FROM contract_terms WHERE tenant = 1",
        "UPDATE contract_terms SET number = 2 WHERE tenant = 1", "UPDATE contract_price SET from_month = '2025-11' WHERE tenant = 1",
    ])
    func `a contract that lacks something is named`(_ forgery: String) async throws {
        let defects = try await BookForge().defects(of: "mine", after: forgery)
        #expect(defects.contains { $0.problem.contains("the contract is missing, or has no terms, or no price") }, "\(defects)")
    }
}
