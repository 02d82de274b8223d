import Foundation
import Ledger
import LedgerService

/// A folio and everything on it.
package enum FolioShapes {
    package static let totals = Shape<FolioTotals>(
        "Totals", "The totals of a folio, in minor units of its currency.",
        [
            .amount("charged", "The sum of charges, allowances and reversals.", example: 34330) { $0.charged },
            .amount("held", "The sum of live holds. They cover the bill, but are not money.", example: 30000) { $0.held },
            .amount("captured", "The money taken.", example: 0) { $0.captured },
            .amount("refunded", "The money refunded.", example: 0) { $0.refunded },
            .amount("processing", "Payments that are processing and not yet money.", example: 0) { $0.processing },
            .amount(
                "withdrawn",
                "What guests' banks have withdrawn in disputes and not given back. It is part of `open`, and no check-out charges it.",
                example: 0
            ) { $0.withdrawn },
            .amount(
                "written_off", "What of lost disputes accounting has written off. It is not part of `open` any more.", example: 0
            ) { $0.writtenOff },
            .amount("open", "What the guest still owes; negative if the guest has paid ahead.", example: 34330) { $0.open },
            .amount(
                "set_aside",
                "The part of `open` that was refunded while the bill stayed unchanged and that nobody has decided about. No check-out charges it.",
                example: 0
            ) { $0.setAside },
            .amount(
                "uncovered", "What the bill leaves open beyond live holds, processing payments and the amount set aside.", example: 4330
            ) { $0.uncovered },
            .amount(
                "open_credit",
                "An overpayment that cannot be refunded, because the payment is contested or Stripe refused the refund. Pay it outside Stripe.",
                example: 0
            ) { $0.openCredit },
        ])

    package static let tax = Shape<TaxTotal>(
        "TaxTotal", "The tax of one rate, computed once for the whole document.",
        [
            .text("rate", "Percent, or `none`.", example: "7") { $0.rate.description },
            .amount("gross", "The amount charged at this rate, tax included.", example: 24200) { $0.gross },
            .amount("net", "The amount without tax.", example: 22617) { $0.net },
            .amount("tax", "The tax included in it.", example: 1583) { $0.tax },
        ])

    package static let line = Shape<LineItem>(
        "Line", "A charge, an allowance or a reversal. Never changed.",
        [
            .integer("number", "Counts from 1 within the folio.", example: 7) { $0.number },
            .choice("kind", "The kind of line.", of: ["charge", "allowance", "reversal"], example: "charge") { $0.kind.name },
            .optionalInteger("original", "The line that this line lowers or cancels.") { $0.kind.original },
            .optionalText("item", "The SKU, if the line came from the price list.", example: "minibar-beer") { $0.sku },
        ] + Term.propertiesOfLine + [
            .day("service_date", "Decides the tax rate.", example: "2026-11-21") { $0.serviceDate },
            .optionalText("reason", "The reason, for an allowance or a reversal.") { $0.reason },
        ])

    /// A line as it stands in a file, where no folio says its currency.
    package static let lineInFile = Shape<LineItem>(
        "LineInFile", "A line, with the currency of its amounts.",
        line.properties + [.text("currency", "The currency of the amounts.", example: "eur") { $0.gross.currency.code }])

    package static let review = Shape<Risk.Review>(
        "Review", "A charge that a rule or a person wants looked at, in Stripe's Dashboard.",
        [
            .text("id", "Stripe's id.", example: "prv_1QExample") { $0.id },
            .choice("state", "Open until somebody has decided.", of: ["open", "closed"], example: "open") { $0.isOpen ? "open" : "closed" },
            .text("opened_reason", "Why it was opened: `rule` or `manual`.", example: "rule") { $0.openedReason },
            .optionalText("closed_reason", "Why it was closed, as named by Stripe: `approved`, `refunded`, `disputed`, …") {
                $0.closedReason
            },
        ])

    package static let fraudWarning = Shape<Risk.FraudWarning>(
        "FraudWarning", "The card's bank reports the charge as fraud. It has no deadline; only a dispute has.",
        [
            .text("id", "Stripe's id.", example: "issfr_1QExample") { $0.id },
            .text("type", "The kind of fraud, as named by Stripe.", example: "made_with_stolen_card") { $0.type },
            .flag("actionable", "False once the charge was contested or refunded as a whole.", example: true) { $0.isActionable },
        ])

    package static let risk = Shape<Risk>(
        "Risk", "What Stripe's fraud prevention and the card's bank said of the charge. For staff: the guest must not learn it.",
        [
            .optionalText(
                "level",
                "As named by Stripe: `normal`, `elevated`, `highest`, `not_assessed` (no card) or `unknown`; null if Radar is switched off.",
                example: "elevated"
            ) { $0.assessment?.level?.rawValue },
            .optionalInteger("score", "From 0 to 100, the higher the riskier; only with Radar for Fraud Teams.", example: 71) {
                $0.assessment?.score
            },
            .optionalText(
                "cvc_check", "Whether the security code was right: `pass`, `fail`, `unavailable` or `unchecked`; null if none was entered.",
                example: "pass"
            ) { $0.assessment?.cvc?.rawValue },
            .optionalText("address_line1_check", "The same for street and number.") { $0.assessment?.addressLine1?.rawValue },
            .optionalText("address_postal_code_check", "The same for the postal code.") { $0.assessment?.postalCode?.rawValue },
            .optionalText("country", "Where the card was issued, ISO 3166.", example: "DE") { $0.assessment?.country },
            .optionalText("funding", "The kind of card: `credit`, `debit`, `prepaid` or `unknown`.", example: "credit") {
                $0.assessment?.funding
            },
            .optionalObject("review", "The latest review; null if nobody asked for one.", review) { $0.review },
            .optionalObject("fraud_warning", "The latest early fraud warning; null without one.", fraudWarning) { $0.warning },
        ])

    /// What was said of a hold or a payment.
    private static func riskOf<Model>(_ read: @escaping @Sendable (Model) -> Risk?) -> Property<Model> {
        .optionalObject("risk", "What fraud prevention and the bank said; null until Stripe shows the charge.", risk, read)
    }

    package static let hold = Shape<InLanguage<HoldStatus>>(
        "Hold", "Money that the guest's bank sets aside. It is not taken yet.",
        [
            .integer("id", "Counts from 1 within the folio.", example: 1) { $0.hold.number },
            .integer("chain", "The first hold of those that took each other's places: its own id where it replaces none.", example: 1) {
                $0.hold.chain
            },
            .optionalInteger("replaced_by", "The hold that took its place. Of a chain only the newest authorised hold covers.") {
                $0.replacedBy
            },
            .choice(
                "state", "`expired` from `capture_before` on, even if Stripe has not reported it yet. An expired hold covers nothing.",
                of: Hold.State.allCases.map(\.rawValue), example: "authorised"
            ) { $0.state },
            .amount("amount", "The requested amount.", example: 30000) { $0.hold.amount },
            .amount("authorised", "The total that the bank authorised, including what was captured.", example: 30000) {
                $0.hold.authorised
            },
            .amount("captured", "The total captured, including partial captures and captures made outside this ledger.", example: 0) {
                $0.hold.captured
            },
            .amount("held", "What the bank still holds: authorised less captured while the hold is live, then 0.", example: 30000) {
                $0.hold.held(at: $0.asOf)
            },
            .text("method", "How the guest pays.", example: "card") { $0.hold.method.rawValue },
            .optionalInstant("capture_before", "When it expires.", example: "2026-11-25T08:00:00Z") { $0.hold.captureBefore },
            .optionalDay("place_on", "The day on which the hold will be placed on the saved card.") { $0.hold.placeOn },
            .optionalText("card_brand", "The card's brand.", example: "visa") { $0.hold.card?.brand },
            .optionalText("card_last4", "The card's last four digits.", example: "4242") { $0.hold.card?.last4 },
            failure { $0.hold.failure }, failureCode { $0.hold.failure },
            riskOf { $0.hold.risk },
        ])

    package static let payment = Shape<InLanguage<Payment>>(
        "Payment", "A payment that was taken or is being taken.",
        [
            .integer("id", "Counts from 1 within the folio.", example: 1) { $0.number },
            .choice(
                "state", "Only `succeeded` means that the money was received.", of: Payment.State.allCases.map(\.rawValue),
                example: "succeeded"
            ) {
                $0.state.rawValue
            },
            .text("origin", "How it was made: `page`, `capture` or `saved_card`.", example: "capture") { $0.origin.rawValue },
            .text("method", "How the guest paid.", example: "card") { $0.method.rawValue },
            .optionalText("card_brand", "The card's brand.", example: "visa") { $0.card?.brand },
            .optionalText("card_last4", "The card's last four digits.", example: "4242") { $0.card?.last4 },
            .amount("amount", "The requested amount.", example: 30000) { $0.amount },
            .amount("received", "The amount received.", example: 30000) { $0.taken },
            .amount("refunded", "The amount refunded, including pending refunds.", example: 0) { $0.refunded },
            .amount("refundable", "The amount that can still be refunded, in minor units.", example: 30000) {
                Money(minorUnits: $0.state == .succeeded ? $0.refundable : 0, currency: $0.amount.currency)
            },
            .optionalText("refund_refusal", "Why nothing more of it can be refunded: one sentence, in the caller's language.") {
                $0.refundRefusal?.sentence(in: $0.language)
            },
            .optionalText("payment_intent", "The payment intent at Stripe.", example: "pi_3QExample") { $0.intent },
            .optionalText("charge", "The charge at Stripe.", example: "ch_3QExample") { $0.charge },
            failure { $0.failure }, failureCode { $0.failure },
            riskOf { $0.risk },
        ])

    /// Why something came to nothing.
    package static func failure<Value>(_ read: @escaping @Sendable (InLanguage<Value>) -> Failure?) -> Property<InLanguage<Value>> {
        .optionalText("failure", "Why it failed: one sentence for staff, in the caller's language.") {
            read($0)?.sentence(in: $0.language)
        }
    }

    /// Beside `failure`: null where that is null.
    package static func failureCode<Value>(_ read: @escaping @Sendable (InLanguage<Value>) -> Failure?) -> Property<InLanguage<Value>> {
        .optionalChoice(
            "failure_code", "The same as a code for programs. `refused`: Stripe refused it for another reason; `other`: a free text.",
            of: Failure.codes
        ) { read($0)?.code }
    }

    package static let refund = Shape<InLanguage<Refund>>(
        "Refund", "A full or partial refund of a payment.",
        [
            .integer("id", "Counts from 1 within the folio.", example: 1) { $0.number },
            .integer("payment", "The refunded payment.", example: 1) { $0.payment },
            .choice("state", "The state.", of: Refund.State.allCases.map(\.rawValue), example: "succeeded") { $0.state.rawValue },
            .amount("amount", "The refunded amount.", example: 3000) { $0.amount },
            .text("reason", "The reason.", example: "Wellness area closed") { $0.value.reason(in: $0.language) },
            .optionalChoice(
                "bill",
                "The decision about the bill. `unchanged`: nobody has decided yet, and the amount is set aside. null if there is nothing to decide: a check-out refunded an overpayment.",
                of: Refund.Bill.allCases.map(\.rawValue)
            ) { $0.bill?.rawValue },
        ])

    package static let found = Shape<FoundObject>(
        "FoundObject", "An object that these books made at Stripe after the backup that was restored.",
        [
            .text("id", "Stripe's id.", example: "pi_3QExample") { $0.id },
            .choice(
                "kind", "A payment intent or a Checkout session.", of: ["payment_intent", "checkout_session"], example: "payment_intent"
            ) {
                $0.kind.rawValue
            },
            .choice(
                "state", "Whether it holds money, took it, or can still be paid.",
                of: FoundObject.State.allCases.map(\.rawValue),
                example: "captured"
            ) { $0.state.rawValue },
            .optionalAmount(
                "amount", "The amount held, taken or requested, less refunds, in its own currency; null in one that is not known here.",
                example: 4330
            ) { $0.money },
            .text("currency", "The object's currency.", example: "eur") { $0.currency },
            .text("status", "The status as named by Stripe.", example: "succeeded") { $0.status },
            .optionalText("customer", "The customer at Stripe.", example: "cus_Example") { $0.customer },
        ])

    package static let guest = Shape<Folio.Guest>(
        "Guest", "The guest of the folio.",
        [
            .text("name", "The guest's name.", example: "Anna Weiss") { $0.name },
            .optionalText("email", "The address that Stripe sends its receipt to.", example: "anna@example.com") { $0.email },
            .text("language", "The language of the payment page, two letters.", example: "de") { $0.language },
        ])

    package static let savedCard = Shape<Folio.SavedCard>(
        "SavedCard", "The card that may be charged without the guest being present, and what the guest agreed to beside the bill.",
        [
            .text("brand", "The card's brand.", example: "visa") { $0.brand },
            .text("last4", "The card's last four digits.", example: "4242") { $0.last4 },
            .optionalText("expires", "The last month in which it is valid.", example: "2029-08") { $0.expires },
            .instant("consented_at", "When the guest agreed.", example: "2026-11-18T08:00:00Z") { $0.consentedAt },
            .optionalAmount("ceiling", "What holds without the guest may come to in all; null for none.", example: 60000) {
                $0.terms.ceiling
            },
            .optionalInteger(
                "late_days", "Until how many days after departure it may be charged for extras that are found later; null for not at all.",
                example: 14
            ) { ($0.terms.late?.days).map { Int64($0) } },
            .texts("late_categories", "For which categories then.", example: ["drinks", "minibar"]) {
                $0.terms.late?.categories.inOrder.map(\.name) ?? []
            },
        ])

    package static let proposal = Shape<HoldProposal>(
        "Proposal", "How the amount of a booking with a nightly rate came about.",
        [
            .integer("nights", "The nights of the stay; a stay of a single day counts as one.", example: 3) { $0.nights },
            .amount("nightly_rate", "What a night costs, gross, all rooms.", example: 10000) { $0.nightlyRate },
            .amount("visitor_tax", "The visitor's tax of a night, for all guests.", example: 350) { $0.visitorTax },
            .amount("extras_per_night", "What the guests were expected to consume in a night.", example: 1500) { $0.extrasPerNight },
            .amount("total", "The nights times the sum of the three: what is held.", example: 35550) { $0.total },
        ])

    package static let document = Shape<Document>(
        "Document", "The document that the guest gets at check-out. Issued once.",
        [
            .text("number", "Consecutive per tenant and year, without gaps.", example: "2026-000417") { $0.number },
            .amount("gross", "The total.", example: 34330) { $0.gross },
            .list("taxes", "The tax per rate.", tax) { $0.taxes },
            .instant("issued_at", "When it was issued.", example: "2026-11-23T09:12:00Z") { $0.issuedAt },
        ])

    /// The document as it stands in a file, where no folio says its currency.
    package static let documentInFile = Shape<Document>(
        "DocumentInFile", "The document that the guest gets at check-out, with the currency of its amounts.",
        document.properties + [.text("currency", "The currency of the amounts.", example: "eur") { $0.gross.currency.code }])

    package static let warning = Shape<FolioWarning>(
        "Warning", "A warning for staff.",
        [
            .choice(
                "code",
                "Stable. `hold_exceeded`, `refund_set_aside` and `open_credit` follow from the totals; `notice` is an old notice without a code.",
                of: FolioWarning.fromTotals + FolioNotice.codes, example: "hold_exceeded"
            ) { $0.code },
            .text("message", "One sentence, in the caller's language.", example: "43.30 EUR are not covered by the hold.") { $0.message },
        ])

    /// A folio in a list.
    package static let summary = Shape<FolioSummary>(
        "FolioSummary", "A folio in a list.",
        heading { $0.folio } + [
            .text("currency", "The currency of all amounts on the folio.", example: "eur") { $0.totals.open.currency.code },
            totalsOf { $0.totals }, nightsCovered { $0 },
        ])

    package static let lateCharge = Shape<FolioSummary>(
        "LateCharge", "What was found after the check-out of a stay: a folio of its own.",
        [
            .text("reference", "The reference of its folio.", example: "R-4711-L1") { $0.folio.reference },
            .choice(
                "state", "`awaiting_guest` while the guest has a link, `open` after it was not used, `checked_out` when it is paid.",
                of: Folio.State.allCases.map(\.rawValue), example: "checked_out"
            ) { $0.folio.state.rawValue },
            .instant("opened_at", "When it was charged.", example: "2026-11-25T10:00:00Z") { $0.folio.openedAt },
            .amount("charged", "The sum of its lines.", example: 890) { $0.totals.charged },
            .amount("open", "What the guest still owes of it.", example: 0) { $0.totals.open },
            .optionalText("payment_url", "The page on which the guest can pay it.", example: nil) { $0.folio.paymentURL },
        ])

    package static let folio = Shape<InLanguage<FolioView>>(
        "Folio", "The running account of one stay, of one order, or of what was found after a stay.",
        heading { $0.value.folio } + [
            .text("currency", "The currency of all amounts on the folio.", example: "eur") { $0.value.tenant.currency.code },
            totalsOf { $0.value.totals }, nightsCovered { $0.value.summary },
            .optionalObject(
                "proposal", "How the amount came about, if the booking gave a nightly rate instead of an amount.", proposal
            ) { $0.value.folio.proposal },
            .list("taxes", "The tax per rate.", tax) { $0.value.taxes },
            .list("lines", "The lines, in order.", line) { $0.value.lines },
            .list("holds", "The holds.", hold) { folio in folio.value.holdStatuses.map { InLanguage($0, folio.language) } },
            .list("payments", "The payments.", payment) { folio in folio.value.payments.map { InLanguage($0, folio.language) } },
            .list("refunds", "The refunds.", refund) { folio in folio.value.refunds.map { InLanguage($0, folio.language) } },
            .list(
                "found_objects",
                "Objects at Stripe for this folio that are not in these books. Until they are taken in, no money is taken on the folio.",
                found
            ) { $0.value.found },
            .optionalObject("saved_card", "The card that may be charged without the guest being present.", savedCard) {
                $0.value.folio.savedCard
            },
            .optionalChoice(
                "saved_card_removal_reason",
                "Why there is no saved card any more: it was detached, or the customer was deleted at Stripe.",
                of: Folio.CardRemoval.allCases.map(\.rawValue)
            ) { $0.value.folio.cardRemoval?.rawValue },
            .optionalText(
                "payment_url", "The payment page on which the guest can pay or authorise now.",
                example: "https://checkout.stripe.com/c/pay/cs_test_x"
            ) {
                $0.value.folio.paymentURL
            },
            .list("late_charges", "What was found after check-out, in order.", lateCharge) { $0.value.lateCharges },
            .optionalDay(
                "late_charges_until",
                "Of a stay that is checked out: the last day on which `saved_card` may be charged late. It is kept as long, and then until no page, "
                    + "call or dispute of the stay is open. Null without such a card.",
                example: nil
            ) { $0.value.folio.cardIsKept(in: $0.value.tenant.timeZone) },
            .optionalObject("document", "The document, once the folio is closed.", document) { $0.value.document },
            .list("warnings", "The warnings for staff.", warning) {
                FolioWarning.all(of: $0.value.summary, zone: $0.value.tenant.timeZone, in: $0.language)
            },
        ])

    package static let added = Shape<InLanguage<LineAdded>>(
        "LineAdded", "The new line, and the folio's new totals.",
        [
            .object("line", "The line.", line) { $0.value.line },
            .object("totals", "The folio's totals.", totals) { $0.value.summary.totals },
            .list("warnings", "The warnings for staff.", warning) {
                FolioWarning.all(of: $0.value.summary, zone: $0.value.tenant.timeZone, in: $0.language)
            },
        ])

    private static let lineNumber = Shape<LinesAdded.Place>(
        "LineNumber", "A new line.",
        [
            .text("folio", "The reference of its folio.", example: "R-4711") { $0.folio },
            .integer("number", "Counts from 1 within the folio.", example: 7) { $0.number },
        ])

    package static let chargedFolio = Shape<ChargedFolio>(
        "ChargedFolio", "A folio that lines were added to.",
        [
            .text("reference", "The ERP's number of the folio.", example: "R-4711") { $0.summary.folio.reference },
            .object("totals", "The folio's totals, including the new lines.", totals) { $0.summary.totals },
            .list("warnings", "The warnings for staff.", warning) {
                FolioWarning.all(of: $0.summary, zone: $0.zone, in: $0.language)
            },
        ])

    /// Such a folio as it stands in a file, where nothing else says its currency.
    package static let chargedFolioInFile = Shape<ChargedFolio>(
        "ChargedFolioInFile", "A folio that lines were added to, with the currency of its totals.",
        chargedFolio.properties + [
            .text("currency", "The currency of the totals.", example: "eur") { $0.summary.totals.open.currency.code }
        ])

    /// Kept for 30 days with each request: the lines' texts are not in it.
    package static let manyAdded = Shape<InLanguage<LinesAdded>>(
        "LinesAdded", "The new lines, and the new totals of their folios.",
        [
            .list("lines", "The lines, in the order of the request.", lineNumber) { $0.lines },
            .list("folios", "The folios, each once.", chargedFolio) { added in
                added.folios.map { ChargedFolio(summary: $0, zone: added.tenant.timeZone, language: added.language) }
            },
        ])

    private static func totalsOf<Model>(_ read: @escaping @Sendable (Model) -> FolioTotals) -> Property<Model> {
        .object("totals", "The folio's totals.", totals, read)
    }

    private static func nightsCovered<Model>(_ read: @escaping @Sendable (Model) -> FolioSummary) -> Property<Model> {
        .optionalInteger(
            "nights_covered",
            "How many more nights, at the nightly sum of `proposal`, fit into what is held and paid beyond what is due so far; null "
                + "without a proposal, and for a closed folio.", example: 2
        ) { read($0).nightsCovered }
    }

    private static func heading<Model>(_ folio: @escaping @Sendable (Model) -> Folio) -> [Property<Model>] {
        [
            .text("reference", "The ERP's number of the folio.", example: "R-4711") { folio($0).reference },
            .choice("state", "The state.", of: Folio.State.allCases.map(\.rawValue), example: "open") { folio($0).state.rawValue },
            .choice(
                "source", "A stay, an order, or something that was found after the check-out of a stay.",
                of: Folio.Source.allCases.map(\.rawValue), example: "reservation"
            ) { folio($0).source.rawValue },
            .optionalText("stay", "Of a late charge: the reference of its stay.", example: nil) { folio($0).stay?.reference },
            .object("guest", "The guest.", guest) { folio($0).guest },
            .day("arrival", "The day the guest arrives.", example: "2026-11-20") { folio($0).arrival },
            .day("departure", "The departure date.", example: "2026-11-23") { folio($0).departure },
            .choice("mode", "Whether the amount is taken at once or held.", of: ["direct", "reserved"], example: "reserved") {
                folio($0).mode.rawValue
            },
            .text("method", "How the guest pays.", example: "card") { folio($0).method.rawValue },
            .optionalText("room", "The room, once reception has entered it.", example: "12") { folio($0).room },
            .instant("opened_at", "When it was opened.", example: "2026-11-18T08:00:00Z") { folio($0).openedAt },
            .optionalText("document_number", "Assigned at check-out.") { folio($0).documentNumber },
        ]
    }
}

