/// What staff should know and do about a folio. Kept as facts; `sentence` puts them into words where they are read.
package enum FolioNotice: Hashable, Sendable {
    /// A page at Stripe that the guest was to use.
    package enum Page: String, Sendable, CaseIterable { case hold, payment, card }

    /// The hold expires soon.
    case holdExpiresSoon(Money, at: Instant)
    case holdExpired(Money)
    /// Somebody let a live hold go on Stripe's own pages.
    case holdReleasedAtStripe(Money)
    case holdRefused(Money, why: Failure)
    /// Holds that end before their stay is settled are not renewed on the saved card: what they hold in all, when the first of them ends, why
    /// that one is not, and what the bank said where that is the reason.
    case holdNotRenewed(Money, at: Instant, Renewal.Obstacle, why: Failure?)
    /// A hold whose place another one took is still held at the bank, ten minutes later.
    case holdsOverlap(Money)
    /// A late charge is not taken from the stay's saved card, and the guest pays on a page. What the bank said, if it was asked.
    case lateChargeByLink(Money, Renewal.Obstacle, why: Failure?)
    case pageRefused(Page, why: Failure)
    case cardNotSaved
    /// The saved card cannot be charged any more.
    case cardRemoved(Folio.CardRemoval)
    /// A check-out's payment page expired unused.
    case paymentPageUnpaid
    /// A payment that counted as paid has failed; `onClosed` if nothing replaces it automatically.
    case paymentFailed(Money, PaymentMethod, why: Failure?, onClosed: Bool)
    case overpaid(Money)
    case refundFailed(Money)
    /// - Parameter why: Stripe's name of the reason.
    case disputed(Money, why: String)
    /// The bank only asks: no money has moved.
    case inquiry(Money, why: String)
    /// The hotel has answered a dispute or an inquiry; the bank decides.
    case disputeAnswered(Money)
    /// An inquiry, or what was settled before it became a dispute, is over: no money has moved.
    case disputeClosed(Money)
    case disputeWon(Money)
    case disputeLost(Money)
    /// A call to Stripe is parked for the operator.
    case operationParked(OperationKind)
    /// The operator gave up such a call; Stripe had done nothing of it.
    case operationDismissed(OperationKind, why: Failure, at: Instant)
    /// The page that a check-out waited for was taken back.
    case paymentPageWithdrawn
    /// A check-out left an amount to take (or to refund, if negative), for a reason other than an open page.
    case checkOutIncomplete(Money, why: Failure?)
    /// Something was done on Stripe's pages while a check-out ran, so that it could not do what it had shown.
    case checkOutOvertaken
    /// These books made something at Stripe that they do not know any more, as after a restore; so much it holds, took or asks for.
    case foundAtStripe(Money)
    /// Stripe's fraud prevention finds a hold or a payment risky. Follows from `Risk`, and is never stored.
    case paymentRisk(Money, Risk.Concern, Risk.Remedy)
    /// The card's bank reports a hold or a payment as fraud. Follows from `Risk`, and is never stored.
    ///
    /// - Parameter type: Stripe's name of the kind of fraud.
    case fraudWarning(Money, type: String, Risk.Remedy)
    /// The code of a notice that this program does not know, as a newer one writes it.
    case unknown(String)
}

extension FolioNotice {
    /// Whether it says no more than that the guest has no page: then the next page settles it.
    package func isSettled(by page: Page) -> Bool {
        switch self {
        case .pageRefused, .cardNotSaved: true
        case .paymentPageUnpaid, .paymentPageWithdrawn: page == .payment
        default: false
        }
    }

    /// Whether it asks for the next check-out, of which it tells no more than how the last one ended: then that one settles it.
    package var isSettledByCheckOut: Bool {
        switch self {
        case .paymentPageUnpaid, .paymentPageWithdrawn, .paymentFailed(_, _, _, onClosed: false), .checkOutIncomplete, .checkOutOvertaken:
            true
        default: false
        }
    }

    /// Whether the guest's bank contests a payment or asks about it, or has decided for the guest: nothing more is charged lightly.
    package var isOfDispute: Bool {
        switch self {
        case .disputed, .inquiry, .disputeAnswered, .disputeLost: true
        default: false
        }
    }

