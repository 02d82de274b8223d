import Ledger
internal import LedgerStore
import Stripe

extension LedgerService {
    /// Books every balance transaction since the last one: fees, disputes, payouts, reserves. Then it finds out whose the others are.
    ///
    /// One that cannot be read or booked is tried again at each sync, and holds up no other.
    ///
    /// - Returns: How many were new.
    /// - Throws: `ServiceRefusal.stripeUnreachable` and the like when the list cannot be read.
    func bookMovements(of tenant: Tenant) async throws -> Int {
        var booked = 0
        do {
            for try await page in try newMovements(of: tenant) { booked += try await book(page, of: tenant) }
        } catch StripeFailure.refused(let error) where error.code == .resourceMissing {
            // The last known one is of an account that the tenant had before: take all there is. What is booked already stays as it is.
            do {
                for try await page in try client(for: tenant).balanceTransactions() { booked += try await book(page, of: tenant) }
            } catch let failure as StripeFailure { throw failure.refusal(.readingMovements) }
        } catch let failure as StripeFailure {
            throw failure.refusal(.readingMovements)
        }
        try await readUnreadable(of: tenant)
        try await explainMovements(of: tenant)
        return booked
    }

    /// Stripe's list from the last movement on that these books have seen.
    func newMovements(of tenant: Tenant) throws -> Pages<BalanceTransaction> {
        let cursor = try store.read(of: tenant) { try $0.cursor(of: .balanceTransactions) }
        return try client(for: tenant).balanceTransactions(after: cursor)
    }

    private func book(_ page: ListSlice<BalanceTransaction>, of tenant: Tenant) async throws -> Int {
        let unreadable = page.unreadable
        let booked = try await book(Array(page), of: tenant)
        try await store.write(of: tenant) { book in
            for element in unreadable { try book.noteUnreadable(element.id, .unanswered(.unusable, words: element.why)) }
            try book.setCursor(page.newestID, of: .balanceTransactions)
        }
        return booked
    }

    /// Books movements in one transaction, or each in its own when one of them cannot be booked.
    ///
    /// - Returns: How many were new.
    private func book(_ movements: [BalanceTransaction], of tenant: Tenant) async throws -> Int {
        do {
            return try await store.write(of: tenant) { book in try movements.count { try book.take($0) } }
        } catch let error where Self.isOfTheFile(error) || error is CancellationError {
            throw error
        } catch  where movements.count > 1 {
            var booked = 0
            for movement in movements { booked += try await book([movement], of: tenant) }
            return booked
        } catch {
            try await store.write(of: tenant) { book in
                for movement in movements { try book.noteUnreadable(movement.id, Failure(unusable: error)) }
            }
            return 0
        }
    }

    /// Keeps entries of a list that could not be read, so that they are tried again, and shown until then.
    func noteUnreadable(_ elements: [UnreadableElement], of tenant: Tenant) async throws {
        guard !elements.isEmpty else { return }
        try await store.write(of: tenant) { book in
            for element in elements { try book.noteUnreadable(element.id, .unanswered(.unusable, words: element.why)) }
        }
    }

    /// Tries again what could not be read or booked before, also what was dismissed.
    private func readUnreadable(of tenant: Tenant) async throws {
        for object in try store.read(of: tenant, { try $0.unreadableObjects() }) where object.state != .read {
            let id = object.id
            if try await readByItself(id, of: tenant) { try await store.write(of: tenant) { try $0.forgetUnreadable(id) } }
        }
    }

    /// Reads one object again, see `byItself`.
    ///
    /// What cannot be read by its id waits for a person, with the reason that is known.
    ///
    /// - Returns: Whether it was taken in, or is not there.
    @discardableResult
    func readByItself(_ id: String, of tenant: Tenant) async throws -> Bool {
        guard let listed = ListedObject(id: id) else { return false }
        return try await byItself(id, of: tenant) { try await readAgain(listed, id, of: tenant) }
    }

