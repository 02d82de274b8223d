import Ledger
internal import LedgerStore
import Stripe

/// Names of what we write into the metadata of everything we make at Stripe, so that any news of it finds home.
enum LedgerMetadata {
    /// The folio's number in the store.
    static let folio = "ledger_folio"
    static let hold = "ledger_hold"
    /// The intent of the hold whose place a hold takes: after a restore nothing else tells.
    static let replaces = "ledger_replaces"
    static let payment = "ledger_payment"
    static let refund = "ledger_refund"
    /// The id of the tenant's books: see `Owner`.
    static let books = "ledger_books"
    /// The idempotency key it was made with.
    static let key = "ledger_key"
    /// The request it was made for: see `RequestTrace`.
    static let request = "ledger_request"
    /// The folio's reference: for people who look at Stripe's pages.
    static let reference = "reference"
}

/// What Stripe allows, in the ledger's units.
enum StripeLimits {
    /// The least amount of one payment.
    static func minimum(in currency: Currency) -> Int64 { StripeAmount.minimum(currency) ?? 1 }
    /// Stripe takes amounts with three decimals only when the last one is 0.
    static func unit(in currency: Currency) -> Int64 { currency.exponent == 3 ? 10 : 1 }
    /// The most: eight digits is what every method takes.
    static let maximum: Int64 = 99_999_999
    /// For how many whole days a hold that the guest places on the page covers a stay.
    static func holdDays(_ method: Ledger.PaymentMethod) -> Int { method == .klarna ? 28 : 7 }
}

extension IntentObservation {
    /// - Throws: `StripeAmountError` for an amount the ledger cannot hold.
    init(_ intent: PaymentIntent) throws {
        func units(_ integer: Int64) throws -> Int64 { try StripeAmount(stripe: integer, currency: intent.currency).minorUnits }
        let status: Status =
            switch intent.status {
            case .requiresPaymentMethod, .requiresConfirmation, .requiresAction: .waiting
            case .processing: .processing
            case .requiresCapture: .requiresCapture
            case .succeeded: .succeeded
            case .canceled: .canceled
            default: .unknown
            }
        let details = intent.latestCharge?.object?.paymentMethodDetails
        let card = details?.card
        try self.init(
            id: intent.id, status: status, amount: units(intent.amount), capturable: units(intent.amountCapturable),
            received: units(intent.amountReceived),
            expired: intent.cancellationReason == .expired || intent.cancellationReason == .automatic,
            captureBefore: card?.captureBefore ?? Self.klarnaEnd(intent),
            card: card.map {
                Hold.CardDetails(
                    brand: $0.brand ?? "", last4: $0.last4 ?? "", mayIncrement: $0.canBeIncremented,
                    ceiling: try $0.maximumAmountCapturable.map(units))
            },
            method: (details?.type).map { Ledger.PaymentMethod(rawValue: $0.rawValue) },
            paymentMethod: intent.paymentMethod?.id, failure: intent.lastPaymentError.map { Failure($0) })
        charge = intent.latestCharge?.id
        assessment = intent.latestCharge?.object.map { Risk.Assessment($0) }
        taken = TakenAt(intent)
        cardExpires = CardExpiry.text(card?.expiryYear, card?.expiryMonth)
        (cardFunding, cardFingerprint) = ((card?.funding).ledger, card?.fingerprint)
    }
}

extension TakenAt {
    /// What the intent itself says; its events are in the books.
    fileprivate init(_ intent: PaymentIntent) {
        self.init()
        guard intent.amountReceived > 0, let charge = intent.latestCharge?.object else { return }
        let transaction = charge.balanceTransaction?.object
        self.transaction = transaction?.created
        if let transaction, transaction.currency == intent.currency {
            // One that the ledger cannot hold tells no parts apart.
            transactionAmount = try? StripeAmount(stripe: transaction.amount, currency: transaction.currency).minorUnits
        }
        let method = (charge.paymentMethodDetails?.type).map { Ledger.PaymentMethod(rawValue: $0.rawValue) }
        if intent.captureMethod != .manual, charge.captured, method?.settlesAtOnce == true { self.charge = charge.created }
    }
}

extension Stripe.CardFunding? {
    /// A word that is not known here says nothing.
    var ledger: Ledger.CardFunding? { flatMap { Ledger.CardFunding(rawValue: $0.rawValue) } }
}

/// The last month in which a card is valid, as stored: `2029-08`.
enum CardExpiry {
    static func text(_ year: Int?, _ month: Int?) -> String? {
        guard let year, let month, (1000...9999).contains(year), (1...12).contains(month) else { return nil }
        return "\(year)-\(month < 10 ? "0" : "")\(month)"
    }
}

