/// The running account of one stay or one order (Gästekonto).
package struct Folio: Hashable, Sendable {
    /// The words are those that are stored.
    package enum State: String, Sendable, CaseIterable {
        case open
        /// A check-out, cancellation or no-show is being carried out: no line may be added.
        case closing
        /// The rest waits for the guest: a payment page, or 3-D Secure.
        case awaitingGuest = "awaiting_guest"
        case checkedOut = "checked_out"
        case cancelled
        case noShow = "no_show"

        /// For good: nothing reopens a folio. What is found later goes on a new one.
        package var isClosed: Bool { self == .checkedOut || self == .cancelled || self == .noShow }
    }

    /// What it is the account of. The words are those that are stored.
    package enum Source: String, Sendable, CaseIterable {
        /// A stay.
        case reservation
        /// An order of the tenant's shop, which has no stay and no holds.
        case shop
        /// What was found after the check-out of a stay; it has no holds either, and is never booked.
        case lateCharge = "late_charge"
    }

    /// The stay that a late charge is made for.
    package struct Stay: Hashable, Sendable {
        /// The store's key of its folio.
        package let number: Int64
        /// The ERP's number for it.
        package let reference: String
        /// Whether its card may be charged for it, where the guest has agreed to that. Who chose the link is not charged otherwise later.
        package let way: LateCharge.Way

        package init(number: Int64, reference: String, way: LateCharge.Way) {
            self.number = number
            self.reference = reference
            self.way = way
        }
    }

    /// The person who pays, as the ERP names them.
    package struct Guest: Hashable, Sendable {
        /// See `TextRule.guestName`: 1 to 200 characters.
        package var name: String
        /// See `TextRule.email`; nil where the ERP gives none.
        package var email: String?
        /// Two lower-case letters; decides the language of Stripe's page and of what the guest reads.
        package var language: String

        package init(name: String, email: String?, language: String = "de") {
            self.name = name
            self.email = email
            self.language = language
        }

        /// The language used with the guest: German for German, English for all others.
        package var spoken: Language { language == "de" ? .german : .english }
    }

    /// A card that the guest agreed to have charged later.
    package struct SavedCard: Hashable, Sendable {
        /// Stripe's id of the card, `pm_…`.
        package let paymentMethod: String
        /// Stripe's word for the network: `visa`, `mastercard`.
        package let brand: String
        /// The last four digits of the card's number.
        package let last4: String
        /// The last month in which it is good, `2029-08`; `nil` where Stripe does not say.
        package let expires: String?
        /// When the guest consented; the words are kept with it.
        package let consentedAt: Instant
        /// Whose money it spends; nil where Stripe does not say.
        package let funding: CardFunding?
        /// Stripe's name for the card itself, the same however often it is saved; nil where Stripe does not say.
        package let fingerprint: String?
        /// What the guest consented to, beside the bill.
        package let terms: CardTerms

        package init(
            paymentMethod: String, brand: String, last4: String, expires: String? = nil, funding: CardFunding? = nil,
            fingerprint: String? = nil, consentedAt: Instant, terms: CardTerms = CardTerms()
        ) {
            self.paymentMethod = paymentMethod
            self.brand = brand
            self.last4 = last4
            self.expires = expires
            self.funding = funding
            self.fingerprint = fingerprint
            self.consentedAt = consentedAt
            self.terms = terms
        }

        /// What its refusals are counted under: the card itself where Stripe tells, however often it was saved.
        package var identity: String { fingerprint ?? paymentMethod }
    }

    /// Why a card that was saved cannot be charged any more.
    package enum CardRemoval: String, Sendable, CaseIterable {
        /// It was detached at Stripe, which is final.
        case detached
        /// The guest was deleted at Stripe, and the cards with it.
        case customerDeleted = "customer_deleted"
    }

    /// How the guest pays.
    package enum Mode: String, Sendable { case direct, reserved }

    /// The store's key within the tenant. Never shown.
    package let number: Int64
    /// The ERP's number for it, unique per tenant: 1 to 64 characters without spaces at the ends.
    package let reference: String
    /// Whether the days of the stay and the rules for holds apply.
    package let source: Source
    /// Who pays, and in which language Stripe and the documents speak.
    package let guest: Guest
    /// The first day, in the tenant's time zone. For an order the day on which it is placed.
    package let arrival: Day
    /// The day of leaving; never before `arrival`.
    package let departure: Day
    /// Chosen when the folio is opened, and kept.
    package let mode: Mode
    /// How the guest wants to pay, among `PaymentMethod.offered`; the saved card may be charged besides.
    package let method: PaymentMethod
    /// By the books' clock.
    package let openedAt: Instant
    /// Only an open folio takes lines.
    package var state: State
    /// Stripe's customer, once made.
    package var customer: String?
    /// The card to charge without the guest; nil where none was saved, or it can no longer be charged.
    package var savedCard: SavedCard?
    /// Why there is no saved card any more; `nil` when there is one, or never was.
    package var cardRemoval: CardRemoval?
    /// What staff should know and do, such as a refused hold.
    package var notice: FolioNotice?
    /// The page at Stripe on which the guest can pay or authorise now.
    package var paymentURL: String?
    /// What reception calls the place, such as `204`: 1 to 40 characters.
    package var room: String?
    /// The stay that it charges something for later; `nil` for every other folio.
    package var stay: Stay?
    /// How the amount of the booking came about; `nil` where the booking gave the amount itself.
    package var proposal: HoldProposal?
    /// Given at check-out.
    package var documentNumber: String?
    /// When it was closed, by the books' clock; nil while it is not.
    package var closedAt: Instant?

    package init(
        number: Int64, reference: String, source: Source, guest: Guest, arrival: Day, departure: Day, mode: Mode, method: PaymentMethod,
        openedAt: Instant, state: State = .open
    ) {
        self.number = number
        self.reference = reference
        self.source = source
        self.guest = guest
        self.arrival = arrival
        self.departure = departure
        self.mode = mode
        self.method = method
        self.openedAt = openedAt
        self.state = state
    }
}

