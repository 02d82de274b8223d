/// Money that the guest's bank keeps aside for the tenant (Vormerkung). It is not money: no journal entry.
package struct Hold: Hashable, Sendable {
    /// The words are those that are stored.
    package enum State: String, Sendable, CaseIterable {
        case requested, authorised
        /// Another hold of its chain took its place: it covers nothing, is never captured here, and is being cancelled at Stripe.
        case replaced
        case captured, released, expired, failed

        /// `observe` leaves it from then on, except for a capture that Stripe reports late.
        package var isFinal: Bool { self != .requested && self != .authorised && self != .replaced }
    }

    /// How the hold comes about.
    package enum Origin: String, Sendable {
        /// The guest authorises it on Stripe's page.
        case page
        /// It is placed on the saved card without the guest, shortly before arrival.
        case savedCard = "saved_card"
    }

    /// Counts from 1 within the folio.
    package let number: Int64
    /// The hold whose place it takes as soon as the bank agrees, by its number on the folio; nil for one that adds to the others.
    package let replaces: Int64?
    /// The first hold of those that took each other's places, by its number on the folio: its own where it replaces none.
    package let chain: Int64
    /// Decides whether a page or the saved card carries it.
    package let origin: Origin
    /// A method that can hold: `PaymentMethod.canHold`.
    package let method: PaymentMethod
    /// What was asked for.
    package let amount: Money
    /// Changed by `observe`, and by the ledger where it ends a hold without waiting for Stripe.
    package var state: State
    /// What the bank has authorised in all, what was taken of it included; zero until authorised. It never sinks.
    package var authorised: Money
    /// What was taken of it: also in parts, while the rest stays held.
    package var captured: Money
    /// When the authorisation expires at the bank, or when the books learned that it was let go there. Only this value counts, not a number
    /// of days.
    package var captureBefore: Instant?
    /// For a hold on a saved card: the day on which it is placed.
    package var placeOn: Day?
    /// Stripe's id of the page, `cs_…`; nil until the call that makes it is answered, and where there is no page.
    package var session: String?
    /// Stripe's id of the payment intent, `pi_…`; nil until it is known: a page makes it only when the guest confirms.
    package var intent: String?
    /// Nil until Stripe shows the charge.
    package var card: CardDetails?
    /// Stripe's id of the card behind it, once known.
    package var paymentMethod: String?
    /// The card was detached, or its customer deleted: what is held stays good, and nothing more is asked of the card.
    package var cardIsRemoved = false
    /// Why the last attempt failed; nil once it is authorised.
    package var failure: Failure?
    /// When it was asked for, by the books' clock; nil until it is kept.
    package var createdAt: Instant?
    /// What fraud prevention and the bank said; nil before Stripe shows the charge. `observe` leaves it.
    package var risk: Risk?

    /// - Parameter chain: nil: it begins one.
    package init(
        number: Int64, replaces: Int64? = nil, chain: Int64? = nil, origin: Origin, method: PaymentMethod, amount: Money,
        state: State = .requested, placeOn: Day? = nil
    ) {
        self.number = number
        self.replaces = replaces
        self.chain = chain ?? number
        self.origin = origin
        self.method = method
        self.amount = amount
        self.state = state
        self.authorised = .zero(amount.currency)
        self.captured = .zero(amount.currency)
        self.placeOn = placeOn
    }

    /// What Stripe says about the card behind a hold.
    package struct CardDetails: Hashable, Sendable {
        /// Stripe's word for the network, `visa`; empty where Stripe does not say.
        package var brand: String
        /// The last four digits of its number; empty where Stripe does not say.
        package var last4: String
        /// The issuer lets this hold be raised.
        package var mayIncrement: Bool
        /// The most that may be captured, at least what is authorised.
        package var ceiling: Int64?

        package init(brand: String, last4: String, mayIncrement: Bool = false, ceiling: Int64? = nil) {
            self.brand = brand
            self.last4 = last4
            self.mayIncrement = mayIncrement
            self.ceiling = ceiling
        }
    }

    /// What the bank releases when this much is captured finally, or has released after that; `nil` for nothing.
    package func rest(after amount: Int64) -> Money? {
        let units =
            state == .authorised
            ? held.minorUnits - amount : state == .captured || state == .replaced ? authorised.minorUnits - captured.minorUnits : 0
        return units > 0 ? Money(minorUnits: units, currency: self.amount.currency) : nil
    }

    /// The most that one more capture may take, minor units; more than `held` only where the card allows it.
    package var mostCapturable: Int64 { max(held.minorUnits, cardIsRemoved ? 0 : (card?.ceiling ?? 0) - captured.minorUnits) }

    /// Whether the bank may be asked to authorise more.
    ///
    /// - Source: docs.stripe.com, "Incremental authorization": not after a capture.
    package var mayBeRaised: Bool { card?.mayIncrement == true && captured.isZero && !cardIsRemoved }

    /// It is over, and something of it was not taken.
    package var isLetGo: Bool { state.isFinal && (captured.isZero || captured.minorUnits < authorised.minorUnits) }
}

