import Ledger
internal import LedgerStore
import Stripe

extension Book {
    /// Takes in what Stripe says about a page: the intent behind it, the card saved on it, or that it was not used.
    ///
    /// - Parameters:
    ///   - session: With `payment_intent.latest_charge.balance_transaction` and `setup_intent.payment_method` expanded.
    ///   - returning: As for an intent.
    func apply(_ session: CheckoutSession, returning: ReturnAddress) throws {
        let maker = try unansweredMaker(of: session)
        if let maker { try attach(session, to: maker.operation, maker.folio) }
        try applyKnown(session, returning: returning)
        // That the page is there is the answer that its operation waits for.
        if let maker { try endReached(on: maker.folio) }
    }

    private func applyKnown(_ session: CheckoutSession, returning: ReturnAddress) throws {
        var place: IntentPlace?
        switch try owner(of: session) {
        case .ours(let ours): place = ours
        case .found: try noteFound(session)
        case .foreign: try noteForeign(session.metadata, object: session.id)
        }
        if let intent = session.paymentIntent?.object {
            // Behind a page of ours the intent is ours; by itself it has to show that it is.
            let known = try owner(of: intent).isOurs ? nil : place
            try apply(intent, as: known, returning: returning)
        }
        // A page that was used, or is over, is not shown any more, whatever happened to its hold or payment since.
        let isOver = session.status == .complete || session.status == .expired
        if isOver, let number = try place?.folio.number ?? folioSavingCard(session: session.id), let folio = try folio(number: number) {
            try closePage(session.id, of: folio)
        }
        if let number = try folioSavingCard(session: session.id) {
            try applySetup(session, folio: try folio(number: number)!)
        }
        // A page that was used, with a payment that was on its way and failed, cannot be used again either.
        let isUsedUp = session.status == .complete && session.paymentIntent?.object?.status == .requiresPaymentMethod
        guard session.status == .expired || isUsedUp else { return }
        if let place = try hold(session: session.id), let folio = try folio(number: place.folio),
            var hold = try holds(of: folio).first(where: { $0.number == place.number }), hold.state == .requested
        {
            hold.state = .failed
            hold.failure = .pageUnused
            try save(hold, of: folio)
        }
        if let place = try payment(session: session.id), let folio = try folio(number: place.folio),
            var payment = try payments(of: folio).first(where: { $0.number == place.number }), payment.state == .requested
        {
            payment.state = .failed
            payment.failure = isUsedUp ? payment.failure : .pageUnused
            try save(payment, of: folio)
            try paymentChanged(payment, of: folio)
            if isUsedUp { try tellFailed(payment, on: folio) }
            if isUsedUp, let intent = session.paymentIntent?.id { try cancelOrphan(intent, folio) }
        }
    }

    private func applySetup(_ session: CheckoutSession, folio: Folio) throws {
        guard try cardOnFile(of: folio)?.state == .requested else { return }
        // Deleted since: what the page saved went with it.
        let isDeleted = try session.customer.map { try isLost(customer: $0) } ?? false
        if let customer = session.customer, !isDeleted { try setCustomer(customer, of: folio) }
        if session.setupIntent?.object?.status == .succeeded {
            guard let method = session.setupIntent?.object?.paymentMethod else {
                return try failSetup(session, .cardRemoved(isDeleted ? .customerDeleted : .detached), folio)
            }
            let card = method.object?.card
            try closePage(session.id, of: folio)
            if try isLost(card: method.id) {
                // That it is gone was told before the news of its page.
                let why: Folio.CardRemoval = isDeleted ? .customerDeleted : .detached
                try setRemovedCard(method.id, brand: card?.brand ?? "", last4: card?.last4 ?? "", why, of: folio)
                return try setNotice(.cardRemoved(why), of: folio)
            }
            try setCard(
                method.id, brand: card?.brand ?? "", last4: card?.last4 ?? "",
                expires: CardExpiry.text(card?.expiryYear, card?.expiryMonth), funding: (card?.funding).ledger,
                fingerprint: card?.fingerprint, of: folio)
            try setNotice(nil, of: folio)
            // Detached since, and for good.
            let isDetached = method.object.map { $0.customer == nil } ?? false
            guard isDeleted || isDetached, let saved = try self.folio(number: folio.number) else { return }
            try lose(isDeleted ? .customerDeleted : .detached, of: saved)
        } else if session.status == .expired {
            // One that was taken back was no omission of the guest's.
            let isWithdrawn = try isWithdrawn(session: session.id, of: folio)
            try failSetup(session, isWithdrawn || folio.state.isClosed ? folio.notice : .cardNotSaved, folio)
        }
    }

    /// A setup page ended without a chargeable card.
    private func failSetup(_ session: CheckoutSession, _ notice: FolioNotice?, _ folio: Folio) throws {
        try setCardState(.failed, of: folio)
        try closePage(session.id, of: folio)
        try setNotice(notice, of: folio)
    }

    /// A page that is over is no longer shown, unless another one has taken its place.
    ///
    /// - Parameter session: The page's id; nil where there is none.
    func closePage(_ session: String?, of folio: Folio) throws {
        if let session, let url = folio.paymentURL, url.contains(session) { try setPage(nil, of: folio) }
    }
}

extension Owner {
    fileprivate var isOurs: Bool { if case .ours = self { true } else { false } }
}
