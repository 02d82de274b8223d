import Ledger
import LedgerService
import LedgerShapes
import WebServer

extension OperatorVisit {
    func feesFile(_ month: Month) throws -> HTTPResponse {
        let statements = try ledger.statements(month)
        if query("for") == "programs" {
            let shape = BookShapes.statementRow
            let rows = shape.fileLines(statements.flatMap { StatementRow.all(of: $0) })
            return file("\(month)-statement.csv", .bytes(shape.fileHeader + rows))
        }
        return file(Statement.feeColumns, statements, "\(month)-\(self(.statementFileName)).csv")
    }
}

extension Statement {
    /// Two suppliers, and two currencies where books are not kept in euros.
    fileprivate static let feeColumns: [SheetColumn<Statement>] = [
        .text(.tenant) { $0.tenant }, .text(.name) { $0.tenantName }, .amount(.net) { $0.platformFee.net },
        .amount(.tax) { $0.platformFee.tax }, .amount(.gross) { $0.platformFee.gross },
        .currency { $0.platformFee.gross.currency },
        .amount(.stripeFees) { $0.stripe.fees }, .currency(.currencyOfStripeFees) { $0.stripe.fees.currency },
    ]
}