    /// As programs read it and as it is stored; never reworded.
    package var code: String {
        switch self {
        case .holdExpiresSoon: Self.expiresSoonCode
        case .holdExpired: "hold_expired"
        case .holdReleasedAtStripe: "hold_released_at_stripe"
        case .holdRefused: "hold_refused"
        case .holdNotRenewed: "hold_not_renewed"
        case .holdsOverlap: Self.overlapCode
        case .lateChargeByLink: "late_charge_by_link"
        case .pageRefused: "page_refused"
        case .cardNotSaved: "card_not_saved"
        case .cardRemoved: "card_removed"
        case .paymentPageUnpaid: "payment_page_unpaid"
        case .paymentFailed(_, _, _, onClosed: false): "payment_failed"
        case .paymentFailed(_, _, _, onClosed: true): "payment_failed_after_close"
        case .overpaid: "overpaid"
        case .refundFailed: "refund_failed"
        case .disputed: "disputed"
        case .inquiry: "inquiry"
        case .disputeAnswered: "dispute_answered"
        case .disputeClosed: "dispute_closed"
        case .disputeWon: "dispute_won"
        case .disputeLost: "dispute_lost"
        case .operationParked: Self.operationParkedCode
        case .operationDismissed: "operation_dismissed"
        case .paymentPageWithdrawn: "payment_page_withdrawn"
        case .checkOutIncomplete: "check_out_incomplete"
        case .checkOutOvertaken: "check_out_overtaken"
        case .foundAtStripe: Self.foundCode
        case .paymentRisk: "payment_risk"
        case .fraudWarning: "fraud_warning"
        case .unknown: "notice"
        }
    }

    /// Looked for again and again, and taken back when it no longer is so.
    package static let expiresSoonCode = "hold_expires_soon"
    /// Likewise.
    package static let overlapCode = "holds_overlap"

    /// Whether it tells of a hold that ends, so that a new hold in its place settles it.
    package var isOfHoldsEnd: Bool {
        switch self {
        case .holdExpiresSoon, .holdNotRenewed: true
        default: false
        }
    }

    /// Whether it tells that a hold is over: what fills the gap settles it.
    package var isOfGap: Bool {
        switch self {
        case .holdExpired, .holdReleasedAtStripe: true
        default: false
        }
    }

    /// Whether an end that the clock alone tells is said in its place: what it says of ends is no longer so.
    package func isOutdatedByEnd(at now: Instant) -> Bool {
        switch self {
        case .holdExpiresSoon(_, let end), .holdNotRenewed(_, let end, _, _): end <= now
        default: false
        }
    }

    /// - Parameter hold: One that has expired.
    package init(expired hold: Hold) { self = .holdExpired(hold.authorised.isPositive ? hold.authorised : hold.amount) }

    /// Taken back once no call is left to the operator any more.
    package static let operationParkedCode = "operation_parked"

    /// Taken back once nothing that was found waits any more.
    package static let foundCode = "found_object"

    /// Every code there is.
    package static let codes = [
        expiresSoonCode, "hold_expired", "hold_released_at_stripe", "hold_refused", "hold_not_renewed", overlapCode, "late_charge_by_link",
        "page_refused", "card_not_saved", "card_removed", "payment_page_unpaid", "payment_failed", "payment_failed_after_close", "overpaid",
        "refund_failed", "disputed", "inquiry", "dispute_answered",
        "dispute_closed", "dispute_won", "dispute_lost",
        operationParkedCode, "operation_dismissed", "payment_page_withdrawn", "check_out_incomplete", "check_out_overtaken", foundCode,
        "payment_risk", "fraud_warning", "notice",
    ]

    /// The details of a notice, as they are stored with its code, where it is stored.
    package struct Details: Hashable, Sendable {
        /// In the folio's currency.
        package var amount: Money?
        /// The instant that the notice names, such as the end of a hold.
        package var at: Instant?
        /// The raw value of a `Page`, a `PaymentMethod`, an `OperationKind`, a `CardRemoval`, a `Renewal.Obstacle` or a `Risk.Remedy`.
        package var subject: String?
        /// Why, where something failed. `reason` is nil then.
        package var failure: Failure?
        /// Stripe's name of a reason, where it is no failure; the raw value of a `Risk.Concern`.
        package var reason: String?

        package init(
            amount: Money? = nil, at: Instant? = nil, subject: String? = nil, failure: Failure? = nil, reason: String? = nil
        ) {
            self.amount = amount
            self.at = at
            self.subject = subject
            self.failure = failure
            self.reason = reason
        }
    }

