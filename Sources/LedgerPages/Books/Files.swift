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
        rows.append(["Soferu", "\(self(.moduleFee)), \(self(.net))", "", "1", language.plain(fee.net), "", ""])
        rows.append(["Soferu", "\(self(.moduleFee)), \(self(.tax))", "", "1", language.plain(fee.tax), "", ""])
        rows.append(["Stripe", self(.opening), "", "", language.plain(statement.stripe.opening), "", ""])
        for row in statement.stripe.rows {
            rows.append([
                "Stripe", self(.bucket(row.bucket)), row.method.map { self($0.phrase.capitalised) } ?? "", String(row.count),
                language.plain(row.amount),
                language.plain(row.fee), String(row.late),
            ])
        }
        rows.append(["Stripe", self(.closing), "", "", language.plain(statement.stripe.closing), "", ""])
        return file(rows.map(line).joined(), "\(tenant!.id)-\(month)-\(self(.statementFileName)).csv")
    }

    func journalFile() throws -> HTTPResponse {
        guard let month = Month(place("month")) else { return errorPage(404, .notFound) }
        let (tenant, ledger) = (tenant!, ledger)
        let head = line([
            self(.number), self(.serviceDate), self(.postedAt), self(.what), self(.debit), self(.creditSide), self(.amount), self(.folio),
            self(.whoDidIt), "Stripe", "SHA-256",
        ])
        // A large house posts a hundred thousand entries in a month: they are written as they are read.
        return file(
            "\(tenant.id)-\(month)-journal.csv",
            .stream { writer in
                try await writer.write(Self.mark + Array(head.utf8))
                try await ledger.eachPage(of: tenant.id, in: month) { entries in
                    try await writer.write(Array(entries.map { self.line($0.entry, $0.hash, of: tenant) }.joined().utf8))
                }
            })
    }

    private func line(_ entry: JournalEntry, _ hash: [UInt8], of tenant: Tenant) -> String {
        line([
            String(entry.number), day(entry.serviceDate), entry.postedAt.description, entry.kind, entry.debit, entry.credit,
            language.plain(Money(minorUnits: entry.amount, currency: tenant.currency)), entry.folio ?? "", entry.actor,
            entry.stripeObject ?? "", hexadecimal(hash),
        ])
    }

    /// U+FEFF in UTF-8: by it Excel sees what the bytes are.
    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    func file(_ text: String, _ name: String) -> HTTPResponse { file(name, .bytes(Self.mark + Array(text.utf8))) }

    private func file(_ name: String, _ body: HTTPResponse.Body) -> HTTPResponse {
        HTTPResponse(
            status: 200,
            headers: [
                ("Content-Type", "text/csv; charset=utf-8"), ("Content-Disposition", "attachment; filename=\"\(name)\""),
            ], body: body)
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
