import Ledger
internal import LedgerStore
import Stripe

/// Whose an object at Stripe is. What stands in its metadata proves nothing by itself: anybody who may write on the account may write that.
enum Owner<Place> {
    /// Its Stripe id is known here, or its books and its key name one of our operations. What anybody does to it counts.
    case ours(Place)
    /// It carries our books' id, and no operation here made it: it was made after the restored backup.
    case found
    /// Anything else, such as a shop's or another ledger's on the same account.
    case foreign
}

/// A page of ours that an intent says it is behind.
enum ClaimedPage {
    /// By its Stripe id.
    case known(String)
    /// The call that makes it has no answer yet.
    case unanswered
}

/// Where on a folio an intent belongs: to a hold or to a payment.
struct IntentPlace {
    let folio: Folio
    var hold: Hold?
    var payment: Payment?
}

extension Operation {
    /// Whether an object with this metadata is what this operation made.
    func isMaker(of metadata: Metadata, _ tenant: Tenant) -> Bool {
        metadata[LedgerMetadata.key] == idempotencyKey && metadata[LedgerMetadata.books] == tenant.booksID
    }

    /// Whether this page is what it asked for, as far as a page shows it.
    func hasAsked(for session: CheckoutSession) -> Bool {
        func asks(_ name: String, for shown: String?) -> Bool { parameter(name) == shown.map(Form.percentEncoded) }
        return asks("success_url", for: session.successURL) && asks("client_reference_id", for: session.clientReferenceID)
            && asks("mode", for: session.mode?.rawValue)
            && (session.mode == .setup || asks("line_items[0][price_data][unit_amount]", for: session.amountTotal.map { String($0) }))
    }

    /// Whether this refund is what it asked for.
    func hasAsked(for refund: Stripe.Refund) -> Bool {
        parameter("payment_intent") == refund.paymentIntent && parameter("amount") == String(refund.amount)
    }

    /// A parameter of the call as it is sent: percent-encoded.
    func parameter(_ name: String) -> String? {
        body.split(separator: "&").first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
    }

    /// Whether it charges the customer that the intent belongs to; a call that names none leaves it to Stripe to make one.
    fileprivate func namesCustomer(of intent: PaymentIntent) -> Bool {
        parameter("customer").map { $0 == intent.customer } ?? true
    }
}

extension Book {
    /// The operation that made an object, with its folio; both stand in the metadata, and the books' id must be ours.
    private func maker(of metadata: Metadata) throws -> (operation: Operation, folio: Folio)? {
        guard let key = metadata[LedgerMetadata.key], let number = metadata[LedgerMetadata.folio].flatMap({ Int64($0) }),
            let folio = try folio(number: number), let operation = try operation(key: key, of: folio),
            operation.isMaker(of: metadata, tenant)
        else { return nil }
        return (operation, folio)
    }

    /// An object of the other mode is never ours, whoever hands it over.
    private func isOfOurMode(_ livemode: Bool?) -> Bool {
        guard let livemode, let ours = tenant.isLive else { return true }
        return livemode == ours
    }

    func owner(of intent: PaymentIntent) throws -> Owner<IntentPlace> {
        guard isOfOurMode(intent.livemode) else { return .foreign }
        if let place = try place(ofIntent: intent.id) { return .ours(place) }
        if let (operation, folio) = try maker(of: intent.metadata) {
            // Metadata can be copied onto any other object. What its operation did not ask for is not what it made, and what is behind a
            // page only the page tells: see `page(claimedBy:)`.
            guard operation.knownRules?.makesPage != true, intent.currency == tenant.currency.code,
                let place = try place(of: operation, on: folio),
                place.intent == nil, try place.hasAsked(for: intent), operation.namesCustomer(of: intent)
            else { return .foreign }
            return .ours(place)
        }
        return try isFound(intent.id, intent.metadata) ? .found : .foreign
    }

    /// The page that an intent says it is behind: one of ours, of which no intent is known yet.
    func page(claimedBy intent: PaymentIntent) throws -> ClaimedPage? {
        guard isOfOurMode(intent.livemode), try place(ofIntent: intent.id) == nil,
            let (operation, folio) = try maker(of: intent.metadata), operation.knownRules?.makesPage == true,
            let place = try place(of: operation, on: folio), place.intent == nil
        else { return nil }
        return place.session.map { .known($0) } ?? (operation.isOpen ? .unanswered : nil)
    }

