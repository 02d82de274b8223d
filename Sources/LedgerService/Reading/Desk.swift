import Ledger
internal import LedgerStore

/// One line of a list at the desk.
package struct DeskEntry: Sendable {
    /// Without lines, holds, payments and refunds.
    package let folio: Folio
    /// As of `DeskDay.asOf`.
    package let totals: FolioTotals
    /// When the first of the live holds runs out; `nil` without one, or when its bank names no end.
    package let heldUntil: Instant?
    /// A hold expired and none is live.
    package let holdExpired: Bool
    /// The card is saved, and no hold was ever asked for: a stay that costs nothing at booking.
    package let hasCardOnly: Bool
    /// The guest was asked for a payment and has not made it.
    package let awaitsPayment: Bool
    /// The guest's bank contests a payment, or has taken one back.
    package let isContested: Bool
    /// As in `FolioSummary`.
    package let riskNotices: [RiskNotice]
}

/// Reception's day: who comes, stays and leaves.
package struct DeskDay: Sendable {
    /// Whose day it is.
    package let tenant: Tenant
    /// The day looked at, in the tenant's time zone.
    package let day: Day
    /// The day that the tenant's calendar shows now.
    package let today: Day
    /// Only the lists that were asked for.
    package let lists: [DayList: Part<DeskEntry>]
    /// What all guests together owe for late charges; zero where their list was not asked for.
    package let openLateCharges: Money
    /// The instant for which holds were judged live.
    package let asOf: Instant

    /// - Precondition: The list was asked for.
    package subscript(_ list: DayList) -> Part<DeskEntry> { lists[list]! }
}

extension LedgerService {
    /// - Parameters:
    ///   - day: `nil` for the tenant's today.
    ///   - window: Which part of a list is looked at; `nil` for none of it.
    /// - Throws: `TenantNotFound`.
    package func desk(
        on day: Day? = nil, of tenantID: String, _ window: (DayList) -> Window? = { _ in Window(limit: 100) }
    ) throws -> DeskDay {
        try store.read(of: tenantID) { book in
            let today = book.now.day(in: book.tenant.timeZone)
            let day = day ?? today
            var lists: [DayList: Part<DeskEntry>] = [:]
            for list in DayList.allCases {
                guard let window = window(list) else { continue }
                lists[list] = try book.folios(list, on: day, window).map { try book.deskEntries($0) }
            }
            let late = try lists[.lateCharges] == nil ? .zero(book.tenant.currency) : book.openLateCharges()
            return DeskDay(tenant: book.tenant, day: day, today: today, lists: lists, openLateCharges: late, asOf: book.now)
        }
    }

    /// Folios by the beginnings of words in the guest's name, the address, the reference or the room, by cards, amounts and Stripe's ids; the
    /// latest first.
    ///
    /// - Throws: `TenantNotFound`.
    package func search(_ text: String, of tenantID: String, _ window: Window = Window(limit: 50)) throws -> Part<DeskEntry> {
        try store.read(of: tenantID) { book in
            try book.folios(matching: text, window).map { try book.deskEntries($0) }
        }
    }

    /// The orders of the shop, the latest first.
    ///
    /// - Throws: `TenantNotFound`.
    package func orders(of tenantID: String, _ window: Window = Window(limit: 50)) throws -> Part<DeskEntry> {
        try store.read(of: tenantID) { book in
            try book.orders(window).map { try book.deskEntries($0) }
        }
    }

    /// Names the place where the guest stays; `nil` or an empty text takes the name away.
    ///
    /// - Throws: `ServiceRefusal.textTooLong`, `.folioNotFound`; `TenantNotFound`.
    package func setRoom(_ room: String?, of reference: String, of tenantID: String) async throws {
        let room = try room.flatMap(checkedRoom)
        try await store.write(of: tenantID) { book in
            try book.setRoom(room, of: try book.knownFolio(reference))
        }
    }

    /// The check-out that runs or waits for the guest, else the latest one; `nil` before the first.
    ///
    /// - Throws: `ServiceRefusal.folioNotFound`; `TenantNotFound`.
    package func latestCheckOut(of reference: String, of tenantID: String) throws -> CheckOut? {
        try store.read(of: tenantID) { book in
            try book.checkOuts(of: try book.knownFolio(reference)).last
        }
    }
}

/// - Returns: The room's name without blanks around it; `nil` when nothing is left.
/// - Throws: `ServiceRefusal.textTooLong`.
func checkedRoom(_ text: String) throws -> String? {
    let room = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !room.isEmpty else { return nil }
    try TextRule.roomName.check(room)
    return room
}

extension Book {
    func deskEntries(_ folios: [Folio]) throws -> [DeskEntry] {
        var entries: [DeskEntry] = []
        for folio in folios { entries.append(try deskEntry(folio)) }
        return entries
    }

    private func deskEntry(_ folio: Folio) throws -> DeskEntry {
        let holds = try holds(of: folio)
        let live = holds.filter { $0.isLive(at: now) }
        let payments = try payments(of: folio)
        let totals = try totals(of: folio, holds: holds)
        return DeskEntry(
            folio: try told(folio, totals, holds: holds), totals: totals, heldUntil: live.compactMap(\.captureBefore).min(),
            holdExpired: live.isEmpty && holds.contains { $0.state == .expired || $0.state == .authorised },
            hasCardOnly: holds.isEmpty && folio.savedCard != nil,
            awaitsPayment: payments.contains { $0.state == .requested },
            isContested: payments.contains { $0.refundRefusal == .contested },
            riskNotices: RiskNotice.all(on: folio, holds, payments, now: now))
    }
}
