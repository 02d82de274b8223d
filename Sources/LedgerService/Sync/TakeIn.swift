import Ledger
internal import LedgerStore
import Stripe

extension LedgerService {
    /// Takes in a found object: reads it again, compares it with its folio, and books what it holds or took. An unpaid page or attempt is
    /// withdrawn instead. It is never charged again.
    ///
    /// A hold takes the place of the one that it names. That one comes first when it was found as well.
    ///
    /// - Throws: `ServiceRefusal.foundObject` when it does not fit; nothing is changed then.
    func takeIn(_ id: String, _ difference: Difference, of tenant: Tenant, by actor: String) async throws {
        let client = try client(for: tenant)
        // Also what has gone back as a whole: it took money, and gave it back.
        guard let found = try store.read(of: tenant, { try $0.foundObject(id) }), found.takenIn == nil else { return }
        if found.kind == .session { return try await withdraw(page: id, found, difference, of: tenant, by: actor) }
        let intent = try await client.paymentIntent(id).orThrow(.readingPayment)
        let taken = try await placesTaken(by: intent, of: tenant, with: client)
        for (index, old) in taken.unknown.enumerated().reversed() {
            let waiting = try await store.write(of: tenant) { book -> FoundObject? in
                if case .found = try book.owner(of: old) { try book.noteFound(old) }
                return try book.foundObject(old.id)
            }
            guard let waiting, waiting.isWaiting, waiting.state != .open else { continue }
            let found = Difference(
                object: old.id, folio: difference.folio, ledger: difference.ledger, stripe: "\(old.status)", cause: difference.cause,
                mending: .takeIn(old.id))
            try await takeIn(old, waiting, replacing: Array(taken.ids[(index + 1)...]), found, of: tenant, by: actor)
        }
        try await takeIn(intent, found, replacing: taken.ids, difference, of: tenant, by: actor)
    }

    /// - Parameter older: The intents of the holds whose places it took, the newest first.
    private func takeIn(
        _ intent: PaymentIntent, _ found: FoundObject, replacing older: [String], _ difference: Difference, of tenant: Tenant,
        by actor: String
    ) async throws {
        let client = try client(for: tenant)
        var pages: [CheckoutSession] = []
        for try await page in client.checkoutSessions(paymentIntent: intent.id) { pages += page }
        guard FoundObject(intent, now: found.firstSeen).state != .open else {
            guard let open = pages.first(where: { $0.status == .open }) else {
                return try await cancel(found: intent, difference, of: tenant, by: actor)
            }
            return try await withdraw(page: open.id, found, difference, of: tenant, by: actor)
        }
        var refunds: [Stripe.Refund] = []
        for try await page in client.refunds(paymentIntent: intent.id) { refunds += page }
        let (page, given, returning) = (pages.first?.id, refunds, returnAddress)
        let said = try await saidOf(intent, of: tenant)
        try await keeping(difference, of: tenant, by: actor) { book in
            try book.takeIn(intent, page: page, replacing: older, by: actor, returning: returning)
            // Refunds already made are deducted.
            for refund in given.endedFirst { try book.apply(refund) }
            if let review = said.review { try book.apply(review) }
            for warning in said.warnings { try book.apply(warning, isCurrent: true) }
        }
        // Its customer or card may have been deleted since, with an event that is older than the file.
        if let folio = try store.read(of: tenant, { book in try found.reference.flatMap { try book.folio($0) } }) {
            try await readCard(of: folio, of: tenant)
        }
    }

    /// The intents of the holds whose places a found one took, one after the other, as far back as the newest that these books know. Pages
    /// that asked for a hold in that one's place are read: perhaps they are over since.
    ///
    /// - Returns: All of them, the newest first, and those that the books do not know.
    /// - Throws: `ServiceRefusal.stripeUnanswered`.
    private func placesTaken(
        by intent: PaymentIntent, of tenant: Tenant, with client: StripeClient
    ) async throws -> (ids: [String], unknown: [PaymentIntent]) {
        var (ids, unknown) = ([String](), [PaymentIntent]())
        var next = intent.metadata[LedgerMetadata.replaces]
        while let id = next, id != intent.id, !ids.contains(id), ids.count < Self.mostPlacesTaken {
            ids.append(id)
            let asked = try store.read(of: tenant) { book -> [String]? in
                guard let place = try book.hold(intent: id), let folio = try book.folio(number: place.folio) else { return nil }
                return try book.holds(of: folio).filter { $0.replaces == place.number && $0.state == .requested }.compactMap(\.session)
            }
            if let asked {
                for page in asked { try await readSession(page, of: tenant) }
                break
            }
            let outcome = await client.paymentIntent(id)
            if case .refused = outcome { break }
            let old = try outcome.orThrow(.readingPayment)
            // Anybody may write into metadata: one of another folio has given no place.
            guard old.metadata[LedgerMetadata.books] == tenant.booksID,
                old.metadata[LedgerMetadata.reference] == intent.metadata[LedgerMetadata.reference]
            else { break }
            unknown.append(old)
            next = old.metadata[LedgerMetadata.replaces]
        }
        return (ids, unknown)
    }

