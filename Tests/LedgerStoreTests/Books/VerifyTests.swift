import Foundation
import Ledger
import TestStore
import Testing

@testable import LedgerStore

/// Tenant `other` of the attacked book has 60 entries, tenant `mine` has 13 of every kind.
@Suite struct `Verifying a forged book` {
    @Test(arguments: [
        "number", "kind", "debit", "credit", "amount", "currency", "folio", "occurred_on", "posted_at", "actor", "stripe_object", "hash",
    ])
    func `one byte changed in any column of an entry is found, and the entry named`(_ column: String) async throws {
        let forge = try await BookForge()
        let row = "tenant = 2 AND number = 40"
        // A number is moved to where no other is.
        let value = column == "number" ? "1000" : try forge.changed(column, in: "journal_entry", where: row)
        let defects = try forge.defects(of: "other", after: "UPDATE journal_entry SET \(column) = \(value) WHERE \(row)")
        #expect(defects.count == 1)
        #expect(defects.first?.entry == 40)
        #expect(defects.first?.tenant == "other")
        #expect(defects.first?.problem.contains("entry 40") == true)
    }

    @Test func `no column of an entry is left out of that`() async throws {
        let columns = try await BookForge().connection.columns(of: "journal_entry")
        let tried = [
            "number", "kind", "debit", "credit", "amount", "currency", "folio", "occurred_on", "posted_at", "actor", "stripe_object",
            "hash",
        ]
        #expect(Set(columns) == Set(tried + ["tenant"]))
    }

    @Test(arguments: ["debit = 999", "credit = 999", "occurred_on = 'some day..'", "actor = ''", "folio = NULL", "folio = 999"])
    func `an entry that refers to nothing is named`(_ change: String) async throws {
        let defects = try await BookForge().defects(
            of: "other", after: "UPDATE journal_entry SET \(change) WHERE tenant = 2 AND number = 40")
        #expect(defects.map(\.entry) == [40])
    }

    @Test(arguments: ["stripe_object = ''", "folio = 999"])
    func `an entry that had none of something is named when it gets something empty`(_ change: String) async throws {
        // Entry 2 of tenant 1 is a payout: without folio.
        let defects = try await BookForge().defects(of: "mine", after: "UPDATE journal_entry SET \(change) WHERE tenant = 1 AND number = 2")
        #expect(defects.map(\.entry) == [2])
    }

    @Test func `an entry moved to another tenant is missing there, and named here`() async throws {
        let forge = try await BookForge()
        let move = "UPDATE journal_entry SET tenant = 1 WHERE tenant = 2 AND number = 40"
        #expect(try forge.defects(of: "other", after: move).map(\.entry) == [40])
        #expect(try forge.defects(of: "mine").map(\.entry) == [40])
    }

    @Test(arguments: [1, 40, 60])
    func `a deleted entry is named`(_ number: Int64) async throws {
        let defects = try await BookForge().defects(of: "other", after: "DELETE FROM journal_entry WHERE tenant = 2 AND number = \(number)")
        #expect(defects.first?.entry == number)
    }

    @Test func `two entries that changed places are found at the first of them`() async throws {
        let defects = try await BookForge().defects(
            of: "other", after: "UPDATE journal_entry SET number = 1000 WHERE tenant = 2 AND number = 20",
            "UPDATE journal_entry SET number = 20 WHERE tenant = 2 AND number = 40",
            "UPDATE journal_entry SET number = 40 WHERE tenant = 2 AND number = 1000")
        #expect(defects.map(\.entry) == [20])
    }

    @Test func `an entry that was slipped in at the end is named`() async throws {
        let defects = try await BookForge().defects(of: "mine", after: Piece.entry(kind: "payout", folio: "NULL"))
        #expect(defects.first?.entry == 14)
    }

    @Test func `one tenant's forged book says nothing about another's`() async throws {
        let forge = try await BookForge()
        #expect(try !forge.defects(of: "other", after: "UPDATE journal_entry SET amount = 9 WHERE tenant = 2 AND number = 40").isEmpty)
        #expect(try forge.defects(of: "mine") == [])
    }

    @Test(arguments: [
        "debits = debits + 1", "credits = credits + 1", "debits = debits + 5, credits = credits + 5", "debits = 9223372036854775807",
    ])
    func `a balance that was changed is named by its account`(_ change: String) async throws {
        let defects = try await BookForge().defects(of: "mine", after: "UPDATE account SET \(change) WHERE tenant = 1 AND name = 'stripe'")
        #expect(defects.first?.entry == nil)
        #expect(defects.first?.problem.contains("account stripe ") == true)
    }

