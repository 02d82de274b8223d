/// One thing a check-out does at Stripe. Holds and payments are named by their number on the folio.
package enum CheckOutStep: Hashable, Sendable {
    /// Raise a hold to a new total before it is captured.
    case increment(hold: Int64, from: Int64, to: Int64)
    /// Take this much out of the hold; the bank releases the rest.
    case capture(hold: Int64, amount: Int64)
    case chargeSavedCard(amount: Int64)
    /// Ask the guest to pay on Stripe's page.
    case paymentPage(amount: Int64)
    case release(hold: Int64, amount: Int64)
    case refund(payment: Int64, amount: Int64)

    /// What the step adds to the tenant's money when it works; negative for a refund.
    package var moves: Int64 {
        switch self {
        case .increment, .release: 0
        case .capture(_, let amount), .chargeSavedCard(let amount), .paymentPage(let amount): amount
        case .refund(_, let amount): -amount
        }
    }
}

extension CheckOutPlan {
    /// What the plan takes or refunds itself (negative for a refund), and what it asks the guest for on a payment page.
    package var amounts: (moved: Int64, linked: Int64) {
        steps.reduce((0, 0)) { sums, step in
            if case .paymentPage(let amount) = step {
                (sums.0, sums.1.clampedAdding(amount))
            } else {
                (sums.0.clampedAdding(step.moves), sums.1)
            }
        }
    }

    /// What it refunds to the guest.
    package var givenBack: Int64 {
        steps.reduce(0) { sum, step in if case .refund(_, let amount) = step { sum + amount } else { sum } }
    }
}

/// Something to know before the button is pressed.
package enum CheckOutWarning: Hashable, Sendable {
    /// The rest is below the least amount Stripe takes.
    case belowMinimum(Int64)
    /// A payment is on its way and counts as paid until it fails.
    case paymentProcessing(Int64)
    /// An overpayment that cannot be refunded: an open credit, to be paid outside Stripe.
    case notRefundable(Int64, why: Failure?)
    /// Refunded while the bill stayed unchanged and nobody has decided yet: it is not charged again.
    case refundSetAside(Int64)
    /// A hold expired and covers nothing.
    case holdExpired(hold: Int64)
    /// The folio has no line, or only lines that cancel out: somebody may have forgotten to charge. Whoever carries the plan out says that it
    /// is meant so.
    case nothingCharged
}

extension CheckOutStep {
    /// All values of `name`, in the order of the cases.
    package static let names = ["increment", "capture", "charge_saved_card", "payment_page", "release", "refund"]

    /// As programs read it: `charge_saved_card`. Also how it is stored, so it is never reworded.
    package var name: String {
        switch self {
        case .increment: "increment"
        case .capture: "capture"
        case .chargeSavedCard: "charge_saved_card"
        case .paymentPage: "payment_page"
        case .release: "release"
        case .refund: "refund"
        }
    }

    /// - Parameters:
    ///   - from: What an increment starts from; minor units, as `amount`.
    ///   - payment: The payment that a refund refunds. A step that makes a payment has one, too, but does not need it here.
    /// - Returns: `nil` for an unknown name, or when the step lacks its hold or payment.
    package init?(name: String, hold: Int64?, payment: Int64?, from: Int64?, amount: Int64) {
        switch (name, hold, payment, from) {
        case ("increment", let hold?, _, let from?): self = .increment(hold: hold, from: from, to: amount)
        case ("capture", let hold?, _, _): self = .capture(hold: hold, amount: amount)
        case ("charge_saved_card", _, _, _): self = .chargeSavedCard(amount: amount)
        case ("payment_page", _, _, _): self = .paymentPage(amount: amount)
        case ("release", let hold?, _, _): self = .release(hold: hold, amount: amount)
        case ("refund", _, let payment?, _): self = .refund(payment: payment, amount: amount)
        default: return nil
        }
    }

    /// The hold that is raised, captured or released, by its number on the folio; nil for a step about no hold.
    package var hold: Int64? {
        switch self {
        case .increment(let hold, _, _), .capture(let hold, _), .release(let hold, _): hold
        case .chargeSavedCard, .paymentPage, .refund: nil
        }
    }

