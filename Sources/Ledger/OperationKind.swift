/// What a call to Stripe that is kept as an operation is for. Decides how its answer is applied.
package enum OperationKind: String, Sendable, CaseIterable {
    /// A page on which the guest authorises a hold; the subject is the hold.
    case holdPage = "hold_page"
    /// A page on which the guest pays; the subject is the payment.
    case paymentPage = "payment_page"
    /// A page on which the guest saves a card; the subject is the hold to be placed with it.
    case setupPage = "setup_page"
    /// The page must not be used any more. There is no subject; the session is in the path.
    case withdrawPage = "withdraw_page"
    /// A hold on the saved card, without the guest.
    case placeHold = "place_hold"
    /// A payment from the saved card, without the guest.
    case chargeSavedCard = "charge_saved_card"
    case increment, capture
    /// The hold is released.
    case release
    /// A hold whose place another one took is cancelled.
    case releaseReplaced = "release_replaced"
    /// An intent that a refused attempt left open at Stripe is cancelled.
    case cancelOrphan = "cancel_orphan"
    case refund
    /// The saved card is removed.
    case detachCard = "detach_card"

    /// In words, for a sentence about an operation.
    package var phrase: Phrase { facts.words }

    /// Whether it may go out under a further key when Stripe answers its own with nothing but a kept 5xx: its object shows whether it took
    /// effect, and it takes effect once, whatever its key is. Our captures are final, so that a second one is refused; an increment names the
    /// new total; what is cancelled cannot be cancelled again. A refund, a page, a hold or a charge would be made twice. The schema refuses
    /// it for them, too (0012_operation).
    package var mayChangeKey: Bool { facts.mayChangeKey }

    private var facts: (words: Phrase, mayChangeKey: Bool) {
        switch self {
        case .holdPage: (FolioNotice.Page.hold.phrase, false)
        case .paymentPage: (FolioNotice.Page.payment.phrase, false)
        case .setupPage: (FolioNotice.Page.card.phrase, false)
        case .withdrawPage: (Phrase("withdrawing a page", "das Zurückziehen einer Seite"), true)
        case .placeHold: (Phrase("the hold on the saved card", "die Vormerkung auf der hinterlegten Karte"), false)
        case .chargeSavedCard: (Phrase("the charge to the saved card", "die Belastung der hinterlegten Karte"), false)
        case .increment: (Phrase("raising the hold", "die Erhöhung der Vormerkung"), true)
        case .capture: (Phrase("the capture", "der Einzug"), true)
        case .release: (Phrase("releasing the hold", "die Freigabe der Vormerkung"), true)
        case .releaseReplaced: (Phrase("releasing the replaced hold", "die Freigabe der ersetzten Vormerkung"), true)
        case .cancelOrphan: (Phrase("cancelling a refused attempt", "das Abbrechen eines abgelehnten Versuchs"), true)
        case .refund: (Phrase("the refund", "die Rückerstattung"), false)
        case .detachCard: (Phrase("removing the saved card", "das Entfernen der hinterlegten Karte"), false)
        }
    }
}
