/// What Stripe's fraud prevention and the card's bank said about the charge behind a hold or a payment. It is for staff alone: the guest
/// never learns of it.
package struct Risk: Hashable, Sendable {
    /// Nil until Stripe has shown the charge.
    package var assessment: Assessment?
    /// The latest one; nil where nobody asked for any.
    package var review: Review?
    /// The latest one; nil without any.
    package var warning: FraudWarning?

    package init(assessment: Assessment? = nil, review: Review? = nil, warning: FraudWarning? = nil) {
        self.assessment = assessment
        self.review = review
        self.warning = warning
    }

    /// What was said of a charge when it was made. Nothing here decides about money: what Stripe says in another form is taken as not said.
    package struct Assessment: Hashable, Sendable {
        /// Stripe's id, `ch_…`.
        package let charge: String
        /// When Stripe made the charge: of two, the later one counts.
        package let chargedAt: Instant
        /// Nil where the account's Radar names none.
        package let level: Level?
        /// 0...100, the higher the riskier; nil for accounts without Radar for Fraud Teams.
        package let score: Int64?
        /// Whether the security code was right; nil where none was entered.
        package let cvc: Check?
        /// Whether street and number were right; nil where none were entered.
        package let addressLine1: Check?
        /// Whether the postal code was right; nil where none was entered.
        package let postalCode: Check?
        /// Where the card was issued, ISO 3166 in capitals: `DE`.
        package let country: String?
        /// `credit`, `debit`, `prepaid` or `unknown`; nil for what is no card.
        package let funding: String?

        package init(
            charge: String, chargedAt: Instant, level: String? = nil, score: Int64? = nil, cvc: String? = nil, addressLine1: String? = nil,
            postalCode: String? = nil, country: String? = nil, funding: String? = nil
        ) {
            self.charge = charge
            self.chargedAt = chargedAt
            self.level = level.flatMap(Risk.word).map(Level.init)
            self.score = score.flatMap { Self.scores.contains($0) ? $0 : nil }
            self.cvc = cvc.flatMap(Risk.word).map(Check.init)
            self.addressLine1 = addressLine1.flatMap(Risk.word).map(Check.init)
            self.postalCode = postalCode.flatMap(Risk.word).map(Check.init)
            self.country = country.flatMap { $0.utf8.count == 2 && $0.utf8.allSatisfy(Self.capitals.contains) ? $0 : nil }
            self.funding = funding.flatMap(Risk.word)
        }

        /// Of Radar for Fraud Teams.
        package static let scores: ClosedRange<Int64> = 0...100

        private static let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
    }

    /// How risky Stripe finds a charge. Stripe may add words: one that is not known here is shown as it is.
    package struct Level: RawRepresentable, Hashable, Sendable {
        package let rawValue: String

        package init(rawValue: String) { self.rawValue = rawValue }

        package static let normal = Level(rawValue: "normal")
        package static let elevated = Level(rawValue: "elevated")
        package static let highest = Level(rawValue: "highest")
        /// Of a method that is no card.
        package static let notAssessed = Level(rawValue: "not_assessed")
        /// Stripe failed to assess it.
        package static let unknown = Level(rawValue: "unknown")
    }

    /// What the bank says of something that was entered with the card: `pass`, `fail`, `unavailable` or `unchecked`.
    package struct Check: RawRepresentable, Hashable, Sendable {
        package let rawValue: String

        package init(rawValue: String) { self.rawValue = rawValue }

        package static let fail = Check(rawValue: "fail")
    }

    /// Somebody at the tenant's Stripe account is to look at the charge, or has looked at it.
    package struct Review: Hashable, Sendable {
        /// Stripe's id, `prv_…`.
        package let id: String
        /// When Stripe opened it: of two, the later one counts.
        package let openedAt: Instant
        /// `rule` or `manual`.
        package let openedReason: String
        /// `approved`, `refunded`, `disputed` and others; nil while it is open.
        package private(set) var closedReason: String?

        package init(id: String, openedAt: Instant, openedReason: String, closedReason: String? = nil) {
            self.id = id
            self.openedAt = openedAt
            self.openedReason = Risk.word(openedReason) ?? Self.unnamed
            self.closedReason = closedReason.map { Risk.word($0) ?? Self.unnamed }
        }

        /// Nobody has decided yet.
        package var isOpen: Bool { closedReason == nil }

        /// A person has looked, and the charge may stand.
        fileprivate var hasCleared: Bool { closedReason == "approved" || closedReason == "acknowledged" }

        /// For a reason that Stripe does not name in its usual form.
        private static let unnamed = "other"

        /// One that was closed stays closed, and for the first reason: news may come late.
        fileprivate mutating func observe(_ news: Review) { closedReason = closedReason ?? news.closedReason }
    }

    /// The card's bank reports the charge as fraud. Most such charges are contested later; there is no day by which to act.
    package struct FraudWarning: Hashable, Sendable {
        /// Stripe's id, `issfr_…`.
        package let id: String
        /// When Stripe had it from the bank: of two, the later one counts.
        package let warnedAt: Instant
        /// The bank's kind of fraud, by Stripe's word: `made_with_stolen_card`.
        package let type: String
        /// The charge was neither contested nor refunded as a whole.
        package private(set) var isActionable: Bool

        package init(id: String, warnedAt: Instant, type: String, isActionable: Bool) {
            self.id = id
            self.warnedAt = warnedAt
            self.type = Risk.word(type) ?? "misc"
            self.isActionable = isActionable
        }

        fileprivate mutating func observe(_ news: FraudWarning, isCurrent: Bool) {
            isActionable = isCurrent ? news.isActionable : isActionable && news.isActionable
        }
    }

    /// A word as Stripe writes its own; nil for any other text, so that the schema never refuses what Stripe says beside the money.
    fileprivate static func word(_ text: String) -> String? { TextRule.stripeWord.takes(text) ? text : nil }
}

