import Ledger
import Testing

@Suite struct `A selection of movements` {
    private func known(_ type: String, carriesBooks: Bool?) -> UnexplainedMovement {
        let movement = BalanceMovement(
            id: "txn_1", type: type, reportingCategory: type, amount: Money(minorUnits: 500, currency: .eur), fee: .zero(.eur),
            source: nil, method: nil, created: Instant(unixSeconds: 0))
        return UnexplainedMovement(movement: movement, state: .suspense, failure: nil, assignment: nil, carriesBooks: carriesBooks)
    }

    @Test func `takes those of its type, and of others only what is known not to carry these books' id`() {
        let (all, others) = (MovementSelection(type: "charge"), MovementSelection(type: "charge", onlyOthers: true))
        for carries in [true, false, nil] {
            #expect(all.takes(known("charge", carriesBooks: carries)))
            #expect(others.takes(known("charge", carriesBooks: carries)) == (carries == false))
            #expect(!all.takes(known("topup", carriesBooks: carries)) && !others.takes(known("topup", carriesBooks: carries)))
        }
    }
}
