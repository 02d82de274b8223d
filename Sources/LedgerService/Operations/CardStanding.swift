import Ledger
internal import LedgerStore
import Stripe

// Networks count every try on a card, whatever it is for, and fine too many. So each refusal is kept, and one place says whether a saved
// card may be used without the guest.

extension Book {
    /// The folio on which the card is saved that a folio's bill is taken from: its own, or of a late charge its stay's.
    func cardHolder(of folio: Folio) throws -> Folio { try folio.stay.flatMap { try self.folio(number: $0.number) } ?? folio }

    /// The saved card where it may be used without the guest now: for a hold, a renewal, a raise, a check-out or a late charge. For one that is
    /// to be paid by link it may not.
    func usableCard(of folio: Folio) throws -> Folio.SavedCard? {
        guard folio.stay?.way != .link, let card = try cardHolder(of: folio).savedCard, try bar(ofCard: card) == nil,
            try lateObstacle(on: folio) == nil
        else { return nil }
        return card
    }

    /// The folio's holds as they may be used without the guest now: on a card that must not be tried, the bank raises none.
    func usableHolds(of folio: Folio) throws -> [Hold] {
        var holds = try holds(of: folio)
        guard let card = folio.savedCard, try bar(ofCard: card) != nil else { return holds }
        for index in holds.indices where holds[index].paymentMethod == card.paymentMethod { holds[index].card?.mayIncrement = false }
        return holds
    }

    /// Keeps that a bank refused the saved card, with its network's advice.
    func noteRefusedCard(_ operation: Operation, advice: String?, on folio: Folio) throws {
        // A call that raises a hold names no card: the hold does.
        let asked = try operation.parameter("payment_method") ?? hold(of: operation, on: folio)?.paymentMethod
        guard let card = try cardHolder(of: folio).savedCard, asked == card.paymentMethod else { return }
        try noteRefusal(ofCard: card.identity, advice: advice.flatMap { CardAdvice(rawValue: $0) }, by: operation)
    }
}

extension OperationRules {
    /// Counts the refusal against the card.
    static let countRefusal: @Sendable (borrowing Book, Ledger.Operation, StripeError, Folio) throws -> Void = {
        book, operation, error, folio in
        guard error.isDecline else { return }
        try book.noteRefusedCard(operation, advice: error.adviceCode?.rawValue, on: folio)
    }
}
