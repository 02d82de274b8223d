import Ledger
import LedgerService
import LedgerStore

/// What a replay came to, computed from the ledger and not from counters: a repeated one shows the same.
package struct ReplaySummary: Sendable {
    /// How many rows the file has.
    package var bookings = 0
    /// How many of them have a folio.
    package var folios = 0
    /// Folios that were closed by check-out.
    package var checkedOut = 0
    /// Folios that were closed by a cancellation.
    package var cancelled = 0
    /// Folios that were closed as a no-show.
    package var noShows = 0
    /// Folios that are not closed: an interrupted replay, or one that waits for a guest.
    package var unfinished = 0
    /// Bookings without a folio: the replay did not get there.
    package var withoutFolio = 0
    /// How many bookings have each of them; one booking may have several.
    package var oddities: [BookingOddity: Int] = [:]
    /// Lines, allowances and reversals by category.
    package var charged: [Category: Money] = [:]
    /// Taxes of all documents, added up document by document.
    package var taxes: [TaxRate: TaxTotal] = [:]
    /// Money taken, by where it came from.
    package var taken: [Payment.Origin: Money] = [:]
    /// Money given back, of all folios.
    package var refunded: Money
    /// What closed folios leave open because it is below Stripe's minimum.
    package var open: Money
    /// Holds that ended by the clock, on folios in any state.
    package var holdsExpired = 0
    /// All of the tenant's fees so far, by Stripe's balance transactions.
    package var stripeFees: Money
    /// What the holds came to.
    package var cover: CoverSummary
}

extension ReplaySummary {
    /// Sums up what became of the stays of a file.
    ///
    /// - Parameter store: The file of `ledger`, for what no verb shows.
    package init(of stays: [BookedStay], in tenant: Tenant, on ledger: LedgerService, _ store: Database) throws {
        refunded = .zero(tenant.currency)
        open = .zero(tenant.currency)
        cover = CoverSummary(in: tenant.currency)
        stripeFees = try store.read(of: tenant) { try $0.balance(of: .stripeFees) }
        let times = try store.read(of: tenant) { try HoldTimes(in: $0) }
        bookings = stays.count
        for stay in stays {
            for oddity in stay.oddities { oddities[oddity, default: 0] += 1 }
            do {
                let view = try ledger.folio(stay.booking.reference, of: tenant.id)
                try add(view)
                try cover.add(stay, view, times)
            } catch ServiceRefusal.folioNotFound { withoutFolio += 1 }
        }
    }
}

extension ReplaySummary {
    fileprivate mutating func add(_ view: FolioView) throws {
        let currency = view.tenant.currency
        folios += 1
        switch view.folio.state {
        case .checkedOut: checkedOut += 1
        case .cancelled: cancelled += 1
        case .noShow: noShows += 1
        case .open, .closing, .awaitingGuest: unfinished += 1
        }
        for line in view.lines { charged[line.category] = try (charged[line.category] ?? .zero(currency)).adding(line.gross) }
        for total in view.document?.taxes ?? [] {
            let sum = taxes[total.rate]
            taxes[total.rate] = TaxTotal(
                rate: total.rate, gross: try (sum?.gross ?? .zero(currency)).adding(total.gross),
                tax: try (sum?.tax ?? .zero(currency)).adding(total.tax))
        }
        for payment in view.payments { taken[payment.origin] = try (taken[payment.origin] ?? .zero(currency)).adding(payment.received) }
        refunded = try refunded.adding(view.totals.refunded)
        open = try open.adding(view.totals.open)
        holdsExpired += view.holds.count { $0.state == .expired }
    }
}
