import Ledger

/// Something on which the ledger and Stripe disagree, with the way to repair it.
package struct Difference: Hashable, Sendable {
    /// What it is about: an intent, refund, payout, dispute, or `balance`.
    package let object: String
    /// The folio's reference, when there is one.
    package let folio: String?
    /// What the ledger says, in words: a state, mostly with minor units.
    package let ledger: String
    /// What Stripe says, in words.
    package let stripe: String
    /// Why the two differ, as far as that can be told.
    package let cause: String
    /// What `reconcile --repair` does, or what a person has to do.
    package var mending: Mending

    /// Whether it is one: what nobody has to do anything about is shown, and not counted.
    package var counts: Bool { if case .nothing = mending { false } else { true } }
}

/// How a difference is repaired. Only what an object at Stripe says is ever booked.
package enum Mending: Hashable, Sendable {
    /// Stripe's object is read again and taken in: what it moved is booked.
    case readIntent(String)
    case readRefund(String)
    case readPayout(String)
    case readDispute(String)
    /// The balance transactions are read from the first one on, and booked where they are missing.
    case readMovements
    /// An intent of ours that will never be completed is cancelled.
    case cancelIntent(String)
    /// A found object is taken in: it becomes a hold or a payment, or is withdrawn if it is unpaid.
    case takeIn(String)
    /// An event is processed again; by its id.
    case retryEvent(String)
    /// An operation is sent again; by its number.
    case sendAgain(Int64)
    /// A check-out's next step is taken; by the folio's number.
    case carryOn(folio: Int64)
    /// What somebody has to do, in one sentence.
    case byHand(String)
    /// Nobody has to do anything: why, in one sentence.
    case nothing(String)

    /// What to do, in one sentence.
    package var words: String {
        switch self {
        case .readIntent, .readRefund, .readPayout, .readDispute: "`reconcile --repair` books what Stripe says about it."
        case .readMovements: "`reconcile --repair` books what is missing; the other differences name the rest."
        case .cancelIntent: "`reconcile --repair` cancels it at Stripe."
        case .takeIn: "`reconcile --repair` takes it in, or withdraws it if nobody has paid on it."
        case .retryEvent, .sendAgain, .carryOn: "`sync` and `reconcile --repair` try it again."
        case .byHand(let sentence), .nothing(let sentence): sentence
        }
    }

    /// Whether a repair leaves it as it is.
    package var isByHand: Bool {
        switch self {
        case .byHand, .nothing: true
        default: false
        }
    }

    /// Payments before their refunds, and all objects before the balance that they explain.
    var order: Int {
        switch self {
        case .sendAgain: 0
        case .readIntent: 1
        case .cancelIntent: 2
        case .takeIn: 3
        case .readRefund, .readDispute, .readPayout: 4
        case .readMovements: 5
        case .retryEvent: 6
        case .carryOn: 7
        case .byHand, .nothing: 8
        }
    }
}

/// What a reconciliation looked at and found.
package struct Reconciliation: Sendable {
    /// How many of Stripe's payment intents were compared.
    package var intents = 0
    /// How many of Stripe's refunds were compared.
    package var refunds = 0
    /// How many of Stripe's payouts were compared.
    package var payouts = 0
    /// How many of Stripe's disputes were compared.
    package var disputes = 0
    /// What the ledger's Stripe clearing account shows.
    package var ledgerBalance: Money
    /// What Stripe reports as its balance in the tenant's currency, available and pending together; `nil` where that could not be read.
    package var stripeBalance: Money?
    /// Where ledger and Stripe disagree, and what is only shown: see `Difference.counts`.
    package var differences: [Difference] = []
    /// How many are to be mended; 0 when ledger and Stripe agree.
    package var count: Int { differences.count { $0.counts } }
}

/// The result of a repair.
package struct RepairReport: Sendable {
    /// What was mended.
    package let mended: [Difference]
    /// How things stand now; each difference left says what to do by hand.
    package let after: Reconciliation
}
