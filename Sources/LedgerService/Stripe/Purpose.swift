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
    var words: Phrase {
        switch self {
        case .holdPage: Phrase("the page to reserve money", "die Seite für die Vormerkung")
        case .paymentPage: Phrase("the payment page", "die Zahlungsseite")
        case .setupPage: Phrase("the page to save the card", "die Seite zum Hinterlegen der Karte")
        case .withdrawPage: Phrase("withdrawing a page", "das Zurückziehen einer Seite")
        case .placeHold: Phrase("the hold on the saved card", "die Vormerkung auf der hinterlegten Karte")
        case .chargeSavedCard: Phrase("the charge to the saved card", "die Belastung der hinterlegten Karte")
        case .increment: Phrase("raising the hold", "die Erhöhung der Vormerkung")
        case .capture: Phrase("the capture", "der Einzug")
        case .release: Phrase("releasing the hold", "die Freigabe der Vormerkung")
        case .cancelLeftover: Phrase("cancelling a refused attempt", "das Abbrechen eines abgelehnten Versuchs")
        case .refund: Phrase("the refund", "die Rückerstattung")
        case .forgetCard: Phrase("removing the saved card", "das Entfernen der hinterlegten Karte")
        }
    }
}

extension StoredOperation {
    /// In words, also when a newer program wrote it.
    var words: Phrase { Purpose(rawValue: purpose)?.words ?? Phrase(purpose, purpose) }

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
