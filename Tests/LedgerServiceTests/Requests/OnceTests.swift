import Ledger
import Testing

@testable import LedgerService

@Suite struct `A verb that is asked with a key` {
    private func key(_ content: String = "{}") -> IdempotencyKey {
        IdempotencyKey(scope: "addTenant", key: "k1", content: content.utf8)
    }

    /// Answers with the tenant's id; a replay says so.
    private func once(_ key: IdempotencyKey) -> Once<Tenant, String> {
        Once(key) {
            ($0.id, RequestAnswer(status: 201, body: Array($0.id.utf8)))
        } replayed: {
            "again " + String(decoding: $0.body, as: UTF8.self)
        }
    }

    /// The same for a verb that waits.
    private func text(_ key: IdempotencyKey) -> Once<String, String> {
        Once(key) {
            ($0, RequestAnswer(status: 200, body: Array($0.utf8)))
        } replayed: {
            "again " + String(decoding: $0.body, as: UTF8.self)
        }
    }

    @Test func `decides once, and answers the same request as it did first`() async throws {
        let hotels = try await TwoTenants()
        let ledger = hotels.ledger
        let new = NewTenant(id: "waldhof", name: "Hotel Waldhof")
        #expect(try await ledger.addTenant(new, once: once(key())) == "waldhof")
        #expect(try await ledger.addTenant(new, once: once(key())) == "again waldhof")
        await #expect(throws: DuplicateRequest.otherContent) { try await ledger.addTenant(new, once: once(key("other"))) }
        // Without a key it is a request of its own.
        await #expect(throws: ServiceRefusal.self) { _ = try await ledger.addTenant(new) }
    }

    @Test func `stores no answer for a form, only that it is done`() async throws {
        let hotels = try await TwoTenants()
        let ledger = hotels.ledger
        let new = NewTenant(id: "waldhof", name: "Hotel Waldhof")
        #expect(try await ledger.addTenant(new, once: Once(key())).id == "waldhof")
        await #expect(throws: DuplicateRequest.known) { _ = try await ledger.addTenant(new, once: Once(key())) }
        guard case .done = try ledger.state(of: key()) else {
            Issue.record("it is not stored as done")
            return
        }
    }

    @Test func `stores nothing of what was refused in its one transaction`() async throws {
        let hotels = try await TwoTenants()
        let ledger = hotels.ledger
        await #expect(throws: ServiceRefusal.self) {
            _ = try await ledger.addTenant(NewTenant(id: "seeblick", name: "Hotel Seeblick"), once: once(key()))
        }
        #expect(try ledger.state(of: key()).map { _ in true } == nil)
        #expect(try await ledger.addTenant(NewTenant(id: "waldhof", name: "Hotel Waldhof"), once: once(key())) == "waldhof")
    }

    @Test func `stores a final refusal where it waits for Stripe, and never one that says not yet`() async throws {
        let hotels = try await TwoTenants()
        let ledger = hotels.ledger
        await #expect(throws: ServiceRefusal.self) {
            try await ledger.answerOnce(text(key()), refused: { $0.code }) { throw ServiceRefusal.operationInProgress("R-1") }
        }
        #expect(try ledger.state(of: key()).map { _ in true } == nil)
        let refused = try await ledger.answerOnce(text(key()), refused: { $0.code }) { throw ServiceRefusal.reasonMissing }
        #expect(refused == "reason_missing")
        let again = try await ledger.answerOnce(text(key()), refused: { $0.code }) { "never run" }
        #expect(again == "again reason_missing")
        await #expect(throws: DuplicateRequest.otherContent) {
            try await ledger.answerOnce(text(key("other")), refused: { $0.code }) { "never run" }
        }
    }
}