/// A folio that lines were added to, and how its warnings are read.
package struct ChargedFolio: Sendable {
    /// The folio and its totals, the new lines included.
    package let summary: FolioSummary
    /// The tenant's, for the hours in a warning.
    package let zone: TimeZone
    /// Of the warnings.
    package let language: Language

    package init(summary: FolioSummary, zone: TimeZone, language: Language) {
        self.summary = summary
        self.zone = zone
        self.language = language
    }
}

/// A hold as of now: one whose time is over covers nothing, whatever was last heard of it.
package struct HoldStatus: Sendable {
    /// As it is kept.
    package let hold: Hold
    /// The hold that took its place, by its number on the folio; nil where none did.
    package let replacedBy: Int64?
    /// Decides whether its time is over.
    package let asOf: Instant

    /// - Parameter holds: All of its folio's.
    package init(hold: Hold, among holds: [Hold], asOf: Instant) {
        self.hold = hold
        self.asOf = asOf
        replacedBy =
            holds.superseded.contains(hold.number) ? holds.last { $0.replaces == hold.number && $0.authorised.isPositive }?.number : nil
    }

    /// The raw value of a `Hold.State`; `expired` also before Stripe's news of it.
    package var state: String { hold.state == .authorised && !hold.isLive(at: asOf) ? "expired" : hold.state.rawValue }
}