    /// None for a notice that this program does not know.
    package var details: Details {
        switch self {
        case .holdExpiresSoon(let amount, let end): Details(amount: amount, at: end)
        case .holdExpired(let amount), .holdReleasedAtStripe(let amount), .overpaid(let amount), .refundFailed(let amount),
            .disputeWon(let amount),
            .disputeAnswered(let amount), .disputeClosed(let amount), .disputeLost(let amount), .foundAtStripe(let amount):
            Details(amount: amount)
        case .holdRefused(let amount, let why): Details(amount: amount, failure: why)
        case .holdNotRenewed(let amount, let end, let obstacle, let why):
            Details(amount: amount, at: end, subject: obstacle.rawValue, failure: why)
        case .holdsOverlap(let amount): Details(amount: amount)
        case .lateChargeByLink(let amount, let obstacle, let why): Details(amount: amount, subject: obstacle.rawValue, failure: why)
        case .disputed(let amount, let why), .inquiry(let amount, let why): Details(amount: amount, reason: why)
        case .pageRefused(let page, let why): Details(subject: page.rawValue, failure: why)
        case .checkOutIncomplete(let amount, let why): Details(amount: amount, failure: why)
        case .paymentFailed(let amount, let method, let why, _): Details(amount: amount, subject: method.rawValue, failure: why)
        case .operationParked(let kind): Details(subject: kind.rawValue)
        case .operationDismissed(let kind, let why, let day): Details(at: day, subject: kind.rawValue, failure: why)
        case .cardRemoved(let why): Details(subject: why.rawValue)
        case .paymentRisk(let amount, let concern, let remedy):
            Details(amount: amount, subject: remedy.rawValue, reason: concern.rawValue)
        case .fraudWarning(let amount, let type, let remedy): Details(amount: amount, subject: remedy.rawValue, reason: type)
        case .cardNotSaved, .paymentPageUnpaid, .paymentPageWithdrawn, .checkOutOvertaken: Details()
        case .unknown: Details()
        }
    }

    /// - Returns: `nil` for a code that is not known, or one whose details are missing.
    package init?(code: String, _ details: Details) {
        let failure = details.failure
        switch (code, details.amount) {
        case (Self.expiresSoonCode, let amount?):
            guard let end = details.at else { return nil }
            self = .holdExpiresSoon(amount, at: end)
        case ("hold_expired", let amount?): self = .holdExpired(amount)
        case ("hold_released_at_stripe", let amount?): self = .holdReleasedAtStripe(amount)
        case ("hold_not_renewed", let amount?):
            guard let end = details.at, let obstacle = details.subject.flatMap({ Renewal.Obstacle(rawValue: $0) }) else { return nil }
            self = .holdNotRenewed(amount, at: end, obstacle, why: failure)
        case (Self.overlapCode, let amount?): self = .holdsOverlap(amount)
        case ("late_charge_by_link", let amount?):
            guard let obstacle = details.subject.flatMap({ Renewal.Obstacle(rawValue: $0) }) else { return nil }
            self = .lateChargeByLink(amount, obstacle, why: failure)
        case ("hold_refused", let amount?): self = .holdRefused(amount, why: failure ?? .said(""))
        case ("page_refused", _):
            guard let page = details.subject.flatMap({ Page(rawValue: $0) }) else { return nil }
            self = .pageRefused(page, why: failure ?? .said(""))
        case ("card_not_saved", _): self = .cardNotSaved
        case ("card_removed", _):
            guard let why = details.subject.flatMap({ Folio.CardRemoval(rawValue: $0) }) else { return nil }
            self = .cardRemoved(why)
        case ("payment_page_unpaid", _): self = .paymentPageUnpaid
        case ("payment_failed", let amount?), ("payment_failed_after_close", let amount?):
            guard let method = details.subject else { return nil }
            self = .paymentFailed(amount, PaymentMethod(rawValue: method), why: failure, onClosed: code != "payment_failed")
        case ("overpaid", let amount?): self = .overpaid(amount)
        case ("refund_failed", let amount?): self = .refundFailed(amount)
        case ("disputed", let amount?): self = .disputed(amount, why: details.reason ?? "")
        case ("inquiry", let amount?): self = .inquiry(amount, why: details.reason ?? "")
        case ("dispute_answered", let amount?): self = .disputeAnswered(amount)
        case ("dispute_closed", let amount?): self = .disputeClosed(amount)
        case ("dispute_won", let amount?): self = .disputeWon(amount)
        case ("dispute_lost", let amount?): self = .disputeLost(amount)
        case (Self.operationParkedCode, _):
            guard let kind = details.subject.flatMap({ OperationKind(rawValue: $0) }) else { return nil }
            self = .operationParked(kind)
        case ("operation_dismissed", _):
            guard let kind = details.subject.flatMap({ OperationKind(rawValue: $0) }), let day = details.at else { return nil }
            self = .operationDismissed(kind, why: failure ?? .said(""), at: day)
        case ("payment_page_withdrawn", _): self = .paymentPageWithdrawn
        case ("check_out_incomplete", let amount?): self = .checkOutIncomplete(amount, why: failure)
        case ("check_out_overtaken", _): self = .checkOutOvertaken
        case (Self.foundCode, let amount?): self = .foundAtStripe(amount)
        case ("payment_risk", let amount?):
            guard let remedy = details.subject.flatMap({ Risk.Remedy(rawValue: $0) }),
                let concern = details.reason.flatMap({ Risk.Concern(rawValue: $0) })
            else { return nil }
            self = .paymentRisk(amount, concern, remedy)
        case ("fraud_warning", let amount?):
            guard let remedy = details.subject.flatMap({ Risk.Remedy(rawValue: $0) }), let type = details.reason else { return nil }
            self = .fraudWarning(amount, type: type, remedy)
        default: return nil
        }
    }
}
