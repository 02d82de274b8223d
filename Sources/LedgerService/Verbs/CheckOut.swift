import Ledger
internal import LedgerStore
import Stripe

/// What a check-out would do, before anybody presses the button.
package struct CheckOutPreview: Sendable {
    /// As of the moment of planning.
    package let view: FolioView
    /// Its id is to be given back when the plan is carried out.
    package let plan: CheckOutPlan
}

/// The outcome of a check-out, cancellation or no-show.
package struct CheckOutResult: Sendable {
    /// The folio afterwards.
    package let view: FolioView
    /// With its steps; `awaitingGuest` when the guest has to pay on a page.
    package let checkOut: CheckOut
}

extension CheckOutPlan {
    /// - Parameter shown: The id of the plan that was shown; `nil`: none was.
    /// - Throws: `ServiceRefusal.planChanged`.
    fileprivate func require(_ shown: String?) throws {
        guard shown == nil || id == shown else { throw ServiceRefusal.planChanged(self) }
    }
}

extension Completed {
    /// - Precondition: A check-out was decided on.
    var ended: CheckOutResult { CheckOutResult(view: view, checkOut: checkOut!) }
}

extension LedgerService {
    /// The plan as things stand now. Changes nothing.
    ///
    /// - Throws: `ServiceRefusal.folioClosed` and the like.
    package func checkOutPreview(_ reference: String, of tenantID: String) throws -> CheckOutPreview {
        try store.read(of: tenantID) { book in
            let folio = try book.openFolio(reference)
            return CheckOutPreview(
                view: try book.view(of: folio),
                plan: try CheckOutPlan(try book.checkOutInput(of: folio)))
        }
    }

    /// Carries out the plan that was shown: takes what is due, lets the rest of the holds go, closes the folio, issues the document.
    ///
    /// - Parameters:
    ///   - planID: The id of the plan that was shown.
    ///   - nothingCharged: Whether somebody has said that a folio on which nothing is charged is to be closed.
    ///   - isConfirmed: Whether the person has typed the password again for this.
    /// - Throws: `ServiceRefusal.planChanged` with the new plan, when anything changed since; nothing is taken then. `.nothingCharged` for a
    ///   folio without any line, or with lines that cancel out.
    ///   `.stripeUnanswered` when Stripe's answer is missing: the check-out is stored and `sync` carries it on.
    package func checkOut(
        _ reference: String, plan planID: String, nothingCharged: Bool = false, of tenantID: String, isConfirmed: Bool = false,
        by actor: String, key: IdempotencyKey? = nil
    ) async throws -> CheckOutResult {
        // Who has no key for the request is known by the plan: asked for again while its check-out is unfinished, it is carried on.
        if key == nil, let resumed = try await resume(reference, planID, of: tenantID) { return resumed }
        return try await close(
            reference, as: .checkedOut, shown: planID, mayBeEmpty: nothingCharged, of: tenantID, isConfirmed: isConfirmed, by: actor,
            key: key
        ) {
            _, _ in []
        }
    }

    private func resume(_ reference: String, _ planID: String, of tenantID: String) async throws -> CheckOutResult? {
        let tenant = try tenant(tenantID)
        let decision = try store.read(of: tenant) { book -> Decision? in
            let folio = try book.knownFolio(reference)
            guard let active = try book.activeCheckOut(of: folio), active.plan == planID else { return nil }
            return Decision(on: folio, of: tenant, checkOut: active.number)
        }
        guard let decision else { return nil }
        try await requireStripe(of: tenantID)
        return try await complete(decision, of: tenant).ended
    }

