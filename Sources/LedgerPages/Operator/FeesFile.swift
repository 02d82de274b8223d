import Ledger
import LedgerService
import WebServer

extension OperatorVisit {
    func feesFile(_ month: Month) throws -> HTTPResponse {
        file(Statement.feeColumns, try ledger.statements(month), "\(month)-\(self(.statementFileName)).csv")
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
