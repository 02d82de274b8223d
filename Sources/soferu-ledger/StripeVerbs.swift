import Console
import Ledger
import LedgerService

/// `sync`, `reconcile`: what goes between the ledger and Stripe.
enum StripeVerbs {
    static let all = [sync, reconcile]

    private static let sync = Verb(
        "sync", "Brings the ledger up to date with Stripe, and carries on what was interrupted.", [Options.onlyTenant],
        examples: ["sync", "sync --tenant seeblick"], notes: ["Running it again changes nothing."]
    ) { invocation in
        let world = try await World.open(invocation)
        var rows: [[Cell]] = []
        let troubles = try await world.eachTenant(invocation[Options.onlyTenant]) { tenant in
            let report = try await world.ledger.sync(tenant.id)
            rows.append(
                [.text(tenant.id)]
                    + [
                        report.events, report.movements, report.holdsPlaced, report.holdsRefused, report.checkOutsFinished,
                        report.answered, report.unanswered,
                    ].map { .integer(Int64($0)) } + [.missing])
        }
        rows += troubles.map { tenant, refusal in
            [.text(tenant.id)] + Array(repeating: .missing, count: 7) + [.text(refusal.message)]
        }
        try invocation.show(
            Table(
                [
                    Column("tenant", "Tenant"), Column("events", "Events", .number), Column("movements", "Movements", .number),
                    Column("holds_placed", "Holds placed", .number), Column("holds_refused", "refused", .number),
                    Column("check_outs_finished", "Check-outs finished", .number), Column("answered", "Answered", .number),
                    Column("unanswered", "still open", .number), Column("problem", "Problem", fit: .wrapped),
                ], rows: rows, empty: "No tenants yet."))
        if let (_, refusal) = troubles.first { throw refusal }
    }

    private static let reconcile = Verb(
        "reconcile", "Compares the ledger with Stripe, payment by payment and to the cent.", [Options.onlyTenant],
        examples: ["reconcile --tenant seeblick"], notes: ["Changes nothing. Ends with exit 1 when a difference remains."]
    ) { invocation in
        let world = try await World.open(invocation)
        var totals: [[Cell]] = []
        var differences: [[Cell]] = []
        let troubles = try await world.eachTenant(invocation[Options.onlyTenant]) { tenant in
            let bar = invocation.progress("Comparing \(tenant.id)", total: 0)
            defer { bar.finish() }
            let result = try await world.ledger.reconcile(tenant.id) { _ in bar.advance(by: 100) }
            totals.append([
                .text(tenant.id), .integer(Int64(result.intents)), .integer(Int64(result.refunds)), .integer(Int64(result.payouts)),
                .money(result.ledgerBalance), .money(result.stripeBalance), .integer(Int64(result.differences.count)), .missing,
            ])
            differences += result.differences.map {
                [
                    .text(tenant.id), .text($0.object), .of($0.folio, Cell.text), .text($0.ledger), .text($0.stripe), .text($0.cause),
                    .text($0.repair),
                ]
            }
        }
        totals += troubles.map { tenant, refusal in
            [.text(tenant.id)] + Array(repeating: .missing, count: 6) + [.text(refusal.message)]
        }
        try invocation.show(
            Report(
                Record([.init("differences", "Differences", .integer(Int64(differences.count)))]),
                [
                    .init("compared", "Compared", compared(totals)), .init("difference", "Differences", table(of: differences)),
                ]))
        if let (_, refusal) = troubles.first { throw refusal }
        guard differences.isEmpty else { throw BooksDiffer(count: differences.count) }
    }

    private static func compared(_ rows: [[Cell]]) -> Table {
        Table(
            [
                Column("tenant", "Tenant"), Column("intents", "Payments and holds", .number), Column("refunds", "Refunds", .number),
                Column("payouts", "Payouts", .number), Column("ledger_balance", "Balance here", .money),
                Column("stripe_balance", "Balance at Stripe", .money), Column("differences", "Differences", .number),
                Column("problem", "Problem", fit: .wrapped),
            ], rows: rows, empty: "No tenants yet.")
    }

    private static func table(of differences: [[Cell]]) -> Table {
        Table(
            [
                Column("tenant", "Tenant"), Column("object", "What", fit: .shortened), Column("folio", "Folio"),
                Column("ledger", "Here", fit: .wrapped), Column("stripe", "At Stripe", fit: .wrapped),
                Column("cause", "Why", fit: .wrapped), Column("repair", "Mend it", fit: .wrapped),
            ], rows: differences, empty: "None: the ledger and Stripe agree.")
    }
}

/// Differences remain between the ledger and Stripe.
struct BooksDiffer: Refusal {
    let count: Int

    var code: String { "books_differ" }
    var message: String { "The ledger and Stripe differ in \(count) \(count == 1 ? "place" : "places")." }
    var hint: String? { "Run `soferu-ledger sync`, then `reconcile` again; the table says how to mend what stays." }
}
