import Ledger

/// What is said of late charges.
extension Phrase {
    static let lateCharge = Phrase("Late charge", "Nachbelastung")
    static let openLateCharges = Phrase("Late charges, not paid", "Nachbelastungen, nicht bezahlt")
    static let lateChargeLead = Phrase(
        "What was found after the guest had left. It gets a folio and a document of its own.",
        "Was erst nach der Abreise aufgefallen ist. Es bekommt ein eigenes Gästekonto und einen eigenen Beleg.")
    static let lateChargeBy = Phrase("How the guest pays", "So zahlt der Gast")
    static let lateByLink = Phrase("Send the guest a payment page", "Dem Gast eine Zahlungsseite senden")
    static let linkForTheRest = Phrase(
        "Anything else, such as damage, is paid on a payment page only.",
        "Alles andere, etwa Schäden, zahlt der Gast nur über eine Zahlungsseite.")
    static let dropLateCharge = Phrase("Drop the late charge …", "Nachbelastung aufgeben …")
    static let chargeLateNow = Phrase("Charge now", "Jetzt nachbelasten")
    static let lateChargeRuns = Phrase("The late charge is running.", "Die Nachbelastung läuft.")
    static let lateUnpaid = Phrase("The guest did not pay", "Gast hat nicht bezahlt")
    static let belongsToStay = Phrase("Late charge of stay", "Nachbelastung zum Aufenthalt")

    static func lateByCard(_ card: String) -> Phrase {
        Phrase("From the saved card \(card)", "Von der hinterlegten Karte \(card)")
    }
    static func lateConsent(_ until: String, _ categories: String) -> Phrase {
        Phrase(
            "The guest agreed to late charges on the card until \(until): \(categories).",
            "Der Gast hat Nachbelastungen der Karte bis zum \(until) zugestimmt: \(categories).")
    }
    static func lateByLinkOnly(_ why: Phrase) -> Phrase {
        Phrase(
            "By payment page only: \(why.english).",
            "Nur über eine Zahlungsseite: \(why.german).")
    }
    static func lateChargeOf(_ stay: String) -> Phrase {
        Phrase("Late charge of \(stay)", "Nachbelastung zu \(stay)")
    }
    static func openFor(_ days: Int) -> Phrase {
        days == 1 ? Phrase("for 1 day", "seit 1 Tag") : Phrase("for \(days) days", "seit \(days) Tagen")
    }
    static func mailLateSubject(_ stay: String, _ house: String) -> Phrase {
        Phrase(
            "Late charge for your stay \(stay) at \(house)", "Nachbelastung zu Ihrem Aufenthalt \(stay) bei \(house)")
    }
}