    @Test func `an account that another entry is said to have moved last is named`() async throws {
        let defects = try await BookForge().defects(
            of: "mine", after: "UPDATE account SET last_entry = last_entry - 1 WHERE tenant = 1 AND name = 'stripe'")
        #expect(defects.count == 1 && defects.first?.problem.contains("account stripe ") == true)
    }

    @Test func `a tail that was cut off is told by the accounts that it moved`() async throws {
        let defects = try await BookForge().defects(of: "mine", after: "DELETE FROM journal_entry WHERE tenant = 1 AND number > 10")
        #expect(defects.first?.entry == 11 && defects.first?.problem == "the journal ends at entry 10, but 13 entries were posted")
    }
}

@Suite struct `Verifying what hangs on the entries` {
    private func entry(_ table: String, _ row: String, column: String = "entry") async throws -> Int64? {
        Int64(try await BookForge().connection.rows("SELECT \(column) FROM \(table) WHERE tenant = 1 AND \(row)")[0])
    }

    @Test(arguments: [
        "gross = 999, unit_amount = 999", "gross = -1000, unit_amount = -1000", "unit_amount = 999", "quantity = 2", "category = 'food'",
        "tax_rate = '19'", "kind = 'allowance'", "service_date = '2025-11-21'", "folio = 3, number = 9", "entry = 1000", "entry = 5",
        "gross = -9223372036854775807 - 1",
    ])
    func `a line that was changed is named by its entry`(_ change: String) async throws {
        let entry = try await entry("line_item", "folio = 1 AND number = 1")
        let defects = try await BookForge().defects(
            of: "mine", after: "UPDATE line_item SET \(change) WHERE tenant = 1 AND folio = 1 AND number = 1")
        if change.hasPrefix("entry") {
            #expect(defects.contains { $0.entry == entry && $0.problem.contains("belongs to nothing") })
        } else {
            #expect(defects.first?.entry == entry)
        }
    }

    @Test(arguments: [
        ("currency = 'usd'", 1), ("original = 3", 2), ("number = 99", 5), ("original = 2, reason = 'x', kind = 'allowance'", 4),
    ])
    func `a line that breaks a rule of lines is told`(_ change: String, _ line: Int) async throws {
        let defects = try await BookForge().defects(
            of: "mine", after: "UPDATE line_item SET \(change) WHERE tenant = 1 AND folio = 1 AND number = \(line)")
        #expect(!defects.isEmpty)
    }

    /// Of tenant 1 only folio 2 is checked out.
    @Test(arguments: [1, 3, 77]) func `a late charge of no stay that is over is named`(_ stay: Int) async throws {
        let forge = try await BookForge()
        #expect(try forge.defects(of: "mine", after: Piece.lateCharge()) == [])
        let defects = try forge.defects(of: "mine", after: "UPDATE folio SET stay = \(stay) WHERE tenant = 1 AND number = 9")
        #expect(defects.map(\.problem) == ["late charge R-2-L1 is of no stay that is checked out"])
    }

    @Test(arguments: ["operation_body", "event_body"])
    func `what has lost its body is named`(_ table: String) async throws {
        let defects = try await BookForge().defects(of: "mine", after: "DELETE FROM \(table)")
        #expect(defects.first?.problem.hasSuffix("has no body") == true && defects.count == 1)
    }

    @Test func `references that Swift takes for one text are two folios`() async throws {
        let books = try LedgerFile(clock: .noon)
        let tenant = try await books.tenant()
        try await books.store.write(of: tenant) { book in
            for reference in ["R\u{E9}-1", "Re\u{301}-1"] {
                try book.charge(1000, to: try book.addStay(reference))
            }
        }
        #expect(try books.store.read(of: tenant) { try $0.verify().defects } == [])
    }

    @Test func `a line that lowers one which is not there is named by its entry`() async throws {
        let entry = try await entry("line_item", "folio = 1 AND number = 2")
        let defects = try await BookForge().defects(
            of: "mine", after: "UPDATE line_item SET original = 99 WHERE tenant = 1 AND folio = 1 AND number = 2")
        #expect(defects.map(\.entry) == [entry])
    }

