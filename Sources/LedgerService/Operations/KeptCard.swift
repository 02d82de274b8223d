import Ledger
internal import LedgerStore

// A saved card is kept as long as the guest has agreed that it may be charged, and no longer.

extension Book {
    /// Decides to detach the saved card of a closed folio, once its days are over and nothing depends on it: see `Folio.cardIsKept`.
    ///
    /// - Returns: The operation; nil when the card stays, or the call was made before.
    func letGoSavedCard(of folio: Folio) throws -> Int64? {
        guard let card = folio.savedCard, try !awaitsReading() else { return nil }
        // Stripe can show one card for two folios of a guest.
        for holder in try folios(savedCard: card.paymentMethod) {
            guard try !needsCard(holder) else { return nil }
        }
        let key = "forget-\(card.paymentMethod)"
        guard try operation(key: key, of: folio) == nil else { return nil }
        return try plan(.detachCard, Requests.forget(card: card.paymentMethod, key: key), folio: folio)
    }

    /// Whether a folio's saved card is of use yet: it is not closed, its days are not over, or something of it or its late charges is not.
    private func needsCard(_ folio: Folio) throws -> Bool {
        guard folio.state.isClosed else { return true }
        if let last = folio.cardIsKept(in: tenant.timeZone), now.day(in: tenant.timeZone) <= last { return true }
        for one in try [folio] + lateCharges(of: folio) where try isMoneyUnderWay(on: one) { return true }
        return false
    }

    /// Whether a hold, a charge, a link or a dispute of a folio is not over, or something found at Stripe waits for it.
    private func isMoneyUnderWay(on folio: Folio) throws -> Bool {
        if folio.state == .closing || folio.state == .awaitingGuest || folio.paymentURL != nil { return true }
        if try openOperations(folio: folio).contains(where: { !$0.movesNothing }) { return true }
        if try holds(of: folio).contains(where: { !$0.state.isFinal && ($0.state != .requested || $0.session != nil) }) { return true }
        if try payments(of: folio).contains(where: { $0.state == .requested || $0.state == .processing }) { return true }
        return try hasOpenDispute(on: folio) || !waitingFoundObjects(reference: folio.reference).isEmpty
    }
}

extension LedgerService {
    /// Detaches the cards that are kept no longer, once nothing depends on them any more. The calls are stored; what sends operations sends
    /// them until Stripe has answered.
    func letGoSavedCards(of tenant: Tenant) async throws {
        let folios = try store.read(of: tenant) { try $0.foliosWithCardToDetach() }
        guard !folios.isEmpty else { return }
        try await store.write(of: tenant) { book in
            for number in folios {
                guard let folio = try book.folio(number: number) else { continue }
                _ = try book.letGoSavedCard(of: folio)
            }
        }
    }
}
