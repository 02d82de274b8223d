import Foundation
import Ledger
import TestStore
import TestSupport

@testable import LedgerStore

extension LedgerFile {
    func folio(_ reference: String = "R-4711", of tenant: Tenant) async throws -> Folio {
        try await store.write(of: tenant) { try $0.addStay(reference) }
    }
}

extension SettableClock {
    static var noon: SettableClock { SettableClock(.noon) }
}

extension Book {
    func addStay(_ reference: String) throws -> Folio {
        try addFolio(
            reference, source: .reservation, guest: Folio.Guest(name: "Ada Gast", email: "ada@example.com"), arrival: .arrival,
            departure: .arrival.adding(days: 3), mode: .reserved, method: .card)
    }

    /// A charge with the folio's next number.
    @discardableResult
    func charge(_ units: Int64, _ category: Ledger.Category = .lodging, quantity: Int64 = 1, to folio: Folio) throws -> LineItem {
        let line = try LineItem.charge(
            number: nextLineNumber(on: folio), LineTerms(category, "Something", tenant.money(units)), quantity: quantity,
            taxRate: nil, serviceDate: .arrival, schedule: .germany)
        try add(line, to: folio, by: "reception")
        return line
    }

    /// A payment on the page that has succeeded, with its entry.
    func pay(_ units: Int64, intent: String, to folio: Folio) throws -> Payment {
        var payment = try addPayment(tenant.money(units), origin: .page, method: .card, to: folio)
        payment.state = .succeeded
        payment.received = payment.amount
        payment.intent = intent
        let posting = Posting.payment(payment.amount, folio: folio.reference, on: .arrival, intent: intent)!
        try save(payment, entry: try post(posting, folio: folio, by: "stripe"), of: folio)
        return payment
    }

    /// A hold that the bank has agreed to.
    func hold(_ units: Int64, intent: String, on folio: Folio) throws -> Hold {
        var hold = try addHold(tenant.money(units), origin: .page, method: .card, to: folio)
        hold.state = .authorised
        hold.authorised = hold.amount
        hold.captureBefore = now.adding(seconds: 7 * 86_400)
        hold.intent = intent
        try save(hold, of: folio)
        return hold
    }

    /// Takes `units` out of an authorised hold.
    func capture(_ units: Int64, of known: Hold, on folio: Folio) throws -> Payment {
        var hold = known
        hold.state = .captured
        hold.captured = tenant.money(units)
        try save(hold, of: folio)
        var payment = try addPayment(hold.captured, origin: .capture, method: .card, hold: hold.number, to: folio)
        payment.state = .succeeded
        payment.received = payment.amount
        payment.intent = hold.intent
        let posting = Posting.payment(payment.amount, folio: folio.reference, on: .arrival, intent: hold.intent!)!
        try save(payment, entry: try post(posting, folio: folio, by: "stripe"), of: folio)
        return payment
    }
}

extension Tenant {
    func money(_ units: Int64) -> Money { Money(minorUnits: units, currency: currency) }
}

extension Day {
    static let arrival = Day("2025-11-20")!
}

extension BalanceMovement {
    /// A movement of the kind that `type` and `category` name.
    static func of(
        _ id: String, _ type: String, category: String? = nil, _ amount: Int64, fee: Int64 = 0, method: PaymentMethod? = nil,
        source: String? = "ch_1", intent: String? = nil, balance: String = payments, on day: String = "2025-11-21",
        in currency: Currency = .eur
    ) -> BalanceMovement {
        BalanceMovement(
            id: id, type: type, reportingCategory: category ?? type, balance: balance,
            amount: Money(minorUnits: amount, currency: currency),
            fee: Money(minorUnits: fee, currency: currency), source: source, intent: intent, method: method,
            created: Instant("\(day)T09:00:00Z")!)
    }
}

extension Database {
    /// A read in the books of the tenant with this id.
    func read<Output>(of id: String, _ body: (borrowing Book) throws -> Output) throws -> Output {
        try read { try $0.withBook(of: $0.tenant(id)!, body) }
    }
}
