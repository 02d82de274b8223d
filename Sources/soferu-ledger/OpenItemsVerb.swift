import Console
import Ledger
import LedgerProgram
import LedgerService
import LedgerShapes

/// `open-items`: what accounting has to settle.
enum OpenItemsVerb {
    private static let month = Parameter.requiredOption("month", .month, "The month; what is open from months before is listed as well.")

    static let verb = Verb(
        "open-items",
        "Lists what is still to be settled: closed folios that do not balance, stays and orders that should be closed, and guests who still have to pay.",
        [Options.tenant, month], examples: ["open-items seeblick --month 2026-10", "open-items seeblick --month 2026-10 --format csv"],
        notes: ["Each is listed until it is settled, with the month that it comes from."]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let items = try context.ledger.openItems(invocation[month], of: invocation[Options.tenant])
        try invocation.show(
            ShapedResult(
                list: BookShapes.openItem, items,
                people: Table(
                    [
                        Column("folio", "Folio"), Column("guest", "Guest", fit: .shortened), Column("month", "From"),
                        Column("age_days", "Days", .number),
                        Column("why", "Why"), Column("open", "Open", .money), Column("open_credit", "Open credit", .money),
                        Column("set_aside", "Set aside", .money),
                    ],
                    rows: items.map { item in
                        [
                            .text(item.folio.reference), .text(item.folio.guest.name), .text(item.month.description),
                            .integer(Int64(item.days)), .text(item.why.rawValue), .money(item.totals.open), .money(item.totals.openCredit),
                            .money(item.totals.setAside),
                        ]
                    }, empty: "Nothing is open.")))
    }
}
