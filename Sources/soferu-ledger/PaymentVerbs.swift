import Console
import Ledger
import LedgerProgram
import LedgerService
import LedgerShapes

/// `hold …` and `payment …`: asking the guest, letting go, and giving back.
enum PaymentVerbs {
    static let all = [ask, release, renew, raise, ending, askForPayment, refund, decide]

    private static let hold = Parameter.argument("HOLD", .wholeNumber(1...1_000_000), "The hold's number on the folio.")
    private static let payment = Parameter.argument("PAYMENT", .wholeNumber(1...1_000_000), "The payment's number on the folio.")
    private static let amount = Parameter.requiredOption("amount", .amount, "The amount to refund.")

    private static let method = Parameter.option(
        "method", .text("METHOD"),
        "card or klarna; without it, the folio's method, or card where that has ended or Stripe has refused it for this folio. An open page for "
            + "another method is withdrawn.")

    private static let holdAmount = Parameter.requiredOption("amount", .amount, "The amount to hold; 0.00 asks for a saved card alone.")

    private static let ask = Verb(
        "hold ask", "Asks the guest for a new or further hold, and creates the payment page for it.",
        [Options.tenant, Options.reference, holdAmount, method],
        examples: ["hold ask seeblick R-4711 --amount 150.00", "hold ask seeblick R-4711 --amount 150.00 --method card"]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let tenant = try context.ledger.tenant(invocation[Options.tenant])
        let view = try await context.ledger.askForHold(
            try invocation[holdAmount].notNegative(in: tenant.currency), with: invocation[method].map { PaymentMethod(rawValue: $0) },
            on: invocation[Options.reference], of: tenant.id, by: context.actor)
        try invocation.show(FolioPresentation.changed(view))
    }

    private static let release = Verb(
        "hold release", "Releases a hold before check-out.", [Options.tenant, Options.reference, hold],
        examples: ["hold release seeblick R-4711 1"]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let view = try await context.ledger.releaseHold(
            invocation[hold], of: invocation[Options.reference], of: invocation[Options.tenant], by: context.actor)
        try invocation.show(FolioPresentation.folio(view))
    }

    private static let renew = Verb(
        "hold renew", "Renews a hold on the saved card now; by itself this happens in good time before its end.",
        [Options.tenant, Options.reference, hold], examples: ["hold renew seeblick R-4711 1"]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let view = try await context.ledger.renewHold(
            invocation[hold], of: invocation[Options.reference], of: invocation[Options.tenant], by: context.actor)
        try invocation.show(FolioPresentation.folio(view))
    }

    private static let total = Parameter.requiredOption("to", .amount, "The total that the hold should have; not what to add.")

    private static let raise = Verb(
        "hold raise", "Raises a hold without the guest, up to the ceiling that the guest has consented to.",
        [Options.tenant, Options.reference, hold, total], examples: ["hold raise seeblick R-4711 1 --to 500.00"]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let tenant = try context.ledger.tenant(invocation[Options.tenant])
        let view = try await context.ledger.raiseHold(
            invocation[hold], to: try invocation[total].positive(in: tenant.currency), of: invocation[Options.reference], of: tenant.id,
            by: context.actor)
        try invocation.show(FolioPresentation.folio(view))
    }

    private static let ending = Verb(
        "hold ending", "Lists holds that end before their stay is settled, and what happens by itself.", [Options.tenant],
        examples: ["hold ending seeblick", "hold ending seeblick --format csv"],
        notes: [
            "`renewal`: the bank is asked for a new hold. `guest`: the guest is asked on a page. `running`, `asked`: they have been asked. "
                + "`nothing`: you decide. `ended`: it covers nothing any more. `missing`: no hold came about.",
            "A stay is settled at noon of its departure, after the tenant's days of grace.",
        ]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let ending = try context.ledger.endingHolds(of: invocation[Options.tenant])
        try invocation.show(
            ShapedResult(
                list: HoldShapes.ending, ending.map { InLanguage($0, .english) },
                people: Table(
                    [
                        Column("folio", "Folio"), Column("guest_name", "Guest", fit: .shortened), Column("room", "Room", detail: 3),
                        Column("departure", "Departure", .date, detail: 4), Column("hold", "Hold", .number, detail: 1),
                        Column("amount", "Amount", .money),
                        Column("ends_at", "Ends", .instant), Column("next", "Next"), Column("next_at", "At", .instant, detail: 2),
                        Column("uncovered", "Not covered", .money), Column("why", "Why", fit: .wrapped),
                    ],
                    rows: ending.map { ending in
                        [
                            .text(ending.folio.reference), .text(ending.folio.guest.name), .of(ending.folio.room, Cell.text),
                            .day(ending.folio.departure), .integer(ending.hold.number), .money(ending.amount),
                            .of(ending.endsAt, Cell.instant),
                            .text(ending.next.name), .of(ending.next.at, Cell.instant), .money(ending.uncovered),
                            .of(ending.refusal?.sentence(in: .english) ?? ending.next.obstacle?.phrase.english, Cell.text),
                        ]
                    }, empty: "No hold ends before its stay is settled.")))
    }

