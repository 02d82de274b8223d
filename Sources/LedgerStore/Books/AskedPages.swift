import Foundation
import Ledger

/// A page that somebody asked for and that Stripe has not made yet.
package struct AskedPage: Sendable {
    /// Whether it is the page of a booking: when it cannot be made, there is no folio.
    package let isBooking: Bool
    /// What a booking charges as soon as Stripe has answered; each with the number that it has when no other line comes first.
    package let lines: [LineItem]
    /// The pages whose place it takes; see `addAskedPage`.
    package let replaces: [String]
    /// Who asked, for the journal.
    package let actor: String
}

extension Book {
    /// Notes that somebody asked for the page that a waiting operation makes.
    ///
    /// - Parameters:
    ///   - isBooking: See `AskedPage`.
    ///   - lines: Charges; see there.
    ///   - replaced: The sessions (`cs_…`) of the pages that are withdrawn once Stripe has made this one.
    package func addAskedPage(
        _ operation: Int64, isBooking: Bool = false, charging lines: [LineItem] = [], replacing replaced: [String] = [], by actor: String
    ) throws {
        func text(_ values: [some Encodable]) throws -> String? {
            values.isEmpty ? nil : String(decoding: try JSONEncoder().encode(values), as: UTF8.self)
        }
        let (charges, pages) = (try text(lines), try text(replaced))
        try run(
            """
            INSERT INTO asked_page (operation, is_booking, lines, replaces, actor)
            VALUES (\(operation), \(isBooking), \(charges), \(pages), \(actor))
            """)
    }

    /// - Returns: `nil` when nobody asked: the ledger did by itself, or as a step of a check-out.
    package func askedPage(of operation: Ledger.Operation) throws -> AskedPage? {
        try one("SELECT is_booking, lines, replaces, actor FROM asked_page WHERE operation = \(operation.number)") { row in
            let what = "the page of operation \(operation.number)"
            return AskedPage(
                isBooking: try row.bool(0), lines: try row.list(1, of: what), replaces: try row.list(2, of: what),
                actor: try row.string(3))
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

extension Row {
    /// A list that is kept as JSON; empty where nothing is kept.
    fileprivate func list<Value: Decodable>(_ column: Int, of what: String) throws -> [Value] {
        guard let text = try optionalString(column) else { return [] }
        guard let read = try? JSONDecoder().decode([Value].self, from: Data(text.utf8)) else { throw unreadable(column, of: what) }
        return read
    }
}