extension Folio {
    /// Whether a service on that day belongs to the stay: a day before it and a day behind it included. An order has no days.
    package func mayBeServed(on day: Day) -> Bool {
        source == .shop || (arrival.adding(days: -1)...departure.adding(days: 1)).contains(day)
    }
}

/// What a folio amounts to, kept apart as it must be shown.
package struct FolioTotals: Hashable, Sendable {
    /// Lines, allowances and reversals.
    package let charged: Money
    /// What live holds still hold: cover, not money.
    package let held: Money
    /// Money taken. What failed after it had been taken is not in it.
    package let captured: Money
    /// Money refunded.
    package let refunded: Money
    /// Payments on their way, not yet money.
    package let processing: Money
    /// charged - captured + refunded: what the bill leaves open, negative when the guest has paid ahead. All plans begin with it: what a bank
    /// withdraws is never charged again by itself.
    package let unpaid: Money
    /// What guests' banks have withdrawn in disputes and not given back: part of `open`, but of no plan.
    package let withdrawn: Money
    /// What of lost disputes accounting has written off: nobody is asked for it any more.
    package let writtenOff: Money
    /// unpaid + withdrawn - writtenOff: what the guest still owes, negative when the guest is owed something. The balance of the folio's account.
    package let open: Money
    /// What was refunded while the bill stayed unchanged, and nobody has decided about: part of `open`, but of no plan.
    package let setAside: Money
    /// What the bill leaves open beyond live holds, processing payments, and what is set aside.
    package let uncovered: Money
    /// What goes back to the guest in addition to `refunded`: requested refunds, and what the bank took in disputes.
    package let returning: Money
    /// An overpayment that cannot be refunded through Stripe: to be paid outside.
    package let openCredit: Money
    /// Why it cannot, as far as a payment says so.
    package let openCreditReason: Failure?
    /// Whether a hold has ended by the clock alone: Stripe has not said so yet.
    package let hasEndedHold: Bool

    /// - Parameters:
    ///   - charged: The sum of the folio's lines.
    ///   - cover: Of all its holds.
    ///   - movements: See `SetAside`. Only their order matters, and only when a refund left the bill as it was; `nil`: first the lines, then
    ///     the payments, then the refunds.
    ///   - now: Decides which holds are live.
    /// - Throws: `MoneyError.overflow`.
    package init(
        charged: Money, cover: [HoldCover], payments: [Payment], refunds: [Refund], movements: [FolioMovement]? = nil, now: Instant
    ) throws(MoneyError) {
        let currency = charged.currency
        self.charged = charged
        held = try Money.sum(cover.filter { $0.isLive(at: now) }.map(\.held), in: currency)
        hasEndedHold = cover.contains { $0.state == .authorised && !$0.isLive(at: now) }
        captured = try Money.sum(payments.map(\.taken), in: currency)
        refunded = try Money.sum(refunds.filter { $0.state == .pending || $0.state == .succeeded }.map(\.amount), in: currency)
        processing = try Money.sum(payments.filter { $0.state == .processing }.map(\.amount), in: currency)
        unpaid = try charged.subtracting(captured).adding(refunded)
        withdrawn = try Money.sum(payments.map(\.withdrawn), in: currency)
        writtenOff = try Money.sum(payments.map(\.writtenOff), in: currency)
        open = try unpaid.adding(withdrawn).subtracting(writtenOff)
        let course = movements ?? [.charge(charged.minorUnits), .payment(captured.minorUnits)]
        setAside = Money(
            minorUnits: SetAside(course, refunds: refunds, pending: processing.minorUnits).amount, currency: currency)
        let rest = try unpaid.subtracting(held).subtracting(processing).subtracting(setAside)
        uncovered = rest.isPositive ? rest : .zero(currency)
        returning = try Money.sum(refunds.filter { $0.state == .requested }.map(\.amount) + payments.map(\.lost), in: currency)
        let refundable = payments.filter { $0.state == .succeeded }.map { Money(minorUnits: $0.refundable, currency: currency) }
        let credit = try unpaid.adding(returning).negated().subtracting(Money.sum(refundable, in: currency))
        openCredit = credit.isPositive ? credit : .zero(currency)
        let refused = payments.last { $0.refundRefusal != nil && !$0.failedLater && $0.kept > $0.lost.minorUnits }
        openCreditReason = credit.isPositive ? refused?.refundRefusal : nil
    }

    /// What holds and payments cover beyond what is due so far; zero when something is uncovered. What is paid ahead counts, unless it goes
    /// back.
    package var left: Money {
        let due = unpaid.minorUnits.clampedSubtracting(processing.minorUnits).clampedSubtracting(setAside.minorUnits)
        let ahead = max(0, (0 as Int64).clampedSubtracting(due).clampedSubtracting(returning.minorUnits))
        let left = held.minorUnits.clampedSubtracting(max(0, due)).clampedAdding(ahead)
        return Money(minorUnits: max(0, left), currency: held.currency)
    }

    /// The same where the holds have been read as a whole.
    package init(
        charged: Money, holds: [Hold], payments: [Payment], refunds: [Refund], movements: [FolioMovement]? = nil, now: Instant
    ) throws(MoneyError) {
        try self.init(charged: charged, cover: holds.map(\.cover), payments: payments, refunds: refunds, movements: movements, now: now)
    }
}
