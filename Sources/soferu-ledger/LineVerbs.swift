import Console
import Ledger
import LedgerProgram
import LedgerService
import LedgerShapes

/// `line …`: what is charged on a folio.
enum LineVerbs {
    static let all = [add, allow, reverse]

    private static let reference = Parameter.optionalArgument("REFERENCE", .text(), "The folio's reference; not with --file.")
    private static let sku = Parameter.optionalArgument("SKU", .text(), "The item's key on the price list; not with --file.")
    private static let quantity = Parameter.option("quantity", .wholeNumber(LineItem.quantities), "How many; without it, one.")
    private static let terms = Term.besideItem.map { TermOption.of($0, isRequired: false) }
    private static let date = Parameter.option("service-date", .day, "The day of the service; without it, today.")
    private static let outsideStay = Parameter.flag("outside-stay", "Confirms that the service date is outside the stay.")
    private static let line = Parameter.argument("LINE", .wholeNumber(1...1_000_000), "The line's number on the folio.")
    private static let amount = Parameter.requiredOption("amount", .amount, "The amount by which to lower the line.")

    private static let file = Parameter.option(
        "file", .file, "Adds the lines of a CSV file instead, for one folio or many; - reads standard input.")

    private static let required = Term.all.filter(\.isRequired).map(\.name)
    private static let optional = Term.all.filter { !$0.isRequired }.map(\.name)

    private static let add = Verb(
        "line add", "Charges an item of the price list on an open folio, or the lines of a file on one or more folios.",
        [Options.tenant, reference, sku, quantity] + terms.parameters + [date, outsideStay, file],
        examples: ["line add seeblick R-4711 beer --quantity 2", "line add seeblick --file night-audit.csv"],
        notes: [
            "The file's first line names its columns: folio; item, or \(listed(required, conjunction: "and")) (the unit price, "
                + "such as 119.00); optionally \(optional.joined(separator: ", ")), quantity, "
                + "service_date, and outside_stay (true or false). An empty cell has the default: quantity 1, today, not outside the stay, "
                + "and the category's tax rate.",
            "A file has at most \(LedgerService.mostLinesAtOnce) lines. Either all lines are added or none: the first invalid line is named, and "
                + "the whole file can be added after it is corrected. Adding the same file twice adds the lines twice.",
        ]
    ) { invocation in
        if let file = invocation[file] { return try await add(file, invocation) }
        guard let reference = invocation[reference], let sku = invocation[sku] else {
            throw invocation.misuse("A line needs REFERENCE and SKU, or --file.")
        }
        let context = try await CommandContext.open(invocation)
        let added = try await context.ledger.addLine(to: reference, of: invocation[Options.tenant], by: context.actor) { currency in
            NewLine(
                sku: sku, try terms.terms(invocation, in: currency), quantity: invocation[quantity] ?? 1,
                serviceDate: invocation[date], outsideStay: invocation[outsideStay])
        }
        try show(added, invocation)
    }

    private static func add(_ file: String, _ invocation: Invocation) async throws {
        guard invocation[reference] == nil, invocation[quantity] == nil, invocation[date] == nil, !invocation[outsideStay],
            try terms.terms(invocation, in: .eur) == PartialTerms()
        else {
            throw invocation.misuse("With --file, everything about the lines comes from the file.")
        }
        let context = try await CommandContext.open(invocation)
        let tenant = try context.ledger.tenant(invocation[Options.tenant])
        let lines = try LineFile.read(file, in: tenant.currency, KnownRates(of: tenant.id, in: context.ledger))
        try show(try await context.ledger.addLines(of: tenant.id, by: context.actor) { _ in lines }, invocation)
    }

    private static let allow = Verb(
        "line allowance", "Lowers an earlier line (Nachlass); the line itself is kept.",
        [Options.tenant, Options.reference, line, amount, Options.reason],
        examples: ["line allowance seeblick R-4711 1 --amount 10.00 --reason 'noisy room'"]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let tenant = try context.ledger.tenant(invocation[Options.tenant])
        let added = try await context.ledger.allow(
            try invocation[amount].positive(in: tenant.currency), on: invocation[line], reason: invocation[Options.reason],
            of: invocation[Options.reference], of: tenant.id, by: context.actor)
        try show(added, invocation)
    }

    private static let reverse = Verb(
        "line reverse", "Cancels an earlier line completely (Storno); the line itself is kept.",
        [Options.tenant, Options.reference, line, Options.reason],
        examples: ["line reverse seeblick R-4711 3 --reason 'entered twice'"]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let added = try await context.ledger.reverse(
            line: invocation[line], reason: invocation[Options.reason], of: invocation[Options.reference], of: invocation[Options.tenant],
            by: context.actor)
        try show(added, invocation)
    }

    private static func show(_ added: LinesAdded, _ invocation: Invocation) throws {
        let counts = added.lines.reduce(into: [Int64: Int64]()) { counts, line in counts[line.folioNumber, default: 0] += 1 }
        let table = Table(
            [
                Column("folio", "Folio"), Column("lines", "New lines", .number), Column("charged", "Charged", .money),
                Column("open", "Open", .money), Column("uncovered", "Not covered", .money),
            ],
            rows: added.folios.map {
                [
                    .text($0.folio.reference), .integer(counts[$0.folio.number] ?? 0), .money($0.totals.charged),
                    .money($0.totals.open), .money($0.totals.uncovered),
                ]
            })
        let charged = added.folios.map { ChargedFolio(summary: $0, zone: added.tenant.timeZone, language: .english) }
        try invocation.show(
            ShapedResult(
                FolioShapes.manyAdded, InLanguage(added, .english), file: FolioShapes.chargedFolioInFile, charged, people: table))
        let (lines, folios) = (added.lines.count, added.folios.count)
        try invocation.remark(
            "\(lines) \(lines == 1 ? "line was" : "lines were") added to \(folios) \(folios == 1 ? "folio" : "folios").")
    }

    private static func show(_ added: LineAdded, _ invocation: Invocation) throws {
        let totals = FolioPresentation.totals(added.summary.totals)
        let report = Report(
            Record([.init("reference", "Folio", .text(added.summary.folio.reference))] + totals),
            [.init("lines", "New line", FolioPresentation.lines([added.line]))])
        try invocation.show(
            ShapedResult(
                FolioShapes.added, InLanguage(added, .english), file: FolioShapes.lineInFile, [added.line],
                people: report))
        if let warning = FolioPresentation.warning(added.summary) { try invocation.remark(warning) }
    }
}
