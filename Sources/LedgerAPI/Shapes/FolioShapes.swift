import Foundation
import Ledger
import LedgerService

enum FolioShapes {
    static let totals = Shape<FolioTotals>(
        "Totals", "What a folio amounts to, kept apart. Minor units of the folio's currency.",
        [
            .amount("charged", "Lines, allowances and reversals.", example: 34330) { $0.charged },
            .amount("held", "Live holds: cover, not money.", example: 30000) { $0.held },
            .amount("captured", "Money taken.", example: 0) { $0.captured },
            .amount("refunded", "Money given back.", example: 0) { $0.refunded },
            .amount("processing", "Payments on their way, not yet money.", example: 0) { $0.processing },
            .amount("open", "What the guest still owes; negative when the guest has paid ahead.", example: 34330) { $0.open },
            .amount(
                "set_aside",
                "Part of `open`: went back while the bill stayed as it was, and nobody has decided yet. No check-out takes it.", example: 0
            ) { $0.setAside },
            .amount("uncovered", "What is open beyond live holds, payments on their way and what is set aside.", example: 4330) {
                $0.uncovered
            },
            .amount(
                "open_credit",
                "What the guest has paid too much and no payment can be given back of: contested, or refused by Stripe. To be paid outside.",
                example: 0
            ) { $0.openCredit },
        ])

    static let tax = Shape<TaxTotal>(
        "TaxTotal", "The tax of one rate, computed once over the document.",
        [
            .text("rate", "Percent, or `none`.", example: "7") { $0.rate.description },
            .amount("gross", "What was charged at this rate.", example: 24200) { $0.gross },
            .amount("net", "Without the tax.", example: 22617) { $0.net },
            .amount("tax", "The tax in it.", example: 1583) { $0.tax },
        ])

    static let line = Shape<LineItem>(
        "Line", "One thing charged, or what lowers or cancels one. Never changed.",
        [
            .integer("number", "Counts from 1 within the folio.", example: 7) { $0.number },
            .choice("kind", "What the line is.", of: ["charge", "allowance", "reversal"], example: "charge") { $0.kind.name },
            .optionalInteger("original", "The line that this one lowers or cancels.") { $0.kind.original },
            .optionalText("item", "The catalogue's name for it, when it came from there.", example: "minibar-beer") { $0.sku },
            .text("category", "Decides the revenue account and the tax rate.", example: "minibar") { $0.category.name },
            .text("description", "What the guest reads.", example: "Beer, 0.33 l") { $0.description },
            .integer("quantity", "How many.", example: 2) { $0.quantity },
            .amount("unit_amount", "The price of one, gross; negative in what lowers another line.", example: 350) { $0.unitAmount },
            .amount("gross", "Quantity × unit amount.", example: 700) { $0.gross },
            .text("tax_rate", "Percent, or `none`.", example: "19") { $0.taxRate.description },
            .day("service_date", "Decides the tax rate.", example: "2026-11-21") { $0.serviceDate },
            .optionalText("reason", "Why, for an allowance or a reversal.") { $0.reason },
        ])

    static let hold = Shape<InLanguage<HeldHold>>(
        "Hold", "Money that the guest's bank keeps aside. It is not money yet.",
        [
            .integer("id", "Counts from 1 within the folio.", example: 1) { $0.hold.number },
            .choice(
                "state", "`expired` also when only the clock says so: it covers nothing.",
                of: Hold.State.allCases.map(\.rawValue), example: "authorised"
            ) { $0.state },
            .amount("amount", "What was asked for.", example: 30000) { $0.hold.amount },
            .amount("authorised", "What the bank agreed to in all, what was taken of it included.", example: 30000) { $0.hold.authorised },
            .amount("captured", "What has been taken out of it, also in parts and by others.", example: 0) { $0.hold.captured },
            .amount("held", "What the bank still keeps aside: authorised less captured while it lives, then 0.", example: 30000) {
                $0.hold.held
            },
            .text("method", "How the guest pays.", example: "card") { $0.hold.method.rawValue },
            .optionalInstant("capture_before", "When it ends by itself.", example: "2026-11-25T08:00:00Z") { $0.hold.captureBefore },
            .optionalDay("place_on", "The day on which it will be placed on the saved card.") { $0.hold.placeOn },
            .optionalText("card_brand", "The card's brand.", example: "visa") { $0.hold.card?.brand },
            .optionalText("card_last4", "The card's last four digits.", example: "4242") { $0.hold.card?.last4 },
            failure { $0.hold.failure }, failureCode { $0.hold.failure },
        ])

