import Foundation
import Ledger

/// A page that somebody asked for and that Stripe has not made yet.
package struct AskedPage: Sendable {
    /// Whether it is the page of a booking: when it cannot be made, there is no folio.
    package let isBooking: Bool
    /// What a booking charges as soon as Stripe has answered; each with the number that it has when no other line comes first.
    package let lines: [LineItem]
    /// Who asked, for the journal.
    package let actor: String
}

extension Book {
    /// Notes that somebody asked for the page that a waiting operation makes.
    ///
    /// - Parameters:
    ///   - isBooking: See `AskedPage`.
    ///   - lines: Charges; see there.
    package func addAskedPage(_ operation: Int64, isBooking: Bool = false, charging lines: [LineItem] = [], by actor: String) throws {
        let text = lines.isEmpty ? nil : String(decoding: try JSONEncoder().encode(lines), as: UTF8.self)
        try run("INSERT INTO asked_page (operation, is_booking, lines, actor) VALUES (\(operation), \(isBooking), \(text), \(actor))")
    }

    /// - Returns: `nil` when nobody asked: the ledger did by itself, or as a step of a check-out.
    package func askedPage(of operation: Ledger.Operation) throws -> AskedPage? {
        try one("SELECT is_booking, lines, actor FROM asked_page WHERE operation = \(operation.number)") { row in
            var lines: [LineItem] = []
            if let text = try row.optionalString(1) {
                guard let read = try? JSONDecoder().decode([LineItem].self, from: Data(text.utf8)) else {
                    throw row.unreadable(1, of: "the page of operation \(operation.number)")
                }
                lines = read
            }
            return AskedPage(isBooking: try row.bool(0), lines: lines, actor: try row.string(2))
        }
    }

    /// - Precondition: The operation has ended.
    package func forgetAskedPage(of operation: Ledger.Operation) throws {
        try run("DELETE FROM asked_page WHERE operation = \(operation.number)")
    }

    /// Deletes the last hold of a folio, whose page Stripe did not make. The schema refuses any other.
    package func forgetHold(_ number: Int64, of folio: Folio) throws {
        try run("DELETE FROM hold WHERE tenant = \(tenant.number) AND folio = \(folio.number) AND number = \(number)")
    }

    /// The same for a payment.
    package func forgetPayment(_ number: Int64, of folio: Folio) throws {
        try run("DELETE FROM payment WHERE tenant = \(tenant.number) AND folio = \(folio.number) AND number = \(number)")
    }

    /// How many operations the folio ever had, whatever the outcome.
    package func operationCount(of folio: Folio) throws -> Int {
        try one("SELECT count(*) FROM operation WHERE tenant = \(tenant.number) AND folio = \(folio.number)") { try $0.int(0) }!
    }
}
