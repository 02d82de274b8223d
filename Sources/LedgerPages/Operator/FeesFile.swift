import Ledger
import LedgerService
import LedgerShapes
import WebServer

extension OperatorVisit {
    /// The statements of all tenants, as from API and command line. What is billed is in the files of the fee runs.
    func feesFile(_ month: Month) throws -> HTTPResponse {
        let shape = BookShapes.statementRow
        let rows = shape.fileLines(try ledger.statements(month).flatMap { StatementRow.all(of: $0) })
        return file("\(month)-statement.csv", .bytes(shape.fileHeader + rows))
    }
}
