import Console
import Ledger
import LedgerProgram
import LedgerService
import LedgerShapes

/// What a tenant is billed, and how that ends.
enum ContractVerbs {
    static let all = [contract, end, removeKeys]

    private static let price = Parameter.option("price", .amount, "The net price of a month, in EUR; needs --price-from.")
    private static let priceFrom = Parameter.option("price-from", .month, "The first month with that price.")
    private static let from = Parameter.option("from", .day, "The first day that is billed.")
    private static let recipient = Parameter.option("recipient", .text("NAME", .recipient), "Whom the invoice goes to.")
    private static let country = Parameter.option("country", .text("CODE", .countryCode), "Where the recipient is, such as DE.")
    private static let noCountry = Parameter.flag("no-country", "Where the recipient is, is not known.")
    private static let vatID = Parameter.option("vat-id", .text("ID", .vatID), "The recipient's VAT id; it counts as not checked.")
    private static let noVATID = Parameter.flag("no-vat-id", "The recipient has no VAT id.")
    private static let checkedOn = Parameter.option("vat-checked-on", .day, "The day on which the authority confirmed the VAT id.")
    private static let noVATCheck = Parameter.flag("no-vat-check", "The authority does not confirm the VAT id any more.")
    private static let checkedBy = Parameter.option(
        "vat-checked-by", .text("NAME", .actor), "Who asked the authority; without it, whoever runs the command.")
    private static let proration = Parameter.option(
        "proration", .choice(of: Proration.self), "Whether a month costs its days or is a whole one.")
    private static let free = Parameter.option(
        "free-months", .wholeNumber(ContractTerms.freeMonthNumbers), "So many calendar months cost nothing, the first one included.")
    private static let billing = Parameter.option("billing", .choice(of: Billing.self), "Whether a month is billed after its end.")

    private static let contract = Verb(
        "tenant contract", "Shows what a tenant is billed; with options, changes it.",
        [
            Options.tenant, price, priceFrom, from, recipient, country, noCountry, vatID, noVATID, checkedOn, noVATCheck, checkedBy,
            proration, free,
            billing,
        ],
        examples: [
            "tenant contract seeblick", "tenant contract seeblick --price 21.00 --price-from 2026-12",
            "tenant contract alpenhof --country AT --vat-id ATU12345678 --vat-checked-on 2026-11-02",
            "tenant contract alpenhof --no-vat-check",
        ],
        notes: [
            "The tax case follows: domestic in Germany; eu_reverse_charge elsewhere in the EU with a VAT id that was checked; third_country "
                + "outside the EU; otherwise blocked, and then the tenant is listed and not billed.",
            "In another country a VAT id of the old one goes, with its check.",
            "What was billed stays. The price of a month that is billed cannot change: `fees correct` takes the month back first.",
        ]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let tenant = invocation[Options.tenant]
        var change = ContractChange()
        switch (invocation[price], invocation[priceFrom]) {
        case (let net?, let month?): change.price = ContractPrice(from: month, net: try net.notNegative(in: .eur))
        case (nil, nil): break
        default: throw invocation.misuse("--price and --price-from are given together.")
        }
        change.from = invocation[from]
        change.recipient = invocation[recipient]
        change.country = try invocation.change(country, noCountry)
        change.vatID = try invocation.change(vatID, noVATID)
        change.vatCheckedOn = try invocation.change(checkedOn, noVATCheck)
        change.vatCheckedBy = invocation[checkedBy]
        change.proration = invocation[proration]
        change.freeMonths = invocation[free].map { Int($0) }
        change.billing = invocation[billing]
        let before = try context.ledger.contract(of: tenant).terms
        let contract: Contract = try await context.ledger.changeContract(change, of: tenant, by: context.actor)
        try show(contract, invocation)
        if let id = before.vatID, contract.terms.vatID == nil, !invocation[noVATID] {
            try invocation.remark("The VAT id \(id) is of another country: it is gone, with its check.")
        }
    }

    private static let day = Parameter.option("day", .day, "The last day that is billed.")
    private static let revoke = Parameter.flag("revoke", "Takes the end back.")

