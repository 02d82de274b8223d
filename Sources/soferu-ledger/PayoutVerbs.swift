import Console
import Ledger
import LedgerProgram
import LedgerService
import LedgerShapes

/// `payout …`: what Stripe sends to the bank, and what is in it.
enum PayoutVerbs {
    static let all = [list, show, movements]

    private static let payout = Parameter.argument("PAYOUT", .text(), "Stripe's id, as `payout list` shows it: po_….")
    private static let month = Parameter.requiredOption("month", .month, "The month.")

    private static let list = Verb(
        "payout list", "Lists what Stripe sends to the bank, oldest first.", [Options.tenant],
        examples: ["payout list seeblick", "payout list seeblick --format csv"]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let payouts = try context.ledger.payouts(of: invocation[Options.tenant])
        try invocation.show(
            ShapedResult(
                list: BookShapes.payout, payouts,
                people: Table(
                    [
                        Column("id", "Payout"), Column("created_at", "Created", .instant, detail: 1), Column("amount", "Amount", .money),
                        Column("status", "State"), Column("arrival_date", "Arrives", .date), Column("breakdown", "What is in it"),
                    ],
                    rows: payouts.map { payout in
                        [
                            .text(payout.id), .instant(payout.created), .money(payout.amount), .text(payout.state),
                            .day(payout.arrivalDate),
                            .text(payout.breakdown.words.english),
                        ]
                    }, empty: "No payouts.")))
    }

    private static let show = Verb(
        "payout show", "Shows a payout, where it is, and what is in it.", [Options.tenant, payout],
        examples: ["payout show seeblick po_1SYk2h", "payout show seeblick po_1SYk2h --format csv"],
        notes: [
            "What is in an automatic payout is known once Stripe has reconciled it, and adds up to it. Stripe cannot say it of one made by hand: "
                + "that has the balance before and after instead."
        ]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let view = try context.ledger.payout(invocation[payout], of: invocation[Options.tenant])
        let known = view.payout
        try invocation.show(
            ShapedResult(
                BookShapes.payoutView, view, file: BookShapes.bookedMovement, view.items,
                people: Report(
                    Record([
                        .init("payout", "Payout", .text(known.id)), .init("amount", "Amount", .money(known.amount)),
                        .init("status", "State", .text(known.state)), .init("place", "Where it is", .text(view.place.rawValue)),
                        .init("arrival_date", "Arrives", .day(known.arrivalDate)),
                        .init("breakdown", "What is in it", .text(known.breakdown.words.english)),
                        .init("balance_before", "Balance before", .of(view.balances?.before, Cell.money)),
                        .init("balance_after", "Balance after", .of(view.balances?.after, Cell.money)),
                    ]), [.init("items", "What is in it", table(view.items))])))
    }

    private static let movements = Verb(
        "movement booked", "Lists a month's movements on the balance at Stripe, each with its fee, payment and folio.",
        [Options.tenant, month],
        examples: ["movement booked seeblick --month 2026-10", "movement booked seeblick --month 2026-10 --format csv"]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let movements = try context.ledger.bookedMovements(invocation[month], of: invocation[Options.tenant])
        try invocation.show(ShapedResult(list: BookShapes.bookedMovement, movements, people: table(movements)))
    }

    private static func table(_ movements: [BookedMovement]) -> Table {
        Table(
            [
                Column("created", "When", .instant), Column("type", "Type"), Column("amount", "Amount", .money),
                Column("fee", "Stripe's fee", .money), Column("folio", "Folio"), Column("payment", "Payment", .number, detail: 1),
                Column("guest", "Guest", fit: .shortened, detail: 3), Column("id", "At Stripe", fit: .shortened, detail: 2),
            ],
            rows: movements.map { known in
                [
                    .instant(known.movement.created), .text(known.movement.type + (known.isLate ? " (late)" : "")),
                    .money(known.movement.amount), .money(known.movement.fee), .of(known.folio, Cell.text),
                    .of(known.payment, Cell.integer), .of(known.guest, Cell.text), .text(known.movement.id),
                ]
            }, empty: "No movements.")
    }
}
