import Ledger
import LedgerService
import WebServer

/// A value in a path: its name there, and how it is read. Where it cannot be read, there is no page.
struct PathParameter<Value: Sendable>: Sendable {
    let name: String
    private let read: @Sendable (String) -> Value?

    init(_ name: String, _ read: @escaping @Sendable (String) -> Value?) { (self.name, self.read) = (name, read) }

    func value(in values: [String: String]) throws(PageNotFound) -> Value {
        guard let value = values[name].flatMap(read) else { throw PageNotFound() }
        return value
    }
}

/// No page has the address.
struct PageNotFound: Error {}

extension PathParameter<Int64> {
    static var line: Self { number("line") }
    static var hold: Self { number("hold") }
    static var payment: Self { number("payment") }
    static var refund: Self { number("refund") }
    static var operation: Self { number("operation") }
    static var rule: Self { number("rule") }
    static var run: Self { number("run") }

    /// Written in one way only, because a form's key goes by what stands in its address.
    private static func number(_ name: String) -> Self {
        Self(name) { text in Int64(text).flatMap { String($0) == text ? $0 : nil } }
    }
}

extension PathParameter<Month> {
    static var month: Self { Self("month") { Month($0) } }
}

extension PathParameter<GuestPages.Page> {
    static var page: Self { Self("page") { GuestPages.Page(rawValue: $0) } }
}

extension PathParameter<String> {
    static var movement: Self { Self("movement") { $0.hasPrefix("txn_") ? $0 : nil } }
    /// Stripe's, of payouts.
    static var payout: Self { Self("payout") { $0 } }
    /// Stripe's, of disputes.
    static var dispute: Self { Self("dispute") { $0 } }
    static var event: Self { Self("event") { $0 } }
    /// Stripe's, of movements.
    static var type: Self { Self("type") { TextRule.balanceType.takes($0) ? $0 : nil } }
    static var object: Self { Self("object") { $0 } }
}