extension FolioView {
    /// As of the view's own instant, by number.
    package var holdStatuses: [HoldStatus] { holds.map { HoldStatus(hold: $0, among: holds, asOf: asOf) } }
}

/// Something that staff should know about a folio.
package struct FolioWarning: Sendable {
    /// As programs read it: one of `fromTotals`, or the code of a `FolioNotice`.
    package let code: String
    /// One or two sentences in the reader's language.
    package let message: String

    package init(code: String, message: String) {
        self.code = code
        self.message = message
    }

    /// Codes of the warnings that follow from the totals, and so vanish by themselves.
    package static let fromTotals = ["hold_exceeded", "refund_set_aside", "open_credit"]

    /// The warnings that follow from the totals, then the folio's notice, then those of fraud prevention and banks.
    ///
    /// - Parameter zone: The tenant's, for hours in a notice.
    package static func all(of summary: FolioSummary, zone: TimeZone, in language: Language) -> [FolioWarning] {
        var warnings: [FolioWarning] = []
        if summary.holdExceeded {
            let amount = summary.totals.uncovered.text(in: language)
            warnings.append(
                FolioWarning(
                    code: "hold_exceeded",
                    message: Phrase("\(amount) are not covered by the hold.", "\(amount) sind nicht durch die Vormerkung gedeckt.").text(
                        in: language)))
        }
        for (code, words) in [("refund_set_aside", summary.setAsideWords), ("open_credit", summary.openCreditWords)] {
            if let words { warnings.append(FolioWarning(code: code, message: words.text(in: language))) }
        }
        if let notice = summary.folio.notice, let message = summary.folio.noticeSentence(in: language, zone: zone) {
            warnings.append(FolioWarning(code: notice.code, message: message))
        }
        for notice in summary.riskNotices.map(\.notice) {
            warnings.append(FolioWarning(code: notice.code, message: notice.sentence(in: language, zone: zone)))
        }
        return warnings
    }
}
