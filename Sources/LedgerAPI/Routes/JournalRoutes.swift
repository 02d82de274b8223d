import Ledger
import LedgerService
import LedgerShapes

enum JournalRoutes {
    static let all = [journal]

    private static let month = Field.optional(
        "month", .month, "Only entries of this month, in the tenant's time zone; `by` says by which date.", example: "2026-11")
    private static let by = Field.standard(
        "by", .choice(of: JournalDate.self), .occurredOn, written: "occurred_on",
        "By which date an entry is of the month: the day that the fact belongs to, or the instant at which it was posted.")
    private static let after = Field.standard("after", .whole(0...Int64.max), 0, written: 0, "The number of the entry to continue after.")
    private static let limit = Field.standard(
        "limit", .whole(1...1000), 100, written: 100, "The maximum number of entries to return. Ignored for CSV.")

    private static let journal = Route(
        .get, "/v1/tenants/{tenant}/journal", "listJournal", needs: .seeBooks, "List the journal",
        about: "The append-only double-entry journal, entry by entry, each with its hash. CSV always contains all entries.",
        query: [month, by, after, limit, Common.format],
        answers: [RouteAnswer(200, "A page of the journal.", BookShapes.entry.page(), csv: true)], refusals: []
    ) { call in
        let currency = try call.ledger.tenant(call.tenantID).currency
        let (month, after, by) = (call.query[month], call.query[after], call.query[by])
        let cut = month.map { _ in by }
        let booked: @Sendable ((entry: JournalEntry, hash: [UInt8])) -> BookedEntry = {
            BookedEntry(entry: $0.entry, hash: $0.hash, currency: currency, cutBy: cut)
        }
        if call.query[Common.format] == .csv {
            return Reply(
                200,
                .stream(type: Shape<BookedEntry>.fileType) { writer in
                    try await writer.write(BookShapes.entry.fileHeader)
                    try await call.ledger.eachPage(of: call.tenantID, in: month, by: by, after: after) { entries in
                        try await writer.write(BookShapes.entry.fileLines(entries.lazy.map(booked)))
                    }
                })
        }
        let limit = Int(call.query[limit])
        let entries = try call.ledger.entries(of: call.tenantID, in: month, by: by, after: after, limit: limit + 1)
        return Reply(200, BookShapes.entry.page(), Page(entries.map(booked), limit: limit) { String($0.entry.number) })
    }
}
