import Ledger
import LedgerStore
import Stripe

/// What an operation is for. Decides how its answer is applied.
enum Purpose: String, Sendable {
    /// A page on which the guest authorises a hold; the subject is the hold.
    case holdPage = "hold_page"
    /// A page on which the guest pays; the subject is the payment.
    case paymentPage = "payment_page"
    /// A page on which the guest saves a card; the subject is the hold to be placed with it.
    case setupPage = "setup_page"
    /// The page must not be used any more; the subject is nothing, the session stands in the path.
    case withdrawPage = "withdraw_page"
    /// A hold on the saved card, without the guest.
    case placeHold = "place_hold"
    /// A payment from the saved card, without the guest.
    case chargeSavedCard = "charge_saved_card"
    case increment, capture
    /// The hold is let go.
    case release
    /// An intent that a refused attempt left open at Stripe is cancelled.
    case cancelLeftover = "cancel_leftover"
    case refund
    /// The saved card is removed.
    case forgetCard = "forget_card"

    /// In words, for a sentence about an operation.
    var words: String {
        switch self {
        case .holdPage: "the page to reserve money"
        case .paymentPage: "the payment page"
        case .setupPage: "the page to save the card"
        case .withdrawPage: "withdrawing a page"
        case .placeHold: "the hold on the saved card"
        case .chargeSavedCard: "the charge to the saved card"
        case .increment: "raising the hold"
        case .capture: "the capture"
        case .release: "releasing the hold"
        case .cancelLeftover: "cancelling a refused attempt"
        case .refund: "the refund"
        case .forgetCard: "removing the saved card"
        }
    }
}

extension StoredOperation {
    /// - Throws: `UnknownPurpose` when a newer program wrote it.
    func knownPurpose() throws -> Purpose {
        guard let known = Purpose(rawValue: purpose) else { throw UnknownPurpose(purpose: purpose) }
        return known
    }
}

/// An operation of a kind this program does not know.
struct UnknownPurpose: Error {
    let purpose: String
}

extension Transaction {
    /// Keeps a request to be sent after the commit.
    ///
    /// - Returns: The operation's number.
    func plan(
        _ purpose: Purpose, _ request: KeyedRequest, folio: Folio, subject: Int64? = nil, intent: String? = nil, of tenant: Tenant
    ) throws -> Int64 {
        try addOperation(
            purpose.rawValue, folio: folio, subject: subject, intent: intent, method: request.request.method, path: request.request.path,
            body: request.request.body, idempotencyKey: request.key, of: tenant)
    }
}

/// A request with the key under which it takes effect at most once.
///
/// The key also stands in the metadata of what is created (`ledger_key`), so that an object can be found again when the
/// key is too old to be trusted.
struct KeyedRequest {
    let key: String
    let request: StripeRequest
}
