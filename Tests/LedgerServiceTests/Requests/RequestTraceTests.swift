import Ledger
import LedgerStore
import Stripe
import Testing

@testable import LedgerService

@Suite struct `The trace of a request` {
    private func request(_ key: String, _ content: String = "{}") -> IdempotencyKey {
        IdempotencyKey(scope: "seeblick\u{0}refundPayment", key: key, content: content.utf8)
    }

    @Test func `comes back from the metadata as it went out`() async throws {
        let hotels = try await TwoTenants()
        let tenant = try hotels.ledger.tenant("seeblick")
        let trace = RequestTrace(request("one"), of: tenant)
        #expect(RequestTrace(["ledger_request": trace.text]) == trace)
        #expect(RequestTrace(request("one"), of: tenant) == trace)
        #expect(RequestTrace(request("two"), of: tenant).key != trace.key)
        let changed = RequestTrace(request("one", "{\"amount\":1}"), of: tenant)
        #expect(changed.key == trace.key && changed.fingerprint != trace.fingerprint)
    }

    @Test func `of an equal key in other books is another`() async throws {
        let files = (try await TwoTenants(), try await TwoTenants())
        let (ours, theirs) = (try files.0.ledger.tenant("seeblick"), try files.1.ledger.tenant("seeblick"))
        #expect(ours.booksID != theirs.booksID)
        #expect(RequestTrace(request("one"), of: ours).key != RequestTrace(request("one"), of: theirs).key)
    }

    @Test(arguments: [
        "", "x", String(repeating: "a", count: 97), "+\(String(repeating: "0", count: 31)).\(String(repeating: "0", count: 64))",
    ])
    func `is read only as it is written`(text: String) {
        #expect(RequestTrace(["ledger_request": text]) == nil)
        let upper = String(repeating: "A", count: 32) + "." + String(repeating: "0", count: 64)
        #expect(RequestTrace(["ledger_request": upper]) == nil && RequestTrace(["ledger_request": upper.lowercased()]) != nil)
    }
}
