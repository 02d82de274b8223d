import Ledger
internal import LedgerStore

// A page that somebody asked for comes with all that was asked for besides, or there is nothing of it.

extension Book {
    /// Charges what was booked with a page, now that Stripe has answered.
    func charge(_ asked: AskedPage, of operation: Operation) throws {
        guard !asked.lines.isEmpty, let folio = try folio(of: operation) else { return }
        var number = try nextLineNumber(on: folio)
        for var line in asked.lines {
            // Somebody else may have charged something meanwhile.
            line.number = number
            try add(line, to: folio, by: asked.actor)
            number += 1
        }
    }

    /// Stripe does not take the method of a page that somebody asked for. What was asked for is taken back in the transaction that ends the
    /// operation: the hold or the payment, and with the page of a booking all of the booking.
    ///
    /// - Returns: Whether it was. Not when somebody has used the folio of the booking in the meantime: then it stays, and says why it has no
    ///   page.
    func takeBack(_ operation: Operation, _ why: Failure, on folio: Folio) throws -> Bool {
        guard case .methodNotActive = why, let asked = try askedPage(of: operation), try isUntouched(operation, of: folio),
            try asked.isBooking ? isUnused(folio) : operation.subject != nil
        else { return false }
        let subject = try operation.rules().subject
        return try end(
            operation, .refused(why), isTakenBack: true,
            with: { book in if case .card = subject { try book.setCardState(.failed, of: folio) } },
            then: { book in
                if let number = operation.subject {
                    switch subject {
                    case .hold, .card: try book.forgetHold(number, of: folio)
                    case .payment: try book.forgetPayment(number, of: folio)
                    case .refund, .nothing: break
                    }
                }
                if asked.isBooking { try book.forget(folio) }
            })
    }

    /// Whether a folio has nothing but what its booking asked for.
    private func isUnused(_ folio: Folio) throws -> Bool {
        try folio.state == .open && folio.customer == nil && holds(of: folio).count + payments(of: folio).count <= 1
            && lines(of: folio).isEmpty && operationCount(of: folio) == 1
    }

    /// Whether nothing has come of the hold or the payment, and none was made after it.
    private func isUntouched(_ operation: Operation, of folio: Folio) throws -> Bool {
        switch try operation.rules().subject {
        case .hold, .card:
            // A card alone is about no hold.
            guard let number = operation.subject else { return true }
            guard let last = try holds(of: folio).last else { return false }
            return last.number == number && last.state == .requested && last.intent == nil && last.session == nil
        case .payment:
            guard let last = try payments(of: folio).last else { return false }
            return last.number == operation.subject && last.state == .requested && last.intent == nil && last.session == nil
        case .refund, .nothing: return false
        }
    }

    /// Whether what an operation was asked for with was taken back: its folio is not there, or what it was about.
    func isTakenBack(_ operation: Operation) throws -> Bool {
        guard operation.state == .refused, case .methodNotActive = operation.failure else { return false }
        guard let folio = try folio(of: operation) else { return true }
        guard operation.subject != nil else { return false }
        switch try operation.rules().subject {
        // Its number may have been given again.
        case .hold, .card: return try hold(of: operation, on: folio)?.failure != operation.failure
        case .payment: return try payment(of: operation, on: folio)?.failure != operation.failure
        case .refund, .nothing: return false
        }
    }
}