    /// Whether it carries our books' id and nobody has dismissed it.
    private func isFound(_ id: String, _ metadata: Metadata) throws -> Bool {
        guard metadata[LedgerMetadata.books] == tenant.booksID else { return false }
        return try foundObject(id)?.decision != .dismissed
    }

    /// The hold or payment whose intent this is, by Stripe's id.
    private func place(ofIntent id: String) throws -> IntentPlace? {
        if let known = try hold(intent: id), let folio = try folio(number: known.folio) {
            return IntentPlace(folio: folio, hold: try holds(of: folio).first { $0.number == known.number })
        }
        if let known = try payment(intent: id), let folio = try folio(number: known.folio) {
            return IntentPlace(folio: folio, payment: try payments(of: folio).first { $0.number == known.number })
        }
        return nil
    }

    /// The hold or payment that an operation makes an intent for.
    private func place(of operation: Operation, on folio: Folio) throws -> IntentPlace? {
        guard let rules = operation.knownRules, rules.makesPage || rules.makesIntent else { return nil }
        switch rules.subject {
        case .hold: return try hold(of: operation, on: folio).map { IntentPlace(folio: folio, hold: $0) }
        case .payment: return try payment(of: operation, on: folio).map { IntentPlace(folio: folio, payment: $0) }
        case .refund, .card, .nothing: return nil
        }
    }

    /// Whose a page is; for one of ours, the hold or payment that it is for, where its Stripe id is known.
    func owner(of session: CheckoutSession) throws -> Owner<IntentPlace?> {
        guard isOfOurMode(session.livemode) else { return .foreign }
        if let known = try hold(session: session.id), let folio = try folio(number: known.folio) {
            return .ours(IntentPlace(folio: folio, hold: try holds(of: folio).first { $0.number == known.number }))
        }
        if let known = try payment(session: session.id), let folio = try folio(number: known.folio) {
            return .ours(IntentPlace(folio: folio, payment: try payments(of: folio).first { $0.number == known.number }))
        }
        if try folioSavingCard(session: session.id) != nil { return .ours(nil) }
        if try maker(of: session.metadata) != nil { return .ours(nil) }
        return try isFound(session.id, session.metadata) ? .found : .foreign
    }

    /// The unanswered operation, with its folio, that made a page unknown here: the answer never arrived, or arrived after the restored backup.
    /// A page that expired unused is over and is created again.
    func unansweredMaker(of session: CheckoutSession) throws -> (operation: Operation, folio: Folio)? {
        guard case .ours(.none) = try owner(of: session), let found = try maker(of: session.metadata),
            found.operation.isOpen, session.status != .expired, found.operation.hasAsked(for: session)
        else { return nil }
        guard let rules = found.operation.knownRules, rules.makesPage else { return nil }
        switch rules.subject {
        case .hold, .payment: return session.mode == .payment ? found : nil
        case .card: return session.mode == .setup ? found : nil
        case .refund, .nothing: return nil
        }
    }

    /// The refund of ours that this is: by Stripe's id, or by the operation that made it.
    func known(_ refund: Stripe.Refund) throws -> (folio: Folio, refund: Ledger.Refund)? {
        if let known = try self.refund(stripeID: refund.id), let folio = try folio(number: known.folio) {
            return try refunds(of: folio).first { $0.number == known.number }.map { (folio, $0) }
        }
        guard let (operation, folio) = try maker(of: refund.metadata), operation.kind == OperationKind.refund.rawValue,
            operation.hasAsked(for: refund),
            let known = try refunds(of: folio).first(where: { $0.number == operation.subject }), known.stripeID == nil,
            let intent = refund.paymentIntent, let payment = try payment(intent: intent), payment.folio == folio.number,
            payment.number == known.payment
        else { return nil }
        return (folio, known)
    }

    /// Whether these books made a refund after the restored backup.
    func isMadeAfterBackup(_ refund: Stripe.Refund) throws -> Bool {
        try refund.metadata[LedgerMetadata.books] == tenant.booksID && restored() != nil && maker(of: refund.metadata) == nil
    }
}

