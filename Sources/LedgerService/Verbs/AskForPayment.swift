import Ledger
import LedgerStore

extension LedgerService {
    /// Makes a page on which the guest pays an amount before check-out: a deposit, or what a hold does not cover.
    ///
    /// - Returns: The folio; `folio.pageURL` is the guest's page.
    /// - Throws: `ServiceRefusal.pageOpen` while the guest has a page; the refusals of `openFolio` about amounts.
    package func askForPayment(_ amount: Money, on reference: String, of tenantID: String, by actor: String) async throws -> FolioView {
        let (key, returning) = (random.key(), returnAddress)
        return try await carryOut(on: reference, of: tenantID) { transaction, tenant in
            let folio = try transaction.openFolio(reference, of: tenant)
            try transaction.requireMayTake(of: tenant, on: folio)
            try amount.checkForStripe(tenant)
            if let url = folio.pageURL { throw ServiceRefusal.pageOpen(url) }
            // A method that Stripe has ended may be gone from the account by now.
            let method = folio.method.endedOn == nil ? folio.method : .card
            try transaction.renewConsent(of: folio, of: tenant)
            let payment = try transaction.addPayment(amount, origin: .page, method: method, to: folio, of: tenant)
            let request = try Requests.page(.payment(payment), of: folio, tenant, returning: returning, key: key)
            let operation = try transaction.plan(.paymentPage, request, folio: folio, subject: payment.number, of: tenant)
            return Decision(on: folio, of: tenant, operation: operation)
        }.view
    }
}
