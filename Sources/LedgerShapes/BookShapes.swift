import Ledger
import LedgerService

/// What accounting reads: statements, journal, payouts and disputes.
package enum BookShapes {
    /// One row of a statement, in the columns of its CSV. Amounts that an item does not have are null.
    package static let statementRow = Shape<StatementRow>(
        "StatementRow", "One item of a tenant's month.",
        [
            .text("tenant", "The tenant's id.", example: "seeblick") { $0.statement.tenant },
            .text("month", "The month.", example: "2026-10") { $0.statement.month.description },
            .choice(
                "supplier", "Who bills or withholds it. The two suppliers are never added up.",
                of: StatementItem.Supplier.allCases.map(\.rawValue), example: "stripe"
            ) {
                $0.item.supplier.rawValue
            },
            .text("item", "The kind of item.", example: "charge") { $0.item.name },
            .optionalText("type", "Stripe's type of the movements.", example: "charge") { $0.item.type },
            .optionalText("method", "The payment method, for payments.", example: "card") { $0.item.method?.rawValue },
            .optionalInteger("count", "The number of movements.", example: 307) { $0.item.count },
            .optionalAmount("net", "The amount without tax.") { $0.item.net },
            .optionalAmount("tax", "The tax.") { $0.item.tax },
            .optionalAmount("gross", "The gross amount.", example: 9_250_000) { $0.item.gross },
            .optionalAmount("fee", "The fee that Stripe withheld.", example: 180_023) { $0.item.fee },
            .optionalInteger("late", "The number of late items: they belong to an earlier month that was already closed.", example: 0) {
                $0.item.late
            },
            .flag("closed", "Whether the month is closed.", example: true) { $0.statement.closedAt != nil },
            .text("currency", "The currency of the amounts; the platform fee is in eur.", example: "eur") { $0.item.currency.code },
            .choice(
                "calendar",
                "Whose month an item of movements is cut by: the tenant's, or UTC as Stripe bills. The same movements, never added up.",
                of: StatementItem.Calendar.allCases.map(\.rawValue), example: "tenant"
            ) { $0.item.calendar.rawValue },
            .optionalDay("day", "The day on which a late item moved the balance.", example: nil) { $0.item.day },
            .optionalText(
                "note",
                "What is said of the item: which fee run billed it, how Stripe's fees are taxed, a late item's folio, why the month was closed "
                    + "over it.",
                example: nil
            ) { $0.item.note?.german },
        ])

    private static let checkKinds = ClosingCheck.Kind.allCases.map(\.rawValue)

    private static let closedOver = Shape<ClosingRemark.Item>(
        "ClosedOver", "Something that was not in order when a month was closed.",
        [
            .choice("kind", "As in the checklist.", of: checkKinds, example: "open_items") { $0.kind },
            .integer("count", "How many.", example: 2) { $0.count },
        ])

    package static let check = Shape<ClosingCheck>(
        "ClosingCheck", "Something that is looked at before a month is closed.",
        [
            .choice(
                "kind",
                "`synced`: Stripe was read since the month ended. `settled`: nothing waits or is parked. `clearing`: the account `stripe` equals "
                    + "Stripe's balance. Then what a month can be closed over: `open_items`, `suspense`, undecided `disputes`, objects `found` after "
                    + "a backup, objects `dismissed` as unreadable, movements in `other_currencies`.",
                of: checkKinds, example: "open_items"
            ) { $0.kind.rawValue },
            .flag("in_order", "Whether it is as it should be.", example: false) { $0.isInOrder },
            .flag(
                "blocking", "Whether it keeps the month open. What is not in order and does not is closed over with a reason.",
                example: false
            ) {
                $0.isBlocking
            },
            .integer("count", "How many things are not in order.", example: 2) { Int64($0.count) },
            .text("detail", "What there is, in English.", example: "2 open items (R-4711, R-4712)") { $0.phrase.english },
        ])

    package static let checklist = Shape<ClosingChecklist>(
        "ClosingChecklist", "What the closing of a month looks at.",
        [
            .text("month", "The month.", example: "2026-10") { $0.month.description },
            .flag("may_be_closed", "Whether nothing keeps it open; a reason may be needed.", example: true) { $0.blocking.isEmpty },
            .list("checks", "All of them, in order.", check) { $0.checks },
        ])

    package static let statement = Shape<Statement>(
        "Statement", "One tenant's month: what the operator bills, and what Stripe has already withheld.",
        [
            .text("tenant", "The tenant's id.", example: "seeblick") { $0.tenant },
            .text("tenant_name", "The tenant's name.", example: "Hotel Seeblick") { $0.tenantName },
            .text("month", "The tenant's local month.", example: "2026-10") { $0.month.description },
            .optionalInstant("closed_at", "When the month was closed; null while it can still change.", example: "2026-11-01T08:00:00Z") {
                $0.closedAt
            },
            .optionalText(
                "closing_reason", "Why it was closed over what was not in order; null where all was.", example: "two guests pay in November"
            ) { $0.remark?.reason },
            .optionalText("closed_over_by", "Who closed it over that.", example: "user:anna") { $0.remark?.actor },
            .list("closed_over", "What was not in order when it was closed.", closedOver) { $0.remark?.items ?? [] },
            .text("currency", "The currency of Stripe's amounts. The platform fee is in eur.", example: "eur") {
                $0.stripe.opening.currency.code
            },
            .amount("platform_fee_net", "The platform fee without tax, in euro cents.", example: 1900) { $0.platformFee.net },
            .amount("platform_fee_tax", "The tax on the platform fee.", example: 361) { $0.platformFee.tax },
            .amount("platform_fee_gross", "The platform fee with tax.", example: 2261) { $0.platformFee.gross },
            .choice(
                "platform_fee_tax_case", "Which tax the platform fee has; `blocked`: it is not billed.",
                of: TaxCase.allCases.map(\.rawValue), example: "domestic"
            ) { $0.platformFee.taxCase.rawValue },
            .optionalInteger(
                "platform_fee_run",
                "The last fee run that billed the platform fee or took it back; null: it is not billed yet, and is what the contract says now.",
                example: 3
            ) { $0.platformFee.run },
            .amount("opening_balance", "The balance at Stripe at the beginning of the month.", example: 0) { $0.stripe.opening },
            .amount("closing_balance", "The balance at Stripe at the end of the month.", example: 9_069_977) { $0.stripe.closing },
            .list("rows", "Every item, as in the CSV.", statementRow) { StatementRow.all(of: $0) },
        ])

    package static let movement = Shape<UnexplainedMovement>(
        "Movement", "A movement on the tenant's balance at Stripe that nothing in these books explained when it came.",
        [
            .text("id", "Stripe's id of the balance transaction.", example: "txn_3SYk2h") { $0.movement.id },
            .choice(
                "state",
                "`waiting`: what it came from has not been read yet. `suspense`: it is not ours, or was dismissed unread, and waits for accounting. "
                    + "`assigned`: accounting has found an account for it. `ours`: a payment or refund of these books explains it after all.",
                of: UnexplainedMovement.State.allCases.map(\.rawValue), example: "suspense"
            ) { $0.state.rawValue },
            .text("type", "Stripe's type.", example: "topup") { $0.movement.type },
            .text("reporting_category", "Stripe's reporting category.", example: "topup") { $0.movement.reportingCategory },
            .amount("amount", "Before Stripe's fee; negative for what left the balance.", example: 50000) { $0.movement.amount },
            .amount("fee", "What Stripe kept of it. It is in `stripe_fees` already.", example: 0) { $0.movement.fee },
            .text("currency", "The currency of the amounts.", example: "eur") { $0.movement.amount.currency.code },
            .optionalText("source", "Stripe's id of what it came from.", example: "tu_1SYk2h") { $0.movement.source },
            .optionalText("payment_intent", "The payment intent that it belongs to.", example: "pi_3SYk2h") { $0.movement.intent },
            .instant("created", "When the balance changed.", example: "2026-11-21T19:04:11Z") { $0.movement.created },
            .optionalText("account", "The account that the amount is in now.", example: "suspense:topup") { $0.account },
            .optionalText("reason", "Why accounting assigned it.", example: "sold by the shop") { $0.assignment?.reason },
            .optionalText("actor", "Who assigned it; `rule:` with its number for a rule.", example: "user:anna") { $0.assignment?.actor },
            .optionalInteger("rule", "The rule that assigned it, if one did.", example: 1) { $0.assignment?.rule },
            .optionalFlag(
                "carries_books_id", "Whether what it came from carries these books' id; null while that is not known.", example: false
            ) { $0.carriesBooks },
            .optionalText("failure", "Why what it came from could not be read, until it is read.", example: "resource_missing") {
                $0.failure?.technical
            },
            .optionalText("dismissal_reason", "Why accounting dismissed it although it could not be read.") { $0.dismissal?.reason },
            .optionalText("dismissed_by", "Who dismissed it.") { $0.dismissal?.actor },
        ])

    package static let unreadable = Shape<UnreadableObject>(
        "UnreadableObject", "An entry of one of Stripe's lists that could not be read or booked.",
        [
            .text(
                "id", "Stripe's id; one without an id has a name of its own that begins with `unnamed_`.", example: "txn_3SYk2h"
            ) { $0.id },
            .choice(
                "state",
                "`waiting`: each sync tries to read it, and no month is closed. `dismissed`: months are closed without it, and it is still tried. "
                    + "`read`: it was read after it had been dismissed.",
                of: UnreadableObject.State.allCases.map(\.rawValue), example: "waiting"
            ) { $0.state.rawValue },
            .instant("first_seen_at", "When it was met first.", example: "2026-11-21T19:04:11Z") { $0.firstSeen },
            .optionalText("failure", "Why it could not be read or booked the last time.", example: "amount has the wrong type") {
                $0.failure?.technical
            },
            .optionalText("dismissal_reason", "Why it was dismissed.", example: "a currency that Stripe rounds") { $0.dismissal?.reason },
            .optionalText("dismissed_by", "Who dismissed it.", example: "user:anna") { $0.dismissal?.actor },
        ])

    package static let assigned = Shape<AssignedMovements>(
        "AssignedMovements", "What came of assigning all movements of a type.",
        [
            .text("type", "Stripe's type.", example: "charge") { $0.selection.type },
            .flag("only_others", onlyOthers, example: false) { $0.selection.onlyOthers },
            .text("account", "The account that the amounts are in now.", example: "external:shop") { $0.account },
            .text("reason", "Why accounting assigned them.", example: "sold by the shop") { $0.reason },
            .integer("count", "How many movements were assigned.", example: 12) { $0.count },
            .amount("amount", "The sum of their amounts, before Stripe's fees.", example: 60000) { $0.amount },
            .text("currency", "The currency of the amount.", example: "eur") { $0.amount.currency.code },
        ])

    private static let onlyOthers =
        "Whether only movements are meant of which it is known that what they came from does not carry these books' id."

    package static let movementRule = Shape<MovementRule>(
        "MovementRule", "Movements of a type that come into suspense are assigned to an account by themselves.",
        [
            .integer("number", "Consecutive, without gaps.", example: 1) { $0.number },
            .text("type", "Stripe's type.", example: "charge") { $0.selection.type },
            .flag("only_others", onlyOthers, example: true) { $0.selection.onlyOthers },
            .text("account", "The account that they are assigned to.", example: "external:shop") { $0.account },
            .text("reason", "Why; it is the reason of each assignment.", example: "sold by the shop") { $0.reason },
            .text("actor", "Who set it.", example: "user:anna") { $0.actor },
            .instant("created_at", "When it was set.", example: "2026-11-21T19:04:11Z") { $0.created },
            .optionalInstant("ended_at", "When it was ended; null while it is in force.", example: nil) { $0.end?.at },
            .optionalText("ended_by", "Who ended it.", example: nil) { $0.end?.actor },
        ])

    private static let leftOpen = Shape<ShownClosing.Left>(
        "MonthLeftOpen", "A tenant whose month stays open, and why.",
        [
            .text("tenant", "The tenant's id.", example: "seeblick") { $0.tenant },
            .text("code", "Stable: for programs to decide by.", example: "month_not_synced") { $0.code },
            .text(
                "detail", "One sentence for people, in the caller's language.",
                example: "Stripe has not been read since October 2026 ended."
            ) { $0.detail },
            .optionalText(
                "hint", "What happens by itself, and what can be done.",
                example: "The operator has a parked operation sent again or dismisses it."
            ) { $0.hint },
        ])

    package static let closing = Shape<ShownClosing>(
        "MonthClosing", "What came of closing a month for all tenants.",
        [
            .list("closed", "The statements that were closed just now, by tenant.", statement) { $0.closing.closed },
            .list("closed_before", "The statements that were closed already, by tenant.", statement) { $0.closing.closedBefore },
            .list("left_open", "The tenants whose month stays open, by id.", leftOpen) { $0.left },
        ])

    package static let entry = Shape<BookedEntry>(
        "JournalEntry", "One journal entry. Never changed.",
        [
            .integer("number", "Consecutive, without gaps.", example: 4711) { $0.entry.number },
            .instant("posted_at", "When it was posted.", example: "2026-11-21T19:04:11Z") { $0.entry.postedAt },
            .day(
                "occurred_on", "The day it belongs to: of a line its service date, of what Stripe moved the day on which it moved there.",
                example: "2026-11-21"
            ) { $0.entry.occurredOn },
            .text("kind", "What happened.", example: "charge") { $0.entry.kind },
            .text("debit", "The account debited.", example: "folio:R-4711") { $0.entry.debit },
            .text("credit", "The account credited.", example: "revenue:minibar:19") { $0.entry.credit },
            .amount("amount", "More than 0.", example: 700) {
                Money(minorUnits: $0.entry.amount, currency: $0.currency)
            },
            .text("currency", "The currency of the amount.", example: "eur") { $0.entry.currency },
            .optionalText("folio", "The folio it is about.", example: "R-4711") { $0.entry.folio },
            .optionalText("stripe_object", "The id of the related object at Stripe.") { $0.entry.stripeObject },
            .text("actor", "Who did it.", example: "token:reception desk") { $0.entry.actor },
            .text(
                "hash", "SHA-256 over the entry and the hash before it, in hexadecimal digits.", example: String(repeating: "0f", count: 32)
            ) {
                hexadecimal($0.hash)
            },
            .optionalText(
                "cut_by", "Of a month's list, the date by which the entry is of that month: occurred_on or posted_at.",
                example: "occurred_on"
            ) { $0.cutBy?.rawValue },
        ])

    package static let payout = Shape<Payout>(
        "Payout", "Money that Stripe sends to the tenant's bank.",
        [
            .text("id", "Stripe's id.", example: "po_1QExample") { $0.id },
            .amount("amount", "The amount paid out.", example: 32655) { $0.amount },
            .text("currency", "The currency of the amount.", example: "eur") { $0.amount.currency.code },
            .text("status", "As named by Stripe.", example: "paid") { $0.state },
            .day("arrival_date", "The day the money arrives at the bank.", example: "2026-11-26") { $0.arrivalDate },
            .flag("automatic", "Whether Stripe created it by schedule.", example: true) { $0.automatic },
            .choice(
                "breakdown",
                "`itemised`: what is in it is known, and adds up to it. `awaited`: Stripe has not said yet. `not_itemised`: it was made by hand, "
                    + "and Stripe cannot say.",
                of: Payout.Breakdown.allCases.map(\.rawValue), example: "itemised"
            ) { $0.breakdown.rawValue },
            .instant("created_at", "When it was created.", example: "2026-11-24T00:00:00Z") { $0.created },
        ])

    private static let movementKinds = BalanceMovement.Kind.allCases.map(\.rawValue)

    private static let payoutSum = Shape<PayoutSum>(
        "PayoutSum", "Movements of one kind in a payout.",
        [
            .choice("kind", "What they are.", of: movementKinds, example: "charge") { $0.kind.rawValue },
            .integer("count", "How many.", example: 12) { $0.count },
            .amount("amount", "The sum before Stripe's fees.", example: 33220) { $0.amount },
            .amount("fee", "What Stripe kept of them.", example: 565) { $0.fee },
        ])

    package static let bookedMovement = Shape<BookedMovement>(
        "BookedMovement", "A movement on the balance at Stripe, with the payment and the folio that it belongs to.",
        [
            .text("id", "Stripe's id of the balance transaction.", example: "txn_3SYk2h") { $0.movement.id },
            .choice("kind", "What these books take it for.", of: movementKinds, example: "charge") { $0.movement.kind.rawValue },
            .text("type", "Stripe's type.", example: "charge") { $0.movement.type },
            .optionalText("method", "The payment method, for a payment.", example: "card") { $0.movement.method?.rawValue },
            .amount("amount", "Before Stripe's fee; negative for what left the balance.", example: 34330) { $0.movement.amount },
            .amount("fee", "What Stripe kept of it.", example: 565) { $0.movement.fee },
            .text("currency", "The currency of the amounts.", example: "eur") { $0.movement.amount.currency.code },
            .instant("created", "When the balance changed.", example: "2026-11-21T19:04:11Z") { $0.movement.created },
            .text("month", "The month whose statement it belongs to.", example: "2026-11") { $0.month.description },
            .flag("late", "Whether that is a later month than its own, which was closed already.", example: false) { $0.isLate },
            .optionalText("folio", "The folio that it belongs to.", example: "R-4711") { $0.folio },
            .optionalText("guest_name", "The guest.", example: "Anna Weiss") { $0.guest },
            .optionalInteger("payment", "The payment on the folio.", example: 1) { $0.payment },
            .optionalText("last4", "The last four digits of the card.", example: "4242") { $0.last4 },
            .optionalText("payout", "The automatic payout that it went to the bank in.", example: "po_1QExample") { $0.payout },
            .optionalText("source", "Stripe's id of what it came from.", example: "ch_3SYk2h") { $0.movement.source },
            .optionalText("payment_intent", "The payment intent that it belongs to.", example: "pi_3SYk2h") { $0.movement.intent },
        ])

    package static let payoutView = Shape<PayoutView>(
        "PayoutView", "A payout with what is in it and where it is.",
        [
            .object("payout", "The payout.", payout) { $0.payout },
            .choice(
                "place",
                "`not_booked`: its movement is not booked yet. `transit`: it has left the balance (`bank_transit`). `bank`: it has arrived. "
                    + "`returned`: it is on the balance again.",
                of: PayoutView.Place.allCases.map(\.rawValue), example: "bank"
            ) { $0.place.rawValue },
            .optionalAmount("balance_before", "The balance right before it left; only for one made by hand.", example: nil) {
                $0.balances?.before
            },
            .optionalAmount("balance_after", "The balance right after; only for one made by hand.", example: nil) { $0.balances?.after },
            .list("sums", "What is in it, by kind.", payoutSum) { $0.sums },
            .list("items", "What is in it, one by one, oldest first.", bookedMovement) { $0.items },
        ])

    package static let dispute = Shape<DisputeSummary>(
        "Dispute", "A payment contested by the guest's bank.",
        [
            .text("id", "Stripe's id.", example: "du_1QExample") { $0.id },
            .optionalText("folio", "The folio it is about.", example: "R-4711") { $0.folio },
            .optionalInteger("payment", "The payment on the folio.", example: 1) { $0.payment },
            .amount("amount", "The contested amount.", example: 34330) { $0.amount },
            .text("reason", "As named by Stripe.", example: "fraudulent") { $0.reason },
            .text("status", "As named by Stripe.", example: "needs_response") { $0.state },
            .instant("created_at", "When the dispute was opened.", example: "2026-12-02T10:00:00Z") { $0.created },
            .optionalInstant(
                "evidence_due_at", "Until when evidence can be submitted; null where the bank takes none.",
                example: "2026-12-09T23:59:59Z"
            ) { $0.evidenceDue },
            .amount("withdrawn", "What the bank has withdrawn and not given back. The guest owes it again.", example: 34330) {
                $0.withdrawn
            },
            .amount("written_off", "What of that accounting has written off.", example: 0) { $0.writtenOff },
            .text("currency", "The currency of the amounts.", example: "eur") { $0.amount.currency.code },
        ])

    package static let disputeEntry = Shape<DisputeBooking>(
        "DisputeBooking", "What a dispute brought about in the journal.",
        [
            .integer("number", "The number of the journal entry.", example: 4711) { $0.number },
            .choice(
                "kind",
                "`dispute`: the bank withdrew the amount, and the guest owes it again. `dispute_reinstated`: it gave it back. "
                    + "`dispute_written_off`: accounting gave it up. `dispute_write_off_reversed`: it came back after that.",
                of: [EntryKind.dispute, .disputeReinstated, .disputeWrittenOff, .disputeWriteOffReversed].map(\.rawValue),
                example: "dispute"
            ) { $0.kind.rawValue },
            .amount("amount", "More than 0, in the dispute's currency.", example: 34330) { $0.amount },
            .day("occurred_on", "The day on which the bank moved it, or it was written off.", example: "2026-12-05") { $0.occurredOn },
            .optionalText("reason", "Why it was written off.", example: nil) { $0.reason },
            .optionalText("actor", "Who wrote it off.", example: nil) { $0.actor },
        ])

    package static let disputeView = Shape<DisputeView>(
        "DisputeView", "A dispute, what is to be done about it, and what it brought about in the journal.",
        [
            .object("dispute", "The dispute.", dispute) { $0.dispute },
            .choice(
                "next_step",
                "`submit_evidence`: send evidence at Stripe in time, or accept the dispute there. `answer_inquiry`: answer the bank's question at "
                    + "Stripe. `wait`: the bank decides. `settle`: it is lost; ask for another payment, or write it off. `look`: its state is not "
                    + "known here. `none`: it is over.",
                of: DisputeStep.allCases.map(\.rawValue), example: "submit_evidence"
            ) { $0.step.rawValue },
            .optionalAmount("open", "What of it is open on its folio.", example: 34330) { $0.open },
            .list("entries", "What it brought about in the journal, in order.", disputeEntry) { $0.entries },
        ])

    package static let openItem = Shape<OpenItem>(
        "OpenItem", "A folio that is still to be settled.",
        [
            .text("folio", "The folio.", example: "R-4711") { $0.folio.reference },
            .text("guest_name", "The guest.", example: "Anna Weiss") { $0.folio.guest.name },
            .text("month", "Where it comes from: the month of `since`.", example: "2026-10") {
                $0.month.description
            },
            .day("since", "Since when it is open: when it was closed or charged late, or the departure.", example: "2026-10-23") {
                $0.since
            },
            .integer("age_days", "For how many days it is open; 0 for a departure that is still to come.", example: 12) { Int64($0.days) },
            .optionalText("stay", "The stay, if it is a late charge.", example: nil) { $0.folio.stay?.reference },
            .choice("why", "Why it is open.", of: OpenItem.Why.allCases.map(\.rawValue), example: "closed_unpaid") { $0.why.rawValue },
            .amount("open", "What the guest still owes; negative when more was paid than charged.", example: 4330) { $0.open },
            .optionalAmount(
                "open_credit", "Of that, what is owed to the guest and cannot be refunded through Stripe; null in the list of a day.",
                example: 0
            ) { $0.asOf == nil ? $0.totals.openCredit : nil },
            .optionalAmount("set_aside", "Of that, what was refunded and is not decided; null likewise.", example: 0) {
                $0.asOf == nil ? $0.totals.setAside : nil
            },
            .optionalDay("as_of", "The day at whose end it was open; null for now.", example: nil) { $0.asOf },
            .text("currency", "The currency of the amounts.", example: "eur") { $0.open.currency.code },
        ])
}

