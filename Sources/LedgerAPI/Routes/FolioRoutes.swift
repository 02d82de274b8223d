import Ledger
import LedgerService
import LedgerShapes

enum FolioRoutes {
    static let all = [open, list, show]

    private enum Source: String, CaseIterable, Sendable { case reservation, shop }
    private enum Mode: String, CaseIterable, Sendable { case reserved, direct }

    private static let reference = Field.required(
        "reference", .text(.folioReference), "The ERP's number of the folio, unique per tenant.", example: "R-4711")
    private static let source = Field.standard(
        "source", .choice(of: Source.self), .reservation, written: "reservation", "A stay or an order.")
    private static let guestName = Field.required("name", .text(.guestName), "The guest's name.", example: "Anna Weiss")
    private static let email = Field.optional(
        "email", .text(.email), "The address that Stripe sends its receipt to.", example: "anna@example.com")
    private static let language = Field.standard(
        "language", .text(.languageCode), "de", written: "de", "The language of the payment page, two letters.")
    private static let guest = Field.required(
        "guest", InputType<InputObject>.object(InputShape([guestName, email, language])), "Whose folio it is.",
        example: ["name": "Anna Weiss", "email": "anna@example.com", "language": "de"])
    private static let arrival = Field.required("arrival", .day, "The arrival date; for an order, its date.", example: "2026-11-20")
    private static let departure = Field.required("departure", .day, "The departure date.", example: "2026-11-23")
    private static let mode = Field.required(
        "mode", .choice(of: Mode.self), "`reserved` holds the amount until check-out; `direct` takes it at once.", example: "reserved")
    private static let method = Field.standard(
        "method", .text(.paymentMethod), "card", written: "card",
        "card or klarna; sofort or giropay if the tenant's account still has them.")
    private static let amount = Field.optional(
        "amount", .amountOrNothing,
        "The amount to hold or take, in minor units. 0 with `reserved` and a card: nothing is held, and the card is saved for what comes. "
            + "With `reserved` and `nightly_rate` it is left out.", example: 30000)
    private static let nightlyRate = Field.optional(
        "nightly_rate", .amountOrNothing,
        "Instead of `amount`: what a night costs, gross, all rooms. Held is the sum of this, `visitor_tax` and the tenant's "
            + "`extras_per_night`, times the nights; a stay of a single day counts as one night.", example: 10000)
    private static let visitorTax = Field.optional(
        "visitor_tax", .amountOrNothing, "Beside `nightly_rate`: the visitor's tax of a night, for all guests.", example: 350)
    private static let ceiling = Field.optional(
        "ceiling", .amountOrNothing,
        "For a stay by card: what holds without the guest may come to in all; the guest agrees to it. At least what is held; 0 for none. "
            + "If omitted, by the tenant's `ceiling_percent`.", example: 60000)
    private static let payment = Field.required(
        "payment", InputType<InputObject>.object(InputShape([mode, method, amount, nightlyRate, visitorTax, ceiling])),
        "How the guest pays, and either how much or what a night costs.", example: ["mode": "reserved", "method": "card", "amount": 30000])
    private static let lines = Field.standard(
        "lines", InputType<InputObject>.object(LineInput.shape).list(0...100), [], written: [], "Lines to charge when the folio is opened.",
        example: [["item": "minibar-beer", "quantity": 2]])
    private static let returnURL = Field.optional(
        "return_url", .url, "Where the payment page sends the guest afterwards. If omitted, to a thank-you page of this service.",
        example: "https://www.example.com/thank-you")

