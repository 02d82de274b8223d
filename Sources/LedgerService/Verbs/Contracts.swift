import Foundation
import Ledger
internal import LedgerStore

/// What is to be different about a contract. What is nil stays.
package struct ContractChange: Sendable {
    /// The first day that is billed; not once a month is billed.
    package var from: Day?
    /// A price, and the first month that it holds for; not of a month that is billed.
    package var price: ContractPrice?
    /// See `TextRule.recipient`.
    package var recipient: String?
    /// One of `Countries.codes`. A VAT id of another country goes with its check, unless another one is set.
    package var country = ValueChange<String>.stays
    /// See `TextRule.vatID`. Another one has not been checked yet.
    package var vatID = ValueChange<String>.stays
    /// On which day the authority confirmed the VAT id; cleared when it does not confirm it any more.
    package var vatCheckedOn = ValueChange<Day>.stays
    /// Who asked the authority; `nil`: who changes the contract. Given with the day.
    package var vatCheckedBy: String?
    /// Whether days count.
    package var proration: Proration?
    /// Within `ContractTerms.freeMonthNumbers`.
    package var freeMonths: Int?
    /// Whether a month is billed after its end.
    package var billing: Billing?

    package init() {}
}

extension LedgerService {
    /// - Throws: `TenantNotFound`.
    package func contract(of tenantID: String) throws -> Contract { try store.read(of: tenantID) { try $0.contract() } }

    /// Changes a contract. What was billed stays as it was.
    ///
    /// - Throws: `FeeRefusal`; `ServiceRefusal.feeInvalid`, `.textTooLong`, `.textInvalid`; `TenantNotFound`.
    package func changeContract<Answer>(
        _ change: ContractChange, of tenantID: String, by actor: String, once: Once<Contract, Answer> = Once<Contract, Contract>.unkeyed
    ) async throws -> Answer {
        try await perform(once, of: tenantID) { book in
            let contract = try book.contract()
            guard contract.keysRemoved == nil else { throw FeeRefusal.keysAreRemoved(tenantID) }
            let terms = try change.terms(after: contract.terms, today: book.now.day(in: book.tenant.timeZone), by: actor)
            if let from = change.from, from != contract.from { try book.move(contract, to: from) }
            if let price = change.price { try book.set(price, in: try book.contract()) }
            if terms != contract.terms { try book.addTerms(terms, by: actor) }
            let changed = try book.contract()
            if changed != contract {
                try book.transaction.audit(
                    NewAuditEntry(.contractSet, changed.summary(of: contract), isConfirmed: false), of: book.tenant, by: actor)
            }
            return changed
        }
    }

    /// Ends a contract, or takes its end back. From that day on nothing new is booked or held; what is there is settled as always.
    ///
    /// - Parameter day: The last day that is billed; `nil` takes the end back.
    /// - Throws: `FeeRefusal.endBeforeBegin`, `.keysAreRemoved`; `TenantNotFound`.
    package func endContract<Answer>(
        on day: Day?, of tenantID: String, by actor: String, once: Once<Contract, Answer> = Once<Contract, Contract>.unkeyed
    ) async throws -> Answer {
        try await perform(once, of: tenantID) { book in
            let contract = try book.contract()
            guard contract.keysRemoved == nil else { throw FeeRefusal.keysAreRemoved(tenantID) }
            if let day, day < contract.from { throw FeeRefusal.endBeforeBegin(contract.from) }
            guard day != contract.until else { return contract }
            try book.setContractEnd(day)
            try book.transaction.audit(
                NewAuditEntry(.contractEnded, day?.description ?? "-", isConfirmed: false), of: book.tenant, by: actor)
            return try book.contract()
        }
    }
}

