import Ledger
internal import LedgerStore
import Stripe

extension Book {
    /// Takes in what Stripe says about a payment intent: moves its hold or payment on, books new money, and saves the card.
    ///
    /// Doing so twice, late or in another order changes nothing: see `Hold.observe`.
    ///
    /// - Parameters:
    ///   - returning: Where a guest lands afterwards who has to be asked for another card.
    ///   - known: Where it belongs, when something else has shown that; otherwise `owner` tells.
    /// - Returns: The folio it belongs to; `nil` for an intent that is not ours. One that was found is kept to be taken in.
    @discardableResult
    func apply(_ intent: PaymentIntent, as known: IntentPlace? = nil, returning: ReturnAddress) throws -> Folio? {
        let place: IntentPlace
        switch try known.map(Owner.ours) ?? owner(of: intent) {
        case .ours(let ours): place = ours
        case .found:
            try noteFound(intent)
            return nil
        case .foreign:
            try noteForeign(intent.metadata, object: intent.id)
            return nil
        }
        let folio = place.folio
        let facts = try IntentObservation(intent)
        let isFromPage = place.isUnusedPage
        if let customer = intent.customer, folio.customer == nil, try !isLost(customer: customer) {
            try setCustomer(customer, of: folio)
        }
        if let hold = place.hold { try apply(facts, to: hold, folio) }
        if let payment = place.payment { try apply(facts, to: payment, folio) }
        // Nobody can pay on a page whose intent is cancelled. That is told before the end of the page, which then finds nothing waiting.
        if facts.status == .canceled { try closePage(place.session, of: folio) }
        try replaceHolds(on: folio)
        try noteRisk(facts, folio)
        try endRefusedAttempt(intent, facts, folio, returning: returning)
        try saveCard(behind: intent, facts, isFromPage: isFromPage, folio)
        try endReached(on: folio)
        try letGoPastCards(of: folio)
        return folio
    }

    /// The same for an intent that may be behind a page of ours.
    ///
    /// - Parameter page: What `page(claimedBy:)` has read.
    func apply(_ intent: PaymentIntent, behind page: CheckoutSession?, returning: ReturnAddress) throws {
        if let page, page.paymentIntent?.id == intent.id { return try apply(page, returning: returning) }
        try apply(intent, returning: returning)
    }

    private func apply(_ facts: IntentObservation, to known: Hold, _ folio: Folio) throws {
        guard known.intent == nil || known.intent == facts.id else { return }
        if known.state.isFinal, known.state != .captured, facts.status == .requiresCapture { return try cancelOrphan(facts.id, folio) }
        var hold = known
        let taken = hold.observe(facts)
        guard hold != known else { return }
        // What ends it here has a call that is open still.
        if known.state == .authorised, hold.state == .released, try !isBusy(intent: facts.id) { hold.noteReleasedAtStripe(at: now) }
        try save(hold, of: folio)
        if taken.isPositive { try book(taken, after: known.captured, outOf: hold, facts, folio) }
        switch hold.state {
        case .authorised where known.state == .requested && hold.replaces == nil:
            try setPage(nil, of: folio)
            try setNotice(nil, of: folio)
        case .authorised where known.state == .requested:
            // It took another's place, often without anybody being there: what else stands on the folio stays.
            if hold.origin == .page { try setPage(nil, of: folio) }
            if case .holdExpiresSoon = folio.notice { try setNotice(nil, of: folio) }
            try forgetGap(on: folio)
            try tellUnrenewed(on: folio)
        case .expired where try !folio.state.isClosed && !holds(of: folio).superseded.contains(hold.number):
            try setNotice(FolioNotice(expired: hold), of: folio)
        case .released where hold.isReleasedAtStripe && folio.state == .open: try setNotice(.holdReleasedAtStripe(known.held), of: folio)
        default:
            break
        }
    }

    /// Takes back that a hold is over, when what has come since leaves no gap.
    private func forgetGap(on folio: Folio) throws {
        guard folio.notice?.isOfGap == true else { return }
        let holds = try holds(of: folio)
        if holds.gaps(uncovered: try totals(of: folio, holds: holds).uncovered, now: now).isEmpty { try setNotice(nil, of: folio) }
    }

    /// Books what was taken out of a hold: one payment for all of it, and an entry for each part.
    private func book(_ taken: Money, after before: Money, outOf hold: Hold, _ facts: IntentObservation, _ folio: Folio) throws {
        for part in try times(of: facts, after: before).parts(of: taken.minorUnits, after: before.minorUnits) {
            let amount = Money(minorUnits: part.amount, currency: taken.currency)
            let entry = try book(amount, at: part.at, facts.id, folio)
            if let known = try payments(of: folio).first(where: { $0.hold == hold.number }) {
                if let entry { try addPart(entry, to: known, of: folio) }
            } else {
                var payment = try addPayment(amount, origin: .capture, method: hold.method, hold: hold.number, to: folio)
                payment.state = .succeeded
                payment.received = amount
                payment.intent = facts.id
                payment.paymentMethod = hold.paymentMethod
                payment.noteCharge(facts)
                try save(payment, entry: entry, of: folio)
            }
        }
        try settleMovements(intent: facts.id)
        if folio.state.isClosed {
            let open = try totals(of: folio).open
            if open.isNegative { try setNotice(.overpaid(try open.negated()), of: folio) }
        }
        try takeBackFailed(intent: facts.id)
    }

