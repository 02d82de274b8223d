import Console
import Ledger
import LedgerProgram
import LedgerService
import LedgerShapes

/// `open-items`: what accounting has to settle.
enum OpenItemsVerb {
    private static let month = Parameter.option(
        "month", .month, "The month; what is open now from it and from months before is listed.")
    private static let asOf = Parameter.option("as-of", .day, "The day at whose end it was open, instead of a month.")

    static let verb = Verb(
        "open-items",
        "Lists what is still to be settled: closed folios that do not balance, stays and orders that should be closed, and guests who still have to pay.",
        [Options.tenant, month, asOf],
        examples: [
            "open-items seeblick --month 2026-10", "open-items seeblick --month 2026-10 --format csv",
            "open-items seeblick --as-of 2026-12-10",
        ],
        notes: [
            "With --month each is listed until it is settled, with the month that it comes from.",
            "With --as-of: guests' accounts as they stood at the end of that day. What a bank withdrew in a dispute is open from the day on which "
                + "it did.",
        ]
    ) { invocation in
        let items: [OpenItem]
        switch (invocation[month], invocation[asOf]) {
        case (let month?, nil): items = try await CommandContext.open(invocation).ledger.openItems(month, of: invocation[Options.tenant])
        case (nil, let day?): items = try await CommandContext.open(invocation).ledger.openItems(asOf: day, of: invocation[Options.tenant])
        default: throw invocation.misuse("Give either --month or --as-of.")
        }
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
                            .integer(Int64(item.days)), .text(item.why.rawValue), .money(item.open),
                            item.asOf == nil ? .money(item.totals.openCredit) : .missing,
                            item.asOf == nil ? .money(item.totals.setAside) : .missing,
                        ]
                    }, empty: "Nothing is open.")))
    }
}