    static let payment = Shape<InLanguage<Payment>>(
        "Payment", "Money taken, or being taken.",
        [
            .integer("id", "Counts from 1 within the folio.", example: 1) { $0.number },
            .choice("state", "Only `succeeded` is money.", of: Payment.State.allCases.map(\.rawValue), example: "succeeded") {
                $0.state.rawValue
            },
            .text("origin", "How it came about: `page`, `capture`, `saved_card`.", example: "capture") { $0.origin.rawValue },
            .text("method", "How the guest paid.", example: "card") { $0.method.rawValue },
            .amount("amount", "What was asked for.", example: 30000) { $0.amount },
            .amount("received", "What has come.", example: 30000) { $0.received },
            .amount("refunded", "What has gone back, or is on its way back.", example: 0) { $0.refunded },
            .integer("refundable", "What can still be given back. Minor units.", example: 30000) {
                $0.state == .succeeded ? $0.refundable : 0
            },
            .optionalText("refund_refusal", "Why nothing more of it can be given back: one sentence, in the caller's language.") {
                $0.refundRefusal?.sentence(in: $0.language)
            },
            .optionalText("payment_intent", "Stripe's object behind it.", example: "pi_3QExample") { $0.intent },
            failure { $0.failure }, failureCode { $0.failure },
        ])

    /// Why something came to nothing.
    static func failure<Value>(_ read: @escaping @Sendable (InLanguage<Value>) -> Failure?) -> Property<InLanguage<Value>> {
        .optionalText("failure", "Why it came to nothing: one sentence for staff, in the caller's language.") {
            read($0)?.sentence(in: $0.language)
        }
    }

    static func failureCode<Value>(_ read: @escaping @Sendable (InLanguage<Value>) -> Failure?) -> Property<InLanguage<Value>> {
        .optionalChoice(
            "failure_code", "The same for programs. `refused`: Stripe said no for a reason of its own; `other`: somebody's words.",
            of: Failure.codes
        ) { read($0)?.code }
    }

    static let refund = Shape<InLanguage<Refund>>(
        "Refund", "Money given back after it was taken.",
        [
            .integer("id", "Counts from 1 within the folio.", example: 1) { $0.number },
            .integer("payment", "The payment it gives back from.", example: 1) { $0.payment },
            .choice("state", "How far it is.", of: Refund.State.allCases.map(\.rawValue), example: "succeeded") { $0.state.rawValue },
            .amount("amount", "What goes back.", example: 3000) { $0.amount },
            .text("reason", "Why.", example: "Wellness area closed") { $0.value.reason(in: $0.language) },
            .optionalChoice(
                "bill",
                "What becomes of the bill. `unchanged`: nobody has decided, and the amount is set aside. Missing where it is no question: a check-out gave back what was paid too much.",
                of: Refund.Bill.allCases.map(\.rawValue)
            ) { $0.bill?.rawValue },
        ])

    static let found = Shape<FoundObject>(
        "FoundObject", "Something that these books made at Stripe after the backup that they were put back from.",
        [
            .text("id", "Stripe's id.", example: "pi_3QExample") { $0.id },
            .choice("kind", "A payment intent, or a page.", of: ["payment_intent", "checkout_session"], example: "payment_intent") {
                $0.kind.rawValue
            },
            .choice(
                "state", "Whether it keeps money aside, took it, or somebody may still pay.",
                of: FoundObject.State.allCases.map(\.rawValue),
                example: "captured"
            ) { $0.state.rawValue },
            .integer("amount", "What it holds, has taken or asks for, less what went back; in its currency.", example: 4330) { $0.amount },
            .text("currency", "Its own.", example: "eur") { $0.currency },
            .text("status", "Stripe's own word.", example: "succeeded") { $0.status },
            .optionalText("customer", "Stripe's customer.", example: "cus_Example") { $0.customer },
        ])