extension IntentPlace {
    /// The intent that its hold or payment has already.
    fileprivate var intent: String? { hold?.intent ?? payment?.intent }

    /// Stripe's id of the page that it is behind; nil where there is none.
    var session: String? { hold?.session ?? payment?.session }

    /// Whether its hold or payment asked for what this intent is.
    fileprivate func hasAsked(for intent: PaymentIntent) throws -> Bool {
        let amount = try IntentObservation(intent).amount
        if let hold {
            let asked = hold.amount.minorUnits
            // What is held on a saved card, of a customer whom the call names, may have been raised since.
            let fits = hold.origin == .savedCard ? amount >= asked : amount == asked
            return intent.captureMethod == .manual && fits
        }
        guard let payment else { return false }
        return intent.captureMethod != .manual && amount == payment.amount.minorUnits
    }
}

// MARK: - What is not ours

extension Book {
    /// Keeps a found intent as it stands, and tells it on its folio.
    func noteFound(_ intent: PaymentIntent) throws { try note(FoundObject(intent, now: now)) }

    func noteFound(_ session: CheckoutSession) throws { try note(FoundObject(session, now: now)) }

    private func note(_ found: FoundObject) throws {
        guard try save(found), let reference = found.reference, let folio = try folio(reference) else { return }
        try tellFound(on: folio)
    }

    /// Puts what was found for a folio on it, or takes that notice back when nothing waits any more.
    func tellFound(on folio: Folio) throws {
        guard let folio = try self.folio(number: folio.number) else { return }
        let waiting = try waitingFoundObjects(reference: folio.reference)
        if let first = waiting.first {
            let units = waiting.filter { $0.currency == first.currency }.map(\.amount).clampedSum
            let amount = Money(minorUnits: units, currency: Currency(first.currency) ?? tenant.currency)
            let notice = FolioNotice.foundAtStripe(amount)
            if folio.notice != notice { try setNotice(notice, of: folio) }
        } else if folio.notice?.code == FolioNotice.foundCode {
            try setNotice(nil, of: folio)
        }
    }

    /// Keeps that other books are at work on this account, once for each.
    func noteForeign(_ metadata: Metadata, object: String) throws {
        guard let books = metadata[LedgerMetadata.books], books != tenant.booksID else { return }
        try noteForeignBooks(books, object: object)
    }
}

extension FoundObject {
    init(_ intent: PaymentIntent, now: Instant) {
        func units(_ integer: Int64) -> Int64 { (try? StripeAmount(stripe: integer, currency: intent.currency).minorUnits) ?? integer }
        let taken = max(0, intent.amountReceived - (intent.latestCharge?.object?.amountRefunded ?? 0))
        let (state, amount): (State, Int64) =
            switch intent.status {
            // What was taken of it already counts as taken, also when all of it went back, and what it still holds comes with it.
            case .requiresCapture: intent.amountReceived > 0 ? (.captured, taken) : (.held, intent.amountCapturable)
            case .succeeded: (intent.amountReceived > 0 ? .captured : .closed, taken)
            // The guest has paid, and the money is on its way.
            case .processing: (.captured, intent.amount)
            case .canceled: (intent.amountReceived > 0 ? .captured : .closed, taken)
            default: (.open, intent.amount)
            }
        self.init(
            id: intent.id, kind: .intent, reference: intent.metadata[LedgerMetadata.reference], customer: intent.customer,
            amount: units(amount), currency: intent.currency, state: state, status: intent.status.rawValue, firstSeen: now)
    }

    /// A page takes money through its intent, which is found by itself: it counts only as long as somebody may use it.
    init(_ session: CheckoutSession, now: Instant) {
        let amount = session.amountTotal ?? 0
        let currency = session.currency ?? ""
        self.init(
            id: session.id, kind: .session, reference: session.metadata[LedgerMetadata.reference], customer: session.customer,
            amount: (try? StripeAmount(stripe: amount, currency: currency).minorUnits) ?? amount, currency: currency,
            state: session.status == .open && session.mode == .payment ? .open : .closed, status: session.status?.rawValue ?? "unknown",
            firstSeen: now)
    }
}