extension ContractChange {
    fileprivate func terms(after old: ContractTerms, today: Day, by actor: String) throws -> ContractTerms {
        var terms = old
        if let recipient {
            try TextRule.recipient.check(recipient)
            terms.recipient = recipient
        }
        switch country {
        case .stays: break
        case .cleared: terms.country = nil
        case .set(let code):
            guard Countries.codes.contains(code) else { throw FeeRefusal.countryUnknown(code) }
            terms.country = code
        }
        switch vatID {
        case .stays:
            if terms.country != old.country, let country = terms.country, let id = terms.vatID, !EuropeanUnion.mayBe(id, of: country) {
                (terms.vatID, terms.vatCheck) = (nil, nil)
            }
        case .cleared: (terms.vatID, terms.vatCheck) = (nil, nil)
        case .set(let id) where id != terms.vatID:
            try TextRule.vatID.check(id)
            (terms.vatID, terms.vatCheck) = (id, nil)
        case .set: break
        }
        if let id = terms.vatID, let country = terms.country, country == EuropeanUnion.home || EuropeanUnion.others.contains(country) {
            let prefix = EuropeanUnion.vatPrefix(of: country)
            guard id.hasPrefix(prefix) else { throw FeeRefusal.vatIDElsewhere(id, country: country, prefix: prefix) }
        }
        switch vatCheckedOn {
        case .stays:
            if vatCheckedBy != nil { throw FeeRefusal.vatCheckWithoutDay }
        case .cleared: terms.vatCheck = nil
        case .set(let day):
            guard terms.vatID != nil else { throw FeeRefusal.vatCheckWithoutID }
            guard day <= today else { throw FeeRefusal.vatCheckInFuture(day) }
            let asker = vatCheckedBy ?? String(actor.prefix(TextRule.actor.length.upperBound))
            try TextRule.actor.check(asker)
            terms.vatCheck = .init(day: day, actor: asker)
        }
        if let proration { terms.proration = proration }
        if let freeMonths { terms.freeMonths = freeMonths }
        if let billing { terms.billing = billing }
        return terms
    }
}

extension Book {
    /// - Throws: `FeeRefusal.beginBilled`, `.beginTooEarly`, `.endBeforeBegin`.
    fileprivate func move(_ contract: Contract, to from: Day) throws {
        if let billed = try billedPrices().first { throw FeeRefusal.beginBilled(billed.from) }
        guard from >= ContractStart.firstDay else { throw FeeRefusal.beginTooEarly(ContractStart.firstDay) }
        if let until = contract.until, until < from { throw FeeRefusal.endBeforeBegin(from) }
        if from < contract.from { try beginContract(on: from) } else { try setContractStart(from) }
    }

    /// - Throws: `FeeRefusal.priceBilled`, `.priceBeforeContract`; `ServiceRefusal.feeInvalid`.
    fileprivate func set(_ price: ContractPrice, in contract: Contract) throws {
        try checkPrice(price.net)
        guard price.from >= contract.from.month else { throw FeeRefusal.priceBeforeContract(contract.from.month) }
        let next = contract.prices.first { $0.from > price.from }?.from
        let changed = try billedPrices().first { billed in
            billed.from >= price.from && billed.net != price.net && next.map { billed.from < $0 } ?? true
        }
        if let changed { throw FeeRefusal.priceBilled(changed, from: price.from) }
        try setPrice(price)
    }

    /// - Throws: `FeeRefusal.ended` from the contract's last day on.
    func requireNotEnded() throws {
        guard let end = try contractEnd(), now.day(in: tenant.timeZone) >= end else { return }
        throw FeeRefusal.ended(tenant.id, end)
    }
}

/// - Throws: `ServiceRefusal.feeInvalid`, `MoneyError.currencyMismatch`.
func checkPrice(_ net: Money) throws {
    guard net.currency == .eur else { throw MoneyError.currencyMismatch(.eur, net.currency) }
    guard PlatformFee.nets.contains(net.minorUnits) else {
        throw ServiceRefusal.feeInvalid(most: Money(minorUnits: PlatformFee.nets.upperBound, currency: .eur))
    }
}

extension Contract {
    /// For the audit list: what is different, with what was before it. As much as an entry takes, what costs most first.
    fileprivate func summary(of before: Contract) -> String {
        var said: [String] = []
        func say(_ what: String, _ now: String?, _ old: String?) {
            if now != old { said.append("\(what) \(now ?? "-") (was \(old ?? "-"))") }
        }
        say("from", from.description, before.from.description)
        for month in Set((prices + before.prices).map(\.from)).sorted() {
            say("price from \(month)", prices.net(from: month), before.prices.net(from: month))
        }
        let (now, old) = (terms, before.terms)
        say("tax case", now.taxCase.rawValue, old.taxCase.rawValue)
        say("country", now.country, old.country)
        say("VAT id", now.vatID, old.vatID)
        say("checked", now.vatCheck.map { "\($0.day)" }, old.vatCheck.map { "\($0.day)" })
        say("free months", String(now.freeMonths), String(old.freeMonths))
        say("proration", now.proration.rawValue, old.proration.rawValue)
        say("billing", now.billing.rawValue, old.billing.rawValue)
        say("recipient", now.recipient, old.recipient)
        let text = said.joined(separator: ", ")
        return text.unicodeScalars.count > 200 ? String(text.unicodeScalars.prefix(199)) + "…" : text
    }
}

extension [ContractPrice] {
    /// As an amount of that very month.
    fileprivate func net(from month: Month) -> String? { first { $0.from == month }?.net.plain }
}