    /// Reads one object, and takes in what it says.
    ///
    /// - Throws: `StripeFailure` when it cannot be read; what taking it in throws.
    private func readAgain(_ listed: ListedObject, _ id: String, of tenant: Tenant) async throws {
        let client = try client(for: tenant)
        switch listed {
        case .balanceTransaction:
            let movement = try await client.balanceTransaction(id).get()
            try await store.write(of: tenant) { _ = try $0.take(movement) }
        case .intent: try await learn(intent: id, of: tenant)
        case .refund:
            try await takeIn(try await client.refund(id).get(), of: tenant)
        case .dispute:
            let dispute = try await client.dispute(id).get()
            try await store.write(of: tenant) { try $0.apply(dispute) }
        case .payout:
            let payout = try await client.payout(id).get()
            try await store.write(of: tenant) { try $0.apply(payout) }
        case .session:
            let session = try await client.checkoutSession(id).get()
            try await store.write(of: tenant) { try $0.apply(session, returning: returnAddress) }
        case .event:
            let event = try await client.event(id).get()
            let sorted = SortedEvent(event, isLive: try stripeAccount(of: tenant).secretKey.isLive, account: try accountID(of: tenant))
            try await store.write(of: tenant) { _ = try $0.take(sorted) }
        case .customer: try await readCustomer(id, of: tenant)
        case .card: try await readCard(id, of: tenant)
        case .charge:
            // What it tells comes with its intent; one without an intent is nobody's here.
            if let intent = try await client.charge(id).get().paymentIntent { try await learn(intent: intent, of: tenant) }
        }
    }

    /// Reads an intent and takes in what it says; one of somebody else changes nothing.
    ///
    /// - Throws: `StripeFailure` when it cannot be read.
    private func learn(intent id: String, of tenant: Tenant) async throws {
        let intent = try await client(for: tenant).paymentIntent(id).get()
        let page = try await page(claimedBy: intent, of: tenant)
        try await store.write(of: tenant) { try $0.apply(intent, behind: page, returning: returnAddress) }
    }
}

/// Whose an intent is, without its place.
private enum IntentOwner: Sendable {
    case ours, found
    /// Also one that carries these books' id and was dismissed, or copies it.
    case foreign(carriesBooks: Bool)
}

/// What an id names, by how it begins.
private enum ListedObject {
    case balanceTransaction, charge, intent, refund, dispute, payout, session, event, customer, card

    /// - Returns: `nil` for anything else.
    init?(id: String) {
        switch id.prefix(while: { $0 != "_" }) {
        case "txn": self = .balanceTransaction
        case "ch", "py": self = .charge
        case "pi": self = .intent
        case "re", "pyr": self = .refund
        case "du", "dp", "pdp": self = .dispute
        case "po": self = .payout
        case "cs": self = .session
        case "evt": self = .event
        case "cus": self = .customer
        case "pm": self = .card
        default: return nil
        }
    }
}

// MARK: - Whose they are

extension LedgerService {
    /// Finds out whose the movements are that wait, or were dismissed unread: reads what each came from. What is ours is explained by then; the
    /// amount of any other goes to suspense. One whose object cannot be read waits, with the reason.
    private func explainMovements(of tenant: Tenant) async throws {
        for unread in try store.read(of: tenant, { try $0.unreadMovements() }) {
            do { try await explain(unread, of: tenant) } catch {
                let why = try await ownTrouble(error, of: tenant)
                try await store.write(of: tenant) { try $0.setFailure(why, of: unread.movement) }
            }
        }
    }