    private static let end = Verb(
        "tenant end", "Ends a tenant's contract: from that day on nothing new is booked or held.", [Options.tenant, day, revoke],
        examples: ["tenant end seeblick --day 2026-11-15", "tenant end seeblick --revoke"],
        notes: [
            "What was booked before is held, charged and settled as always. Keys and webhooks stay: `tenant remove-keys` removes them when "
                + "nothing needs them any more."
        ]
    ) { invocation in
        guard (invocation[day] == nil) == invocation[revoke] else { throw invocation.misuse("Give either --day or --revoke.") }
        let context = try await CommandContext.open(invocation)
        try show(
            try await context.ledger.endContract(on: invocation[day], of: invocation[Options.tenant], by: context.actor), invocation)
    }

    private static let confirm = Parameter.requiredOption("confirm", .text("TENANT"), "The tenant's id once more: it cannot be undone.")

    private static let removeKeys = Verb(
        "tenant remove-keys", "Removes the keys of a tenant's Stripe account for good, after the end of its contract.",
        [Options.tenant, confirm], examples: ["tenant remove-keys seeblick --confirm seeblick"],
        notes: [
            "Refused while anything can still happen at Stripe: a hold, payment, refund or call is not over, an open folio does not balance, a "
                + "guest's card is kept, the balance is not zero, a dispute is open, or the last payment is not \(KeyNeed.days) days ago "
                + "(without a payment, the contract's end). The books stay: accounting and auditors read them as before."
        ]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let removed = try await context.ledger.removeKeys(
            of: invocation[Options.tenant], confirmation: invocation[confirm], by: context.actor)
        try show(removed, invocation)
    }

    private static func show(_ contract: Contract, _ invocation: Invocation) throws {
        let terms = contract.terms
        let record = Record([
            .init("tenant", "Tenant", .text(contract.tenant)), .init("from", "From", .day(contract.from)),
            .init("until", "Until", .of(contract.until, Cell.day)), .init("recipient", "Recipient", .text(terms.recipient)),
            .init("country", "Country", .of(terms.country, Cell.text)), .init("vat_id", "VAT id", .of(terms.vatID, Cell.text)),
            .init("vat_checked_on", "VAT id checked on", .of(terms.vatCheck?.day, Cell.day)),
            .init("vat_checked_by", "VAT id checked by", .of(terms.vatCheck?.actor, Cell.text)),
            .init(
                "tax_case", "Tax case",
                .text(terms.taxCase.rawValue + (terms.block.map { ": \($0.phrase.english)" } ?? ""))),
            .init("proration", "Proration", .text(terms.proration.rawValue)),
            .init("free_months", "Free months", .integer(Int64(terms.freeMonths))),
            .init("billing", "Billing", .text(terms.billing.rawValue)),
            .init("keys_removed_at", "Keys removed", .of(contract.keysRemoved?.at, Cell.instant)),
        ])
        let prices = Table(
            [Column("from_month", "From"), Column("net", "Net", .money)],
            rows: contract.prices.map { [.month($0.from), .money($0.net)] })
        try invocation.show(
            ShapedResult(FeeShapes.contract, contract, people: Report(record, [.init("prices", "Prices", prices)])))
        guard !contract.billedBeyond.isEmpty, let until = contract.until else { return }
        let months = contract.billedBeyond.map(\.description).joined(separator: ", ")
        try invocation.remark(
            "Billed for days after \(until): \(months). `fees correct --month \(contract.billedBeyond[0]) --tenant \(contract.tenant)` takes "
                + "such a month back; its next `fees run` bills the days that are left.")
    }
}

extension Invocation {
    /// What two parameters say together: a value, and a flag that there is none.
    ///
    /// - Throws: `misuse` when both are given.
    fileprivate func change<Value: Sendable>(_ option: Parameter<Value?>, _ none: Parameter<Bool>) throws -> ValueChange<Value> {
        switch (self[option], self[none]) {
        case (nil, false): .stays
        case (nil, true): .cleared
        case (let value?, false): .set(value)
        case (_?, true): throw misuse("Give either \(option.declaration.label) or \(none.declaration.label).")
        }
    }
}
