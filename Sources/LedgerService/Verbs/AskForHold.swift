import Ledger
internal import LedgerStore

extension LedgerService {
    /// Asks the guest for a hold once more: after a page was not used or a bank refused, or when the stay needs more cover.
    ///
    /// - Parameters:
    ///   - amount: Zero asks the guest to save a card, and for no hold.
    ///   - method: How the guest is asked to; `nil`: by the folio's method, or by card where Stripe refused that.
    /// - Returns: The folio; `folio.paymentURL` is the guest's page.
    /// - Throws: `ServiceRefusal.pageOpen` while the guest has a page; `.cardSavedAlready` when a saved card waits to be held;
    ///   the refusals of `openFolio` about amount and method.
    package func askForHold(
        _ amount: Money, with method: PaymentMethod? = nil, on reference: String, of tenantID: String, by actor: String,
        key: IdempotencyKey? = nil
    ) async throws -> FolioView {
        let (operationKey, returning) = (random.key(), returnAddress)
        return try await performWaiting(key, on: reference, of: tenantID) { tenant, _ in
            try await readGuest(of: reference, of: tenant)
        } deciding: { book in
            let folio = try book.openFolio(reference)
            try book.requireNotEnded()
            try book.requireMayTake(on: folio)
            guard folio.source == .reservation else { throw ServiceRefusal.reservedOnlyForReservations }
            let method = try book.holdingMethod(method, of: folio)
            guard amount.currency == book.tenant.currency else {
                throw MoneyError.currencyMismatch(book.tenant.currency, amount.currency)
            }
            if !amount.isZero { try amount.checkForStripe(book.tenant) }
            if let url = folio.paymentURL { throw ServiceRefusal.pageOpen(url) }
            if amount.isZero {
                guard method == .card else { throw ServiceRefusal.methodCannotBeSaved(method) }
                guard folio.savedCard == nil else { throw ServiceRefusal.cardSavedAlready }
                try book.requestCard(for: folio)
                let operation = try book.askForCard(on: folio, returning: returning, key: operationKey)
                try book.addAskedPage(operation, by: actor)
                return Decision(on: folio, of: book.tenant, operation: operation)
            }
            let days = StripeLimits.holdDays(method)
            if book.now.day(in: book.tenant.timeZone).days(until: folio.departure) >= days {
                guard method == .card else { throw ServiceRefusal.tooFarAheadForMethod(method, days: days) }
                guard folio.savedCard == nil else { throw ServiceRefusal.cardSavedAlready }
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
