import Console
import Ledger
import LedgerProgram
import LedgerService

/// `sync`, `reconcile`: what goes between the ledger and Stripe.
enum StripeVerbs {
    static let all = [sync, reconcile]

    private static let sync = Verb(
        "sync", "Brings the ledger up to date with Stripe, and resumes what was interrupted.", [Options.onlyTenant],
        examples: ["sync", "sync --tenant seeblick"],
        notes: [
            "It is safe to run it again at any time: nothing is done twice.",
            "An object at Stripe that cannot be read holds up nothing else; it is named, tried again each time, and its month waits for it.",
        ]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        var rows: [[Cell]] = []
        let troubles = try await context.eachTenant(invocation[Options.onlyTenant]) { tenant in
            let report = try await context.ledger.sync(tenant.id)
            rows.append(
                [.text(tenant.id)]
                    + [
                        report.events, report.movements, report.holdsPlaced, report.holdsRefused, report.holdsRenewed,
                        report.checkOutsFinished,
                        report.answered, report.unanswered,
                    ].map { .integer(Int64($0)) } + [report.unreadWords.map { .text($0) } ?? .missing, .missing])
        }
        rows += troubles.map { tenant, refusal in
            [.text(tenant.id)] + Array(repeating: .missing, count: 9) + [.text(refusal.message)]
        }
        try invocation.show(
            Table(
                [
                    Column("tenant", "Tenant"), Column("events", "Events", .number), Column("balance_transactions", "Movements", .number),
                    Column("holds_placed", "Holds placed", .number), Column("holds_refused", "refused", .number),
                    Column("holds_renewed", "renewed", .number),
                    Column("check_outs_finished", "Check-outs finished", .number), Column("answered", "Answered", .number),
                    Column("unanswered", "still open", .number), Column("unread", "Not read", fit: .wrapped),
                    Column("problem", "Problem", fit: .wrapped),
                ], rows: rows, empty: "No tenants yet."))
        if let (_, refusal) = troubles.first { throw refusal }
    }

    private static let repair = Parameter.flag("repair", "Repairs what can be repaired safely, and records what was repaired and by whom.")

    private static let reconcile = Verb(
        "reconcile", "Compares the ledger with Stripe, payment by payment and to the cent; with --repair, repairs what it can.",
        [Options.onlyTenant, repair], examples: ["reconcile --tenant seeblick", "reconcile --repair"],
        notes: [
            "Without --repair it changes no books, but records what it found. Exits with 1 if a difference remains, or if something could not be "
                + "compared. What nobody has to do anything about is shown, and not counted.",
            "A repair only books what an object at Stripe says, and never takes or refunds money. An object made after the backup that was "
                + "restored is compared with its folio by amount, currency, customer and reference, and taken in if they match.",
        ]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let isRepairing = invocation[repair]
        var totals: [[Cell]] = []
        var mended: [[Cell]] = []
        var differences: [[Cell]] = []
        var count = 0
        let troubles = try await context.eachTenant(invocation[Options.onlyTenant]) { tenant in
            let bar = invocation.progress("Comparing \(tenant.id)", total: 0)
            defer { bar.finish() }
            let result: Reconciliation
            if isRepairing {
                let report = try await context.ledger.repair(tenant.id, by: context.actor) { _ in bar.advance(by: 100) }
                mended += report.mended.map { cells(of: $0, tenant.id) }
                result = report.after
            } else {
                result = try await context.ledger.reconcile(tenant.id) { _ in bar.advance(by: 100) }
            }
            totals.append([
                .text(tenant.id), .integer(Int64(result.intents)), .integer(Int64(result.refunds)), .integer(Int64(result.payouts)),
                .integer(Int64(result.disputes)), .money(result.ledgerBalance),
                .of(result.stripeBalance, Cell.money), .integer(Int64(result.count)), .missing,
            ])
            count += result.count
            differences += result.differences.map { cells(of: $0, tenant.id) + [.text($0.mending.words)] }
        }
        let agreement =
            troubles.isEmpty
            ? "None: the ledger and Stripe agree."
            : totals.isEmpty ? "Not compared." : "None in what was compared; not everything could be compared."
        totals += troubles.map { tenant, refusal in
            [.text(tenant.id)] + Array(repeating: .missing, count: 7) + [.text(refusal.message)]
        }
        // Of what was not compared, nobody knows how much differs.
        var heading = [
            Record.Field("differences", "Differences", troubles.isEmpty ? .integer(Int64(count)) : .missing)
        ]
        var parts = [Report.Section("compared", "Compared", compared(totals))]
        if isRepairing {
            heading.append(.init("mended", "Repaired", .integer(Int64(mended.count))))
            let nothing = totals.count > troubles.count ? "Nothing had to be repaired." : "Nothing was compared."
            parts.append(.init("mended", "Repaired", Table(columns, rows: mended, empty: nothing)))
        }
        let remaining = Table(
            columns + [Column("repair", "How to repair", fit: .wrapped)], rows: differences, empty: agreement)
        try invocation.show(Report(Record(heading), parts + [.init("remaining", "Differences", remaining)]))
        if let (_, refusal) = troubles.first { throw refusal }
        guard count == 0 else { throw BooksDiffer(count: count, isRepaired: isRepairing) }
    }

    private static func cells(of difference: Difference, _ tenant: String) -> [Cell] {
        [
            .text(tenant), .text(difference.object), .of(difference.folio, Cell.text), .text(difference.ledger), .text(difference.stripe),
            .text(difference.cause),
        ]
    }

    private static func compared(_ rows: [[Cell]]) -> Table {
        Table(
            [
                Column("tenant", "Tenant"), Column("payment_intents", "Payments and holds", .number), Column("refunds", "Refunds", .number),
                Column("payouts", "Payouts", .number), Column("disputes", "Disputes", .number),
                Column("ledger_balance", "Balance here", .money),
                Column("stripe_balance", "Balance at Stripe", .money), Column("differences", "Differences", .number),
                Column("problem", "Problem", fit: .wrapped),
            ], rows: rows, empty: "No tenants yet.")
    }

    private static let columns = [
        Column("tenant", "Tenant"), Column("object", "What", fit: .shortened), Column("folio", "Folio"),
        Column("ledger", "Here", fit: .wrapped), Column("stripe", "At Stripe", fit: .wrapped), Column("cause", "Why", fit: .wrapped),
    ]
}

/// Differences remain between the ledger and Stripe.
struct BooksDiffer: OperatorRefusal {
    let count: Int
    /// Whether all was mended that can be.
    let isRepaired: Bool

    var code: String { "books_differ" }
    var message: String { "The ledger and Stripe differ, or could not be compared, in \(count) \(count == 1 ? "place" : "places")." }
    var hint: String? {
        isRepaired
            ? "The table says what to do by hand for each difference."
            : "`soferu-ledger reconcile --repair` repairs what it can; the table says what to do by hand for the rest."
    }
}