    @Test(arguments: ["line_item", "payment", "refund"])
    func `an entry whose line, payment or refund was deleted is named`(_ table: String) async throws {
        let row = "folio = 1 AND number = 1"
        let entry = try await entry(table, row)
        let defects = try await BookForge().defects(of: "mine", after: "DELETE FROM \(table) WHERE tenant = 1 AND \(row)")
        #expect(defects.contains { $0.entry == entry && $0.problem.contains("belongs to nothing") })
    }

    @Test(arguments: ["received = 999, refunded = 400", "folio = 3, number = 9"])
    func `a payment that was changed is named by its entry`(_ change: String) async throws {
        let entry = try await entry("payment", "folio = 1 AND number = 2")
        let defects = try await BookForge().defects(
            of: "mine", after: "UPDATE payment SET \(change) WHERE tenant = 1 AND folio = 1 AND number = 2")
        #expect(defects.first?.entry == entry)
    }

    @Test func `a part that was deleted is named by its entry, and its payment is not the sum of its entries`() async throws {
        let books = try LedgerFile(clock: .noon)
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        try await books.store.write(of: tenant) { book in
            var hold = try book.hold(6500, intent: "pi_1", on: folio)
            hold.captured = tenant.money(1000)
            try book.save(hold, of: folio)
            var payment = try book.addPayment(hold.captured, origin: .capture, method: .card, hold: 1, to: folio)
            payment.state = .succeeded
            payment.received = payment.amount
            let first = Posting.payment(tenant.money(1000), folio: folio.reference, on: .arrival, intent: "pi_1")!
            try book.save(
                payment, entry: try book.post(first, folio: folio, by: "stripe"), of: folio)
            hold.captured = tenant.money(1500)
            try book.save(hold, of: folio)
            let second = Posting.payment(tenant.money(500), folio: folio.reference, on: .arrival, intent: "pi_1")!
            try book.addPart(
                try book.post(second, folio: folio, by: "stripe"), to: payment, of: folio)
        }
        #expect(try books.store.read(of: tenant) { try $0.verify().defects } == [])
        let connection = try RawConnection(books.path)
        try connection.disarm()
        try connection.run("DELETE FROM payment_part")
        let defects = try books.store.read(of: tenant) { try $0.verify().defects }
        #expect(defects.contains { $0.entry == 2 && $0.problem.contains("belongs to nothing") })
        #expect(defects.contains { $0.entry == 1 && $0.problem.contains("payment 1 of folio R-4711 differs") })
    }

    @Test func `a hold that tells of more than was booked is named`() async throws {
        let defects = try await BookForge().defects(
            of: "mine", after: "UPDATE hold SET captured = 100 WHERE tenant = 1 AND folio = 1 AND number = 2")
        #expect(defects.map(\.problem) == ["the amount captured from hold 2 of folio R-1 is not what its payment received"])
    }

    @Test func `a refund that was changed is named by its entry, and its payment counts it wrong`() async throws {
        let entry = try await entry("refund", "folio = 1 AND number = 1")
        let defects = try await BookForge().defects(of: "mine", after: "UPDATE refund SET amount = 399 WHERE tenant = 1")
        #expect(defects.map(\.entry) == [entry, nil])
        #expect(defects.last?.problem == "payment 2 of folio R-1 does not match its refunds")
    }

    @Test(arguments: [
        "UPDATE stripe_month SET amount = amount + 1 WHERE tenant = 1 AND month = '2025-10'",
        "UPDATE stripe_month SET count = 9 WHERE tenant = 1 AND month = '2025-10'",
        "DELETE FROM stripe_month WHERE tenant = 1 AND month = '2025-10'",
        "UPDATE balance_transaction SET fee = 0 WHERE tenant = 1 AND month = '2025-10'",
        "DELETE FROM balance_transaction WHERE tenant = 1 AND month = '2025-10'",
        "UPDATE statement_row SET fee = 0 WHERE tenant = 1 AND month = '2025-10'",
        "DELETE FROM statement_row WHERE tenant = 1 AND month = '2025-10'",
    ])
    func `a month that was changed is named`(_ change: String) async throws {
        let defects = try await BookForge().defects(of: "mine", after: change)
        // One that is gone is also missed where it is listed.
        #expect(defects.first?.problem == "the sums of 2025-10 do not match its movements at Stripe")
    }
}
