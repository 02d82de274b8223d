import Ledger
internal import LedgerStore
import Stripe

// What becomes of saved cards by others' hands: the guest takes another, the bank renews it, the owner or the guest removes it.

extension Transaction {
    /// Takes in what Stripe says of a card: renewed by its bank it stays good, and its new digits are shown. One that belongs to nobody any
    /// more can never be charged again.
    func apply(_ card: Stripe.PaymentMethod, of tenant: Tenant) throws {
        guard card.customer != nil else { return try applyMissing(card: card.id, of: tenant) }
        for folio in try folios(savedCard: card.id, of: tenant) {
            guard let facts = card.card, let brand = facts.brand, let last4 = facts.last4 else { continue }
            _ = try renewCard(
                card.id, brand: brand, last4: last4, expires: CardExpiry.text(facts.expiryYear, facts.expiryMonth), of: folio, of: tenant)
        }
    }

    /// The card is not there at Stripe, or belongs to nobody there.
    func applyMissing(card: String, of tenant: Tenant) throws {
        for folio in try folios(savedCard: card, of: tenant) { try lose(.detached, of: folio, of: tenant) }
        try loseForGood(card: card, of: tenant)
    }

    /// The customer was deleted at Stripe, and all cards of it are detached. Holds live on: their intents decide.
    func applyDeleted(customer: String, of tenant: Tenant) throws {
        let folios = try openFolios(customer: customer, of: tenant)
        for folio in folios {
            try lose(.customerDeleted, of: folio, of: tenant)
            for hold in try holds(of: folio, of: tenant) { try hold.paymentMethod.map { try loseForGood(card: $0, of: tenant) } }
            try withdrawPages(madeFor: customer, of: folio, of: tenant)
        }
        try loseCustomer(customer, of: tenant)
    }

    /// Takes back the folio's open pages that name a customer who is no more: nobody can pay on them.
    private func withdrawPages(madeFor customer: String, of folio: Folio, of tenant: Tenant) throws {
        let calls = try openOperations(of: tenant, folio: folio).filter { $0.kind == OperationKind.withdrawPage.rawValue }
        for session in try openPages(of: folio, madeFor: customer, of: tenant) where !calls.contains(where: { $0.pathID == session }) {
            let key = "withdraw-\(session)"
            guard try operation(key: key, of: folio, of: tenant) == nil else { continue }
            _ = try plan(.withdrawPage, Requests.expire(session: session, key: key), folio: folio, of: tenant)
        }
    }

    private func openPages(of folio: Folio, madeFor customer: String, of tenant: Tenant) throws -> [String] {
        var named: [String] = []
        for session in try openPages(of: folio, of: tenant) {
            let made = try callMaking(page: session, of: folio, of: tenant)
            if made?.parameter("customer") == customer { named.append(session) }
        }
        return named
    }

    /// The call that made a page of the folio's.
    private func callMaking(page session: String, of folio: Folio, of tenant: Tenant) throws -> Operation? {
        if let place = try hold(session: session, of: tenant) {
            return try operations(OperationKind.holdPage.rawValue, of: folio, of: tenant).last { $0.subject == place.number }
        }
        if let place = try payment(session: session, of: tenant) {
            return try operations(OperationKind.paymentPage.rawValue, of: folio, of: tenant).last { $0.subject == place.number }
        }
        return try operations(OperationKind.setupPage.rawValue, of: folio, of: tenant).last
    }

    /// The saved card can no longer be charged: no step of any plan does, and the folio says so.
    func lose(_ why: Folio.CardRemoval, of folio: Folio, of tenant: Tenant) throws {
        // The cards of a customer who is deleted are detached, and that news may come first.
        guard folio.savedCard != nil || (folio.cardRemoval == .detached && why == .customerDeleted) else { return }
        try removeCard(why, of: folio, of: tenant)
        if !folio.state.isClosed { try setNotice(.cardRemoved(why), of: folio, of: tenant) }
    }

    /// A page on which the guest can save a card again asks for the consent anew, when the card before was lost.
    func renewConsent(of folio: Folio, of tenant: Tenant) throws {
        guard folio.cardRemoval != nil, folio.source == .reservation, folio.method == .card else { return }
        try requestCard(for: folio, of: tenant, consent: Consent.text(folio, tenant))
    }

    /// Detaches the cards that another took the place of, as soon as nothing depends on them: no live hold, no payment on its way, no call.
    func letGoPastCards(of folio: Folio, of tenant: Tenant) throws {
        let past = try pastCards(of: folio, of: tenant).filter { !$0.isDetached }
        guard !past.isEmpty else { return }
        let (holds, payments) = (try holds(of: folio, of: tenant), try payments(of: folio, of: tenant))
        let calls = try openOperations(of: tenant, folio: folio).compactMap { OperationKind(rawValue: $0.kind) }
        guard !calls.contains(where: { $0 == .placeHold || $0 == .chargeSavedCard }) else { return }
        for card in past {
            // What was made before cards were noted may be on any of them.
            func isOn(_ method: String?) -> Bool { method == nil || method == card.paymentMethod }
            guard !holds.contains(where: { $0.state == .authorised && isOn($0.paymentMethod) }),
                !payments.contains(where: { $0.state == .processing && isOn($0.paymentMethod) })
            else { continue }
            let key = "forget-\(card.paymentMethod)"
            guard try operation(key: key, of: folio, of: tenant) == nil else { continue }
            _ = try plan(
                .detachCard, Requests.forget(card: card.paymentMethod, key: key), folio: folio, subject: card.number, of: tenant)
        }
    }
}

extension LedgerService {
    /// Reads the folio's saved card at Stripe and takes in what became of it.
    ///
    /// - Throws: `StripeFailure` when Stripe does not answer.
    func readCard(of folio: Folio, of tenant: Tenant) async throws {
        let client = try client(for: tenant)
        if let customer = folio.customer { try await readCustomer(customer, of: tenant, with: client) }
        guard let card = folio.savedCard?.paymentMethod else { return }
        try await readCard(card, of: tenant, with: client)
    }

    private func readCustomer(_ id: String, of tenant: Tenant, with client: StripeClient) async throws {
        switch await client.customer(id) {
        case .answer(let customer):
            if customer.deleted == true { try await store.write { try $0.applyDeleted(customer: id, of: tenant) } }
        case .refused(let error):
            guard error.code == .resourceMissing else { throw StripeFailure.refused(error) }
            try await store.write { try $0.applyDeleted(customer: id, of: tenant) }
        case .unknown(let uncertainty): throw StripeFailure.unknown(uncertainty)
        }
    }

    private func readCard(_ id: String, of tenant: Tenant, with client: StripeClient) async throws {
        switch await client.paymentMethod(id) {
        case .answer(let card): try await store.write { try $0.apply(card, of: tenant) }
        case .refused(let error):
            guard error.code == .resourceMissing else { throw StripeFailure.refused(error) }
            try await store.write { try $0.applyMissing(card: id, of: tenant) }
        case .unknown(let uncertainty): throw StripeFailure.unknown(uncertainty)
        }
    }

    /// Detaches cards that were replaced, once nothing depends on them any more.
    func letGoPastCards(of tenant: Tenant) async throws {
        let folios = try store.read { try $0.foliosWithPastCards(of: tenant) }
        guard !folios.isEmpty else { return }
        try await store.write { transaction in
            for number in folios {
                guard let folio = try transaction.folio(number: number, of: tenant) else { continue }
                try transaction.letGoPastCards(of: folio, of: tenant)
            }
        }
    }
}
