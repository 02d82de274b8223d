import Ledger
internal import LedgerStore

// A hold takes the place of another: the bank agrees to the new one first, and only then the old one is cancelled. From the transaction in
// which that is known the old one covers nothing, and it is never captured here.

extension OperationRules {
    /// Cancels a hold whose place another one took. The guest's money is held twice until it is done, so a refusal waits for the operator.
    static let releaseReplaced = OperationRules(
        subject: .hold, evidence: .intentInPath { _, _ in false }, movesNothing: true, parksWhenRefused: true,
        isReached: { book, operation, folio in try book.hold(of: operation, on: folio)?.state.isFinal == true },
        apply: applyIntent)
}

extension Book {
    /// Takes the holds out of the cover whose place another one has taken, and has them cancelled. One that a call is at is left until that
    /// has ended.
    func replaceHolds(on folio: Folio) throws {
        let holds = try holds(of: folio)
        let superseded = holds.superseded
        for var old in holds where old.state == .authorised && superseded.contains(old.number) {
            guard let intent = old.intent, try !isBusy(intent: intent) else { continue }
            old.state = .replaced
            try save(old, of: folio)
            _ = try plan(
                .releaseReplaced, Requests.cancel(intent, key: "replaced-\(intent)"), folio: folio, subject: old.number, intent: intent)
        }
    }
}
