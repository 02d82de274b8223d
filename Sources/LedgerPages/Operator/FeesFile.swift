import Ledger
import LedgerService
import WebServer

extension Visit {
    func feesFile() throws -> HTTPResponse {
        guard let month = Month(place("month")) else { return errorPage(404, .notFound) }
        var rows = [[self(.tenant), self(.name), self(.net), self(.tax), self(.gross), self(.stripeFees)]]
        for statement in try ledger.statements(month) {
            rows.append([
                statement.tenant, statement.tenantName, language.plain(statement.moduleFee.net), language.plain(statement.moduleFee.tax),
                language.plain(statement.moduleFee.gross), language.plain(statement.stripe.fees),
            ])
        }
        return file(rows.map(line).joined(), "\(month)-\(self(.statementFileName)).csv")
    }
}
