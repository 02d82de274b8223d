import CSV
import Foundation
import Ledger
import LedgerService
import WebServer

/// The month for a spreadsheet. Semicolons and decimal commas in German, because that is what a German Excel opens by itself.
extension Visit {
    func statementFile() throws -> HTTPResponse {
        guard let month = Month(place("month")) else { return errorPage(404, .notFound) }
        let statement = try ledger.statement(month, of: tenant!.id)
        let fee = statement.moduleFee
        var rows = [[self(.supplier), self(.what), self(.methodHead), self(.count), self(.amount), self(.fee), self(.lateHead)]]
        rows.append(["Soferu", "\(self(.moduleFee)) \(self(.net))", "", "1", language.plain(fee.net), "", ""])
        rows.append(["Soferu", "\(self(.moduleFee)) \(self(.tax))", "", "1", language.plain(fee.tax), "", ""])
        rows.append(["Stripe", self(.opening), "", "", language.plain(statement.stripe.opening), "", ""])
        for row in statement.stripe.rows {
            rows.append([
                "Stripe", self(.bucket(row.bucket)), row.method?.rawValue ?? "", String(row.count), language.plain(row.amount),
                language.plain(row.fee), String(row.late),
            ])
        }
        rows.append(["Stripe", self(.closing), "", "", language.plain(statement.stripe.closing), "", ""])
        return file(rows.map(line).joined(), "\(tenant!.id)-\(month)-\(self(.statementFileName)).csv")
    }

    func journalFile() throws -> HTTPResponse {
        guard let month = Month(place("month")) else { return errorPage(404, .notFound) }
        var text = line([
            self(.number), self(.serviceDate), self(.postedAt), self(.what), self(.debit), self(.creditSide), self(.amount), self(.folio),
            self(.whoDidIt), "Stripe", "SHA-256",
        ])
        try ledger.eachEntry(of: tenant!.id, in: month) { entry, hash in
            text += line([
                String(entry.number), day(entry.serviceDate), entry.postedAt.description, entry.kind, entry.debit, entry.credit,
                language.plain(Money(minorUnits: entry.amount, currency: tenant!.currency)), entry.folio ?? "", entry.actor,
                entry.stripeObject ?? "", hexadecimal(hash),
            ])
        }
        return file(text, "\(tenant!.id)-\(month)-journal.csv")
    }

    func file(_ text: String, _ name: String) -> HTTPResponse {
        HTTPResponse(
            status: 200,
            headers: [
                ("Content-Type", "text/csv; charset=utf-8"), ("Content-Disposition", "attachment; filename=\"\(name)\""),
            ], body: [0xEF, 0xBB, 0xBF] + Array(text.utf8))
    }

    /// A line of texts and figures as this language writes them.
    func line(_ fields: [String]) -> String {
        CSVField.line(
            fields.map { field in
                let isNumber = field.utf8.allSatisfy { (48...57).contains($0) || [44, 45, 46].contains($0) }
                return isNumber ? CSVField.number(field) : CSVField.text(field)
            }, separator: language == .german ? ";" : ",")
    }
}
