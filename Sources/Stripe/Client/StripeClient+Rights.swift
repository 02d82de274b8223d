import Ledger

/// A right that a key needs here. Restricted keys have them one by one.
package enum StripePermission: String, Sendable, CaseIterable {
    case makePages = "checkout_sessions_write"
    case takePayments = "payment_intents_write"
    case giveBack = "refunds_write"
    case removeCards = "payment_methods_write"
    case readPages = "checkout_sessions_read"
    case readPayments = "payment_intents_read"
    case readSetups = "setup_intents_read"
    case readRefunds = "refunds_read"
    case readCharges = "charges_read"
    case readCustomers = "customers_read"
    case readDisputes = "disputes_read"
    case readEvents = "events_read"
    case readBalance = "balance_read"
    case readMovements = "balance_transactions_read"
    case readPayouts = "payouts_read"

    /// Whether no key is taken without it: money is taken or given back with it, or it shows when that happened and on which card.
    package var isEssential: Bool {
        switch self {
        case .makePages, .takePayments, .giveBack, .readCharges, .readMovements: true
        default: false
        }
    }

    /// As Stripe's dashboard lists it.
    package var phrase: Phrase {
        let (name, writes): (String, Bool) =
            switch self {
            case .makePages: ("Checkout Sessions", true)
            case .takePayments: ("Payment Intents", true)
            case .giveBack: ("Refunds", true)
            case .removeCards: ("Payment Methods", true)
            case .readPages: ("Checkout Sessions", false)
            case .readPayments: ("Payment Intents", false)
            case .readSetups: ("Setup Intents", false)
            case .readRefunds: ("Refunds", false)
            case .readCharges: ("Charges", false)
            case .readCustomers: ("Customers", false)
            case .readDisputes: ("Disputes", false)
            case .readEvents: ("Events", false)
            case .readBalance: ("Balance", false)
            case .readMovements: ("Balance Transactions", false)
            case .readPayouts: ("Payouts", false)
            }
        return writes ? Phrase("\(name) (write)", "\(name) (Schreiben)") : Phrase("\(name) (read)", "\(name) (Lesen)")
    }

    /// A call that shows whether the right is there and changes nothing: a list of one, or a call whose parameters are missing, which Stripe
    /// refuses for that with 400. Without the right it is 403 before anything is looked at. To make a customer needs no parameter, so that
    /// is never tried.
    ///
    /// - Source: docs.stripe.com, "API keys", and answers that others have published; unverified.
    fileprivate var probe: StripeRequest {
        func list(_ path: String) -> StripeRequest { .get("/v1/\(path)", ["limit": 1]) }
        return switch self {
        case .makePages: .post("/v1/checkout/sessions")
        case .takePayments: .post("/v1/payment_intents")
        case .giveBack: .post("/v1/refunds")
        case .removeCards: .post("/v1/payment_methods")
        case .readPages: list("checkout/sessions")
        case .readPayments: list("payment_intents")
        case .readSetups: list("setup_intents")
        case .readRefunds: list("refunds")
        case .readCharges: list("charges")
        case .readCustomers: list("customers")
        case .readDisputes: list("disputes")
        case .readEvents: list("events")
        case .readBalance: .get("/v1/balance")
        case .readMovements: list("balance_transactions")
        case .readPayouts: list("payouts")
        }
    }
}

extension StripeClient {
    /// Tries a right without effect.
    ///
    /// - Parameter key: A new one: nothing is kept under it.
    /// - Returns: Whether the key has the right; refused when Stripe does not know the key at all.
    package func has(_ right: StripePermission, key: String) async -> StripeOutcome<Bool> {
        let probe = right.probe
        let outcome = await call(probe, key: probe.method == "POST" ? key : nil, decode: { $0 })
        switch outcome {
        case .answer, .refused: return .answer(true)
        case .unknown where outcome.lacksRight: return .answer(false)
        case .unknown(let uncertainty):
            guard case .keyRefused(let error) = uncertainty.reason else { return .unknown(uncertainty) }
            return .refused(error)
        }
    }
}