    /// A stay of many months has fewer holds in one chain.
    private static let mostPlacesTaken = 100

    /// Dismisses what only says that these books made it. One call makes one object: where the call made a page, an intent that no page names
    /// is a copy of what the page says.
    ///
    /// - Returns: Whether there was any.
    /// - Throws: `StripeFailure`, `ServiceRefusal.stripeUnanswered`.
    func dismissCopies(of tenant: Tenant, by actor: String) async throws -> Bool {
        let client = try client(for: tenant)
        var isAny = false
        for found in try store.read(of: tenant, { try $0.waitingFoundObjects() }) where found.kind == .intent && found.decision == nil {
            let intent = try await client.paymentIntent(found.id).orThrow(.readingPayment)
            var isNamed = false
            for try await pages in client.checkoutSessions(paymentIntent: found.id) where !pages.isEmpty { isNamed = true }
            guard !isNamed, try await hasPage(intent, of: tenant, with: client) else { continue }
            try await dismissFoundObject(found.id, reason: "its call made a page, and no page names it", of: tenant.id, by: actor)
            isAny = true
        }
        return isAny
    }

    /// Whether the call that an intent names made a page.
    ///
    /// - Throws: `StripeFailure`.
    private func hasPage(_ intent: PaymentIntent, of tenant: Tenant, with client: StripeClient) async throws -> Bool {
        // A page can be copied as long as it is open.
        for try await pages in client.checkoutSessions(since: intent.created.adding(seconds: -Self.pageSeconds)) {
            let keys = pages.filter { $0.metadata[LedgerMetadata.books] == tenant.booksID }.map { $0.metadata[LedgerMetadata.key] }
            if keys.contains(intent.metadata[LedgerMetadata.key]) { return true }
        }
        return false
    }

    private func withdraw(
        page: String, _ found: FoundObject, _ difference: Difference, of tenant: Tenant, by actor: String
    ) async throws {
        let key = random.key()
        let operation = try await store.write(of: tenant) { book in
            guard let folio = try found.reference.flatMap({ try book.folio($0) }) else {
                throw ServiceRefusal.foundObject(found.reference ?? "", id: found.id)
            }
            try book.add(Repair(difference, by: actor))
            return try book.plan(.withdrawPage, Requests.expire(session: page, key: key), folio: folio)
        }
        if case .refused = try await dispatch(operation, of: tenant) { try await readSession(page, of: tenant) }
        if found.kind == .intent {
            let now = try await client(for: tenant).paymentIntent(found.id).orThrow(.readingPayment)
            try await store.write(of: tenant) { _ = try $0.apply(now, returning: returnAddress) }
        }
    }

    private func cancel(found intent: PaymentIntent, _ difference: Difference, of tenant: Tenant, by actor: String) async throws {
        let key = random.key()
        let operation = try await store.write(of: tenant) { book -> Int64? in
            guard let folio = try intent.metadata[LedgerMetadata.reference].flatMap({ try book.folio($0) }),
                try !book.isBusy(intent: intent.id)
            else { return nil }
            try book.add(Repair(difference, by: actor))
            return try book.plan(
                .cancelOrphan, Requests.cancel(intent.id, key: key), folio: folio, intent: intent.id)
        }
        if let operation { try await dispatch(operation, of: tenant).orThrow() }
    }
}

extension Book {
    /// What stands against taking in what was found; `nil` when it fits.
    func obstacle(to found: FoundObject) throws -> FoundObject.Obstacle? {
        let folio = try found.reference.flatMap { try self.folio($0) }
        if folio == nil, let reference = found.reference, let stay = try stay(ofForgotten: reference) {
            return .noLateCharge(reference, stay: stay.reference)
        }
        let open = try folio.map { try totals(of: $0).open } ?? .zero(tenant.currency)
        let asked = try folio.map { try payments(of: $0).filter { $0.state == .requested && $0.origin == .page }.map(\.amount) }
        if let obstacle = found.obstacle(to: folio, open: open, asked: asked ?? [], currency: tenant.currency) { return obstacle }
        // What an unanswered call has done is not known, so neither is what the folio has open.
        if let folio, found.state == .held || found.state == .captured,
            try openOperations(folio: folio).contains(where: { $0.knownRules?.takesMoney == true })
        {
            return .operationOpen(folio.reference)
        }
        return nil
    }

