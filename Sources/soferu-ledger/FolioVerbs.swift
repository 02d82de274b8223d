import Console
import Foundation
import Ledger
import LedgerProgram
import LedgerService
import LedgerShapes

/// `folio …`: the running account of a stay or an order (Gästekonto).
enum FolioVerbs {
    static let all = [open, show, list, cancel, noShow]

    private enum Pay: String, CaseIterable, Sendable { case reserved, direct }
    private enum Booked: String, CaseIterable, Sendable { case reservation, shop }
    private enum State: String, CaseIterable, Sendable {
        case open, closing, awaiting_guest, checked_out, cancelled, no_show
    }

    private static let guest = Parameter.requiredOption("guest", .text("NAME"), "The guest's name.")
    private static let email = Parameter.option("email", .text("ADDRESS"), "The guest's e-mail address.")
    private static let language = Parameter.option("language", .text("CODE"), default: "de", "The guest's language, two letters.")
    private static let arrival = Parameter.option(
        "arrival", .day, "The day the guest arrives; without it, the folio is a shop order of today.")
    private static let departure = Parameter.option("departure", .day, "The day the guest leaves; without it, the arrival.")
    private static let source = Parameter.option(
        "source", .choice(of: Booked.self), "Without it, reservation if --arrival is given, otherwise shop.")
    private static let pay = Parameter.requiredOption(
        "pay", .choice(of: Pay.self), "reserved holds the amount until check-out; direct takes it at once.")
    private static let method = Parameter.option("method", .text("METHOD"), default: "card", "card or klarna.")
    private static let amount = Parameter.option(
        "amount", .amount, "The amount to hold or take. 0.00 with --pay reserved saves the card for what comes.")
    private static let nightlyRate = Parameter.option(
        "nightly-rate", .amount, "Instead of --amount: what a night costs, gross, all rooms. The amount to hold is proposed from it.")
    private static let visitorTax = Parameter.option(
        "visitor-tax", .amount, "Beside --nightly-rate: the visitor's tax of a night, for all guests.")
    private static let ceiling = Parameter.option(
        "ceiling", .amount, "What holds without the guest may come to in all, 0 for none; without it, by the tenant's settings.")
    private static let returnURL = Parameter.option(
        "return-url", .text("URL"), "Where the payment page sends the guest afterwards; without it, to a page of the service.")

    private static let open = Verb(
        "folio open", "Opens a folio and creates the payment page on which the guest pays or authorises.",
        [
            Options.tenant, Options.reference, guest, email, language, arrival, departure, source, pay, method, amount, nightlyRate,
            visitorTax,
            ceiling, returnURL,
        ],
        examples: [
            "folio open seeblick R-4711 --guest 'Anna Weiss' --arrival 2026-11-20 --departure 2026-11-23 --pay reserved --amount 300.00",
            "folio open seeblick R-4712 --guest 'Jan Blum' --arrival 2026-11-20 --departure 2026-11-23 --pay reserved "
                + "--nightly-rate 100.00 --visitor-tax 3.50",
            "folio open seeblick S-1001 --guest 'Clara Vogt' --pay direct --amount 68.80",
        ],
        notes: [
            "A reserved payment is held at once if check-out is within the lifetime of a hold (7 days for a card). For a later stay "
                + "the card is saved now, and the hold is placed shortly before arrival.",
            "A stay that costs nothing at booking is opened with --pay reserved --amount 0.00: the guest saves a card, and check-out charges "
                + "it for the extras.",
            "With --nightly-rate, the nights times the sum of rate, visitor's tax and the tenant's --extras-per-night are held; a stay of "
                + "a single day counts as one night.",
        ]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let tenant = try context.ledger.tenant(invocation[Options.tenant])
        let today = context.clock.now.day(in: tenant.timeZone)
        let arrives = invocation[arrival] ?? today
        let currency = tenant.currency
        // What is taken at once must be more than zero.
        let sum = try invocation[amount].map {
            invocation[pay] == .direct ? try $0.positive(in: currency) : try $0.notNegative(in: currency)
        }
        let booked = try BookedAmount(
            amount: sum, nightlyRate: try invocation[nightlyRate].map { try $0.notNegative(in: currency) },
            visitorTax: try invocation[visitorTax].map { try $0.notNegative(in: currency) })
        var new = NewFolio(
            reference: invocation[Options.reference],
            guest: .init(name: invocation[guest], email: invocation[email], language: invocation[language]), arrival: arrives,
            departure: invocation[departure] ?? arrives, mode: invocation[pay] == .direct ? .direct : .reserved,
            booked: booked)
        new.ceiling = try invocation[ceiling].map { try $0.notNegative(in: currency) }
        let isShops = invocation[source].map { $0 == .shop } ?? (invocation[arrival] == nil)
        new.source = isShops ? .shop : .reservation
        new.method = PaymentMethod(rawValue: invocation[method])
        new.returnURL = invocation[returnURL]
        let view = try await context.ledger.openFolio(new, of: tenant.id, by: context.actor)
        try invocation.show(FolioPresentation.changed(view))
    }

    private static let show = Verb(
        "folio show", "Shows a folio with its lines, holds and payments.", [Options.tenant, Options.reference],
        examples: ["folio show seeblick R-4711"],
        notes: ["With `--format csv` it prints the folio's lines, one per row; `folio open` prints the folio itself as one row."]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let view = try context.ledger.folio(invocation[Options.reference], of: invocation[Options.tenant])
        try invocation.show(FolioPresentation.folio(view))
        if let warning = FolioPresentation.warning(view.summary) { try invocation.remark(warning) }
    }

