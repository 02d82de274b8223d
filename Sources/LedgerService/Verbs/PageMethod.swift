import Ledger
internal import LedgerStore

/// Which method a page asks the guest to pay with.
extension Book {
    /// - Throws: `ServiceRefusal.methodUnknown`; `.methodEnded` for one that Stripe has ended and the tenant does not offer any more.
    func check(_ method: PaymentMethod) throws {
        guard PaymentMethod.offered.contains(method) else { throw ServiceRefusal.methodUnknown(method.rawValue) }
        guard tenant.methods(on: now.day(in: tenant.timeZone)).contains(method) else {
            throw ServiceRefusal.methodEnded(method, on: method.endedOn!)
        }
    }

    /// The method that somebody names, otherwise the folio's own. A method that Stripe has ended may be gone from the account by now, and
    /// takes days; one that Stripe refused for this folio is gone: then the card.
    func payingMethod(_ asked: PaymentMethod? = nil, of folio: Folio) throws -> PaymentMethod {
        if let asked {
            try check(asked)
            return asked
        }
        return try folio.method.endedOn != nil || isRefused(folio.method, for: folio) ? .card : folio.method
    }

    /// The same for a hold.
    ///
    /// - Throws: `ServiceRefusal.methodCannotHold`.
    func holdingMethod(_ asked: PaymentMethod?, of folio: Folio) throws -> PaymentMethod {
        if let asked { try check(asked) }
        let method = try asked ?? (isRefused(folio.method, for: folio) ? .card : folio.method)
        guard method.canHold else { throw ServiceRefusal.methodCannotHold(method) }
        return method
    }

    /// Whether Stripe has said of a page of this folio that the account does not take the method.
    private func isRefused(_ method: PaymentMethod, for folio: Folio) throws -> Bool {
        // There is no other way than the card.
        guard method != .card else { return false }
        return try [OperationKind.holdPage, .paymentPage].contains { kind in
            try operations(kind.rawValue, of: folio).contains { $0.failure == .methodNotActive(method) }
        }
    }

    /// A stay whose page asks for a card that the folio did not name: the guest consents to later charges of it, as with a folio by card.
    ///
    /// - Parameter amount: What the page holds; `nil` for a payment.
    /// - Returns: Whether the page asks for that consent besides.
    func savesOtherCard(_ method: PaymentMethod, of folio: Folio, holding amount: Money? = nil) throws -> Bool {
        guard folio.source == .reservation, method == .card, folio.method != .card else { return false }
        try requestCard(for: folio, holding: amount)
        return true
    }
}

/// What the guest of a folio may be asked to pay with.
package struct MethodChoice: Sendable {
    /// In the order in which they are shown; never empty.
    package let methods: [PaymentMethod]
    /// What is taken when nobody chooses; among `methods`.
    package let usual: PaymentMethod
}

extension LedgerService {
    /// The methods for a page of a folio. Whether they are active at the account, Stripe alone knows.
    ///
    /// - Parameter toHold: For a hold until departure, and not for a payment.
    /// - Throws: `ServiceRefusal.folioNotFound`.
    package func methodChoice(toHold: Bool, on reference: String, of tenantID: String) throws -> MethodChoice {
        try store.read(of: tenantID) { book in
            let folio = try book.knownFolio(reference)
            let today = book.now.day(in: book.tenant.timeZone)
            let days = today.days(until: folio.departure)
            let methods = book.tenant.methods(on: today).filter { method in
                // A card is saved now for a later stay.
                !toHold || method == .card || (method.canHold && days < StripeLimits.holdDays(method))
            }
            let usual = try book.payingMethod(of: folio)
            return MethodChoice(methods: methods, usual: methods.contains(usual) ? usual : .card)
        }
    }
}
