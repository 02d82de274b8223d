import Ledger
internal import LedgerStore
import Stripe

extension Book {
    /// Keeps a page's id on the hold, payment or saved card that it was made for, and shows the page while the guest can use it.
    func attach(_ session: CheckoutSession, to operation: Operation, _ folio: Folio) throws {
        var isWaiting = true
        let page: FolioNotice.Page
        switch try operation.rules().subject {
        case .hold:
            page = .hold
            if var hold = try holds(of: folio).first(where: { $0.number == operation.subject }) {
                isWaiting = hold.state == .requested
                hold.session = session.id
                try save(hold, of: folio)
            }
        case .payment:
            page = .payment
            if var payment = try payments(of: folio).first(where: { $0.number == operation.subject }) {
                isWaiting = payment.state == .requested
                payment.session = session.id
                try save(payment, of: folio)
            }
        case .card:
            page = .card
            try setCardSession(session.id, of: folio)
        case .refund, .nothing: return
        }
        let isOver = session.status == .complete || session.status == .expired
        guard isWaiting, !isOver else { return }
        try setPage(session.url, of: folio)
        // It takes the place of the one that Stripe refused, or that went unused.
        if let notice = try self.folio(number: folio.number)?.notice, notice.isSettled(by: page) { try setNotice(nil, of: folio) }
    }

    /// Takes in a definite refusal and ends the operation: what it says about the intent, what that means for the hold or payment, and what
    /// follows from it (see `followers`).
    func applyRefusal(_ error: StripeError, to operation: Operation, returning: ReturnAddress) throws {
        let why = operation.failure(error)
        guard let folio = try folio(of: operation) else {
            try end(operation, .refused(why))
            return
        }
        let rules = try operation.rules()
        if let intent = error.paymentIntent {
            try apply(intent, returning: returning)
            // The intent may have said already that its attempt is over.
            guard try isOpen(operation) else { return }
        }
        // The refusal may say that what we wanted has happened already.
        if try rules.isReached(self, operation, folio) || rules.isReachedWhenRefused(error) {
            try end(operation, .done, with: { try rules.takeInReached($0, operation, folio) })
            return
        }
        if try takeBack(operation, why, on: folio) { return }
        if rules.parksWhenRefused {
            try park(operation, failure: why)
            try setNotice(.operationParked(try operation.knownKind()), of: folio)
            return
        }
        try end(
            operation, .refused(why),
            with: { book in
                // First what it says beyond this try: what is tried instead depends on it.
                try rules.learn(book, operation, error, folio)
                try rules.fail(book, operation, why, folio)
            })
        if rules.makesIntent, let intent = error.paymentIntent, intent.status != .canceled {
            _ = try plan(.cancelOrphan, Requests.cancel(intent.id, key: Self.orphanKey(intent.id)), folio: folio, intent: intent.id)
        }
        try offerHoldPage(after: operation, on: folio, returning: returning)
    }
}

extension Operation {
    /// The method that a page asks the guest to pay with; nil for other calls.
    var methodAsked: Ledger.PaymentMethod? {
        guard knownRules?.makesPage == true else { return nil }
        return parameter("payment_method_types[0]").map { Ledger.PaymentMethod(rawValue: $0) }
    }

    /// Why Stripe refused it. What it says of a method names the method in words alone; the call has it.
    fileprivate func failure(_ error: StripeError) -> Failure {
        if error.isAboutMethod, let methodAsked { return .methodNotActive(methodAsked) }
        return Failure(error)
    }
}