    private static let state = Parameter.option("state", .choice(of: State.self), "Only folios in this state.")
    private static let ofSource = Parameter.option(
        "source", .choice(of: Folio.Source.self), "Only reservations, only the shop's orders, or only late charges.")
    private static let text = Parameter.option(
        "text", .text("TEXT", .search),
        "Only folios that each word fits: as the beginning of a word of the guest's name or e-mail address, the reference or the room, as a "
            + "card's last four digits, an amount, also what is open, or an id of Stripe's.")
    private static let arrivalFrom = Parameter.option("arrival-from", .day, "Only arrivals on this day or later.")
    private static let arrivalTo = Parameter.option("arrival-to", .day, "Only arrivals on this day or earlier.")
    private static let departureFrom = Parameter.option("departure-from", .day, "Only departures on this day or later.")
    private static let departureTo = Parameter.option("departure-to", .day, "Only departures on this day or earlier.")
    private static let limit = Parameter.option(
        "limit", .wholeNumber(1...1_000_000), default: "1000", "The maximum number of folios to list.")

    private static let list = Verb(
        "folio list", "Lists folios in the order they were opened.",
        [Options.tenant, state, arrivalFrom, arrivalTo, departureFrom, departureTo, ofSource, text, limit],
        examples: [
            "folio list seeblick --state open", "folio list seeblick --text 4242",
            "folio list seeblick --departure-from 2026-11-23 --departure-to 2026-11-23",
        ]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let most = Int(invocation[limit])
        var filter = FolioFilter()
        filter.state = invocation[state].flatMap { Folio.State(rawValue: $0.rawValue) }
        filter.arrival = FolioFilter.Days(from: invocation[arrivalFrom], to: invocation[arrivalTo])
        filter.departure = FolioFilter.Days(from: invocation[departureFrom], to: invocation[departureTo])
        filter.source = invocation[ofSource]
        filter.text = invocation[text]
        let found = try context.ledger.folios(filter, after: nil, limit: most + 1, of: invocation[Options.tenant])
        let folios = found.prefix(most)
        try invocation.show(
            ShapedResult(
                list: FolioShapes.summary, Array(folios), next: found.count > most ? folios.last?.folio.reference : nil,
                people: list(folios)))
        if found.count > most {
            try invocation.remark("There are more than these \(most): set a higher --limit, or filter with --state or --text.")
        }
    }

    private static func list(_ folios: some Collection<FolioSummary>) -> Table {
        Table(
            [
                Column("reference", "Folio"), Column("guest", "Guest", fit: .shortened), Column("arrival", "Arrival", .date, detail: 5),
                Column("departure", "Departure", .date), Column("state", "State"), Column("charged", "Charged", .money, detail: 4),
                Column("held", "Held", .money), Column("captured", "Captured", .money, detail: 3),
                Column("refunded", "Refunded", .money, detail: 2), Column("open", "Open", .money),
                Column("set_aside", "Set aside", .money, detail: 6), Column("open_credit", "Open credit", .money, detail: 7),
                Column("document_number", "Document", detail: 1),
            ],
            rows: folios.map { summary in
                [
                    .text(summary.folio.reference), .text(summary.folio.guest.name), .day(summary.folio.arrival),
                    .day(summary.folio.departure), .text(summary.folio.state.rawValue), .money(summary.totals.charged),
                    .money(summary.totals.held), .money(summary.totals.captured), .money(summary.totals.refunded),
                    .money(summary.totals.open), .money(summary.totals.setAside), .money(summary.totals.openCredit),
                    .of(summary.folio.documentNumber, Cell.text),
                ]
            }, empty: "No folios.")
    }

    private static let fee = Parameter.option("fee", .amount, default: "0.00", "What the hotel keeps.")
    private static let noShowReason = Parameter.option(
        "reason", .text(), default: "guest did not arrive", "The reason; it is kept permanently.")

    private static let cancel = Verb(
        "folio cancel", "Cancels a folio for the guest: releases holds, detaches the card, and refunds what exceeds the fee.",
        [Options.tenant, Options.reference, fee, Options.reason],
        examples: ["folio cancel seeblick R-4711 --fee 50.00 --reason 'guest is ill'"],
        notes: ["A cancellation fee is compensation and is not taxed."]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let tenant = try context.ledger.tenant(invocation[Options.tenant])
        let result = try await context.ledger.cancel(
            invocation[Options.reference], fee: try invocation[fee].notNegative(in: tenant.currency), reason: invocation[Options.reason],
            of: tenant.id, by: context.actor)
        try CheckOutVerb.show(result, invocation)
        try CheckOutVerb.requireEnd(of: result.checkOut, result.view)
    }

    private static let noShow = Verb(
        "folio no-show", "Records a no-show: takes a fee from the hold, deposit or saved card, and releases the rest.",
        [Options.tenant, Options.reference, fee, noShowReason], examples: ["folio no-show seeblick R-4711 --fee 107.00"],
        notes: ["The room was kept, so the fee is taxed like lodging."]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let tenant = try context.ledger.tenant(invocation[Options.tenant])
        let result = try await context.ledger.recordNoShow(
            invocation[Options.reference], fee: try invocation[fee].notNegative(in: tenant.currency), reason: invocation[noShowReason],
            of: tenant.id, by: context.actor)
        try CheckOutVerb.show(result, invocation)
        try CheckOutVerb.requireEnd(of: result.checkOut, result.view)
    }
}
