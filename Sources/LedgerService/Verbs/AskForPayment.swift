import Ledger
internal import LedgerStore
import Stripe

extension LedgerService {
    /// Makes a page on which the guest pays an amount before check-out: a deposit, or what a hold does not cover.
    ///
    /// - Parameter method: How the guest is asked to pay; `nil`: by the folio's method, or by card where that has ended or Stripe refused it.
    /// - Returns: The folio; `folio.paymentURL` is the guest's page.
    /// - Throws: `ServiceRefusal.pageOpen` while the guest has a page, unless `asked` is another method than that of the page, which is withdrawn
    ///   then; `.pageUsed` when the guest was faster; the refusals of `openFolio` about amounts.
    package func askForPayment(
        _ amount: Money, with asked: Ledger.PaymentMethod? = nil, on reference: String, of tenantID: String, by actor: String,
        key: IdempotencyKey? = nil
    ) async throws -> FolioView {
        let (operationKey, returning) = (random.key(), returnAddress)
        return try await performWaiting(key, on: reference, of: tenantID) { tenant, _ in
            try await readGuest(of: reference, of: tenant)
            try await withdrawPage(of: reference, toAskWith: asked, tenant) { _ = try $0.checkPayment(amount, by: asked, on: $1) }
        } deciding: { book in
            let folio = try book.openFolio(reference)
            let method = try book.checkPayment(amount, by: asked, on: folio)
            if let url = folio.paymentURL { throw ServiceRefusal.pageOpen(url) }
            // Whoever names the card of a stay has it saved, as if the stay had been booked by card.
            let savesOtherCard = try asked != nil && book.savesOtherCard(method, of: folio)
            try book.renewConsent(of: folio, for: method)
            let payment = try book.addPayment(amount, origin: .page, method: method, to: folio)
            let page = try book.page(
                .payment(payment), of: folio, savesOtherCard: savesOtherCard, returning: returning, key: operationKey, for: key)
            let operation = try book.plan(.paymentPage, page, folio: folio, subject: payment.number)
            try book.addAskedPage(operation, by: actor)
            return Decision(on: folio, of: book.tenant, operation: operation)
        }.view
    }

    /// Reads the folio's customer and card at Stripe before a page is made for them: a customer who was deleted there is not named on it.
    /// A key that may not ask, or Stripe being silent, hinders nothing.
    func readGuest(of reference: String, of tenant: Tenant) async throws {
        let folio = try store.read(of: tenant) { try $0.knownFolio(reference) }
        guard !folio.state.isClosed, folio.customer != nil else { return }
        do { try await readCard(of: folio, of: tenant) } catch is StripeFailure {}
    }
}

extension Book {
    /// Whether a payment may be asked for, beside a page that is open. Writes nothing.
    ///
    /// - Parameter asked: The method that somebody names.
    /// - Returns: By which method the guest is asked.
    fileprivate func checkPayment(_ amount: Money, by asked: Ledger.PaymentMethod?, on folio: Folio) throws -> Ledger.PaymentMethod {
        try requireMayTake(on: folio)
        try amount.checkForStripe(tenant)
        return try payingMethod(asked, of: folio)
    }
}
