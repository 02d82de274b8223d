import Ledger

/// What the pages about refunds say.
extension Phrase {
    static let setAside = Phrase("Set aside", "Zurückgestellt")
    static let billQuestion = Phrase("Should the bill be lowered?", "Was wird aus der Forderung?")
    static let billLower = Phrase("Lower the bill", "Forderung senken")
    static let billLowerHint = Phrase(
        """
        The guest owes less: an allowance of the same amount is added, on the line with the largest remaining amount \
        first.
        """,
        """
        Der Gast schuldet weniger: Zugleich entsteht ein Nachlass über denselben Betrag, zuerst auf der Position mit \
        dem größten Rest.
        """
    )
    static let billUnchanged = Phrase("Leave the bill unchanged", "Forderung unverändert lassen")
    static let billUnchangedHint = Phrase(
        "The amount is set aside. It is not charged again until you decide on the folio.",
        "Der Betrag wird zurückgestellt. Nichts wird wieder eingezogen, bis Sie auf dem Gästekonto entscheiden.")
    static let billWaits = Phrase(
        """
        The bill cannot change while it waits for the guest's payment. The amount is set aside, and no check-out \
        charges it again.
        """,
        """
        Die Forderung bleibt, solange der Gast sie bezahlen soll. Der Betrag wird zurückgestellt, und kein Check-out \
        zieht ihn wieder ein.
        """
    )
    static let billIsFinal = Phrase(
        "The bill is final. This only moves money.", "Die Forderung steht fest. Hier wird nur Geld erstattet.")
    static let takeAgain = Phrase("Charge it again", "Wieder einziehen")
    static let billLoweredDone = Phrase("The bill has been lowered.", "Die Forderung ist gesenkt.")
    static let takenAgainDone = Phrase(
        "Decided: the next check-out charges the amount again.",
        "Entschieden: Der nächste Check-out zieht den Betrag wieder ein.")

    static let closedSetAside = Phrase("Refunded, bill unchanged", "Erstattet, Forderung unverändert")

    /// A credit that cannot be refunded through Stripe.
    static func payOutside(_ why: Failure?) -> Phrase {
        func because(_ language: Language) -> String { why.map { ": \($0.words(in: language))" } ?? "" }
        return Phrase(
            "Credit, to be paid outside Stripe\(because(.english))",
            "Guthaben, außerhalb auszuzahlen\(because(.german))")
    }

    static func notRefundableBecause(_ why: Failure) -> Phrase {
        Phrase("Cannot be refunded: \(why.words(in: .english)).", "Nicht erstattbar: \(why.words(in: .german)).")
    }
}
