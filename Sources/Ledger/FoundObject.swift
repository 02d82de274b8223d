/// An object at Stripe that carries these books' id but belongs to no operation here: it was made after the backup that was restored.
///
/// Until it is taken in, no money is taken on its folio.
package struct FoundObject: Hashable, Sendable {
    /// Which kind of object it is at Stripe; the raw value is Stripe's own name of it.
    package enum Kind: String, Sendable { case intent = "payment_intent", session = "checkout_session" }

    /// What it may still do to the guest's money. The words are those that are stored.
    package enum State: String, Sendable, CaseIterable {
        /// Somebody may still pay.
        case open
        /// It keeps the guest's money aside.
        case held
        /// It took the guest's money.
        case captured
        /// It moves nothing any more.
        case closed
    }

    /// Stripe's id.
    package let id: String
    /// Tells what `id` names.
    package let kind: Kind
    /// Of the folio that it was made for, as its metadata says.
    package let reference: String?
    /// Stripe's id of the customer it was made for, `cus_…`.
    package let customer: String?
    /// The amount held, taken or requested, less refunds. Minor units of `currency`.
    package let amount: Int64
    /// Stripe's code.
    package let currency: String
    /// Derived from Stripe's status when it was last read.
    package let state: State
    /// Stripe's own word.
    package let status: String
    /// By the books' clock.
    package let firstSeen: Instant
    /// When and by whom it was taken in; `nil` while it waits.
    package let takenIn: TakenIn?
    /// The decision about it; `nil` if none was needed.
    package let decision: Decision?

    /// When it became a hold or a payment of these books, and who had it done.
    package struct TakenIn: Hashable, Sendable {
        /// By the books' clock.
        package let at: Instant
        /// The actor, as in the journal.
        package let by: String

        package init(at: Instant, by: String) {
            self.at = at
            self.by = by
        }
    }

    /// What a person decided about an object that does not match its folio; decided once.
    package enum Decision: String, Sendable, CaseIterable {
        /// It is taken in as it is, also when its amount or its customer does not fit its folio.
        case accepted
        /// It is none of these books' business.
        case dismissed
    }

    package init(
        id: String, kind: Kind, reference: String?, customer: String?, amount: Int64, currency: String, state: State, status: String,
        firstSeen: Instant, takenIn: TakenIn? = nil, decision: Decision? = nil
    ) {
        self.id = id
        self.kind = kind
        self.reference = reference
        self.customer = customer
        self.amount = amount
        self.currency = currency
        self.state = state
        self.status = status
        self.firstSeen = firstSeen
        self.takenIn = takenIn
        self.decision = decision
    }

    /// Whether its folio waits for it.
    package var isWaiting: Bool { takenIn == nil && state != .closed && decision != .dismissed }

    /// `nil` in a currency that the ledger does not know.
    package var money: Money? { Currency(currency).map { Money(minorUnits: amount, currency: $0) } }
}

extension FoundObject {
    /// Why a found object is not taken in. Facts only; `sentence` says what to do.
    package enum Obstacle: Hashable, Sendable {
        /// No folio has its reference: it was opened after the backup, or the object names none.
        case noFolio(String?)
        /// It is of a late charge that was made after the backup: its reference, and its stay's.
        case noLateCharge(String, stay: String)
        case currency(String, books: Currency)
        /// It belongs to another customer at Stripe than the folio.
        case customer(String?, folio: String)
        /// It took more than the folio has open.
        case amount(Money, open: Money)
        case folioClosed(String)
        /// A call of the folio's has no outcome yet.
        case operationOpen(String)
    }

    /// Compares it with the folio that it names.
    ///
    /// - Parameters:
    ///   - folio: The folio with its reference; `nil` when there is none.
    ///   - open: What that folio has open.
    ///   - asked: What that folio asks its guest for on unused pages: one of these amounts may be what was paid, less refunds.
    /// - Returns: The obstacle to taking it in; `nil` if it matches.
    package func obstacle(to folio: Folio?, open: Money, asked: [Money] = [], currency books: Currency) -> Obstacle? {
        guard let folio, folio.reference == reference else { return .noFolio(reference) }
        guard currency == books.code else { return .currency(currency, books: books) }
        let isAccepted = decision == .accepted
        if let known = folio.customer, known != customer, !isAccepted { return .customer(customer, folio: known) }
        // Withdrawing an unpaid page moves no money.
        guard state == .held || state == .captured else { return nil }
        guard !folio.state.isClosed else { return .folioClosed(folio.reference) }
        let money = Money(minorUnits: amount, currency: books)
        let isAsked = asked.contains { amount <= $0.minorUnits }
        guard state == .held || amount <= max(0, open.minorUnits) || isAsked || isAccepted else { return .amount(money, open: open) }
        return nil
    }
}

extension FoundObject.Obstacle {
    /// What stands against it and what the operator does about it at the command line, in one or two sentences.
    package var sentence: String {
        switch self {
        case .noFolio(nil):
            "It names no folio: check it in Stripe's Dashboard, and cancel or refund it there; then run `found dismiss`."
        case .noFolio(let reference?):
            "There is no folio \"\(reference)\": open it again, enter its lines, then run `reconcile --repair`."
        case .noLateCharge(let reference, let stay):
            "It is of the late charge \"\(reference)\", which is not in these books: charge the late charges of \"\(stay)\" again, with the "
                + "same lines and in the old order, then run `reconcile --repair`."
        case .currency(let theirs, let ours):
            "It is in \(theirs), and these books are in \(ours.code): refund it in Stripe's Dashboard; then run `found dismiss`."
        case .customer(let theirs, let ours):
            "It belongs to customer \(theirs ?? "none"), and the folio to \(ours): compare both in Stripe's Dashboard. `found accept` "
                + "takes it in nevertheless, `found dismiss` dismisses it."
        case .amount(let taken, let open):
            "It took \(taken.text(in: .english)), and the folio has \(open.text(in: .english)) open: enter the lines that are missing since "
                + "the backup, then run `reconcile --repair`. If none is missing, `found accept` takes it in: the rest is owed to the guest."
        case .folioClosed(let reference):
            "Folio \"\(reference)\" is closed: refund it in Stripe's Dashboard, or book it by hand in the accounts; then run "
                + "`found dismiss`."
        case .operationOpen(let reference):
            "A call of folio \"\(reference)\" has no outcome yet: run `sync`, look at `operation list`, then run `reconcile --repair`."
        }
    }
}
