import Ledger
import TestStore
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct `Lines in the file` {
    let books = try! LedgerFile(clock: .noon)

    @Test func `charges, allowances and reversals come back as they were added`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let added = try await books.store.write(of: tenant) { book in
            var lines = [try book.charge(12_100, quantity: 2, to: folio)]
            lines.append(try book.charge(350, .minibar, to: folio))
            lines.append(try book.charge(720, .visitorsTax, to: folio))
            lines.append(try lines.allowance(of: 1, amount: tenant.money(2000), reason: "Noise"))
            try book.add(lines[3], to: folio, by: "reception")
            lines.append(try lines.reversal(of: 2, reason: "Not taken"))
            try book.add(lines[4], to: folio, by: "reception")
            lines.append(try lines.reversal(of: 1, reason: "Wrong guest"))
            try book.add(lines[5], to: folio, by: "reception")
            return lines
        }
        #expect(added[5].gross == tenant.money(-22_200))
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            #expect(try book.lines(of: folio) == added)
            #expect(try book.nextLineNumber(on: folio) == 7)
            let charged = try book.charged(on: folio)
            #expect(charged.sum == tenant.money(720))
            #expect(charged.count == 6)
            #expect(try book.balance(of: .folio(reference: "R-4711")) == tenant.money(720))
            #expect(try book.balance(of: .revenue(.lodging, TaxRate("7")!)) == .zero(.eur))
            #expect(try book.balance(of: .passThrough(.visitorsTax)) == tenant.money(-720))
        }
    }

    @Test func `the gross per rate adds up to what is charged`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        try await books.store.write(of: tenant) { book in
            try book.charge(12_100, quantity: 2, to: folio)
            try book.charge(5950, .massage, to: folio)
            try book.charge(3460, .drinks, to: folio)
            try book.charge(720, .visitorsTax, to: folio)
        }
        let (rates, charged) = try books.store.read(of: tenant) {
            (try $0.grossPerRate(on: folio), try $0.charged(on: folio).sum)
        }
        let byRate = Dictionary(uniqueKeysWithValues: rates.map { ($0.rate.description, $0.gross.minorUnits) })
        #expect(byRate == ["7": 24_200, "19": 9410, "none": 720])
        #expect(charged == tenant.money(34_330))
    }

    @Test func `a folio without lines amounts to nothing`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            #expect(try book.lines(of: folio) == [])
            #expect(try book.charged(on: folio).sum == .zero(.eur))
            #expect(try book.nextLineNumber(on: folio) == 1)
            #expect(try book.grossPerRate(on: folio).isEmpty)
            #expect(try book.balance(of: .folio(reference: "R-4711")) == .zero(.eur))
        }
    }

    @Test func `a line that the schema refuses leaves no entry behind`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        try await books.store.write(of: tenant) { book in
            try book.charge(1000, to: folio)
            try book.setState(.checkedOut, of: folio)
        }
        let error = await #expect(throws: StoreError.self) {
            try await books.store.write(of: tenant) { _ = try $0.charge(1000, to: folio) }
        }
        #expect(error?.constraint == .trigger)
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            #expect(try book.trialBalance().debits == 1000)
            #expect(try book.verify().defects == [])
        }
    }
}
