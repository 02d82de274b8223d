import Foundation
import Ledger
import Testing

@testable import LedgerStore

/// A file in which somebody wrote words that this program does not know.
@Suite struct `A word in the file that nobody knows` {
    /// What a forged row is called, the statement that forges it, and the list it stands in.
    private static let moving: [(row: String, forgery: String, read: Reading)] = [
        ("line 2 of folio R-1", "UPDATE line_item SET kind = 'tip' WHERE tenant = 1 AND folio = 1 AND number = 2", .lines),
        ("line 2 of folio R-1", "UPDATE line_item SET original = NULL WHERE tenant = 1 AND folio = 1 AND number = 2", .lines),
        ("on folio R-1", "UPDATE line_item SET kind = 'tip' WHERE tenant = 1 AND folio = 1 AND number = 2", .movements),
        ("hold 1 of folio R-1", "UPDATE hold SET state = 'raised' WHERE tenant = 1 AND folio = 1 AND number = 1", .holds),
        ("hold 1 of folio R-1", "UPDATE hold SET origin = 'terminal' WHERE tenant = 1 AND folio = 1 AND number = 1", .holds),
        ("payment 2 of folio R-1", "UPDATE payment SET state = 'split' WHERE tenant = 1 AND folio = 1 AND number = 2", .payments),
        ("payment 2 of folio R-1", "UPDATE payment SET origin = 'cash' WHERE tenant = 1 AND folio = 1 AND number = 2", .payments),
        ("refund 1 of folio R-1", "UPDATE refund SET state = 'half' WHERE tenant = 1 AND folio = 1", .refunds),
        ("refund 1 of folio R-1", "UPDATE refund SET bill = 'raised' WHERE tenant = 1 AND folio = 1", .refunds),
        ("step 1 of check-out 1 of folio R-3", "UPDATE check_out_step SET do = 'forget' WHERE tenant = 1 AND position = 1", .checkOuts),
        ("step 1 of check-out 1 of folio R-3", "UPDATE check_out_step SET hold = NULL WHERE tenant = 1 AND position = 1", .checkOuts),
        ("step 1 of check-out 1 of folio R-3", "UPDATE check_out_step SET state = 'odd' WHERE tenant = 1 AND position = 1", .checkOuts),
        ("check-out 1 of folio R-3", "UPDATE check_out SET state = 'paused' WHERE tenant = 1", .checkOuts),
        ("check-out 1 of folio R-3", "UPDATE check_out SET outcome = 'moved' WHERE tenant = 1", .checkOuts),
        ("folio R-1", "UPDATE folio SET state = 'frozen' WHERE tenant = 1 AND number = 1", .folio),
        ("folio R-1", "UPDATE folio SET mode = 'later' WHERE tenant = 1 AND number = 1", .folio),
        (
            "folio R-1",
            """
            INSERT INTO saved_card (tenant, folio, state, consent, consented_at, payment_method, brand, last4, removal_reason)
            VALUES (1, 1, 'removed', 'yes', 0, 'pm_1', 'visa', '4242', 'stolen')
            """, .folio
        ),
    ]

    enum Reading { case lines, movements, holds, payments, refunds, checkOuts, folio }

    @Test(arguments: moving)
    func `stops whoever reckons with it, and names the row`(row: String, forgery: String, reading: Reading) async throws {
        let forge = try await BookForge()
        try forge.read(reading)
        try forge.connection.run(forgery)
        let refusal = #expect(throws: StoreRefusal.self) { try forge.read(reading) }
        #expect(refusal?.code == "row_unreadable" && refusal?.facts?.message.contains(row) == true, "\(refusal as Any)")
    }

    @Test func `that is only shown is shown, and hides nothing beside it`() async throws {
        let forge = try await BookForge()
        try forge.connection.run("UPDATE audit_entry SET action = 'door_opened'")
        try forge.connection.run("INSERT INTO dropped_event VALUES (1, 'of_tomorrow', 2, 0, 0, NULL), (1, 'thin', 1, 0, 0, NULL)")
        try forge.connection.run("UPDATE folio SET notice_code = 'of_tomorrow' WHERE tenant = 1")
        try forge.open().read(of: "mine") { (book: borrowing Book) throws in
            let line = try book.transaction.auditEntries(of: book.tenant, before: .max, limit: 1)[0]
            #expect(line.action == nil && line.phrase == Phrase("door_opened", "door_opened"))
            let dropped = try book.droppedEvents()
            #expect(dropped.map(\.word) == ["of_tomorrow", "thin"] && dropped.map(\.reason) == [nil, .thin])
            #expect(try book.folios(limit: 9).map(\.notice) == Array(repeating: .unknown("of_tomorrow"), count: 3))
        }
    }
}

extension BookForge {
    fileprivate func read(_ reading: `A word in the file that nobody knows`.Reading) throws {
        try open().read(of: "mine") { (book: borrowing Book) throws in
            let folio = try book.folio(reading == .checkOuts ? "R-3" : "R-1")!
            switch reading {
            case .lines: _ = try book.lines(of: folio)
            case .movements: _ = try book.movements(of: folio)
            case .holds: _ = try book.holds(of: folio)
            case .payments: _ = try book.payments(of: folio)
            case .refunds: _ = try book.refunds(of: folio)
            case .checkOuts: _ = try book.checkOuts(of: folio)
            case .folio: break
            }
        }
    }
}
