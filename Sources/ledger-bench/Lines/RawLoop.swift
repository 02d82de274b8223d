/// SQLite's C API and nothing else: the statements of one line, in one transaction per batch, without a hash, a check or a caller.
///
/// The statements are those that `Transaction.add` runs, in the same order, on the same tables with their triggers.
final class RawLoop: Contender {
    let name: String
    private let batch: Int
    private let stays: [Town.Stay]
    private var next: Int
    let file: RawFile
    private let begin, commit, lineNumber, account, last, entry, line: RawStatement

    /// - Parameter first: The stay that gets the first line.
    init(_ town: Town, batch: Int, first: Int = 0) {
        name = batch == 1 ? "raw C API, one by one" : "raw C API, batches of \(batch)"
        self.batch = batch
        stays = town.stays
        next = first
        file = RawFile(town.file)
        begin = file.prepare("BEGIN IMMEDIATE")
        commit = file.prepare("COMMIT")
        lineNumber = file.prepare("SELECT coalesce(max(number), 0) + 1 FROM line_item WHERE tenant = ? AND folio = ?")
        account = file.prepare("SELECT id FROM account WHERE tenant = ? AND name = ?")
        last = file.prepare("SELECT number, hash FROM journal_entry WHERE tenant = ? ORDER BY number DESC LIMIT 1")
        entry = file.prepare(
            """
            INSERT INTO journal_entry (tenant, number, kind, debit, credit, amount, currency, folio, occurred_on, posted_at, actor,
                stripe_object, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        line = file.prepare(
            """
            INSERT INTO line_item (tenant, folio, number, currency, kind, original, category, description, quantity, unit_amount, gross,
                tax_rate, service_date, sku, reason, entry)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
    }

    func run(for time: Duration) async throws -> Int { add(until: .now + time) }

    func add(_ count: Int) async throws {
        for _ in 0..<max(1, count / batch) { addBatch() }
    }

    func add(until end: ContinuousClock.Instant) -> Int {
        var lines = 0
        repeat {
            addBatch()
            lines += batch
        } while ContinuousClock.now < end
        return lines
    }

    private func addBatch() {
        begin.run()
        for _ in 0..<batch {
            addDrink(to: stays[next % stays.count])
            next += 1
        }
        commit.run()
    }

    private func addDrink(to stay: Town.Stay) {
        let (tenant, folio) = (stay.tenant.number, stay.folio.number)
        let number = lineNumber.number(.integer(tenant), .integer(folio))
        let debit = account.number(.integer(tenant), .name("folio:\(stay.folio.reference)"))
        let credit = account.number(.integer(tenant), .name("revenue:minibar:19"))
        let entryNumber = last.number(.integer(tenant)) + 1
        entry.run(
            .integer(tenant), .integer(entryNumber), "charge", .integer(debit), .integer(credit), 700, "eur", .integer(folio), "2026-11-20",
            .integer(now().milliseconds), "reception", nil, .zeros(32))
        line.run(
            .integer(tenant), .integer(folio), .integer(number), "eur", "charge", nil, "minibar", "Minibar: beer", 2, 350, 700, "19",
            "2026-11-20", "minibar-beer", nil, .integer(entryNumber))
    }
}