    private func apply(_ facts: IntentObservation, to known: Payment, _ folio: Folio) throws {
        guard known.intent == nil || known.intent == facts.id else { return }
        var payment = known
        let taken = payment.observe(facts)
        // Its page is used up or over, and nobody can finish it any more; Stripe would keep it open for good.
        if payment.state == .failed, payment.origin == .page, facts.status == .waiting { try cancelOrphan(facts.id, folio) }
        guard payment != known else { return }
        var entry: Int64?
        if taken.isPositive {
            let at = try times(of: facts, session: payment.session).parts(of: taken.minorUnits, after: 0)[0].at
            entry = try book(taken, at: at, facts.id, folio)
        }
        try save(payment, entry: entry, of: folio)
        if entry != nil { try settleMovements(intent: facts.id) }
        if payment.state == .succeeded || payment.state == .processing, known.origin == .page { try setPage(nil, of: folio) }
        try paymentChanged(payment, of: folio)
        try tell(payment, before: known.state, on: folio)
        if entry != nil { try takeBackFailed(intent: facts.id) }
    }

    /// What nobody waits for any more must still be seen: a payment that counted as paid and failed, or money for a closed folio.
    private func tell(_ payment: Payment, before: Payment.State, on folio: Folio) throws {
        if payment.state == .failed, before == .processing {
            try tellFailed(payment, on: folio)
        } else if payment.state == .succeeded, folio.state.isClosed {
            let open = try totals(of: folio).open
            if open.isNegative { try setNotice(.overpaid(try open.negated()), of: folio) }
        }
    }

    /// A payment that counted as paid has failed.
    func tellFailed(_ payment: Payment, on folio: Folio) throws {
        try setNotice(.paymentFailed(payment.amount, payment.method, why: payment.failure, onClosed: folio.state.isClosed), of: folio)
    }

    /// Cancels what is over here and lives at Stripe: a hold that was placed while the folio closed keeps the guest's money for nothing,
    /// and a payment that failed on its way stays open.
    func cancelOrphan(_ intent: String, _ folio: Folio) throws {
        let key = "let-go-\(intent)"
        // News from before it was cancelled asks for nothing more.
        guard try !isBusy(intent: intent), try operation(key: key, of: folio) == nil else { return }
        _ = try plan(.cancelOrphan, Requests.cancel(intent, key: key), folio: folio, intent: intent)
    }

    /// - Parameter taken: When Stripe took it; `nil` where nothing says: now.
    private func book(_ amount: Money, at taken: Instant?, _ intent: String, _ folio: Folio) throws -> Int64? {
        try Posting.payment(amount, folio: folio.reference, on: (taken ?? now).day(in: tenant.timeZone), intent: intent)
            .map { try post($0, folio: folio, by: "stripe") }
    }

    /// When the money of an intent was taken: what the intent says, and, where that is not enough, what an event says that waits here.
    ///
    /// - Parameters:
    ///   - before: What was booked of it before.
    ///   - session: The page that it was paid on.
    private func times(of facts: IntentObservation, after before: Money? = nil, session: String? = nil) throws -> TakenAt {
        var times = facts.taken
        let isFurther = before?.isPositive == true || (times.transactionAmount.map { $0 < facts.received } ?? false)
        guard times.transaction == nil || isFurther else { return times }
        let news = try receivedEvents(about: facts.id) + (session.map { try receivedEvents(about: $0) } ?? [])
        times.event = news.filter { $0.event.tells(facts.received, currency: tenant.currency) }.map(\.created).min()
        return times
    }

    /// A card that was used with the guest's consent to later charges stays usable, also when of a hold no more was heard than its end.
    /// One used on a page takes the place of the one before, which perhaps a bank has refused. It does so once: late news brings no
    /// older card back.
    private func saveCard(behind intent: PaymentIntent, _ facts: IntentObservation, isFromPage: Bool, _ folio: Folio) throws {
        let hasWorked =
            switch facts.status {
            case .requiresCapture, .succeeded: true
            case .canceled: intent.latestCharge?.object?.status == .succeeded && !folio.state.isClosed
            case .waiting, .processing, .unknown: false
            }
        guard hasWorked, let customer = intent.customer, try !isLost(customer: customer),
            let method = intent.paymentMethod?.id, try !isLost(card: method), let card = facts.card,
            let known = try cardOnFile(of: folio),
            known.state == .requested || (known.state == .saved && isFromPage),
            // Detached since, and for good.
            intent.paymentMethod?.object.map({ $0.customer != nil }) ?? true,
            // One that is lost, or that another took the place of, does not come back.
            try !pastCards(of: folio).contains(where: { $0.paymentMethod == method })
        else { return }
        try setCard(
            method, brand: card.brand, last4: card.last4, expires: facts.cardExpires, funding: facts.cardFunding,
            fingerprint: facts.cardFingerprint, of: folio)
        // A card is charged together with the customer that it belongs to.
        try setCustomer(customer, of: folio)
    }
}

extension LedgerService {
    /// Reads the page of ours that an intent says it is behind. Anybody may have copied what it says; the page names its intent.
    ///
    /// - Returns: `nil` when it names none of ours, or one whose intent is known.
    /// - Throws: `StripeFailure`.
    func page(claimedBy intent: PaymentIntent, of tenant: Tenant) async throws -> CheckoutSession? {
        let client = try client(for: tenant)
        switch try store.read(of: tenant, { try $0.page(claimedBy: intent) }) {
        case nil: return nil
        case .known(let id): return try await client.checkoutSession(id).get()
        case .unanswered:
            for try await pages in client.checkoutSessions(paymentIntent: intent.id) {
                if let page = pages.first { return try await client.checkoutSession(page.id).get() }
            }
            return nil
        }
    }
}

extension IntentPlace {
    /// Whether it belongs to a page of which nothing has been heard until now.
    fileprivate var isUnusedPage: Bool {
        hold.map { $0.origin == .page && $0.state == .requested } ?? payment.map { $0.origin == .page && $0.state == .requested } ?? false
    }
}
