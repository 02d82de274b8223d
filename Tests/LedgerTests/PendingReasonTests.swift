import Testing

@testable import Ledger

@Suite struct `A call without an outcome` {
    @Test(
        arguments: [
            (PendingReason.silence, 8, 72, true), (.silence, 8, 71, false), (.silence, 7, 500, false),
            (.answerUnusable, 8, 1, true), (.answerUnusable, 8, 0, false), (.answerUnusable, 7, 500, false),
            (.keyRefused, 500, 500, false), (.rightMissing, 8, 72, true), (.rightMissing, 8, 71, false), (.rightMissing, 7, 500, false),
        ])
    func `is left to the operator when it was tried often and long enough`(
        trouble: PendingReason, attempts: Int, hours: Int64, isParked: Bool
    ) {
        #expect(trouble.parks(attempts: attempts, ageSeconds: hours * 3600) == isParked)
    }
}
