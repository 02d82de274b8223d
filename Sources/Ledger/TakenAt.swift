/// When Stripe took the money of an intent, as far as Stripe has said. It decides the day on which the payment is booked, once: what
/// becomes known later changes nothing.
package struct TakenAt: Hashable, Sendable {
    /// `created` of the balance transaction of its charge; nil until there is one. A hold that is captured in parts names that of the first.
    package var transaction: Instant?
    /// What that transaction brought before fees, in minor units of the intent's currency; nil until there is one, and where it is in another.
    package var transactionAmount: Int64?
    /// `created` of the first event that says that so much was taken; nil while none has come.
    package var event: Instant?
    /// `created` of the charge, where the charge itself took the money: not of a hold, and not of a method that settles later.
    package var charge: Instant?

    package init(transaction: Instant? = nil, transactionAmount: Int64? = nil, event: Instant? = nil, charge: Instant? = nil) {
        self.transaction = transaction
        self.transactionAmount = transactionAmount
        self.event = event
        self.charge = charge
    }

    /// An amount that Stripe took at one time.
    package struct Part: Hashable, Sendable {
        /// Minor units; more than 0.
        package let amount: Int64
        /// When; nil where Stripe has not said: then the books' today counts.
        package let at: Instant?

        package init(amount: Int64, at: Instant?) {
            self.amount = amount
            self.at = at
        }
    }

    /// Puts new money on the times at which it was taken, in order. The transaction is older than a further part of a hold, and says
    /// nothing of it.
    ///
    /// - Parameters:
    ///   - new: What is to be booked, in minor units; more than 0.
    ///   - before: What was booked of the same intent before.
    /// - Returns: One part, or two where two parts of a hold became known together.
    package func parts(of new: Int64, after before: Int64) -> [Part] {
        guard before == 0 else { return [Part(amount: new, at: event)] }
        guard let transaction else { return [Part(amount: new, at: event ?? charge)] }
        guard let first = transactionAmount, first > 0, first < new else { return [Part(amount: new, at: transaction)] }
        return [Part(amount: first, at: transaction), Part(amount: new - first, at: event)]
    }
}
