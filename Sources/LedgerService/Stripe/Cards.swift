import Ledger
internal import LedgerStore
import Stripe

// What becomes of saved cards by others' hands: the guest takes another, the bank renews it, the owner or the guest removes it.

extension Book {
    /// Takes in what Stripe says about a card. A card renewed by its bank stays valid, with its new digits. A card without a customer can
    /// never be charged again.
    func apply(_ card: Stripe.PaymentMethod) throws {
        guard card.customer != nil else { return try applyMissing(card: card.id) }
        for folio in try folios(savedCard: card.id) {
            guard let facts = card.card, let brand = facts.brand, let last4 = facts.last4 else { continue }
            _ = try renewCard(
                card.id, brand: brand, last4: last4, expires: CardExpiry.text(facts.expiryYear, facts.expiryMonth), of: folio)
        }
    }

    /// The card is not there at Stripe, or belongs to nobody there.
    func applyMissing(card: String) throws {
        for folio in try folios(savedCard: card) { try lose(.detached, of: folio) }
        try loseForGood(card: card)
    }

    /// The customer was deleted at Stripe, and all cards of it are detached. Holds live on: their intents decide.
    func applyDeleted(customer: String) throws {
        // A card that is kept for late charges is lost, too.
        for folio in try closedFoliosWithCard(customer: customer) { try lose(.customerDeleted, of: folio) }
        for folio in try openFolios(customer: customer) {
            try lose(.customerDeleted, of: folio)
            for hold in try holds(of: folio) { try hold.paymentMethod.map { try loseForGood(card: $0) } }
            try withdrawPages(madeFor: customer, of: folio)
        }
        try loseCustomer(customer)
    }

    /// Takes back the folio's open pages that name a customer who is no more: nobody can pay on them.
    private func withdrawPages(madeFor customer: String, of folio: Folio) throws {
        let calls = try openOperations(folio: folio).filter { $0.kind == OperationKind.withdrawPage.rawValue }
        for session in try openPages(of: folio, madeFor: customer) where !calls.contains(where: { $0.pathID == session }) {
            let key = "withdraw-\(session)"
            guard try operation(key: key, of: folio) == nil else { continue }
            _ = try plan(.withdrawPage, Requests.expire(session: session, key: key), folio: folio)
        }
    }

    private func openPages(of folio: Folio, madeFor customer: String) throws -> [String] {
        var named: [String] = []
        for session in try openPages(of: folio) {
            let made = try callMaking(page: session, of: folio)
            if made?.parameter("customer") == customer { named.append(session) }
        }
        return named
    }

    /// The call that made a page of the folio's.
    private func callMaking(page session: String, of folio: Folio) throws -> Operation? {
        if let place = try hold(session: session) {
            return try operations(OperationKind.holdPage.rawValue, of: folio).last { $0.subject == place.number }
        }
        if let place = try payment(session: session) {
            return try operations(OperationKind.paymentPage.rawValue, of: folio).last { $0.subject == place.number }
        }
        return try operations(OperationKind.setupPage.rawValue, of: folio).last
    }

    /// The saved card can no longer be charged: no step of any plan does, and the folio says so.
    func lose(_ why: Folio.CardRemoval, of folio: Folio) throws {
        // The cards of a customer who is deleted are detached, and that news may come first.
        guard folio.savedCard != nil || (folio.cardRemoval == .detached && why == .customerDeleted) else { return }
        try removeCard(why, of: folio)
        if !folio.state.isClosed { try setNotice(.cardRemoved(why), of: folio) }
    }

    /// Asks the guest of a stay to agree that a card is saved. What was asked for before is asked for again, unless more is to be held;
    /// what the guest of a saved card has agreed to stays.
    ///
    /// - Parameters:
    ///   - amount: What is to be held; `nil` for nothing, or no more than before.
    ///   - ceiling: What the booking names for it; see `Tenant.cardTerms`.
    func requestCard(for folio: Folio, holding amount: Money? = nil, ceiling: Money? = nil) throws {
        let before = try cardOnFile(of: folio)
        guard before?.state != .saved else { return }
        let held = amount ?? .zero(tenant.currency)
        var terms = tenant.cardTerms(of: folio, holding: held, ceiling: ceiling)
        if let before, before.terms.allows(held) { terms.ceiling = before.terms.ceiling }
        try requestCard(for: folio, consent: Consent.text(terms, of: folio, to: tenant), terms: terms)
    }

