/// The least that double entry can be: two balance updates, a transfer, two entries, four indexes; nothing is checked.
///
/// Fixed: what the ledger is measured against does not change with the ledger. Changing it makes earlier figures worthless.
final class BareMovements: Contender {
    let name: String
    private let batch: Int
    private let accounts: Int64
    let file: RawFile
    private let begin, commit, take, give, transfer, entry: RawStatement
    private var random = SplitMix64(seed: 1)
    private var last: Int64 = 0

    /// - Parameters:
    ///   - path: A new file.
    ///   - accounts: As many as the town has; each movement takes two of them at random.
    init(_ path: String, accounts: Int, batch: Int) {
        name = batch == 1 ? "bare movement, one by one" : "bare movement, batches of \(batch)"
        self.batch = batch
        self.accounts = Int64(accounts)
        file = RawFile(path)
        file.run(
            """
            CREATE TABLE account (id INTEGER PRIMARY KEY, balance INTEGER NOT NULL, version INTEGER NOT NULL);
            CREATE TABLE transfer (
                id INTEGER PRIMARY KEY, from_account INTEGER NOT NULL, to_account INTEGER NOT NULL, amount INTEGER NOT NULL,
                created_at INTEGER NOT NULL);
            CREATE TABLE entry (
                id INTEGER PRIMARY KEY, account INTEGER NOT NULL, transfer INTEGER NOT NULL, amount INTEGER NOT NULL,
                balance INTEGER NOT NULL, created_at INTEGER NOT NULL);
            CREATE INDEX transfer_from ON transfer (from_account);
            CREATE INDEX transfer_to ON transfer (to_account);
            CREATE INDEX entry_account ON entry (account);
            CREATE INDEX entry_transfer ON entry (transfer);
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(accounts))
            INSERT INTO account SELECT i, 0, 0 FROM n;
            """)
        begin = file.prepare("BEGIN IMMEDIATE")
        commit = file.prepare("COMMIT")
        take = file.prepare("UPDATE account SET balance = balance - ?, version = version + 1 WHERE id = ? RETURNING balance")
        give = file.prepare("UPDATE account SET balance = balance + ?, version = version + 1 WHERE id = ? RETURNING balance")
        transfer = file.prepare("INSERT INTO transfer (id, from_account, to_account, amount, created_at) VALUES (?, ?, ?, ?, ?)")
        entry = file.prepare("INSERT INTO entry (account, transfer, amount, balance, created_at) VALUES (?, ?, ?, ?, ?)")
    }

    func run(for time: Duration) async throws -> Int { repeatBatches(until: .now + time) }

    func add(_ count: Int) async throws {
        for _ in 0..<max(1, count / batch) { addBatch() }
    }

    private func repeatBatches(until end: ContinuousClock.Instant) -> Int {
        var movements = 0
        repeat {
            addBatch()
            movements += batch
        } while ContinuousClock.now < end
        return movements
    }

    private func addBatch() {
        begin.run()
        for _ in 0..<batch { move() }
        commit.run()
    }

    private func move() {
        let from = Int64.random(in: 1...accounts, using: &random)
        var to = Int64.random(in: 1..<accounts, using: &random)
        if to >= from { to += 1 }
        let time = now().milliseconds
        last += 1
        transfer.run(.integer(last), .integer(from), .integer(to), 700, .integer(time))
        entry.run(.integer(from), .integer(last), -700, .integer(take.number(700, .integer(from))), .integer(time))
        entry.run(.integer(to), .integer(last), 700, .integer(give.number(700, .integer(to))), .integer(time))
    }
}