// MARK: - Taking in what Stripe says

extension Risk {
    /// Takes in what is said of a charge. On one page a guest may try several cards: what was said of an earlier charge counts no more.
    package mutating func observe(_ news: Assessment) {
        if let assessment, news.chargedAt < assessment.chargedAt { return }
        assessment = news
    }

    /// Takes in what is said of a review, in whatever order it comes.
    package mutating func observe(_ news: Review) {
        if review?.id == news.id {
            review?.observe(news)
        } else if review.map({ $0.openedAt <= news.openedAt }) ?? true {
            review = news
        }
    }

    /// Takes in what is said of a warning.
    ///
    /// - Parameter isCurrent: Stripe was just asked. What an event says may be older than what is known: then a warning only ends by it.
    package mutating func observe(_ news: FraudWarning, isCurrent: Bool) {
        if warning?.id == news.id {
            warning?.observe(news, isCurrent: isCurrent)
        } else if warning.map({ $0.warnedAt <= news.warnedAt }) ?? true {
            warning = news
        }
    }
}

// MARK: - What staff should know

extension Risk {
    /// Why somebody should look. The words are stored with notices and read by programs.
    package enum Concern: String, Sendable, CaseIterable {
        case elevated, highest
        /// A rule or a person wants it looked at, whatever its level.
        case review
    }

    /// What can be done. The words are stored with notices and read by programs.
    package enum Remedy: String, Sendable, CaseIterable {
        /// It is only held: nothing was taken, and nothing has to go back.
        case cancelHold = "cancel_hold"
        /// It was taken: only when all of it goes back is there nothing left to contest.
        case refundPayment = "refund_payment"
    }

    /// Nil where there is nothing, or a person has approved the charge at Stripe.
    package var concern: Concern? {
        guard review?.hasCleared != true else { return nil }
        switch assessment?.level {
        case .elevated: return .elevated
        case .highest: return .highest
        default: return review?.isOpen == true ? .review : nil
        }
    }
}

/// A bank's report of fraud with the folio it is about, for accounting.
package struct FraudWarningDetails: Hashable, Sendable {
    /// The folio's.
    package let reference: String
    /// The guest's name.
    package let guest: String
    /// What was taken, or what was held where nothing was.
    package let amount: Money
    /// As Stripe showed it last.
    package let warning: Risk.FraudWarning

    package init(reference: String, guest: String, amount: Money, warning: Risk.FraudWarning) {
        self.reference = reference
        self.guest = guest
        self.amount = amount
        self.warning = warning
    }
}

/// A notice that follows from what was said of a hold or a payment, and so vanishes by itself.
package struct RiskNotice: Hashable, Sendable {
    /// `paymentRisk` or `fraudWarning`.
    package let notice: FolioNotice
    /// What can be done.
    package let remedy: Risk.Remedy
    /// Of the hold to cancel or the payment to refund, on the folio.
    package let number: Int64

    /// Those of a folio, by number, holds first: each as long as something can be done. A warning of the bank says more than a level, and
    /// stands for both. What is said of a hold whose place another took on the same card is said of that one.
    ///
    /// What was consumed is not refunded for a level alone: on a stay that was checked out only a warning is told.
    package static func all(on folio: Folio, _ holds: [Hold], _ payments: [Payment], now: Instant) -> [RiskNotice] {
        let isOver = folio.state == .checkedOut && folio.source == .reservation
        func notice(_ own: Risk?, after hold: Hold?, _ amount: Money, _ remedy: Risk.Remedy, _ number: Int64) -> RiskNotice? {
            let earlier = hold.map(holds.risks(before:)) ?? []
            if let warning = ([own].compactMap { $0 } + earlier).compactMap(\.warning).first(where: \.isActionable) {
                return RiskNotice(notice: .fraudWarning(amount, type: warning.type, remedy), remedy: remedy, number: number)
            }
            // The bank's level is its word on one charge; a review is about the card.
            let isReviewed = earlier.contains { $0.review?.isOpen == true }
            guard !isOver, let concern = own?.concern ?? (isReviewed ? .review : nil) else { return nil }
            return RiskNotice(notice: .paymentRisk(amount, concern, remedy), remedy: remedy, number: number)
        }
        let held = holds.filter { $0.isLive(at: now) && !folio.state.isClosed }
        let taken = payments.filter { $0.state == .succeeded && $0.refundable > 0 }
        return held.compactMap { notice($0.risk, after: $0, $0.held, .cancelHold, $0.number) }
            + taken.compactMap { payment in
                let hold = holds.first { $0.number == payment.hold }
                return notice(payment.risk, after: hold, payment.received, .refundPayment, payment.number)
            }
    }
}

extension [Hold] {
    /// What was said of the holds whose places a hold took, as far as they are on its card; the latest first.
    fileprivate func risks(before hold: Hold) -> [Risk] {
        guard let card = hold.paymentMethod else { return [] }
        return filter { $0.chain == hold.chain && $0.number < hold.number && $0.paymentMethod == card }.reversed().compactMap(\.risk)
    }
}
