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
    /// Reads the guest's open page before another one takes its place: a guest who was faster is heard first.
    ///
    /// - Parameter check: Whether the new page may be asked for.
    /// - Throws: `ServiceRefusal.pageUsed`; `.stripeUnanswered`; what `check` throws.
    func hearGuest(
        of reference: String, beforeAskingWith method: PaymentMethod?, _ tenant: Tenant,
        ifAllowed check: (borrowing Book, Folio) throws -> Void
    ) async throws {
        let pages = try store.read(of: tenant) { book -> [String] in
            let folio = try book.openFolio(reference)
            guard try book.page(of: folio, isReplacedBy: method) else { return [] }
            try check(book, folio)
            return try book.openPages(of: folio)
        }
        for page in pages {
            // Where Stripe does not show it, its withdrawal tells.
            do { try await readSession(page, of: tenant) } catch ServiceRefusal.stripeRefused {}
        }
        let isUsed = try store.read(of: tenant) { book in
            let folio = try book.knownFolio(reference)
            return try pages.contains { try book.isUsed(page: $0, of: folio) }
        }
        if isUsed { throw ServiceRefusal.pageUsed(reference) }
    }
}

extension Book {
    /// The guest's open pages that a page with another method takes the place of. The method of theirs may be gone from the account by now, so
    /// that nobody can pay there. With the same method, or with none named, they stay.
    ///
    /// - Throws: `ServiceRefusal.pageOpen` where they stay.
    func pagesReplaced(by method: PaymentMethod?, on folio: Folio) throws -> [String] {
        guard let url = folio.paymentURL else { return [] }
        guard try page(of: folio, isReplacedBy: method) else { throw ServiceRefusal.pageOpen(url) }
        return try openPages(of: folio)
    }

    fileprivate func page(of folio: Folio, isReplacedBy method: PaymentMethod?) throws -> Bool {
        guard let method, let page = try PageSubject(of: folio, holds(of: folio), payments(of: folio)) else { return false }
        return page.method != method
    }
}
