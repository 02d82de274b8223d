/// Money taken from the guest, or about to be.
package struct Payment: Hashable, Sendable {
    /// The words are those that are stored.
    package enum State: String, Sendable, CaseIterable {
        /// Requested; not paid yet.
        case requested
        /// The method settles days later (Sofort): not paid until then.
        case processing
        case succeeded, failed

        /// Nothing is on its way any more. A failed payment can still succeed: the guest may try again until its intent is cancelled. And one
        /// that succeeded can fail later: see `Payment.failedLater`.
        package var isFinal: Bool { self == .succeeded || self == .failed }
    }

    /// The words are those that are stored.
    package enum Origin: String, Sendable {
        /// Taken out of a hold.
        case capture
        /// Paid by the guest on Stripe's page.
        case page
        /// Taken from the saved card without the guest.
        case savedCard = "saved_card"
    }

    /// What tells a guest's cards apart.
    package struct Card: Hashable, Sendable {
        /// As Stripe writes it: `visa`.
        package let brand: String
        /// Four digits.
        package let last4: String

        package init(brand: String, last4: String) {
            self.brand = brand
            self.last4 = last4
        }
    }

    /// Counts from 1 within the folio.
    package let number: Int64
    /// Fixed when the payment is made.
    package let origin: Origin
    /// As requested, and as Stripe's charge names it from then on.
    package var method: PaymentMethod
    /// What was asked for; of a payment out of a hold, what was taken.
    package let amount: Money
    /// Follows Stripe through `observe`.
    package var state: State
    /// What was taken; zero until it succeeded. One out of a hold grows while others take more of it. Stays when it failed later.
    package var received: Money
    /// What was refunded, including pending refunds.
    package var refunded: Money
    /// What the guest's bank has withdrawn in disputes and not given back, as it is booked.
    package var withdrawn: Money
    /// The same, and a lost dispute of which no movement has come yet.
    package var lost: Money
    /// What of a lost dispute accounting has written off.
    package var writtenOff: Money
    /// Stripe's id of the page, `cs_…`; nil until the call that makes it is answered, and where there is no page.
    package var session: String?
    /// Stripe's id of the payment intent, `pi_…`; nil until it is known: a page makes it only when the guest confirms.
    package var intent: String?
    /// Stripe's id of the charge, `ch_…`; nil until there is one.
    package var charge: String?
    /// The hold that a capture came out of.
    package var hold: Int64?
    /// Stripe's id of the card or other method, once known.
    package var paymentMethod: String?
    /// The card that was charged: its brand as Stripe writes it (`visa`), and its last four digits; nil for another method, and until known.
    package var card: Card?
    /// Why the last attempt failed; nil once it has succeeded.
    package var failure: Failure?
    /// Why nothing more of it can be refunded: the guest's bank contests it, or Stripe refused a refund of it permanently.
    package var refundRefusal: Failure?
    /// What fraud prevention and the bank said, of its hold, too; nil before Stripe shows the charge. `observe` leaves it.
    package var risk: Risk?

    package init(number: Int64, origin: Origin, method: PaymentMethod, amount: Money, state: State = .requested) {
        self.number = number
        self.origin = origin
        self.method = method
        self.amount = amount
        self.state = state
        self.received = .zero(amount.currency)
        self.refunded = .zero(amount.currency)
        self.withdrawn = .zero(amount.currency)
        self.lost = .zero(amount.currency)
        self.writtenOff = .zero(amount.currency)
    }

    /// Whether it had succeeded before it failed: the bank took back all that it had given.
    package var failedLater: Bool { state == .failed && received.isPositive }

    /// What was taken and stayed, refunds apart.
    package var taken: Money { failedLater ? .zero(received.currency) : received }

    /// What has not been refunded, in minor units.
    package var kept: Int64 { received.minorUnits - refunded.minorUnits }

    /// What can still be refunded, in minor units: 0 for a payment whose refunds are refused, and for one that failed later.
    package var refundable: Int64 { refundRefusal == nil && !failedLater ? kept : 0 }

    /// Notes which charge took it, and from which card.
    package mutating func noteCharge(_ facts: IntentObservation) {
        charge = facts.charge ?? charge
        if let card = facts.card { self.card = Card(brand: card.brand, last4: card.last4) }
    }

    /// Takes in what Stripe says now; see `Hold.observe`.
    ///
    /// - Returns: The money taken that was not known before.
    package mutating func observe(_ facts: IntentObservation) -> Money {
        let nothing = Money.zero(amount.currency)
        // A failed payment can still succeed: the guest may try again with the same intent until it is cancelled. One that had succeeded
        // before is over, whatever its intent says.
        guard state != .succeeded, !failedLater else { return nothing }
        intent = facts.id
        if let method = facts.method { self.method = method }
        paymentMethod = facts.paymentMethod ?? paymentMethod
        noteCharge(facts)
        switch facts.status {
        case .succeeded:
            state = .succeeded
            failure = nil
            received = Money(minorUnits: facts.received, currency: amount.currency)
            return received
        case .processing where state != .failed:
            state = .processing
        case .canceled:
            state = .failed
            // Nobody has refused it: the guest began, at the bank for example, and did not come back.
            failure = facts.failure ?? failure ?? .notPaid
        case .waiting where state != .failed:
            // Only a refusal ends an attempt. Without one the event is older, and a processing payment stays processing.
            guard let refused = facts.failure else { break }
            failure = refused
            // On the page the guest may try again, until a payment was processing: then the page is used up. Without the guest it is over.
            state = origin == .page && state == .requested ? .requested : .failed
        case .processing, .waiting, .requiresCapture, .unknown:
            break
        }
        return nothing
    }

    /// Takes in that Stripe took back all that it had brought.
    ///
    /// - Returns: The money that is gone; zero unless the payment counted as taken.
    package mutating func fail(_ why: Failure) -> Money {
        guard state == .succeeded else { return .zero(amount.currency) }
        (state, failure) = (.failed, why)
        return received
    }
}