/// What Stripe says about a payment intent, as far as holds and payments depend on it.
package struct IntentObservation: Hashable, Sendable {
    /// Stripe's `status`, with the three `requires_…` that wait for the guest as one.
    package enum Status: String, Hashable, Sendable {
        case waiting, processing
        case requiresCapture = "requires_capture"
        case succeeded, canceled
        /// A status this program does not know. It changes nothing.
        case unknown
    }

    /// Stripe's `pi_…`.
    package var id: String
    /// Decides what the amounts mean.
    package var status: Status
    /// What was asked for, after raises in all; minor units of the ledger, as `capturable` and `received`. Stripe's `amount`.
    package var amount: Int64
    /// What can still be captured, Stripe's `amount_capturable`: above 0 only while it requires capture.
    package var capturable: Int64
    /// What was taken so far, Stripe's `amount_received`. Refunds do not lower it.
    package var received: Int64
    /// It was cancelled because the authorisation ran out: `cancellation_reason` is `expired`, or `automatic` before API 2025-03-31.
    package var expired: Bool
    /// When the authorisation ends at the bank: the charge's `capture_before`, or midnight UTC at the end of Klarna's 28 days.
    package var captureBefore: Instant?
    /// From the latest charge; nil before there is one, and for what is no card.
    package var card: Hold.CardDetails?
    /// Which method the latest charge used; nil before there is one.
    package var method: PaymentMethod?
    /// Stripe's id of the card or other method.
    package var paymentMethod: String?
    /// The last month in which its card is valid, `2029-08`.
    package var cardExpires: String?
    /// As in `Folio.SavedCard`.
    package var cardFunding: CardFunding?
    /// As in `Folio.SavedCard`.
    package var cardFingerprint: String?
    /// Stripe's id of the latest charge, `ch_…`; nil before there is one.
    package var charge: String?
    /// What was said of the latest charge; nil before there is one.
    package var assessment: Risk.Assessment?
    /// When Stripe took what it has received, as far as Stripe says.
    package var taken = TakenAt()
    /// Why the last attempt failed.
    package var failure: Failure?

    package init(
        id: String, status: Status, amount: Int64, capturable: Int64 = 0, received: Int64 = 0, expired: Bool = false,
        captureBefore: Instant? = nil, card: Hold.CardDetails? = nil, method: PaymentMethod? = nil, paymentMethod: String? = nil,
        failure: Failure? = nil
    ) {
        self.id = id
        self.status = status
        self.amount = amount
        self.capturable = capturable
        self.received = received
        self.expired = expired
        self.captureBefore = captureBefore
        self.card = card
        self.method = method
        self.paymentMethod = paymentMethod
        self.failure = failure
    }
}

extension Hold {
    /// Takes in what Stripe says now. Repeated, late and reordered events are normal: whatever the state of the hold, the same facts lead
    /// to the same result. The authorised and captured amounts only grow while the hold lives; an event with smaller amounts is older and
    /// changes nothing. A final state never changes, with one exception: if the ledger ended the hold without waiting for Stripe, a capture
    /// at Stripe still counts.
    ///
    /// - Returns: The money taken that was not known before; zero most of the time.
    package mutating func observe(_ facts: IntentObservation) -> Money {
        let nothing = Money.zero(amount.currency)
        // An intent that was cancelled can no longer succeed; so one that did was not.
        if state.isFinal, state == .captured || facts.status != .succeeded || facts.received == 0 { return nothing }
        switch facts.status {
        case .requiresCapture:
            let total = max(0, facts.capturable) + facts.received
            guard facts.received >= captured.minorUnits, total >= authorised.minorUnits else { return nothing }
            take(in: facts)
            if state != .replaced { state = .authorised }
            authorised = Money(minorUnits: total, currency: amount.currency)
            failure = nil
            return take(facts.received)
        case .succeeded, .canceled:
            take(in: facts)
            guard facts.received > 0 || captured.isPositive else { return end(facts) }
            // Also a hold that was cancelled or expired after a partial capture: the rest is released.
            state = .captured
            failure = nil
            authorised = Money(
                minorUnits: max(authorised.minorUnits, facts.amount, facts.received), currency: amount.currency)
            return take(facts.received)
        case .waiting where state == .requested:
            take(in: facts)
            failure = facts.failure ?? failure
        case .waiting, .processing, .unknown:
            intent = facts.id
            if let card = facts.card { self.card = card }
        }
        return nothing
    }

    /// Ends without anything taken.
    private mutating func end(_ facts: IntentObservation) -> Money {
        if facts.captureBefore != nil {
            authorised = Money(minorUnits: max(authorised.minorUnits, facts.amount), currency: amount.currency)
        }
        if facts.expired {
            state = .expired
        } else {
            // If the bank set a date, it had authorised the hold, even if that event never arrived or is still to come.
            state =
                state == .authorised || state == .replaced || facts.captureBefore != nil || facts.status == .succeeded ? .released : .failed
            // Where nobody has refused it, the guest began and did not come back.
            failure = facts.failure ?? failure ?? (state == .failed ? .notPaid : nil)
        }
        return .zero(amount.currency)
    }

    private mutating func take(in facts: IntentObservation) {
        intent = facts.id
        if let card = facts.card { self.card = card }
        paymentMethod = facts.paymentMethod ?? paymentMethod
        captureBefore = facts.captureBefore ?? captureBefore
    }

    private mutating func take(_ received: Int64) -> Money {
        let new = max(0, received - captured.minorUnits)
        captured = Money(minorUnits: captured.minorUnits + new, currency: amount.currency)
        return Money(minorUnits: new, currency: amount.currency)
    }
}