    /// The payment that is refunded, by its number on the folio; nil for other steps. A payment that the step itself makes is not meant.
    package var payment: Int64? { if case .refund(let payment, _) = self { payment } else { nil } }

    /// What is held, taken, released or refunded; minor units.
    package var amount: Int64 {
        switch self {
        case .increment(_, _, let to): to
        case .capture(_, let amount), .chargeSavedCard(let amount), .paymentPage(let amount), .release(_, let amount),
            .refund(_, let amount):
            amount
        }
    }
}

extension CheckOutWarning {
    /// All values of `code`, in the order of the cases.
    package static let codes = [
        "below_minimum", "payment_processing", "not_refundable", "refund_set_aside", "hold_expired", "nothing_charged",
    ]

    /// As programs read it; never reworded.
    package var code: String {
        switch self {
        case .belowMinimum: "below_minimum"
        case .paymentProcessing: "payment_processing"
        case .notRefundable: "not_refundable"
        case .refundSetAside: "refund_set_aside"
        case .holdExpired: "hold_expired"
        case .nothingCharged: "nothing_charged"
        }
    }

    /// Minor units of the folio's currency; nil for a warning without an amount.
    package var amount: Int64? {
        switch self {
        case .belowMinimum(let amount), .paymentProcessing(let amount), .notRefundable(let amount, _), .refundSetAside(let amount): amount
        case .holdExpired, .nothingCharged: nil
        }
    }

    /// Why it is so, where somebody said.
    package var why: Failure? { if case .notRefundable(_, let why) = self { why } else { nil } }

    /// The hold that has expired, by its number on the folio; nil for other warnings.
    package var hold: Int64? { if case .holdExpired(let hold) = self { hold } else { nil } }
}

extension CheckOutPlan {
    /// - Parameter minorUnits: One of the plan's amounts.
    package func money(_ minorUnits: Int64) -> Money { Money(minorUnits: minorUnits, currency: currency) }
}

/// What the plan is computed from.
package struct CheckOutInput: Hashable, Sendable {
    /// The folio's; part of the hash, so that two folios never share a plan's id.
    package let reference: String
    /// The tenant's, in which all amounts here are.
    package let currency: Currency
    /// The sum of the folio's lines, gross, allowances and reversals included.
    package let charged: Money
    /// How many lines there are: two lines that cancel each other are a change, too.
    package let lineCount: Int
    /// Whether the stay ends otherwise than by a check-out: by a cancellation or a no-show, which need no line.
    package let isCalledOff: Bool
    /// All of the folio's, those that are over too.
    package let holds: [Hold]
    /// All of the folio's, the failed ones too.
    package let payments: [Payment]
    /// All of the folio's, the failed ones too.
    package let refunds: [Refund]
    /// As in `FolioTotals`.
    package let movements: [FolioMovement]?
    /// Stripe's id of the card that may be charged, `pm_…`; nil where there is none.
    package let savedCard: String?
    /// The least amount Stripe takes in one payment, in minor units.
    package let minimum: Int64
    /// Every amount moved is a multiple of it, in minor units: 10 where there are three decimals, as Stripe has it.
    package let unit: Int64
    /// Decides which holds are live.
    package let now: Instant

    package init(
        reference: String, currency: Currency, charged: Money, lineCount: Int, isCalledOff: Bool = false, holds: [Hold],
        payments: [Payment], refunds: [Refund],
        movements: [FolioMovement]? = nil, savedCard: String?, minimum: Int64, unit: Int64 = 1, now: Instant
    ) {
        self.reference = reference
        self.currency = currency
        self.charged = charged
        self.lineCount = lineCount
        self.isCalledOff = isCalledOff
        self.holds = holds
        self.payments = payments
        self.refunds = refunds
        self.movements = movements
        self.savedCard = savedCard
        self.minimum = minimum
        self.unit = unit
        self.now = now
    }
}