    /// The hold that waits for its day, and was placed after the backup: otherwise it would be placed again. The one that was found may have
    /// taken its place since, also over more.
    private func unplacedHold(for intent: PaymentIntent, _ amount: Money, on folio: Folio) throws -> Hold? {
        let waiting = try holds(of: folio).filter {
            $0.origin == .savedCard && $0.state == .requested && $0.intent == nil && $0.session == nil
        }
        let isLater = intent.metadata[LedgerMetadata.replaces] != nil
        return waiting.first { String($0.number) == intent.metadata[LedgerMetadata.hold] && !isLater }
            ?? waiting.first { $0.amount == amount || (isLater && $0.amount.minorUnits < amount.minorUnits) }
    }

    /// Makes a found intent a hold, in the place of the newest that still covers of those whose places it took. Of what is over already it
    /// is no longer said that somebody else let it go.
    private func addHold(
        for intent: PaymentIntent, _ amount: Money, _ method: Ledger.PaymentMethod, page: String?, replacing older: [String],
        on folio: Folio
    ) throws -> Hold {
        let known = try holds(of: folio)
        let old = older.compactMap { id in known.first { $0.intent == id } }
        for var hold in old where hold.isReleasedAtStripe {
            hold.failure = nil
            try save(hold, of: folio)
            if case .holdReleasedAtStripe = folio.notice { try setNotice(nil, of: folio) }
        }
        if page == nil, old.isEmpty, let waiting = try unplacedHold(for: intent, amount, on: folio) { return waiting }
        let replaced = old.first { $0.state == .authorised }
        // Another one is on its way to that place: what became of it is known first.
        if let replaced, known.contains(where: { $0.replaces == replaced.number && [.requested, .authorised].contains($0.state) }) {
            throw ServiceRefusal.foundObject(folio.reference, id: intent.id)
        }
        return try addHold(amount, origin: page == nil ? .savedCard : .page, method: method, replacing: replaced, to: folio)
    }

    /// What a folio that was opened again asks for, when that is what the guest has paid on a page.
    private func pagelessPayment(of amount: Money, isFromPage: Bool, on folio: Folio) throws -> Payment? {
        guard isFromPage else { return nil }
        return try payments(of: folio).first {
            $0.state == .requested && $0.origin == .page && $0.session == nil && $0.intent == nil && $0.amount == amount
        }
    }

    /// Makes a found intent a hold or a payment of its folio, and books what it took. A check-out that is under way goes on with what is left.
    ///
    /// - Parameters:
    ///   - intent: As it is now.
    ///   - page: The session it was made by, when there is one.
    ///   - older: The intents of the holds whose places it took, the newest first.
    /// - Throws: `ServiceRefusal.foundObject` when it does not fit.
    fileprivate func takeIn(
        _ intent: PaymentIntent, page: String?, replacing older: [String], by actor: String, returning: ReturnAddress
    ) throws {
        guard case .found = try owner(of: intent) else { return }
        try noteFound(intent)
        guard let found = try foundObject(intent.id), found.takenIn == nil else { return }
        guard try obstacle(to: found) == nil, let folio = try found.reference.flatMap({ try folio($0) }) else {
            throw ServiceRefusal.foundObject(found.reference ?? "", id: found.id)
        }
        let facts = try IntentObservation(intent)
        let amount = Money(minorUnits: facts.amount, currency: tenant.currency)
        let method = facts.method ?? folio.method
        var place = IntentPlace(folio: folio)
        if intent.captureMethod == .manual {
            var hold = try addHold(for: intent, amount, method, page: page, replacing: older, on: folio)
            hold.session = page
            try save(hold, of: folio)
            place.hold = hold
        } else {
            var payment =
                try pagelessPayment(of: amount, isFromPage: page != nil, on: folio)
                ?? addPayment(amount, origin: page == nil ? .savedCard : .page, method: method, to: folio)
            payment.session = page
            try save(payment, of: folio)
            place.payment = payment
        }
        try apply(intent, as: place, returning: returning)
        try setTakenIn(found, by: actor)
        try tellFound(on: folio)
        guard let active = try activeCheckOut(of: folio), active.state == .running,
            let now = try self.folio(number: folio.number)
        else { return }
        let rest = try CheckOutPlan(try checkOutInput(of: now)).steps
        if rest != active.steps.filter({ $0.state == .waiting }).map(\.step) {
            try replaceWaitingSteps(of: active, by: rest, of: folio)
        }
    }
}

extension Book {
    /// Ends a check-out that waits for something found which took more than its folio has open. Lines were lost with the backup, and they
    /// can be entered on an open folio only: without this the one would wait for the other forever.
    func stopCheckOut(thatCannotGoOnOn number: Int64) throws {
        guard let folio = try folio(number: number), let active = try activeCheckOut(of: folio),
            active.state == .running, try openOperations(folio: folio).isEmpty
        else { return }
        let isTooMuch = try waitingFoundObjects(reference: folio.reference).contains {
            if case .amount = try obstacle(to: $0) { true } else { false }
        }
        guard isTooMuch else { return }
        try replaceWaitingSteps(of: active, by: [], of: folio)
        try setState(.incomplete, of: active, of: folio)
        try setState(.open, of: folio)
    }
}
