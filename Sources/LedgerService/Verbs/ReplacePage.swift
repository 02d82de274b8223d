import Ledger
internal import LedgerStore

/// What the guest is asked for on the page that is open.
package enum PageSubject: Sendable {
    case hold(Hold)
    case payment(Payment)
    /// A card that is saved, and nothing else.
    case card

    /// The method that the page asks for.
    package var method: PaymentMethod {
        switch self {
        case .hold(let hold): hold.method
        case .payment(let payment): payment.method
        case .card: .card
        }
    }

    /// - Returns: `nil` where the guest has no page.
    init?(of folio: Folio, _ holds: [Hold], _ payments: [Payment]) {
        guard let url = folio.paymentURL else { return nil }
        func shows(_ session: String?) -> Bool { session.map { url.contains($0) } ?? false }
        if let hold = holds.first(where: { shows($0.session) }) {
            self = .hold(hold)
        } else if let payment = payments.first(where: { shows($0.session) }) {
            self = .payment(payment)
        } else {
            self = .card
        }
    }
}

extension FolioView {
    /// What the guest is asked for now; `nil` where there is no open page.
    package var pageSubject: PageSubject? { PageSubject(of: folio, holds, payments) }
}

extension LedgerService {
    /// Withdraws the guest's open page when somebody names another method than it asks for: its own may be gone from the account by now, so
    /// that nobody can pay there. With the same method, or with none named, it stays.
    ///
    /// - Parameter check: Whether the new page may be asked for: what is refused takes no page from the guest.
    /// - Throws: `ServiceRefusal.pageUsed` when the guest was faster; what `check` throws.
    func withdrawPage(
        of reference: String, toAskWith method: PaymentMethod?, _ tenant: Tenant, ifAllowed check: (borrowing Book, Folio) throws -> Void
    ) async throws {
        guard let method else { return }
        let isOther = try store.read(of: tenant) { book in
            let folio = try book.openFolio(reference)
            let page = try PageSubject(of: folio, book.holds(of: folio), book.payments(of: folio))
            guard let page, page.method != method else { return false }
            try check(book, folio)
            return true
        }
        guard isOther else { return }
        let pages = Set(try await withdrawPages(reference, of: tenant))
        let isUsed = try store.read(of: tenant) { book in
            let folio = try book.knownFolio(reference)
            func isOurs(_ session: String?) -> Bool { session.map(pages.contains) ?? false }
            return try book.holds(of: folio).contains { isOurs($0.session) && $0.state != .failed }
                || book.payments(of: folio).contains { isOurs($0.session) && $0.state != .failed }
                || book.cardOnFile(of: folio).map { isOurs($0.session) && $0.state != .failed } == true
        }
        if isUsed { throw ServiceRefusal.pageUsed(reference) }
    }
}