/// What came of closing a month for all tenants, in words of one language.
package struct ShownClosing: Sendable {
    fileprivate struct Left: Sendable {
        let tenant: String
        let code: String
        let detail: String
        let hint: String?
    }

    fileprivate let closing: MonthClosing
    fileprivate let left: [Left]

    /// - Parameter language: The caller's.
    package init(_ closing: MonthClosing, in language: Language) {
        self.closing = closing
        left = closing.left.map {
            let words = $0.refusal.words(in: language, hints: [:])
            return Left(tenant: $0.tenant, code: $0.refusal.code, detail: words.message, hint: words.hint)
        }
    }
}

/// An entry with the hash that is stored for it.
package struct BookedEntry: Sendable {
    /// As it is stored.
    package let entry: JournalEntry
    /// SHA-256 as it is stored, 32 bytes.
    package let hash: [UInt8]
    /// The tenant's.
    package let currency: Currency
    /// By which date it is of the month that is listed; nil in a list of all months.
    package let cutBy: JournalDate?

    package init(entry: JournalEntry, hash: [UInt8], currency: Currency, cutBy: JournalDate? = nil) {
        self.entry = entry
        self.hash = hash
        self.currency = currency
        self.cutBy = cutBy
    }
}

/// An item with the statement it is of.
package struct StatementRow: Sendable {
    /// Gives the row its tenant and month.
    package let statement: Statement
    /// What was billed or withheld, with its amounts.
    package let item: StatementItem

    package init(statement: Statement, item: StatementItem) {
        self.statement = statement
        self.item = item
    }

    /// In the statement's own order, opening and closing balance included.
    package static func all(of statement: Statement) -> [StatementRow] {
        statement.items.map { StatementRow(statement: statement, item: $0) }
    }
}