    static let guest = Shape<Folio.Guest>(
        "Guest", "Whose folio it is.",
        [
            .text("name", "As the guest gave it.", example: "Anna Weiss") { $0.name },
            .optionalText("email", "Where Stripe's page sends its receipt.", example: "anna@example.com") { $0.email },
            .text("language", "Two letters; the language of the guest's page.", example: "de") { $0.language },
        ])

    static let document = Shape<Document>(
        "Document", "What the guest gets at the end. Issued once.",
        [
            .text("number", "Gapless per tenant and year.", example: "2026-000417") { $0.number },
            .amount("gross", "The total.", example: 34330) { $0.gross },
            .list("taxes", "The tax per rate.", tax) { $0.taxes },
            .instant("issued_at", "When it was issued.", example: "2026-11-23T09:12:00Z") { $0.issuedAt },
        ])

    static let warning = Shape<FolioWarning>(
        "Warning", "Something to know and do.",
        [
            .choice(
                "code",
                "Stable. `hold_exceeded`, `refund_set_aside` and `open_credit` follow from the totals; `notice` is a sentence from before notices had codes.",
                of: FolioWarning.fromTotals + FolioNotice.codes, example: "hold_exceeded"
            ) { $0.code },
            .text("message", "One sentence, in the caller's language.", example: "43.30 EUR are not covered by the hold.") { $0.message },
        ])

    /// A folio as it stands in a list.
    static let summary = Shape<FolioSummary>(
        "FolioSummary", "A folio as it stands in a list.", heading { $0.folio } + [totalsOf { $0.totals }])

    static let folio = Shape<FolioInLanguage>(
        "Folio", "The running account of one stay or one order.",
        heading { $0.view.folio } + [
            .text("currency", "Of all amounts on the folio.", example: "eur") { $0.view.tenant.currency.code },
            totalsOf { $0.view.totals },
            .list("taxes", "The tax per rate.", tax) { $0.view.taxes },
            .list("lines", "What was charged, in order.", line) { $0.view.lines },
            .list("holds", "Money reserved.", hold) { folio in folio.view.heldHolds.map { InLanguage($0, folio.language) } },
            .list("payments", "Money taken.", payment) { folio in folio.view.payments.map { InLanguage($0, folio.language) } },
            .list("refunds", "Money given back.", refund) { folio in folio.view.refunds.map { InLanguage($0, folio.language) } },
            .list(
                "found_objects",
                "What Stripe has for this folio and these books do not count. Until it is taken in, the folio takes nothing.",
                found
            ) { $0.view.found },
            .optionalText("saved_card", "The card that may be charged without the guest.", example: "visa 4242") {
                $0.view.folio.savedCard.map { "\($0.brand) \($0.last4)" }
            },
            .optionalText("saved_card_expires", "The last month in which that card is good.", example: "2029-08") {
                $0.view.folio.savedCard?.expires
            },
            .optionalChoice(
                "saved_card_removal_reason",
                "Why there is no saved card any more: it was detached at Stripe, or the guest was deleted there.",
                of: Folio.CardRemoval.allCases.map(\.rawValue)
            ) { $0.view.folio.cardRemoval?.rawValue },
            .optionalText(
                "payment_url", "Stripe's page on which the guest can pay or authorise now.",
                example: "https://checkout.stripe.com/c/pay/cs_test_x"
            ) {
                $0.view.folio.paymentURL
            },
            .optionalObject("document", "Once the folio is closed.", document) { $0.view.document },
            .list("warnings", "What staff should know and do.", warning) {
                FolioWarning.all(of: $0.view.summary, zone: $0.view.tenant.timeZone, in: $0.language)
            },
        ])

    static let added = Shape<LineAddedInLanguage>(
        "LineAdded", "The new line, and what the folio amounts to with it.",
        [
            .object("line", "The line.", line) { $0.added.line },
            .object("totals", "The folio's totals.", totals) { $0.added.summary.totals },
            .list("warnings", "What staff should know and do.", warning) {
                FolioWarning.all(of: $0.added.summary, zone: $0.added.tenant.timeZone, in: $0.language)
            },
        ])

    private static let lineNumber = Shape<LinesAdded.Place>(
        "LineNumber", "A new line.",
        [
            .text("folio", "The reference of its folio.", example: "R-4711") { $0.folio },
            .integer("number", "Counts from 1 within the folio.", example: 7) { $0.number },
        ])