    /// Closes a folio: withdraws open pages, adds its last lines, stores the plan, and carries it out.
    ///
    /// - Parameters:
    ///   - planID: Any other plan is refused; `nil` if no plan was shown.
    ///   - mayBeEmpty: Whether a folio on which nothing is charged may be closed so.
    ///   - last: The lines that end the folio's account, such as a cancellation fee.
    func close(
        _ reference: String, as outcome: Folio.State, shown planID: String?, mayBeEmpty: Bool, of tenantID: String, isConfirmed: Bool,
        by actor: String, key: IdempotencyKey?, adding last: @escaping @Sendable (borrowing Book, Folio) throws -> [LineItem]
    ) async throws -> CheckOutResult {
        try await performWaiting(key, on: reference, of: tenantID) { tenant, _ in
            // Before pages are withdrawn, too: what is refused takes no page from the guest.
            try store.read(of: tenant) { book in
                let folio = try book.openFolio(reference)
                try book.requireMayTake(on: folio)
                let facts = try book.checkOutInput(of: folio, with: last(book, folio))
                try CheckOutPlan(facts).require(planID)
                guard mayBeEmpty || !facts.charged.isZero else { throw ServiceRefusal.nothingCharged(reference) }
            }
            try await withdrawPages(reference, of: tenant)
            try await readHolds(of: reference, of: tenant)
            try await readRefunds(of: reference, of: tenant)
        } deciding: { book in
            let folio = try book.openFolio(reference)
            try book.requireMayTake(on: folio)
            for line in try last(book, folio) { try book.add(line, to: folio, by: actor) }
            let facts = try book.checkOutInput(of: folio)
            let plan = try CheckOutPlan(facts)
            try plan.require(planID)
            guard mayBeEmpty || !facts.charged.isZero else { throw ServiceRefusal.nothingCharged(reference) }
            try allowGivingBack(plan.givenBack, on: folio, by: actor, asker: key?.asker, isConfirmed: isConfirmed, book)
            try book.dropUnplacedHolds(of: folio)
            let checkOut = try book.startCheckOut(plan, outcome: outcome, by: actor, of: folio)
            if folio.notice?.isSettledByCheckOut == true { try book.setNotice(nil, of: folio) }
            return Decision(on: folio, of: book.tenant, checkOut: checkOut)
        }.ended
    }

    /// A page on which the guest could still pay must be gone before money is taken another way. If the guest was faster,
    /// that is taken in, and the plan changes.
    ///
    /// - Returns: The sessions of those that were open.
    @discardableResult
    func withdrawPages(_ reference: String, of tenant: Tenant) async throws -> [String] {
        let random = random
        let pages = try await store.write(of: tenant) { book in
            let folio = try book.openFolio(reference)
            return try book.openPages(of: folio).map { session in
                (
                    session: session,
                    operation: try book.plan(
                        .withdrawPage, Requests.expire(session: session, key: random.key()), folio: folio)
                )
            }
        }
        for page in pages {
            switch try await dispatch(page.operation, of: tenant) {
            case .done: break
            case .refused: try await readSession(page.session, of: tenant)
            case .unknown: throw ServiceRefusal.operationInProgress(reference)
            case .parked(let what): throw ServiceRefusal.operationParked(page.operation, what)
            }
        }
        return pages.map(\.session)
    }

    /// Reads a page again and takes in what happened to it.
    func readSession(_ id: String, of tenant: Tenant) async throws {
        let session = try await client(for: tenant).checkoutSession(id).orThrow(.readingPage)
        try await store.write(of: tenant) { try $0.apply(session, returning: returnAddress) }
    }
}

extension Book {
    /// The sessions of all pages that the guest could still use.
    func openPages(of folio: Folio) throws -> [String] {
        var sessions = try holds(of: folio).filter { $0.state == .requested }.compactMap(\.session)
        sessions += try payments(of: folio).filter { $0.state == .requested && $0.origin == .page }.compactMap(\.session)
        if let card = try cardOnFile(of: folio), card.state == .requested, let session = card.session {
            sessions.append(session)
        }
        return sessions
    }

    /// Holds that were to be placed later are not needed any more.
    func dropUnplacedHolds(of folio: Folio) throws {
        for var hold in try holds(of: folio) where hold.state == .requested && hold.intent == nil {
            hold.state = .released
            try save(hold, of: folio)
        }
    }
}

extension StripeOutcome {
    /// For reads: what is not an answer is Stripe being out of reach.
    ///
    /// - Throws: `ServiceRefusal.stripeRefused`, `.stripeUnanswered`.
    func orThrow(_ what: Phrase) throws -> Value {
        switch self {
        case .answer(let value): return value
        case .refused(let error): throw ServiceRefusal.stripeRefused(what: what, why: Failure(error))
        case .unknown: throw ServiceRefusal.stripeUnanswered(what: what)
        }
    }
}
