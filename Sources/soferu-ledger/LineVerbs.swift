import Console
import Ledger
import LedgerService

/// `line …`: what is charged on a folio.
enum LineVerbs {
    static let all = [add, allow, reverse]

    private static let sku = Parameter.argument("SKU", .text(), "The item of the price list.")
    private static let quantity = Parameter.option("quantity", .wholeNumber(LineItem.quantities), default: "1", "How many.")
    private static let date = Parameter.option("service-date", .day, "The day of the service; without it, today.")
    private static let outsideStay = Parameter.flag("outside-stay", "The day lies outside the stay, and is meant so.")
    private static let line = Parameter.argument("LINE", .wholeNumber(1...1_000_000), "The line's number on the folio.")
    private static let amount = Parameter.requiredOption("amount", .amount, "How much less the line is to be.")

    private static let add = Verb(
        "line add", "Charges an item of the price list on an open folio.",
        [Options.tenant, Options.reference, sku, quantity, date, outsideStay], examples: ["line add seeblick R-4711 beer --quantity 2"]
    ) { invocation in
        let world = try await World.open(invocation)
        let new = NewLine.item(
            sku: invocation[sku], quantity: invocation[quantity], serviceDate: invocation[date], outsideStay: invocation[outsideStay])
        let added = try await world.ledger.addLine(
            new, to: invocation[Options.reference], of: invocation[Options.tenant], by: world.actor)
        try show(added, invocation)
    }

    private static let allow = Verb(
        "line allow", "Lowers an earlier line (Nachlass); the line itself stays readable.",
        [Options.tenant, Options.reference, line, amount, Options.reason],
        examples: ["line allow seeblick R-4711 1 --amount 10.00 --reason 'noisy room'"]
    ) { invocation in
        let world = try await World.open(invocation)
        let tenant = try world.ledger.tenant(invocation[Options.tenant])
        let added = try await world.ledger.allow(
            try invocation[amount].positive(in: tenant.currency), on: invocation[line], reason: invocation[Options.reason],
            of: invocation[Options.reference], of: tenant.id, by: world.actor)
        try show(added, invocation)
    }

    private static let reverse = Verb(
        "line reverse", "Cancels an earlier line completely (Storno); the line itself stays readable.",
        [Options.tenant, Options.reference, line, Options.reason],
        examples: ["line reverse seeblick R-4711 3 --reason 'entered twice'"]
    ) { invocation in
        let world = try await World.open(invocation)
        let added = try await world.ledger.reverse(
            line: invocation[line], reason: invocation[Options.reason], of: invocation[Options.reference], of: invocation[Options.tenant],
            by: world.actor)
        try show(added, invocation)
    }

    private static func show(_ added: LineAdded, _ invocation: Invocation) throws {
        let totals = FolioPresentation.totals(added.summary.totals)
        try invocation.show(
            Report(
                Record([.init("reference", "Folio", .text(added.summary.folio.reference))] + totals),
                [.init("line", "New line", FolioPresentation.lines([added.line]))]))
        if let warning = FolioPresentation.warning(added.summary) { try invocation.remark(warning) }
    }
}
