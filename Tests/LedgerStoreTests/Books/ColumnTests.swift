import CSQLite
import Foundation
import Ledger
import TestStore
import Testing

@testable import LedgerStore

/// A list of columns is text, and the names beside it are read by their places: nobody else sees that the two agree.
@Suite struct `Lists of columns` {
    private struct List {
        let columns, tables: StaticString
        let indices: [Int]
        /// As SQLite writes them.
        let names: [String]

        init<Names: ColumnNames>(_ columns: StaticString, _: Names.Type, from tables: StaticString) {
            self.columns = columns
            self.tables = tables
            indices = Names.allCases.map(\.index)
            names = Names.allCases.map { "\($0)".reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) } }
        }

        func isTrue(in books: LedgerFile) throws -> Bool {
            let called = try books.store.read { transaction in
                let statement = try PreparedStatement("SELECT \(columns) FROM \(tables)", on: transaction.connection)
                return (0..<statement.columns).map { String(cString: sqlite3_column_name(statement.handle, Int32($0))) }
            }
            return names == called && indices == Array(called.indices)
        }
    }

    private static let lists = [
        List(APIToken.columns, APIToken.Column.self, from: APIToken.tables),
        List(AppUser.columns, AppUser.Column.self, from: AppUser.tables),
        List(AuditEntry.columns, AuditEntry.Column.self, from: "audit_entry"),
        List(CatalogueItem.columns, CatalogueItem.Column.self, from: "catalogue_item"),
        List(LineTerms.columns, LineTerms.Column.self, from: "catalogue_item"),
        List(CheckOut.columns, CheckOut.Column.self, from: "check_out"),
        List(CheckOut.Step.columns, CheckOut.Step.Column.self, from: "check_out_step"),
        List(ContractTerms.columns, ContractTerms.Column.self, from: "contract_terms"),
        List(DisputeDetails.columns, DisputeDetails.Column.self, from: "dispute d, folio f"),
        List(DisputeSummary.columns, DisputeSummary.Column.self, from: "dispute d, folio f"),
        List(Event.columns, Event.Column.self, from: Event.tables),
        List(FeeRow.columns, FeeRow.Column.self, from: "fee_row r, tenant t"),
        List(FeeRunHead.columns, FeeRunHead.Column.self, from: "fee_run"),
        List(Folio.columns, Folio.Column.self, from: "folio f, saved_card c"),
        List(FoundObject.columns, FoundObject.Column.self, from: "found_object"),
        List(Hold.columns, Hold.Column.self, from: "hold"),
        List(JournalEntry.columns, JournalEntry.Column.self, from: "journal_entry e, account d, account c, folio f"),
        List(LineItem.columns, LineItem.Column.self, from: "line_item"),
        List(LineTerms.columns, LineTerms.Column.self, from: "line_item"),
        List(LineWithEntry.columns, LineWithEntry.Column.self, from: "line_item l, folio f, journal_entry e, account d, account c"),
        List(Ledger.Operation.columns, Ledger.Operation.Column.self, from: Ledger.Operation.tables),
        List(PastCard.columns, PastCard.Column.self, from: "past_card"),
        List(Payment.columns, Payment.Column.self, from: "payment"),
        List(Payout.columns, Payout.Column.self, from: "payout"),
        List(Risk.columns, Risk.Column.self, from: "payment_risk r"),
        List(FraudWarningDetails.columns, FraudWarningDetails.Column.self, from: "payment_risk r, folio f, hold h, payment p"),
        List(Refund.columns, Refund.Column.self, from: "refund"),
        List(RefundDetails.columns, RefundDetails.Column.self, from: "refund r, folio f"),
        List(IdempotencyRecord.columns, IdempotencyRecord.Column.self, from: "idempotency_record"),
        List(WebSession.columns, WebSession.Column.self, from: "web_session"),
        List(TaskReport.columns, TaskReport.Column.self, from: "background_task"),
        List(StripeMonth.Row.columns, StripeMonth.Row.Column.self, from: "stripe_month"),
        List(StripeMonth.Row.columns, StripeMonth.Row.Column.self, from: "statement_row"),
        List(BalanceMovement.columns, BalanceMovement.Column.self, from: "balance_transaction"),
        List(
            BookedMovement.columns, BookedMovement.Column.self,
            from: "balance_transaction b, unexplained_movement u, folio f, payment p, hold h, payout_item i"),
        List(
            UnexplainedMovement.columns, UnexplainedMovement.Column.self,
            from: "unexplained_movement u, balance_transaction b, movement_entry a, movement_entry d"),
        List(MovementRule.columns, MovementRule.Column.self, from: "movement_rule"),
        List(UnreadableObject.columns, UnreadableObject.Column.self, from: "unreadable_object"),
        List(Tenant.columns, Tenant.Column.self, from: "tenant"),
    ]

    @Test func `name what SQLite names, in its order`() throws {
        let books = try LedgerFile(clock: .noon)
        for list in Self.lists { #expect(try list.isTrue(in: books), "\(list.columns)") }
    }

    @Test func `that lack a name, have one too many or two in each other's place are noticed`() throws {
        enum Short: Int, ColumnNames { case number, outcome, plan, due, state }
        enum Long: Int, ColumnNames { case number, outcome, plan, due, state, actor, folio }
        enum Swapped: Int, ColumnNames { case number, plan, outcome, due, state, actor }
        enum Leaping: Int, ColumnNames { case number, outcome, plan, due, state = 5, actor }
        let wrong = [
            List(CheckOut.columns, Short.self, from: "check_out"), List(CheckOut.columns, Long.self, from: "check_out"),
            List(CheckOut.columns, Swapped.self, from: "check_out"), List(CheckOut.columns, Leaping.self, from: "check_out"),
        ]
        let books = try LedgerFile(clock: .noon)
        for list in wrong { #expect(try !list.isTrue(in: books), "\(list.names)") }
    }

    @Test func `are all looked at`() throws {
        let store = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Sources/LedgerStore").standardizedFileURL
        let files = try #require(FileManager.default.enumerator(at: store, includingPropertiesForKeys: nil))
        var count = 0
        for case let file as URL in files where file.pathExtension == "swift" {
            count += try String(contentsOf: file, encoding: .utf8).components(separatedBy: ": Int, ColumnNames {").count - 1
        }
        // Two lists are those of two tables each.
        #expect(count == Self.lists.count - 2)
    }
}