    /// A page on which the guest can save a card asks for the consent anew, when the card before was lost, or more is to be held than the
    /// guest was asked to agree to.
    ///
    /// - Parameter amount: What the page holds; `nil` for a payment.
    func renewConsent(of folio: Folio, for method: Ledger.PaymentMethod, holding amount: Money? = nil) throws {
        guard folio.source == .reservation, folio.method == .card, method == .card, let card = try cardOnFile(of: folio) else { return }
        let isShort = card.state == .requested && !(amount.map(card.terms.allows) ?? true)
        guard folio.cardRemoval != nil || isShort else { return }
        try requestCard(for: folio, holding: amount)
    }

    /// Detaches the cards that another took the place of, as soon as nothing depends on them: no live hold, no payment on its way, no call.
    func letGoPastCards(of folio: Folio) throws {
        let past = try pastCards(of: folio).filter { !$0.isDetached }
        guard !past.isEmpty else { return }
        let (holds, payments) = (try holds(of: folio), try payments(of: folio))
        guard try !openOperations(folio: folio).contains(where: { $0.knownRules?.makesIntent == true }) else { return }
        for card in past {
            // What was made before cards were noted may be on any of them.
            func isOn(_ method: String?) -> Bool { method == nil || method == card.paymentMethod }
            guard !holds.contains(where: { ($0.state == .authorised || $0.state == .replaced) && isOn($0.paymentMethod) }),
                !payments.contains(where: { $0.state == .processing && isOn($0.paymentMethod) }),
                // Another folio of the guest's may have it saved.
                try self.folios(savedCard: card.paymentMethod).isEmpty
            else { continue }
            let key = "forget-\(card.paymentMethod)"
            guard try operation(key: key, of: folio) == nil else { continue }
            _ = try plan(
                .detachCard, Requests.forget(card: card.paymentMethod, key: key), folio: folio, subject: card.number)
        }
    }
}

extension LedgerService {
    /// Reads the card at Stripe that the folio's bill is taken from, and its customer, and takes in what happened to them.
    ///
    /// - Throws: `StripeFailure` when Stripe does not answer.
    func readCard(of folio: Folio, of tenant: Tenant) async throws {
        if let customer = folio.customer { try await readCustomer(customer, of: tenant) }
        guard let card = try store.read(of: tenant, { try $0.cardHolder(of: folio).savedCard }) else { return }
        try await readCard(card.paymentMethod, of: tenant)
    }

    /// - Throws: `StripeFailure` when Stripe does not answer.
    func readCustomer(_ id: String, of tenant: Tenant) async throws {
        switch await (try client(for: tenant)).customer(id) {
        case .answer(let customer):
            if customer.deleted == true { try await store.write(of: tenant) { try $0.applyDeleted(customer: id) } }
        case .refused(let error):
            guard error.code == .resourceMissing else { throw StripeFailure.refused(error) }
            try await store.write(of: tenant) { try $0.applyDeleted(customer: id) }
        case .unknown(let uncertainty): throw StripeFailure.unknown(uncertainty)
        }
    }

    /// - Throws: `StripeFailure` when Stripe does not answer.
    func readCard(_ id: String, of tenant: Tenant) async throws {
        switch await (try client(for: tenant)).paymentMethod(id) {
        case .answer(let card): try await store.write(of: tenant) { try $0.apply(card) }
        case .refused(let error):
            guard error.code == .resourceMissing else { throw StripeFailure.refused(error) }
            try await store.write(of: tenant) { try $0.applyMissing(card: id) }
        case .unknown(let uncertainty): throw StripeFailure.unknown(uncertainty)
        }
    }

    /// Detaches cards that were replaced, once nothing depends on them any more.
    func letGoPastCards(of tenant: Tenant) async throws {
        let folios = try store.read(of: tenant) { try $0.foliosWithPastCards() }
        guard !folios.isEmpty else { return }
        try await store.write(of: tenant) { book in
            for number in folios {
                guard let folio = try book.folio(number: number) else { continue }
                try book.letGoPastCards(of: folio)
            }
        }
    }
}
