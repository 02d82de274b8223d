import Ledger
import TestStore
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct `Requests that can be repeated` {
    let file = try! LedgerFile(clock: .noon)
    let answer = RequestAnswer(status: 201, body: Array("{}".utf8))

    @Test func `a request is found by its key, and answered once`() async throws {
        let database = file.store
        try await database.write { try $0.addRequest(key(1), fingerprint: fingerprint(1), answer: nil) }
        try await database.write { try $0.answerRequest(key(1), answer) }
        try await database.write { try $0.answerRequest(key(1), RequestAnswer(status: 404, body: [])) }
        let known = try #require(try database.read { try $0.request(key(1)) })
        #expect(known.fingerprint == fingerprint(1) && known.answer == answer)
        #expect(try database.read { try $0.request(key(2)) } == nil)
    }

    @Test func `a key is taken once`() async throws {
        let database = file.store
        try await database.write { try $0.addRequest(key(1), fingerprint: fingerprint(1), answer: nil) }
        await #expect(throws: StoreError.self) {
            try await database.write { try $0.addRequest(key(1), fingerprint: fingerprint(2), answer: nil) }
        }
    }

    @Test func `the oldest are forgotten, so many at a time, and never one that is younger`() async throws {
        let file = try LedgerFile(clock: SettableClock(Instant(milliseconds: 0)))
        for number in 1...6 {
            try await file.store.write { try $0.addRequest(key(number), fingerprint: fingerprint(number), answer: nil) }
            file.clock.advance(seconds: 1)
        }
        let forgotten = try await file.store.write { transaction in
            try (0..<3).map { _ in try transaction.pruneRequests(before: Instant(milliseconds: 4000), limit: 3) }
        }
        #expect(forgotten == [3, 1, 0])
        let kept = try file.store.read { transaction in try (1...6).filter { try transaction.request(key($0)) != nil } }
        #expect(kept == [5, 6])
    }

    @Test(arguments: [
        "REPLACE INTO idempotency_record (key, fingerprint, decided_at) SELECT key, zeroblob(32), 0 FROM idempotency_record",
        "REPLACE INTO idempotency_record (number, key, fingerprint, decided_at) VALUES (1, zeroblob(16), zeroblob(32), 0)",
        "UPDATE idempotency_record SET fingerprint = zeroblob(32)", "UPDATE idempotency_record SET rowid = 99",
        "UPDATE idempotency_record SET status = 200, answer = x''",
    ])
    func `what was decided and answered cannot be changed, not even by raw SQL`(attack: String) async throws {
        let database = file.store
        try await database.write { try $0.addRequest(key(1), fingerprint: fingerprint(1), answer: answer) }
        database.close()
        let connection = try RawConnection(file.path, foreignKeys: false, recursiveTriggers: false)
        #expect(throws: RawFailure.self) { try connection.run(attack) }
    }

    // MARK: - What was decided

    /// Two hotels, each with a folio 1 that has an operation (1 and 2) and a check-out 1.
    private func hotels() async throws -> (database: Database, ours: (Tenant, Folio), theirs: (Tenant, Folio)) {
        let database = file.store
        func hotel(_ id: String) async throws -> (Tenant, Folio) {
            try await database.write { transaction in
                let tenant = try transaction.addHotel(id)
                return try transaction.withBook(of: tenant) { book in
                    let folio = try book.addStay("R-1")
                    _ = try book.addOperation(
                        "capture", folio: folio, subject: 1, intent: nil, method: "POST", path: "/v1/x", body: "", idempotencyKey: id)
                    let plan = try CheckOutPlan(
                        CheckOutInput(
                            reference: "R-1", currency: .eur, charged: .zero(.eur), lineCount: 0, holds: [], payments: [], refunds: [],
                            savedCard: nil, minimum: 50, now: .noon))
                    _ = try book.startCheckOut(plan, outcome: .checkedOut, by: "desk", of: folio)
                    return (tenant, folio)
                }
            }
        }
        return (database, try await hotel("ours"), try await hotel("theirs"))
    }

    @Test func `what was decided is named, and found again`() async throws {
        let (database, (tenant, folio), _) = try await hotels()
        for (number, decision) in [
            Decision(on: folio, of: tenant), Decision(on: folio, of: tenant, operation: 1), Decision(on: folio, of: tenant, checkOut: 1),
            Decision(on: folio, of: tenant, operation: 1, checkOut: 1),
        ].enumerated() {
            try await database.write { try $0.addRequest(key(number), fingerprint: fingerprint(number), decision: decision) }
            try await database.write { try $0.answerRequest(key(number), answer) }
            let known = try #require(try database.read { try $0.request(key(number)) })
            #expect(known.decision == decision && known.answer == answer)
        }
    }

    @Test func `nobody names what is not there, or is another's`() async throws {
        let (database, ours, theirs) = try await hotels()
        for decision in [
            Decision(on: ours.1, of: ours.0, operation: 2), Decision(on: ours.1, of: ours.0, operation: 3),
            Decision(on: ours.1, of: ours.0, checkOut: 2), Decision(on: theirs.1, of: theirs.0, operation: 1, checkOut: 1),
            Decision(tenant: ours.0.number, folio: 2, operation: nil, checkOut: nil),
        ] {
            await #expect(throws: StoreError.self, "\(decision)") {
                try await database.write { try $0.addRequest(key(1), fingerprint: fingerprint(1), decision: decision) }
            }
        }
    }

    @Test(arguments: [
        "UPDATE idempotency_record SET operation = 2", "UPDATE idempotency_record SET operation = NULL",
        "UPDATE idempotency_record SET check_out = NULL",
        "UPDATE idempotency_record SET tenant = 2",
        "UPDATE idempotency_record SET folio = NULL, tenant = NULL, operation = NULL, check_out = NULL",
        "UPDATE idempotency_record SET status = 409, answer = x'7b7d', operation = NULL",
        "INSERT INTO idempotency_record (key, fingerprint, decided_at, tenant, folio, operation) VALUES (zeroblob(16), zeroblob(32), 0, 1, 1, 2)",
        "INSERT INTO idempotency_record (key, fingerprint, decided_at, operation) VALUES (zeroblob(16), zeroblob(32), 0, 1)",
        "INSERT INTO idempotency_record (key, fingerprint, decided_at, tenant, folio, check_out) VALUES (zeroblob(16), zeroblob(32), 0, 1, 1, 9)",
        "REPLACE INTO idempotency_record (key, fingerprint, decided_at) SELECT key, fingerprint, 0 FROM idempotency_record",
    ])
    func `what was decided stays, not even raw SQL changes it`(attack: String) async throws {
        let (database, (tenant, folio), _) = try await hotels()
        try await database.write {
            try $0.addRequest(
                key(1), fingerprint: fingerprint(1), decision: Decision(on: folio, of: tenant, operation: 1, checkOut: 1))
        }
        database.close()
        let connection = try RawConnection(file.path, foreignKeys: false, recursiveTriggers: false)
        #expect(throws: RawFailure.self) { try connection.run(attack) }
        #expect(throws: Never.self) { try connection.run("UPDATE idempotency_record SET status = 201, answer = x'7b7d'") }
    }

    private func key(_ number: Int) -> [UInt8] { [UInt8](repeating: UInt8(number), count: 16) }
    private func fingerprint(_ number: Int) -> [UInt8] { [UInt8](repeating: UInt8(number), count: 32) }
}
