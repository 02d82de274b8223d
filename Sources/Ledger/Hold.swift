/// Money that the guest's bank keeps aside for the tenant (Vormerkung). It is not money: no journal entry.
package struct Hold: Hashable, Sendable {
    package enum State: String, Sendable, CaseIterable {
        case requested, authorised, captured, released, expired, failed

        package var isFinal: Bool { self != .requested && self != .authorised }
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
    package let origin: Origin
    package let method: PaymentMethod
    /// What was asked for.
    package let amount: Money
    package var state: State
    /// What the bank keeps aside now; zero until authorised.
    package var authorised: Money
    /// What was taken of it.
    package var captured: Money
    /// When the bank lets go by itself. Only this value binds, not a number of days.
    package var captureBefore: Instant?
    /// For a hold on a saved card: the day on which it is placed.
    package var placeOn: Day?
    /// Stripe's ids of the page and of the payment intent, once known.
    package var session: String?
    package var intent: String?
    package var card: CardFacts?
    package var failure: Failure?

    package init(
        number: Int64, origin: Origin, method: PaymentMethod, amount: Money, state: State = .requested, placeOn: Day? = nil
    ) {
        self.number = number
        self.origin = origin
        self.method = method
        self.amount = amount
        self.state = state
        self.authorised = .zero(amount.currency)
        self.captured = .zero(amount.currency)
        self.placeOn = placeOn
    }

    /// What Stripe says about the card behind a hold.
    package struct CardFacts: Hashable, Sendable {
        package var brand: String
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

    /// Cover for the stay: authorised, and not yet let go by the bank.
    package func isLive(at now: Instant) -> Bool {
        state == .authorised && captureBefore.map { now < $0 } ?? true
    }
}

/// What Stripe says about a payment intent, as far as holds and payments depend on it.
package struct IntentFacts: Hashable, Sendable {
    package enum Status: Hashable, Sendable {
        case waiting, processing, requiresCapture, succeeded, canceled
        /// A status this program does not know. It changes nothing.
        case unknown
    }

    package var id: String
    package var status: Status
    package var amount: Int64
    package var capturable: Int64
    package var received: Int64
    package var expired: Bool
    package var captureBefore: Instant?
    package var card: Hold.CardFacts?
    package var method: PaymentMethod?
    /// Why the last attempt failed.
    package var failure: Failure?

    package init(
        id: String, status: Status, amount: Int64, capturable: Int64 = 0, received: Int64 = 0, expired: Bool = false,
        captureBefore: Instant? = nil, card: Hold.CardFacts? = nil, method: PaymentMethod? = nil, failure: Failure? = nil
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
        self.failure = failure
    }
}

extension Hold {
    /// Takes in what Stripe says now. Repeated, late and reordered news is the ordinary case: whatever state the hold is in,
    /// the same facts lead to the same end, and a final state never changes.
    ///
    /// - Returns: The money taken that was not known before; zero most of the time.
    package mutating func observe(_ facts: IntentFacts) -> Money {
        let nothing = Money.zero(amount.currency)
        guard !state.isFinal else { return nothing }
        intent = facts.id
        if let card = facts.card { self.card = card }
        switch facts.status {
        case .requiresCapture:
            state = .authorised
            // A hold that nothing was taken from is only ever raised: less is news from before an increment.
            let known = facts.received == 0 ? authorised.minorUnits : 0
            authorised = Money(minorUnits: max(known, facts.capturable), currency: amount.currency)
            captureBefore = facts.captureBefore ?? captureBefore
            failure = nil
        case .succeeded:
            let known = captured.minorUnits
            state = .captured
            authorised = Money(minorUnits: max(facts.amount, facts.received), currency: amount.currency)
            captured = Money(minorUnits: facts.received, currency: amount.currency)
            captureBefore = facts.captureBefore ?? captureBefore
            return Money(minorUnits: max(0, facts.received - known), currency: amount.currency)
        case .canceled:
            if facts.expired {
                state = .expired
            } else {
                // A bank that set a date had authorised it, even when that news never came or is still on its way.
                state = state == .authorised || facts.captureBefore != nil ? .released : .failed
                failure = facts.failure ?? failure
            }
        case .waiting where state == .requested:
            failure = facts.failure ?? failure
        case .waiting, .processing, .unknown:
            break
        }
        return nothing
    }
}
