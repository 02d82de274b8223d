import Foundation
import Ledger

/// Why a live hold is not renewed or raised without the guest.
package enum HoldRefusal: Refusal, Equatable {
    /// The hold's number, and why its card does not do.
    case notRenewable(Int64, Renewal.Obstacle)
    /// It is over, or not there yet.
    case notLive(Int64, Hold.State)
    /// The other one has taken its place.
    case replaced(Int64, by: Int64)
    /// It lives until its stay is settled.
    case renewalNotNeeded(Int64)
    /// A new hold could end before it does, or hardly later; from when on it could not, and the house's zone.
    case renewalTooEarly(Int64, from: Instant, TimeZone)
    /// The bank has refused its card a short time ago; from when on it may be asked again, and the house's zone.
    case triedRecently(Int64, again: Instant, TimeZone)
    /// The guest is being asked for a new hold in its place, which has this number.
    case replacementAwaited(Int64, by: Int64)
    /// It took the place of the other one, which the bank still holds as well.
    case releaseAwaited(Int64, of: Int64)
    /// What the hold holds already.
    case raiseTooSmall(Money)
    /// What the guest has consented to have held in all; zero where the consent names nothing.
    case aboveCeiling(Money)

    package var code: String {
        switch self {
        case .notRenewable: "hold_not_renewable"
        case .notLive, .replaced: "hold_not_live"
        case .renewalNotNeeded: "renewal_not_needed"
        case .renewalTooEarly: "renewal_too_early"
        case .triedRecently: "hold_tried_recently"
        case .replacementAwaited: "replacement_awaited"
        case .releaseAwaited: "release_awaited"
        case .raiseTooSmall: "raise_too_small"
        case .aboveCeiling: "above_ceiling"
        }
    }

    package var message: String {
        switch self {
        case .notRenewable(let number, let why): "Hold \(number) cannot be renewed or raised without the guest: \(why.phrase.english)."
        case .triedRecently(let number, let again, let zone):
            "The bank refused the card of hold \(number) a short time ago; it may be asked again from "
                + "\(Language.english.moment(again, in: zone))."
        case .notLive(let number, let state): "Hold \(number) is \(state.phrase.english)."
        case .replaced(let number, let next): "Hold \(next) took the place of hold \(number)."
        case .renewalNotNeeded(let number): "Hold \(number) lives until its stay is settled, and needs no renewal."
        case .renewalTooEarly(let number, let from, let zone):
            "A new hold could end before hold \(number) does, or hardly later; it may be renewed from "
                + "\(Language.english.moment(from, in: zone))."
        case .replacementAwaited(let number, let next): "A new hold in the place of hold \(number) is awaited: hold \(next)."
        case .releaseAwaited(let number, let old):
            "The bank still holds hold \(old) as well, whose place hold \(number) took: a third would block the guest's money once more."
        case .raiseTooSmall(let held): "The hold already holds \(held.text(in: .english))."
        case .aboveCeiling(let most) where most.isZero: "The guest has not consented to holds on the saved card."
        case .aboveCeiling(let most): "The guest has consented to holds of at most \(most.text(in: .english)) in all."
        }
    }

    package var hint: String? {
        switch self {
        case .notRenewable, .aboveCeiling: "Ask the guest for a hold on a page: it may have any amount."
        case .notLive: "Only a live hold can be renewed or raised: ask the guest for a new one on a page."
        case .replaced(_, let next): "Renew or raise hold \(next)."
        case .renewalNotNeeded: nil
        case .renewalTooEarly: "It is renewed by itself in good time."
        case .releaseAwaited: "Wait a moment: its release is repeated until Stripe confirms it."
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
            "Die Bank hat die Karte von Vormerkung \(number) vor Kurzem abgelehnt; sie darf erst ab dem "
                + "\(Language.german.moment(again, in: zone)) wieder gefragt werden."
        case .notLive(let number, let state): "Vormerkung \(number) ist \(state.phrase.german)."
        case .replaced(let number, let next): "Vormerkung \(next) hat den Platz von Vormerkung \(number) eingenommen."
        case .renewalNotNeeded(let number): "Vormerkung \(number) gilt, bis der Aufenthalt abgerechnet ist, und braucht keine Erneuerung."
        case .renewalTooEarly(let number, let from, let zone):
            "Eine neue Vormerkung könnte früher enden als Vormerkung \(number) oder kaum später; erneuern lässt sie sich ab dem "
                + "\(Language.german.moment(from, in: zone))."
        case .replacementAwaited(let number, let next): "Anstelle der Vormerkung \(number) wird eine neue erwartet: Vormerkung \(next)."
        case .releaseAwaited(let number, let old):
            "Bei der Bank besteht auch Vormerkung \(old) noch, deren Platz Vormerkung \(number) eingenommen hat: Eine dritte würde das Geld des "
                + "Gastes noch einmal sperren."
        case .raiseTooSmall(let held): "Die Vormerkung beträgt schon \(held.text(in: .german))."
        case .aboveCeiling(let most) where most.isZero: "Der Gast hat Vormerkungen auf der hinterlegten Karte nicht zugestimmt."
        case .aboveCeiling(let most): "Der Gast hat Vormerkungen von zusammen höchstens \(most.text(in: .german)) zugestimmt."
        }
    }

    private var germanHint: String? {
        switch self {
        case .notRenewable, .aboveCeiling: "Den Gast auf einer Seite um eine Vormerkung bitten: Dort ist jeder Betrag möglich."
        case .notLive: "Nur eine aktive Vormerkung lässt sich erneuern oder erhöhen: den Gast auf einer Seite um eine neue bitten."
        case .replaced(_, let next): "Vormerkung \(next) erneuern oder erhöhen."
        case .renewalNotNeeded: nil
        case .renewalTooEarly: "Sie wird rechtzeitig von selbst erneuert."
        case .releaseAwaited: "Einen Augenblick warten: Die Freigabe wird wiederholt, bis Stripe sie bestätigt."
        case .triedRecently: "Bis dahin warten oder den Gast auf einer Seite um eine Vormerkung bitten."
        case .replacementAwaited: "Abwarten oder jene zuerst freigeben: Dann wird die Seite des Gastes zurückgezogen."
        case .raiseTooSmall: "Den Gesamtbetrag angeben, den die Vormerkung haben soll, nicht die Erhöhung."
        }
    }
}
