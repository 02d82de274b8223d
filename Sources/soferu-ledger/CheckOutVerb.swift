import Console
import Ledger
import LedgerProgram
import LedgerService
import LedgerShapes

/// `check-out`: what is due, what will happen, and the one button.
enum CheckOutVerb {
    private static let execute = Parameter.option("execute", .text("PLAN"), "Execute the plan with this id.")

    private static let withdraw = Parameter.flag(
        "withdraw", "Withdraw the payment page that a check-out waits for; this reopens the folio.")

    private static let nothingCharged = Parameter.flag(
        "nothing-charged", "With --execute: closes a folio without lines, or with lines that cancel out. No document is issued then.")

    static let verb = Verb(
        "check-out", "Shows the plan of a check-out; with --execute, executes it.",
        [Options.tenant, Options.reference, execute, nothingCharged, withdraw],
        examples: [
            "check-out seeblick R-4711", "check-out seeblick R-4711 --execute 0f3a9c1e5b7d2846", "check-out seeblick R-4711 --withdraw",
        ],
        notes: [
            "If anything has changed since the plan was shown, no money is taken and the new plan is shown instead.",
            "If the guest pays before the page is withdrawn, the folio is closed with that payment.",
            "Exits with 1 if an amount is due that was not taken and that no payment page asks the guest for.",
            "With `--format csv` it prints the steps, one per row.",
        ]
    ) { invocation in
        if invocation[withdraw], invocation[execute] != nil { throw ExecuteOrWithdraw() }
        let context = try await CommandContext.open(invocation)
        if invocation[withdraw] {
            let result = try await context.ledger.withdrawCheckOut(
                invocation[Options.reference], of: invocation[Options.tenant], by: context.actor)
            return try show(result, invocation)
        }
        guard let plan = invocation[execute] else {
            return try show(try context.ledger.checkOutPreview(invocation[Options.reference], of: invocation[Options.tenant]), invocation)
        }
        let result = try await context.ledger.checkOut(
            invocation[Options.reference], plan: plan, nothingCharged: invocation[nothingCharged], of: invocation[Options.tenant],
            by: context.actor)
        try show(result, invocation)
        try requireEnd(of: result.checkOut, result.view)
    }

    /// - Throws: `CheckOutUnfinished` when something is still to be taken or given back and nobody is asked for it.
    ///
    /// - Parameter checkOut: Nil where none could be begun.
    static func requireEnd(of checkOut: CheckOut?, _ view: FolioView) throws {
        guard checkOut?.state ?? .incomplete == .incomplete else { return }
        throw CheckOutUnfinished(
            reference: view.folio.reference, open: view.totals.unpaid, why: checkOut?.steps.last { $0.failure != nil }?.failure)
    }

    private static func show(_ preview: CheckOutPreview, _ invocation: Invocation) throws {
        let report = Report(
            Record(FolioPresentation.heading(preview.view) + FolioPresentation.totals(preview.view.totals)),
            [
                .init("plan", "What will happen", plan(preview.plan, preview.view)),
                .init("lines", "Lines", FolioPresentation.lines(preview.view.lines)),
                .init("taxes", "Tax included", FolioPresentation.taxes(preview.view.taxes)),
            ])
        try invocation.show(
            ShapedResult(
                CheckOutShapes.preview, preview, file: CheckOutShapes.stepInFile,
                preview.plan.steps.map { InCurrency($0, preview.plan.currency) }, people: report))
        guard invocation[OutputFormat.parameter] == .table else { return }
        try invocation.remark(
            "To execute it: `soferu-ledger check-out \(invocation[Options.tenant]) \(preview.view.folio.reference) --execute \(preview.plan.id)"
                + (preview.plan.warnings.contains(.nothingCharged) ? " --nothing-charged`" : "`")
        )
    }

    static func show(_ result: CheckOutResult, _ invocation: Invocation) throws {
        let report = Report(
            Record(FolioPresentation.heading(result.view) + FolioPresentation.totals(result.view.totals)),
            [
                .init("steps", "What was done", steps(result.checkOut, result.view)),
                .init("taxes", "Tax included", FolioPresentation.taxes(result.view.taxes)),
            ])
        let ended = CheckOutShapes.ShownCheckOut(result, in: .english)
        try invocation.show(
            ShapedResult(CheckOutShapes.result, ended, file: CheckOutShapes.doneStepInFile, ended.steps, people: report))
        if let remark = FolioPresentation.decision(result.view.summary) { try invocation.remark(remark) }
        if result.view.folio.state == .awaitingGuest, let url = result.view.folio.paymentURL {
            try invocation.remark("The guest still has to pay. Send this payment page: \(url)")
            try invocation.say("`soferu-ledger sync` closes the folio once the guest has paid.")
        }
    }

    private static func plan(_ plan: CheckOutPlan, _ view: FolioView) -> Report {
        let currency = view.tenant.currency
        let steps = Table(stepColumns, rows: plan.steps.map { stepCells($0, view) }, empty: "No money has to be moved.")
        let warnings = Table(
            [Column("code", "What"), Column("message", "In words", fit: .wrapped)],
            rows: plan.warnings.map { [.text($0.code), .text($0.sentence(in: .english, currency))] }, empty: "Nothing.")
        return Report(
            Record(
                [.init("id", "Plan", .text(plan.id)), .init("due", "Due now", .money(Money(minorUnits: plan.due, currency: currency)))]
                    + (plan.setAside == 0
                        ? [] : [.init("set_aside", "Set aside", .money(Money(minorUnits: plan.setAside, currency: currency)))])),
            [.init("steps", "Step by step", steps), .init("warnings", "Warnings", warnings)])
    }

    /// What became of each step. Those that others took the place of never ran.
    private static func steps(_ checkOut: CheckOut, _ view: FolioView) -> Table {
        Table(
            stepColumns + [Column("state", "State"), Column("failure", "Why not", fit: .wrapped)],
            rows: checkOut.steps.filter { $0.state != .replaced }.map {
                stepCells($0.step, view, isOver: $0.state != .waiting) + [
                    .text($0.state.rawValue), .of($0.failure?.sentence(in: .english), Cell.text),
                ]
            }, empty: "No money had to be moved.")
    }

    private static let stepColumns = [
        Column("do", "Step"), Column("amount", "Amount", .money), Column("words", "In words", fit: .wrapped),
    ]

    private static func stepCells(_ step: CheckOutStep, _ view: FolioView, isOver: Bool = false) -> [Cell] {
        let currency = view.tenant.currency
        return [
            .text(step.name), .money(Money(minorUnits: step.amount, currency: currency)),
            .text(step.sentence(in: .english, currency, holds: view.holds, isOver: isOver)),
        ]
    }
}

/// A check-out, a cancellation or a no-show that left its folio open, with no page on which the guest could pay.
struct CheckOutUnfinished: OperatorRefusal {
    let reference: String
    /// What is open on the folio.
    let open: Money
    let why: Ledger.Failure?

    var code: String { "check_out_unfinished" }
    var message: String {
        let because = why.map { ": \($0.words(in: .english))" } ?? ""
        return "Folio \"\(reference)\" is open again with \(open.text(in: .english))\(because)."
    }
    var hint: String? { "`soferu-ledger folio show` says what to do; then check out again." }
}

/// Both buttons at once.
struct ExecuteOrWithdraw: OperatorRefusal {
    var code: String { "execute_or_withdraw" }
    var message: String { "A check-out can be executed or withdrawn, not both." }
    var hint: String? { "Give --execute or --withdraw." }
}