    private static let open = Route(
        .post, "/v1/tenants/{tenant}/folios", "openFolio", needs: .openFolio, "Open a folio",
        about: """
            Opens the folio of a stay or an order and creates the payment page on which the guest pays or authorises. A reserved payment is held at \
            once if check-out is within the lifetime of a hold; for a later stay the card is saved now, with the guest's consent, and the hold \
            is placed shortly before arrival. If the booking gives a nightly rate and no amount, `proposal` says what is held and how it \
            came about. For a stay that costs nothing yet (`amount` 0) the card is saved and charged at check-out. Send the guest to \
            `payment_url`. If the method is not active at the Stripe account \
            (`method_not_active`), nothing is opened, and the reference stays free.
            """,
        body: .object(InputShape([reference, source, guest, arrival, departure, lines, payment, returnURL])),
        // A hundred lines.
        bodyBytes: 256 << 10,
        waitsForStripe: true, answers: [RouteAnswer(201, "The folio.", FolioShapes.folio)],
        refusals: Routes.stripe + LineRoutes.refusals + [
            "reference_taken", "late_charge_forgotten", "reference_invalid", "guest_name_missing", "email_invalid", "language_invalid",
            "departure_before_arrival",
            "stay_ended", "amount_invalid", "amount_missing", "amount_and_rate", "visitor_tax_without_rate", "rate_of_direct_payment",
            "ceiling_without_card", "ceiling_too_low", "method_unknown", "method_ended", "method_not_active", "method_cannot_hold",
            "reserved_only_for_reservations",
            "folio_not_found", "tenant_ended",
        ]
    ) { call in
        let (guest, payment) = (call.body[guest], call.body[payment])
        let currency = try call.ledger.tenant(call.tenantID).currency
        func money(_ field: Field<Int64?>) -> Money? { payment[field].map { Money(minorUnits: $0, currency: currency) } }
        var new = NewFolio(
            reference: call.body[reference],
            guest: .init(name: guest[guestName], email: guest[email], language: guest[language]), arrival: call.body[arrival],
            departure: call.body[departure], mode: payment[mode] == .direct ? .direct : .reserved,
            booked: try BookedAmount(amount: money(amount), nightlyRate: money(nightlyRate), visitorTax: money(visitorTax)))
        new.ceiling = money(ceiling)
        new.source = call.body[source] == .shop ? .shop : .reservation
        new.method = PaymentMethod(rawValue: payment[method])
        new.lines = call.body[lines].map { LineInput.line($0, in: currency) }
        new.returnURL = call.body[returnURL]
        return HoldRoutes.folio(201, try await call.ledger.openFolio(new, of: call.tenantID, by: call.actor, key: call.key), call)
    }

    private static let state = Field.optional("state", .choice(of: Folio.State.self), "Only folios in this state.", example: "open")
    private static let arrivalFrom = Field.optional("arrival_from", .day, "Arrival on this day or later.", example: "2026-11-20")
    private static let arrivalTo = Field.optional("arrival_to", .day, "Arrival on this day or earlier.", example: "2026-11-20")
    private static let departureFrom = Field.optional("departure_from", .day, "Departure on this day or later.", example: "2026-11-23")
    private static let departureTo = Field.optional("departure_to", .day, "Departure on this day or earlier.", example: "2026-11-23")
    private static let text = Field.optional(
        "text", .text(.search),
        "Search words, all of which must fit: the beginning of a word of the guest's name or e-mail address, the reference or the room; a "
            + "card's last four digits; an amount such as 129.50, also what is open; an id of Stripe's.", example: "Weiss 4242")
    private static let sourceSought = Field.optional(
        "source", .choice(of: Folio.Source.self), "Only folios of reservations, of the shop, or of late charges.", example: "shop")
    private static let after = Field.optional(
        "after", .text(.folioReference), "The reference to continue from: `next` of the previous answer.", example: "R-4711")

    private static let list = Route(
        .get, "/v1/tenants/{tenant}/folios", "listFolios", needs: .seeFolios, "List folios",
        about: "The folios that match all filters, in the order they were opened.",
        query: [state, arrivalFrom, arrivalTo, departureFrom, departureTo, sourceSought, text, after, Common.limit],
        answers: [RouteAnswer(200, "A page of the list.", FolioShapes.summary.page())], refusals: ["folio_not_found"]
    ) { call in
        var filter = FolioFilter()
        filter.state = call.query[state]
        filter.arrival = FolioFilter.Days(from: call.query[arrivalFrom], to: call.query[arrivalTo])
        filter.departure = FolioFilter.Days(from: call.query[departureFrom], to: call.query[departureTo])
        filter.source = call.query[sourceSought]
        filter.text = call.query[text]
        let limit = Int(call.query[Common.limit])
        let folios = try call.ledger.folios(filter, after: call.query[after], limit: limit + 1, of: call.tenantID)
        return Reply(200, FolioShapes.summary.page(), Page(folios, limit: limit) { $0.folio.reference })
    }

    private static let show = Route(
        .get, "/v1/tenants/{tenant}/folios/{reference}", "showFolio", needs: .seeFolios, "Show a folio",
        about: "The folio with its lines, holds, payments and current totals. The entity tag changes whenever anything in it changes.",
        answers: [RouteAnswer(200, "The folio.", FolioShapes.folio)], refusals: ["folio_not_found"]
    ) { call in
        let view = try call.ledger.folio(call.reference, of: call.tenantID)
        var reply = Reply(200, FolioShapes.folio, InLanguage(view, call.language))
        reply.isTagged = true
        return reply
    }
}