    /// - Throws: `StripeFailure` when what it came from cannot be read; what taking that in throws.
    private func explain(_ known: UnexplainedMovement, of tenant: Tenant) async throws {
        let movement = known.movement
        var carriesBooks = false
        var ours: String?
        switch movement.explanation {
        case .itself, .nothing: break
        case .payment, .refund:
            guard let intent = try await intent(behind: movement, of: tenant) else { break }
            try await store.write(of: tenant) { try $0.setIntent(intent, of: movement) }
            switch try await owner(ofIntent: intent, of: tenant) {
            case .ours:
                ours = intent
                if case .refund(let id?, _) = movement.explanation {
                    try await takeIn(try await client(for: tenant).refund(id).get(), of: tenant)
                }
            case .found where known.state == .waiting:
                // It waits until somebody has decided about what was found.
                return try await store.write(of: tenant) { try $0.setFailure(nil, of: movement) }
            case .found: carriesBooks = true
            case .foreign(let marked): carriesBooks = marked
            }
        }
        let (intent, isMarked) = (ours, carriesBooks)
        try await store.write(of: tenant) { book in
            _ = try book.settle(movement, carriesBooks: isMarked)
            if movement.kind == .chargeFailure, let intent { try book.takeBackFailed(intent: intent) }
        }
    }

    /// The intent that a movement is about: as the list has said, or as the object behind it says.
    ///
    /// - Returns: `nil` when that belongs to no intent, or does not exist: then it is not ours.
    /// - Throws: `StripeFailure` when it cannot be read.
    private func intent(behind movement: BalanceMovement, of tenant: Tenant) async throws -> String? {
        if let intent = movement.intent { return intent }
        guard let source = movement.source else { return nil }
        let client = try client(for: tenant)
        do {
            switch ListedObject(id: source) {
            case .charge: return try await client.charge(source).get().paymentIntent
            case .refund: return try await client.refund(source).get().paymentIntent
            case .dispute: return try await client.dispute(source).get().paymentIntent
            case .intent: return source
            case .payout, .balanceTransaction, .session, .event, .customer, .card, nil: return nil
            }
        } catch StripeFailure.refused(let error) where error.code == .resourceMissing {
            return nil
        }
    }

    /// Reads the intent, takes in what it says, and tells whose it is.
    private func owner(ofIntent id: String, of tenant: Tenant) async throws -> IntentOwner {
        // A hold whose capture has not been heard of has no payment yet, and a refund needs that.
        if try store.read(of: tenant, { try $0.payment(intent: id) != nil }) { return .ours }
        let intent: PaymentIntent
        do { intent = try await client(for: tenant).paymentIntent(id).get() } catch StripeFailure.refused(let error)
            where error.code == .resourceMissing
        {
            return .foreign(carriesBooks: false)
        }
        let page = try await page(claimedBy: intent, of: tenant)
        return try await store.write(of: tenant) { book in
            try book.apply(intent, behind: page, returning: returnAddress)
            switch try book.owner(of: intent) {
            case .ours: return .ours
            case .found: return .found
            case .foreign: return .foreign(carriesBooks: intent.metadata[LedgerMetadata.books] == book.tenant.booksID)
            }
        }
    }
}

extension Book {
    /// Keeps a balance transaction: books it, or keeps that the account moves another currency.
    ///
    /// - Returns: Whether it is new in these books.
    /// - Throws: `StripeAmountError` for an amount that the ledger cannot hold.
    func take(_ transaction: BalanceTransaction) throws -> Bool {
        guard transaction.currency == tenant.currency.code else {
            try keep(
                movementInOtherCurrency: transaction.id, currency: transaction.currency, type: transaction.type.rawValue,
                amount: transaction.amount, fee: transaction.fee, intent: transaction.source?.paymentIntentID, created: transaction.created)
            return false
        }
        let movement = try BalanceMovement(transaction)
        guard try book(movement) else { return false }
        if movement.kind == .chargeFailure, let intent = movement.intent { try takeBackFailed(intent: intent) }
        // Everything of ours carries our books' id, and Stripe copies it to the charge.
        if let charge = transaction.source?.charge?.object, movement.kind == .charge || movement.kind == .chargeFailure,
            charge.metadata[LedgerMetadata.books] != tenant.booksID
        {
            try settle(movement, carriesBooks: false)
        }
        return true
    }
}