/// An ordered list of steps that settles a folio, computed without touching anything.
///
/// For every plan and every outcome: captured + charged + linked - refunded + rest = due, no step runs twice, and nothing is
/// taken beyond what was shown. Due and set aside together are what is open beyond payments on their way; what is set aside is in no step.
package struct CheckOutPlan: Hashable, Sendable {
    /// 16 hexadecimal digits, a hash of everything the plan depends on: when anything changes, so does the id.
    package let id: String
    /// Of all amounts here.
    package let currency: Currency
    /// What is to be taken; negative when money goes back.
    package let due: Int64
    /// What was refunded while the bill stayed unchanged, and is not charged until somebody decides; never negative.
    package let setAside: Int64
    /// In the order in which they run; empty when nothing is left to do.
    package let steps: [CheckOutStep]
    /// What stays open because no step can settle it. Negative when the guest keeps a credit.
    package let rest: Int64
    /// What the person at the desk should read before confirming.
    package let warnings: [CheckOutWarning]

    /// - Throws: `MoneyError.overflow`.
    package init(_ facts: CheckOutInput) throws(MoneyError) {
        let totals = try FolioTotals(
            charged: facts.charged, holds: facts.holds, payments: facts.payments, refunds: facts.refunds,
            movements: facts.movements, now: facts.now)
        let open = try totals.unpaid.subtracting(totals.processing)
        setAside = totals.setAside.minorUnits
        due = open.isNegative ? min(0, try open.adding(totals.returning).minorUnits) : open.minorUnits - setAside
        // Only money that has come can go back: a payment on its way may still fail.
        let credit = max(0, try totals.unpaid.adding(totals.returning).negated().minorUnits)
        var warnings: [CheckOutWarning] = []
        if facts.charged.isZero, !facts.isCalledOff { warnings.append(.nothingCharged) }
        if totals.processing.isPositive { warnings.append(.paymentProcessing(totals.processing.minorUnits)) }
        if setAside > 0 { warnings.append(.refundSetAside(setAside)) }
        let live = facts.holds.filter { $0.isLive(at: facts.now) }
        if due > 0 {
            let superseded = facts.holds.superseded
            for hold in facts.holds
            where (hold.state == .expired && !superseded.contains(hold.number))
                || (hold.state == .authorised && !hold.isLive(at: facts.now))
            {
                warnings.append(.holdExpired(hold: hold.number))
            }
        }
        let collector = Collector(savedCard: facts.savedCard != nil, minimum: facts.minimum)
        steps =
            due > 0
            ? collector.collect(due - due % facts.unit, from: live)
            : collector.giveBack(credit - credit % facts.unit, holds: live, payments: facts.payments)
        rest = due.clampedSubtracting(steps.map(\.moves).clampedSum)
        if rest > 0 { warnings.append(.belowMinimum(rest)) }
        if rest < 0 { warnings.append(.notRefundable(-rest, why: totals.openCreditReason)) }
        self.warnings = warnings
        currency = facts.currency
        id = Self.id(of: facts, due: due, setAside: setAside, steps: steps)
    }

    private static func id(of facts: CheckOutInput, due: Int64, setAside: Int64, steps: [CheckOutStep]) -> String {
        var content = "\(facts.reference)|\(facts.currency)|\(facts.charged.minorUnits)|\(facts.lineCount)"
        content += "|\(facts.savedCard ?? "")|\(facts.minimum)"
        // An unused page or an ended hold does not change the plan. A hold that expired by the clock counts the
        // same as one that Stripe reported as ended.
        for hold in facts.holds where hold.state == .authorised || hold.state == .expired {
            let held = hold.isLive(at: facts.now) ? String(hold.held.minorUnits) : "expired"
            content += "|h\(hold.number),\(held),\(hold.intent ?? "")"
        }
        for payment in facts.payments where payment.state == .processing || payment.state == .succeeded {
            content += "|p\(payment.number),\(payment.state.rawValue),\(payment.received.minorUnits),\(payment.refunded.minorUnits)"
            content += ",\(payment.refundRefusal.map { "\($0.code) \($0.reason ?? "")" } ?? "")"
        }
        content += "|\(due)|\(setAside)|\(steps)"
        return String(hexadecimal(SHA256.digest(content.utf8)).prefix(16))
    }

    /// The steps that replace `step` after Stripe or the bank has definitely refused it.
    ///
    /// - Parameters:
    ///   - following: The steps that were to come after it, in order.
    ///   - savedCard: Whether a card is saved that has not just refused.
    ///   - payments: What a refused refund can go back to instead: none whose refund has been refused.
    /// - Returns: What is to be done now instead of `following`. What cannot be collected any more stays open.
    package static func afterRefusal(
        of step: CheckOutStep, following: [CheckOutStep], savedCard: Bool, minimum: Int64, payments: [Payment] = []
    ) -> [CheckOutStep] {
        let collector = Collector(savedCard: savedCard, minimum: minimum)
        switch step {
        case .increment(let hold, let held, let to):
            // The old amount stays held: take that, and the rest elsewhere.
            return following.flatMap { step in
                guard case .capture(hold, to) = step else { return [step] }
                return [.capture(hold: hold, amount: held)] + collector.elsewhere(to - held)
            }
        case .capture(let hold, let amount):
            // Let go first, so that the guest is never asked twice for the same money.
            return [.release(hold: hold, amount: amount)] + collector.elsewhere(amount) + following
        case .chargeSavedCard(let amount):
            return Collector(savedCard: false, minimum: minimum).elsewhere(amount) + following
        case .refund:
            // Everything that still is to go back, over the payments that are left: each is asked once.
            let owed = ([step] + following).filter { $0.payment != nil }.map(\.amount).clampedSum
            return following.filter { $0.payment == nil } + collector.giveBack(owed, holds: [], payments: payments)
        case .paymentPage, .release:
            return following
        }
    }

    /// The steps that replace `following` if a capture took less than planned, because somebody else had ended the hold.
    ///
    /// - Parameters:
    ///   - missing: What it took less, minor units.
    ///   - savedCard: As in `afterRefusal`.
    package static func afterShortfall(
        _ missing: Int64, following: [CheckOutStep], savedCard: Bool, minimum: Int64
    ) -> [CheckOutStep] {
        Collector(savedCard: savedCard, minimum: minimum).elsewhere(missing) + following
    }
}

