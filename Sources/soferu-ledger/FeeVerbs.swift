import CSV
import Console
import Ledger
import LedgerProgram
import LedgerService
import LedgerShapes

/// `fees …`: a month's fees of all tenants, for the operator's ERP.
enum FeeVerbs {
    static let all = [preview, run, correct, list, assign]

    private static let month = Parameter.requiredOption("month", .month, "The month that is billed.")
    private static let into = Parameter.option("into", .text("FOLDER"), default: ".", "The folder in which the run's folder appears.")

    private static let preview = Verb(
        "fees preview", "Shows what a fee run of a month would bill, and what is odd about it. Nothing is decided.", [month],
        examples: ["fees preview --month 2026-11"],
        notes: [
            "A month can be billed when it has ended; before that only tenants whose billing is advance are.",
            "Who is billed for the month already is not in it. Who is blocked is listed, and in no sum.",
        ]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let preview = try context.ledger.feePreview(invocation[month])
        let table = rows(
            preview.rows.map { FeeFileRow(run: 0, row: $0) }, preview.sum, withInvoices: false,
            empty: "There is nobody left to bill for this month.")
        try invocation.show(
            ShapedResult(
                FeeShapes.preview, InLanguage(preview, .english), file: FeeShapes.row, preview.rows.map { FeeFileRow(run: 0, row: $0) },
                people: table))
        for oddity in preview.oddities { try invocation.say("\(oddity.tenant): \(oddity.phrase.english)") }
        guard preview.sum.billed > 0 else { return }
        try invocation.remark("Bill it with: fees run --month \(preview.month) --preview \(preview.hash)")
    }

    private static let hash = Parameter.requiredOption(
        "preview", .text("HASH", .previewHash), "The hash of the preview that you have looked at.")

    private static let run = Verb(
        "fees run", "Bills a month and writes the file of it: CSV and JSON, in a folder that appears as a whole.", [month, hash, into],
        examples: ["fees run --month 2026-11 --preview 0f3a9c1e5b7d28460f3a9c1e5b7d2846 --into exports"],
        notes: [
            "Refused when anything has changed since that preview. Repeated with the same hash, it is the same run, and writes the same bytes.",
            "It does not wait for any month to be closed, and posts nothing in the tenants' journals.",
        ]
    ) { invocation in
        try WholeFolder.requirePlace(in: invocation[into])
        let context = try await CommandContext.open(invocation)
        let run = try await context.ledger.runFees(invocation[month], preview: invocation[hash], by: context.actor)
        try export(run, invocation)
    }

    private static let tenant = Parameter.requiredOption("tenant", .text("ID"), "The tenant's id.")

    private static let correct = Verb(
        "fees correct", "Takes a billed month of a tenant back, with a minus row in a run of its own.",
        [month, tenant, Options.reason, into],
        examples: ["fees correct --month 2026-11 --tenant seeblick --reason 'ended on the 15th'"],
        notes: [
            "The month's next `fees run` bills the tenant again, by its contract as it is then.",
            "Repeated with the same reason before that, it is the same run, and writes the same bytes.",
        ]
    ) { invocation in
        try WholeFolder.requirePlace(in: invocation[into])
        let context = try await CommandContext.open(invocation)
        let run = try await context.ledger.correctFee(
            invocation[month], of: invocation[tenant], reason: invocation[Options.reason], by: context.actor)
        try export(run, invocation)
    }

    private static let list = Verb(
        "fees list", "Lists a month's fee runs with their rows, and the numbers of the invoices that came back.", [month],
        examples: ["fees list --month 2026-11", "fees list --month 2026-11 --format csv"]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let runs = try context.ledger.feeRuns(of: invocation[month])
        let all = runs.flatMap(\.fileRows)
        try invocation.show(
            ShapedResult(
                FeeShapes.invoicedRun.page(), Page(all: runs), file: FeeShapes.invoicedRow, all,
                people: rows(all, FeeSum(all.map(\.row)), withInvoices: true, empty: "Nothing was billed for this month.")))
        for run in runs {
            try invocation.say(
                run.isCorrection
                    ? "Run \(run.number) is a correction: \(run.reason ?? "")"
                    : "Run \(run.number) again, with the same bytes: fees run --month \(run.month) --preview \(run.hash)")
        }
    }

