/// Why an issuer says no, as Stripe words it.
struct Decline: Equatable, Sendable {
    let code: String
    let declineCode: String
    /// Stripe's word for what to do next: `try_again_later`, `do_not_try_again`, `confirm_card_data`.
    var adviceCode: String?
    let message: String
    var param: String?
    /// The issuer's own two characters.
    var networkCode: String? = "05"
    /// The network's two digits for what to do next, where it gives any.
    var networkAdviceCode: String?

    static let generic = Decline(
        code: "card_declined", declineCode: "generic_decline", adviceCode: "try_again_later", message: "Your card was declined.")
    static let insufficientFunds = Decline(
        code: "card_declined", declineCode: "insufficient_funds", adviceCode: "try_again_later",
        message: "Your card has insufficient funds.",
        networkCode: "51")
    static let lostCard = Decline(
        code: "card_declined", declineCode: "lost_card", adviceCode: "do_not_try_again", message: "Your card was declined.",
        networkCode: "41")
    static let stolenCard = Decline(
        code: "card_declined", declineCode: "stolen_card", adviceCode: "do_not_try_again", message: "Your card was declined.",
        networkCode: "43")
    static let expiredCard = Decline(
        code: "expired_card", declineCode: "expired_card", adviceCode: "confirm_card_data", message: "Your card has expired.",
        param: "exp_month",
        networkCode: "54")
    static let incorrectCVC = Decline(
        code: "incorrect_cvc", declineCode: "incorrect_cvc", adviceCode: "confirm_card_data",
        message: "Your card's security code is incorrect.",
        param: "cvc", networkCode: "N7")
    static let processingError = Decline(
        code: "processing_error", declineCode: "processing_error", adviceCode: "try_again_later",
        message: "An error occurred while processing your card. Try again in a little bit.", networkCode: "96")
    static let fraudulent = Decline(
        code: "card_declined", declineCode: "fraudulent", adviceCode: "try_again_later", message: "Your card was declined.",
        networkCode: "59")
    static let velocityExceeded = Decline(
        code: "card_declined", declineCode: "card_velocity_exceeded", adviceCode: "try_again_later",
        message: "Your card was declined for making repeated attempts too frequently or exceeding its amount limit.", networkCode: "65")
    /// The holder has told the bank to let no more of these payments through.
    static let paymentStopped = Decline(
        code: "card_declined", declineCode: "stop_payment_order", adviceCode: "do_not_try_again", message: "Your card was declined.",
        networkCode: "R0")
    static let authenticationRequired = Decline(
        code: "authentication_required", declineCode: "authentication_required", adviceCode: nil,
        message: "Your card was declined. This transaction requires authentication.", networkCode: "1A")

    /// By decline code, for orders under `/_sim/`.
    static func named(_ declineCode: String) -> Decline {
        let known = [
            insufficientFunds, lostCard, stolenCard, expiredCard, incorrectCVC, processingError, fraudulent, velocityExceeded,
            paymentStopped, authenticationRequired,
        ]
        return known.first { $0.declineCode == declineCode }
            ?? Decline(code: "card_declined", declineCode: declineCode, adviceCode: "try_again_later", message: "Your card was declined.")
    }
}

/// When a card asks its holder to authenticate (3D Secure).
enum CardAuthentication: Sendable {
    case always
    /// Unless the card was set up for later use before.
    case unlessSetUp
    /// Only on session; off session it counts as set up.
    case onSession
}

/// A card for tests: what it is, and how it behaves.
///
/// - Source: Stripe's pages "Testing" and "Testing use cases".
struct TestCard: Sendable {
    let number: String
    /// Behind `pm_card_`.
    let name: String
    var brand = "visa"
    var country: String? = "US"
    /// `credit`, `debit`, `prepaid` or `unknown`.
    var funding = "credit"
    /// Why it is refused whenever it is charged.
    var decline: Decline?
    /// A declining card is refused when it is saved, too, unless it is made to pass there.
    var attaches = false
    var authentication: CardAuthentication?
    /// The reason of the dispute that follows the payment.
    var dispute: String?
    var isInquiry = false
    var refundsPend = false
    var refundsFail = false
    /// The money is available at once.
    var bypassesPending = false
    var isBlocked = false
    var declinesIncrements = false
    /// How much its issuer allows to be held and taken together, in the smallest unit.
    var limit: Int?
    /// No hold beside one that lives.
    var refusesSecondHold = false
    /// The first attempt without its holder that is refused, counted from 1.
    var declinesOffSessionFromUse: Int?
    /// Why, where it is refused for what it was used for.
    var refusal = Decline.generic
    /// What fraud prevention says of its charges: one of `ChargeRisk.levels`.
    var riskLevel = "normal"
    /// By the names of `checks`: what the issuer finds wrong, whatever is entered.
    var failingChecks: Set<String> = []
    /// The issuer does not say whether an address is right.
    var checksNoAddress = false
    /// Its issuer reports each payment as fraud.
    var isReportedAsFraud = false

    var last4: String { String(number.suffix(4)) }

    static func named(_ id: String) -> TestCard? { byName[id] }
    static func numbered(_ number: String) -> TestCard? { byNumber[number] }

    private static let byName = Dictionary((all + risky).filter { !$0.name.isEmpty }.map { ("pm_card_" + $0.name, $0) }) { first, _ in first
    }
    private static let byNumber = Dictionary((all + risky).map { ($0.number, $0) }) { first, _ in first }

