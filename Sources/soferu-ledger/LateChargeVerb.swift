import Console
import Ledger
import LedgerProgram
import LedgerService
import LedgerShapes

/// `late-charge`: what is found after check-out.
enum LateChargeVerb {
    private static let sku = Parameter.optionalArgument(
        "SKU", .text(), "The item's key on the price list; without it, the line is described by options.")
    private static let terms = Term.all.map { TermOption.of($0, isRequired: false) }
    private static let quantity = Parameter.option("quantity", .wholeNumber(LineItem.quantities), "How many; without it, one.")
    private static let date = Parameter.option("service-date", .day, "The day of the service; without it, the last day of the stay.")
    private static let outsideStay = Parameter.flag("outside-stay", "Confirms that the service date is outside the stay.")
    private static let way = Parameter.option(
        "by", .choice(of: LateCharge.Way.self), default: "card",
        "card takes the sum from the saved card; link asks the guest to pay on a page.")
    private static let again = Parameter.flag("again", "Confirms that the same was found once more, and is charged once more.")
    private static let file = Parameter.option(
        "file", .file, "Charges the lines of a CSV file instead, together; - reads standard input.")
    private static let required = Term.all.filter(\.isRequired).map { "--\($0.option)" }

    static let verb = Verb(
        "late-charge", "Charges what was found after check-out, from the stay's saved card or by a link.",
        [Options.tenant, Options.reference, sku, quantity] + terms.parameters + [date, outsideStay, way, again, file],
        examples: [
            "late-charge seeblick R-4711 beer --quantity 2",
            "late-charge seeblick R-4711 --category other --description 'Broken mirror' --price 90.00 --by link",
        ],
        notes: [
            "It is a folio of its own, such as R-4711-L1, with its own document.",
            "The card is charged only for what the guest agreed to, and only for so many days; `folio show` says for what and until when. "
                + "Anything else, such as damage, goes by link, at any time.",
            "If the bank refuses the card, or it is not saved any more, the guest gets a payment page.",
            "The same lines are refused for a day, and while a late charge with them is not paid: the command may have been carried out "
                + "although nobody saw its end. --again charges them once more.",
            "The file is one as for `line add`, without the column of the folio.",
            "Exits with 1 if the amount was not taken and no payment page asks the guest for it.",
        ]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let tenant = try context.ledger.tenant(invocation[Options.tenant])
        let reference = invocation[Options.reference]
        let lines = try lines(invocation, on: reference, in: tenant.currency) { try KnownRates(of: tenant.id, in: context.ledger) }
        let charged = try await context.ledger.chargeLate(
            on: reference, way: invocation[way], again: invocation[again], of: tenant.id, by: context.actor
        ) { _ in lines }
        try invocation.show(FolioPresentation.changed(charged.view))
        if charged.view.folio.state == .awaitingGuest, let url = charged.view.folio.paymentURL {
            try invocation.remark("The guest has to pay. Send this payment page: \(url)")
        }
        try CheckOutVerb.requireEnd(of: charged.checkOut, charged.view)
    }

    private static func lines(
        _ invocation: Invocation, on reference: String, in currency: Currency, _ known: () throws -> KnownRates
    ) throws -> [NewFolioLine] {
        let said = try terms.terms(invocation, in: currency)
        if let file = invocation[file] {
            guard invocation[sku] == nil, invocation[quantity] == nil, invocation[date] == nil, !invocation[outsideStay],
                said == PartialTerms()
            else { throw invocation.misuse("With --file, everything about the lines comes from the file.") }
            return try LineFile.read(file, on: reference, in: currency, known())
        }
        if invocation[sku] != nil {
            let beside = Term.all.first { !$0.mayDifferFromItem && $0.text(said) != nil }
            if let beside { throw invocation.misuse("The price list sets what --\(beside.option) says; leave it out, or leave SKU out.") }
        } else if Term.all.contains(where: { $0.isRequired && $0.text(said) == nil }) {
            throw invocation.misuse("A late charge needs SKU; or \(listed(required, conjunction: "and")); or --file.")
        }
        let line = NewLine(
            sku: invocation[sku], said, quantity: invocation[quantity] ?? 1, serviceDate: invocation[date],
            outsideStay: invocation[outsideStay])
        return [NewFolioLine(line, on: reference, at: Phrase("the line", "der Position"))]
    }
}
