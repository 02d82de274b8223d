import Ledger
internal import LedgerStore

/// What is kept about one tenant's unfinished business with Stripe.
package struct OpenOperation: Sendable {
    /// Counts from 1 over all tenants; `operation retry` and `dismiss` name it.
    package let number: Int64
    /// The folio's reference; `nil` for an operation that belongs to none.
    package let folio: String?
    /// What it does at Stripe, in a few words.
    package let what: Phrase
    /// Whether it waits for the operator; otherwise it is sent again automatically.
    package let isParked: Bool
    /// How often it was sent.
    package let attempts: Int
    /// When it was decided, by the books' clock.
    package let since: Instant
    /// Why there is no answer; `nil` while it was not tried yet.
    package let why: Failure?
    /// The same for the operator, in English.
    package var problem: String? { why?.technical }
}

extension LedgerService {
    /// Operations that wait for Stripe's answer or for the operator.
    package func openOperations(of tenantID: String) throws -> [OpenOperation] {
        try store.read(of: tenantID) { book in
            try (book.waitingOperations() + book.parkedOperations()).map { operation in
                OpenOperation(
                    number: operation.number,
                    folio: try operation.folio.flatMap { try book.folio(number: $0)?.reference },
                    what: operation.words, isParked: operation.state == .parked,
                    attempts: operation.attempts, since: operation.createdAt, why: operation.failure)
            }
        }
    }

    /// The tenant's journal, entry by entry; one month of it when given.
    ///
    /// - Parameter date: By which date an entry is of the month.
    /// - Throws: `TenantNotFound`; `DamagedEntry` at a row that cannot be read.
    package func eachEntry(
        of tenantID: String, in month: Month? = nil, by date: JournalDate = .occurredOn,
        _ body: (JournalEntry, _ hash: [UInt8]) throws -> Void
    ) throws {
        try store.read(of: tenantID) { try $0.eachEntry(in: month, by: date, body) }
    }

    /// Recomputes every tenant's books, and the fee runs over all of them.
    ///
    /// - Parameter progress: Called with the tenant's id and the number of entries read so far.
    package func verify(progress: (String, Int64) -> Void = { _, _ in }) throws -> [(tenant: Tenant, check: BookCheck)] {
        try store.read { transaction in
            let runs = try transaction.feeRunDefects()
            let tenants = try transaction.tenants()
            return try tenants.map { tenant in
                var check = try transaction.withBook(of: tenant) { try $0.verify { progress(tenant.id, $0) } }
                // A run that has lost its rows names nobody: the first tenant is told.
                check.defects += runs.filter { $0.tenant == tenant.id || ($0.tenant.isEmpty && tenant == tenants.first) }
                return (tenant, check)
            }
        }
    }
}

extension LedgerService {
    /// Journal entries after the one numbered `number`, at most `limit`; one month of them when given.
    ///
    /// - Throws: `TenantNotFound`; `DamagedEntry` at a row that cannot be read.
    package func entries(
        of tenantID: String, in month: Month? = nil, by date: JournalDate = .occurredOn, after number: Int64, limit: Int
    ) throws -> [(entry: JournalEntry, hash: [UInt8])] {
        try store.read(of: tenantID) { book in
            var entries: [(entry: JournalEntry, hash: [UInt8])] = []
            try book.eachEntry(in: month, by: date, after: number, limit: limit) { entries.append(($0, $1)) }
            return entries
        }
    }

    /// The same, a thousand at a time, for streaming: no transaction stays open while the reader waits, and entries posted in the meantime
    /// are included.
    ///
    /// - Throws: What `body` throws, too.
    package func eachPage(
        of tenantID: String, in month: Month? = nil, by date: JournalDate = .occurredOn, after number: Int64 = 0,
        _ body: ([(entry: JournalEntry, hash: [UInt8])]) async throws -> Void
    ) async throws {
        var last = number
        while true {
            let entries = try entries(of: tenantID, in: month, by: date, after: last, limit: 1000)
            guard let end = entries.last?.entry.number else { return }
            try await body(entries)
            last = end
        }
    }

    /// Payouts to the tenant's bank, oldest first.
    package func payouts(of tenantID: String) throws -> [Payout] {
        try store.read(of: tenantID) { try $0.payouts() }
    }

    /// One of them, with what is in it and where it is.
    ///
    /// - Parameter id: `po_…`.
    /// - Throws: `ServiceRefusal.payoutNotFound`; `MoneyError.overflow`; `TenantNotFound`.
    package func payout(_ id: String, of tenantID: String) throws -> PayoutView {
        try store.read(of: tenantID) { book in
            guard let payout = try book.payout(id) else { throw ServiceRefusal.payoutNotFound(id) }
            let items = try book.items(ofPayout: id)
            return PayoutView(
                payout: payout, sums: try PayoutSum.byKind(items, in: book.tenant.currency), items: items,
                balances: payout.automatic ? nil : try book.balances(aroundPayout: id), entries: try book.entries(ofPayout: id))
        }
    }

    /// What moved the balance at Stripe and belongs to a month's statement, oldest first, each with its payment and folio.
    ///
    /// - Throws: `ServiceRefusal.monthNotBegun`, `.monthBeforeTenant`; `TenantNotFound`.
    package func bookedMovements(_ month: Month, of tenantID: String) throws -> [BookedMovement] {
        try store.read(of: tenantID) { book in
            _ = try book.begunStatement(month)
            return try book.bookedMovements(month)
        }
    }

    /// Whether the file can be read.
    package func checkFile() throws { _ = try store.read { try $0.one("SELECT 1") { try $0.int(0) } } }
}

extension Book {
    fileprivate func eachEntry(
        in month: Month?, by date: JournalDate, after number: Int64 = 0, limit: Int = .max,
        _ body: (JournalEntry, _ storedHash: [UInt8]) throws -> Void
    ) throws {
        switch (month, date) {
        case (nil, _): try eachEntry(after: number, limit: limit, body)
        case (let month?, .occurredOn):
            try eachEntry(on: month.firstDay...month.lastDay, after: number, limit: limit, body)
        case (let month?, .postedAt):
            let (start, end) = (month.firstDay.start(in: tenant.timeZone), month.next.firstDay.start(in: tenant.timeZone))
            try eachEntry(from: start, before: end, after: number, limit: limit, body)
        }
    }
}

/// A payout as somebody looks at it who compares it with the bank.
package struct PayoutView: Sendable {
    /// Where a payout's money is. The words are what programs see.
    package enum Place: String, Sendable, CaseIterable {
        /// Its movement is not booked yet.
        case notBooked = "not_booked"
        /// It has left the balance and not arrived.
        case transit
        case bank
        /// It is on the balance again.
        case returned
    }

    /// As Stripe showed it last.
    package let payout: Payout
    /// What is in it, by kind; empty while that is not known.
    package let sums: [PayoutSum]
    /// The same one by one.
    package let items: [BookedMovement]
    /// The balance right before it left and right after; only for one made by hand, of which Stripe does not say what is in it.
    package let balances: (before: Money, after: Money)?
    /// What it brought about in the journal, in order.
    package let entries: [(kind: EntryKind, on: Day)]

    /// Where its money is.
    package var place: Place {
        switch entries.last?.kind {
        case nil: .notBooked
        case .payoutArrived: .bank
        case .payoutFailed: .returned
        default: .transit
        }
    }
}
