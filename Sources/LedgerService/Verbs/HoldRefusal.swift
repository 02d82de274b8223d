import Foundation
import Ledger

/// Why a live hold is not renewed or raised without the guest.
package enum HoldRefusal: Refusal {
    /// The hold's number, and why its card does not do.
    case notRenewable(Int64, Renewal.Obstacle)
    /// The bank has refused it a short time ago; from when on it may be asked again, and the house's zone.
    case triedRecently(Int64, again: Instant, TimeZone)
    /// The guest is being asked for a new hold in its place, which has this number.
    case replacementAwaited(Int64, by: Int64)
    /// What the hold holds already.
    case raiseTooSmall(Money)
    /// What the guest has consented to have held in all; zero where the consent names nothing.
    case aboveCeiling(Money)

    package var code: String {
        switch self {
        case .notRenewable: "hold_not_renewable"
        case .triedRecently: "hold_tried_recently"
        case .replacementAwaited: "replacement_awaited"
        case .raiseTooSmall: "raise_too_small"
        case .aboveCeiling: "above_ceiling"
        }
    }

    package var message: String {
        switch self {
        case .notRenewable(let number, let why): "Hold \(number) cannot be renewed or raised without the guest: \(why.phrase.english)."
        case .triedRecently(let number, let again, let zone):
            "The bank refused to renew hold \(number) a short time ago; the card may be asked again from "
                + "\(Language.english.moment(again, in: zone))."
        case .replacementAwaited(let number, let next): "A new hold in the place of hold \(number) is awaited: hold \(next)."
        case .raiseTooSmall(let held): "The hold already holds \(held.text(in: .english))."
        case .aboveCeiling(let most) where most.isZero: "The guest has not consented to holds on the saved card."
        case .aboveCeiling(let most): "The guest has consented to holds of at most \(most.text(in: .english)) in all."
        }
    }

    package var hint: String? {
        switch self {
        case .notRenewable, .aboveCeiling: "Ask the guest for a hold on a page: it may have any amount."
        case .triedRecently: "Wait until then, or ask the guest for a hold on a page."
        case .replacementAwaited: "Wait for it, or release that one first: then the guest's page is withdrawn."
        case .raiseTooSmall: "Give the total that the hold should have, not what to add."
        }
    }

    package var german: RefusalWords { RefusalWords(germanMessage, hint: germanHint) }

    private var germanMessage: String {
        switch self {
        case .notRenewable(let number, let why):
            "Vormerkung \(number) lässt sich ohne den Gast weder erneuern noch erhöhen: \(why.phrase.german)."
        case .triedRecently(let number, let again, let zone):
            "Die Bank hat vor Kurzem abgelehnt, Vormerkung \(number) zu erneuern; die Karte darf erst ab dem "
                + "\(Language.german.moment(again, in: zone)) wieder gefragt werden."
        case .replacementAwaited(let number, let next): "Anstelle der Vormerkung \(number) wird eine neue erwartet: Vormerkung \(next)."
        case .raiseTooSmall(let held): "Die Vormerkung beträgt schon \(held.text(in: .german))."
        case .aboveCeiling(let most) where most.isZero: "Der Gast hat Vormerkungen auf der hinterlegten Karte nicht zugestimmt."
        case .aboveCeiling(let most): "Der Gast hat Vormerkungen von zusammen höchstens \(most.text(in: .german)) zugestimmt."
        }
    }

    private var germanHint: String? {
        switch self {
        case .notRenewable, .aboveCeiling: "Den Gast auf einer Seite um eine Vormerkung bitten: Dort ist jeder Betrag möglich."
        case .triedRecently: "Bis dahin warten oder den Gast auf einer Seite um eine Vormerkung bitten."
        case .replacementAwaited: "Abwarten oder jene zuerst freigeben: Dann wird die Seite des Gastes zurückgezogen."
        case .raiseTooSmall: "Den Gesamtbetrag angeben, den die Vormerkung haben soll, nicht die Erhöhung."
        }
    }
}