extension Failure {
    init(_ error: StripeError) {
        switch (error.declineReason, error.code?.rawValue) {
        case ("authentication_required"?, _), ("authentication_not_handled"?, _), ("payment_intent_authentication_failure"?, _):
            self = .authenticationRequired
        case (let reason?, _): self = .declined(reason)
        case (nil, "charge_disputed"?), (nil, "refund_disputed_payment"?): self = .contested
        case (nil, let code?) where code == StripeError.Code.chargeAlreadyRefunded.rawValue: self = .notRefundable(code)
        // A bank's refusal of Sofort is no decline in Stripe's sense; it ends the payment all the same.
        case (nil, "payment_intent_payment_attempt_failed"?): self = .notPaid
        case (nil, let code?): self = .refused(code: code, words: error.message ?? "")
        // Where there is no code, what it is about says most.
        case (nil, nil):
            self = .refused(code: error.type.rawValue + (error.param.map { ", \($0)" } ?? ""), words: error.message ?? "")
        }
    }
}

extension Failure {
    init(_ uncertainty: StripeUncertainty) { self = .unanswered(uncertainty.reason.noAnswer, words: "\(uncertainty)") }

    init(_ failure: StripeFailure) {
        switch failure {
        case .refused(let error): self = Failure(error)
        case .unknown(let uncertainty): self = Failure(uncertainty)
        }
    }

    /// Stripe has answered, and what it says cannot be taken in.
    init(unusable error: any Error) { self = .unanswered(.unusable, words: plainWords(of: error)) }
}

extension StripeUncertainty.Reason {
    var noAnswer: Failure.NoAnswer {
        switch self {
        case .noAnswer(.notReached): .notReached
        case .noAnswer(.timedOut): .timedOut
        case .noAnswer(.interrupted), .noAnswer(.cancelled): .interrupted
        case .serverError: .serverError
        case .conflict, .locked, .rateLimited: .busy
        case .keyRefused: .keyRefused
        case .unreadable: .unusable
        }
    }
}

extension StripeError {
    /// Whether a refused refund means that nothing more of the payment can be refunded, and not only that this attempt failed.
    ///
    /// The documented codes say so. For a refund window that is over, or an account that is closed, there is no code: Stripe refuses with
    /// words alone. So a refusal without a parameter, and for no temporary reason, is final. An amount above what
    /// is left names the parameter `amount`: somebody else has refunded money, and the event of that is still to come.
    ///
    /// - Source: docs.stripe.com, "Error codes".
    var barsRefunds: Bool {
        guard type == .invalidRequest || type == .card, param == nil else { return false }
        switch code?.rawValue {
        case "balance_insufficient", "insufficient_funds", "lock_timeout", "rate_limit", "resource_missing", "processing_error",
            "idempotency_key_in_use", "livemode_mismatch", "testmode_charges_only", "api_key_expired", "secret_key_required",
            "payment_intent_unexpected_state", "amount_too_small", "amount_too_large":
            return false
        case let code?: return !code.hasPrefix("parameter_")
        case nil: return true
        }
    }
}

extension Failure {
    /// Why a payment whose refund failed cannot be refunded at all; `nil` if another attempt may work.
    ///
    /// - Parameter reason: Stripe's `failure_reason`.
    /// - Source: docs.stripe.com/api/refunds/object.
    init?(refusedRefund reason: String?) {
        switch reason {
        case "charge_for_pending_refund_disputed"?: self = .contested
        case "expired_or_canceled_card"?, "lost_or_stolen_card"?, "declined"?: self = .notRefundable(reason!)
        default: return nil
        }
    }
}

extension IntentObservation {
    /// Stripe names no end for a hold with Klarna; it is midnight UTC at the end of 28 days.
    ///
    /// - Source: docs.stripe.com, "Place a hold on a payment method", Klarna.
    private static func klarnaEnd(_ intent: PaymentIntent) -> Instant? {
        guard let charge = intent.latestCharge?.object, charge.paymentMethodDetails?.type == .klarna, !charge.captured else {
            return nil
        }
        return Instant(unixSeconds: (charge.created.unixSeconds / 86_400 + 28) * 86_400)
    }
}

extension BalanceMovement {
    /// - Throws: `StripeAmountError` for a currency the ledger does not know.
    init(_ transaction: BalanceTransaction) throws {
        let amount = try StripeAmount(stripe: transaction.amount, currency: transaction.currency)
        let fee = try StripeAmount(stripe: transaction.fee, currency: transaction.currency)
        self.init(
            id: transaction.id, type: transaction.type.rawValue, reportingCategory: transaction.reportingCategory.rawValue,
            balance: transaction.balanceType ?? Self.payments, amount: Money(minorUnits: amount.minorUnits, currency: amount.currency),
            fee: Money(minorUnits: fee.minorUnits, currency: fee.currency), source: transaction.source?.id,
            intent: transaction.source?.paymentIntentID,
            method: (transaction.source?.charge?.object?.paymentMethodDetails?.type).map { Ledger.PaymentMethod(rawValue: $0.rawValue) },
            created: transaction.created)
    }
}
