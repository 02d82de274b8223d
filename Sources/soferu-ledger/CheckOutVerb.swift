import Console
import Ledger
import LedgerService
import LedgerStore

/// `check-out`: what is due, what will happen, and the one button.
enum CheckOutVerb {
    private static let execute = Parameter.option("execute", .text("PLAN"), "Carry out the plan with this id.")

    static let verb = Verb(
        "check-out", "Shows what a check-out would do; with --execute, does it.", [Options.tenant, Options.reference, execute],
        examples: ["check-out seeblick R-4711", "check-out seeblick R-4711 --execute 0f3a9c1e5b7d2846"],
        notes: ["Nothing is taken when anything has changed since the plan was shown: the new plan is shown instead."]
    ) { invocation in
        let world = try await World.open(invocation)
        guard let plan = invocation[execute] else {
            return try show(try world.ledger.checkOutPreview(invocation[Options.reference], of: invocation[Options.tenant]), invocation)
        }
        let result = try await world.ledger.checkOut(
            invocation[Options.reference], plan: plan, of: invocation[Options.tenant], by: world.actor)
        try show(result, invocation)
    }

    private static func show(_ preview: CheckOutPreview, _ invocation: Invocation) throws {
        try invocation.show(
            Report(
                Record(FolioPresentation.heading(preview.view) + FolioPresentation.totals(preview.view.totals)),
                [
                    .init("plan", "What will happen", plan(preview.plan, preview.view.tenant.currency)),
                    .init("lines", "Lines", FolioPresentation.lines(preview.view.lines)),
                    .init("taxes", "Tax included", FolioPresentation.taxes(preview.view.taxes)),
                ]))
        guard invocation[OutputFormat.parameter] == .table else { return }
        try invocation.remark(
            "To do it: soferu-ledger check-out \(invocation[Options.tenant]) \(preview.view.folio.reference) --execute \(preview.plan.id)")
    }

    static func show(_ result: CheckOutResult, _ invocation: Invocation) throws {
        let currency = result.view.tenant.currency
        try invocation.show(
            Report(
                Record(FolioPresentation.heading(result.view) + FolioPresentation.totals(result.view.totals)),
                [
                    .init("steps", "What was done", steps(result.checkOut, currency)),
                    .init("taxes", "Tax included", FolioPresentation.taxes(result.view.taxes)),
                ]))
        if result.view.folio.state == .awaitingGuest, let url = result.view.folio.pageURL {
            try invocation.remark("The guest still has to pay. Send this page: \(url)")
            try invocation.say("`soferu-ledger sync` closes the folio when that is done.")
        }
    }

    private static func plan(_ plan: CheckOutPlan, _ currency: Currency) -> Report {
        let steps = Table(
            stepColumns, rows: plan.steps.map { stepCells($0, currency) }, empty: "Nothing has to move.")
        let warnings = Table(
            [Column("code", "What"), Column("message", "In words", fit: .wrapped)],
            rows: plan.warnings.map {
                let (code, message) = words($0, currency)
                return [.text(code), .text(message)]
            }, empty: "Nothing.")
        return Report(
            Record([.init("id", "Plan", .text(plan.id)), .init("due", "Due now", .money(Money(minorUnits: plan.due, currency: currency)))]),
            [.init("steps", "Step by step", steps), .init("warnings", "To keep in mind", warnings)])
    }

    /// What became of each step. Those that others took the place of never ran.
    private static func steps(_ checkOut: StoredCheckOut, _ currency: Currency) -> Table {
        Table(
            stepColumns + [Column("state", "State"), Column("failure", "Why not", fit: .wrapped)],
            rows: checkOut.steps.filter { $0.state != .replaced }.map {
                stepCells($0.step, currency) + [.text($0.state.rawValue), .of($0.failure, Cell.text)]
            }, empty: "Nothing had to move.")
    }

    private static let stepColumns = [
        Column("do", "Step"), Column("amount", "Amount", .money), Column("words", "In words", fit: .wrapped),
    ]

    private static func stepCells(_ step: CheckOutStep, _ currency: Currency) -> [Cell] {
        let (name, amount, words) = described(step, currency)
        return [.text(name), .money(amount), .text(words)]
    }

    private static func described(_ step: CheckOutStep, _ currency: Currency) -> (name: String, amount: Money, words: String) {
        func money(_ units: Int64) -> Money { Money(minorUnits: units, currency: currency) }
        switch step {
        case .increment(let hold, let from, let to): return ("increment", money(to), "raise hold \(hold) from \(money(from))")
        case .capture(let hold, let amount): return ("capture", money(amount), "take it out of hold \(hold); the bank lets go of the rest")
        case .chargeSavedCard(let amount):
            return ("charge_saved_card", money(amount), "take it from the saved card; if it refuses, make a payment link")
        case .paymentLink(let amount): return ("payment_link", money(amount), "the guest pays on Stripe's page")
        case .release(let hold, let amount): return ("release", money(amount), "let go of hold \(hold)")
        case .refund(let payment, let amount): return ("refund", money(amount), "give it back from payment \(payment)")
        }
    }

    private static func words(_ warning: CheckOutWarning, _ currency: Currency) -> (code: String, message: String) {
        func money(_ units: Int64) -> Money { Money(minorUnits: units, currency: currency) }
        switch warning {
        case .belowMinimum(let rest): return ("below_minimum", "\(money(rest)) stay open: Stripe takes no payment that small.")
        case .paymentProcessing(let amount): return ("payment_processing", "\(money(amount)) are on their way and count as paid.")
        case .notRefundable(let credit): return ("not_refundable", "\(money(credit)) cannot be given back by refund and stay as credit.")
        case .holdExpired(let hold): return ("hold_expired", "Hold \(hold) has lapsed and covers nothing.")
        }
    }
}