    private static let chargedFolio = Shape<ChargedFolio>(
        "ChargedFolio", "A folio that lines were added to.",
        [
            .text("reference", "The ERP's number for it.", example: "R-4711") { $0.summary.folio.reference },
            .object("totals", "The folio's totals with all of the new lines.", totals) { $0.summary.totals },
            .list("warnings", "What staff should know and do.", warning) {
                FolioWarning.all(of: $0.summary, zone: $0.zone, in: $0.language)
            },
        ])

    /// Kept for 30 days with each request: the lines' texts are not in it.
    static let manyAdded = Shape<InLanguage<LinesAdded>>(
        "LinesAdded", "The new lines, and what their folios amount to with them.",
        [
            .list("lines", "The lines, in the order in which they were sent.", lineNumber) { $0.lines },
            .list("folios", "Each folio once.", chargedFolio) { added in
                added.folios.map { ChargedFolio(summary: $0, zone: added.tenant.timeZone, language: added.language) }
            },
        ])

    private static func totalsOf<Model>(_ read: @escaping @Sendable (Model) -> FolioTotals) -> Property<Model> {
        .object("totals", "What it amounts to.", totals, read)
    }

    private static func heading<Model>(_ folio: @escaping @Sendable (Model) -> Folio) -> [Property<Model>] {
        [
            .text("reference", "The ERP's number for it.", example: "R-4711") { folio($0).reference },
            .choice("state", "How far it is.", of: Folio.State.allCases.map(\.rawValue), example: "open") { folio($0).state.rawValue },
            .choice("source", "A stay or an order.", of: ["reservation", "shop"], example: "reservation") { folio($0).source.rawValue },
            .object("guest", "Whose it is.", guest) { folio($0).guest },
            .day("arrival", "The day the guest arrives.", example: "2026-11-20") { folio($0).arrival },
            .day("departure", "The day the guest leaves.", example: "2026-11-23") { folio($0).departure },
            .choice("mode", "Whether money is taken at once or only held.", of: ["direct", "reserved"], example: "reserved") {
                folio($0).mode.rawValue
            },
            .text("method", "How the guest pays.", example: "card") { folio($0).method.rawValue },
            .instant("opened_at", "When it was opened.", example: "2026-11-18T08:00:00Z") { folio($0).openedAt },
            .optionalText("document_number", "Given at check-out.") { folio($0).documentNumber },
        ]
    }
}

/// A value, and the language that its sentences are read in.
@dynamicMemberLookup
struct InLanguage<Value: Sendable>: Sendable {
    let value: Value
    let language: Language

    init(_ value: Value, _ language: Language) {
        self.value = value
        self.language = language
    }

    subscript<Member>(dynamicMember path: KeyPath<Value, Member>) -> Member { value[keyPath: path] }
}

/// A folio, and the language its warnings are read in.
struct FolioInLanguage: Sendable {
    let view: FolioView
    let language: Language
}

struct LineAddedInLanguage: Sendable {
    let added: LineAdded
    let language: Language
}

/// A folio that lines were added to, and how its warnings are read.
struct ChargedFolio: Sendable {
    let summary: FolioSummary
    let zone: TimeZone
    let language: Language
}

/// A hold as of now: one whose time is over covers nothing, whatever was last heard of it.
struct HeldHold: Sendable {
    let hold: Hold
    let asOf: Instant

    var state: String { hold.state == .authorised && !hold.isLive(at: asOf) ? "expired" : hold.state.rawValue }
}

extension FolioView {
    var heldHolds: [HeldHold] { holds.map { HeldHold(hold: $0, asOf: asOf) } }
}

/// Something that staff should know about a folio.
struct FolioWarning: Sendable {
    let code: String
    let message: String

    static let fromTotals = ["hold_exceeded", "refund_set_aside", "open_credit"]

    static func all(of summary: FolioSummary, zone: TimeZone, in language: Language) -> [FolioWarning] {
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
        if let notice = summary.folio.notice {
            warnings.append(FolioWarning(code: notice.code, message: notice.sentence(in: language, zone: zone)))
        }
        return warnings
    }
}
