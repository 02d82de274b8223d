import Console
import Ledger
import LedgerProgram
import LedgerService
import LedgerShapes

/// `journal`, `verify`: the books and their proof.
enum BookVerbs {
    static let all = [StatementVerb.verb, ChecklistVerb.verb, OpenItemsVerb.verb, journal, verify]

    private static let by = Parameter.option(
        "by", .choice(of: JournalDate.self), default: "occurred_on",
        "With --month, the date that counts: the day that the fact belongs to, or the instant at which it was posted.")

    private static let journal = Verb(
        "journal", "Lists a tenant's journal, entry by entry.", [Options.tenant, Options.month, by],
        examples: ["journal seeblick --month 2026-10", "journal seeblick --month 2026-10 --by posted_at --format csv"]
    ) { invocation in
        let context = try await CommandContext.open(invocation, timed: false)
        let tenant = try context.ledger.tenant(invocation[Options.tenant])
        let (month, date) = (invocation[Options.month], invocation[by])
        if let month {
            let words = date == .occurredOn ? "Entries of what occurred in \(month)" : "Entries posted in \(month)"
            try invocation.say("\(words) (\(date.rawValue)).")
        }
        let cut = month.map { _ in date }
        try invocation.show(longList: BookShapes.entry, people: table) { take in
            try context.ledger.eachEntry(of: tenant.id, in: month, by: date) { entry, hash in
                try take(BookedEntry(entry: entry, hash: hash, currency: tenant.currency, cutBy: cut))
            }
        }
    }

    private static func table(_ entries: [BookedEntry]) -> Table {
        Table(
            [
                Column("number", "No.", .number), Column("posted_at", "Posted", .instant, detail: 4),
                Column("occurred_on", "Occurred", .date),
                Column("kind", "Kind"), Column("debit", "Debit"), Column("credit", "Credit"), Column("amount", "Amount", .money),
                Column("folio", "Folio", detail: 3), Column("stripe_object", "At Stripe", fit: .shortened, detail: 2),
                Column("actor", "By", fit: .shortened, detail: 5), Column("hash", "Hash", .hash, detail: 1),
            ],
            rows: entries.map { booked in
                let entry = booked.entry
                return [
                    .integer(entry.number), .instant(entry.postedAt), .day(entry.occurredOn), .text(entry.kind), .text(entry.debit),
                    .text(entry.credit), .money(Money(minorUnits: entry.amount, currency: booked.currency)), .of(entry.folio, Cell.text),
                    .of(entry.stripeObject, Cell.text), .text(entry.actor), .hash(hexadecimal(booked.hash)),
                ]
            }, empty: "No entries.")
    }

    private static let verify = Verb(
        "verify", "Recomputes every tenant's books: hash chain, numbers, balances.", examples: ["verify"],
        notes: ["If something was changed, it names the first wrong entry and exits with 1."]
    ) { invocation in
        let context = try await CommandContext.open(invocation, timed: false)
        let bar = invocation.progress("Verifying", total: 0)
        let checks = try context.ledger.verify { _, _ in bar.advance(by: 1000) }
        bar.finish()
        try invocation.show(
            Table(
                [
                    Column("tenant", "Tenant"), Column("entries", "Entries", .number), Column("debits", "Debits", .money),
                    Column("credits", "Credits", .money), Column("last_hash", "Last hash", .hash),
                    Column("result", "Result", fit: .wrapped),
                ],
                rows: checks.map { tenant, check in
                    func sum(_ units: Int64) -> Cell {
                        check.defects.isEmpty ? .money(Money(minorUnits: units, currency: tenant.currency)) : .missing
                    }
                    return [
                        .text(tenant.id), .integer(check.entries), sum(check.debits), sum(check.credits), .hash(hexadecimal(check.head)),
                        .text(check.defects.isEmpty ? "whole" : check.defects.map(\.problem).joined(separator: "; ")),
                    ]
                }, empty: "No books yet."))
        if let defect = checks.flatMap(\.check.defects).first { throw BooksDamaged(defect: defect) }
    }
}

/// The books are not what was posted.
struct BooksDamaged: OperatorRefusal {
    let defect: BookDefect

    var code: String { "books_damaged" }
    var message: String { "The books of tenant \"\(defect.tenant)\" are damaged: \(defect.problem)." }
    var hint: String? { "Keep the file as evidence, and restore the last backup that `verify` accepts." }
}
