import TestHotel
import Testing

extension Hotel {
    /// The books are whole, agree with Stripe, and balance.
    func expectAgreement(_ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        try await letPass(seconds: 10)
        try await sync()
        let reconciliation = try await ledger.reconcile(Self.id)
        #expect(reconciliation.differences.isEmpty, comment, sourceLocation: sourceLocation)
        for (_, check) in try ledger.verify() {
            #expect(check.defects.isEmpty, comment, sourceLocation: sourceLocation)
            #expect(check.debits == check.credits, sourceLocation: sourceLocation)
        }
    }
}
