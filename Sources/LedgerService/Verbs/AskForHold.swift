import Ledger
internal import LedgerStore

extension LedgerService {
    /// Asks the guest for a hold once more: after a page was not used or a bank refused, or when the stay needs more cover.
    ///
    /// - Parameters:
    ///   - amount: Zero asks the guest to save a card, and for no hold.
    ///   - method: How the guest is asked to; `nil`: by the folio's method, or by card where Stripe refused that.
    /// - Returns: The folio; `folio.paymentURL` is the guest's page.
    /// - Throws: `ServiceRefusal.pageOpen` while the guest has a page, unless `method` is another than that of the page, which is withdrawn then;
    ///   `.pageUsed` when the guest was faster; `.cardSavedAlready` when a saved card waits to be held;
    ///   the refusals of `openFolio` about amount and method.
    package func askForHold(
        _ amount: Money, with method: PaymentMethod? = nil, on reference: String, of tenantID: String, by actor: String,
        key: IdempotencyKey? = nil
    ) async throws -> FolioView {
        let (operationKey, returning) = (random.key(), returnAddress)
        return try await performWaiting(key, on: reference, of: tenantID) { tenant, _ in
            try await readGuest(of: reference, of: tenant)
            try await withdrawPage(of: reference, toAskWith: method, tenant) { _ = try $0.checkHold(amount, by: method, on: $1) }
        } deciding: { book in
            let folio = try book.openFolio(reference)
            try book.requireNotEnded()
            let method = try book.checkHold(amount, by: method, on: folio)
            if let url = folio.paymentURL { throw ServiceRefusal.pageOpen(url) }
            if amount.isZero {
                try book.requestCard(for: folio)
                let operation = try book.askForCard(on: folio, returning: returning, key: operationKey)
                try book.addAskedPage(operation, by: actor)
                return Decision(on: folio, of: book.tenant, operation: operation)
            }
            if book.isFarAhead(folio, for: method) {
                // The amount for the card that was never saved is requested again.
                try book.dropUnplacedHolds(of: folio)
                try book.requestCard(for: folio, holding: amount)
            }
            try book.renewConsent(of: folio, for: method, holding: amount)
            let operation = try book.reserve(amount, by: method, on: folio, returning: returning, key: operationKey, for: key)
            try book.addAskedPage(operation, by: actor)
            return Decision(on: folio, of: book.tenant, operation: operation)
        }.view
    }
}

extension Book {
    /// Whether a hold may be asked for, beside a page that is open. Writes nothing.
    ///
    /// - Parameter asked: The method that somebody names.
    /// - Returns: By which method the guest is asked.
    fileprivate func checkHold(_ amount: Money, by asked: PaymentMethod?, on folio: Folio) throws -> PaymentMethod {
        try requireMayTake(on: folio)
        if folio.stay != nil { throw LateChargeRefusal.hold(folio.reference) }
        guard folio.source == .reservation else { throw ServiceRefusal.reservedOnlyForReservations }
        let method = try holdingMethod(asked, of: folio)
        guard amount.currency == tenant.currency else { throw MoneyError.currencyMismatch(tenant.currency, amount.currency) }
        if !amount.isZero { try amount.checkForStripe(tenant) }
        if amount.isZero, method != .card { throw ServiceRefusal.methodCannotBeSaved(method) }
        let isFarAhead = isFarAhead(folio, for: method)
        if isFarAhead, method != .card { throw ServiceRefusal.tooFarAheadForMethod(method, days: StripeLimits.holdDays(method)) }
        if amount.isZero || isFarAhead, folio.savedCard != nil { throw ServiceRefusal.cardSavedAlready }
        return method
    }

    /// Whether a hold that is placed now would end before the stay does: then a card is saved for it.
    fileprivate func isFarAhead(_ folio: Folio, for method: PaymentMethod) -> Bool {
        now.day(in: tenant.timeZone).days(until: folio.departure) >= StripeLimits.holdDays(method)
    }
}
