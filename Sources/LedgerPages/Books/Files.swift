import Ledger
import LedgerService
import LedgerShapes
import WebServer

/// The month as a file: for a spreadsheet in the reader's language, or for programs, with the same bytes as from API
/// and command line.
extension TenantVisit {
    /// Nil for a reader that there is no file for: another file would be taken for the one that was asked for.
    private var isForPrograms: Bool? {
        switch query("for") {
        case nil: false
        case "programs": true
        default: nil
        }
    }

    private var cutBy: JournalDate? { query("by").map { JournalDate(rawValue: $0) } ?? .occurredOn }

    func statementFile(_ month: Month) throws -> HTTPResponse {
        guard let isForPrograms else { return errorPage(404, .notFound) }
        let statement = try ledger.statement(month, of: tenant.id)
        if isForPrograms {
            let shape = BookShapes.statementRow
            return file(
                "\(tenant.id)-\(month)-statement.csv",
                .bytes(shape.fileHeader + shape.fileLines(StatementRow.all(of: statement))))
        }
        return file(StatementLine.columns, statement.lines, "\(tenant.id)-\(month)-\(self(.statementFileName)).csv")
    }

    func journalFile(_ month: Month) throws -> HTTPResponse {
        let (tenant, ledger) = (tenant, ledger)
        guard let isForPrograms, let date = cutBy else { return errorPage(404, .notFound) }
        let sheet = Sheet(columns: BookedEntry.columns, language: language)
        let (beginning, lines): ([UInt8], @Sendable ([BookedEntry]) -> [UInt8]) =
            isForPrograms
            ? (BookShapes.entry.fileHeader, { BookShapes.entry.fileLines($0) }) : (sheet.beginning, { sheet.lines($0) })
        // A large house posts a hundred thousand entries in a month: they are written as they are read.
        let name = isForPrograms ? "journal-\(date.rawValue)" : self(.journalFileName(date))
        return file(
            "\(tenant.id)-\(month)-\(name).csv",
            .stream { writer in
                try await writer.write(beginning)
                try await ledger.eachPage(of: tenant.id, in: month, by: date) { entries in
                    try await writer.write(
                        lines(
                            entries.map {
                                BookedEntry(entry: $0.entry, hash: $0.hash, currency: tenant.currency, cutBy: date)
                            }))
                }
            })
    }
}

extension BookedEntry {
    /// For a spreadsheet.
    fileprivate static let columns: [SheetColumn<BookedEntry>] = [
        .whole(.number) { $0.entry.number }, .day(.occurredOn) { $0.entry.occurredOn },
        .instant(.postedAt) { $0.entry.postedAt },
        .text(.what) { $0.entry.kind }, .text(.debit) { $0.entry.debit }, .text(.creditSide) { $0.entry.credit },
        .amount(.amount) { Money(minorUnits: $0.entry.amount, currency: $0.currency) }, .currency { $0.currency },
        .text(.folio) { $0.entry.folio }, .text(.whoDidIt) { $0.entry.actor }, .text(.stripe) { $0.entry.stripeObject },
        .hexadecimal(.hash) { $0.hash },
    ]
}

/// A line of the month's statement.
struct StatementLine: Sendable {
    let supplier: String
    let what: Phrase
    var type: String?
    var method: Phrase?
    var count: Int64?
    let amount: Money
    var fee: Money?
    var late: Int64?

    static let columns: [SheetColumn<StatementLine>] = [
        .text(.supplier) { $0.supplier }, .words(.what) { $0.what }, .text(.type) { $0.type },
        .words(.methodHead) { $0.method },
        .whole(.count) { $0.count },
        .amount(.amount) { $0.amount }, .amount(.fee) { $0.fee }, .currency { $0.amount.currency },
        .whole(.lateHead) { $0.late },
    ]
}

extension Statement {
    fileprivate var lines: [StatementLine] {
        func ofPlatformFee(_ part: Phrase, _ amount: Money) -> StatementLine {
            let what = Phrase(
                "\(Phrase.platformFee.english), \(part.english)", "\(Phrase.platformFee.german), \(part.german)")
            return StatementLine(supplier: "Soferu", what: what, count: 1, amount: amount)
        }
        let movements = stripe.rows.map {
            StatementLine(
                supplier: "Stripe", what: .movementKind($0.kind), type: $0.type, method: $0.method?.phrase.capitalised,
                count: $0.count, amount: $0.amount,
                fee: $0.fee, late: $0.late)
        }
        return [ofPlatformFee(.net, platformFee.net), ofPlatformFee(.tax, platformFee.tax)]
            + [StatementLine(supplier: "Stripe", what: .opening, amount: stripe.opening)] + movements
            + [StatementLine(supplier: "Stripe", what: .closing, amount: stripe.closing)] + turns + late
            + byStripesMonth
    }

    private var turns: [StatementLine] {
        disputes.counts.filter { $0.count > 0 }.map { count in
            StatementLine(
                supplier: "Stripe", what: .named(.disputes, .disputeTurn(count.turn)), count: count.count,
                amount: count.amount)
        }
    }

    private var late: [StatementLine] {
        lateItems.map { known in
            StatementLine(
                supplier: "Stripe",
                what: .named(
                    .lateHead, Phrase(known.day.text(in: .english), known.day.text(in: .german))),
                type: known.movement.type, method: known.movement.method?.phrase.capitalised, count: 1,
                amount: known.movement.amount, fee: known.movement.fee)
        }
    }

    private var byStripesMonth: [StatementLine] {
        utc.map { row in
            StatementLine(
                supplier: "Stripe", what: .named(.movementKind(row.kind), Phrase("UTC", "UTC")), type: row.type,
                method: row.method?.phrase.capitalised, count: row.count, amount: row.amount, fee: row.fee)
        }
    }
}