    private static let paymentAmount = Parameter.requiredOption("amount", .amount, "The amount to pay.")

    private static let askForPayment = Verb(
        "payment ask", "Asks the guest to pay an amount before check-out, and creates the payment page for it.",
        [Options.tenant, Options.reference, paymentAmount, method],
        examples: ["payment ask seeblick R-4711 --amount 50.00", "payment ask seeblick S-1001 --amount 68.80 --method card"]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let tenant = try context.ledger.tenant(invocation[Options.tenant])
        let view = try await context.ledger.askForPayment(
            try invocation[paymentAmount].positive(in: tenant.currency), with: invocation[method].map { PaymentMethod(rawValue: $0) },
            on: invocation[Options.reference], of: tenant.id, by: context.actor)
        try invocation.show(FolioPresentation.changed(view))
    }

    private static let bill = Parameter.option(
        "bill", .choice(of: Refund.BillChoice.self), "Whether the refund also lowers the bill; required on an open folio.")
    private static let line = Parameter.option(
        "line", .wholeNumber(1...1_000_000), "The line to lower; without it, the line with the largest remaining amount, then the next.")

    private static let again = Parameter.flag(
        "again", "Makes another refund of the same amount, after one that Stripe did not answer at once.")

    private static let refund = Verb(
        "payment refund", "Refunds a payment, also after check-out.",
        [Options.tenant, Options.reference, payment, amount, Options.reason, bill, line, again],
        examples: ["payment refund seeblick R-4711 1 --amount 23.80 --reason 'wine was corked' --bill lowered"],
        notes: [
            "--bill lowered also gives an allowance of the same amount.",
            "--bill unchanged leaves the bill as it is: the amount is set aside until `refund decide`, and no check-out charges it again.",
            "Each run makes a new refund. If an earlier one had no answer from Stripe, its outcome is reported instead.",
        ]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let tenant = try context.ledger.tenant(invocation[Options.tenant])
        let view = try await context.ledger.refund(
            payment: invocation[payment], amount: try invocation[amount].positive(in: tenant.currency),
            reason: invocation[Options.reason], bill: invocation[bill], line: invocation[line],
            again: invocation[again], of: invocation[Options.reference], of: tenant.id, by: context.actor)
        try invocation.show(FolioPresentation.folio(view))
        if let remark = FolioPresentation.decision(view.summary) { try invocation.remark(remark) }
    }

    private static let refundNumber = Parameter.argument("REFUND", .wholeNumber(1...1_000_000), "The refund's number on the folio.")
    private static let decision = Parameter.requiredOption(
        "bill", .choice(of: Refund.BillDecision.self), "Whether to lower the bill or to charge the amount again.")

    private static let decide = Verb(
        "refund decide", "Decides about the bill after a refund that left it unchanged.",
        [Options.tenant, Options.reference, refundNumber, decision, line],
        examples: ["refund decide seeblick R-4711 1 --bill lowered", "refund decide seeblick R-4711 1 --bill charge_again"],
        notes: ["An amount that is charged again is part of the next check-out plan, and is not charged before."]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let view = try await context.ledger.decideBill(
            ofRefund: invocation[refundNumber], invocation[decision], line: invocation[line], of: invocation[Options.reference],
            of: invocation[Options.tenant], by: context.actor)
        try invocation.show(FolioPresentation.folio(view))
    }
}