    static let all: [TestCard] = [
        TestCard(number: "4242424242424242", name: "visa"),
        TestCard(number: "4000056655665556", name: "visa_debit", funding: "debit"),
        TestCard(number: "5555555555554444", name: "mastercard", brand: "mastercard"),
        TestCard(number: "5200828282828210", name: "mastercard_debit", brand: "mastercard", funding: "debit"),
        TestCard(number: "5105105105105100", name: "mastercard_prepaid", brand: "mastercard", funding: "prepaid"),
        TestCard(number: "378282246310005", name: "amex", brand: "amex"),
        TestCard(number: "6011111111111117", name: "discover", brand: "discover"),
        TestCard(number: "3056930009020004", name: "diners", brand: "diners"),
        TestCard(number: "3566002020360505", name: "jcb", brand: "jcb", country: "JP"),
        TestCard(number: "6200000000000005", name: "unionpay", brand: "unionpay", country: "CN"),
        TestCard(number: "4000002760000016", name: "de", country: "DE"),
        TestCard(number: "4000000400000008", name: "at", country: "AT"),
        TestCard(number: "4000008260000000", name: "gb", country: "GB"),
        TestCard(number: "4000002500000003", name: "fr", country: "FR"),
        TestCard(number: "4000000000000002", name: "visa_chargeDeclined", decline: .generic),
        TestCard(number: "4000000000000002", name: "chargeDeclined", decline: .generic),
        TestCard(number: "4000000000009995", name: "visa_chargeDeclinedInsufficientFunds", decline: .insufficientFunds),
        TestCard(number: "4000000000009995", name: "chargeDeclinedInsufficientFunds", decline: .insufficientFunds),
        TestCard(number: "4000000000009987", name: "visa_chargeDeclinedLostCard", decline: .lostCard),
        TestCard(number: "4000000000009979", name: "visa_chargeDeclinedStolenCard", decline: .stolenCard),
        TestCard(number: "4000000000000069", name: "chargeDeclinedExpiredCard", decline: .expiredCard),
        TestCard(number: "4000000000000069", name: "visa_chargeDeclinedExpiredCard", decline: .expiredCard),
        TestCard(number: "4000000000000127", name: "chargeDeclinedIncorrectCvc", decline: .incorrectCVC),
        TestCard(number: "4000000000000127", name: "visa_chargeDeclinedIncorrectCvc", decline: .incorrectCVC),
        TestCard(number: "4000000000000119", name: "chargeDeclinedProcessingError", decline: .processingError),
        TestCard(number: "4000000000000119", name: "visa_chargeDeclinedProcessingError", decline: .processingError),
        TestCard(number: "4100000000000019", name: "chargeDeclinedFraudulent", decline: .fraudulent, isBlocked: true),
        TestCard(number: "4100000000000019", name: "visa_chargeDeclinedFraudulent", decline: .fraudulent, isBlocked: true),
        TestCard(number: "4100000000000019", name: "radarBlock", decline: .fraudulent, attaches: true, isBlocked: true),
        TestCard(number: "4000000000006975", name: "visa_chargeDeclinedVelocityLimitExceeded", decline: .velocityExceeded),
        TestCard(number: "4000000000000341", name: "chargeCustomerFail", decline: .generic, attaches: true),
        TestCard(number: "4000002500003155", name: "authenticationRequiredOnSetup", authentication: .unlessSetUp),
        TestCard(number: "4000002760003184", name: "authenticationRequired", authentication: .always),
        TestCard(number: "4000003800000446", name: "authenticationRequiredSetupForOffSession", authentication: .onSession),
        TestCard(
            number: "4000008260003178", name: "authenticationRequiredChargeDeclinedInsufficientFunds", decline: .insufficientFunds,
            attaches: true,
            authentication: .always),
        TestCard(number: "4000008400001629", name: "threeDSecureRequiredChargeDeclined", decline: .generic, authentication: .always),
        TestCard(number: "4000000000003220", name: "threeDSecure2Required", authentication: .always),
        TestCard(number: "4000000000000259", name: "createDispute", dispute: "fraudulent"),
        TestCard(number: "4000000000002685", name: "createDisputeProductNotReceived", dispute: "product_not_received"),
        TestCard(number: "4000000000001976", name: "createDisputeInquiry", dispute: "fraudulent", isInquiry: true),
        TestCard(number: "4000000000005423", name: "createIssuerFraudRecord", isReportedAsFraud: true),
        TestCard(number: "4000000000007726", name: "pendingRefund", refundsPend: true),
        TestCard(number: "4000000000005126", name: "refundFail", refundsFail: true),
        TestCard(number: "4000000000000077", name: "bypassPending", bypassesPending: true),
        TestCard(number: "4000003720000278", name: "bypassPendingInternational", country: "IE", bypassesPending: true),
        TestCard(number: "4000058400000063", name: "debit_incrementalAuthAuthorized", funding: "debit"),
        TestCard(number: "4000008400000076", name: "credit_disableEnterpriseCardFeatures", declinesIncrements: true),
        // Not Stripe's: issuers that no card of Stripe's has. `Orders` names them.
        TestCard(number: "4000990000000012", name: "sim_limit500", country: "DE", limit: 50_000),
        TestCard(number: "4000990000000020", name: "sim_refusesSecondHold", country: "DE", refusesSecondHold: true),
        TestCard(
            number: "4000990000000038", name: "sim_refusesSecondOffSession", country: "DE", declinesOffSessionFromUse: 2,
            refusal: .insufficientFunds),
        TestCard(
            number: "4000990000000046", name: "sim_doNotTryAgain", country: "DE", declinesOffSessionFromUse: 1, refusal: .paymentStopped),
        TestCard(
            number: "4000990000000053", name: "sim_confirmCardData", country: "DE", declinesOffSessionFromUse: 1, refusal: .expiredCard),
        TestCard(number: "4000990000000061", name: "sim_prepaid", country: "DE", funding: "prepaid"),
        TestCard(number: "4000990000000079", name: "sim_unknownFunding", country: "DE", funding: "unknown"),
    ]
}
