import Ledger
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct `Lines in the file` {
    let books = try! Books()

    @Test func `charges, allowances and reversals come back as they were added`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let added = try await books.database.write { transaction in
            var lines = [try transaction.charge(12_100, quantity: 2, to: folio, of: tenant)]
            lines.append(try transaction.charge(350, .minibar, to: folio, of: tenant))
            lines.append(try transaction.charge(720, .visitorsTax, to: folio, of: tenant))
            lines.append(try lines.allowance(of: 1, amount: tenant.money(2000), reason: "Noise"))
            try transaction.add(lines[3], to: folio, by: "reception", of: tenant)
            lines.append(try lines.reversal(of: 2, reason: "Not taken"))
            try transaction.add(lines[4], to: folio, by: "reception", of: tenant)
            lines.append(try lines.reversal(of: 1, reason: "Wrong guest"))
            try transaction.add(lines[5], to: folio, by: "reception", of: tenant)
            return lines
        }
        #expect(added[5].gross == tenant.money(-22_200))
        try books.database.read { (transaction: borrowing Transaction) throws in
            #expect(try transaction.lines(of: folio, of: tenant) == added)
            #expect(try transaction.nextLineNumber(on: folio, of: tenant) == 7)
            let charged = try transaction.charged(on: folio, of: tenant)
            #expect(charged.sum == tenant.money(720))
            #expect(charged.count == 6)
            #expect(try transaction.balance(of: .folio(reference: "R-4711"), of: tenant) == tenant.money(720))
            #expect(try transaction.balance(of: .revenue(.lodging, TaxRate("7")!), of: tenant) == .zero(.eur))
            #expect(try transaction.balance(of: .passThrough(.visitorsTax), of: tenant) == tenant.money(-720))
        }
    }

    @Test func `the gross per rate adds up to what is charged`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        try await books.database.write { transaction in
            try transaction.charge(12_100, quantity: 2, to: folio, of: tenant)
            try transaction.charge(5950, .massage, to: folio, of: tenant)
            try transaction.charge(3460, .drinks, to: folio, of: tenant)
            try transaction.charge(720, .visitorsTax, to: folio, of: tenant)
        }
        let (rates, charged) = try books.database.read {
            (try $0.grossPerRate(on: folio, of: tenant), try $0.charged(on: folio, of: tenant).sum)
        }
        let byRate = Dictionary(uniqueKeysWithValues: rates.map { ($0.rate.description, $0.gross.minorUnits) })
        #expect(byRate == ["7": 24_200, "19": 9410, "none": 720])
        #expect(charged == tenant.money(34_330))
    }

    @Test func `a folio without lines amounts to nothing`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        try books.database.read { (transaction: borrowing Transaction) throws in
            #expect(try transaction.lines(of: folio, of: tenant) == [])
            #expect(try transaction.charged(on: folio, of: tenant).sum == .zero(.eur))
            #expect(try transaction.nextLineNumber(on: folio, of: tenant) == 1)
            #expect(try transaction.grossPerRate(on: folio, of: tenant).isEmpty)
            #expect(try transaction.balance(of: .folio(reference: "R-4711"), of: tenant) == .zero(.eur))
        }
    }

    @Test func `a line that the schema refuses leaves no entry behind`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        try await books.database.write { transaction in
            try transaction.charge(1000, to: folio, of: tenant)
            try transaction.setState(.checkedOut, of: folio, of: tenant)
        }
        let error = await #expect(throws: StoreError.self) {
            try await books.database.write { _ = try $0.charge(1000, to: folio, of: tenant) }
        }
        #expect(error?.constraint == .trigger)
        try books.database.read { (transaction: borrowing Transaction) throws in
            #expect(try transaction.trialBalance(of: tenant).debits == 1000)
            #expect(try transaction.verify(tenant).defects == [])
        }
    }
}
