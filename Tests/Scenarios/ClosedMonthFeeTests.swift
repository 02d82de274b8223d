import Ledger
import LedgerService
import TestHotel
import Testing

/// What the operator bills does not wait for the closing of a month, and no closing fixes it.
@Suite struct `The platform fee of a closed month` {
    private static let november = Month("2026-11")!

    private static func contract(_ hotel: Hotel, _ edit: (inout ContractChange) -> Void) async throws {
        var change = ContractChange()
        edit(&change)
        let _: Contract = try await hotel.ledger.changeContract(change, of: Hotel.id, by: "olaf")
    }

    @Test func `is what the fee runs bill, and before a run what the contract says`() async throws {
        let hotel = try await Hotel()
        try await hotel.letPass(days: 20)
        try await hotel.sync()
        let closed = try await hotel.ledger.closeMonth(Self.november, of: Hotel.id, by: "accounting")
        #expect(closed.platformFee.net == hotel.euros("19.00") && closed.platformFee.run == nil)
        #expect(closed.items.first?.note == nil)
        try await Self.contract(hotel) { $0.price = ContractPrice(from: Self.november, net: hotel.euros("25.00")) }
        func fee() throws -> PlatformFee { try hotel.ledger.statement(Self.november, of: Hotel.id).platformFee }
        #expect(try fee().net == hotel.euros("25.00") && fee().run == nil)
        let preview = try hotel.ledger.feePreview(Self.november)
        let run: FeeRun = try await hotel.ledger.runFees(Self.november, preview: preview.hash, by: "olaf")
        #expect(try fee().net == run.sum.net && fee().gross == hotel.euros("29.75") && fee().run == 1)
        let statement = try hotel.ledger.statement(Self.november, of: Hotel.id)
        #expect(statement.items.first?.note?.german == "Lauf 1")
        #expect(statement.closedAt == closed.closedAt && statement.stripe == closed.stripe)
        let _: FeeRun = try await hotel.ledger.correctFee(Self.november, of: Hotel.id, reason: "too dear", by: "olaf")
        #expect(try fee().gross == .zero(.eur) && fee().run == 2)
        #expect(try hotel.ledger.verify().allSatisfy { $0.check.defects.isEmpty })
    }

    @Test func `changes with a first day that is moved back, which opens no month of the books`() async throws {
        let hotel = try await Hotel()
        try await hotel.letPass(days: 20)
        try await hotel.sync()
        let _: Statement = try await hotel.ledger.closeMonth(Self.november, of: Hotel.id, by: "accounting")
        try await Self.contract(hotel) { $0.from = Day("2026-06-15")! }
        let before = await #expect(throws: ServiceRefusal.self) {
            let _: Statement = try await hotel.ledger.closeMonth(Month("2026-06")!, of: Hotel.id, by: "accounting")
        }
        #expect(before?.code == "month_before_tenant")
        let all: MonthClosing = try await hotel.ledger.closeMonths(Month("2026-06")!, by: "accounting")
        #expect(all.closed.isEmpty && all.left.isEmpty)
        try await hotel.letPass(days: 30)
        try await hotel.sync()
        let _: Statement = try await hotel.ledger.closeMonth(Month("2026-12")!, of: Hotel.id, by: "accounting")
    }

    @Test func `of a contract that begins before the books does not hold their first month up`() async throws {
        let hotel = try await Hotel()
        try await Self.contract(hotel) { $0.from = Day("2026-01-01")! }
        try await hotel.letPass(days: 20)
        try await hotel.sync()
        let _: Statement = try await hotel.ledger.closeMonth(Self.november, of: Hotel.id, by: "accounting")
    }
}
