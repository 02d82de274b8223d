import Ledger
internal import LedgerStore
import Stripe

/// A list of Stripe's that is compared, and what a key needs to read it.
enum ComparedList {
    case intents, pages, refunds, disputes, payouts, movements, balance

    /// What stands for the list where it could not be compared.
    var name: String {
        switch self {
        case .intents: "payments and holds"
        case .pages: "pages"
        case .refunds: "refunds"
        case .disputes: "disputes"
        case .payouts: "payouts"
        case .movements: "movements"
        case .balance: "balance"
        }
    }

    var right: StripePermission {
        switch self {
        case .intents: .readPayments
        case .pages: .readPages
        case .refunds: .readRefunds
        case .disputes: .readDisputes
        case .payouts: .readPayouts
        case .movements: .readMovements
        case .balance: .readBalance
        }
    }
}

// What could not be read is not compared, and said: it hides nothing else.

extension LedgerService {
    /// - Throws: What is of all lists: see `requireOtherAnswers`.
    func add(notRead list: ComparedList, _ failure: StripeFailure, _ tenant: Tenant, _ result: inout Reconciliation) async throws {
        let why = try await whyNotRead(failure, list, tenant)
        result.differences.append(
            Difference(
                object: list.name, folio: nil, ledger: "not compared", stripe: "cannot be read", cause: why,
                mending: .byHand(
                    failure.lacksRight
                        ? "Give the key this permission at Stripe, or set another key with `tenant stripe`."
                        : "Run `reconcile` again in a minute.")))
    }

    /// Why one object or one list could not be read, for the operator.
    ///
    /// - Throws: What is of all objects: see `ownTrouble`.
    func whyNotRead(_ error: any Error, _ list: ComparedList, _ tenant: Tenant) async throws -> String {
        let why = try await ownTrouble(error, of: tenant)
        if let failure = error as? StripeFailure, failure.lacksRight {
            return "the Stripe key lacks the permission \(list.right.phrase.english)"
        }
        return why.technical
    }
}

extension StripeFailure {
    /// Whether the key has not the right to it.
    var lacksRight: Bool { if case .unknown(let uncertainty) = self { uncertainty.lacksRight } else { false } }
}

extension Reconciliation {
    /// Elements of a list that are not of its shape.
    mutating func add(_ unreadable: [UnreadableElement]) {
        for element in unreadable { add(notCompared: element.id, why: element.why) }
    }

    mutating func add(notCompared id: String, why: String) {
        differences.append(
            Difference(
                object: id, folio: nil, ledger: "not compared", stripe: "cannot be read", cause: why,
                mending: .byHand("Compare it in Stripe's Dashboard.")))
    }
}

extension StripeAmount {
    /// As the ledger writes it; an amount that it cannot hold as Stripe writes it.
    static func shown(_ integer: Int64, _ currency: String) -> String {
        (try? StripeAmount(stripe: integer, currency: currency)).map { "\($0.money)" } ?? "\(integer) \(currency)"
    }
}