/// Money given back after it was taken.
package struct Refund: Hashable, Sendable {
    /// `pending`: Stripe has it, and the bank has not confirmed it. The words are those that are stored.
    package enum State: String, Sendable, CaseIterable {
        case requested, pending, succeeded, failed
    }

    /// Counts from 1 within the folio.
    package let number: Int64
    /// The payment that it refunds, by its number on the folio.
    package let payment: Int64
    /// Always positive.
    package let amount: Money
    /// A failed one gave nothing back; see `observe`.
    package var state: State
    /// Stripe's id, once known.
    package var stripeID: String?
    /// As the person gave it, or one of the words below.
    package let reason: String
    /// The decision about the bill; `nil` if there is nothing to decide: a check-out refunded an overpayment.
    package var bill: Bill?

    /// What stands for the reason where nobody gave one: here a check-out gave back what was paid too much. Stored as this word, and
    /// shown as `reason(in:)` has it.
    package static let overpaidAtCheckOut = "check-out"
    /// Somebody refunded on Stripe's own pages. Stored and shown as above.
    package static let madeAtStripe = "made at Stripe"
    /// These books made it after the restored backup.
    package static let madeAfterBackup = "made after the backup"
    /// For a cancellation or a no-show whose own reason stands on no line, because nothing had been charged.
    package static func reason(ofEnding outcome: Folio.State) -> String { outcome.rawValue }

    package init(
        number: Int64, payment: Int64, amount: Money, state: State = .requested, stripeID: String? = nil, reason: String, bill: Bill? = nil
    ) {
        self.number = number
        self.payment = payment
        self.amount = amount
        self.state = state
        self.stripeID = stripeID
        self.reason = reason
        self.bill = bill
    }

    /// Whether it may be what somebody asks for once more, after a backup was brought back: then somebody has to decide about it first.
    package var isFound: Bool { reason == Self.madeAfterBackup && isUndecided }

    /// Takes in what Stripe says now. A failure is final, and an event from before a success changes nothing.
    package mutating func observe(_ news: State) {
        switch (state, news) {
        case (.failed, _), (.succeeded, .pending), (_, .requested): break
        default: state = news
        }
    }
}
