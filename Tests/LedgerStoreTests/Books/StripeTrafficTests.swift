import Ledger
import TestStore
import Testing

@testable import LedgerStore

@Suite struct `What is said to Stripe and what Stripe says` {
    let books = try! LedgerFile(clock: .noon)

    private func add(_ intent: String?, _ tenant: Tenant, _ folio: Folio?) async throws -> Int64 {
        try await books.store.write(of: tenant) {
            try $0.addOperation(
                "capture", folio: folio, subject: 1, intent: intent, method: "POST", path: "/v1/payment_intents/pi_1/capture",
                body: "amount_to_capture=5000", idempotencyKey: "key-1")
        }
    }

    @Test func `an operation is kept as it will be sent, tried, and ended with its answer`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let number = try await add("pi_1", tenant, folio)
        let operation = try #require(try books.store.read(of: tenant) { try $0.operation(number) })
        #expect(operation.folio == 1 && operation.subject == 1 && operation.kind == "capture")
        #expect(operation.method == "POST" && operation.path == "/v1/payment_intents/pi_1/capture")
        #expect(operation.body == "amount_to_capture=5000" && operation.idempotencyKey == "key-1")
        #expect(operation.state == .waiting && operation.attempts == 0 && operation.createdAt == .noon)
        try await books.store.write(of: tenant) { try $0.noteAttempt(operation, failure: .unanswered(.timedOut, words: "no answer")) }
        let tried = try #require(try books.store.read(of: tenant) { try $0.operation(number) })
        #expect(tried.attempts == 1 && tried.failure == .unanswered(.timedOut, words: "no answer") && tried.state == .waiting)
        try await books.store.write(of: tenant) { try $0.finish(tried, .refused, failure: .declined("expired_card")) }
        // An answer that comes twice changes nothing.
        try await books.store.write(of: tenant) { try $0.finish(tried, .done) }
        let ended = try #require(try books.store.read(of: tenant) { try $0.operation(number) })
        #expect(ended.state == .refused && ended.failure == .declined("expired_card") && ended.attempts == 2)
    }

    @Test func `the first event of a type says when something happened to an object`() async throws {
        let tenant = try await books.tenant()
        let events: [(String, String, Int64)] = [
            ("payment_intent.canceled", "pi_1", 20), ("payment_intent.canceled", "pi_1", 10), ("payment_intent.canceled", "pi_2", 30),
            ("payment_intent.succeeded", "pi_3", 5),
        ]
        try await books.store.write(of: tenant) { book in
            for (index, (type, object, seconds)) in events.enumerated() {
                _ = try book.keepEvent(
                    "evt_\(index)", type: type, objectID: object, createdAt: .noon.adding(seconds: seconds), body: "{}")
            }
        }
        let times = try books.store.read(of: tenant) { try $0.firstEvents("payment_intent.canceled") }
        #expect(times == ["pi_1": .noon.adding(seconds: 10), "pi_2": .noon.adding(seconds: 30)])
    }

    @Test func `keys that are spent are counted up, and every process goes on with the same one`() async throws {
        let tenant = try await books.tenant()
        let number = try await add("pi_1", tenant, try await books.folio(of: tenant))
        func now() throws -> Operation { try books.store.read(of: tenant) { try $0.operation(number)! } }
        let first = try now()
        #expect(first.spentKeys == 0 && (0...2).map { first.key(after: $0) } == ["key-1", "key-1-2", "key-1-3"])
        try await books.store.write(of: tenant) { try $0.noteSpentKeys(1, of: first) }
        try await books.store.write(of: tenant) { try $0.noteAttempt(first, failure: .unanswered(.serverError, words: "500")) }
        #expect(try now().spentKeys == 1)
        for (count, known) in [(2, 2), (1, 2), (10, 10), (9, 10)] {
            try await books.store.write(of: tenant) { try $0.noteSpentKeys(count, of: first) }
            #expect(try now().spentKeys == known)
        }
        try await books.store.write(of: tenant) { try $0.park(first, failure: .unanswered(.serverError, words: "500")) }
        try await books.store.write(of: tenant) { try $0.requeue(first) }
        #expect(try now().spentKeys == 10)
        try await books.store.write(of: tenant) { try $0.finish(first, .done) }
        #expect(try now().spentKeys == 10 && now().failure == nil)
    }

    @Test(arguments: OperationKind.allCases) func `the schema lets go out under a further key what may, and nothing else`(
        kind: OperationKind
    )
        async throws
    {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let added = try await books.store.write(of: tenant) { book in
            let number = try book.addOperation(
                kind.rawValue, folio: folio, subject: 1, intent: nil, method: "POST", path: "/", body: "", idempotencyKey: "key-1")
            return try book.operation(number)!
        }
        let isLet = (try? await books.store.write(of: tenant) { try $0.noteSpentKeys(1, of: added) }) != nil
        #expect(isLet == kind.mayChangeKey)
    }

    @Test func `operations of another tenant are not found`() async throws {
        let (a, b) = (try await books.tenant("a"), try await books.tenant("b"))
        let number = try await add(nil, a, nil)
        try books.store.read(of: b) { (book: borrowing Book) throws in
            #expect(try book.operation(number) == nil)
            #expect(try book.waitingOperations().isEmpty)
        }
    }

    @Test func `one payment intent has one waiting operation at a time`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let first = try await add("pi_1", tenant, folio)
        let error = await #expect(throws: StoreError.self) { _ = try await add("pi_1", tenant, folio) }
        #expect(error?.constraint != nil)
        #expect(try books.store.read(of: tenant) { try $0.isBusy(intent: "pi_1") })
        #expect(try !books.store.read(of: tenant) { try $0.isBusy(intent: "pi_2") })
        let operation = try #require(try books.store.read(of: tenant) { try $0.operation(first) })
        try await books.store.write(of: tenant) { try $0.finish(operation, .done) }
        _ = try await add("pi_1", tenant, folio)
    }

    @Test func `waiting operations come oldest first, for the tenant or for one folio, and parked ones apart`() async throws {
        let tenant = try await books.tenant()
        let (first, second) = (try await books.folio("R-1", of: tenant), try await books.folio("R-2", of: tenant))
        let numbers = [try await add("pi_1", tenant, first), try await add("pi_2", tenant, second), try await add("pi_3", tenant, first)]
        func waiting(_ folio: Folio?) throws -> [Int64] {
            try books.store.read(of: tenant) { book in
                guard let folio else { return try book.waitingOperations().map(\.number) }
                return try book.openOperations(folio: folio).filter { $0.state == .waiting }.map(\.number)
            }
        }
        #expect(try waiting(nil) == numbers)
        #expect(try waiting(first) == [numbers[0], numbers[2]])
        let parked = try #require(try books.store.read(of: tenant) { try $0.operation(numbers[0]) })
        try await books.store.write(of: tenant) { try $0.park(parked, failure: .said("unclear")) }
        #expect(try waiting(nil) == [numbers[1], numbers[2]])
        #expect(try books.store.read(of: tenant) { try $0.parkedOperations().map(\.number) } == [numbers[0]])
    }

    @Test func `an event is kept once, worked off in order of arrival, and not found again`() async throws {
        let tenant = try await books.tenant()
        let other = try await books.tenant("other")
        func keep(_ id: String, _ tenant: Tenant) async throws -> Bool {
            try await books.store.write(of: tenant) {
                try $0.keepEvent(id, type: "charge.updated", objectID: "ch_1", createdAt: .noon, body: #"{"id":"\#(id)"}"#)
            }
        }
        #expect(try await keep("evt_2", tenant))
        #expect(try await keep("evt_1", tenant))
        #expect(try await !keep("evt_2", tenant))
        #expect(try await keep("evt_2", other))
        func received(_ limit: Int = 100) throws -> [Event] {
            try books.store.read(of: tenant) { try $0.receivedEvents(limit: limit) }
        }
        let events = try received()
        #expect(events.map(\.id) == ["evt_2", "evt_1"])
        #expect(events.first?.body == #"{"id":"evt_2"}"#)
        #expect(events.first?.type == "charge.updated" && events.first?.objectID == "ch_1")
        #expect(try received(1).map(\.id) == ["evt_2"])
        try await books.store.write(of: tenant) { try $0.setState(.applied, of: events[0]) }
        try await books.store.write(of: tenant) { try $0.setState(.parked, of: events[1], failure: .said("unreadable")) }
        #expect(try received().isEmpty)
        #expect(try await !keep("evt_2", tenant))
    }

    @Test func `each list is read on from where its last reading ended`() async throws {
        let tenant = try await books.tenant()
        func cursor(_ list: SyncedList) throws -> String? { try books.store.read(of: tenant) { try $0.cursor(of: list) } }
        #expect(try cursor(.events) == nil)
        try await books.store.write(of: tenant) { try $0.setCursor("evt_1", of: .events) }
        try await books.store.write(of: tenant) { try $0.setCursor("evt_2", of: .events) }
        try await books.store.write(of: tenant) { try $0.setCursor("txn_1", of: .balanceTransactions) }
        #expect(try cursor(.events) == "evt_2")
        #expect(try cursor(.balanceTransactions) == "txn_1")
    }
}