    private static let file = Parameter.argument("FILE", .file, "A table file with one invoice a row; - reads standard input.")

    private static let replaceReason = Parameter.option(
        "replace-reason", .text("TEXT", .reason), "Why rows get another number than they have; it is kept permanently.")

    private static let assign = Verb(
        "fees assign", "Takes the numbers of the invoices back that the ERP wrote: all of a file, or none.", [file, replaceReason],
        examples: ["fees assign invoices.csv"],
        notes: [
            "The file's first line names its columns: month, tenant, run and invoice, or Monat, Mandant, Lauf and Rechnung. Of the others only "
                + "tax_case is read: a blocked row needs no invoice, so the exported file can be given with the numbers added.",
            "A number that is known already is left. Another one for the same row needs --replace-reason. One invoice may have several rows, of one "
                + "recipient.",
        ]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let table = try TableReader(file: invocation[file], columns: InvoiceFile.columns, allowsMore: true)
        let assigned = try await context.ledger.assignInvoices(
            try InvoiceFile.rows(table), replacing: invocation[replaceReason], by: context.actor)
        try invocation.show(
            ShapedResult(
                FeeShapes.assigned, assigned,
                people: Record([
                    .init("added", "Added", .integer(Int64(assigned.added))),
                    .init("known", "Known already", .integer(Int64(assigned.known))),
                    .init("replaced", "Replaced", .integer(Int64(assigned.replaced))),
                ])))
    }

    /// Writes a run's folder, and says so.
    private static func export(_ run: FeeRun, _ invocation: Invocation) throws {
        let isNew: Bool
        do { isNew = try WholeFolder.write(FeeFiles.all(of: run), as: run.name, in: invocation[into]) } catch {
            throw RunWithoutFile(run: run.number, why: error)
        }
        let sum = run.sum
        let record = Record([
            .init("number", "Run", .integer(run.number)), .init("month", "Month", .month(run.month)),
            .init("billed", "Billed", .integer(Int64(sum.billed))), .init("blocked", "Blocked", .integer(Int64(sum.blocked))),
            .init("net", "Net", .money(sum.net)), .init("tax", "Tax", .money(sum.tax)), .init("gross", "Gross", .money(sum.gross)),
        ])
        try invocation.show(ShapedResult(FeeShapes.runSummary, run, people: record))
        let path = "\(invocation[into])/\(run.name)"
        try invocation.remark(isNew ? "The file is in \(path)." : "The file is in \(path) already, with the same bytes.")
    }

    private static func rows(_ rows: [FeeFileRow], _ sum: FeeSum, withInvoices: Bool, empty: String) -> Table {
        var columns = [
            Column("tenant", "Tenant"), Column("recipient", "Recipient", fit: .shortened), Column("days", "Days"),
            Column("tax_case", "Tax case"), Column("net", "Net", .money), Column("tax", "Tax", .money), Column("gross", "Gross", .money),
            Column("price_origin", "Price"),
        ]
        if withInvoices { columns += [Column("run", "Run", .number), Column("invoice", "Invoice")] }
        let cells = rows.map { one -> [Cell] in
            let row = one.row
            let start: [Cell] = [
                .text(row.tenant), .text(row.recipient), .text("\(row.dayCount)/\(row.daysInMonth)"), .text(row.taxCase.rawValue),
            ]
            let amounts: [Cell] = [
                .of(row.amounts?.net, Cell.money), .of(row.amounts?.tax, Cell.money), .of(row.amounts?.gross, Cell.money),
                .text(row.origin.text),
            ]
            return start + amounts + (withInvoices ? [.integer(one.run), .of(one.invoice, Cell.text)] : [])
        }
        let start: [Cell] = [.text("Sum"), .missing, .missing, .missing]
        let total = start + [.money(sum.net), .money(sum.tax), .money(sum.gross), .missing] + (withInvoices ? [.missing, .missing] : [])
        return Table(columns, rows: cells, total: total, empty: empty)
    }
}

/// A run was decided, and its folder could not be written.
private struct RunWithoutFile: OperatorRefusal {
    let run: Int64
    let why: FolderRefusal

    var code: String { why.code }
    var message: String { "Run \(run) is decided, but its file is missing. \(why.message)" }
    var hint: String? { why.hint }
}
