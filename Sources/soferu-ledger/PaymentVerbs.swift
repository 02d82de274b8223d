import Console
import Ledger
import LedgerService

/// `hold …` and `payment …`: letting go, and giving back.
enum PaymentVerbs {
    static let all = [ask, release, refund]

    private static let hold = Parameter.argument("HOLD", .wholeNumber(1...1_000_000), "The hold's number on the folio.")
    private static let payment = Parameter.argument("PAYMENT", .wholeNumber(1...1_000_000), "The payment's number on the folio.")
    private static let amount = Parameter.requiredOption("amount", .amount, "How much goes back.")

    private static let holdAmount = Parameter.requiredOption("amount", .amount, "What is to be held.")

    private static let ask = Verb(
        "hold ask", "Asks the guest for a hold once more, or for a further one, and makes the page for it.",
        [Options.tenant, Options.reference, holdAmount], examples: ["hold ask seeblick R-4711 --amount 150.00"]
    ) { invocation in
        let world = try await World.open(invocation)
        let tenant = try world.ledger.tenant(invocation[Options.tenant])
        let view = try await world.ledger.askForHold(
            try invocation[holdAmount].positive(in: tenant.currency), on: invocation[Options.reference], of: tenant.id, by: world.actor)
        try invocation.show(Record(FolioPresentation.heading(view) + FolioPresentation.totals(view.totals)))
    }

    private static let release = Verb(
        "hold release", "Lets a hold go before check-out.", [Options.tenant, Options.reference, hold],
        examples: ["hold release seeblick R-4711 1"]
    ) { invocation in
        let world = try await World.open(invocation)
        let view = try await world.ledger.releaseHold(
            invocation[hold], of: invocation[Options.reference], of: invocation[Options.tenant], by: world.actor)
        try invocation.show(FolioPresentation.report(view))
    }

    private static let refund = Verb(
        "payment refund", "Gives money back, also after check-out.",
        [Options.tenant, Options.reference, payment, amount, Options.reason],
        examples: ["payment refund seeblick R-4711 1 --amount 23.80 --reason 'wine was corked'"],
        notes: [
            "It moves money only. What the guest owes is lowered by an allowance.",
            "Each run is a refund of its own. When an earlier one has no answer yet, that one is finished instead, and you are told.",
        ]
    ) { invocation in
        let world = try await World.open(invocation)
        let tenant = try world.ledger.tenant(invocation[Options.tenant])
        let view = try await world.ledger.refund(
            payment: invocation[payment], amount: try invocation[amount].positive(in: tenant.currency),
            reason: invocation[Options.reason], of: invocation[Options.reference], of: tenant.id, by: world.actor)
        try invocation.show(FolioPresentation.report(view))
    }
}