/// Decides which hold, card or payment an amount goes through.
private struct Collector {
    let savedCard: Bool
    /// At least 1: there are no steps without an amount.
    let minimum: Int64

    init(savedCard: Bool, minimum: Int64) {
        self.savedCard = savedCard
        self.minimum = max(1, minimum)
    }

    func collect(_ due: Int64, from holds: [Hold]) -> [CheckOutStep] {
        var steps: [CheckOutStep] = []
        var rest = due
        var unused = holds.sorted { ($0.held.minorUnits, $1.number) > ($1.held.minorUnits, $0.number) }
        // One capture is better than two: the smallest hold that is large enough alone.
        if rest >= minimum, let enough = unused.lastIndex(where: { $0.held.minorUnits >= rest }) {
            steps.append(.capture(hold: unused[enough].number, amount: rest))
            unused.remove(at: enough)
            rest = 0
        }
        while rest >= minimum, let hold = unused.first, hold.held.minorUnits >= minimum {
            unused.removeFirst()
            let held = hold.held.minorUnits
            let last = unused.isEmpty || unused[0].held.minorUnits < minimum
            if last, rest > held, hold.mayBeRaised {
                steps.append(.increment(hold: hold.number, from: held, to: rest))
                steps.append(.capture(hold: hold.number, amount: rest))
                rest = 0
            } else {
                let amount = min(rest, max(held, last ? hold.mostCapturable : held))
                steps.append(.capture(hold: hold.number, amount: amount))
                rest -= amount
            }
        }
        steps += elsewhere(rest)
        return steps + unused.map { .release(hold: $0.number, amount: $0.held.minorUnits) }
    }

    func elsewhere(_ amount: Int64) -> [CheckOutStep] {
        guard amount >= minimum else { return [] }
        return savedCard ? [.chargeSavedCard(amount: amount)] : [.paymentPage(amount: amount)]
    }

    func giveBack(_ credit: Int64, holds: [Hold], payments: [Payment]) -> [CheckOutStep] {
        var steps: [CheckOutStep] = holds.map { .release(hold: $0.number, amount: $0.held.minorUnits) }
        var rest = credit
        for payment in payments.reversed() where rest > 0 && payment.state == .succeeded && payment.refundable > 0 {
            let amount = min(rest, payment.refundable)
            steps.append(.refund(payment: payment.number, amount: amount))
            rest -= amount
        }
        return steps
    }
}
